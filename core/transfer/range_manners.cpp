// SPDX-License-Identifier: Apache-2.0
#include "core/transfer/range_manners.h"

namespace core {

namespace {

constexpr int kPlainRequestsMax = 3;
constexpr int kInVainMax = 3; ///< of all files of a host

} // namespace

RangeManner RangeManners::of(JobId job, const QUrl &url) const
{
    const auto known = m_manners.find({job, text(originOf(url))});
    return known == m_manners.end() ? RangeManner::Unknown : known->second;
}

void RangeManners::learn(JobId job, const QUrl &url, RangeManner seen)
{
    auto &known = m_manners[{job, text(originOf(url))}];
    if (known != RangeManner::Bears) {
        known = seen;
    }
}

bool RangeManners::takePlainRequest(FileId file, Cause cause)
{
    int &taken = m_plainRequests[{file, cause}];
    const bool isLeft = taken < kPlainRequestsMax;
    taken += isLeft ? 1 : 0;
    return isLeft;
}

bool RangeManners::isPlainInVain(JobId job, const QUrl &url, Cause cause) const
{
    const auto known = m_inVain.find({job, text(originOf(url)), cause});
    return known != m_inVain.end() && known->second >= kInVainMax;
}

void RangeManners::release(JobId job)
{
    std::erase_if(m_inVain, [job](const auto &each) { return std::get<JobId>(each.first) == job; });
    std::erase_if(m_manners, [job](const auto &each) { return each.first.first == job; });
    std::erase_if(m_plainRequests, [job](const auto &each) { return each.first.first.job == job; });
}

} // namespace core
