// SPDX-License-Identifier: Apache-2.0
#include "core/queue/replace_consent.h"

#include "core/queue/fix_target.h"

#include <algorithm>

namespace core {

namespace {

bool leadsElsewhere(FixKind kind, JobType type)
{
    return kind == FixKind::OtherFolder || kind == FixKind::OtherName ||
           (kind == FixKind::NewLink && type == JobType::Upload);
}

} // namespace

void keepConsentToItsPlace(const Fixes &fixes, JobRecord *job)
{
    const bool isGivenAnew =
        std::ranges::any_of(fixes, [](const Fix &fix) { return kindOf(fix) == FixKind::Replace; });
    for (const Fix &fix : fixes) {
        if (isGivenAnew || !leadsElsewhere(kindOf(fix), job->type)) {
            continue;
        }
        const bool isOfAll = kindOf(fix) == FixKind::OtherFolder;
        const int meant = fileMeant(*job, fileNamed(fix)).value_or(0);
        for (int i = 0; i < int(job->files.size()); ++i) {
            FileRecord &file = job->files[i];
            const bool isToReplace =
                file.state != FileState::Published &&
                file.existing.value_or(job->options.existing) == ExistingFile::Replace;
            if (isToReplace && (isOfAll || i == meant)) {
                file.existing = ExistingFile::Ask;
            }
        }
    }
}

} // namespace core
