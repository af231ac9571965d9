// SPDX-License-Identifier: Apache-2.0
#include "core/remote/frame.h"

#include <QtEndian>

#include <algorithm>

namespace core {

namespace {

constexpr qsizetype kLengthBytes = 4;
constexpr quint32 kGoesOn = quint32(1) << 31;

} // namespace

QByteArray toFrames(const QByteArray &message)
{
    QByteArray frames;
    frames.reserve(message.size() + kLengthBytes * (message.size() / kFrameMaxBytes + 1));
    for (qsizetype at = 0; at < message.size(); at += kFrameMaxBytes) {
        const qsizetype bytes = std::min(kFrameMaxBytes, message.size() - at);
        const bool goesOn = at + bytes < message.size();
        const quint32 length = qToBigEndian(quint32(bytes) | (goesOn ? kGoesOn : 0));
        frames.append(reinterpret_cast<const char *>(&length), kLengthBytes);
        frames.append(message.constData() + at, bytes);
    }
    return frames;
}

tl::expected<QByteArrayList, FrameFault> FrameReader::take(const QByteArray &bytes)
{
    m_bytes += bytes;
    QByteArrayList messages;
    qsizetype at = 0;
    while (m_bytes.size() - at >= kLengthBytes) {
        const auto word = qFromBigEndian<quint32>(m_bytes.constData() + at);
        const auto length = qsizetype(word & ~kGoesOn);
        if (length == 0) {
            return tl::unexpected(FrameFault::Empty);
        }
        if (length > kFrameMaxBytes) {
            return tl::unexpected(FrameFault::FrameTooLong);
        }
        if (m_message.size() + length > kMessageMaxBytes) {
            return tl::unexpected(FrameFault::MessageTooLong);
        }
        if (m_bytes.size() - at - kLengthBytes < length) {
            break;
        }
        m_message.append(m_bytes.constData() + at + kLengthBytes, length);
        at += kLengthBytes + length;
        if ((word & kGoesOn) == 0) {
            messages.append(std::exchange(m_message, {}));
        }
    }
    m_bytes.remove(0, at);
    return messages;
}

} // namespace core
