// SPDX-License-Identifier: Apache-2.0
#include "app/cli/follow/set_runner.h"

#include "app/cli/follow/lookup.h"
#include "app/cli/follow/repair_runner.h"
#include "app/cli/print/words.h"
#include "core/system/when_ready.h"

#include <QHash>

namespace cli {

namespace {

/// What two options say of one file, where only one of them can be meant.
std::optional<QString> contradiction(const QList<core::FileChange> &changes)
{
    QHash<int, core::FileChange> said;
    for (const core::FileChange &change : changes) {
        const int index = change.files.first();
        core::FileChange &before = said[index];
        if (before.wanted && change.wanted.value_or(*before.wanted) != *before.wanted) {
            return Words::tr("File %1 is named by --skip and by --want; choose one.")
                .arg(index + 1);
        }
        if (before.priority && change.priority.value_or(*before.priority) != *before.priority) {
            return Words::tr("File %1 is named by --file-priority with two priorities; choose one.")
                .arg(index + 1);
        }
        before.wanted = change.wanted ? change.wanted : before.wanted;
        before.priority = change.priority ? change.priority : before.priority;
    }
    return std::nullopt;
}

} // namespace

SetRunner::SetRunner(SetRequest request, const CommandContext &context, ExitHandler onFinished)
    : CommandRunner(context, std::move(onFinished))
    , m_request(std::move(request))
{
}

void SetRunner::start()
{
    if (m_request.jobs.isEmpty()) {
        limitAll(*m_request.change.limitBytesPerSecond);
        return;
    }
    if (m_request.files.isEmpty()) {
        change();
        return;
    }
    withAllFiles(service(), this, m_request.jobs.first(),
                 [this](const QList<core::FileSnapshot> &files) { choose(files); });
}

/// Finds the files that are meant. A job without any is none, which the engine says best.
void SetRunner::choose(const QList<core::FileSnapshot> &files)
{
    for (const FileChoice &choice : std::as_const(m_request.files)) {
        const auto index = files.isEmpty() ? Parsed<int>(choice.file.index.value_or(0))
                                           : findFile(choice.file, m_request.jobs.first(), files);
        if (!index) {
            reporter()->failed(index.error().sentence);
            finish(core::ExitCode::Usage);
            return;
        }
        m_request.change.files.append(
            {.files = {*index}, .wanted = choice.wanted, .priority = choice.priority});
    }
    if (const auto wrong = contradiction(m_request.change.files)) {
        reporter()->failed(*wrong);
        finish(core::ExitCode::Usage);
        return;
    }
    change();
}

void SetRunner::change()
{
    core::whenReady(service()->call<core::message::Change>(
                        {.jobs = m_request.jobs, .change = m_request.change}),
                    this, [this](const core::Answer<core::SetOutcome> &outcome) {
                        if (outcome) {
                            tell(*outcome);
                        } else {
                            refuse(outcome.error());
                        }
                    });
}

void SetRunner::limitAll(qint64 bytesPerSecond)
{
    core::whenReady(service()->call<core::message::LimitAll>({.bytesPerSecond = bytesPerSecond}),
                    this, [this](const core::Answer<core::Settings> &settings) {
                        if (settings) {
                            reporter()->limitedAll(settings->limitBytesPerSecond);
                            finish(core::ExitCode::Done);
                        } else {
                            refuse(settings.error());
                        }
                    });
}

void SetRunner::tell(const core::SetOutcome &outcome)
{
    const core::ExitCode status = tellRefusals(outcome.refused);
    if (outcome.done.isEmpty()) {
        finish(status);
        return;
    }
    withJobs(service(), this, outcome.done,
             [this, status](const core::Answer<QList<core::JobSnapshot>> &jobs) {
                 for (const core::JobSnapshot &job : jobs.value_or(QList<core::JobSnapshot>())) {
                     reporter()->changed(job, m_request.change);
                 }
                 finish(status);
             });
}

} // namespace cli
