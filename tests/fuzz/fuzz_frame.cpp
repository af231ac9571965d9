// SPDX-License-Identifier: Apache-2.0
// What another process may send over the socket: frames, and the envelopes in them.
#include "core/remote/envelope.h"
#include "core/remote/frame.h"
#include "tests/fuzz/check.h"

namespace {

template <typename Envelope>
void keepsWhatItRead(const QByteArray &message)
{
    const auto read = core::fromText<Envelope>(message);
    if (read) {
        const QByteArray text = core::toText(*read);
        const auto again = core::fromText<Envelope>(text);
        check(again.has_value() && core::toText(*again) == text);
    }
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const QByteArray bytes = bytesOf(data, size);
    core::FrameReader whole;
    const auto messages = whole.take(bytes);
    // However the bytes are cut, the same messages come out.
    core::FrameReader pieces;
    QByteArrayList collected;
    for (qsizetype at = 0; at < bytes.size(); at += 3) {
        const auto some = pieces.take(bytes.mid(at, 3));
        if (!some) {
            check(!messages);
            return 0;
        }
        collected += *some;
    }
    check(messages.has_value() && *messages == collected);
    for (const QByteArray &message : collected) {
        keepsWhatItRead<core::ToEngine>(message);
        keepsWhatItRead<core::ToFrontEnd>(message);
    }
    keepsWhatItRead<core::ToEngine>(bytes);
    keepsWhatItRead<core::ToFrontEnd>(bytes);
    return 0;
}
