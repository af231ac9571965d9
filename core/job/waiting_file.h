// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/job/job_id.h"

#include <QString>

#include <optional>

namespace core {

/// A file that was stopped and that a fresh link may help.
struct WaitingFile {
    FileId file;
    QString name;
    qint64 bytesKept = 0;
    std::optional<qint64> sizeBytes;
    bool isOnlyNamed = false; ///< but for the name nothing agrees: its bytes are to be compared

    bool operator==(const WaitingFile &) const = default;
};

} // namespace core
