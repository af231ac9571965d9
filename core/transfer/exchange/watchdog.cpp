// SPDX-License-Identifier: Apache-2.0
#include "core/transfer/exchange/watchdog.h"

#include "core/transfer/exchange/reply_ptr.h"

#include <algorithm>

namespace core {

void Watchdog::watch(QNetworkReply *reply)
{
    m_reply = reply;
    m_hasBitten = false;
    m_isConnected = false;
    m_hasSentBody = false;
    m_limit = untilAnswer(m_limits.connect);
    QObject::connect(reply, &QNetworkReply::requestSent, reply, [this] {
        m_isConnected = true;
        m_limit = untilAnswer(m_hasSentBody ? m_limits.drain : m_limits.firstByte);
        feed();
        arm();
    });
    QObject::connect(reply, &QNetworkReply::uploadProgress, reply, [this](qint64 sent) {
        m_isConnected = true;
        feed();
        if (sent > 0) {
            m_hasSentBody = true;
            m_begun = m_lastSign; // who takes bytes tries nobody's patience
            m_limit = untilAnswer(m_limits.drain);
        }
    });
    feed();
    arm();
}

std::chrono::milliseconds Watchdog::untilAnswer(std::chrono::milliseconds limit) const
{
    const auto left = m_limits.patience - std::chrono::duration_cast<std::chrono::milliseconds>(
                                              m_clock->now() - m_begun);
    return std::clamp(left, std::chrono::milliseconds(1), limit);
}

void Watchdog::bodyBegins()
{
    m_limit = m_limits.silence;
    m_floor.begin(m_clock->now());
    feed();
    arm();
}

void Watchdog::pause()
{
    m_alarm.cancel();
    m_floor.pause(m_clock->now());
}

void Watchdog::resume()
{
    m_floor.resume(m_clock->now());
    feed();
    arm();
}

void Watchdog::arm()
{
    m_alarm.set(m_lastSign + m_limit, [this] { look(); });
}

void Watchdog::look()
{
    if (m_clock->now() < m_lastSign + m_limit) {
        arm(); // fed meanwhile; the alarm is not set anew for every chunk
        return;
    }
    m_hasBitten = true;
    if (m_reply) {
        abortReply(m_reply);
    }
}

} // namespace core
