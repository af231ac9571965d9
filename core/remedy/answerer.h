// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/job/job_error.h"

namespace core {

/// Who gave an answer where a proxy was on the way.
enum class Answerer {
    Server,
    Proxy,   ///< in its own name: the server was not asked, or did not answer
    Unknown, ///< the answer bears no mark of either
};

/// Told by the way and by the header fields: what comes out of a tunnel is of the server; a proxy
/// marks its own words (RFC 9209, 2.1.1; X-Squid-Error) and what it hands on (RFC 9110, 7.6.3).
[[nodiscard]] Answerer answererOf(const JobError &error);

/// The cause of a status that a proxy answered with in its own name, where it is another than that
/// of the same status from the server.
[[nodiscard]] Cause causeFromProxy(Cause cause, int httpStatus);

} // namespace core
