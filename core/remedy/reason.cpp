// SPDX-License-Identifier: Apache-2.0
#include "core/remedy/reason.h"

#include "core/http/origin.h"

#include <algorithm>
#include <cstdlib>

namespace core {

HeaderFields fieldsFor(Reason reason, const QUrl &url)
{
    switch (reason) {
    case Reason::WantsReferer:
        return {{"Referer", text(originOf(url)).toLatin1() + '/'}};
    case Reason::WantsBrowser:
        return {{"User-Agent",
                 "Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0"}};
    case Reason::TooManyConnections:
    case Reason::OtherFile:
    case Reason::AddressChanged:
    case Reason::NotUnpackable:
    case Reason::OfUnpacked:
    case Reason::IsFolder:
    case Reason::IsPipe:
    case Reason::IsDevice:
    case Reason::IsMadeWhenRead:
    case Reason::SpeaksTls:
    case Reason::SpeaksNoTls:
        return {};
    }
    Q_UNREACHABLE();
}

std::optional<QUrl> likelyLink(const JobError &error)
{
    const bool isSentOn = error.type == JobType::Upload && error.cause == Cause::BadRedirect;
    if (isSentOn && !error.evidence.redirects.isEmpty()) {
        return error.evidence.redirects.last();
    }
    if (error.reason == Reason::SpeaksTls) {
        QUrl link = error.url;
        link.setScheme(QStringLiteral("https"));
        return link;
    }
    if (error.cause != Cause::NameNotFound || error.similarHost.isEmpty()) {
        return std::nullopt;
    }
    QUrl link = error.url;
    link.setHost(error.similarHost);
    return link;
}

bool isSpeltNearlyAs(const QString &one, const QString &other)
{
    if (one == other || std::abs(one.size() - other.size()) > 1) {
        return false;
    }
    const auto [left, right] = std::ranges::mismatch(one, other);
    const qsizetype at = left - one.begin();
    const QStringView rest = QStringView(one).sliced(at);
    const QStringView otherRest = QStringView(other).sliced(at);
    if (one.size() != other.size()) { // one letter too many, or too few
        return one.size() > other.size() ? rest.sliced(1) == otherRest
                                         : rest == otherRest.sliced(1);
    }
    const bool isSwapped = rest.size() > 1 && rest[0] == otherRest[1] && rest[1] == otherRest[0] &&
                           rest.sliced(2) == otherRest.sliced(2);
    return isSwapped || rest.sliced(1) == otherRest.sliced(1);
}

} // namespace core
