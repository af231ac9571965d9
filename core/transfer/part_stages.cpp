// SPDX-License-Identifier: Apache-2.0
#include "core/transfer/part_stages.h"

#include "core/disk/folder.h"
#include "core/disk/publish.h"

#include <QCoroFuture>
#include <QDir>
#include <QFileInfo>

namespace core {

namespace {

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

QFuture<DiskResult<>> startDiscard(const DownloadSession &session, const PartIdentity &part)
{
    return session.volume->run<void>([part] { return discard(part); });
}

QFuture<DiskResult<bool>> startLookForName(const DownloadSession &session)
{
    const QString path = session.order.folder + u'/' + session.name;
    return session.volume->run<bool>([path]() -> DiskResult<bool> {
        return QFileInfo::exists(path) || QFileInfo(path).isSymLink();
    });
}

QFuture<DiskResult<QByteArray>> startHash(const DownloadSession &session,
                                          ExpectedHash::Algorithm algorithm)
{
    return session.volume->run<QByteArray>(
        [part = session.identity, algorithm] { return hashOf(part, algorithm); });
}

JobError wrongHash(const DownloadSession &session, const ExpectedHash &wanted,
                   const QByteArray &digestHex)
{
    const QString detail = QStringLiteral("the checksum is %1").arg(QString::fromLatin1(digestHex));
    JobError error = session.error(Cause::HashMismatch, Step::Verify, detail);
    error.wantedHash = wanted;
    error.foundHash = ExpectedHash{wanted.algorithm, digestHex};
    return error;
}

/// Brings the part into the folder of the job. Where that took a copy, the original goes when it is
/// written down which one counts; one that cannot be removed is left.
QCoro::Task<Stage<>> bringPart(DownloadSession *session)
{
    const PartIdentity before = session->identity;
    const auto move = startMove(*session);
    const auto moved = co_await move;
    if (!moved) {
        // A part that is gone is found to be so when it is opened.
        co_return causeOf(moved.error()) == Cause::PartMissing
            ? Stage<>()
            : over(session->error(moved.error()));
    }
    const auto recording = session->moved(*moved);
    co_await recording;
    const auto discarding = startDiscard(*session, before);
    co_await discarding;
    co_return Stage<>();
}

/// A fresh part gets its name once it is written down whose it is: whatever ends the program, no
/// part is left behind that no job knows of.
QCoro::Task<Stage<>> namePart(DownloadSession *session)
{
    while (true) {
        const auto recording = session->identify();
        co_await recording;
        const auto naming = session->volume->giveName(*session->part);
        const auto named = co_await naming;
        if (!named) {
            co_return over(session->error(named.error()));
        }
        if (*named == session->identity) {
            co_return Stage<>();
        }
        session->identity = *named; // the name was taken in between
    }
}

} // namespace

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

QCoro::Task<Stage<>> reopenPart(DownloadSession *session)
{
    if (session->identity.isEmpty()) {
        co_return Stage<>();
    }
    const QString home = QFileInfo(session->identity.path).absolutePath();
    if (home != QDir(session->order.folder).absolutePath()) {
        const auto moved = co_await bringPart(session);
        if (!moved) {
            co_return moved;
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

QCoro::Task<Stage<>> providePart(DownloadSession *session, BodyPlan plan)
{
    if (session->part) {
        if (plan.firstByte >= plan.compareUntil) {
            session->identify(); // nothing to compare: vouched for by the validators
        }
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
        session->volume->preparePart(session->order.folder, session->name, session->sizeBytes);
    const auto made = co_await making;
    if (!made) {
        co_return over(session->error(made.error()));
    }
    session->adopt(*made);
    co_return co_await namePart(session);
}

QCoro::Task<AttemptOutcome> settle(DownloadSession *session, AttemptOutcome outcome)
{
    session->watchdog.pause();
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

QCoro::Task<AttemptOutcome> verify(DownloadSession *session, AttemptOutcome outcome)
{
    const auto wanted = session->hashToVerify();
    auto *receipt = std::get_if<Receipt>(&outcome);
    if (!wanted || receipt == nullptr) {
        co_return outcome;
    }
    const auto hashing = startHash(*session, wanted->algorithm);
    const auto digest = co_await hashing;
    if (!digest) {
        co_return session->error(digest.error());
    }
    if (*digest != wanted->digestHex) {
        co_return wrongHash(*session, *wanted, *digest);
    }
    receipt->sizeSource = SizeSource::Stated;
    co_return outcome;
}

} // namespace core
