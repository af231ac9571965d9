// SPDX-License-Identifier: Apache-2.0
#include "core/transfer/exchange/classify_response.h"

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
bool isOtherVersion(const KnownVersion &known, const Validator &now)
{
    return !known.held.isEmpty() && isStrongEntityTag(known.validator.etag) &&
           isStrongEntityTag(now.etag) && known.validator.etag != now.etag;
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

std::optional<Unusable> refuseCoding(const ResponseHead &head, const KnownVersion &known)
{
    if (!isPlainTransfer(head)) {
        return unusable(Cause::EncodedAnswer, "a transfer coding that was not asked for");
    }
    const QByteArray coding = head.header("Content-Encoding").trimmed().toLower();
    if (coding.isEmpty() || coding == "identity") {
        return std::nullopt;
    }
    if (known.held.isEmpty() && codingIsTheFileItself(head)) {
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

/// The end of the unbroken run of held bytes that the body begins with: so far it is compared.
qint64 comparedUntil(const KnownVersion &known, qint64 firstByte)
{
    const auto run = std::ranges::find_if(known.held.ranges(), [firstByte](const ByteRange &each) {
        return each.first <= firstByte && firstByte <= each.end;
    });
    return run == known.held.ranges().end() ? firstByte : run->end;
}

ResponseVerdict classifyWhole(const ResponseHead &head, const KnownVersion &known)
{
    if (isStripped(head)) {
        return unusable(Cause::BadAnswer, "no header field came through");
    }
    const DeclaredLength length = lengthOf(head);
    if (!length.isValid) {
        return unusable(Cause::BadAnswer, "invalid or conflicting Content-Length");
    }
    const Validator now = validatorOf(head);
    if (isOtherVersion(known, now)) {
        return unusable(Cause::RemoteChanged, "another ETag");
    }
    if (!known.held.isEmpty() && known.sizeBytes && length.bytes &&
        *known.sizeBytes != *length.bytes) {
        return unusable(Cause::RemoteChanged, "another size");
    }
    if (length.bytes && *length.bytes < known.held.end()) {
        return unusable(Cause::RemoteChanged, "shorter than what we have");
    }
    return BodyPlan{.firstByte = 0,
                    .endByte = length.bytes,
                    .compareUntil = comparedUntil(known, 0),
                    .sizeBytes = length.bytes,
                    .validator = now};
}

ResponseVerdict classifyPart(const ResponseHead &head, const ContentAsk &ask)
{
    const auto range = parseContentRange(head.header("Content-Range"));
    if (!ask.range) {
        return unusable(Cause::BadAnswer, "206 to a request without Range");
    }
    if (!range || !range->first) {
        return unusable(Cause::RangeRefused, "206 without a usable Content-Range");
    }
    const qint64 end = *range->last + 1;
    if (*range->first != ask.range->first) {
        return unusable(Cause::RangeRefused, "206 of another range than asked");
    }
    const DeclaredLength length = lengthOf(head);
    if (!length.isValid || (length.bytes && *length.bytes != end - *range->first)) {
        return unusable(Cause::BadAnswer, "Content-Length contradicts Content-Range");
    }
    const KnownVersion &known = ask.known;
    const Validator now = validatorOf(head);
    if (isOtherVersion(known, now)) {
        return unusable(Cause::RemoteChanged, "another ETag");
    }
    if (known.sizeBytes && range->total && *known.sizeBytes != *range->total) {
        return unusable(Cause::RemoteChanged, "another size");
    }
    if (ask.range->end && end > *ask.range->end) {
        return unusable(Cause::RangeRefused, "206 of more than was asked");
    }
    return BodyPlan{.firstByte = ask.range->first,
                    .endByte = end,
                    .compareUntil = comparedUntil(known, ask.range->first),
                    .sizeBytes = range->total ? range->total : known.sizeBytes,
                    .validator = now};
}

ResponseVerdict classifyUnsatisfiable(const ResponseHead &head, const ContentAsk &ask)
{
    const auto range = parseContentRange(head.header("Content-Range"));
    if (range && range->total && ask.known.held == RangeSet::prefix(*range->total)) {
        return NothingMissing{*range->total};
    }
    if (!ask.known.held.isEmpty()) {
        return unusable(Cause::RemoteChanged, "416: the file is shorter than what we have");
    }
    if (!ask.range) {
        return unusable(Cause::BadAnswer, "416 to a request without Range");
    }
    return AskPlainly{};
}

ResponseVerdict classifyRedirect(const ResponseHead &head, InsecureRedirect insecure)
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

Unusable refusalOf(const ResponseHead &head, const QDateTime &nowUtc)
{
    return {.cause = causeOfStatus(head.status),
            .retryAfter = parseRetryAfter(head.header("Retry-After"), nowUtc),
            .detail = QStringLiteral("HTTP status %1").arg(head.status)};
}

} // namespace

ResponseVerdict classifyResponse(const ResponseHead &head, const std::optional<ContentAsk> &ask,
                                 const QDateTime &nowUtc, InsecureRedirect insecure)
{
    if (isBomb(head)) {
        return unusable(Cause::BadAnswer, "more header fields than any file needs");
    }
    if (isRedirect(head.status)) {
        return classifyRedirect(head, insecure);
    }
    if (!ask) {
        const bool isSuccess = head.status >= 200 && head.status < 300;
        return isSuccess ? ResponseVerdict(Accepted{}) : refusalOf(head, nowUtc);
    }
    if (head.status == 416) {
        return classifyUnsatisfiable(head, *ask);
    }
    if (!hasContent(head)) {
        return refusalOf(head, nowUtc);
    }
    if (const auto coded = refuseCoding(head, ask->known)) {
        return *coded;
    }
    return head.status == 206 ? classifyPart(head, *ask) : classifyWhole(head, ask->known);
}

} // namespace core
