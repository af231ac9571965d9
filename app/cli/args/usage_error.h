// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/job/job_error.h"

#include <QString>

#include <tl/expected.hpp>

#include <optional>
#include <utility>

namespace cli {

/// Why a command line was not understood: one clear sentence, or one per line where several things
/// are wrong. Nothing has been done when one is returned.
struct UsageError {
    QString sentence;
    std::optional<core::JobError> problem; ///< of what was named, where it is not the words

    bool operator==(const UsageError &) const = default;
};

template <typename T>
using Parsed = tl::expected<T, UsageError>;

[[nodiscard]] inline tl::unexpected<UsageError> misused(QString sentence)
{
    return tl::unexpected(UsageError{std::move(sentence)});
}

} // namespace cli
