// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/job/timeline.h"
#include "core/store/job_store.h"

namespace core {

/// Who is told of the jobs. Called on the engine's thread, from inside the change: whoever is told
/// only takes note, and asks later.
class JobListener {
public:
    /// A snapshot of it may say something else now.
    virtual void jobChanged(JobId id) = 0;
    virtual void jobRemoved(JobId id) = 0;
    /// The job needs to be told of to these, until they have accepted it or it is void.
    virtual void noticeDue(JobId id, Untold who) = 0;
    virtual void noticeVoid(JobId id) = 0;
    /// Another entry of the timeline of a job; it is saved with the next commit of the job.
    virtual void noted(JobId id, const TimelineEntry &entry) = 0;
    virtual void saveFailed(const StoreError &error) = 0;

protected:
    ~JobListener() = default;
};

} // namespace core
