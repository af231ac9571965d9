// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/http/origin.h"
#include "core/job/cause.h"
#include "core/job/job_id.h"

#include <map>
#include <tuple>
#include <utility>

namespace core {

/// What is known of a server's manners with requests for a part of a file.
enum class RangeManner {
    Unknown,
    Bears,   ///< it has sent the part that was asked for
    Refuses, ///< it sent the file only when no part of it was asked for
};

/// The manners of the servers of each job, by the origin of its links, and how often each file was
/// asked for in the plainest way because of what came before. Lives on the engine's thread,
/// outlives every attempt, and is forgotten with the job.
class RangeManners {
public:
    [[nodiscard]] RangeManner of(JobId job, const QUrl &url) const;
    /// A server that has borne a range is not thought to refuse them later.
    void learn(JobId job, const QUrl &url, RangeManner seen);

    /// Takes one of the few plain requests that a file is granted for this cause; false: they are
    /// used up.
    [[nodiscard]] bool takePlainRequest(FileId file, Cause cause);
    /// Asked in the plainest way, this server has given the same answer.
    void plainInVain(JobId job, const QUrl &url, Cause cause)
    {
        ++m_inVain[{job, text(originOf(url)), cause}];
    }
    /// So often that it is not worth another request.
    [[nodiscard]] bool isPlainInVain(JobId job, const QUrl &url, Cause cause) const;
    void release(JobId job);

private:
    std::map<std::pair<JobId, QString>, RangeManner> m_manners;
    std::map<std::pair<FileId, Cause>, int> m_plainRequests;
    std::map<std::tuple<JobId, QString, Cause>, int> m_inVain;
};

} // namespace core
