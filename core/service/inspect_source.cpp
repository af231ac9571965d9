// SPDX-License-Identifier: Apache-2.0
#include "core/service/inspect_source.h"

#include "core/disk/source_file.h"
#include "core/remedy/diagnose.h"

namespace core {

SourceReport inspectSource(const QString &path)
{
    SourceReport report{.path = path};
    if (const auto source = openSource(path)) {
        report.sizeBytes = (*source)->stamp.sizeBytes;
    } else {
        report.problem = diagnose(source.error());
        report.problem->type = JobType::Upload;
    }
    return report;
}

} // namespace core
