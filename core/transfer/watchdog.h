// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/clock.h"
#include "core/transfer/attempt.h"

#include <QPointer>

class QNetworkReply;

namespace core {

/// Aborts a reply that has been silent for too long, and remembers that it did: the reply itself
/// could not be told apart from one that a person stopped. Counts only while reading is wanted.
class Watchdog {
public:
    Watchdog(Clock *clock, TransferLimits limits)
        : m_alarm(clock)
        , m_clock(clock)
        , m_limits(limits)
    {
    }

    /// A request was handed to the transport: now it has `connect` to get it sent, then `firstByte`
    /// for the response to begin.
    void watch(QNetworkReply *reply);
    /// The body has begun; from now on `silence` counts.
    void bodyBegins();
    /// Something came.
    void feed() { m_lastSign = m_clock->now(); }
    /// We do not read at the moment, so silence is ours.
    void pause() { m_alarm.cancel(); }
    void resume();

    [[nodiscard]] bool hasBitten() const { return m_hasBitten; }

private:
    void look();
    void arm();

    Alarm m_alarm;
    Clock *m_clock;
    TransferLimits m_limits;
    QPointer<QNetworkReply> m_reply;
    std::chrono::milliseconds m_limit{0};
    BootTime m_lastSign;
    bool m_hasBitten = false;
};

} // namespace core
