// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/http/origin.h"
#include "core/job/job_id.h"
#include "core/job/job_spec.h"
#include "core/job/settings.h"

#include <QHash>

namespace core {

/// One job that could use a connection.
struct Candidate {
    struct File {
        int index = 0;
        Origin origin;
    };

    JobId job;
    Priority priority = Priority::Normal;
    int active = 0;      ///< attempts that run already
    int fetching = 0;    ///< of these, those that need the network; the others wait for the disk
    QList<File> pending; ///< the next few, in order
};

/// Which files to start now: a pure function of what waits, what runs and the limits. Foreground
/// jobs run beside the others and do not count; of the rest a higher priority goes first, then the
/// older job. A job that already runs is served before a new one is begun.
[[nodiscard]] QList<FileId> filesToStart(QList<Candidate> candidates, const Settings &limits,
                                         QHash<Origin, int> connections);

} // namespace core
