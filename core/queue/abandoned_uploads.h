// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/queue/job_life.h"
#include "core/transfer/transfer_world.h"
#include "core/transfer/upload_order.h"

#include <QCoroTask>
#include <QObject>
#include <QPromise>

#include <functional>
#include <memory>
#include <set>
#include <stop_token>
#include <vector>

namespace core {

/// Uploads of which the server still has a part that nobody goes on with, as after Cancel: it is
/// told to forget it, which is tried a few times and then left to the server (BITS: Cancel of an
/// upload). The local file is not touched.
class AbandonedUploads final : public QObject {
public:
    AbandonedUploads(TransferWorld world, TransferLimits limits, JobRecords *records,
                     JobLife *life);

    /// Whether a server has to be told.
    [[nodiscard]] static bool isDue(const JobRecord &job);
    /// Tells it, unless that is under way.
    void begin(JobId id);
    /// Tells it where the job was repaired so that it begins anew, there or elsewhere.
    void leave(const JobRecord &before, const JobRecord &after);
    [[nodiscard]] int count() const { return int(m_running.size()); }
    /// Tries no further; ready when what is under way has ended. What is left is done by the next
    /// program.
    [[nodiscard]] QFuture<void> close();

private:
    void tell(const JobRecord &job, std::function<void()> onEnd);
    void ended(JobId id, bool isTold, const std::function<void()> &onEnd);

    TransferWorld m_world;
    TransferLimits m_limits;
    JobRecords *m_records;
    JobLife *m_life;
    std::multiset<JobId> m_running;
    std::stop_source m_stop;
    std::vector<std::shared_ptr<QPromise<void>>> m_awaitingEnd;
};

} // namespace core
