// SPDX-License-Identifier: Apache-2.0
#include "core/transfer/download.h"

#include "core/disk/volumes.h"
#include "core/http/file_name.h"
#include "core/http/web_page.h"
#include "core/system/clock.h"
#include "core/transfer/download_frame.h"
#include "core/transfer/end_of_file.h"
#include "core/transfer/exchange/proxy_rules.h"
#include "core/transfer/fetch_range.h"
#include "core/transfer/file/part_access.h"
#include "core/transfer/file/unpack_part.h"

namespace core {

namespace {

/// Requests and responses until every byte that is known of is here.
QCoro::Task<StepResult<>> fetchMissing(DownloadFrame *frame)
{
    FileTransfer *const file = &frame->file;
    while (!file->isWhole() || !file->part()) {
        const qint64 before = file->bytesHeld();
        const OpenRange range = file->missing().value_or(OpenRange{});
        frame->lease = file->ranges().take(range);
        const auto fetched = co_await fetchRange(frame, range);
        file->ranges().giveBack(frame->lease);
        if (!fetched) {
            co_return fetched;
        }
        if (!file->isWhole() && file->bytesHeld() <= before) {
            co_return endAttempt(Cause::BadAnswer, Step::Receive,
                                 QStringLiteral("a response that brought nothing"));
        }
    }
    co_return StepResult<>();
}

/// Fetches the file, and its end once more where that was only seen.
QCoro::Task<AttemptOutcome> fetchWhole(DownloadFrame *frame)
{
    FileTransfer *const file = &frame->file;
    qint64 askedAt = 0;
    while (true) {
        const auto fetched = co_await fetchMissing(frame);
        if (!fetched) {
            co_return fetched.error();
        }
        const bool mayBeSlice = frame->exchange && frame->exchange->head().status == 206;
        const bool isToBeProven = file->sizeSource() == SizeSource::Counted &&
                                  (!file->hashToVerify() || file->isTakenAsItIs() || mayBeSlice) &&
                                  file->bytesHeld() > askedAt;
        if (!isToBeProven) {
            break;
        }
        askedAt = file->bytesHeld();
        const auto beyond = co_await confirmEndOfFile(frame);
        if (!beyond) {
            co_return beyond.error();
        }
        if (*beyond == Beyond::Nothing) {
            file->confirmSize();
        } else if (*beyond == Beyond::More) {
            file->forgetSize();
        }
    }
    co_return Receipt{file->bytesHeld(), file->sizeSource()};
}

/// Makes sure of the bytes, whatever happened.
QCoro::Task<AttemptOutcome> settle(DownloadFrame *frame, AttemptOutcome outcome)
{
    if (frame->exchange) {
        frame->exchange->end();
    }
    const auto closed = co_await closePart(&frame->file);
    if (!closed && std::holds_alternative<Receipt>(outcome)) {
        co_return closed.error();
    }
    co_return outcome;
}

/// What is said of every error of the attempt, whichever step it comes from.
void describe(const DownloadFrame &frame, JobError *error)
{
    const DownloadOrder &order = frame.order;
    if (frame.exchange) {
        frame.exchange->describe(error);
    } else {
        error->url = order.url.adjusted(QUrl::RemoveUserInfo);
        error->proxy = proxyFor(order.url, order.options).adjusted(QUrl::RemoveUserInfo);
    }
    frame.file.describe(error);
    error->device = frame.world.volumes->deviceOfVolume(frame.file.volume());
    error->fileIndex = order.file.index;
    error->evidence.attempt = order.attempt;
    error->time = frame.world.clock->utcNow();
}

/// From the part as it lies there to one that is synced and closed.
QCoro::Task<AttemptOutcome> fetchAndSettle(DownloadFrame *frame)
{
    const auto reopened = co_await reopenPart(&frame->file, frame->stop);
    if (!reopened) {
        co_return reopened.error();
    }
    if (frame->stop.stop_requested()) {
        co_return co_await settle(frame, Stopped{});
    }
    if (!frame->canGoOn()) {
        frame->file.holdNothing();
    }
    const AttemptOutcome fetched = co_await fetchWhole(frame);
    if (std::holds_alternative<Receipt>(fetched)) {
        frame->file.arrived();
    }
    co_return co_await settle(frame, fetched);
}

bool isMismatch(const JobError *error)
{
    return error != nullptr && error->cause == Cause::HashMismatch;
}

QCoro::Task<AttemptOutcome> verify(DownloadFrame *frame, AttemptOutcome outcome)
{
    const auto wanted = frame->file.hashToVerify();
    auto *receipt = std::get_if<Receipt>(&outcome);
    if (!wanted || receipt == nullptr) {
        co_return outcome;
    }
    const auto verified = co_await verifyHash(&frame->file, *wanted);
    if (!verified && isMismatch(&verified.error()) && frame->file.isTakenAsItIs()) {
        frame->file.note(Note::HashDiffers);
        co_return outcome;
    }
    if (!verified) {
        co_return verified.error();
    }
    receipt->sizeSource = SizeSource::Stated;
    co_return outcome;
}

/// Compares the file as it came with what the server has promised and, where its coding is to be
/// undone, what comes out with what a person has given.
QCoro::Task<AttemptOutcome> conclude(DownloadFrame *frame, AttemptOutcome fetched)
{
    const AttemptOutcome verified = co_await verify(frame, fetched);
    if (!std::holds_alternative<Receipt>(verified) || !frame->file.isToBeUnpacked()) {
        co_return verified;
    }
    const auto unpacked = co_await unpackPart(&frame->file, frame->stop);
    if (!unpacked && frame->stop.stop_requested()) {
        co_return Stopped{};
    }
    if (!unpacked) {
        co_return unpacked.error();
    }
    const AttemptOutcome plain = Receipt{frame->file.bytesHeld(), SizeSource::Stated};
    AttemptOutcome compared = co_await verify(frame, plain);
    if (auto *error = std::get_if<JobError>(&compared); isMismatch(error)) {
        error->reason = Reason::OfUnpacked;
    }
    co_return compared;
}

/// A file that does not match its checksum was perhaps spoilt here: what is not as it was received
/// is fetched again. Nothing for it when all of it is.
QCoro::Task<AttemptOutcome> mend(DownloadFrame *frame, JobError mismatch)
{
    FileTransfer *const file = &frame->file;
    if (file->claimed().seal.hashes.isEmpty()) {
        co_return mismatch;
    }
    const auto rechecked = co_await recheckPart(file, frame->stop);
    if (frame->stop.stop_requested()) {
        co_return Stopped{};
    }
    if (!rechecked) {
        co_return rechecked.error();
    }
    if (file->isWhole()) {
        mismatch.evidence.detail += QStringLiteral("; every byte is as it was received");
        co_return mismatch;
    }
    const AttemptOutcome again = co_await fetchAndSettle(frame);
    co_return co_await conclude(frame, again);
}

/// The name that the file is to get, as far as it is known before anybody is asked. For one that is
/// to be skipped, that of a file in the link will do.
QString knownName(const DownloadFrame &frame)
{
    const QString &name = frame.file.facts().name;
    const QString linked = fileNameFrom(frame.order.url);
    const bool isGuessed = name.isEmpty() && !frame.order.hasNamesake &&
                           frame.order.existing == ExistingFile::Skip && isNameOfFile(linked);
    return isGuessed ? linked : name;
}

QCoro::Task<AttemptOutcome> carryOut(DownloadFrame *frame)
{
    const auto folder = co_await prepareFolder(&frame->file, frame->order.options.missingFolder);
    if (!folder) {
        co_return folder.error();
    }
    const QString name = frame->file.facts().part.isEmpty() ? knownName(*frame) : QString();
    if (!name.isEmpty()) {
        const auto free = co_await checkName(frame, name);
        if (!free) {
            co_return free.error();
        }
    }
    const AttemptOutcome fetched = co_await fetchAndSettle(frame);
    const AttemptOutcome verified = co_await conclude(frame, fetched);
    const auto *error = std::get_if<JobError>(&verified);
    if (!isMismatch(error)) {
        co_return verified;
    }
    co_return co_await mend(frame, *error);
}

} // namespace

QCoro::Task<AttemptOutcome> attemptDownload(TransferWorld world, DownloadOrder order,
                                            std::stop_token stop, AttemptEvents events)
{
    DownloadFrame frame(world, std::move(order), std::move(stop), std::move(events));
    AttemptOutcome outcome = co_await carryOut(&frame);
    if (auto *error = std::get_if<JobError>(&outcome)) {
        describe(frame, error);
    }
    co_return outcome;
}

} // namespace core
