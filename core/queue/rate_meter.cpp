// SPDX-License-Identifier: Apache-2.0
#include "core/queue/rate_meter.h"

namespace core {

namespace {

constexpr std::chrono::milliseconds kSpacing{100};

} // namespace

void RateMeter::add(qint64 totalBytes, BootTime now)
{
    if (m_samples.size() > 1 && now - m_samples[m_samples.size() - 2].at < kSpacing) {
        m_samples.back() = {now, totalBytes};
    } else {
        m_samples.push_back({now, totalBytes});
    }
    while (m_samples.size() > 2 && now - m_samples[1].at >= kWindow) {
        m_samples.pop_front();
    }
}

std::optional<qint64> RateMeter::bytesPerSecond(BootTime now) const
{
    if (m_samples.empty() || now - m_samples.front().at < kLeast) {
        return std::nullopt;
    }
    const qint64 bytes = m_samples.back().bytes - m_samples.front().bytes;
    const auto watched = std::max<qint64>(1, (now - m_samples.front().at).count());
    return bytes * 1000 / watched;
}

std::optional<std::chrono::seconds> RateMeter::remaining(qint64 bytesLeft, BootTime now) const
{
    const auto rate = bytesPerSecond(now);
    if (!rate || *rate <= 0 || bytesLeft < 0) {
        return std::nullopt;
    }
    const std::chrono::seconds guess((bytesLeft + *rate - 1) / *rate);
    return guess > std::chrono::days(30) ? std::nullopt : std::optional(guess);
}

} // namespace core
