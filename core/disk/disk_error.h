// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/job/job_error.h"

#include <QString>

#include <tl/expected.hpp>

#include <cerrno>
#include <optional>

namespace core {

/// What the system said about a file or folder, before anyone decided what it means for a job.
struct DiskError {
    Step step = Step::Write;
    int osError = 0; ///< errno; 0 when we refused by ourselves
    QString path;
    std::optional<Cause> cause;         ///< set where errno alone would not tell (PartChanged, …)
    std::optional<qint64> bytesMissing; ///< how much more room is needed, where that is known
    std::optional<qint64> bytesWanted;  ///< what it would have come to, by what came of it so far
    std::optional<Reason> reason;       ///< what stands in place of a file (SourceNotAFile)

    bool operator==(const DiskError &) const = default;
};

template <typename T = void>
using DiskResult = tl::expected<T, DiskError>;

/// What the error means: the cause given, else the one that the errno stands for.
[[nodiscard]] Cause causeOf(const DiskError &error);

} // namespace core
