// SPDX-License-Identifier: Apache-2.0
#include "core/queue/command_rules.h"
#include "core/queue/job_manager.h"
#include "core/system/when_ready.h"

// What Resume would meet.

namespace core {

QFuture<Answer<CheckReport>> JobManager::check(JobId id, const Fixes &fixes,
                                               std::optional<int> fileIndex,
                                               const std::optional<ClientEnvironment> &environment)
{
    const auto refuse = [](const Refusal &refusal) {
        return readyFuture(Answer<CheckReport>(tl::unexpected(refusal)));
    };
    if (const auto refusal = refusalOf(id, JobEvent::Resume)) {
        return refuse(*refusal);
    }
    const JobRecord &job = *m_records.find(id);
    if (fileIndex && (*fileIndex < 0 || *fileIndex >= job.files.size())) {
        return refuse({.kind = RefusalKind::UnknownFile,
                       .job = id,
                       .subject = QString::number(*fileIndex + 1)});
    }
    auto plan = planResume(job, fixes);
    if (!plan) {
        return refuse(plan.error());
    }
    if (plan->how == Resumption::How::Running) {
        return refuse(refused(RefusalKind::UnderWay, plan->record, JobEvent::Resume));
    }
    plan->record.options.environment = environment;
    CheckOrder order = checkOrderOf(job, *plan, fixes, fileIndex, m_limits);
    order.bytesPerSecond = m_runner.lastBytesPerSecond(id);
    return m_checks.begin(std::move(order), asAsked(fixes));
}

} // namespace core
