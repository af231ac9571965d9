// SPDX-License-Identifier: Apache-2.0
#include "core/transfer/download.h"

#include "core/disk/folder.h"
#include "core/disk/publish.h"
#include "core/http/redirect.h"
#include "core/transfer/download_session.h"
#include "core/transfer/lanes.h"
#include "core/transfer/request.h"
#include "core/transfer/throttle.h"

#include <QCoroFuture>
#include <QCoroNetworkReply>
#include <QDir>
#include <QFileInfo>

#include <exception>

namespace core {

namespace {

/// A step of an attempt: it goes on with a value, or the attempt is over.
template <typename T = void>
using Stage = tl::expected<T, AttemptOutcome>;

constexpr qint64 kChunkBytes = qint64(256) * 1024;

auto over(AttemptOutcome outcome)
{
    return tl::unexpected(std::move(outcome));
}

// Work for a writer thread is put together outside the coroutines: GCC 12 destroys the captures of
// a lambda once too often when it is made inside the expression that is awaited.
QFuture<DiskResult<FolderFacts>> startInspection(const DownloadSession &session)
{
    return session.volume->run<FolderFacts>(
        [folder = session.order.folder, missing = session.order.options.missingFolder] {
            return inspectFolder(folder, missing);
        });
}

QFuture<DiskResult<PartIdentity>> startMove(const DownloadSession &session)
{
    return session.volume->run<PartIdentity>(
        [part = session.identity, folder = session.order.folder, name = session.name] {
            return movePart(part, folder, name);
        });
}

QFuture<DiskResult<bool>> startLookForName(const DownloadSession &session)
{
    const QString path = session.order.folder + u'/' + session.name;
    return session.volume->run<bool>([path]() -> DiskResult<bool> {
        return QFileInfo::exists(path) || QFileInfo(path).isSymLink();
    });
}

QFuture<DiskResult<QByteArray>> startHash(const DownloadSession &session)
{
    return session.volume->run<QByteArray>(
        [part = session.identity, algorithm = session.order.hash->algorithm] {
            return hashOf(part, algorithm);
        });
}

/// Finds the volume and proves that the folder takes files, before a server is asked for anything.
QCoro::Task<Stage<>> prepareFolder(DownloadSession *session)
{
    const auto found = session->world.volumes->forFolder(session->order.folder);
    const auto volume = co_await found;
    if (!volume) {
        co_return over(session->error(volume.error()));
    }
    session->volume = *volume;
    const auto inspection = startInspection(*session);
    const auto facts = co_await inspection;
    if (!facts) {
        co_return over(session->error(facts.error()));
    }
    co_return Stage<>();
}

/// Opens the part again; in the meantime the job may have been given another folder.
QCoro::Task<Stage<>> reopenPart(DownloadSession *session)
{
    if (session->identity.isEmpty()) {
        co_return Stage<>();
    }
    const QString home = QFileInfo(session->identity.path).absolutePath();
    if (home != QDir(session->order.folder).absolutePath()) {
        const auto move = startMove(*session);
        const auto moved = co_await move;
        if (moved) {
            session->moved(*moved);
        } else if (causeOf(moved.error()) != Cause::PartMissing) {
            co_return over(session->error(moved.error()));
        }
    }
    const auto reopening = session->volume->reopenPart(session->identity, session->durableBytes);
    const auto opened = co_await reopening;
    if (opened) {
        session->adopt(*opened);
    } else if (causeOf(opened.error()) == Cause::PartMissing) {
        session->forgetPart();
    } else {
        co_return over(session->error(opened.error()));
    }
    co_return Stage<>();
}

/// Sends one request and waits for the head of its response.
QCoro::Task<Stage<>> exchange(DownloadSession *session, QUrl hop, RangeAsk ask)
{
    session->head = {};
    session->reply.reset(
        session->world.lanes->get(session->order, requestFor(session->order, hop, ask)));
    if (!session->reply) {
        co_return over(session->error(Cause::BadRedirect, Step::Connect,
                                      QStringLiteral("scheme is not http or https")));
    }
    QNetworkReply *const reply = session->reply.get();
    reply->setReadBufferSize(session->order.limits.readBufferBytes);
    session->watchdog.watch(reply);
    if (session->isStopped()) {
        co_return over(Stopped{});
    }
    co_await qCoro(reply).waitForReadyRead(-1);
    if (session->isStopped()) {
        co_return over(Stopped{});
    }
    session->head = headOf(*reply);
    if (session->head.status == 0) {
        const auto failure = session->transportError();
        co_return over(failure ? *failure
                               : session->error(Cause::NotHttp, Step::Receive,
                                                QStringLiteral("no status line")));
    }
    co_return Stage<>();
}

JobError refusalOf(const DownloadSession &session, const Unusable &verdict)
{
    JobError error = session.error(verdict.cause, Step::Receive, verdict.detail);
    error.retryAfter = verdict.retryAfter;
    return error;
}

/// Asks, follows redirects, and comes back with a verdict that is not one. Every attempt starts at
/// the job's own address: what a redirect led to may have expired.
QCoro::Task<Stage<Verdict>> request(DownloadSession *session, RangeAsk ask)
{
    session->redirects.clear();
    QUrl hop = session->order.url;
    while (session->redirects.size() <= kMaxRedirects) {
        const auto exchanged = co_await exchange(session, hop, ask);
        if (!exchanged) {
            co_return over(exchanged.error());
        }
        const Verdict verdict = judge(session->head, ask, session->world.clock->utcNow());
        const auto *next = std::get_if<NextHop>(&verdict);
        if (next == nullptr) {
            co_return verdict;
        }
        hop = next->url;
        session->redirects.append(hop);
    }
    co_return over(session->error(Cause::RedirectLoop, Step::Receive,
                                  QStringLiteral("more than %1 redirects").arg(kMaxRedirects)));
}

/// Makes the part if there is none yet.
QCoro::Task<Stage<>> providePart(DownloadSession *session)
{
    if (session->part) {
        co_return Stage<>();
    }
    if (session->order.existing == ExistingFile::Skip) {
        const auto look = startLookForName(*session);
        const auto taken = co_await look;
        if (taken && *taken) {
            co_return over(NotWanted{});
        }
    }
    const auto making =
        session->volume->createPart(session->order.folder, session->name, session->sizeBytes);
    const auto made = co_await making;
    if (!made) {
        co_return over(session->error(made.error()));
    }
    session->adopt(*made);
    co_return Stage<>();
}

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
        const QByteArray bytes = reply->read(allowed);
        if (bytes.isEmpty()) {
            if (reply->isFinished()) {
                break;
            }
            co_await qCoro(reply).waitForReadyRead(-1);
            continue;
        }
        session->watchdog.feed();
        const auto taken = co_await take(session, plan, offset, bytes);
        if (!taken) {
            co_return over(taken.error());
        }
        offset += bytes.size();
        session->syncIfDue();
    }
    session->watchdog.stop();
    co_return offset;
}

/// What the end of a body means: QNetworkAccessManager's word alone proves nothing.
Stage<> concludeBody(DownloadSession *session, const BodyPlan &plan, qint64 offset)
{
    if (plan.endByte && offset == *plan.endByte) {
        return {};
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
    if (offset < plan.compareUntil || (session->sizeBytes && *session->sizeBytes != offset)) {
        return over(session->error(Cause::RemoteChanged, Step::Verify,
                                   QStringLiteral("another length than before")));
    }
    session->sizeProven = session->sizeBytes.has_value();
    session->sizeBytes = offset;
    return {};
}

/// One response with a body, from its verdict to its last byte.
QCoro::Task<Stage<>> receive(DownloadSession *session, BodyPlan plan)
{
    session->learn(session->head, plan);
    const auto provided = co_await providePart(session);
    if (!provided) {
        co_return provided;
    }
    if (plan.firstByte >= plan.compareUntil) {
        session->identify(); // nothing to compare: vouched for by the validators, or a fresh file
    }
    const auto offset = co_await readBody(session, plan);
    if (!offset) {
        co_return over(offset.error());
    }
    co_return concludeBody(session, plan, *offset);
}

/// An empty file has no body to make a part for.
QCoro::Task<Stage<>> receiveNothing(DownloadSession *session, qint64 sizeBytes)
{
    session->learn(session->head, BodyPlan{.sizeBytes = sizeBytes});
    const auto provided = co_await providePart(session);
    if (provided) {
        session->identify();
    }
    co_return provided;
}

/// Requests and responses until the file is whole.
QCoro::Task<AttemptOutcome> fetch(DownloadSession *session)
{
    while (!session->isWhole() || !session->part) {
        const qint64 before = session->haveBytes;
        const RangeAsk ask = session->ask();
        const auto verdict = co_await request(session, ask);
        if (!verdict) {
            co_return verdict.error();
        }
        Stage<> stage;
        if (const auto *plan = std::get_if<BodyPlan>(&*verdict)) {
            stage = co_await receive(session, *plan);
        } else if (const auto *none = std::get_if<NothingMissing>(&*verdict)) {
            stage = co_await receiveNothing(session, none->sizeBytes);
        } else if (std::holds_alternative<AskPlainly>(*verdict) && session->asRange) {
            session->asRange = false;
            continue;
        } else if (const auto *unusable = std::get_if<Unusable>(&*verdict)) {
            co_return refusalOf(*session, *unusable);
        } else {
            co_return session->error(Cause::BadAnswer, Step::Receive,
                                     QStringLiteral("416 to a request without Range"));
        }
        if (!stage) {
            co_return stage.error();
        }
        if (!session->isWhole() && session->haveBytes <= before) {
            co_return session->error(Cause::BadAnswer, Step::Receive,
                                     QStringLiteral("a response that brought nothing"));
        }
    }
    co_return Receipt{*session->sizeBytes, session->sizeProven};
}

/// Makes sure of the bytes, whatever happened, and closes the part.
QCoro::Task<AttemptOutcome> settle(DownloadSession *session, AttemptOutcome outcome)
{
    session->watchdog.stop();
    session->reply.reset();
    if (!session->part) {
        co_return outcome;
    }
    const auto syncing = session->volume->sync(*session->part);
    const auto synced = co_await syncing;
    if (synced) {
        session->claim(session->haveBytes);
    }
    session->volume->close(*session->part);
    if (!synced && std::holds_alternative<Receipt>(outcome)) {
        co_return session->error(synced.error());
    }
    if (auto *error = std::get_if<JobError>(&outcome)) {
        error->fileBytesDone = session->durableBytes;
    }
    co_return outcome;
}

/// Compares the finished file with the checksum it must have.
QCoro::Task<AttemptOutcome> verify(DownloadSession *session, AttemptOutcome outcome)
{
    if (!session->order.hash || !std::holds_alternative<Receipt>(outcome)) {
        co_return outcome;
    }
    const auto hashing = startHash(*session);
    const auto digest = co_await hashing;
    if (!digest) {
        co_return session->error(digest.error());
    }
    if (*digest != session->order.hash->digestHex) {
        const QString detail =
            QStringLiteral("the checksum is %1").arg(QString::fromLatin1(*digest));
        co_return session->error(Cause::HashMismatch, Step::Verify, detail);
    }
    co_return outcome;
}

QCoro::Task<AttemptOutcome> carryOut(DownloadSession *session)
{
    const auto folder = co_await prepareFolder(session);
    if (!folder) {
        co_return folder.error();
    }
    const auto reopened = co_await reopenPart(session);
    if (!reopened) {
        co_return reopened.error();
    }
    if (session->isStopped()) {
        const AttemptOutcome stopped = Stopped{};
        co_return co_await settle(session, stopped);
    }
    const AttemptOutcome fetched = co_await fetch(session);
    const AttemptOutcome settled = co_await settle(session, fetched);
    co_return co_await verify(session, settled);
}

} // namespace

QCoro::Task<AttemptOutcome> attemptDownload(TransferWorld world, DownloadOrder order,
                                            std::stop_token stop, AttemptEvents events)
{
    DownloadSession session(world, std::move(order), std::move(stop), std::move(events));
    const std::stop_callback abortOnStop(session.stop, [running = &session] {
        if (running->reply) {
            running->reply->abort();
        }
    });
    co_return co_await carryOut(&session);
}

} // namespace core
