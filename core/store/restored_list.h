// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QDateTime>
#include <QString>

#include <optional>

namespace core {

/// That another has taken the place of a list of jobs that was damaged.
struct RestoredList {
    std::optional<QDateTime> copyOf; ///< UTC, the backup; nothing where none was good
    QString damagedPath;             ///< where the damaged file is now
    int savedJobs = 0;               ///< that the damaged list could still tell, beside the backup

    bool operator==(const RestoredList &) const = default;
};

} // namespace core
