// SPDX-License-Identifier: Apache-2.0
#include "core/transfer/body_stages.h"

#include "core/system/clock.h"
#include "core/transfer/page_guard.h"
#include "core/transfer/part_stages.h"
#include "core/transfer/throttle.h"

#include <QCoroFuture>
#include <QCoroNetworkReply>

#include <algorithm>

namespace core {

namespace {

constexpr qint64 kChunkBytes = qint64(256) * 1024;

/// Compares what came with what is on the disk; a difference means another version of the file.
QCoro::Task<Stage<>> compare(DownloadSession *session, qint64 offset, QByteArray bytes)
{
    const auto reading = session->volume->read(*session->part, offset, bytes.size());
    const auto ours = co_await reading;
    if (!ours) {
        co_return over(session->error(ours.error()));
    }
    if (*ours != bytes) {
        co_return over(session->error(Cause::RemoteChanged, Step::Verify,
                                      QStringLiteral("other bytes where they were compared")));
    }
    co_return Stage<>();
}

/// Waits until the disk and the speed limit let some bytes through; how many.
QCoro::Task<qint64> allowance(DownloadSession *session)
{
    const auto limit = session->order.options.limitBytesPerSecond;
    session->watchdog.pause();
    co_await session->volume->room();
    qint64 allowed = kChunkBytes;
    while (limit && !session->isStopped()) {
        auto &bucket = session->world.throttles->of(session->order.file.job, *limit);
        allowed = bucket.take(kChunkBytes, session->world.clock->now());
        if (allowed > 0) {
            break;
        }
        co_await elapsed(session->world.clock, bucket.wait());
    }
    session->watchdog.resume();
    co_return allowed;
}

/// Takes one chunk of the body that starts at `offset`: compared, then written.
QCoro::Task<Stage<>> take(DownloadSession *session, BodyPlan plan, qint64 offset, QByteArray bytes)
{
    if (plan.endByte && offset + bytes.size() > *plan.endByte) {
        co_return over(session->error(Cause::BadAnswer, Step::Receive,
                                      QStringLiteral("more bytes than announced")));
    }
    const qint64 compared = std::clamp<qint64>(plan.compareUntil - offset, 0, bytes.size());
    if (compared > 0) {
        const QByteArray head = bytes.first(compared);
        const auto same = co_await compare(session, offset, head);
        if (!same) {
            co_return same;
        }
        if (offset + compared == plan.compareUntil) {
            session->identify();
        }
    }
    if (compared < bytes.size()) {
        session->write(offset + compared, compared == 0 ? bytes : bytes.sliced(compared));
    }
    co_return Stage<>();
}

/// Reads the body to its end, as fast as the disk takes it; the offset it got to.
QCoro::Task<Stage<qint64>> readBody(DownloadSession *session, BodyPlan plan)
{
    QNetworkReply *const reply = session->reply.get();
    const bool isLimited = session->order.options.limitBytesPerSecond.has_value();
    qint64 offset = plan.firstByte;
    session->watchdog.bodyBegins();
    while (true) {
        if (session->isStopped()) {
            co_return over(Stopped{});
        }
        if (const auto failure = session->volume->failureOf(*session->part)) {
            co_return over(session->error(*failure));
        }
        qint64 allowed = kChunkBytes;
        if (isLimited || !session->volume->hasRoom()) {
            allowed = co_await allowance(session);
        }
        if (session->isStopped()) {
            continue;
        }
        const QByteArray bytes = session->readBody(allowed);
        if (bytes.isEmpty()) {
            if (reply->isFinished()) {
                break;
            }
            co_await qCoro(reply).waitForReadyRead(-1);
            continue;
        }
        session->watchdog.feed(bytes.size());
        const auto taken = co_await take(session, plan, offset, bytes);
        if (!taken) {
            co_return over(taken.error());
        }
        offset += bytes.size();
        session->syncIfDue();
        if (offset > plan.compareUntil && session->triesAnotherConnection()) {
            break;
        }
    }
    session->watchdog.pause();
    co_return offset;
}

/// A body without a length that is shorter than the file is known to be. Damaged chunks look to
/// QNetworkAccessManager like the last one.
JobError endedTooEarly(const DownloadSession &session)
{
    const bool isChunked = !session.head.header("Transfer-Encoding").isEmpty();
    return session.error(isChunked ? Cause::NotHttp : Cause::ConnectionLost, Step::Receive,
                         QStringLiteral("ended before the length known from before"));
}

/// What the end of a body means: QNetworkAccessManager's word alone proves nothing.
Stage<> concludeBody(DownloadSession *session, const BodyPlan &plan, qint64 offset)
{
    if (plan.endByte && offset == *plan.endByte) {
        return {};
    }
    if (!session->reply->isFinished()) {
        return {}; // too slow: the rest is asked for again
    }
    if (const auto failure = session->transportError()) {
        return over(*failure);
    }
    if (plan.endByte) {
        return over(session->error(Cause::ConnectionLost, Step::Receive,
                                   QStringLiteral("ended before the announced length")));
    }
    if (offset == 0) {
        return over(session->error(Cause::EmptyAnswer, Step::Receive,
                                   QStringLiteral("no length and no bytes")));
    }
    if (session->sizeBytes && offset < *session->sizeBytes) {
        return over(endedTooEarly(*session));
    }
    if (offset < plan.compareUntil || (session->sizeBytes && offset > *session->sizeBytes)) {
        return over(session->error(Cause::RemoteChanged, Step::Verify,
                                   QStringLiteral("another length than before")));
    }
    if (!session->sizeBytes) {
        session->sizeSource = SizeSource::Counted;
        session->sizeBytes = offset;
    }
    return {};
}

} // namespace

QCoro::Task<Stage<>> receive(DownloadSession *session, BodyPlan plan)
{
    const auto file = co_await refuseWebPage(session);
    if (!file) {
        co_return file;
    }
    session->learn(session->head, plan);
    const auto provided = co_await providePart(session, plan);
    if (!provided) {
        co_return provided;
    }
    const auto offset = co_await readBody(session, plan);
    if (!offset) {
        co_return over(offset.error());
    }
    co_return concludeBody(session, plan, *offset);
}

QCoro::Task<Stage<>> receiveNothing(DownloadSession *session, qint64 sizeBytes)
{
    const BodyPlan plan{.sizeBytes = sizeBytes};
    session->learn(session->head, plan);
    co_return co_await providePart(session, plan);
}

} // namespace core
