// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/job/job_snapshot.h"

#include <QCoroTask>

namespace core {

/// What a callback says of a notification it was given.
enum class Delivery { Accepted, Refused };

/// Told about a job, in the sense of IBackgroundCopyCallback. Called on the engine's thread; any
/// command is legal inside. Job and error are lent as values.
///
/// jobTransferred and jobError are level-triggered and come until accepted: anything but Accepted,
/// a throw included, is redelivered after 1, 2, 4 … 300 s, until the state has moved on or another
/// callback is registered. jobError is given on entry to Error only, never for a transient error.
/// jobModified is coalesced, may be dropped, and what it returns is ignored; it is not given of a
/// job that is Transferred or final, of which jobTransferred was the last word.
class JobCallback {
public:
    JobCallback() = default;
    virtual ~JobCallback() = default;
    JobCallback(const JobCallback &) = delete;
    JobCallback &operator=(const JobCallback &) = delete;

    [[nodiscard]] virtual QCoro::Task<Delivery> jobTransferred(JobSnapshot job) = 0;
    [[nodiscard]] virtual QCoro::Task<Delivery> jobError(JobSnapshot job, JobError error) = 0;
    [[nodiscard]] virtual QCoro::Task<Delivery> jobModified(JobSnapshot job) = 0;
};

} // namespace core
