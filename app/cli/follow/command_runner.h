// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/cli/print/reporter.h"
#include "core/remedy/catalogue.h"
#include "core/service/job_service.h"

#include <QObject>

#include <functional>

namespace cli {

/// What a command is carried out with.
struct CommandContext {
    core::JobService *service = nullptr;
    Reporter *reporter = nullptr;
    Screen *screen = nullptr;
    int input = 0;         ///< where answers are typed
    QString currentFolder; ///< that of paths which are typed
};

/// Is told, once, what the program is to exit with.
using ExitHandler = std::function<void(core::ExitCode status)>;

/// One command under way. Says once what the program is to exit with.
class CommandRunner : public QObject {
    Q_OBJECT
public:
    CommandRunner(CommandContext context, ExitHandler onFinished);

    virtual void start() = 0;
    /// The person wants the program to end (Ctrl-C): leave everything so that it can be gone on
    /// with.
    virtual void interrupt() { finish(core::ExitCode::Unfinished); }

protected:
    [[nodiscard]] core::JobService *service() const { return m_context.service; }
    [[nodiscard]] Reporter *reporter() const { return m_context.reporter; }

    /// Nothing when it was called before.
    void finish(core::ExitCode status);
    /// Says of each why the engine refused it; what that is to exit with.
    [[nodiscard]] core::ExitCode tellRefusals(const QList<core::Refusal> &refusals);
    /// Says why the engine refused, and finishes with that.
    void refuse(const core::Refusal &refusal);
    using Jobs = QList<core::JobSnapshot>;
    /// Asks for the jobs with these ids, all of them where none are named, and goes on with them;
    /// says why not, and finishes with that.
    void lookUp(const core::JobIds &ids, const std::function<void(const Jobs &jobs)> &then);
    [[nodiscard]] bool isFinished() const { return !m_onFinished; }

private:
    CommandContext m_context;
    ExitHandler m_onFinished;
};

} // namespace cli
