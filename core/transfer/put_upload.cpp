// SPDX-License-Identifier: Apache-2.0
#include "core/transfer/put_upload.h"

#include "core/http/entity_tag.h"
#include "core/http/headers.h"
#include "core/http/origin.h"
#include "core/http/redirect.h"
#include "core/transfer/remote_place.h"
#include "core/transfer/send_source.h"

#include <QCoroFuture>

namespace core {

namespace {

using MaybeCopy = std::optional<RemoteCopy>;

/// What there is now is not what there was before the first byte was sent.
bool isOther(const RemoteCopy &before, const RemoteCopy &now)
{
    return before.exists != now.exists || before.sizeBytes != now.sizeBytes ||
           before.etag != now.etag || before.lastModified != now.lastModified;
}

/// All was sent before without an answer, and now there is something new: that is ours. Of a
/// request that was refused, or broke off before its end, nothing that is there can be taken for
/// ours.
bool isOurs(const UploadFrame &frame, const MaybeCopy &now)
{
    return frame.mark.isUnanswered && frame.mark.before && now && now->exists &&
           isOther(*frame.mark.before, *now);
}

JobError sentError(Cause cause, const UploadFrame &frame, const MaybeCopy &found)
{
    JobError error{.cause = cause, .step = Step::Verify, .fileBytesTotal = frame.sizeBytes()};
    if (found && found->exists) {
        error.fileBytesDone = found->sizeBytes.value_or(0);
    }
    return error;
}

/// On what condition it is sent (RFC 9110, 13.1): only where there is nothing, or over exactly what
/// is known to be there.
HeaderFields conditionFor(const UploadFrame &frame, const MaybeCopy &now)
{
    if (now && now->exists) {
        const bool canBeNamed = isStrongEntityTag(now->etag) && isFieldValue(now->etag);
        return canBeNamed ? HeaderFields{{"If-Match", now->etag}} : HeaderFields{};
    }
    if (now || frame.order.existing == ExistingFile::Ask) {
        return {{"If-None-Match", "*"}};
    }
    return {};
}

/// Whether the server has all of it, as far as it says.
StepResult<> conclude(UploadFrame *frame, const QUrl &url, const MaybeCopy &found)
{
    if (found && !found->exists) { // whatever the answer to the request was
        return endAttempt(sentError(Cause::Unconfirmed, *frame, found));
    }
    if (found && found->sizeBytes.value_or(frame->sizeBytes()) != frame->sizeBytes()) {
        return endAttempt(sentError(Cause::StoredDiffers, *frame, found));
    }
    frame->mark.isUnanswered = false;
    frame->mark.resource = url;
    frame->confirm(frame->sizeBytes());
    return {};
}

/// All was sent, and no answer came, or none that says what became of it (202).
StepResult<> concludeUnanswered(UploadFrame *frame, const QUrl &url, const MaybeCopy &found)
{
    if (!isOurs(*frame, found)) {
        return endAttempt(sentError(Cause::Unconfirmed, *frame, found));
    }
    const auto concluded = conclude(frame, url, found);
    if (concluded) {
        frame->events.noted(Note::FoundStored);
    }
    return concluded;
}

/// What the server has nothing of is sent again, once; then a person is asked.
bool mayBeSentAgain(const UploadFrame &frame, const MaybeCopy &found)
{
    return found && frame.mark.before && !isOurs(frame, found) && frame.order.attempt == 1;
}

ExchangeOrder putOrder(const UploadFrame &frame, const QUrl &url, const HeaderFields &condition)
{
    return {.url = url,
            .method = "PUT",
            .fields = HeaderFields{{"Content-Type", "application/octet-stream"}} + condition,
            .hops = Hops::SameRequest,
            .limits = frame.order.limits.exchange};
}

/// Some object stores know no condition, and say so.
bool isAboutCondition(const ResponseHead &head, const HeaderFields &condition)
{
    return !condition.isEmpty() && (head.status == 400 || head.status == 501);
}

QCoro::Task<StepResult<SendEnd>> put(UploadFrame *frame, QUrl url, HeaderFields condition)
{
    const ByteRange all{0, frame->sizeBytes()};
    auto end = co_await sendSource(frame, putOrder(*frame, url, condition), all);
    const bool isToBeAskedPlainly =
        end && *end && isAboutCondition(frame->exchange->head(), condition);
    if (isToBeAskedPlainly) {
        co_return co_await sendSource(frame, putOrder(*frame, url, {}), all);
    }
    co_return end;
}

/// Not every server has a status of its own for a folder that is missing.
QCoro::Task<JobError> exacter(UploadFrame *frame, QUrl url, JobError refusal)
{
    if (refusal.httpStatus == 404 || refusal.httpStatus == 500) {
        const bool isMissing = co_await isFolderMissing(frame, url);
        if (isMissing) {
            refusal.cause = Cause::RemoteFolderMissing;
        }
    }
    co_return refusal;
}

/// The request, and its answer if there was one. While that is waited for, the list says so: a
/// program that was killed then asks before it sends anything again.
QCoro::Task<StepResult<SendEnd>> putOnRecord(UploadFrame *frame, QUrl url, MaybeCopy now)
{
    if (!frame->mark.isUnanswered) {
        frame->mark.before = now;
    }
    const auto stored = frame->tell();
    co_await stored;
    frame->allGiven = [frame] {
        frame->mark.isUnanswered = true;
        static_cast<void>(frame->tell());
    };
    const auto end = co_await put(frame, url, conditionFor(*frame, now));
    frame->allGiven = {};
    if (end) {
        frame->mark.isUnanswered = !*end || frame->exchange->head().status == 202;
        const auto noted = frame->tell();
        co_await noted;
    }
    co_return end;
}

QCoro::Task<StepResult<>> sendAndConfirm(UploadFrame *frame, QUrl url, MaybeCopy now)
{
    const auto end = co_await putOnRecord(frame, url, now);
    if (!end) {
        co_return tl::unexpected(end.error());
    }
    if (*end && !std::holds_alternative<Accepted>(**end)) {
        const JobError refusal = uploadErrorOf(*frame->exchange, **end);
        const JobError known = co_await exacter(frame, url, refusal);
        co_return endAttempt(known);
    }
    const auto found = co_await askCopy(frame, url);
    if (!frame->mark.isUnanswered) {
        co_return conclude(frame, url, found ? *found : std::nullopt);
    }
    if (!found) {
        co_return endAttempt(found.error());
    }
    if (!*end && mayBeSentAgain(*frame, *found)) {
        frame->mark.isUnanswered = false;
        const auto noted = frame->tell();
        co_await noted;
        co_return endAttempt(Cause::ConnectionLost, Step::Receive,
                             QStringLiteral("no answer, and nothing new there"));
    }
    co_return concludeUnanswered(frame, url, *found);
}

} // namespace

QUrl putAddress(const QUrl &url, const QString &path)
{
    const QString folder = url.path(QUrl::FullyEncoded);
    if (!folder.isEmpty() && !folder.endsWith(u'/')) {
        return url;
    }
    QUrl address = url;
    const QByteArray name = QUrl::toPercentEncoding(path.mid(path.lastIndexOf(u'/') + 1));
    address.setPath((folder.isEmpty() ? QStringLiteral("/") : folder) + QString::fromLatin1(name),
                    QUrl::StrictMode);
    return address;
}

namespace {

/// What there is now, and what is to be done about it.
struct Sight {
    QUrl url;
    MaybeCopy now;
    UploadFinding::There there = UploadFinding::There::Unsaid;
};

UploadFinding::There thereOf(const UploadFrame &frame, const MaybeCopy &now)
{
    using There = UploadFinding::There;
    if (!now) {
        return There::Unsaid;
    }
    if (!now->exists) {
        return There::Nothing;
    }
    const bool isAll = now->sizeBytes.value_or(frame.sizeBytes()) == frame.sizeBytes();
    return isOurs(frame, now) && isAll && !frame.isAnotherFile ? There::Whole : There::Other;
}

/// The address of a folder without its slash: servers lead on to that with it.
std::optional<QUrl> folderMeant(const Exchange &exchange)
{
    const ResponseHead &head = exchange.head();
    if (!isRedirect(head.status)) {
        return std::nullopt;
    }
    const auto next = nextHop(head.url, head.header("Location"));
    const bool isFolder =
        next && originOf(*next) == originOf(head.url) &&
        next->path(QUrl::FullyEncoded) == head.url.path(QUrl::FullyEncoded) + u'/';
    return isFolder ? std::optional(*next) : std::nullopt;
}

QCoro::Task<StepResult<Sight>> lookAt(UploadFrame *frame)
{
    Sight sight{.url = putAddress(frame->order.url, frame->order.path)};
    auto now = co_await askCopy(frame, sight.url);
    const auto folder = now ? folderMeant(*frame->exchange) : std::nullopt;
    if (folder) {
        sight.url = putAddress(*folder, frame->order.path);
        now = co_await askCopy(frame, sight.url);
    }
    if (!now) {
        co_return tl::unexpected(now.error());
    }
    sight.now = *now;
    sight.there = thereOf(*frame, *now);
    const bool isInDoubt = frame->mark.isUnanswered && sight.there == UploadFinding::There::Unsaid;
    if (isInDoubt && !frame->isAnotherFile) {
        co_return endAttempt(sentError(Cause::Unconfirmed, *frame, *now));
    }
    const bool isHalf = sight.there == UploadFinding::There::Other && isOurs(*frame, *now);
    if (isHalf && frame->order.existing == ExistingFile::Ask && !frame->isAnotherFile) {
        co_return endAttempt(sentError(Cause::StoredDiffers, *frame, *now));
    }
    const bool isTaken = sight.there == UploadFinding::There::Other && !isHalf &&
                         frame->order.existing == ExistingFile::Ask;
    if (isTaken) {
        co_return endAttempt(Cause::RemoteNameTaken, Step::Prepare,
                             QStringLiteral("HEAD: there is a file"));
    }
    co_return sight;
}

} // namespace

QCoro::Task<StepResult<UploadFinding>> lookByPut(UploadFrame *frame)
{
    const auto sight = co_await lookAt(frame);
    if (!sight) {
        co_return tl::unexpected(sight.error());
    }
    UploadFinding found{.there = sight->there, .sizeBytes = frame->sizeBytes(), .url = sight->url};
    if (found.there == UploadFinding::There::Whole) {
        found.bytesThere = found.sizeBytes;
    }
    co_return found;
}

QCoro::Task<StepResult<>> sendByPut(UploadFrame *frame)
{
    const auto sight = co_await lookAt(frame);
    if (!sight) {
        co_return tl::unexpected(sight.error());
    }
    if (sight->there == UploadFinding::There::Whole) {
        co_return concludeUnanswered(frame, sight->url, sight->now);
    }
    const bool isNothingThere = sight->there == UploadFinding::There::Nothing ||
                                sight->there == UploadFinding::There::Unsaid;
    if (frame->order.options.missingFolder == MissingFolder::Create && isNothingThere) {
        const auto made = co_await makeFolders(frame, sight->url);
        if (!made) {
            co_return made;
        }
    }
    co_return co_await sendAndConfirm(frame, sight->url, sight->now);
}

} // namespace core
