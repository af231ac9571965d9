// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QDateTime>
#include <QString>

namespace core {

/// That a copy has taken the place of a list of jobs that was damaged.
struct RestoredList {
    QDateTime copyOf;    ///< UTC: what was changed later is not in it
    QString damagedPath; ///< where the damaged file is now
    int newerJobs = 0;   ///< that the copy does not have, and the damaged list could still tell

    bool operator==(const RestoredList &) const = default;
};

} // namespace core
