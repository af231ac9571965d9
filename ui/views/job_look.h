// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/job/job_snapshot.h"

#include <QColor>
#include <QString>

class QPalette;

namespace ui {

/// How urgent something is, as a colour. A shape or a word always says the same.
enum class Accent { Plain, Quiet, Active, Waiting, Attention, Good };

/// How a job is drawn: the shape of its icon and the colour of both icon and bar.
struct JobLook {
    QString iconName;
    Accent accent = Accent::Plain;

    bool operator==(const JobLook &) const = default;
};

[[nodiscard]] JobLook lookOf(const core::JobSnapshot &job, const QDateTime &nowUtc);

/// The accent on the base colour of this palette, light or dark, with enough contrast to read.
[[nodiscard]] QColor colourOf(Accent accent, const QPalette &palette);
/// Between two colours; 0 is the first.
[[nodiscard]] QColor blend(const QColor &first, const QColor &second, qreal share);

} // namespace ui
