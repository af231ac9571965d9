// SPDX-License-Identifier: Apache-2.0
#include "core/transfer/tus_upload.h"

#include "core/http/content_range.h"
#include "core/http/origin.h"
#include "core/http/redirect.h"
#include "core/transfer/send_source.h"
#include "core/transfer/source_digest.h"

#include <QCoroFuture>

#include <algorithm>

namespace core {

namespace {

constexpr int kChecksumMismatch = 460;
constexpr qint64 kFirstPieceBytes = qint64(4) * 1024 * 1024;
constexpr qint64 kLeastPieceBytes = qint64(1) * 1024 * 1024;
constexpr qint64 kMostPieceBytes = qint64(1024) * 1024 * 1024;
/// What is compared has to be read twice, the second time out of memory.
constexpr qint64 kSummedPieceBytes = qint64(64) * 1024 * 1024;
/// So long that the wait for its answer does not count.
constexpr std::chrono::milliseconds kPieceTime{std::chrono::seconds(8)};

/// An unfinished upload on the server: what there is of it, or that it is gone.
enum class Known { Yes, Forgotten };

ExchangeOrder tusOrder(const UploadFrame &frame, const QUrl &url, const QByteArray &method,
                       const HeaderFields &fields = {})
{
    return {.url = url,
            .method = method,
            .fields = HeaderFields{{"Tus-Resumable", "1.0.0"}} + fields,
            .hops = Hops::SameRequest,
            .limits = frame.order.limits.exchange};
}

auto badAnswer(const char *detail)
{
    return endAttempt(Cause::BadAnswer, Step::Receive, QString::fromLatin1(detail));
}

bool isForgotten(int status)
{
    return status == 404 || status == 410;
}

std::optional<qint64> offsetIn(const ResponseHead &head)
{
    return parseContentLength(head.header("Upload-Offset"));
}

/// Where the new upload is: on the same server, or nowhere that the file is sent to unasked.
StepResult<QUrl> resourceIn(const ResponseHead &head)
{
    const auto where = nextHop(head.url, head.header("Location"));
    if (!where) {
        return badAnswer("an upload without a usable Location");
    }
    if (originOf(*where) != originOf(head.url)) {
        return endAttempt(JobError{.cause = Cause::UploadElsewhere,
                                   .step = Step::Prepare,
                                   .url = where->adjusted(QUrl::RemoveUserInfo)});
    }
    return where->adjusted(QUrl::RemoveFragment);
}

/// As if no upload had been asked for: with a page, say.
bool isAnsweredOtherwise(const ResponseHead &head)
{
    return head.status < 300 && head.header("Location").isEmpty() &&
           head.header("Tus-Resumable").isEmpty();
}

/// It is there, and not known by the protocol that was asked for.
JobError notSpoken(const ResponseHead &head, JobError error)
{
    const bool isUnknown = head.status == 404 || head.status == 405 || head.status == 400 ||
                           head.status == 501 || head.status == 415 || isAnsweredOtherwise(head);
    if (isUnknown) {
        error.cause = Cause::UploadNotTaken;
        error.step = Step::Prepare;
    }
    return error;
}

QCoro::Task<StepResult<>> create(UploadFrame *frame)
{
    const QByteArray name =
        frame->order.path.mid(frame->order.path.lastIndexOf(u'/') + 1).toUtf8().toBase64();
    const ExchangeOrder asked = tusOrder(*frame, frame->order.url, "POST",
                                         {{"Upload-Length", QByteArray::number(frame->sizeBytes())},
                                          {"Upload-Metadata", "filename " + name}});
    const auto end = co_await sendSource(frame, asked, {0, 0});
    if (!end) {
        co_return tl::unexpected(end.error());
    }
    const ResponseHead &head = frame->exchange->head();
    if (!*end) { // what may have been made there is empty, and runs out
        co_return endAttempt(Cause::ConnectionLost, Step::Receive, QStringLiteral("no answer"));
    }
    if (!std::holds_alternative<Accepted>(**end) || isAnsweredOtherwise(head)) {
        const JobError refusal = co_await refusalIn(frame, **end);
        co_return endAttempt(notSpoken(head, refusal));
    }
    const auto resource = resourceIn(head);
    if (!resource) {
        co_return tl::unexpected(resource.error());
    }
    frame->mark.resource = *resource;
    frame->confirm(0);
    const auto stored = frame->tell();
    co_await stored;
    co_return StepResult<>();
}

/// How far it has come.
QCoro::Task<StepResult<Known>> askOffset(UploadFrame *frame)
{
    frame->begin(tusOrder(*frame, frame->mark.resource, "HEAD"), frame->stop);
    const auto verdict = co_await frame->exchange->verdict();
    if (!verdict) {
        co_return endAttempt(outcomeOf(verdict.error()));
    }
    const ResponseHead &head = frame->exchange->head();
    if (isForgotten(head.status)) {
        co_return Known::Forgotten;
    }
    if (!std::holds_alternative<Accepted>(*verdict)) {
        co_return endAttempt(uploadErrorOf(*frame->exchange, *verdict));
    }
    const auto offset = offsetIn(head);
    const auto length = parseContentLength(head.header("Upload-Length"));
    if (!offset || (length && *length != frame->sizeBytes()) || *offset > frame->sizeBytes()) {
        co_return badAnswer("an offset that cannot be");
    }
    frame->confirm(*offset);
    co_return Known::Yes;
}

/// The fields of one piece.
QCoro::Task<StepResult<HeaderFields>> fieldsFor(UploadFrame *frame, ByteRange range,
                                                QByteArray algorithm)
{
    HeaderFields fields{{"Upload-Offset", QByteArray::number(range.first)},
                        {"Content-Type", "application/offset+octet-stream"}};
    if (!algorithm.isEmpty()) {
        const auto sum = co_await digestOfSource(
            frame, range,
            algorithm == "sha1" ? ExpectedHash::Algorithm::Sha1 : ExpectedHash::Algorithm::Sha256);
        if (!sum) {
            co_return tl::unexpected(sum.error());
        }
        fields.append(HeaderField("Upload-Checksum", algorithm + ' ' + sum->toBase64()));
    }
    co_return fields;
}

/// Sends one piece. When it has ended well, confirmedBytes is where to go on.
QCoro::Task<StepResult<Known>> sendPiece(UploadFrame *frame, ByteRange range, QByteArray algorithm)
{
    const auto fields = co_await fieldsFor(frame, range, std::move(algorithm));
    if (!fields) {
        co_return tl::unexpected(fields.error());
    }
    const auto end =
        co_await sendSource(frame, tusOrder(*frame, frame->mark.resource, "PATCH", *fields), range);
    if (!end) {
        co_return tl::unexpected(end.error());
    }
    const ResponseHead &head = frame->exchange->head();
    const bool isToBeAsked = !*end || head.status == 409 || head.status == kChecksumMismatch;
    if (isToBeAsked) {
        co_return co_await askOffset(frame);
    }
    if (isForgotten(head.status)) {
        co_return Known::Forgotten;
    }
    if (!std::holds_alternative<Accepted>(**end)) {
        const JobError refusal = co_await refusalIn(frame, **end);
        co_return endAttempt(refusal);
    }
    const auto offset = offsetIn(head);
    if (!offset || *offset < range.first || *offset > range.end) {
        co_return badAnswer("an offset that cannot be");
    }
    frame->confirm(*offset);
    co_return Known::Yes;
}

/// How large the next piece is, after one of that size took that long.
qint64 nextPiece(qint64 bytes, std::chrono::milliseconds took, const PlaceManners &manners)
{
    const auto took1 = std::max<qint64>(1, took.count());
    const qint64 most = manners.checksum.isEmpty() ? kMostPieceBytes : kSummedPieceBytes;
    return std::clamp(bytes * kPieceTime.count() / took1, kLeastPieceBytes, most);
}

/// Pieces until all is there, or the server has forgotten it.
QCoro::Task<StepResult<Known>> sendPieces(UploadFrame *frame, PlaceManners manners)
{
    constexpr int kInVain = 3;
    qint64 pieceBytes = kFirstPieceBytes;
    int inVain = 0;
    while (frame->confirmedBytes < frame->sizeBytes()) {
        const qint64 first = frame->confirmedBytes;
        const ByteRange range{first, std::min(first + pieceBytes, frame->sizeBytes())};
        const BootTime begun = frame->world.clock->now();
        const auto known = co_await sendPiece(frame, range, manners.checksum);
        if (!known || *known == Known::Forgotten) {
            co_return known;
        }
        inVain = frame->confirmedBytes > first ? 0 : inVain + 1;
        if (inVain == kInVain) {
            co_return badAnswer("takes nothing of what it is sent");
        }
        const auto took = frame->world.clock->now() - begun;
        pieceBytes = nextPiece(range.sizeBytes(), took, manners);
    }
    co_return Known::Yes;
}

QCoro::Task<StepResult<Known>> goOn(UploadFrame *frame, PlaceManners manners)
{
    if (frame->mark.resource.isEmpty()) {
        const auto created = co_await create(frame);
        if (!created) {
            co_return tl::unexpected(created.error());
        }
    } else {
        const auto known = co_await askOffset(frame);
        if (!known || *known == Known::Forgotten) {
            co_return known;
        }
    }
    co_return co_await sendPieces(frame, std::move(manners));
}

std::optional<JobError> tooLarge(const UploadFrame &frame, const PlaceManners &manners)
{
    if (!manners.maxBytes || frame.sizeBytes() <= *manners.maxBytes) {
        return std::nullopt;
    }
    return JobError{.cause = Cause::UploadTooLarge, .step = Step::Prepare};
}

} // namespace

QCoro::Task<StepResult<>> sendByTus(UploadFrame *frame, PlaceManners manners)
{
    if (const auto error = tooLarge(*frame, manners)) {
        co_return endAttempt(*error);
    }
    if (!frame->outdated.isEmpty()) { // nobody will go on with it; if it stays, it runs out
        const auto forgotten = co_await forgetByTus(frame, std::exchange(frame->outdated, {}));
        static_cast<void>(forgotten);
    }
    auto known = co_await goOn(frame, manners);
    if (known && *known == Known::Forgotten) {
        frame->events.noted(Note::UploadForgotten);
        frame->mark.resource.clear();
        frame->confirm(0);
        known = co_await goOn(frame, manners);
        if (known && *known == Known::Forgotten) {
            co_return badAnswer("forgets at once what it is sent");
        }
    }
    if (!known) {
        co_return tl::unexpected(known.error());
    }
    co_return StepResult<>();
}

QCoro::Task<StepResult<UploadFinding>> lookByTus(UploadFrame *frame, PlaceManners manners)
{
    if (const auto error = tooLarge(*frame, manners)) {
        co_return endAttempt(*error);
    }
    UploadFinding found{.there = UploadFinding::There::Nothing,
                        .sizeBytes = frame->sizeBytes(),
                        .url = frame->order.url};
    if (frame->mark.resource.isEmpty()) {
        if (!manners.speaksTus) {
            found.there = UploadFinding::There::Unsaid;
        }
        co_return found;
    }
    const auto known = co_await askOffset(frame);
    if (!known) {
        co_return tl::unexpected(known.error());
    }
    if (*known == Known::Yes) {
        found.there = UploadFinding::There::Part;
        found.bytesThere = frame->confirmedBytes;
        found.url = frame->mark.resource;
    }
    co_return found;
}

QCoro::Task<StepResult<>> forgetByTus(UploadFrame *frame, QUrl resource)
{
    frame->begin(tusOrder(*frame, resource, "DELETE"), frame->stop);
    const auto verdict = co_await frame->exchange->verdict();
    if (!verdict) {
        co_return endAttempt(outcomeOf(verdict.error()));
    }
    const ResponseHead &head = frame->exchange->head();
    if (std::holds_alternative<Accepted>(*verdict) || isForgotten(head.status)) {
        co_return StepResult<>();
    }
    co_return endAttempt(uploadErrorOf(*frame->exchange, *verdict));
}

} // namespace core
