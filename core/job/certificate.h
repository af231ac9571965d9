// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QByteArray>
#include <QDateTime>
#include <QString>
#include <QStringList>

namespace core {

/// The certificate of a server as it was seen when the connection was given up. All of it was
/// written by whoever answered, so it is shown as plain text and nothing is decided from the names.
struct SeenCertificate {
    QByteArray sha256Hex; ///< of the whole certificate, lower case, 64 digits
    QString subject;      ///< whom it is made out to, as far as it says
    QString issuer;       ///< who vouches for it
    QStringList names;    ///< the hosts it is for
    QDateTime notBefore;  ///< UTC
    QDateTime notAfter;   ///< UTC

    bool operator==(const SeenCertificate &) const = default;
};

/// A decision of a person: this very certificate is good for this host and port, whatever is wrong
/// with it. Any other certificate there, and this one anywhere else, is looked at as always.
struct TrustedCertificate {
    QString host; ///< lower case, ACE
    int port = 0;
    QByteArray sha256Hex;
    QDateTime trustedAt; ///< UTC

    bool operator==(const TrustedCertificate &) const = default;
};

inline constexpr int kMaxPort = 65'535;

/// 64 hexadecimal digits, with or without colons or white space between them, or a title and "="
/// before them, as programs print a fingerprint; lower case without them, or nothing when it is
/// none.
[[nodiscard]] QByteArray parseFingerprint(QStringView typed);
/// "AB:CD:…" for people to compare.
[[nodiscard]] QString formatFingerprint(const QByteArray &sha256Hex);

} // namespace core
