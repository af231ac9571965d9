// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/system/clock.h"
#include "core/transfer/exchange/exchange_order.h"
#include "core/transfer/exchange/speed_floor.h"

#include <QPointer>

class QNetworkReply;

namespace core {

/// Aborts a reply that has been silent for too long, and remembers that it did: the reply itself
/// could not be told apart from one that a person stopped. Counts only while reading is wanted.
class Watchdog {
public:
    Watchdog(Clock *clock, ExchangeLimits limits)
        : m_alarm(clock)
        , m_clock(clock)
        , m_limits(limits)
        , m_begun(clock->now())
        , m_floor(limits.floorBytesPerSecond, limits.floorWindow)
    {
    }

    /// A request was handed to the transport: now it has `connect` to get it sent, or to get on
    /// with sending, then `firstByte` for the response to begin.
    void watch(QNetworkReply *reply);
    /// The body has begun; from now on `silence` counts.
    void bodyBegins();
    /// Something came.
    void feed() { m_lastSign = m_clock->now(); }
    /// So many bytes of the body came.
    void feed(qint64 bytes)
    {
        feed();
        m_floor.add(bytes);
    }
    /// We do not read at the moment, so silence is ours.
    void pause();
    void resume();
    [[nodiscard]] bool isPaused() const { return !m_alarm.isSet(); }

    [[nodiscard]] bool hasBitten() const { return m_hasBitten; }
    /// Whether the request got as far as to whom it is for.
    [[nodiscard]] bool isConnected() const { return m_isConnected; }
    /// Whether the body has just been too slow for a whole window of time. Nothing is aborted: a
    /// slow server may be the only one there is.
    [[nodiscard]] bool isTooSlow() { return m_floor.isBroken(m_clock->now()); }

private:
    /// As long as that, and no longer than patience lasts.
    [[nodiscard]] std::chrono::milliseconds untilAnswer(std::chrono::milliseconds limit) const;
    void look();
    void arm();

    Alarm m_alarm;
    Clock *m_clock;
    ExchangeLimits m_limits;
    BootTime m_begun;
    SpeedFloor m_floor;
    QPointer<QNetworkReply> m_reply;
    std::chrono::milliseconds m_limit{0};
    BootTime m_lastSign;
    bool m_hasBitten = false;
    bool m_isConnected = false;
    bool m_hasSentBody = false;
};

} // namespace core
