// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/transfer/exchange/answer_history.h"
#include "core/transfer/exchange/exchange_order.h"
#include "core/transfer/exchange/host_connections.h"

#include <QNetworkAccessManager>

#include <map>
#include <memory>
#include <tuple>
#include <vector>

namespace core {

/// The QNetworkAccessManagers of the engine. They are shared by all jobs of the same trust profile;
/// a job with a login, headers of its own, or authorities or certificates that it alone trusts gets
/// private ones, because connections, credentials and decisions about certificates leak between
/// the requests of one manager. One has six connections to a host; where more are wanted, a profile
/// has several. Lives on the engine's thread and outlives every attempt.
class NetworkManagerPool {
public:
    /// Sends a request of this order. Nothing when its scheme is not http or https.
    [[nodiscard]] QNetworkReply *send(const ExchangeOrder &order, const QNetworkRequest &request);
    /// The connections that go to this hop may hold more than the response that was read from them:
    /// they are not used again.
    void giveUpConnections(const ExchangeOrder &order, const QUrl &hop);
    /// The job needs its private managers no more.
    void release(JobId job);

    /// How many connections go to each host, and how many it bears.
    [[nodiscard]] HostConnections &hosts() { return m_hosts; }
    /// What servers have answered.
    [[nodiscard]] AnswerHistory &answers() { return m_answers; }

private:
    struct Profile {
        JobId privateTo; ///< 0 for the shared one
        QString proxy;
        QByteArray trust; ///< whom the job trusts beside the system, for connections remember it

        bool operator<(const Profile &other) const
        {
            return std::tie(privateTo, proxy, trust) <
                   std::tie(other.privateTo, other.proxy, other.trust);
        }
    };

    [[nodiscard]] static Profile profileOf(const ExchangeOrder &order, const QUrl &proxy);
    QNetworkAccessManager *managerFor(const ExchangeOrder &order, const QUrl &hop);

    using Lanes = std::vector<std::unique_ptr<QNetworkAccessManager>>;

    std::map<Profile, Lanes> m_managers;
    Lanes m_givenUp; ///< while replies use them
    HostConnections m_hosts;
    AnswerHistory m_answers;
};

} // namespace core
