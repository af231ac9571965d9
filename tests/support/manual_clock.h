// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/system/clock.h"

#include <QTimeZone>

#include <map>
#include <optional>
#include <utility>

/// A clock that stands still until the test turns it.
class ManualClock final : public core::Clock {
public:
    [[nodiscard]] core::BootTime now() const override { return m_now; }
    [[nodiscard]] QDateTime utcNow() const override { return m_utc; }
    AlarmId callAt(core::BootTime due, std::function<void()> action) override;
    void cancel(AlarmId alarm) override;

    /// Moves time on and lets every alarm go off that comes due, each at its own moment.
    void advance(std::chrono::milliseconds by);
    /// Sets the wall clock alone, as a person or NTP may.
    void setUtc(const QDateTime &utc) { m_utc = utc; }
    /// How long until the next alarm, if there is one.
    [[nodiscard]] std::optional<std::chrono::milliseconds> untilNext() const;

private:
    core::BootTime m_now{std::chrono::hours(1)};
    QDateTime m_utc = QDateTime(QDate(2026, 1, 15), QTime(12, 0), QTimeZone::utc()).toUTC();
    std::map<std::pair<core::BootTime, AlarmId>, std::function<void()>> m_pending;
    AlarmId m_lastId = 0;
};
