// SPDX-License-Identifier: Apache-2.0
#include "app/cli/follow/new_job_runner.h"

#include "app/cli/follow/lookup.h"
#include "app/cli/print/words.h"
#include "core/system/when_ready.h"

namespace cli {

using namespace Qt::StringLiterals;

NewJobRunner::NewJobRunner(NewJobRequest request, const CommandContext &context,
                           ExitHandler onFinished)
    : CommandRunner(context, std::move(onFinished))
    , m_request(std::move(request))
    , m_follower(context, m_request.onError, [this](core::ExitCode status) { finish(status); })
{
}

void NewJobRunner::add()
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

void NewJobRunner::takeUp(core::JobId id)
{
    lookUp({id}, [this, id](const Jobs &jobs) {
        m_follower.watchNew(jobs.first());
        m_follower.resume({id}, {});
    });
}

QString NewJobRunner::left(core::JobId id) const
{
    const CommandStyle &style = reporter()->style();
    return service()->outlivesFrontEnd()
               ? Words::tr("Job %1 is under way. \"%2\" looks on.")
                     .arg(core::text(id), style.command("follow"_L1, id))
               : Words::tr("Job %1 is on the list. It starts with \"%2\" or when a window of "
                           "Bellhop is opened.")
                     .arg(core::text(id), style.command("resume"_L1, id));
}

void NewJobRunner::leave(core::JobId id)
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

void NewJobRunner::tellLeft(core::JobId id)
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
