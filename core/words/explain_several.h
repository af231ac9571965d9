// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/words/explain.h"

namespace core {

/// Failures of one question group in the words for all of them together; for one as explain() has
/// it. `bytesSaved` is what is kept of all their jobs.
[[nodiscard]] Explanation explainAll(const QList<JobError> &errors, qint64 bytesSaved);

/// Whether the two are asked in the same words, whatever these are filled with, and with the same
/// repairs.
[[nodiscard]] bool areAskedAlike(const JobError &one, const JobError &other);

/// The label of a repair that goes to several files: "Go on without these files".
[[nodiscard]] QString labelForAll(FixKind kind, const JobError &error);
/// What it does to them; `error` is any one of theirs.
[[nodiscard]] QString describeForAll(FixKind kind, const JobError &error);

} // namespace core
