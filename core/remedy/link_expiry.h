// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/job/job_error.h"

#include <QDateTime>
#include <QUrl>

#include <optional>

namespace core {

/// When a signed link stops working, by its own words: the query fields of the common storage
/// services and link signers, and tokens that say so (RFC 7519). UTC. Nothing when it does not say
/// so in a form that leaves no doubt; the earliest when it says so more than once.
[[nodiscard]] std::optional<QDateTime> linkExpiry(const QUrl &url);

/// The moment at which the link that was refused had run out: an answer of 400, 403 or 410 to a
/// link whose own expiry lay in the past then, by the clock of the server where that is known.
/// Nothing when the refusal has another reason.
[[nodiscard]] std::optional<QDateTime> runOutSince(const JobError &error);

[[nodiscard]] inline bool isAboutRunOutLink(const JobError &error)
{
    return runOutSince(error).has_value();
}

} // namespace core
