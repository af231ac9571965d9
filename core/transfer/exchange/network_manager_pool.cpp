// SPDX-License-Identifier: Apache-2.0
#include "core/transfer/exchange/network_manager_pool.h"

#include "core/http/origin.h"
#include "core/transfer/exchange/proxy_rules.h"

#include <QNetworkProxy>
#include <QNetworkReply>
#include <QThread>

#include <algorithm>
#include <iterator>

namespace core {

namespace {

QNetworkProxy proxyOf(const QUrl &proxy)
{
    if (proxy.isEmpty()) {
        return {QNetworkProxy::NoProxy};
    }
    const bool isSocks = proxy.scheme().startsWith(u"socks5");
    const auto type = isSocks ? QNetworkProxy::Socks5Proxy : QNetworkProxy::HttpProxy;
    return {type, proxy.host(), quint16(proxy.port(isSocks ? 1080 : 3128)),
            proxy.userName(QUrl::FullyDecoded), proxy.password(QUrl::FullyDecoded)};
}

/// All that makes a job trust a server the system does not trust.
QByteArray trustOf(const JobOptions &options)
{
    QByteArray trust = options.caFile.toUtf8();
    for (const TrustedCertificate &each : options.trusted) {
        trust += '\n' + each.host.toLatin1() + ':' + QByteArray::number(each.port) + ' ' +
                 each.sha256Hex;
    }
    return trust;
}

/// To the server itself, by a socket that buffers. Where a manager knows that there is no proxy, Qt
/// has its sockets unbuffered, and then reads each byte of a head by a call to the system.
class DirectWithBuffer final : public QNetworkProxyFactory {
public:
    QList<QNetworkProxy> queryProxy(const QNetworkProxyQuery & /*query*/) override
    {
        return {QNetworkProxy(QNetworkProxy::DefaultProxy)};
    }
};

constexpr int kConnectionsPerManager = 6; ///< to one host: beyond that Qt lets requests wait
constexpr qint64 kShortBytes = qint64(256) * 1024;

/// How many managers share what goes to a host before one gets a second request. Each has a thread
/// of its own, and that deciphers what comes over TLS.
std::size_t managersFor(const QUrl &hop)
{
    constexpr int kMost = 4;
    return hop.scheme() == u"https" ? std::size_t(std::clamp(QThread::idealThreadCount(), 1, kMost))
                                    : 1;
}

/// How many of its connections to the host are taken.
qsizetype repliesUnderWay(const QNetworkAccessManager &manager, const QUrl &hop)
{
    const auto goesThere = [&hop](const QUrl &url) { // asked often: cheaper than originOf()
        return url.port() == hop.port() && url.host() == hop.host() && url.scheme() == hop.scheme();
    };
    const auto replies =
        manager.findChildren<QNetworkReply *>(QString(), Qt::FindDirectChildrenOnly);
    return std::ranges::count_if(replies, [&goesThere](const QNetworkReply *reply) {
        return !reply->isFinished() && goesThere(reply->url());
    });
}

} // namespace

NetworkManagerPool::NetworkManagerPool()
{
    QNetworkProxy::setApplicationProxy(QNetworkProxy::NoProxy); // what DirectWithBuffer comes to
}

QNetworkReply *NetworkManagerPool::send(const ExchangeOrder &order, const QNetworkRequest &request)
{
    const QString scheme = request.url().scheme();
    if (scheme != u"http" && scheme != u"https") {
        return nullptr; // QNetworkAccessManager would serve file:, data: and qrc: as well
    }
    QNetworkAccessManager *manager = managerFor(order, request.url());
    if (order.method == "GET") {
        return manager->get(request);
    }
    if (order.method == "HEAD") {
        return manager->head(request); // as a verb of our own it would wait for a body
    }
    return manager->sendCustomRequest(request, order.method, order.body);
}

void NetworkManagerPool::heard(const QUrl &hop, const ResponseHead &head)
{
    bool isKnown = false;
    const qint64 bytes = head.header("Content-Length").toLongLong(&isKnown);
    if (isKnown && bytes <= kShortBytes) {
        m_brief.insert(originOf(hop));
    } else {
        m_brief.remove(originOf(hop));
    }
}

void NetworkManagerPool::giveUpConnections(const ExchangeOrder &order, const QUrl &hop)
{
    std::erase_if(m_givenUp, [](const auto &each) {
        return each->template findChild<QNetworkReply *>(QString(), Qt::FindDirectChildrenOnly) ==
               nullptr;
    });
    Profile profile = profileOf(order, proxyFor(hop, order.options));
    for (const bool buffers : {false, true}) {
        profile.buffers = buffers;
        if (auto lanes = m_managers.extract(profile)) {
            std::ranges::move(lanes.mapped(), std::back_inserter(m_givenUp));
        }
    }
}

void NetworkManagerPool::release(JobId job)
{
    std::erase_if(m_managers, [job](const auto &each) { return each.first.privateTo == job; });
    m_hosts.ask(job, std::nullopt);
}

NetworkManagerPool::Profile NetworkManagerPool::profileOf(const ExchangeOrder &order,
                                                          const QUrl &proxy)
{
    const JobOptions &options = order.options;
    const bool isPrivate = options.login || !options.otherLogins.isEmpty() ||
                           !options.headers.isEmpty() || !options.caFile.isEmpty() ||
                           !options.trusted.isEmpty();
    return {.privateTo = isPrivate ? order.job : JobId{},
            .proxy = proxy.toString(),
            .trust = trustOf(options)};
}

QNetworkAccessManager *NetworkManagerPool::managerFor(const ExchangeOrder &order, const QUrl &hop)
{
    const QUrl proxy = proxyFor(hop, order.options);
    Profile profile = profileOf(order, proxy);
    profile.buffers = proxy.isEmpty() && hop.scheme() == u"http" &&
                      (order.readsAhead || m_brief.contains(originOf(hop)));
    Lanes &lanes = m_managers[profile];
    QNetworkAccessManager *freest = nullptr;
    qsizetype taken = kConnectionsPerManager;
    for (const auto &lane : lanes) {
        const qsizetype ofLane = repliesUnderWay(*lane, hop);
        if (ofLane < taken) {
            taken = ofLane;
            freest = lane.get();
        }
    }
    if (freest != nullptr && (taken == 0 || lanes.size() >= managersFor(hop))) {
        return freest;
    }
    auto manager = std::make_unique<QNetworkAccessManager>();
    manager->setAutoDeleteReplies(false);
    if (profile.buffers) {
        manager->setProxyFactory(new DirectWithBuffer);
    } else {
        manager->setProxy(proxyOf(proxy));
    }
    lanes.push_back(std::move(manager));
    return lanes.back().get();
}

} // namespace core
