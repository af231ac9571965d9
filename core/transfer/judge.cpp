// SPDX-License-Identifier: Apache-2.0
#include "core/transfer/judge.h"

#include "core/http/content_range.h"
#include "core/http/entity_tag.h"
#include "core/http/http_date.h"
#include "core/http/redirect.h"
#include "core/remedy/diagnose.h"

#include <algorithm>
#include <array>

namespace core {

namespace {

Unusable unusable(Cause cause, const char *detail)
{
    return {.cause = cause, .detail = QString::fromLatin1(detail)};
}

Validator validatorOf(const ResponseHead &head)
{
    return {.etag = head.header("ETag"),
            .lastModified = head.header("Last-Modified"),
            .date = head.header("Date")};
}

/// Whether the response is provably of another version than our bytes. A weak tag proves nothing,
/// and servers behind one name often disagree about the time of one file: there the size and the
/// compared bytes decide.
bool isOtherVersion(const RangeAsk &ask, const Validator &now)
{
    return ask.haveBytes > 0 && isStrongEntityTag(ask.known.etag) && isStrongEntityTag(now.etag) &&
           ask.known.etag != now.etag;
}

/// Archives are often sent with the coding they already have by themselves; there the bytes as they
/// come are the file.
bool codingIsTheFileItself(const ResponseHead &head)
{
    static constexpr std::array kPacked{".gz", ".tgz", ".bz2", ".xz", ".zst", ".br", ".Z", ".svgz"};
    const QString path = head.url.path();
    return std::ranges::any_of(kPacked, [&path](const char *ending) {
        return path.endsWith(QLatin1StringView(ending), Qt::CaseInsensitive);
    });
}

/// Chunks are undone by QNetworkAccessManager, a compression beside them is not (RFC 9112, 6.1).
bool isPlainTransfer(const ResponseHead &head)
{
    const QByteArray coding = head.header("Transfer-Encoding").trimmed().toLower();
    return coding.isEmpty() || coding == "chunked" || coding == "identity";
}

std::optional<Unusable> refuseCoding(const ResponseHead &head, const RangeAsk &ask)
{
    if (!isPlainTransfer(head)) {
        return unusable(Cause::EncodedAnswer, "a transfer coding that was not asked for");
    }
    const QByteArray coding = head.header("Content-Encoding").trimmed().toLower();
    if (coding.isEmpty() || coding == "identity") {
        return std::nullopt;
    }
    if (ask.haveBytes == 0 && codingIsTheFileItself(head)) {
        return std::nullopt;
    }
    return unusable(Cause::EncodedAnswer, "content coding although identity was asked");
}

struct DeclaredLength {
    std::optional<qint64> bytes;
    bool isValid = true;
};

DeclaredLength lengthOf(const ResponseHead &head)
{
    const QByteArray field = head.header("Content-Length");
    if (field.isEmpty() || !head.header("Transfer-Encoding").isEmpty()) {
        return {};
    }
    const auto bytes = parseContentLength(field);
    return {bytes, bytes.has_value()};
}

/// QNetworkAccessManager takes 100 fields, 100 KiB each and 256 KiB together. Where a head has
/// more, or one line that is no field, it drops all of them without a word: length, coding,
/// validators.
bool isStripped(const ResponseHead &head)
{
    return head.headers.isEmpty();
}

Verdict judgeWhole(const ResponseHead &head, const RangeAsk &ask)
{
    if (isStripped(head)) {
        return unusable(Cause::BadAnswer, "no header field came through");
    }
    const DeclaredLength length = lengthOf(head);
    if (!length.isValid) {
        return unusable(Cause::BadAnswer, "invalid or conflicting Content-Length");
    }
    const Validator now = validatorOf(head);
    if (isOtherVersion(ask, now)) {
        return unusable(Cause::RemoteChanged, "another ETag");
    }
    if (ask.haveBytes > 0 && ask.knownSizeBytes && length.bytes &&
        *ask.knownSizeBytes != *length.bytes) {
        return unusable(Cause::RemoteChanged, "another size");
    }
    if (length.bytes && *length.bytes < ask.haveBytes) {
        return unusable(Cause::RemoteChanged, "shorter than what we have");
    }
    return BodyPlan{.firstByte = 0,
                    .endByte = length.bytes,
                    .compareUntil = ask.haveBytes,
                    .sizeBytes = length.bytes,
                    .validator = now};
}

Verdict judgePart(const ResponseHead &head, const RangeAsk &ask)
{
    const auto range = parseContentRange(head.header("Content-Range"));
    if (!ask.asRange) {
        return unusable(Cause::BadAnswer, "206 to a request without Range");
    }
    if (!range || !range->first) {
        return unusable(Cause::RangeRefused, "206 without a usable Content-Range");
    }
    if (*range->first != ask.from) {
        return unusable(Cause::RangeRefused, "206 of another range than asked");
    }
    const DeclaredLength length = lengthOf(head);
    const qint64 promised = *range->last - *range->first + 1;
    if (!length.isValid || (length.bytes && *length.bytes != promised)) {
        return unusable(Cause::BadAnswer, "Content-Length contradicts Content-Range");
    }
    const Validator now = validatorOf(head);
    if (isOtherVersion(ask, now)) {
        return unusable(Cause::RemoteChanged, "another ETag");
    }
    if (ask.knownSizeBytes && range->total && *ask.knownSizeBytes != *range->total) {
        return unusable(Cause::RemoteChanged, "another size");
    }
    return BodyPlan{.firstByte = ask.from,
                    .endByte = *range->last + 1,
                    .compareUntil = ask.haveBytes,
                    .sizeBytes = range->total ? range->total : ask.knownSizeBytes,
                    .validator = now};
}

Verdict judgeUnsatisfiable(const ResponseHead &head, const RangeAsk &ask)
{
    const auto range = parseContentRange(head.header("Content-Range"));
    if (range && range->total && *range->total == ask.haveBytes) {
        return NothingMissing{ask.haveBytes};
    }
    if (ask.haveBytes > 0) {
        return unusable(Cause::RemoteChanged, "416: the file is shorter than what we have");
    }
    return AskPlainly{};
}

Verdict judgeRedirect(const ResponseHead &head, InsecureRedirect insecure)
{
    const auto downgrade =
        insecure == InsecureRedirect::Follow ? Downgrade::Followed : Downgrade::Refused;
    const auto hop = nextHop(head.url, head.header("Location"), downgrade);
    if (hop) {
        return NextHop{*hop};
    }
    switch (hop.error()) {
    case RedirectRefusal::NoLocation:
        return unusable(Cause::BadRedirect, "redirect without a usable Location");
    case RedirectRefusal::NotHttp:
        return unusable(Cause::BadRedirect, "redirect to something that is not http");
    case RedirectRefusal::Insecure:
        return unusable(Cause::InsecureRedirect, "https hands over to http");
    }
    Q_UNREACHABLE();
}

bool isBomb(const ResponseHead &head)
{
    qint64 bytes = 0;
    for (const HeaderField &field : head.headers) {
        bytes += field.first.size() + field.second.size();
    }
    return bytes > kMaxHeadBytes || head.headers.size() > kMaxHeadFields;
}

} // namespace

Verdict judge(const ResponseHead &head, const RangeAsk &ask, const QDateTime &nowUtc,
              InsecureRedirect insecure)
{
    if (isBomb(head)) {
        return unusable(Cause::BadAnswer, "more header fields than any file needs");
    }
    if (isRedirect(head.status)) {
        return judgeRedirect(head, insecure);
    }
    if (head.status == 416) {
        return judgeUnsatisfiable(head, ask);
    }
    const bool isBody = head.status == 200 || head.status == 203 || head.status == 206;
    if (!isBody) {
        return Unusable{.cause = causeOfStatus(head.status),
                        .retryAfter = parseRetryAfter(head.header("Retry-After"), nowUtc),
                        .detail = QStringLiteral("HTTP status %1").arg(head.status)};
    }
    if (const auto coded = refuseCoding(head, ask)) {
        return *coded;
    }
    return head.status == 206 ? judgePart(head, ask) : judgeWhole(head, ask);
}

} // namespace core
