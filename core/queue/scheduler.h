// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/http/origin.h"
#include "core/job/job_id.h"
#include "core/job/job_spec.h"
#include "core/job/settings.h"
#include "core/queue/host_breadth.h"

#include <QHash>

#include <chrono>

namespace core {

/// One job that could use a connection.
struct Candidate {
    struct File {
        int index = 0;
        QUrl url;
    };

    JobId job;
    Priority priority = Priority::Normal;
    qint64 place = 0; ///< among jobs of its priority, before their ids
    quint64 turn = 0; ///< greater for one that has made way for others more lately
    int active = 0;   ///< attempts that run already
    int fetching = 0; ///< of these, those that need the network; the others wait for the disk
    std::chrono::milliseconds runningFor{0}; ///< since its turn began
    bool mayYield = true;                    ///< it can go on later where it is now
    QList<File> pending;                     ///< the next few, in order
};

/// What is to be done now.
struct Schedule {
    QList<FileId> starts;
    JobIds yields; ///< these make way: their attempts are to be stopped
    /// Those that wait, in the order in which it will be their turn; the first kPlacesTold of them.
    JobIds queue;
    /// Until it is another's turn, where somebody waits for that.
    std::optional<std::chrono::milliseconds> nextTurn;
};

/// Whenever one leaves the queue, all behind it have another place, and that is told of each.
inline constexpr int kPlacesTold = 50;

/// So long a job runs while others of its priority wait for a place.
inline constexpr std::chrono::minutes kTimeSlice{5};

/// A pure function of what waits, what runs and the limits. Foreground jobs run beside the others
/// and do not count. Of the rest only those of the highest priority run, and others make way for
/// them (BITS: one level at a time); within a level by place, then the older job, and by turns
/// where there are more jobs than places. A job that already runs is served before a new one is
/// begun.
[[nodiscard]] Schedule scheduleOf(QList<Candidate> candidates, const Settings &limits,
                                  QHash<Origin, int> connections, const HostBreadth &breadth);

} // namespace core
