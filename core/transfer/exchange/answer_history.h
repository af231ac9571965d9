// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/job/job_id.h"
#include "core/transfer/exchange/response_head.h"

#include <QDateTime>
#include <QStringList>
#include <QUrl>

#include <functional>
#include <map>
#include <utility>

namespace core {

/// What servers have answered, as far as it tells why another answer came. Lives on the engine's
/// thread and as long as the engine.
class AnswerHistory {
public:
    using OwnAddresses = std::function<QStringList()>;

    /// By which addresses this computer is known, whenever that is asked; else it has no others.
    void setOwnAddresses(OwnAddresses addresses) { m_ownAddresses = std::move(addresses); }

    /// A response has come. By its Date (RFC 9110, 6.6.1), unless it lay in a cache, the clock of
    /// this computer is right or wrong.
    void heard(const ResponseHead &head, const QDateTime &nowUtc);
    /// What the time is by the last Date; invalid where that is not far from ours, or not known.
    [[nodiscard]] QDateTime serverTime(const QDateTime &nowUtc) const;

    /// The server of this link has brought bytes for the job.
    void served(JobId job, const QUrl &link, const QDateTime &nowUtc);
    /// The addresses that this computer had then, as a digest; empty where it has brought none.
    [[nodiscard]] QByteArray servedAs(JobId job, const QUrl &link) const;
    /// So it was before the engine was started.
    void recall(JobId job, const QUrl &link, const QByteArray &servedAs);
    /// It has when this computer had other addresses.
    [[nodiscard]] bool hasMovedSince(JobId job, const QUrl &link, const QDateTime &nowUtc);

    /// A page came from `pageUrl` instead of what was asked for, and begins like this. Whether the
    /// same came a short while ago in place of what a server of somebody else has: then it is none
    /// of theirs, but of the network. Only what is not encrypted can be met by a network so.
    [[nodiscard]] bool isPageOfNetwork(const QUrl &asked, const QUrl &pageUrl,
                                       const QByteArray &begin, const QDateTime &nowUtc);

    void release(JobId job);

    static constexpr std::chrono::minutes kFarOff{5};
    static constexpr std::chrono::minutes kShortWhile{10};

private:
    struct Page {
        QString host; ///< in whose place it came
        QByteArray mark;
        QDateTime time;
    };

    [[nodiscard]] const QByteArray &ownAddresses(const QDateTime &nowUtc);

    OwnAddresses m_ownAddresses;
    QByteArray m_addresses; ///< a digest of those that there were at m_lookedAt
    QDateTime m_lookedAt;
    std::optional<std::chrono::milliseconds> m_theirsLessOurs;
    std::map<std::pair<JobId, QString>, QByteArray> m_servedAs;
    QList<Page> m_pages;
};

} // namespace core
