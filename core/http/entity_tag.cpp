// SPDX-License-Identifier: Apache-2.0
#include "core/http/entity_tag.h"

#include "core/http/http_date.h"

#include <algorithm>

namespace core {

namespace {

constexpr qint64 kSafelyOlderSeconds = 60;

/// etagc: visible ASCII without the double quote, and everything above ASCII.
bool isTagChar(char c)
{
    const auto byte = static_cast<unsigned char>(c);
    return byte == 0x21 || (byte >= 0x23 && byte <= 0x7e) || byte >= 0x80;
}

/// A file that was changed twice within a second may have kept its date; one that had not been
/// touched for a while when it was sent cannot.
bool isStrongDate(const QByteArray &lastModified, const QByteArray &date)
{
    const auto modifiedAt = parseHttpDate(lastModified);
    const auto sentAt = parseHttpDate(date);
    return modifiedAt && sentAt && modifiedAt->secsTo(*sentAt) >= kSafelyOlderSeconds;
}

} // namespace

bool isStrongEntityTag(QByteArrayView value)
{
    return value.size() >= 2 && value.front() == '"' && value.back() == '"' &&
           std::ranges::all_of(value.sliced(1, value.size() - 2), isTagChar);
}

QByteArray ifRangeValue(const QByteArray &etag, const QByteArray &lastModified,
                        const QByteArray &date)
{
    if (isStrongEntityTag(etag) && etag.size() > 2) {
        return etag;
    }
    // A date may be sent only where there is no tag at all, not even a weak one.
    const bool dateWillDo = etag.isEmpty() && isStrongDate(lastModified, date);
    return dateWillDo ? lastModified.trimmed() : QByteArray();
}

} // namespace core
