// SPDX-License-Identifier: Apache-2.0
#include "core/transfer/put_upload.h"

#include "core/http/entity_tag.h"
#include "core/http/headers.h"
#include "core/http/link.h"
#include "core/http/origin.h"
#include "core/http/redirect.h"
#include "core/transfer/put_confirm.h"
#include "core/transfer/remote_place.h"
#include "core/transfer/send_source.h"
#include "core/transfer/source_digest.h"

#include <QCoroFuture>

#include <algorithm>

namespace core {

QUrl putAddress(const QUrl &url, const QString &path)
{
    const QString place = url.path(QUrl::FullyEncoded);
    if (!place.isEmpty() && !place.endsWith(u'/')) {
        return url;
    }
    QUrl folder = url;
    folder.setPath(place.isEmpty() ? QStringLiteral("/") : place, QUrl::StrictMode);
    return addressIn(folder, path.mid(path.lastIndexOf(u'/') + 1));
}

namespace {

using MaybeCopy = std::optional<RemoteCopy>;

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

ExchangeOrder putOrder(const UploadFrame &frame, const QUrl &url, const HeaderFields &condition)
{
    return {.url = url,
            .method = "PUT",
            .fields = HeaderFields{{"Content-Type", "application/octet-stream"}} + condition,
            .hops = Hops::SameRequest,
            .limits = frame.order.limits.exchange};
}

bool isCondition(const HeaderField &field)
{
    return field.first.startsWith("If-");
}

/// Some object stores know no condition, and say so.
bool isAboutCondition(const ResponseHead &head, const ExchangeOrder &asked)
{
    return std::ranges::any_of(asked.fields, isCondition) &&
           (head.status == 400 || head.status == 501);
}

QCoro::Task<StepResult<SendEnd>> put(UploadFrame *frame, ExchangeOrder asked)
{
    const ByteRange all{0, frame->sizeBytes()};
    auto end = co_await sendSource(frame, asked, all);
    if (end && *end && isAboutCondition(frame->exchange->head(), asked)) {
        asked.fields.removeIf(isCondition);
        co_return co_await sendSource(frame, asked, all);
    }
    co_return end;
}

/// Not every server has a status of its own for a folder that is missing. A 500 may as well pass,
/// so where it is tried again it has to come twice.
QCoro::Task<JobError> exacter(UploadFrame *frame, QUrl url, JobError refusal)
{
    const bool isLast =
        frame->order.attempt > 1 || frame->order.options.noProgressTimeout.count() == 0;
    if (refusal.httpStatus == 404 || (refusal.httpStatus == 500 && isLast)) {
        const bool isMissing = co_await isFolderMissing(frame, url);
        if (isMissing) {
            refusal.cause = Cause::RemoteFolderMissing;
        }
    }
    co_return refusal;
}

/// The request, and its answer if there was one. While that is waited for, the list says so: a
/// program that was killed then asks before it sends anything again.
QCoro::Task<StepResult<SendEnd>> putOnRecord(UploadFrame *frame, ExchangeOrder asked, MaybeCopy now)
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
    const auto end = co_await put(frame, std::move(asked));
    frame->allGiven = {};
    if (end) {
        frame->mark.isUnanswered = !*end || frame->exchange->head().status == 202;
        const auto noted = frame->tell();
        co_await noted;
    }
    co_return end;
}

/// The digest of what is sent, where the server has said that it wants it (RFC 9530): else the file
/// would be read twice for nobody. Nothing is coded on the way, so content and file are the same.
QCoro::Task<StepResult<HeaderFields>> digestsWanted(UploadFrame *frame)
{
    HeaderFields fields;
    if (frame->wantedDigests.isEmpty()) {
        co_return fields;
    }
    const auto digest =
        co_await digestOfSource(frame, {0, frame->sizeBytes()}, ExpectedHash::Algorithm::Sha256);
    if (!digest) {
        co_return tl::unexpected(digest.error());
    }
    for (const QByteArray &field : std::as_const(frame->wantedDigests)) {
        fields.append(HeaderField(field, "sha-256=:" + digest->toBase64() + ':'));
    }
    co_return fields;
}

/// The address of a folder without its slash: servers lead on to that with it. Nothing where the
/// exchange met no such thing.
std::optional<QUrl> folderMeant(const Exchange &exchange)
{
    const ResponseHead &head = exchange.head();
    QUrl there = head.url; // where the same request was sent on to
    if (isRedirect(head.status)) {
        there = nextHop(head.url, head.header("Location")).value_or(QUrl());
    }
    const QUrl &asked = exchange.order().url;
    const bool isFolder = originOf(there) == originOf(asked) &&
                          there.path(QUrl::FullyEncoded) == asked.path(QUrl::FullyEncoded) + u'/';
    return isFolder ? std::optional(there) : std::nullopt;
}

/// What there is now, and what is to be done about it.
struct Sight {
    QUrl url;
    MaybeCopy now;
    Stored stored = Stored::Nothing;
    UploadFinding::There there = UploadFinding::There::Unsaid;
};

UploadFinding::There thereOf(const UploadFrame &frame, const Sight &sight)
{
    using There = UploadFinding::There;
    if (!sight.now) {
        return There::Unsaid;
    }
    if (!sight.now->exists) {
        return There::Nothing;
    }
    return sight.stored == Stored::Ours && !frame.isAnotherFile ? There::Whole : There::Other;
}

/// Why it cannot be sent there unasked.
std::optional<JobError> obstacleIn(const UploadFrame &frame, const Sight &sight)
{
    const bool isToBeAsked = frame.order.existing == ExistingFile::Ask;
    const bool isUnknown = sight.there == UploadFinding::There::Unsaid && frame.mark.isUnanswered;
    if (!frame.isAnotherFile && (isUnknown || sight.stored == Stored::OfSomeone)) {
        return sentError(Cause::Unconfirmed, frame, sight.now);
    }
    if (!frame.isAnotherFile && sight.stored == Stored::Differs && isToBeAsked) {
        return sentError(Cause::StoredDiffers, frame, sight.now);
    }
    const bool isNotOurs = sight.stored == Stored::Nothing || sight.stored == Stored::OfSomeone;
    if (sight.there == UploadFinding::There::Other && isNotOurs && isToBeAsked) {
        JobError error{.cause = Cause::RemoteNameTaken, .step = Step::Prepare};
        error.evidence.detail = QStringLiteral("HEAD: there is a file");
        return error;
    }
    return std::nullopt;
}

QCoro::Task<StepResult<Sight>> lookAt(UploadFrame *frame, QUrl address)
{
    Sight sight{.url = address};
    auto now = co_await askCopy(frame, sight.url);
    const auto folder = now ? folderMeant(*frame->exchange) : std::nullopt;
    if (folder) {
        sight.url = putAddress(*folder, frame->order.path);
        now = co_await askCopy(frame, sight.url);
    }
    if (!now) {
        co_return tl::unexpected(now.error());
    }
    const auto stored = co_await whatIsStored(frame, *now);
    if (!stored) {
        co_return tl::unexpected(stored.error());
    }
    sight.now = *now;
    sight.stored = *stored;
    sight.there = thereOf(*frame, sight);
    if (const auto obstacle = obstacleIn(*frame, sight)) {
        co_return endAttempt(*obstacle);
    }
    co_return sight;
}

QCoro::Task<StepResult<>> sendTo(UploadFrame *frame, QUrl address);

/// The end, but where the address turns out to be that of a folder.
// NOLINTNEXTLINE(misc-no-recursion): the address of a folder is met once at most
QCoro::Task<StepResult<>> meetRefusal(UploadFrame *frame, QUrl url, ResponseVerdict refused)
{
    const auto folder = folderMeant(*frame->exchange);
    if (folder && url == frame->order.url) {
        const QUrl inside = putAddress(*folder, frame->order.path);
        co_return co_await sendTo(frame, inside);
    }
    const JobError refusal = co_await refusalIn(frame, refused);
    const JobError known = co_await exacter(frame, url, refusal);
    co_return endAttempt(known);
}

// NOLINTNEXTLINE(misc-no-recursion): the address of a folder is met once at most
QCoro::Task<StepResult<>> sendAndConfirm(UploadFrame *frame, QUrl url, MaybeCopy now)
{
    const auto digests = co_await digestsWanted(frame);
    if (!digests) {
        co_return tl::unexpected(digests.error());
    }
    ExchangeOrder asked = putOrder(*frame, url, conditionFor(*frame, now));
    asked.fields += *digests;
    const auto end = co_await putOnRecord(frame, asked, now);
    if (!end) {
        co_return tl::unexpected(end.error());
    }
    if (*end && !std::holds_alternative<Accepted>(**end)) {
        co_return co_await meetRefusal(frame, url, **end);
    }
    if (frame->mark.isUnanswered) {
        co_return co_await confirmUnanswered(frame, asked, !*end);
    }
    co_return co_await confirmAnswered(frame, url);
}

// NOLINTNEXTLINE(misc-no-recursion): the address of a folder is met once at most
QCoro::Task<StepResult<>> sendTo(UploadFrame *frame, QUrl address)
{
    const auto sight = co_await lookAt(frame, address);
    if (!sight) {
        co_return tl::unexpected(sight.error());
    }
    if (sight->there == UploadFinding::There::Whole) {
        co_return co_await concludeUnanswered(frame, sight->url, sight->now, sight->stored);
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

} // namespace

QCoro::Task<StepResult<UploadFinding>> lookByPut(UploadFrame *frame)
{
    const QUrl address = putAddress(frame->order.url, frame->order.path);
    const auto sight = co_await lookAt(frame, address);
    if (!sight) {
        co_return tl::unexpected(sight.error());
    }
    UploadFinding found{.there = sight->there, .sizeBytes = frame->sizeBytes(), .url = sight->url};
    if (found.there == UploadFinding::There::Whole) {
        found.bytesThere = found.sizeBytes;
    }
    if (found.there == UploadFinding::There::Nothing) {
        const bool mayBeMade = frame->order.options.missingFolder == MissingFolder::Create;
        if (mayBeMade) {
            found.isFolderToBeMade = co_await isFolderUnknown(frame, sight->url);
        } else {
            found.isFolderMissing = co_await isFolderMissing(frame, sight->url);
        }
    }
    co_return found;
}

QCoro::Task<StepResult<>> sendByPut(UploadFrame *frame)
{
    const QUrl address = putAddress(frame->order.url, frame->order.path);
    co_return co_await sendTo(frame, address);
}

} // namespace core
