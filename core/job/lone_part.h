// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QString>

namespace core {

/// An unfinished file that no job knows of.
struct LonePart {
    QString path;
    QString name; ///< what it would be called in the end
    qint64 bytes = 0;

    bool operator==(const LonePart &) const = default;
};

} // namespace core
