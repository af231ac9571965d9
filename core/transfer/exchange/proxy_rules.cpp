// SPDX-License-Identifier: Apache-2.0
#include "core/transfer/exchange/proxy_rules.h"

#include "core/http/origin.h"
#include "core/job/job_spec.h"

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

} // namespace core
