// SPDX-License-Identifier: Apache-2.0
#include "core/transfer/lanes.h"

#include "core/http/origin.h"

#include <QNetworkProxy>
#include <QNetworkReply>

namespace core {

namespace {

QString environment(const char *name)
{
    const QString lower = qEnvironmentVariable(name);
    return lower.isEmpty() ? qEnvironmentVariable(QByteArray(name).toUpper().constData()) : lower;
}

bool isExempt(const QString &host)
{
    const QStringList exempt = environment("no_proxy").split(u',', Qt::SkipEmptyParts);
    for (const QString &entry : exempt) {
        QString suffix = entry.trimmed().toLower();
        if (suffix == u"*") {
            return true;
        }
        if (suffix.startsWith(u'.')) {
            suffix.remove(0, 1);
        }
        if (host == suffix || host.endsWith(u'.' + suffix)) {
            return true;
        }
    }
    return false;
}

QNetworkProxy proxyOf(const QUrl &proxy)
{
    if (proxy.isEmpty()) {
        return QNetworkProxy(QNetworkProxy::NoProxy);
    }
    const bool isSocks = proxy.scheme().startsWith(u"socks5");
    const auto type = isSocks ? QNetworkProxy::Socks5Proxy : QNetworkProxy::HttpProxy;
    return QNetworkProxy(type, proxy.host(), quint16(proxy.port(isSocks ? 1080 : 3128)),
                         proxy.userName(QUrl::FullyDecoded), proxy.password(QUrl::FullyDecoded));
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

} // namespace

QUrl proxyFor(const QUrl &url, const QUrl &jobProxy)
{
    if (!jobProxy.isEmpty()) {
        return jobProxy == noProxy() ? QUrl() : jobProxy;
    }
    const QString host = url.host().toLower();
    if (isLoopbackHost(host) || isExempt(host)) {
        return {};
    }
    QString said = environment(url.scheme() == u"https" ? "https_proxy" : "http_proxy");
    if (said.isEmpty()) {
        said = environment("all_proxy");
    }
    if (!said.isEmpty() && !said.contains(u"://")) {
        said.prepend(u"http://");
    }
    const QUrl proxy(said, QUrl::StrictMode);
    return proxy.isValid() && !proxy.host().isEmpty() ? proxy : QUrl();
}

QNetworkReply *Lanes::get(const DownloadOrder &order, const QNetworkRequest &request)
{
    const QString scheme = request.url().scheme();
    if (scheme != u"http" && scheme != u"https") {
        return nullptr; // QNetworkAccessManager would serve file:, data: and qrc: as well
    }
    return laneFor(order, request.url())->get(request);
}

void Lanes::giveUpConnections(const DownloadOrder &order, const QUrl &hop)
{
    const auto lane = m_lanes.extract(profileOf(order, proxyFor(hop, order.options.proxy)));
    std::erase_if(m_givenUp, [](const auto &each) {
        return each->template findChild<QNetworkReply *>(QString(), Qt::FindDirectChildrenOnly) ==
               nullptr;
    });
    if (lane) {
        m_givenUp.push_back(std::move(lane.mapped()));
    }
}

void Lanes::release(JobId job)
{
    std::erase_if(m_lanes, [job](const auto &lane) { return lane.first.privateTo == job; });
}

Lanes::Profile Lanes::profileOf(const DownloadOrder &order, const QUrl &proxy)
{
    const JobOptions &options = order.options;
    const bool isPrivate = options.login || !options.headers.isEmpty() ||
                           !options.caFile.isEmpty() || !options.trusted.isEmpty();
    return {.privateTo = isPrivate ? order.file.job : JobId{},
            .proxy = proxy.toString(),
            .trust = trustOf(options)};
}

QNetworkAccessManager *Lanes::laneFor(const DownloadOrder &order, const QUrl &hop)
{
    const QUrl proxy = proxyFor(hop, order.options.proxy);
    auto &lane = m_lanes[profileOf(order, proxy)];
    if (!lane) {
        lane = std::make_unique<QNetworkAccessManager>();
        lane->setAutoDeleteReplies(false);
        lane->setProxy(proxyOf(proxy));
    }
    return lane.get();
}

} // namespace core
