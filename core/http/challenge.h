// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QByteArray>
#include <QHash>
#include <QList>

namespace core {

/// One way to log in that a server offers (RFC 9110, 11.6.1).
struct Challenge {
    QByteArray scheme;                        ///< lower case
    QHash<QByteArray, QByteArray> parameters; ///< names in lower case, values unquoted
};

/// The challenges of WWW-Authenticate, in the order of the server; several fields may have been
/// joined by commas. Total: what cannot be read is left out.
[[nodiscard]] QList<Challenge> parseChallenges(QByteArrayView field);

} // namespace core
