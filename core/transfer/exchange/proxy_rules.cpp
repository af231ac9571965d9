// SPDX-License-Identifier: Apache-2.0
#include "core/transfer/exchange/proxy_rules.h"

#include "core/http/origin.h"

namespace core {

namespace {

bool isExempt(const QString &host, const QString &noProxyFor)
{
    const QStringList exempt = noProxyFor.split(u',', Qt::SkipEmptyParts);
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

} // namespace

QUrl proxyFor(const QUrl &url, const JobOptions &options)
{
    if (!options.proxy.isEmpty()) {
        return options.proxy == noProxy() ? QUrl() : options.proxy;
    }
    const ClientEnvironment around =
        options.environment ? *options.environment : systemClientEnvironment();
    const QString host = url.host().toLower();
    if (isLoopbackHost(host) || isExempt(host, around.noProxy)) {
        return {};
    }
    QString said = url.scheme() == u"https" ? around.httpsProxy : around.httpProxy;
    if (said.isEmpty()) {
        said = around.allProxy;
    }
    if (!said.isEmpty() && !said.contains(u"://")) {
        said.prepend(u"http://");
    }
    const QUrl proxy(said, QUrl::StrictMode);
    return proxy.isValid() && !proxy.host().isEmpty() ? proxy : QUrl();
}

} // namespace core
