// SPDX-License-Identifier: Apache-2.0
#include "core/transfer/exchange/classify_response.h"

#include "core/http/address.h"
#include "core/http/content_range.h"
#include "core/http/entity_tag.h"
#include "core/http/http_date.h"
#include "core/http/redirect.h"
#include "core/remedy/diagnose.h"
#include "core/transfer/exchange/content_coding.h"

#include <QRegularExpression>

#include <algorithm>

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

struct DeclaredLength {
    std::optional<qint64> bytes;
    bool isValid = true;
};

DeclaredLength lengthOf(const ResponseHead &head)
{
    const QByteArray field = head.header("Content-Length");
    const bool saysNothing = field.isEmpty() || field.trimmed() == "-1"; // "unknown" in many APIs
    if (saysNothing || !head.header("Transfer-Encoding").isEmpty()) {
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

/// Whether enough of what is held comes again to prove by itself that it is of this version. Bytes
/// behind a hole have nothing to do with it.
bool isCompared(const KnownVersion &known, qint64 firstByte)
{
    const qint64 until = comparedUntil(known, firstByte);
    return until == known.held.end() && until > firstByte &&
           until - firstByte >= std::min(kComparedBytes, until);
}

ResponseVerdict classifyWhole(const ResponseHead &head, const DeclaredLength &length,
                              const KnownVersion &known)
{
    if (!known.held.isEmpty() && known.sizeBytes && length.bytes &&
        *known.sizeBytes != *length.bytes) {
        return unusable(Cause::RemoteChanged, "another size");
    }
    if (length.bytes && *length.bytes < known.held.end()) {
        return unusable(Cause::RemoteChanged, "shorter than what we have");
    }
    const Validator now = validatorOf(head);
    if (isOtherVersion(known, now) && !isCompared(known, 0)) {
        return unusable(Cause::RemoteChanged, "another ETag");
    }
    return BodyPlan{.firstByte = 0,
                    .endByte = length.bytes,
                    .compareUntil = comparedUntil(known, 0),
                    .sizeBytes = length.bytes,
                    .validator = now};
}

/// Where a part may begin: as asked, or earlier with bytes that are held and so compared.
bool isUsableBegin(const ContentAsk &ask, const ContentRange &range)
{
    const qint64 asked = ask.range->first;
    return *range.first == asked ||
           (*range.first < asked && range.total && comparedUntil(ask.known, *range.first) >= asked);
}

/// Whether a part has another time than our bytes, and no tag that would say more: the condition of
/// the request was not heeded, or there was none.
bool isOfOtherTime(const KnownVersion &known, const Validator &now)
{
    const bool hasSameTag = isStrongEntityTag(now.etag) && now.etag == known.validator.etag;
    return !known.held.isEmpty() && !hasSameTag && !now.lastModified.isEmpty() &&
           !known.validator.lastModified.isEmpty() &&
           now.lastModified != known.validator.lastModified;
}

/// Whether a part that does not say which may be the whole: not several, and none that begins
/// elsewhere, as far as that can be read.
bool mayBeWhole(const ResponseHead &head)
{
    static const QRegularExpression kFromStart(QStringLiteral("\\A(bytes)?[ :=]*0 *-"),
                                               QRegularExpression::CaseInsensitiveOption);
    const QByteArray range = head.header("Content-Range").trimmed();
    return !head.header("Content-Type").startsWith("multipart/") &&
           (range.isEmpty() || kFromStart.match(QString::fromLatin1(range)).hasMatch());
}

/// Asked for no part, some servers say 206 all the same, and not of what: all, as it seems.
ResponseVerdict classifyUnaskedPart(const ResponseHead &head, const DeclaredLength &length,
                                    const KnownVersion &known)
{
    ResponseVerdict verdict = classifyWhole(head, length, known);
    if (auto *plan = std::get_if<BodyPlan>(&verdict)) {
        plan->sizeBytes = known.sizeBytes;
    }
    return verdict;
}

ResponseVerdict classifyPart(const ResponseHead &head, const DeclaredLength &length,
                             const ContentAsk &ask)
{
    const auto range = parseContentRange(head.header("Content-Range"));
    const qint64 end = range && range->last ? *range->last + 1 : 0;
    const bool isAll = range && range->first == 0 &&
                       (range->total ? end == *range->total : !ask.range.has_value());
    if (!ask.range && !range && mayBeWhole(head)) {
        return classifyUnaskedPart(head, length, ask.known);
    }
    if (!ask.range && !isAll) {
        return unusable(Cause::BadAnswer, "206 to a request without Range");
    }
    if (!range || !range->first) {
        return unusable(Cause::RangeRefused, "206 without a usable Content-Range");
    }
    if (!isAll && !isUsableBegin(ask, *range)) {
        return unusable(Cause::RangeRefused, "206 of another range than asked");
    }
    if (length.bytes && *length.bytes != end - *range->first) {
        return unusable(Cause::BadAnswer, "Content-Length contradicts Content-Range");
    }
    const KnownVersion &known = ask.known;
    const Validator now = validatorOf(head);
    if ((isOtherVersion(known, now) || isOfOtherTime(known, now)) &&
        !isCompared(known, *range->first)) {
        return unusable(Cause::RemoteChanged, "another ETag or Last-Modified");
    }
    if (known.sizeBytes && range->total && *known.sizeBytes != *range->total) {
        return unusable(Cause::RemoteChanged, "another size");
    }
    if (!isAll && ask.range->end && end > *ask.range->end) {
        return unusable(Cause::RangeRefused, "206 of more than was asked");
    }
    return BodyPlan{.firstByte = *range->first,
                    .endByte = end,
                    .compareUntil = comparedUntil(known, *range->first),
                    .sizeBytes = range->total ? range->total : known.sizeBytes,
                    .validator = now};
}

/// Some servers send a part under the status of the whole file: its length gives it away. If-Range
/// proves nothing there, so the version is to be proven otherwise.
bool isPartUnder200(const ResponseHead &head, const DeclaredLength &length)
{
    const auto range = parseContentRange(head.header("Content-Range"));
    const bool isPart =
        range && range->first && (*range->first > 0 || *range->last + 1 < range->total.value_or(0));
    return isPart && length.bytes && *length.bytes == *range->last + 1 - *range->first;
}

ResponseVerdict classifyPartUnder200(const ResponseHead &head, const DeclaredLength &length,
                                     const ContentAsk &ask)
{
    const ResponseVerdict verdict = classifyPart(head, length, ask);
    const auto *plan = std::get_if<BodyPlan>(&verdict);
    if (plan == nullptr || isCompared(ask.known, plan->firstByte) ||
        (isStrongEntityTag(plan->validator.etag) &&
         plan->validator.etag == ask.known.validator.etag)) {
        return verdict;
    }
    return unusable(Cause::RangeRefused, "a part as if it were the whole file");
}

ResponseVerdict classifyContent(const ResponseHead &head, const ContentAsk &ask)
{
    if (ask.known.acceptance == Acceptance::Checked && isCoded(head, ask.known.name)) {
        return unusable(Cause::EncodedAnswer, "a coding that was not asked for");
    }
    if (ask.known.acceptance == Acceptance::Checked && head.status != 206 && isStripped(head)) {
        return unusable(Cause::BadAnswer, "no header field came through");
    }
    const DeclaredLength length = lengthOf(head);
    if (!length.isValid) {
        return unusable(Cause::BadAnswer, "invalid or conflicting Content-Length");
    }
    if (head.status == 206) {
        return classifyPart(head, length, ask);
    }
    return isPartUnder200(head, length) ? classifyPartUnder200(head, length, ask)
                                        : classifyWhole(head, length, ask.known);
}

ResponseVerdict classifyUnsatisfiable(const ResponseHead &head, const ContentAsk &ask)
{
    const auto range = parseContentRange(head.header("Content-Range"));
    const auto total = range ? range->total : std::nullopt;
    const bool isAllHeld = total && *total > 0 && ask.known.held == RangeSet::prefix(*total);
    if (isAllHeld && ask.known.sizeBytes.value_or(*total) != *total) {
        return unusable(Cause::RemoteChanged, "416: another size");
    }
    if (isAllHeld && (!ask.range || ask.range->first >= *total)) {
        return NothingMissing{*total};
    }
    const bool isLess = total && *total < ask.known.held.end();
    if (!ask.known.held.isEmpty() && (isLess || !ask.range)) {
        return unusable(Cause::RemoteChanged, "416: there is less than what we have");
    }
    if (!ask.range) {
        return unusable(Cause::BadAnswer, "416 to a request without Range");
    }
    return unusable(Cause::RangeRefused, "416 to a part that there should be");
}

ResponseVerdict otherScheme(const QString &scheme)
{
    Unusable verdict{.cause = Cause::BadRedirect,
                     .detail = QStringLiteral("redirect to something that is not http")};
    if (!isHttpScheme(scheme)) { // http without a host
        verdict.otherScheme = scheme;
    }
    return verdict;
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
        return otherScheme(schemeOf(head.header("Location")));
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

bool isOtherVersion(const KnownVersion &known, const Validator &now)
{
    return !known.held.isEmpty() && isStrongEntityTag(known.validator.etag) &&
           isStrongEntityTag(now.etag) && known.validator.etag != now.etag;
}

bool isPiece(const ResponseVerdict &verdict, const ResponseHead &head, const KnownVersion &known,
             ByteRange piece)
{
    const auto *plan = std::get_if<BodyPlan>(&verdict);
    if (plan == nullptr || head.status != 206) {
        return false;
    }
    const Validator &ours = known.validator;
    const bool isOfVersion = isStrongEntityTag(ours.etag)
                                 ? ours.etag == plan->validator.etag
                                 : ours.lastModified == plan->validator.lastModified;
    return isOfVersion && plan->firstByte == piece.first && plan->endByte == piece.end &&
           plan->compareUntil <= piece.first && plan->sizeBytes == known.sizeBytes;
}

ResponseVerdict classifyResponse(const ResponseHead &head, const std::optional<ContentAsk> &ask,
                                 const QDateTime &nowUtc, InsecureRedirect insecure)
{
    if (isBomb(head)) {
        return unusable(Cause::BadAnswer, "more header fields than any file needs");
    }
    // A server that has several may name the one it likes best (RFC 9110, 15.4.1).
    const bool isPicked = head.status == 300 && !head.header("Location").isEmpty();
    if (isPicked || isRedirect(head.status)) {
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
    return classifyContent(head, *ask);
}

} // namespace core
