// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/cli/args/argument_reader.h"
#include "app/cli/args/invocation.h"
#include "core/http/link.h"

namespace cli {

/// What the commands that make a job have in common, step by step: each step looks at what belongs
/// together. What the words alone decide comes before files are read and passwords asked for.
class NewJobReader {
protected:
    NewJobReader(const Arguments &arguments, const Surroundings &surroundings)
        : m_arguments(arguments)
        , m_surroundings(surroundings)
        , m_in(arguments, surroundings)
    {
    }

    /// --detach, --on-error, --priority
    void readOutcome();
    void readTimes();
    /// --limit, --proxy, --allow-insecure
    void readNetwork();
    void readCertificates();
    void readNotifyCommand();

    // Once the links are known.
    void readTrust();
    void readJobLogin();
    void readProxyLogin();

    [[nodiscard]] const Arguments &arguments() const { return m_arguments; }
    [[nodiscard]] const Surroundings &surroundings() const { return m_surroundings; }
    [[nodiscard]] ArgumentReader &in() { return m_in; }
    [[nodiscard]] QList<core::Link> &links() { return m_links; }
    [[nodiscard]] core::JobSpec &spec() { return m_made.spec; }
    [[nodiscard]] core::JobOptions &options() { return m_made.spec.options; }
    [[nodiscard]] const NewJobRequest &made() const { return m_made; }

private:
    void takeLoginFromLinks();

    const Arguments &m_arguments;
    const Surroundings &m_surroundings;
    ArgumentReader m_in;
    QList<core::Link> m_links;
    NewJobRequest m_made;
};

} // namespace cli
