// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/job/job_error.h"

namespace core {

/// The header that a server wants which refuses for this reason, as it can be sent to the server of
/// this address; empty for other reasons.
[[nodiscard]] HeaderFields fieldsFor(Reason reason, const QUrl &url);

/// What is missing from the request that was refused; empty where nothing is known to be.
[[nodiscard]] inline HeaderFields missingFields(const JobError &error)
{
    return error.reason ? fieldsFor(*error.reason, error.url) : HeaderFields();
}

/// The link that was meant, where the name of its server is misspelt and a server of the list has
/// nearly the same; the one that the server has named itself for what was to be sent to it.
[[nodiscard]] std::optional<QUrl> likelyLink(const JobError &error);

/// Whether the two differ by one letter: another one, one too many, or two that changed places.
[[nodiscard]] bool isSpeltNearlyAs(const QString &one, const QString &other);

} // namespace core
