// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/job/job_snapshot.h"

#include <QString>

namespace ui {

/// Name of a file as it may be painted. Never empty.
[[nodiscard]] QString displayName(const core::FileSnapshot &file);
/// What a file is doing, in words.
[[nodiscard]] QString describe(const core::FileSnapshot &file, const QDateTime &nowUtc,
                               core::JobType type);
/// "4.1 GB of 9.8 GB"; empty while nothing is known.
[[nodiscard]] QString amount(const core::FileSnapshot &file);
[[nodiscard]] std::optional<double> fractionDone(const core::FileSnapshot &file);

/// Whether opening the file would run it, or hand it to a program that installs or runs it. Such a
/// file is never opened for a person who only asked to see it.
[[nodiscard]] bool runsWhenOpened(const QString &fileName);

} // namespace ui
