// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/job/waiting_file.h"
#include "core/queue/job_records.h"

#include <QHash>

namespace core {

/// The files of all jobs that another link may help, to be found by what a link says of its file.
/// Good for one look: it does not follow the jobs.
class WaitingFiles {
public:
    explicit WaitingFiles(const JobRecords &records);

    /// The one that this link is likely to be of: by the path on the same server, else by its name
    /// there, else by its name anywhere, if something of it is kept that can be compared. Of
    /// several the one that has most.
    [[nodiscard]] std::optional<WaitingFile> match(const QUrl &url) const;

private:
    void add(const JobRecord &job, int index);

    QMultiHash<QString, WaitingFile> m_byName;
    QMultiHash<QString, WaitingFile> m_byServer; ///< and name
    QMultiHash<QString, WaitingFile> m_byPath;
};

} // namespace core
