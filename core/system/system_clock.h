// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/system/clock.h"

#include <QObject>

#include <map>
#include <memory>

class QSocketNotifier;

namespace core {

/// The computer's time. Alarms go by a timerfd on CLOCK_BOOTTIME, so one that came due while the
/// computer slept goes off right after it wakes.
class SystemClock final : public QObject, public Clock {
    Q_OBJECT
public:
    explicit SystemClock(QObject *parent = nullptr);
    ~SystemClock() override;

    [[nodiscard]] BootTime now() const override;
    [[nodiscard]] QDateTime utcNow() const override;
    AlarmId callAt(BootTime due, std::function<void()> action) override;
    void cancel(AlarmId alarm) override;

private:
    struct Pending {
        AlarmId id;
        std::function<void()> action;
    };

    void rearm();
    void goOff();

    int m_timer = -1;
    std::unique_ptr<QSocketNotifier> m_notifier;
    std::multimap<BootTime, Pending> m_pending;
    AlarmId m_lastId = 0;
};

} // namespace core
