// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/notify/job_callback.h"

#include <functional>
#include <stdexcept>

/// A callback that answers as it was told, and counts.
class Listener final : public core::JobCallback {
public:
    QCoro::Task<core::Delivery> jobTransferred(core::JobSnapshot job) override
    {
        ++transferred;
        last = job;
        if (onTransferred) {
            onTransferred();
        }
        co_return answer();
    }
    QCoro::Task<core::Delivery> jobError(core::JobSnapshot job, core::JobError error) override
    {
        ++errors;
        last = job;
        lastError = error;
        if (onError) {
            onError();
        }
        co_return answer();
    }
    QCoro::Task<core::Delivery> jobModified(core::JobSnapshot job) override
    {
        ++modified;
        if (onModified) {
            onModified(job);
        }
        co_return core::Delivery::Refused;
    }

    int refusals = 0; ///< so many times it refuses before it accepts
    bool throws = false;
    int transferred = 0;
    int errors = 0;
    int modified = 0;
    core::JobSnapshot last;
    core::JobError lastError;
    std::function<void()> onTransferred;
    std::function<void()> onError;
    std::function<void(core::JobSnapshot)> onModified;

private:
    core::Delivery answer()
    {
        if (throws) {
            throw std::runtime_error("broken");
        }
        return refusals-- > 0 ? core::Delivery::Refused : core::Delivery::Accepted;
    }
};
