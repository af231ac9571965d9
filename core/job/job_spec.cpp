// SPDX-License-Identifier: Apache-2.0
#include "core/job/job_spec.h"

namespace core {

QUrl noProxy()
{
    return QUrl(QStringLiteral("direct:"));
}

bool isUsableProxy(const QUrl &proxy)
{
    const bool isScheme = proxy.scheme() == u"http" || proxy.scheme() == u"socks5";
    return proxy == noProxy() || (proxy.isValid() && isScheme && !proxy.host().isEmpty());
}

} // namespace core
