// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/transfer/exchange/answer_history.h"
#include "core/transfer/exchange/exchange_order.h"
#include "core/transfer/exchange/host_connections.h"

#include <QNetworkAccessManager>
#include <QSet>

#include <map>
#include <memory>
#include <tuple>
#include <vector>

namespace core {

/// The QNetworkAccessManagers of the engine. They are shared by all jobs of the same trust profile;
/// a job with a login, headers of its own, or authorities or certificates that it alone trusts gets
/// private ones, because connections, credentials and decisions about certificates leak between
/// the requests of one manager. A profile has as many as its requests to one host need. Lives on
/// the engine's thread and outlives every attempt.
class NetworkManagerPool {
public:
    /// From now on sockets of this program go by a proxy only where one is set for them.
    NetworkManagerPool();
    /// Sends a request of this order. Nothing when its scheme is not http or https.
    [[nodiscard]] QNetworkReply *send(const ExchangeOrder &order, const QNetworkRequest &request);
    /// A response has come from this hop. Short ones are expected of it from then on, or long ones.
    void heard(const QUrl &hop, const ResponseHead &head);
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
        bool buffers = false; ///< the sockets read ahead, which is better for short responses

        bool operator<(const Profile &other) const
        {
            return std::tie(privateTo, proxy, trust, buffers) <
                   std::tie(other.privateTo, other.proxy, other.trust, other.buffers);
        }
    };

    using Lanes = std::vector<std::unique_ptr<QNetworkAccessManager>>;

    [[nodiscard]] static Profile profileOf(const ExchangeOrder &order, const QUrl &proxy);
    [[nodiscard]] QNetworkAccessManager *managerFor(const ExchangeOrder &order, const QUrl &hop);

    std::map<Profile, Lanes> m_managers;
    Lanes m_givenUp;      ///< while replies use them
    QSet<Origin> m_brief; ///< what they sent last was short
    HostConnections m_hosts;
    AnswerHistory m_answers;
};

} // namespace core
