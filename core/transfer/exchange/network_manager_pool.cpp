// SPDX-License-Identifier: Apache-2.0
#include "core/transfer/exchange/network_manager_pool.h"

#include "core/http/origin.h"
#include "core/transfer/exchange/proxy_rules.h"

#include <QNetworkProxy>
#include <QNetworkReply>

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

constexpr int kConnectionsPerManager = 6; ///< to one host: beyond that Qt lets requests wait

/// How many of its connections to the host are taken.
qsizetype repliesUnderWay(const QNetworkAccessManager &manager, const Origin &host)
{
    const auto replies =
        manager.findChildren<QNetworkReply *>(QString(), Qt::FindDirectChildrenOnly);
    return std::ranges::count_if(replies, [&host](const QNetworkReply *reply) {
        return !reply->isFinished() && originOf(reply->url()) == host;
    });
}

} // namespace

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

void NetworkManagerPool::giveUpConnections(const ExchangeOrder &order, const QUrl &hop)
{
    auto lanes = m_managers.extract(profileOf(order, proxyFor(hop, order.options)));
    std::erase_if(m_givenUp, [](const auto &each) {
        return each->template findChild<QNetworkReply *>(QString(), Qt::FindDirectChildrenOnly) ==
               nullptr;
    });
    if (lanes) {
        std::ranges::move(lanes.mapped(), std::back_inserter(m_givenUp));
    }
}

void NetworkManagerPool::release(JobId job)
{
    std::erase_if(m_managers, [job](const auto &each) { return each.first.privateTo == job; });
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
    Lanes &lanes = m_managers[profileOf(order, proxy)];
    const auto hasRoom = [&hop](const auto &lane) {
        return repliesUnderWay(*lane, originOf(hop)) < kConnectionsPerManager;
    };
    const auto free = std::ranges::find_if(lanes, hasRoom);
    if (free != lanes.end()) {
        return free->get();
    }
    auto manager = std::make_unique<QNetworkAccessManager>();
    manager->setAutoDeleteReplies(false);
    manager->setProxy(proxyOf(proxy));
    lanes.push_back(std::move(manager));
    return lanes.back().get();
}

} // namespace core
