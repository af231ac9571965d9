// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/job/job_id.h"

#include <QByteArray>

#include <optional>

namespace core {

/// What a part says of itself, in an extended attribute, so that it is known again when the list of
/// jobs does not tell of it any more. Never a link: whoever can read the file could read it.
struct PartMark {
    FileId file;
    QString stateFolder; ///< of the list that has the job

    bool operator==(const PartMark &) const = default;
};

/// "JOB FILE STATE-FOLDER", in UTF-8.
[[nodiscard]] QByteArray toBytes(const PartMark &mark);
/// Nothing for what is no mark: anybody may have written it.
[[nodiscard]] std::optional<PartMark> partMarkFrom(const QByteArray &bytes);

} // namespace core
