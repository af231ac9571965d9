// SPDX-License-Identifier: Apache-2.0
#include "core/transfer/fetch_range.h"

#include "core/http/file_name.h"
#include "core/transfer/ask_range.h"
#include "core/transfer/body_reader.h"
#include "core/transfer/file/part_access.h"
#include "core/transfer/refusal_reason.h"
#include "core/transfer/throttle.h"

#include <utility>

#include <QCoroFuture>

namespace core {

namespace {

StatedFile statedBy(const ResponseHead &head, const BodyPlan &plan, const DownloadFrame &frame)
{
    const QUrl &asked = frame.order.url;
    const QString name = chooseFileName(head.header("Content-Disposition"), head.url, asked);
    return {.name = withUsualExtension(name, head.header("Content-Type")),
            .sizeBytes = plan.sizeBytes,
            .validator = plan.validator,
            .isCalledAnother = isOtherVersion(frame.known(), plan.validator),
            .promisedHash = promisedHash(head)};
}

/// What stands in the way of the name decides now whether there is anything to fetch.
std::optional<AttemptOutcome> refusalOf(NameUse use, ExistingFile existing)
{
    const auto failed = [use](Cause cause) {
        JobError error{.cause = cause, .step = Step::Prepare};
        if (use == NameUse::Folder) {
            error.reason = Reason::IsFolder;
        }
        return error;
    };
    if (use == NameUse::Free || existing == ExistingFile::KeepBoth) {
        return std::nullopt;
    }
    if (existing == ExistingFile::Skip) {
        return NotWanted{};
    }
    if (use != NameUse::File) {
        return failed(Cause::NotRegularFile);
    }
    return existing == ExistingFile::Ask ? std::optional<AttemptOutcome>(failed(Cause::NameExists))
                                         : std::nullopt;
}

/// Makes the part if there is none yet. One that is there is known to be of this version at once
/// where the plan compares nothing: vouched for by the validators.
QCoro::Task<StepResult<>> providePart(DownloadFrame *frame, BodyPlan plan)
{
    FileTransfer *const file = &frame->file;
    file->learn(statedBy(frame->exchange->head(), plan, *frame));
    if (file->part()) {
        if (plan.firstByte >= plan.compareUntil) {
            file->identify();
        }
        co_return StepResult<>();
    }
    const auto named = co_await checkName(frame, file->facts().name);
    if (!named) {
        co_return named;
    }
    const auto made = co_await makePart(file);
    co_return made ? StepResult<>() : endAttempt(made.error());
}

/// Whether only this connection has failed, and others may go on.
bool isOfConnection(const AttemptOutcome &outcome)
{
    const auto *error = std::get_if<JobError>(&outcome);
    return error != nullptr &&
           (error->cause == Cause::ConnectionLost || error->cause == Cause::ServerSilent);
}

/// The connection is done. When it was lost and others have brought bytes meanwhile, what is still
/// missing is asked for anew.
QCoro::Task<StepResult<>> concludeRead(DownloadFrame *frame, StepResult<BodyEnd> end)
{
    if (!end && !isOfConnection(end.error())) {
        frame->segments.stop();
    }
    if (end == BodyEnd::HandedOver) {
        frame->exchange->end();
    }
    const qint64 before = frame->file.bytesHeld();
    co_await frame->segments.finish();
    const bool othersWentOn = frame->file.bytesHeld() > before && !frame->stop.stop_requested();
    if (!end && !(isOfConnection(end.error()) && othersWentOn)) {
        co_return endAttempt(end.error());
    }
    if (end == BodyEnd::BrokenOff) {
        frame->hasTriedAnother = true;
    }
    co_return StepResult<>();
}

/// A short body has mostly come as soon as any of it has. Then its connection is for the next file
/// while the disk is asked for a part.
QCoro::Task<> awaitShortBody(DownloadFrame *frame, BodyPlan plan)
{
    constexpr qint64 kShortBytes = qint64(64) * 1024;
    const bool isShort = plan.endByte && *plan.endByte - plan.firstByte <= kShortBytes &&
                         !frame->world.throttles->isLimited(frame->order.file.job);
    if (!isShort) {
        co_return;
    }
    Watchdog &watchdog = frame->exchange->watchdog();
    watchdog.bodyBegins();
    const QFuture<void> some = frame->exchange->moreBody();
    co_await some;
    watchdog.pause();
    if (frame->exchange->isFinished()) {
        frame->file.arrived();
    }
}

QCoro::Task<StepResult<>> receive(DownloadFrame *frame, BodyPlan plan)
{
    const HostConnections::Serving serving(&frame->world.managers->hosts(),
                                           originOf(frame->order.url));
    co_await awaitShortBody(frame, plan);
    const auto provided = co_await providePart(frame, plan);
    if (!provided) {
        co_return provided;
    }
    const BodyRead read{.exchange = frame->exchange.get(),
                        .file = &frame->file,
                        .plan = std::move(plan),
                        .lease = frame->lease,
                        .clock = frame->world.clock,
                        .throttles = frame->world.throttles,
                        .id = frame->order.file,
                        .mayBeEmpty = frame->order.target.acceptance == Acceptance::AsItIs,
                        .mayBreakOff = !frame->hasTriedAnother};
    frame->segments.begin(frame->exchange.get(), read.plan, frame->lease);
    const auto end = co_await readBody(read);
    co_return co_await concludeRead(frame, end);
}

/// One request, and what comes of it.
QCoro::Task<StepResult<>> askAndReceive(DownloadFrame *frame, OpenRange range)
{
    // A check of just this is under way: the link may work only once.
    const auto settled = frame->world.held->settled(frame->order.file);
    co_await settled;
    if (frame->stop.stop_requested()) {
        co_return endAttempt(Stopped{});
    }
    const auto verdict = co_await askForRange(frame, range);
    if (!verdict) {
        co_return endAttempt(verdict.error());
    }
    if (const auto *none = std::get_if<NothingMissing>(&*verdict)) {
        // An empty file has no body to make a part for.
        const BodyPlan nothing{.sizeBytes = none->sizeBytes};
        co_return co_await providePart(frame, nothing);
    }
    co_return co_await receive(frame, std::get<BodyPlan>(*verdict));
}

} // namespace

QCoro::Task<StepResult<>> checkName(DownloadFrame *frame, QString fileName)
{
    const NameUse use = co_await useOfName(&frame->file, fileName);
    const auto refusal = refusalOf(use, frame->order.existing);
    co_return refusal ? endAttempt(*refusal) : StepResult<>();
}

QCoro::Task<StepResult<>> fetchRange(DownloadFrame *frame, OpenRange range)
{
    const auto fetched = co_await plainlyIfNeeded<void>(frame, range, &askAndReceive);
    if (fetched) {
        co_return fetched;
    }
    const AttemptOutcome &failed = fetched.error();
    const AttemptOutcome outcome = co_await withReason(frame, failed);
    co_return endAttempt(outcome);
}

} // namespace core
