// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/job/job_spec.h"

#include <QStringList>

namespace core {

/// The name to order a job with: its own, or, where it has none and several files, the first of
/// them and how many more: "a.iso and 2 more". Empty for one file: the engine calls the job after
/// it.
[[nodiscard]] QString orderedName(const JobSpec &spec);

/// A file among those that a question is about: its name, and its number in the job where another
/// of them has that name, too: "a.iso (#3)".
[[nodiscard]] QString nameAmong(const QStringList &names, const QString &name, int fileIndex);

} // namespace core
