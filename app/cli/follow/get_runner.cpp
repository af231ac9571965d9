// SPDX-License-Identifier: Apache-2.0
#include "app/cli/follow/get_runner.h"

#include "app/cli/print/terminal_text.h"
#include "app/cli/print/words.h"
#include "core/system/when_ready.h"
#include "core/words/explain.h"
#include "core/words/explain_service.h"

namespace cli {

using namespace Qt::StringLiterals;

GetRunner::GetRunner(GetRequest request, const CommandContext &context, ExitHandler onFinished)
    : CommandRunner(context, std::move(onFinished))
    , m_request(std::move(request))
    , m_follower(context, m_request.onError, [this](core::ExitCode status) { finish(status); })
{
}

void GetRunner::start()
{
    lookAtFolder();
}

/// A folder that cannot take files is better known before there is a job.
void GetRunner::lookAtFolder()
{
    core::whenReady(
        service()->call<core::message::InspectFolder>({.folder = m_request.spec.folder}), this,
        [this](const core::Answer<core::FolderReport> &report) {
            if (!report) {
                refuse(report.error());
            } else if (report->problem) {
                reporter()->failed(core::explain(*report));
                finish(core::ExitCode::Storage);
            } else if (!isFinished()) {
                lookAtLinks();
            }
        });
}

/// What is fetched anew although a job waits for just this link is told, and how to go on with
/// that job instead.
void GetRunner::lookAtLinks()
{
    QStringList links;
    for (const core::FileSpec &file : std::as_const(m_request.spec.files)) {
        links.append(file.url.toString(QUrl::FullyEncoded));
    }
    core::whenReady(service()->call<core::message::InspectLinks>({.links = links}), this,
                    [this](const core::Answer<QList<core::LinkReport>> &reports) {
                        for (const core::LinkReport &report :
                             reports.value_or(QList<core::LinkReport>())) {
                            if (report.waiting && report.waiting->bytesKept > 0) {
                                tellOf(*report.waiting);
                            }
                        }
                        if (!isFinished()) {
                            add();
                        }
                    });
}

void GetRunner::tellOf(const core::WaitingFile &waiting)
{
    const core::JobId job = waiting.file.job;
    reporter()->notice(job, Words::tr("Job %1 waits for a fresh link to %2, of which it has %3. To "
                                      "use this link for it: %4 --url LINK")
                                .arg(core::text(job), terminalText(waiting.name),
                                     core::formatBytes(waiting.bytesKept),
                                     reporter()->style().command("resume"_L1, job)));
}

void GetRunner::add()
{
    core::whenReady(service()->call<core::message::Add>({.spec = m_request.spec}), this,
                    [this](const core::Answer<core::JobId> &id) {
                        if (!id) {
                            refuse(id.error());
                        } else if (m_request.detach) {
                            leave(*id);
                        } else {
                            takeUp(*id);
                        }
                    });
}

void GetRunner::takeUp(core::JobId id)
{
    lookUp({id}, [this, id](const Jobs &jobs) {
        m_follower.watchNew(jobs.first());
        m_follower.resume({id}, {});
    });
}

QString GetRunner::left(core::JobId id) const
{
    const CommandStyle &style = reporter()->style();
    return service()->outlivesFrontEnd()
               ? Words::tr("Job %1 is under way. \"%2\" looks on.")
                     .arg(core::text(id), style.command("follow"_L1, id))
               : Words::tr("Job %1 is on the list. It starts with \"%2\" or when a window of "
                           "Bellhop is opened.")
                     .arg(core::text(id), style.command("resume"_L1, id));
}

void GetRunner::leave(core::JobId id)
{
    core::whenReady(service()->call<core::message::Resume>({.jobs = {id}}), this,
                    [this, id](const core::Answer<core::SetOutcome> &outcome) {
                        if (!outcome || !outcome->refused.isEmpty()) {
                            refuse(outcome ? outcome->refused.first() : outcome.error());
                            return;
                        }
                        tellLeft(id);
                    });
}

void GetRunner::tellLeft(core::JobId id)
{
    withJobs(service(), this, {id}, [this, id](const core::Answer<QList<core::JobSnapshot>> &jobs) {
        if (jobs && !jobs->isEmpty()) {
            reporter()->state(jobs->first());
        }
        reporter()->done(left(id));
        finish(core::ExitCode::Done);
    });
}

} // namespace cli
