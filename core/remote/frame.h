// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QByteArrayList>

#include <tl/expected.hpp>

namespace core {

/// What travels over the socket: messages, each cut into frames. A frame is its length in four
/// bytes, the highest first, and as many bytes; the highest bit of the length says that the message
/// goes on in the next frame.
inline constexpr qsizetype kFrameMaxBytes = qsizetype(1) << 20;
inline constexpr qsizetype kMessageMaxBytes = qsizetype(64) << 20;

enum class FrameFault { Empty, FrameTooLong, MessageTooLong };

/// The frames of one message, which is not empty and not longer than kMessageMaxBytes.
[[nodiscard]] QByteArray toFrames(const QByteArray &message);

/// Puts messages together from bytes as they come. After a fault nothing that follows can be
/// understood.
class FrameReader {
public:
    /// The messages that are whole with these bytes, in order.
    [[nodiscard]] tl::expected<QByteArrayList, FrameFault> take(const QByteArray &bytes);

private:
    QByteArray m_bytes;   ///< of a frame that is not whole
    QByteArray m_message; ///< of frames before it
};

} // namespace core
