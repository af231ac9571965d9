// SPDX-License-Identifier: Apache-2.0
#include "core/transfer/check.h"

#include "core/http/content_range.h"
#include "core/transfer/ask_range.h"
#include "core/transfer/exchange/content_coding.h"
#include "core/transfer/exchange/peek_body.h"
#include "core/transfer/file/part_access.h"

#include <algorithm>

namespace core {

namespace {

JobError otherFile(const QString &detail)
{
    return {.cause = Cause::RemoteChanged, .step = Step::Receive, .evidence = {.detail = detail}};
}

/// Compares what the body begins with, as far as it is held here: the last 64 KiB of it or, where
/// the whole file comes, the first.
QCoro::Task<StepResult<ServerFinding::Proof>> compareBegin(DownloadFrame *frame, BodyPlan plan)
{
    const qint64 count = std::min(plan.compareUntil - plan.firstByte, kComparedBytes);
    if (count <= 0) {
        const bool isVouchedFor = frame->file.bytesHeld() > 0;
        co_return isVouchedFor ? ServerFinding::Proof::Validator : ServerFinding::Proof::None;
    }
    const QByteArray theirs = co_await peekBody(frame->exchange.get(), count);
    if (frame->exchange->isStopped()) {
        co_return endAttempt(Stopped{});
    }
    if (theirs.size() < count) {
        const auto failure = frame->exchange->transportError();
        co_return endAttempt(failure.value_or(JobError{.cause = Cause::ConnectionLost}));
    }
    const ByteRange compared{plan.firstByte, plan.firstByte + count};
    const auto ours = co_await peekPart(&frame->file, compared);
    if (!ours && ours.error().cause == Cause::PartMissing) {
        frame->file.holdOnly({}); // as the attempt will find, too
        co_return ServerFinding::Proof::None;
    }
    if (!ours) {
        co_return endAttempt(ours.error());
    }
    if (*ours != theirs) {
        co_return endAttempt(otherFile(QStringLiteral("other bytes where they were compared")));
    }
    co_return ServerFinding::Proof::Compared;
}

/// One request, and what its answer says of the file.
QCoro::Task<StepResult<ServerFinding>> askAndCompare(DownloadFrame *frame, OpenRange range)
{
    const auto verdict = co_await askForRange(frame, range);
    if (!verdict) {
        co_return endAttempt(verdict.error());
    }
    ServerFinding finding{.url = frame->exchange->head().url.adjusted(QUrl::RemoveUserInfo)};
    if (const auto *none = std::get_if<NothingMissing>(&*verdict)) {
        finding.sizeBytes = none->sizeBytes;
        finding.bytesKept = frame->file.bytesHeld();
        finding.proof = ServerFinding::Proof::Validator;
        co_return finding;
    }
    const auto &plan = std::get<BodyPlan>(*verdict);
    const auto proof = co_await compareBegin(frame, plan);
    if (!proof) {
        co_return endAttempt(proof.error());
    }
    finding.proof = *proof;
    finding.bytesKept = frame->file.bytesHeld();
    finding.sizeBytes = plan.sizeBytes;
    finding.isWholeSent = finding.bytesKept > 0 && plan.firstByte == 0;
    finding.isPacked = frame->order.target.acceptance != Acceptance::Checked &&
                       isCoded(frame->exchange->head(), frame->file.facts().name);
    co_return finding;
}

/// How large the file is that came instead.
std::optional<qint64> sizeIn(const ResponseHead &head)
{
    if (const auto range = parseContentRange(head.header("Content-Range"))) {
        return range->total;
    }
    return head.status == 206 ? std::nullopt : parseContentLength(head.header("Content-Length"));
}

void describeCheck(const DownloadFrame &frame, JobError *error)
{
    error->fileIndex = frame.order.file.index;
    error->time = frame.world.clock->utcNow();
    if (frame.exchange) {
        frame.exchange->describe(error);
    }
    frame.file.describe(error);
    if (frame.exchange && error->cause == Cause::RemoteChanged) {
        error->fileBytesTotal = sizeIn(frame.exchange->head());
    }
}

} // namespace

QCoro::Task<CheckOutcome> checkDownload(TransferWorld world, DownloadOrder order,
                                        std::stop_token stop)
{
    DownloadFrame frame(world, std::move(order), std::move(stop), AttemptEvents());
    const bool isAsClaimed = co_await lookAtPart(&frame.file);
    if (!frame.canGoOn()) {
        frame.file.holdOnly({});
    }
    const HeldExchanges::Coming coming(world.held, frame.order.file);
    const OpenRange range = frame.file.missing().value_or(OpenRange{});
    auto found = co_await plainlyIfNeeded<ServerFinding>(&frame, range, &askAndCompare);
    if (frame.stop.stop_requested()) {
        co_return Stopped{};
    }
    if (found) {
        found->isToBeReread = !isAsClaimed && found->bytesKept > 0;
        frame.exchange->watchdog().pause(); // nothing of it is wanted now
        world.held->hold(frame.order.file, std::move(frame.exchange));
        co_return *found;
    }
    if (const auto *error = std::get_if<JobError>(&found.error())) {
        JobError problem = *error;
        describeCheck(frame, &problem);
        co_return problem;
    }
    co_return Stopped{};
}

} // namespace core
