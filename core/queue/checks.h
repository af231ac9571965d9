// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/disk/place.h"
#include "core/job/job_snapshot.h"
#include "core/job/refusal.h"
#include "core/queue/command_rules.h"
#include "core/transfer/check.h"

#include <QFuture>
#include <QObject>
#include <QPromise>

#include <map>
#include <memory>

namespace core {

/// What is to be found out before a job is resumed.
struct CheckOrder {
    PlaceOrder place;
    DownloadOrder download;            ///< of the file in question
    std::optional<UploadOrder> upload; ///< of a job that sends: all else is about those that fetch
    Progress progress;                 ///< of the job
    bool asksServer = false;
    std::optional<qint64> bytesPerSecond; ///< the pace that the job had last
};

/// What Resume with these repairs would ask and need for the file that is named, or that the
/// repairs are for: a pure function of the job and of what it would make of it.
[[nodiscard]] CheckOrder checkOrderOf(const JobRecord &asking, const Resumption &plan,
                                      const Fixes &fixes, std::optional<int> named,
                                      const TransferLimits &limits);

/// The checks that are under way, one for a job at most. They change nothing.
class Checks final : public QObject {
public:
    explicit Checks(TransferWorld world)
        : m_world(world)
    {
    }

    /// Begins a check, in place of one of the job that is under way.
    [[nodiscard]] QFuture<Answer<CheckReport>> begin(CheckOrder order, const Fixes &fixes);
    /// Asks it to end: its answer is that it was superseded.
    void stop(JobId job) { stop(job, std::nullopt); }
    /// The same unless it is of these repairs: what is resumed with them goes on with its answer.
    void stopOthers(JobId job, const Fixes &fixes) { stop(job, fixes); }
    /// Ends all of them, and lets go of what they hold; ready when none has a frame any more.
    [[nodiscard]] QCoro::Task<> close();

private:
    struct Running {
        JobId job;
        Fixes fixes;
        std::stop_source stop;
        QFuture<Answer<CheckReport>> answer;
    };

    void stop(JobId job, const std::optional<Fixes> &butOf);

    TransferWorld m_world;
    quint64 m_last = 0;
    std::map<quint64, Running> m_running; ///< by number: one that was stopped needs a moment
};

} // namespace core
