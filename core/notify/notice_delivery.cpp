// SPDX-License-Identifier: Apache-2.0
#include "core/notify/notice_delivery.h"

#include "core/job/question.h"

#include <algorithm>
#include <exception>

namespace core {

struct NoticeDelivery::Entry {
    Entry(Clock *clock, quint64 notice)
        : id(notice)
        , alarm(clock)
    {
    }

    quint64 id;
    Alarm alarm;
    std::chrono::milliseconds nextDelay = kFirstRepeat;
};

namespace {

/// One call of a callback. A throw is a refusal.
QCoro::Task<Delivery> call(JobCallback *callback, JobSnapshot job)
{
    try {
        if (job.state != JobState::Error) {
            co_return co_await callback->jobTransferred(job);
        }
        const JobError error = questionOf(job).value_or(JobError());
        co_return co_await callback->jobError(job, error);
    } catch (const std::exception &) {
        co_return Delivery::Refused;
    } catch (...) {
        co_return Delivery::Refused;
    }
}

QCoro::Task<Delivery> callModified(JobCallback *callback, JobSnapshot job)
{
    try {
        co_return co_await callback->jobModified(job);
    } catch (...) {
        co_return Delivery::Refused;
    }
}

/// The last word on such a job is jobTransferred.
bool isOver(JobState state)
{
    return state == JobState::Transferred || isFinal(state);
}

} // namespace

NoticeDelivery::NoticeDelivery(Clock *clock, Mediator *mediator, QObject *parent)
    : QObject(parent)
    , m_clock(clock)
    , m_mediator(mediator)
    , m_modifiedAlarm(clock)
{
}

NoticeDelivery::~NoticeDelivery() = default;

void NoticeDelivery::setCallback(JobCallback *callback)
{
    m_callback = callback;
    ++m_registration;
    m_modified.clear();
    tellAgain();
}

void NoticeDelivery::tellAgain()
{
    for (const auto &[job, entry] : m_pending) {
        entry->nextDelay = kFirstRepeat;
        deliverLater(job, std::chrono::milliseconds(0));
    }
}

void NoticeDelivery::tell(JobId job)
{
    m_pending[job] = std::make_unique<Entry>(m_clock, ++m_lastNotice);
    m_modified.erase(job);
    deliverLater(job, std::chrono::milliseconds(0));
}

void NoticeDelivery::withdraw(JobId job)
{
    m_pending.erase(job);
}

std::optional<quint64> NoticeDelivery::noticeOf(JobId job) const
{
    const auto found = m_pending.find(job);
    return found == m_pending.end() ? std::nullopt : std::optional(found->second->id);
}

int NoticeDelivery::soon() const
{
    return int(std::ranges::count_if(
        m_pending, [](const auto &entry) { return entry.second->nextDelay <= kSoon; }));
}

void NoticeDelivery::deliverLater(JobId job, std::chrono::milliseconds delay)
{
    Entry &entry = *m_pending.at(job);
    entry.alarm.setIn(delay, [this, job, notice = entry.id] { deliver(job, notice); });
}

void NoticeDelivery::deliver(JobId job, quint64 notice)
{
    const auto snapshot = m_mediator->job(job);
    if (m_callback == nullptr || !snapshot || noticeOf(job) != notice) {
        return;
    }
    // The callback may do anything meanwhile, so the notice is looked up again when it has
    // answered.
    QCoro::connect(call(m_callback, *snapshot), this,
                   [this, job, notice, registration = m_registration](Delivery answer) {
                       if (registration == m_registration) {
                           take(job, notice, answer);
                       }
                   });
}

void NoticeDelivery::take(JobId job, quint64 notice, Delivery answer)
{
    const auto found = m_pending.find(job);
    if (found == m_pending.end() || found->second->id != notice) {
        return;
    }
    if (answer == Delivery::Accepted) {
        m_pending.erase(found);
        m_mediator->accepted(job);
        return;
    }
    Entry &entry = *found->second;
    const auto delay = entry.nextDelay;
    entry.nextDelay = std::min<std::chrono::milliseconds>(delay * 2, kLongestRepeat);
    deliverLater(job, delay);
}

void NoticeDelivery::accept(quint64 notice)
{
    const auto found = std::ranges::find_if(
        m_pending, [notice](const auto &entry) { return entry.second->id == notice; });
    if (found != m_pending.end()) {
        const JobId job = found->first;
        m_pending.erase(found);
        m_mediator->accepted(job);
    }
}

void NoticeDelivery::modified(JobId job)
{
    // Not for a job that has something more important to say.
    if (m_callback == nullptr || m_pending.contains(job)) {
        return;
    }
    m_modified.insert(job);
    if (!m_modifiedAlarm.isSet()) {
        m_modifiedAlarm.setIn(kModifiedInterval, [this] { tellModified(); });
    }
}

void NoticeDelivery::tellModified()
{
    for (const JobId job : std::exchange(m_modified, {})) {
        const auto snapshot = m_mediator->job(job);
        if (m_callback != nullptr && snapshot && !m_pending.contains(job) &&
            !isOver(snapshot->state)) {
            QCoro::connect(callModified(m_callback, *snapshot), this, [](Delivery /*ignored*/) {});
        }
    }
}

} // namespace core
