// SPDX-License-Identifier: Apache-2.0
#include "core/system/system_clock.h"

#include <QSocketNotifier>

#include <sys/timerfd.h>
#include <unistd.h>

#include <algorithm>
#include <ctime>

namespace core {

SystemClock::SystemClock(QObject *parent)
    : QObject(parent)
    , m_timer(timerfd_create(CLOCK_BOOTTIME, TFD_NONBLOCK | TFD_CLOEXEC))
{
    if (m_timer < 0) {
        qFatal("No timer can be had from the system");
    }
    m_notifier = std::make_unique<QSocketNotifier>(m_timer, QSocketNotifier::Read);
    connect(m_notifier.get(), &QSocketNotifier::activated, this, [this] { goOff(); });
}

SystemClock::~SystemClock()
{
    m_notifier.reset();
    ::close(m_timer);
}

BootTime SystemClock::now() const
{
    timespec time{};
    clock_gettime(CLOCK_BOOTTIME, &time);
    return BootTime(std::chrono::duration_cast<BootTime::duration>(
        std::chrono::seconds(time.tv_sec) + std::chrono::nanoseconds(time.tv_nsec)));
}

QDateTime SystemClock::utcNow() const
{
    return QDateTime::currentDateTimeUtc();
}

Clock::AlarmId SystemClock::callAt(BootTime due, std::function<void()> action)
{
    const AlarmId id = ++m_lastId;
    const auto added = m_pending.emplace(due, Pending{id, std::move(action)});
    if (added == m_pending.begin()) {
        rearm();
    }
    return id;
}

void SystemClock::cancel(AlarmId alarm)
{
    const auto found = std::ranges::find_if(
        m_pending, [alarm](const auto &entry) { return entry.second.id == alarm; });
    if (found != m_pending.end()) {
        m_pending.erase(found);
    }
}

void SystemClock::rearm()
{
    itimerspec when{};
    if (!m_pending.empty()) {
        // A value of zero would disarm the timer, so the past is one nanosecond after boot.
        const auto due =
            std::max(std::chrono::nanoseconds(1),
                     std::chrono::nanoseconds(m_pending.begin()->first.time_since_epoch()));
        const auto whole = std::chrono::duration_cast<std::chrono::seconds>(due);
        when.it_value.tv_sec = whole.count();
        when.it_value.tv_nsec = (due - whole).count();
    }
    timerfd_settime(m_timer, TFD_TIMER_ABSTIME, &when, nullptr);
}

void SystemClock::goOff()
{
    quint64 expirations = 0;
    if (::read(m_timer, &expirations, sizeof expirations) < 0) {
        return; // cancelled and set anew meanwhile
    }
    // Only what was due on entry: an action that sets a new alarm for now gets its turn later.
    const BootTime reached = now();
    const AlarmId newest = m_lastId;
    auto entry = m_pending.begin();
    while (entry != m_pending.end() && entry->first <= reached) {
        if (entry->second.id > newest) {
            ++entry;
            continue;
        }
        const auto action = std::move(entry->second.action);
        m_pending.erase(entry);
        action();
        entry = m_pending.begin();
    }
    rearm();
}

} // namespace core
