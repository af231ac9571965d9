// SPDX-License-Identifier: Apache-2.0
#include "core/transfer/body_reader.h"

#include "core/http/content_range.h"
#include "core/remedy/diagnose.h"
#include "core/transfer/file/part_access.h"
#include "core/transfer/throttle.h"

#include <QCoroFuture>

namespace core {

namespace {

constexpr qint64 kChunkBytes = qint64(1024) * 1024;

/// Waits until the disk and the speed limit let some bytes through; how many.
QCoro::Task<qint64> allowance(const BodyRead *read)
{
    read->exchange->watchdog().pause();
    co_await read->file->volume()->room();
    qint64 allowed = kChunkBytes;
    while (!read->exchange->isStopped()) {
        allowed = read->throttles->take(read->id, kChunkBytes, read->clock->now());
        if (allowed > 0) {
            break;
        }
        const QFuture<void> later = elapsed(read->clock, read->throttles->wait(read->id.job));
        co_await later;
    }
    read->exchange->watchdog().resume();
    co_return allowed;
}

/// Waits for the next bytes of the body; none when it is over.
QCoro::Task<StepResult<QByteArray>> nextBytes(const BodyRead *read, std::optional<qint64> leftBytes)
{
    while (!read->exchange->isStopped()) {
        if (const auto failure = read->file->failure()) {
            co_return endAttempt(diagnose(*failure));
        }
        qint64 allowed = kChunkBytes;
        if (read->throttles->isLimited(read->id.job) || !read->file->volume()->hasRoom()) {
            allowed = co_await allowance(read);
        }
        if (read->exchange->isStopped()) {
            break;
        }
        const QByteArray bytes =
            read->exchange->readBody(std::min(allowed, leftBytes.value_or(allowed)));
        read->throttles->giveBack(read->id, allowed - bytes.size());
        if (!bytes.isEmpty() || read->exchange->isFinished()) {
            co_return bytes;
        }
        const QFuture<void> more = read->exchange->moreBody();
        co_await more;
    }
    co_return endAttempt(Stopped{});
}

/// Where the body is over although the connection is not: QNetworkAccessManager knows the end only
/// by chunks, and by a length that is one number. Equal ones in a list are one (RFC 9110, 8.6), and
/// a range has its own.
std::optional<qint64> endOfOurs(const BodyRead &read)
{
    const ResponseHead &head = read.exchange->head();
    const QByteArray length = head.header("Content-Length");
    const bool isKnownToQt = !head.header("Transfer-Encoding").isEmpty() ||
                             (parseContentLength(length) && !length.contains(','));
    return isKnownToQt ? std::nullopt : read.plan.endByte;
}

/// Whether the connection is given up for a new one.
bool isTooSlow(const BodyRead &read, qint64 offset)
{
    return read.mayBreakOff && offset > read.plan.compareUntil &&
           read.exchange->head().status == 206 && isProof(read.file->facts().validator) &&
           read.exchange->watchdog().isTooSlow();
}

/// A body without a length that is shorter than the file is known to be. Damaged chunks look to
/// QNetworkAccessManager like the last one.
Cause causeOfEarlyEnd(const ResponseHead &head)
{
    return head.header("Transfer-Encoding").isEmpty() ? Cause::ConnectionLost : Cause::NotHttp;
}

/// What the end of a body at this offset means.
StepResult<BodyEnd> concludeBody(const BodyRead &read, qint64 offset)
{
    if (offset == read.plan.endByte) {
        if (!read.file->facts().sizeBytes && offset >= read.file->held().end()) {
            read.file->countSize(offset); // a part of nobody knows how much: all, as it seems
        }
        return BodyEnd::Complete;
    }
    if (const auto failure = read.exchange->transportError()) {
        return endAttempt(*failure);
    }
    if (read.plan.endByte) {
        return endAttempt(Cause::ConnectionLost, Step::Receive,
                          QStringLiteral("ended before the announced length"));
    }
    if (offset == 0 && !read.mayBeEmpty) {
        return endAttempt(Cause::EmptyAnswer, Step::Receive,
                          QStringLiteral("no length and no bytes"));
    }
    const auto sizeBytes = read.file->facts().sizeBytes;
    if (sizeBytes && offset < *sizeBytes) {
        return endAttempt(causeOfEarlyEnd(read.exchange->head()), Step::Receive,
                          QStringLiteral("ended before the length known from before"));
    }
    if (offset < read.file->held().end()) { // all of it as it is held
        return endAttempt(Cause::ConnectionLost, Step::Receive,
                          QStringLiteral("ended before what came earlier"));
    }
    if (sizeBytes && offset > *sizeBytes) {
        return endAttempt(Cause::RemoteChanged, Step::Verify,
                          QStringLiteral("another length than before"));
    }
    if (!sizeBytes) {
        read.file->countSize(offset);
    }
    return BodyEnd::Complete;
}

/// Whether the rest of the body is for another exchange.
bool isHandedOver(const BodyRead &read, qint64 offset)
{
    const auto cut = read.file->ranges().cutOf(read.lease);
    return cut && offset >= *cut;
}

/// What of these bytes is for this exchange.
QByteArray wantedOf(const BodyRead &read, qint64 offset, const QByteArray &bytes)
{
    const auto cut = read.file->ranges().cutOf(read.lease);
    return cut && offset + bytes.size() > *cut ? bytes.first(std::max<qint64>(0, *cut - offset))
                                               : bytes;
}

} // namespace

QCoro::Task<StepResult<BodyEnd>> readBody(BodyRead read)
{
    const auto &end = read.plan.endByte;
    qint64 offset = read.plan.firstByte;
    read.exchange->watchdog().bodyBegins();
    const auto ours = endOfOurs(read);
    while (!isHandedOver(read, offset) && offset != ours) {
        const auto left = ours ? std::optional(*ours - offset) : std::nullopt;
        const auto bytes = co_await nextBytes(&read, left);
        if (!bytes) {
            co_return endAttempt(bytes.error());
        }
        if (bytes->isEmpty()) {
            break;
        }
        if (end && offset + bytes->size() > *end) {
            co_return endAttempt(Cause::BadAnswer, Step::Receive,
                                 QStringLiteral("more bytes than announced"));
        }
        read.exchange->watchdog().feed(bytes->size());
        const QByteArray wanted = wantedOf(read, offset, *bytes);
        const auto taken = co_await takeBytes(read.file, offset, wanted, read.plan.compareUntil);
        if (!taken) {
            co_return endAttempt(taken.error());
        }
        offset += wanted.size();
        read.file->syncIfDue();
        if (isTooSlow(read, offset)) {
            read.exchange->watchdog().pause();
            co_return BodyEnd::BrokenOff;
        }
    }
    read.exchange->watchdog().pause();
    co_return isHandedOver(read, offset) ? BodyEnd::HandedOver : concludeBody(read, offset);
}

} // namespace core
