// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QByteArray>

#include <optional>

namespace core {

/// The digest that a server states for a whole representation, whatever part of it was sent.
struct StatedDigest {
    enum class Algorithm { Sha256, Sha512 };
    Algorithm algorithm = Algorithm::Sha256;
    QByteArray digestHex; ///< lower case

    bool operator==(const StatedDigest &) const = default;
};

/// The strongest digest of a Repr-Digest field (RFC 9530, 3: a dictionary of byte sequences of RFC
/// 8941). Strict and total: where any member breaks the grammar, or one that we know has not its
/// length, the field says nothing. Content-Digest is no use to us, it is about the part on the
/// wire.
[[nodiscard]] std::optional<StatedDigest> parseReprDigest(QByteArrayView value);

/// The same of the older Digest field (RFC 3230, 4.3.2), whose names have no case and whose values
/// no colons. Digests by MD5, SHA-1 and checksums are passed over: they prove nothing.
[[nodiscard]] std::optional<StatedDigest> parseInstanceDigest(QByteArrayView value);

} // namespace core
