// SPDX-License-Identifier: Apache-2.0
#include "core/remedy/answerer.h"

#include "core/http/headers.h"

namespace core {

namespace {

bool isMarkedAsOwn(const HeaderFields &headers)
{
    const auto status = fieldValue(headers, "Proxy-Status");
    return fieldValue(headers, "X-Squid-Error") || fieldValue(headers, "Proxy-Authenticate") ||
           (status && status->contains("error="));
}

} // namespace

Answerer answererOf(const JobError &error)
{
    const bool isPassedOn =
        !error.proxy.isEmpty() && error.proxy.scheme() == u"http" && error.url.scheme() == u"http";
    if (error.httpStatus == 0) {
        return Answerer::Unknown;
    }
    if (!isPassedOn) {
        return Answerer::Server;
    }
    if (isMarkedAsOwn(error.evidence.headers)) {
        return Answerer::Proxy;
    }
    return fieldValue(error.evidence.headers, "Via") ? Answerer::Server : Answerer::Unknown;
}

Cause causeFromProxy(Cause cause, int httpStatus)
{
    switch (httpStatus) {
    case 403:
    case 405:
        return Cause::ProxyRefused;
    case 500:
    case 502:
    case 503:
    case 504:
        return Cause::ProxyFailed;
    default:
        return cause;
    }
}

} // namespace core
