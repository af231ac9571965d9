// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/transfer/attempt.h"

#include <QNetworkAccessManager>

#include <map>
#include <memory>
#include <tuple>
#include <vector>

namespace core {

/// The QNetworkAccessManagers of the engine. One is shared by all jobs of the same trust profile;
/// a job with a login, headers of its own, or authorities or certificates that it alone trusts gets
/// a private one, because connections, credentials and decisions about certificates leak between
/// the requests of one manager. Lives on the engine's thread and outlives every attempt.
class Lanes {
public:
    /// Sends a request for a file. Nothing when its scheme is not http or https.
    [[nodiscard]] QNetworkReply *get(const DownloadOrder &order, const QNetworkRequest &request);
    /// The connections of this lane may hold more than the response that was read from them: they
    /// are not used again.
    void giveUpConnections(const DownloadOrder &order, const QUrl &hop);
    /// The job needs its private lane no more.
    void release(JobId job);

private:
    struct Profile {
        JobId privateTo; ///< 0 for the shared lane
        QString proxy;
        QByteArray trust; ///< whom the job trusts beside the system, for connections remember it

        bool operator<(const Profile &other) const
        {
            return std::tie(privateTo, proxy, trust) <
                   std::tie(other.privateTo, other.proxy, other.trust);
        }
    };

    [[nodiscard]] static Profile profileOf(const DownloadOrder &order, const QUrl &proxy);
    QNetworkAccessManager *laneFor(const DownloadOrder &order, const QUrl &hop);

    std::map<Profile, std::unique_ptr<QNetworkAccessManager>> m_lanes;
    std::vector<std::unique_ptr<QNetworkAccessManager>> m_givenUp; ///< while replies use them
};

/// The proxy for an address: the job's own, else what http_proxy, https_proxy, all_proxy and
/// no_proxy of the environment say, else none. Empty: direct, which noProxy() comes to as well.
[[nodiscard]] QUrl proxyFor(const QUrl &url, const QUrl &jobProxy);

} // namespace core
