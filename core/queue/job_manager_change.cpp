// SPDX-License-Identifier: Apache-2.0
// What a person changes while it runs: of jobs, and of all of them.
#include "core/queue/change_job.h"
#include "core/queue/command_rules.h"
#include "core/queue/job_manager.h"
#include "core/system/mapped_future.h"
#include "core/system/when_ready.h"
#include "core/transfer/throttle.h"

namespace core {

SetWork JobManager::change(const JobIds &ids, const JobChange &change)
{
    const auto bad = core::refusalOf(change);
    const qint64 place = placeAt(change.move.value_or(QueueEnd::Last), m_records.jobs());
    SetWork work;
    for (const JobId id : ids) {
        const JobRecord *job = m_records.find(id);
        const auto ended = [job] { return refused(RefusalKind::Ended, *job, JobEvent::Resume); };
        if (job == nullptr || bad || isFinal(job->state)) {
            work.outcome.refused.append(job == nullptr ? unknownJob(id) : bad ? *bad : ended());
            continue;
        }
        m_records.change(id, [&](JobRecord &row) {
            apply(change, &row);
            row.options.place = change.move ? place : row.options.place;
        });
        m_runner.changed(id);
        work.await(m_records.commit(id));
        work.outcome.done.append(id);
    }
    m_runner.schedule();
    return work;
}

QFuture<Answer<void>> JobManager::limitAll(qint64 bytesPerSecond)
{
    Settings changed = m_records.settings();
    changed.limitBytesPerSecond = unlessZero(bytesPerSecond);
    return setSettings(changed);
}

QFuture<Answer<void>> JobManager::setSettings(const Settings &settings)
{
    if (settings.limitBytesPerSecond.value_or(1) <= 0) {
        return readyFuture(Answer<void>(
            tl::unexpected(Refusal{.kind = RefusalKind::BadValue,
                                   .subject = QString::number(*settings.limitBytesPerSecond)})));
    }
    const bool isOtherNetwork = settings.waitOnMetered != m_records.settings().waitOnMetered;
    auto saved = m_records.setSettings(settings);
    if (isOtherNetwork) {
        m_runner.reconsiderNetwork();
    }
    m_transfer.throttles->limitAll(settings.limitBytesPerSecond);
    m_runner.schedule();
    return mappedFuture(saved, [](const StoreResult<> &result) -> Answer<void> {
        return result.map_error(notSaved);
    });
}

} // namespace core
