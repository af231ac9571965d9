// SPDX-License-Identifier: Apache-2.0
#include "app/cli/follow/new_job_runner.h"

#include "app/cli/follow/lookup.h"
#include "app/cli/print/words.h"
#include "core/system/when_ready.h"
#include "core/words/explain_service.h"

#include <utility>

namespace cli {

using namespace Qt::StringLiterals;

NewJobRunner::NewJobRunner(NewJobRequest request, const CommandContext &context,
                           ExitHandler onFinished)
    : CommandRunner(context, std::move(onFinished))
    , m_request(std::move(request))
    , m_follower(context, m_request.onError, [this](core::ExitCode status) { finish(status); })
{
    connect(service(), &core::JobService::notice, this, [this](const core::Notice &notice) {
        m_isNotKeptTold =
            m_isNotKeptTold || std::holds_alternative<core::notice::SecretsNotKept>(notice);
    });
}

void NewJobRunner::add()
{
    m_isAdding = true;
    core::whenReady(service()->call<core::message::Add>({.spec = m_request.spec, .begins = true}),
                    this, [this](const core::Answer<core::JobId> &id) {
                        m_isAdding = false;
                        if (!id) {
                            refuse(id.error());
                        } else if (m_request.detach) {
                            leave(*id);
                        } else {
                            takeUp(*id);
                        }
                    });
}

/// Who asked for the login to be kept is not left without an answer.
void NewJobRunner::leave(core::JobId id)
{
    if (!spec().options.keepSecrets) {
        tellLeft(id);
        return;
    }
    core::whenReady(service()->call<core::message::Keyring>({}), this,
                    [this, id](const core::Answer<core::KeyringState> &keyring) {
                        tellNotKept(id, keyring.value_or(core::KeyringState::Missing));
                        tellLeft(id);
                    });
}

void NewJobRunner::tellNotKept(core::JobId id, core::KeyringState keyring)
{
    if (keyring != core::KeyringState::Open && !m_isNotKeptTold) {
        reporter()->notice(id, core::explain(core::notice::SecretsNotKept{keyring, {id}}));
    }
}

void NewJobRunner::takeUp(core::JobId id)
{
    m_follower.watchBegun(id);
    if (m_isToStop) {
        m_follower.interrupt();
    }
}

/// What is just being made can be stopped when it has a number.
void NewJobRunner::interrupt()
{
    if (!m_isAdding || std::exchange(m_isToStop, true)) {
        m_follower.interrupt();
    }
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
