// SPDX-License-Identifier: Apache-2.0
#include "core/http/headers.h"

#include "core/http/address.h"
#include "core/http/grammar.h"

#include <algorithm>
#include <array>

namespace core {

namespace {

/// How a request is framed, which part of the file it asks for, and what belongs to the proxy.
constexpr std::array<QByteArrayView, 21> kReserved{
    "accept-encoding",
    "connection",
    "content-encoding",
    "content-length",
    "content-range",
    "expect",
    "host",
    "http2-settings",
    "if-match",
    "if-modified-since",
    "if-none-match",
    "if-range",
    "if-unmodified-since",
    "keep-alive",
    "proxy-authorization",
    "proxy-connection",
    "range",
    "te",
    "trailer",
    "transfer-encoding",
    "upgrade",
};

/// Parts of names that fields with secrets have. Rather one too many kept out of a log.
constexpr std::array<QByteArrayView, 13> kSecretParts{
    "auth",       "token",   "secret", "passw",     "apikey",  "api-key", "api_key",
    "credential", "session", "cookie", "signature", "private", "csrf",
};

/// A challenge says how to log in; it is not a login.
constexpr std::array<QByteArrayView, 2> kChallenges{"www-authenticate", "proxy-authenticate"};

QByteArray withoutLogin(const QByteArray &address)
{
    const QString text = withForwardSlashes(QString::fromLatin1(address)); // byte for byte
    const auto authority = writtenAuthority(text);
    if (!authority) {
        return address;
    }
    const qsizetype start = authority->data() - QStringView(text).data();
    return QByteArray(address).remove(start, authority->size() - hostAndPort(*authority).size());
}

} // namespace

bool isFieldName(QByteArrayView name)
{
    return !name.isEmpty() && std::ranges::all_of(name, isTokenChar);
}

bool isFieldValue(QByteArrayView value)
{
    return std::ranges::all_of(value, [](char c) { return c == '\t' || !isControl(c); });
}

std::optional<std::pair<QByteArray, QByteArray>> parseHeaderLine(QByteArrayView line)
{
    const qsizetype colon = line.indexOf(':');
    if (colon < 0) {
        return std::nullopt;
    }
    const QByteArrayView name = line.first(colon);
    const QByteArrayView value = trimmedOws(line.sliced(colon + 1));
    if (!isFieldName(name) || !isFieldValue(value)) {
        return std::nullopt;
    }
    return std::pair(name.toByteArray(), QByteArray(value.data(), value.size()));
}

std::optional<QByteArray> fieldValue(const QList<std::pair<QByteArray, QByteArray>> &fields,
                                     QByteArrayView name)
{
    std::optional<QByteArray> joined;
    for (const auto &[fieldName, value] : fields) {
        if (!isSame(fieldName, name)) {
            continue;
        }
        if (joined) {
            joined->append(", ").append(value);
        } else {
            joined = value;
        }
    }
    return joined;
}

bool isReservedFieldName(QByteArrayView name)
{
    return std::ranges::any_of(kReserved,
                               [name](QByteArrayView each) { return isSame(each, name); });
}

QByteArray valueToSend(QByteArrayView name, const QByteArray &value)
{
    return isSame(name, "referer") ? withoutLogin(value.split('#').constFirst()) : value;
}

bool isSecretFieldName(QByteArrayView name)
{
    if (std::ranges::any_of(kChallenges,
                            [name](QByteArrayView each) { return isSame(each, name); })) {
        return false;
    }
    const QByteArray lower = name.toByteArray().toLower();
    return std::ranges::any_of(kSecretParts,
                               [&lower](QByteArrayView part) { return lower.contains(part); });
}

} // namespace core
