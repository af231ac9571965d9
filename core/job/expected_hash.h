// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QByteArray>
#include <QString>

#include <optional>

namespace core {

/// A checksum the finished file must have, or the one it has. The digest is lower-case hex.
struct ExpectedHash {
    enum class Algorithm { Md5, Sha1, Sha256, Sha512, Blake2b };
    Algorithm algorithm = Algorithm::Sha256;
    QByteArray digestHex;

    bool operator==(const ExpectedHash &) const = default;
};

/// "sha256:…" as typed; nothing when the algorithm is unknown or the digest has not its length.
[[nodiscard]] std::optional<ExpectedHash> parseExpectedHash(QStringView typed);
/// "sha256:…"
[[nodiscard]] QString text(const ExpectedHash &hash);
/// "SHA-256", as people write it.
[[nodiscard]] QString label(ExpectedHash::Algorithm algorithm);

/// A checksum in any form in which it is usually handed on: as text() writes it, hexadecimal digits
/// alone, whose number tells the algorithm, a line of a SHA256SUMS file ("digits  name"), or the
/// form of BSD ("SHA256 (name) = digits"). Nothing when there is none in it, or more than one.
[[nodiscard]] std::optional<ExpectedHash> recognizeHash(QStringView pasted);

} // namespace core
