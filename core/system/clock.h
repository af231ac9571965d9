// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QDateTime>

#include <chrono>
#include <functional>
#include <utility>

namespace core {

/// Time since boot, sleep included (CLOCK_BOOTTIME). Never jumps, so timers are set in it.
struct BootClock {
    using duration = std::chrono::milliseconds;
    using rep = duration::rep;
    using period = duration::period;
    using time_point = std::chrono::time_point<BootClock>;
    static constexpr bool is_steady = true;
};
using BootTime = BootClock::time_point;

/// Where all of core gets its time from. Used on one thread; a test turns its own by hand.
class Clock {
public:
    using AlarmId = quint64;

    Clock() = default;
    virtual ~Clock() = default;
    Clock(const Clock &) = delete;
    Clock &operator=(const Clock &) = delete;

    [[nodiscard]] virtual BootTime now() const = 0;
    /// The wall clock, UTC: to show and to store, never to measure with.
    [[nodiscard]] virtual QDateTime utcNow() const = 0;

    /// Calls back once, from the event loop of this thread, when `due` has come. The id is never 0.
    virtual AlarmId callAt(BootTime due, std::function<void()> action) = 0;
    /// An alarm that has gone off or was cancelled is ignored.
    virtual void cancel(AlarmId alarm) = 0;
};

/// One pending call at most; gone with its owner.
class Alarm {
public:
    explicit Alarm(Clock *clock)
        : m_clock(clock)
    {
    }
    ~Alarm() { cancel(); }
    Alarm(const Alarm &) = delete;
    Alarm &operator=(const Alarm &) = delete;

    void set(BootTime due, std::function<void()> action)
    {
        cancel();
        m_id = m_clock->callAt(due, [this, action = std::move(action)] {
            m_id = 0;
            action();
        });
    }
    void setIn(std::chrono::milliseconds delay, std::function<void()> action)
    {
        set(m_clock->now() + delay, std::move(action));
    }
    void cancel()
    {
        if (m_id != 0) {
            m_clock->cancel(std::exchange(m_id, 0));
        }
    }
    [[nodiscard]] bool isSet() const { return m_id != 0; }

private:
    Clock *m_clock;
    Clock::AlarmId m_id = 0;
};

} // namespace core
