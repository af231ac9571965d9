// SPDX-License-Identifier: Apache-2.0
#include "core/transfer/put_confirm.h"

#include "core/transfer/remote_place.h"
#include "core/transfer/source_digest.h"

#include <QCoroFuture>

namespace core {

namespace {

constexpr int kTooLarge = 413;

/// Whether the server has all of it, as far as it says.
QCoro::Task<StepResult<>> conclude(UploadFrame *frame, QUrl url, std::optional<RemoteCopy> found,
                                   std::optional<ExpectedHash> stated)
{
    if (found && !found->exists) { // whatever the answer to the request was
        co_return endAttempt(sentError(Cause::Unconfirmed, *frame, found));
    }
    if (found && found->sizeBytes.value_or(frame->sizeBytes()) != frame->sizeBytes()) {
        co_return endAttempt(sentError(Cause::StoredDiffers, *frame, found));
    }
    if (stated) {
        const auto isSame = co_await hasDigest(frame, *stated);
        if (!isSame) {
            co_return tl::unexpected(isSame.error());
        }
        if (!*isSame) {
            co_return endAttempt(sentError(Cause::StoredDiffers, *frame, found));
        }
    }
    frame->mark.isUnanswered = false;
    frame->mark.resource = url;
    frame->confirm(frame->sizeBytes());
    co_return StepResult<>();
}

/// What the answer to the request says of the file alone: it has no content of its own.
std::optional<ExpectedHash> digestInAnswer(const ResponseHead &head)
{
    const bool isBare = head.status == 204 || head.header("Content-Length").trimmed() == "0";
    return isBare ? promisedHash(head) : std::nullopt;
}

} // namespace

JobError sentError(Cause cause, const UploadFrame &frame, const std::optional<RemoteCopy> &found)
{
    JobError error{.cause = cause, .step = Step::Verify, .fileBytesTotal = frame.sizeBytes()};
    if (found && found->exists) {
        error.fileBytesDone = found->sizeBytes.value_or(0);
    }
    return error;
}

QCoro::Task<StepResult<>> concludeUnanswered(UploadFrame *frame, QUrl url,
                                             std::optional<RemoteCopy> found, Stored stored)
{
    if (stored == Stored::Nothing || stored == Stored::OfSomeone) {
        co_return endAttempt(sentError(Cause::Unconfirmed, *frame, found));
    }
    const auto concluded = co_await conclude(frame, url, found, {});
    if (concluded) {
        frame->events.noted(Note::FoundStored);
    }
    co_return concluded;
}

QCoro::Task<StepResult<>> confirmAnswered(UploadFrame *frame, QUrl url)
{
    auto stated = digestInAnswer(frame->exchange->head());
    const auto found = co_await askCopy(frame, url);
    const std::optional<RemoteCopy> copy = found ? *found : std::nullopt;
    if (copy && copy->exists) {
        const auto now = promisedHash(frame->exchange->head());
        stated = now ? now : stated;
    }
    co_return co_await conclude(frame, url, copy, stated);
}

QCoro::Task<StepResult<>> confirmUnanswered(UploadFrame *frame, ExchangeOrder asked,
                                            bool isWithoutAnswer)
{
    const auto found = co_await askCopy(frame, asked.url);
    if (!found) {
        co_return tl::unexpected(found.error());
    }
    if (frame->exchange->head().status == kTooLarge) { // it says that to whatever is asked
        co_return endAttempt(JobError{.cause = Cause::UploadTooLarge, .step = Step::Send});
    }
    const auto stored = co_await whatIsStored(frame, *found);
    if (!stored) {
        co_return tl::unexpected(stored.error());
    }
    const bool isNotThere = isWithoutAnswer && *found && frame->mark.before &&
                            *stored == Stored::Nothing && frame->order.attempt == 1;
    if (!isNotThere) {
        co_return co_await concludeUnanswered(frame, asked.url, *found, *stored);
    }
    const auto reason = co_await askWhyRefused(frame, std::move(asked), frame->sizeBytes());
    frame->mark.isUnanswered = false;
    const auto noted = frame->tell();
    co_await noted;
    if (!reason) {
        co_return reason;
    }
    JobError lost = frame->lost;
    lost.step = Step::Receive;
    lost.evidence.detail += QStringLiteral("; nothing new there");
    co_return endAttempt(lost);
}

} // namespace core
