// SPDX-License-Identifier: Apache-2.0
#include "core/queue/job_finisher.h"

#include "core/queue/job_orders.h"
#include "core/queue/job_snapshots.h"
#include "core/queue/timeline_entries.h"
#include "core/system/when_ready.h"

#include <QCoroFuture>

namespace core {

JobFinisher::JobFinisher(JobRecords *records, JobLife *life, Volumes *volumes, Mediator *mediator)
    : m_records(records)
    , m_life(life)
    , m_volumes(volumes)
    , m_mediator(mediator)
{
}

QFuture<Completion> JobFinisher::complete(JobId id, PartialFiles partial, Decider by)
{
    m_life->noteDecision(id, JobEvent::Complete, by);
    m_busy.insert(id);
    auto promise = std::make_shared<QPromise<Completion>>();
    promise->start();
    QCoro::connect(carryOutComplete(id, partial, by), this,
                   [promise](const Completion &completion) {
                       promise->addResult(completion);
                       promise->finish();
                   });
    return promise->future();
}

QCoro::Task<Completion> JobFinisher::carryOutComplete(JobId id, PartialFiles partial, Decider by)
{
    // A job that is busy is not removed, so it is there after every wait below.
    const auto halted = m_mediator->halt(id);
    co_await halted;
    const CompletionOrder order = orderOf(id, partial);
    const CompletionReport report = co_await carryOut(m_volumes, order);
    for (const auto &[index, path] : report.published) {
        m_records->changeFile({id, index}, [&path](FileRecord &file) {
            file.state = FileState::Published;
            file.publishedPath = path;
            file.part = {};
        });
    }
    Completion completion{.job = id, .manifest = manifestOf(*m_records->find(id))};
    completion.obstacle =
        report.rejected.isEmpty() ? report.obstacle : std::optional(report.rejected.first());
    m_life->note(id, timeline_entry::completed(completion));
    settle(id, report, partial);
    if (by == Decider::Engine && report.rejected.isEmpty()) {
        m_life->tell(id, NoticeKind::Transferred);
    }
    const auto saved = m_records->commit(id);
    co_await saved;
    end(id);
    co_return completion;
}

/// Made outside the coroutine: see carryOut().
CompletionOrder JobFinisher::orderOf(JobId id, PartialFiles partial) const
{
    return completionOrderOf(*m_records->find(id), partial, [this, id](int index) {
        return isProven({id, index});
    });
}

void JobFinisher::proven(FileId file)
{
    const FileRecord &record = m_records->find(file.job)->files.at(file.index);
    if (record.spec.hash && record.acceptance == Acceptance::Checked) {
        m_proven.insert_or_assign(file, *record.spec.hash);
    }
}

bool JobFinisher::isProven(FileId file) const
{
    const auto found = m_proven.find(file);
    return found != m_proven.end() &&
           found->second == m_records->find(file.job)->files.at(file.index).spec.hash;
}

void JobFinisher::forget(JobId id)
{
    std::erase_if(m_proven, [id](const auto &entry) { return entry.first.job == id; });
}

void JobFinisher::settle(JobId id, const CompletionReport &report, PartialFiles partial)
{
    if (!report.rejected.isEmpty()) {
        m_life->reject(id, report.rejected);
        return;
    }
    if (report.obstacle) {
        m_life->obstruct(id, *report.obstacle);
        return;
    }
    forgetParts(id, report.left, partial);
    m_records->change(id, [](JobRecord &job) { job.obstacle.reset(); });
    m_life->transition(id, JobEvent::Complete);
}

/// The parts that went are forgotten; those that could not be removed stay on the record.
void JobFinisher::forgetParts(JobId id, const QList<PartIdentity> &left, PartialFiles partial)
{
    const auto isGone = [&left](const PartIdentity &part) { return !left.contains(part); };
    for (int i = 0; i < int(m_records->find(id)->files.size()); ++i) {
        const FileRecord &file = m_records->find(id)->files.at(i);
        if (file.part.isEmpty() && file.superseded.isEmpty()) {
            continue;
        }
        m_records->changeFile({id, i}, [&isGone, partial](FileRecord &changed) {
            changed.superseded.removeIf(isGone);
            if (partial == PartialFiles::Remove && changed.state != FileState::Published) {
                changed.durable = {};
                changed.part = isGone(changed.part) ? PartIdentity() : changed.part;
            }
        });
    }
}

QFuture<void> JobFinisher::discard(JobId id)
{
    m_busy.insert(id);
    auto promise = std::make_shared<QPromise<void>>();
    promise->start();
    QCoro::connect(carryOutDiscard(id), this, [promise](bool /*done*/) { promise->finish(); });
    return promise->future();
}

QCoro::Task<bool> JobFinisher::carryOutDiscard(JobId id)
{
    const auto halted = m_mediator->halt(id);
    co_await halted;
    const QList<PartIdentity> parts = partsOf(*m_records->find(id));
    const QList<PartIdentity> left = co_await discardParts(m_volumes, parts);
    forgetParts(id, left, PartialFiles::Remove);
    const auto saved = m_records->commit(id);
    co_await saved;
    end(id);
    co_return left.isEmpty();
}

void JobFinisher::end(JobId id)
{
    m_busy.remove(id);
    if (m_busy.isEmpty()) {
        for (const auto &waiting : std::exchange(m_awaitingIdle, {})) {
            waiting->finish();
        }
    }
    m_mediator->finished(id);
}

QFuture<void> JobFinisher::idle()
{
    if (m_busy.isEmpty()) {
        return readyFuture();
    }
    m_awaitingIdle.push_back(std::make_shared<QPromise<void>>());
    m_awaitingIdle.back()->start();
    return m_awaitingIdle.back()->future();
}

} // namespace core
