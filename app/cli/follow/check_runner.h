// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/cli/follow/repair_runner.h"
#include "app/cli/print/checked_file.h"

namespace cli {

/// `bhop check`: what `bhop resume` would meet with the same repairs, in each file that they are
/// for. Changes nothing.
class CheckRunner final : public RepairRunner {
    Q_OBJECT
public:
    CheckRunner(const CheckRequest &request, const CommandContext &context, ExitHandler onFinished);

protected:
    void go(const Jobs &jobs, const core::Fixes &fixes) override;

private:
    struct File {
        std::optional<int> index; ///< none: the one that is in question
        QString name;
        std::optional<core::JobError> error;
    };

    void next();
    void take(const File &file, const core::CheckReport &report);

    core::JobSnapshot m_job;
    core::Fixes m_fixes;
    QList<File> m_left;
    qsizetype m_others = 0; ///< that are not looked at: too many
    QList<CheckedFile> m_checked;
};

/// The files of the job to look at with these repairs: those that they name, else those that
/// stopped it, are to come or wait for their names. None: the one that is in question.
[[nodiscard]] QList<core::FileSnapshot> filesToCheck(const QList<core::FileSnapshot> &files,
                                                     const core::Fixes &fixes);

} // namespace cli
