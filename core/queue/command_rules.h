// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/job/job_record.h"
#include "core/job/refusal.h"
#include "core/remedy/fix.h"
#include "core/store/store_error.h"

#include <map>

namespace core {

// Whether a command may be carried out, and what it would do: pure functions of the record.

[[nodiscard]] Refusal unknownJob(JobId id);
[[nodiscard]] Refusal notSaved(const StoreError &error);
/// About this command on this job.
[[nodiscard]] Refusal refused(RefusalKind kind, const JobRecord &job, JobEvent command);
/// Why the table refuses the command, if it does.
[[nodiscard]] std::optional<Refusal> refusalByTable(const JobRecord &job, JobEvent command);
/// Two files sent to one address at a time are one too many: nobody could tell whose it is that is
/// there. Refused is the upload that would go on while another one is not done with its address.
/// Where tus is spoken, each has a place of its own.
[[nodiscard]] std::optional<Refusal> refusalByPlace(const JobRecord &upload,
                                                    const std::map<JobId, JobRecord> &jobs);
/// The files as they are added to the job, all of them or none.
[[nodiscard]] Answer<QList<FileRecord>> filesToAdd(const JobRecord &job,
                                                   const QList<FileSpec> &files);

/// What Resume makes of a job.
struct Resumption {
    enum class How {
        Running,  ///< it is under way: nothing changes
        Fetch,    ///< there are files to fetch
        Complete, ///< all is there: the Complete that met an obstacle goes on
    };
    JobRecord record;
    How how = How::Fetch;
};
/// Of a job whose state the table lets resume. What failed is tried again, but for the files left.
[[nodiscard]] Answer<Resumption> planResume(const JobRecord &job, const Fixes &fixes,
                                            const QList<FileId> &left = {});

} // namespace core
