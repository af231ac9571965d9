// SPDX-License-Identifier: Apache-2.0
#include "core/queue/attempts.h"

#include <algorithm>
#include <exception>
#include <ranges>
#include <utility>

namespace core {

namespace {

/// No exception leaves an attempt: the job would be running for ever.
QCoro::Task<AttemptOutcome> guarded(QCoro::Task<AttemptOutcome> attempt, FileId file)
{
    QString detail;
    try {
        co_return co_await attempt;
    } catch (const std::exception &thrown) {
        detail = QString::fromLocal8Bit(thrown.what());
    }
    JobError error{.cause = Cause::Internal, .fileIndex = file.index};
    error.evidence.detail = detail;
    co_return error;
}

} // namespace

Attempts::Attempts(TransferWorld world, Mediator *mediator)
    : m_world(world)
    , m_mediator(mediator)
    , m_breadth(world.clock)
{
}

AttemptEvents Attempts::eventsOf(FileId file)
{
    return {
        .named = [this,
                  file](const QString &proposed) { return m_mediator->named(file, proposed); },
        .noted = [this, file](Note note) { m_mediator->noted(file, note); },
        .identified =
            [this, file](const Identification &what) { return m_mediator->identified(file, what); },
        .copied = [this, file](const PartIdentity &copy) { return m_mediator->copied(file, copy); },
        .unpacked = [this,
                     file](const UnpackedPart &what) { return m_mediator->unpacked(file, what); },
        .arrived = [this, file] { arrived(file); },
        .received = [this, file](qint64 bytesDone) { received(file, bytesDone); },
        .durable = [this, file](const RangeSet &ranges,
                                const PartSeal &seal) { m_mediator->durable(file, ranges, seal); },
        .rechecked =
            [this, file](qint64 damagedBytes, qint64 missingBytes) {
                m_running.at(file).bytesDone -= damagedBytes;
                m_mediator->rechecked(file, damagedBytes, missingBytes);
            },
        .partLost =
            [this, file] {
                m_running.at(file).bytesDone = 0;
                m_mediator->partLost(file);
            },
    };
}

UploadEvents Attempts::uploadEventsOf(FileId file)
{
    return {.noted = [this, file](Note note) { m_mediator->noted(file, note); },
            .learned =
                [this, file](const UploadMark &mark, qint64 sizeBytes) {
                    return m_mediator->learned(file, mark, sizeBytes);
                },
            .compared =
                [this, file](std::optional<int> percent) {
                    m_running.at(file).percentCompared = percent;
                    m_mediator->compared(file);
                },
            .sent = [this, file](qint64 bytesSent) { received(file, bytesSent); },
            .confirmed =
                [this, file](qint64 bytes) {
                    m_mediator->durable(file, RangeSet::prefix(bytes), {});
                    received(file, bytes);
                }};
}

void Attempts::start(const AttemptOrder &order)
{
    std::visit([this](const auto &each) { begin(each); }, order);
}

Attempts::Running &Attempts::enter(FileId file, const QUrl &url, qint64 bytesDone)
{
    const Origin origin = originOf(url);
    Running &running = m_running[file];
    running.origin = origin;
    running.bytesDone = bytesDone;
    ++m_connections[origin];
    return running;
}

void Attempts::begin(const DownloadOrder &order)
{
    const Running &running = enter(order.file, order.url, order.target.durable.sizeBytes());
    spawn(order.file,
          attemptDownload(m_world, order, running.stop.get_token(), eventsOf(order.file)));
}

void Attempts::begin(const UploadOrder &order)
{
    const Running &running = enter(order.file, order.url, order.confirmedBytes);
    spawn(order.file,
          attemptUpload(m_world, order, running.stop.get_token(), uploadEventsOf(order.file)));
}

void Attempts::spawn(FileId file, QCoro::Task<AttemptOutcome> attempt)
{
    QCoro::connect(guarded(std::move(attempt), file), this,
                   [this, file](const AttemptOutcome &outcome) { finish(file, outcome); });
}

void Attempts::leave(Running *running)
{
    if (std::exchange(running->isFetching, false) && --m_connections[running->origin] <= 0) {
        m_connections.remove(running->origin);
    }
}

void Attempts::received(FileId file, qint64 bytesDone)
{
    Running &running = m_running.at(file);
    m_breadth.brought(running.origin, std::max<qint64>(0, bytesDone - running.bytesDone));
    running.bytesDone = bytesDone;
    m_mediator->received(file);
}

void Attempts::arrived(FileId file)
{
    Running &running = m_running.at(file);
    m_breadth.arrived(running.origin);
    leave(&running);
    m_mediator->arrived(file);
}

void Attempts::finish(FileId file, const AttemptOutcome &outcome)
{
    const auto found = m_running.find(file);
    leave(&found->second);
    m_running.erase(found);
    m_mediator->ended(file, outcome);
    std::vector<Waiting> ready;
    for (const Waiting &waiting : m_waiting) {
        const bool isIdle = waiting.job == JobId{} ? m_running.empty() : countOf(waiting.job) == 0;
        if (isIdle) {
            ready.push_back(waiting);
        }
    }
    std::erase_if(m_waiting, [&ready](const Waiting &waiting) {
        return std::ranges::any_of(
            ready, [&waiting](const Waiting &r) { return r.promise == waiting.promise; });
    });
    for (const Waiting &waiting : ready) {
        waiting.promise->finish();
    }
}

QList<FileId> Attempts::filesOf(JobId job) const
{
    QList<FileId> files;
    for (auto at = m_running.lower_bound({job, 0}); at != m_running.end() && at->first.job == job;
         ++at) {
        files.append(at->first);
    }
    return files;
}

int Attempts::countOf(JobId job) const
{
    return int(filesOf(job).size());
}

int Attempts::fetchingOf(JobId job) const
{
    return int(std::ranges::count_if(
        filesOf(job), [this](FileId file) { return m_running.at(file).isFetching; }));
}

qint64 Attempts::bytesDone(FileId file) const
{
    const auto found = m_running.find(file);
    return found == m_running.end() ? 0 : found->second.bytesDone;
}

std::optional<int> Attempts::percentCompared(FileId file) const
{
    const auto found = m_running.find(file);
    return found == m_running.end() ? std::nullopt : found->second.percentCompared;
}

void Attempts::stop(JobId job)
{
    // Stopping may end an attempt on the spot, so the list is taken first.
    const QList<FileId> files = filesOf(job);
    for (const FileId file : files) {
        stop(file);
    }
}

void Attempts::stop(FileId file)
{
    const auto found = m_running.find(file);
    if (found != m_running.end()) {
        const std::stop_source stop = found->second.stop;
        stop.request_stop();
    }
}

void Attempts::stopAll()
{
    QSet<JobId> jobs;
    for (const auto &running : m_running) {
        jobs.insert(running.first.job);
    }
    for (const JobId job : jobs) {
        stop(job);
    }
}

QFuture<void> Attempts::idle(JobId job)
{
    const bool isIdle = job == JobId{} ? m_running.empty() : countOf(job) == 0;
    auto promise = std::make_shared<QPromise<void>>();
    promise->start();
    if (isIdle) {
        promise->finish();
    } else {
        m_waiting.push_back({job, promise});
    }
    return promise->future();
}

} // namespace core
