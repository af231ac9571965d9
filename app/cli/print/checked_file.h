// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/job/check_report.h"
#include "core/words/explain_check.h"

#include <QString>

namespace cli {

/// What a check has found out of a file.
struct CheckedFile {
    core::CheckReport report;
    core::CheckWords words;
    QString name; ///< empty where it does not matter which file it is
};

} // namespace cli
