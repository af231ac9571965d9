// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QByteArray>
#include <QList>
#include <QUrl>

#include <tl/expected.hpp>

#include <utility>

namespace core {

/// A request that was copied from the developer tools of a browser as a command for curl.
struct CopiedRequest {
    QUrl url; ///< without a login
    QList<std::pair<QByteArray, QByteArray>> headers;
    QString user; ///< empty: no login
    QString password;

    bool operator==(const CopiedRequest &) const = default;
};

/// Why such a command is not taken.
struct CurlRefusal {
    enum class Kind {
        Unreadable, ///< its quotation marks do not match, or it was copied for another shell
        NoLink,
        SeveralLinks,
        BadLink,
        BadHeader,
        OtherMethod, ///< it sends something, and does not only fetch
        Option,      ///< it asks for something that is not done here
    };
    Kind kind = Kind::Unreadable;
    QString subject; ///< the option, header or method that is at fault; never a value

    bool operator==(const CurlRefusal &) const = default;
};

/// Whether the text is meant to be such a command rather than a link.
[[nodiscard]] bool isCurlCommand(const QString &text);

/// Reads the command as a shell would (POSIX quoting and $'…'), and runs nothing. Taken are the
/// address, header fields, cookies, user agent, referrer and login of a GET; what only concerns how
/// curl shows things is left out, as are fields that belong to the transfer (Range, Host);
/// everything else is refused by name. Total: any text is read or refused.
[[nodiscard]] tl::expected<CopiedRequest, CurlRefusal> parseCurlCommand(const QString &text);

} // namespace core
