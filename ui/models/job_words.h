// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/job/job_snapshot.h"

#include <QString>

namespace ui {

/// Name of a job as it may be painted: no line breaks, nothing invisible. Never empty.
[[nodiscard]] QString displayName(const core::JobSnapshot &job);
/// What it is doing, and its priority where that is not the usual one.
[[nodiscard]] QString doing(const core::JobSnapshot &job, const QDateTime &nowUtc);
/// "4.1 GB of 9.8 GB", with the files before it when there are several. Empty while nothing is
/// known.
[[nodiscard]] QString amount(const core::JobSnapshot &job);
/// The same without the files.
[[nodiscard]] QString bytesOf(const core::JobSnapshot &job);
/// "3.2 MB/s · 2 min left"; empty unless bytes move.
[[nodiscard]] QString pace(const core::JobSnapshot &job);
/// "3.2 MB/s"; empty unless bytes move.
[[nodiscard]] QString rate(const core::JobSnapshot &job);
/// How much of the job is done, from 0 to 1. Nothing when that cannot be known.
[[nodiscard]] std::optional<double> fractionDone(const core::JobSnapshot &job);
/// The same of what the server has said that it has; nothing where there is no such difference.
[[nodiscard]] std::optional<double> fractionCertain(const core::JobSnapshot &job);
/// Whether a bar says anything: not before anything is known, once every byte is here, nor after
/// Cancel.
[[nodiscard]] bool hasBar(const core::JobSnapshot &job);
/// "42 %", rounded down so that 100 % means done. Empty when it cannot be known.
[[nodiscard]] QString percent(const core::JobSnapshot &job);

/// The text kept apart from the direction of what is around it: numbers, links and paths stay
/// readable where reading goes from right to left.
[[nodiscard]] QString isolated(const QString &text);

/// The whole row in one sentence, for a screen reader.
[[nodiscard]] QString spokenRow(const core::JobSnapshot &job, const QDateTime &nowUtc);
/// What the row may have cut off, as rich text in which nothing from outside is interpreted.
[[nodiscard]] QString toolTip(const core::JobSnapshot &job, const QDateTime &nowUtc);

} // namespace ui
