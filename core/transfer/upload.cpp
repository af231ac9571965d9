// SPDX-License-Identifier: Apache-2.0
#include "core/transfer/upload.h"

#include "core/disk/volumes.h"
#include "core/remedy/diagnose.h"
#include "core/system/when_ready.h"
#include "core/transfer/exchange/proxy_rules.h"
#include "core/transfer/put_upload.h"
#include "core/transfer/source_digest.h"
#include "core/transfer/throttle.h"
#include "core/transfer/tus_upload.h"

#include <QCoroFuture>

namespace core {

namespace {

QString folderOf(const QString &path)
{
    return path.first(path.lastIndexOf(u'/') + 1);
}

QFuture<DiskResult<OpenSource>> startOpening(Volume *volume, const QString &path)
{
    return volume->run<OpenSource>([path] { return openSource(path); });
}

QFuture<DiskResult<>> startVerifying(Volume *volume, const OpenSource &source)
{
    return volume->run<void>([source] { return verifySource(source); });
}

/// Where a person has chosen the file again, size and time tell whether it is the same.
bool isAsBefore(const SourceStamp &before, const SourceStamp &now)
{
    return before.sizeBytes == now.sizeBytes && before.modified == now.modified &&
           (before.fileId.isEmpty() || before.fileId == now.fileId);
}

/// Takes the file as it is now. Where something of what it was went out, nothing may be joined to
/// that, and nobody has said that another file is meant: a person decides, or has done so by
/// choosing another file.
StepResult<> takeSource(UploadFrame *frame)
{
    const auto before = frame->mark.source;
    frame->isAnotherFile = before && !isAsBefore(*before, frame->source->stamp);
    const bool isChosen = before && before->fileId.isEmpty();
    if (frame->isAnotherFile && !isChosen) {
        return endAttempt(JobError{.cause = Cause::SourceChanged, .step = Step::Prepare});
    }
    if (frame->isAnotherFile) {
        frame->mark.proven.reset();
        frame->outdated = std::exchange(frame->mark.resource, {});
        frame->confirm(0);
    }
    frame->mark.source = frame->source->stamp;
    return {};
}

/// Of the folder that the file is in the same is to be said as of the file.
Cause ofSource(Cause cause)
{
    switch (cause) {
    case Cause::FolderMissing:
    case Cause::DriveMissing:
    case Cause::NotAFolder:
        return Cause::SourceMissing;
    case Cause::NoPermission:
        return Cause::SourceUnreadable;
    default:
        return cause;
    }
}

QCoro::Task<StepResult<>> open(UploadFrame *frame)
{
    const auto finding = frame->world.volumes->forFolder(folderOf(frame->order.path));
    const auto volume = co_await finding;
    if (!volume) {
        JobError error = diagnose(volume.error());
        error.cause = ofSource(error.cause);
        error.localPath = frame->order.path;
        co_return endAttempt(error);
    }
    frame->volume = *volume;
    const auto opening = startOpening(*volume, frame->order.path);
    const auto source = co_await opening;
    if (!source) {
        co_return endAttempt(diagnose(source.error()));
    }
    frame->source = *source;
    co_return takeSource(frame);
}

JobError mismatch(const ExpectedHash &wanted, const QByteArray &digest)
{
    return {.cause = Cause::HashMismatch,
            .step = Step::Prepare,
            .wantedHash = wanted,
            .foundHash = ExpectedHash{wanted.algorithm, digest.toHex()}};
}

/// Nothing is sent of a file that is not the one that is meant. What was found out once holds as
/// long as the file stays as it is.
QCoro::Task<StepResult<>> prove(UploadFrame *frame)
{
    const auto wanted = frame->order.hash;
    if (!wanted || frame->mark.proven == wanted) {
        co_return StepResult<>();
    }
    const auto digest = co_await digestOfSource(frame, {0, frame->sizeBytes()}, wanted->algorithm);
    if (!digest) {
        co_return tl::unexpected(digest.error());
    }
    if (digest->toHex() != wanted->digestHex) {
        const JobError error = mismatch(*wanted, *digest);
        co_return endAttempt(error);
    }
    frame->mark.proven = wanted;
    co_return StepResult<>();
}

/// With tus the server gives names itself, and has no folders.
bool isAskedAboutNames(const UploadOrder &order)
{
    return order.existing == ExistingFile::Replace ||
           order.options.missingFolder == MissingFolder::Create;
}

/// Finds out what is spoken at the address.
QCoro::Task<StepResult<PlaceManners>> learnManners(UploadFrame *frame)
{
    UploadProtocol spoken = frame->order.options.protocol;
    if (spoken == UploadProtocol::Auto) {
        spoken = frame->mark.protocol;
    }
    PlaceManners manners;
    if (spoken != UploadProtocol::Put) {
        const auto asked = co_await askManners(frame, frame->order.url);
        if (!asked) {
            co_return asked;
        }
        manners = *asked;
    }
    if (spoken == UploadProtocol::Auto) {
        spoken = manners.speaksTus ? UploadProtocol::Tus : UploadProtocol::Put;
        if (manners.speaksTus && frame->order.attempt == 1 && isAskedAboutNames(frame->order)) {
            frame->events.noted(Note::NamesByServer);
        }
    }
    frame->mark.protocol = spoken;
    co_return manners;
}

QCoro::Task<StepResult<>> send(UploadFrame *frame)
{
    const auto proven = co_await prove(frame);
    if (!proven) {
        co_return proven;
    }
    const auto manners = co_await learnManners(frame);
    if (!manners) {
        co_return tl::unexpected(manners.error());
    }
    if (frame->mark.protocol == UploadProtocol::Tus) {
        co_return co_await sendByTus(frame, *manners);
    }
    co_return co_await sendByPut(frame);
}

QCoro::Task<StepResult<UploadFinding>> look(UploadFrame *frame)
{
    const auto opened = co_await open(frame);
    if (!opened) {
        co_return tl::unexpected(opened.error());
    }
    const auto proven = co_await prove(frame);
    if (!proven) {
        co_return tl::unexpected(proven.error());
    }
    const auto manners = co_await learnManners(frame);
    if (!manners) {
        co_return tl::unexpected(manners.error());
    }
    if (frame->mark.protocol == UploadProtocol::Tus) {
        co_return co_await lookByTus(frame, *manners);
    }
    co_return co_await lookByPut(frame);
}

QCoro::Task<AttemptOutcome> carryOut(UploadFrame *frame)
{
    const auto opened = co_await open(frame);
    if (!opened) {
        co_return opened.error();
    }
    if (frame->order.acceptance == Acceptance::AsItIs) {
        co_return Receipt{frame->sizeBytes(), SizeSource::Stated};
    }
    const auto sent = co_await send(frame);
    if (!sent) {
        co_return sent.error();
    }
    const auto verifying = startVerifying(frame->volume, frame->source);
    const auto same = co_await verifying;
    if (!same) {
        co_return diagnose(same.error());
    }
    const auto told = frame->tell();
    co_await told;
    co_return Receipt{frame->sizeBytes(), SizeSource::Stated};
}

/// What is said of every error of the attempt, whichever step it comes from.
void describe(const UploadFrame &frame, JobError *error)
{
    const UploadOrder &order = frame.order;
    if (error->url.isEmpty() && frame.exchange) {
        frame.exchange->describe(error);
    } else if (error->url.isEmpty()) {
        error->url = order.url.adjusted(QUrl::RemoveUserInfo);
        error->proxy = proxyFor(order.url, order.options).adjusted(QUrl::RemoveUserInfo);
    }
    error->type = JobType::Upload;
    error->fileIndex = order.file.index;
    error->localPath = order.path;
    if (error->cause != Cause::StoredDiffers) {
        error->fileBytesDone = frame.confirmedBytes;
    }
    if (frame.source) {
        error->fileBytesTotal = frame.sizeBytes();
    }
    error->evidence.offsetBytes = frame.confirmedBytes;
    error->evidence.attempt = order.attempt;
    error->time = frame.world.clock->utcNow();
}

} // namespace

QCoro::Task<AttemptOutcome> attemptUpload(TransferWorld world, UploadOrder order,
                                          std::stop_token stop, UploadEvents events)
{
    UploadFrame frame(world, std::move(order), std::move(stop), std::move(events));
    AttemptOutcome outcome = co_await carryOut(&frame);
    if (auto *error = std::get_if<JobError>(&outcome)) {
        describe(frame, error);
    }
    frame.exchange.reset();
    co_return outcome;
}

QCoro::Task<UploadCheckOutcome> checkUpload(TransferWorld world, UploadOrder order,
                                            std::stop_token stop)
{
    UploadEvents silent{.noted = [](Note) {},
                        .learned = [](const UploadMark &, qint64) { return readyFuture(false); },
                        .compared = [](std::optional<int>) {},
                        .sent = [](qint64) {},
                        .confirmed = [](qint64) {}};
    UploadFrame frame(world, std::move(order), std::move(stop), std::move(silent));
    const auto found = co_await look(&frame);
    if (found) {
        co_return *found;
    }
    if (const auto *error = std::get_if<JobError>(&found.error())) {
        JobError told = *error;
        describe(frame, &told);
        co_return told;
    }
    co_return Stopped{};
}

QCoro::Task<bool> abandonUpload(TransferWorld world, UploadOrder order, std::stop_token stop)
{
    constexpr int kTries = 3;
    constexpr std::chrono::seconds kBetween{5};
    const bool isKept =
        order.known.protocol == UploadProtocol::Tus && !order.known.resource.isEmpty();
    UploadFrame frame(world, std::move(order), {}, {});
    for (int i = 0; isKept && i < kTries && (i == 0 || !stop.stop_requested()); ++i) {
        if (i > 0) {
            const auto pause = elapsed(world.clock, kBetween);
            co_await pause;
        }
        const auto told = co_await forgetByTus(&frame, frame.mark.resource);
        if (told) {
            co_return true;
        }
    }
    co_return !isKept;
}

} // namespace core
