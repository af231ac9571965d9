// SPDX-License-Identifier: Apache-2.0
#include "core/queue/scheduler.h"

#include <algorithm>
#include <tuple>

namespace core {

namespace {

/// So many short files of a job may wait in memory for the disk while others are fetched.
constexpr int kSettlingAtOnce = 64;

auto rank(const Candidate &candidate)
{
    return std::tuple(candidate.priority, candidate.active == 0, candidate.turn, candidate.place,
                      candidate.job);
}

bool isInBackground(const Candidate &job)
{
    return job.priority != Priority::Foreground;
}

/// The highest priority in the background that has something to do.
Priority levelOf(const QList<Candidate> &candidates)
{
    Priority level = Priority::Low;
    for (const Candidate &job : candidates) {
        if (isInBackground(job) && (job.active > 0 || !job.pending.isEmpty())) {
            level = std::min(level, job.priority);
        }
    }
    return level;
}

/// One of which nothing runs, nor is begun now.
void queueUp(const Candidate &job, int fetching, Schedule *schedule)
{
    const bool isWaiting = job.active == 0 && fetching == 0 && !job.pending.isEmpty();
    if (isWaiting && schedule->queue.size() < kPlacesTold) {
        schedule->queue.append(job.job);
    }
}

/// Those of the level that have run for long make way for those that found no place, one for one.
void takeTurns(const QList<Candidate> &candidates, Priority level, qsizetype waiting,
               Schedule *schedule)
{
    QList<Candidate> running;
    for (const Candidate &job : candidates) {
        if (job.priority == level && job.active > 0 && job.mayYield) {
            running.append(job);
        }
    }
    std::ranges::sort(running, std::greater(), &Candidate::runningFor);
    for (const Candidate &job : std::as_const(running)) {
        if (waiting == 0) {
            return;
        }
        if (job.runningFor < kTimeSlice) {
            schedule->nextTurn = kTimeSlice - job.runningFor;
            return;
        }
        schedule->yields.append(job.job);
        --waiting;
    }
}

/// Those of the job that there is a place for. Returns how many are fetched then.
int startFiles(const Candidate &job, const Settings &limits, const HostBreadth &breadth,
               QHash<Origin, int> *connections, Schedule *schedule)
{
    int fetching = job.fetching;
    for (const Candidate::File &file : job.pending) {
        if (fetching >= limits.filesAtOnce) {
            break;
        }
        const Origin origin = originOf(file.url);
        int &toOrigin = (*connections)[origin];
        // A job of which nothing runs need not wait for the files of another one.
        const bool isFull = toOrigin >= limits.connectionsPerHost ||
                            (fetching > 0 && toOrigin >= breadth.of(origin));
        if (!isFull) {
            schedule->starts.append({job.job, file.index});
            ++toOrigin;
            ++fetching;
        }
    }
    return fetching;
}

} // namespace

Schedule scheduleOf(QList<Candidate> candidates, const Settings &limits,
                    QHash<Origin, int> connections, const HostBreadth &breadth)
{
    std::ranges::sort(candidates, {}, rank);
    const Priority level = levelOf(candidates);
    auto running = std::ranges::count_if(
        candidates, [](const Candidate &job) { return isInBackground(job) && job.active > 0; });
    Schedule schedule;
    qsizetype waiting = 0;
    for (const Candidate &job : std::as_const(candidates)) {
        const bool isNew = isInBackground(job) && job.active == 0;
        if (job.priority > level) {
            if (job.active > 0 && job.mayYield) {
                schedule.yields.append(job.job);
            }
            queueUp(job, job.fetching, &schedule);
            continue;
        }
        const bool isHeldBack =
            (isNew && running >= limits.jobsAtOnce) || job.active - job.fetching >= kSettlingAtOnce;
        const int fetching =
            isHeldBack ? job.fetching : startFiles(job, limits, breadth, &connections, &schedule);
        queueUp(job, fetching, &schedule);
        running += isNew && fetching > 0 ? 1 : 0;
        waiting += isNew && fetching == 0 && !job.pending.isEmpty() ? 1 : 0;
    }
    takeTurns(candidates, level, waiting, &schedule);
    schedule.starts.removeIf(
        [&schedule](FileId file) { return schedule.yields.contains(file.job); });
    return schedule;
}

} // namespace core
