// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/http/challenge.h"
#include "core/http/origin.h"
#include "core/job/job_error.h"
#include "core/transfer/exchange/response_head.h"

#include <QHash>

namespace core {

/// The login of a job for an origin: the one given for it, else its own for that of the file's
/// address. Never one for another.
[[nodiscard]] std::optional<Login> loginFor(const JobOptions &options, const QUrl &first,
                                            const QUrl &hop);

/// RFC 7617: Basic, in UTF-8.
[[nodiscard]] QByteArray basicField(const Login &login);

/// How an attempt logs in (RFC 7616, RFC 7617): nothing is sent before an origin has asked, and
/// then the best of what it offers: Digest by SHA-256 or MD5, Basic only where that is asked for.
/// What an origin has taken is sent along with the next requests to it.
class AttemptLogins {
public:
    /// The Authorization field for a request; empty where nobody has asked, or nothing was given.
    [[nodiscard]] QByteArray fieldFor(const QUrl &hop, const QByteArray &method,
                                      const std::optional<Login> &login);
    /// A 401 has come. Nothing when it is worth asking again, else why not.
    [[nodiscard]] std::optional<SignIn> take(const ResponseHead &head,
                                             const std::optional<Login> &login);
    /// A new exchange begins: what was taken before may have to be shown anew.
    void begin() { m_answered = 0; }

private:
    struct Asked {
        Challenge challenge;
        bool isSent = false;
        int count = 0; ///< of requests with this nonce
    };

    QHash<Origin, Asked> m_asked;
    int m_answered = 0; ///< challenges within one exchange
};

} // namespace core
