// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/job/job_error.h"

#include <QString>

namespace ui {

/// Header fields as a person types them, one "Name: value" a line.
struct HeaderLines {
    core::HeaderFields fields;
    QString problem; ///< one sentence with the line number, empty when every line was understood

    bool operator==(const HeaderLines &) const = default;
};

/// Blank lines are skipped. The engine has the last word on what may be sent.
[[nodiscard]] HeaderLines parseHeaderLines(const QString &typed);

} // namespace ui
