// SPDX-License-Identifier: Apache-2.0
// Who of those that wait gets a place, and who makes way.
#include "core/queue/file_runner.h"

#include "core/queue/job_orders.h"
#include "core/system/when_ready.h"
#include "core/transfer/range_manners.h"

#include <algorithm>

namespace core {

bool FileRunner::isUnderWay(const JobRecord &job)
{
    return job.state == JobState::Queued || isRunning(job.state);
}

QList<Candidate> FileRunner::candidates() const
{
    QList<Candidate> made;
    const Settings &settings = m_records->settings();
    for (const auto &[id, job] : m_records->jobs()) {
        const bool mayRun = isUnderWay(job) && m_scope->covers(id) && !m_mediator->isBusy(id) &&
                            !m_outage.isCutOff(id) && !m_outage.isSpared(job);
        if (!mayRun) {
            continue;
        }
        Candidate candidate{.job = id,
                            .priority = job.priority,
                            .place = job.options.place,
                            .turn = m_turns.turnOf(id),
                            .active = m_attempts.countOf(id),
                            .fetching = m_attempts.fetchingOf(id),
                            .runningFor = m_turns.runningFor(id)};
        for (const auto &[priority, index] : m_records->totals(id).pending()) {
            if (candidate.pending.size() >= settings.filesAtOnce) {
                break;
            }
            if (!m_attempts.has({id, index}) && !m_retries.isHeld(job, index)) {
                candidate.pending.append({index, job.files.at(index).spec.url});
            }
        }
        made.append(candidate);
    }
    if (made.size() > 1) { // one alone makes way for nobody
        for (Candidate &candidate : made) {
            candidate.mayYield = mayYield(*m_records->find(candidate.job));
        }
    }
    return made;
}

void FileRunner::schedule()
{
    if (m_isClosing || m_records->isFailing()) { // what is begun must be known afterwards
        return;
    }
    sparePaidNetwork();
    const QList<Candidate> open = candidates();
    const Schedule now =
        scheduleOf(open, m_records->settings(), m_attempts.connections(), m_attempts.breadth());
    setQueue(now.queue);
    m_nextTurn.cancel();
    if (now.nextTurn) {
        m_nextTurn.setIn(*now.nextTurn, [this] { schedule(); });
    }
    for (const JobId job : now.yields) {
        m_turns.yield(job);
        m_attempts.stop(job);
    }
    for (const FileId file : now.starts) {
        const JobRecord &job = *m_records->find(file.job);
        if (isToBeMoved(job, job.files.at(file.index)) && !m_records->isSaved(file.job)) {
            scheduleWhenSaved(file.job);
        } else {
            start(file);
        }
    }
    for (const Candidate &each : open) {
        if (!each.pending.isEmpty() && m_attempts.countOf(each.job) == 0) {
            m_pace.waits(each.job);
        }
    }
}

/// Tells of each that has another place now.
void FileRunner::setQueue(const JobIds &queue)
{
    const JobIds before = std::exchange(m_queue, queue);
    for (qsizetype i = 0; i < std::max(before.size(), queue.size()); ++i) {
        if (before.value(i) == queue.value(i)) {
            continue;
        }
        for (const JobId id : {before.value(i), queue.value(i)}) {
            if (m_records->find(id) != nullptr) {
                m_listener->jobChanged(id);
            }
        }
    }
}

/// Whether all of it that is under way is known to go on later where it is now: what begins anew
/// each time it made way would never end.
bool FileRunner::mayYield(const JobRecord &job) const
{
    return std::ranges::all_of(m_attempts.filesOf(job.id),
                               [&](FileId file) { return mayYield(job, file); });
}

bool FileRunner::mayYield(const JobRecord &job, FileId id) const
{
    const FileRecord &file = job.files.at(id.index);
    return job.type == JobType::Upload
               ? file.upload.protocol == UploadProtocol::Tus
               : m_attempts.bytesDone(id) == 0 ||
                     m_world.transfer.manners->of(job.id, file.spec.url) == RangeManner::Bears;
}

void FileRunner::takeInOrder(JobId id)
{
    schedule(); // for a place that is free nobody has to make way
    const JobRecord &job = *m_records->find(id);
    QList<PendingFile> running;
    for (const FileId file : m_attempts.filesOf(id)) {
        if (mayYield(job, file)) {
            running.append({job.files.at(file.index).priority, file.index});
        }
    }
    std::ranges::sort(running, std::greater());
    QList<FileId> makingWay; // stopping may end an attempt on the spot, and begin another
    for (const PendingFile &next : m_records->totals(id).pending()) {
        const qsizetype count = makingWay.size();
        if (count == running.size() || running.at(count).priority <= next.priority) {
            break;
        }
        if (m_retries.isHeld(job, next.index)) {
            continue;
        }
        makingWay.append({id, running.at(count).index});
    }
    for (const FileId file : std::as_const(makingWay)) {
        m_attempts.stop(file);
    }
}

/// A part goes into another folder when the list says where to look for it.
void FileRunner::scheduleWhenSaved(JobId id)
{
    if (m_awaitingSaved.contains(id)) {
        return;
    }
    m_awaitingSaved.insert(id);
    whenReady(m_records->saved(id), this, [this, id](bool isSaved) {
        m_awaitingSaved.remove(id);
        if (isSaved) {
            schedule();
        }
    });
}

} // namespace core
