// SPDX-License-Identifier: Apache-2.0
#include "core/queue/fix_target.h"

#include "core/job/question.h"
#include "core/remedy/catalogue.h"

#include <algorithm>

namespace core {

std::optional<JobError> questionMeant(const JobRecord &job)
{
    auto question = questionOf(job);
    return question ? question : job.error;
}

std::optional<int> fileMeant(const JobRecord &job, std::optional<int> named)
{
    if (named) {
        return named;
    }
    if (const auto question = questionMeant(job)) {
        return question->fileIndex;
    }
    return job.files.size() == 1 ? std::optional(0) : std::nullopt;
}

bool hasMeaning(FixKind kind, const JobRecord &record)
{
    if (!isFor(kind, record.type)) {
        return false;
    }
    if (record.type != JobType::Upload) {
        return true;
    }
    const bool isTus = record.options.protocol == UploadProtocol::Tus ||
                       std::ranges::any_of(record.files, [](const FileRecord &file) {
                           return file.upload.protocol == UploadProtocol::Tus;
                       });
    if (kind == FixKind::OtherName || kind == FixKind::Replace) {
        return !isTus; // the server gives names itself
    }
    const auto question = questionMeant(record);
    return kind != FixKind::CreateFolder ||
           (!isTus && (!question || fixesFor(*question).contains(kind)));
}

} // namespace core
