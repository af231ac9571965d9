// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/remedy/catalogue.h"

#include <QObject>

namespace cli {

/// One command under way. Says once what the program is to exit with.
class CommandRunner : public QObject {
    Q_OBJECT
public:
    using QObject::QObject;

    virtual void start() = 0;
    /// The person wants the program to end (Ctrl-C): leave everything so that it can be gone on
    /// with.
    virtual void interrupt() { finish(core::ExitCode::Unfinished); }

Q_SIGNALS:
    void finished(core::ExitCode status);

protected:
    void finish(core::ExitCode status)
    {
        if (!m_isFinished) {
            m_isFinished = true;
            Q_EMIT finished(status);
        }
    }
    [[nodiscard]] bool isFinished() const { return m_isFinished; }

private:
    bool m_isFinished = false;
};

} // namespace cli
