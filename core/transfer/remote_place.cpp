// SPDX-License-Identifier: Apache-2.0
#include "core/transfer/remote_place.h"

#include "core/http/content_range.h"
#include "core/http/origin.h"
#include "core/transfer/server_words.h"

#include <algorithm>
#include <array>

namespace core {

namespace {

struct StatusRow {
    int status;
    Cause cause;
};

/// Statuses that mean something else to one who sends than to one who fetches.
constexpr std::array kOfUploads{
    StatusRow{405, Cause::UploadNotTaken},      //
    StatusRow{409, Cause::RemoteFolderMissing}, // RFC 4918, 9.7.1
    StatusRow{412, Cause::RemoteNameTaken},     // If-None-Match, If-Match
    StatusRow{413, Cause::UploadTooLarge},      //
    StatusRow{415, Cause::UploadNotTaken},      //
    StatusRow{423, Cause::RemoteLocked},        // RFC 4918, 11.3
    StatusRow{501, Cause::UploadNotTaken},      //
    StatusRow{507, Cause::RemoteFull},          // RFC 4918, 11.5
};

/// Long enough for an answer that needs no thought; what is waited for may never come.
constexpr std::chrono::seconds kHeadPatience{5};

/// Whatever is asked, this is in the way.
bool standsInTheWay(Cause cause)
{
    return cause == Cause::LoginRequired || cause == Cause::ProxyLoginRequired ||
           cause == Cause::NetworkSignIn || cause == Cause::ServerBusy;
}

bool containsWord(const QByteArray &list, QByteArrayView word)
{
    return std::ranges::any_of(list.split(','), [word](const QByteArray &each) {
        return each.trimmed().compare(word, Qt::CaseInsensitive) == 0;
    });
}

/// The best that both know.
QByteArray checksumIn(const ResponseHead &head)
{
    if (!containsWord(head.header("Tus-Extension"), "checksum")) {
        return {};
    }
    for (const char *algorithm : {"sha256", "sha1"}) {
        if (containsWord(head.header("Tus-Checksum-Algorithm"), algorithm)) {
            return algorithm;
        }
    }
    return {};
}

/// Whether the weighed list has SHA-256 with a weight above 0 (RFC 9530, 4).
bool wantsSha256(const QByteArray &wants)
{
    return std::ranges::any_of(wants.split(','), [](const QByteArray &each) {
        const QByteArrayList parts = each.trimmed().split('=');
        return parts.first().compare("sha-256", Qt::CaseInsensitive) == 0 &&
               (parts.size() == 1 || parts.at(1).toInt() > 0);
    });
}

void noteWants(UploadFrame *frame, const ResponseHead &head)
{
    for (const char *field : {"Repr-Digest", "Content-Digest"}) {
        if (!frame->wantedDigests.contains(field) &&
            wantsSha256(head.header(QByteArray("Want-") + field))) {
            frame->wantedDigests.append(field);
        }
    }
}

QUrl parentOf(const QUrl &url)
{
    QString path = url.path(QUrl::FullyEncoded);
    if (path.endsWith(u'/')) {
        path.chop(1);
    }
    QUrl parent = url;
    parent.setPath(path.first(path.lastIndexOf(u'/') + 1), QUrl::StrictMode);
    parent.setQuery(QString());
    return parent;
}

/// One folder: made, there already, or one above it is missing.
enum class Made { New, There, NoParent, Not };

QCoro::Task<StepResult<Made>> makeFolder(UploadFrame *frame, QUrl url)
{
    frame->begin({.url = url, .method = "MKCOL", .limits = frame->order.limits.exchange},
                 frame->stop);
    const auto verdict = co_await frame->exchange->verdict();
    if (!verdict) {
        co_return endAttempt(outcomeOf(verdict.error()));
    }
    switch (frame->exchange->head().status) {
    case 201:
        co_return Made::New;
    case 301:
    case 405:
        co_return Made::There;
    case 409:
        co_return Made::NoParent;
    default:
        co_return std::holds_alternative<Accepted>(*verdict) ? Made::New : Made::Not;
    }
}

JobError noFolder(const UploadFrame &frame)
{
    JobError error{.cause = Cause::RemoteFolderMissing, .step = Step::Prepare};
    error.evidence.detail =
        QStringLiteral("MKCOL: HTTP status %1").arg(frame.exchange->head().status);
    return error;
}

} // namespace

QCoro::Task<StepResult<PlaceManners>> askManners(UploadFrame *frame, QUrl url)
{
    frame->begin({.url = url,
                  .method = "OPTIONS",
                  .fields = {{"Tus-Resumable", "1.0.0"}},
                  .hops = Hops::SameRequest,
                  .limits = frame->order.limits.exchange},
                 frame->stop);
    const auto verdict = co_await frame->exchange->verdict();
    if (!verdict) {
        co_return endAttempt(outcomeOf(verdict.error()));
    }
    const ResponseHead &head = frame->exchange->head();
    noteWants(frame, head);
    if (const auto *refused = std::get_if<Unusable>(&*verdict)) {
        if (standsInTheWay(refused->cause)) {
            co_return endAttempt(uploadErrorOf(*frame->exchange, *verdict));
        }
        co_return PlaceManners{};
    }
    const bool knowsVersion = containsWord(head.header("Tus-Version"), "1.0.0");
    PlaceManners manners{.speaksTus = !head.header("Tus-Resumable").isEmpty() || knowsVersion,
                         .checksum = checksumIn(head),
                         .canTerminate = containsWord(head.header("Tus-Extension"), "termination")};
    manners.maxBytes = parseContentLength(head.header("Tus-Max-Size"));
    co_return manners;
}

QCoro::Task<StepResult<std::optional<RemoteCopy>>> askCopy(UploadFrame *frame, QUrl url)
{
    frame->begin({.url = url,
                  .method = "HEAD",
                  .hops = Hops::SameRequest,
                  .limits = frame->order.limits.exchange},
                 frame->stop);
    const auto verdict = co_await frame->exchange->verdict();
    if (!verdict) {
        co_return endAttempt(outcomeOf(verdict.error()));
    }
    const ResponseHead &head = frame->exchange->head();
    noteWants(frame, head);
    if (head.status == 404 || head.status == 410) {
        co_return RemoteCopy{.date = head.header("Date")};
    }
    if (const auto *refused = std::get_if<Unusable>(&*verdict);
        refused != nullptr && standsInTheWay(refused->cause)) {
        co_return endAttempt(uploadErrorOf(*frame->exchange, *verdict));
    }
    if (head.status != 200 && head.status != 204) {
        co_return std::nullopt;
    }
    co_return RemoteCopy{.exists = true,
                         .sizeBytes = parseContentLength(head.header("Content-Length")),
                         .etag = head.header("ETag"),
                         .lastModified = head.header("Last-Modified"),
                         .date = head.header("Date")};
}

QCoro::Task<bool> isFolderUnknown(UploadFrame *frame, QUrl fileUrl)
{
    const QUrl folder = parentOf(fileUrl);
    const auto found = co_await askCopy(frame, folder);
    co_return found && *found && !(*found)->exists;
}

QCoro::Task<bool> isFolderMissing(UploadFrame *frame, QUrl fileUrl)
{
    const bool isNotThere = co_await isFolderUnknown(frame, fileUrl);
    QUrl above = parentOf(fileUrl);
    while (isNotThere && above.path() != u"/") {
        above = parentOf(above);
        const auto other = co_await askCopy(frame, above);
        if (!other) {
            co_return false;
        }
        if (!*other || (*other)->exists) {
            co_return true;
        }
    }
    co_return false;
}

QCoro::Task<StepResult<>> makeFolders(UploadFrame *frame, QUrl fileUrl)
{
    QList<QUrl> missing{parentOf(fileUrl)};
    while (!missing.isEmpty()) {
        const auto made = co_await makeFolder(frame, missing.last());
        if (!made) {
            co_return tl::unexpected(made.error());
        }
        if (*made == Made::New) {
            frame->events.noted(Note::FolderMade);
        }
        if (*made == Made::New || *made == Made::There) {
            missing.removeLast();
            continue;
        }
        const QUrl above = parentOf(missing.last());
        if (*made == Made::Not || above.path().size() >= missing.last().path().size()) {
            co_return endAttempt(noFolder(*frame));
        }
        missing.append(above);
    }
    co_return StepResult<>();
}

QCoro::Task<StepResult<>> askWhyRefused(UploadFrame *frame, ExchangeOrder asked, qint64 bodyBytes)
{
    asked.body = nullptr;
    asked.fields.append(HeaderField("Content-Length", QByteArray::number(bodyBytes)));
    asked.fields.append(HeaderField("Expect", "100-continue"));
    asked.limits.firstByte =
        std::min<std::chrono::milliseconds>(asked.limits.firstByte, kHeadPatience);
    frame->begin(std::move(asked), frame->stop);
    const auto verdict = co_await frame->exchange->verdict();
    if (verdict && !std::holds_alternative<Accepted>(*verdict)) {
        const JobError refusal = co_await refusalIn(frame, *verdict);
        co_return endAttempt(refusal);
    }
    if (!verdict && std::holds_alternative<Stopped>(verdict.error())) {
        co_return endAttempt(Stopped{});
    }
    co_return StepResult<>();
}

QCoro::Task<JobError> refusalIn(UploadFrame *frame, ResponseVerdict verdict)
{
    JobError error = uploadErrorOf(*frame->exchange, verdict);
    error.serverWords = co_await serverWords(frame->exchange.get(), frame->world.clock);
    co_return error;
}

JobError uploadErrorOf(const Exchange &exchange, const ResponseVerdict &verdict)
{
    const ResponseHead &head = exchange.head();
    JobError error{.step = Step::Send};
    exchange.describe(&error);
    if (const auto *next = std::get_if<NextHop>(&verdict)) {
        const bool isElsewhere = originOf(next->url) != originOf(head.url);
        error.cause = isElsewhere ? Cause::UploadElsewhere : Cause::BadRedirect;
        error.evidence.redirects.append(next->url);
        if (isElsewhere) {
            error.url = next->url.adjusted(QUrl::RemoveUserInfo);
        }
        return error;
    }
    if (const auto *refused = std::get_if<Unusable>(&verdict)) {
        error.cause = refused->cause;
        error.retryAfter = refused->retryAfter;
        error.otherScheme = refused->otherScheme;
        error.evidence.detail = refused->detail;
    }
    if (head.status == 412 && !head.header("Tus-Version").isEmpty()) {
        error.cause = Cause::UploadNotTaken; // not by PUT: it speaks tus
        return error;
    }
    const auto *row = std::ranges::find(kOfUploads, head.status, &StatusRow::status);
    if (row != kOfUploads.end()) {
        error.cause = row->cause;
    }
    return error;
}

} // namespace core
