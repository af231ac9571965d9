// SPDX-License-Identifier: Apache-2.0
#include "core/transfer/exchange/request.h"

#include "core/http/headers.h"
#include "core/http/origin.h"
#include "core/transfer/exchange/proxy_rules.h"

#include <QSslCertificate>
#include <QSslConfiguration>

namespace core {

namespace {

void setGuards(QNetworkRequest &request)
{
    using R = QNetworkRequest;
    request.setAttribute(R::RedirectPolicyAttribute, R::ManualRedirectPolicy);
    request.setAttribute(R::Http2AllowedAttribute, false);
    request.setAttribute(R::AuthenticationReuseAttribute, R::Manual);
    request.setAttribute(R::CookieLoadControlAttribute, R::Manual);
    request.setAttribute(R::CookieSaveControlAttribute, R::Manual);
    request.setAttribute(R::CacheLoadControlAttribute, R::AlwaysNetwork);
    request.setAttribute(R::CacheSaveControlAttribute, false);
    request.setAttribute(R::AutoDeleteReplyOnFinishAttribute, false);
    request.setRawHeader("Accept-Encoding", "identity");
    request.setRawHeader("Accept", "*/*");
    request.setRawHeader("User-Agent", "Bellhop/" BELLHOP_VERSION);
}

/// What goes through a tunnel is logged in by the proxy settings of the manager. Of a plain request
/// Qt leaves that out, since it may not log in by itself, so the request brings it along: to the
/// proxy, which does not hand it on.
void setProxyLogin(QNetworkRequest &request, const QUrl &proxy)
{
    if (request.url().scheme() == u"http" && proxy.scheme() == u"http" &&
        !proxy.userName().isEmpty()) {
        const Login login{proxy.userName(QUrl::FullyDecoded), proxy.password(QUrl::FullyDecoded)};
        request.setRawHeader("Proxy-Authorization", basicField(login));
    }
}

void setOwnFields(QNetworkRequest &request, const JobOptions &options)
{
    for (const HeaderField &field : options.headers) {
        // Looked at again here: what is stored may have been changed by somebody else.
        if (isFieldName(field.first) && isFieldValue(field.second) &&
            !isReservedFieldName(field.first)) {
            request.setRawHeader(field.first, field.second);
        }
    }
}

void setRange(QNetworkRequest &request, const ContentAsk &ask)
{
    if (!ask.range) {
        return;
    }
    request.setRawHeader("Range", rangeField(*ask.range, ask.known.sizeBytes));
    if (!ask.range->ifRange.isEmpty()) {
        request.setRawHeader("If-Range", ask.range->ifRange);
    }
}

} // namespace

QNetworkRequest requestFor(const ExchangeOrder &order, const QUrl &hop)
{
    QUrl address = hop;
    address.setUserInfo({});
    QNetworkRequest request(address);
    setGuards(request);
    const auto login = loginFor(order.options, order.url, address);
    const QByteArray authorization = order.session->logins.fieldFor(address, order.method, login);
    if (!authorization.isEmpty()) {
        request.setRawHeader("Authorization", authorization);
    }
    if (originOf(address) == originOf(order.url)) {
        setOwnFields(request, order.options);
    }
    for (const HeaderField &field : order.fields) {
        request.setRawHeader(field.first, field.second);
    }
    if (order.body != nullptr) {
        request.setAttribute(QNetworkRequest::DoNotBufferUploadDataAttribute, true);
    }
    const QByteArray cookies =
        order.session->cookies.fieldFor(address, request.rawHeader("Cookie"));
    if (!cookies.isEmpty()) {
        request.setRawHeader("Cookie", cookies);
    }
    setProxyLogin(request, proxyFor(address, order.options));
    if (order.content) {
        setRange(request, *order.content);
    }
    if (!order.options.caFile.isEmpty()) {
        QSslConfiguration tls = request.sslConfiguration();
        tls.addCaCertificates(order.options.caFile, QSsl::Pem);
        request.setSslConfiguration(tls);
    }
    return request;
}

} // namespace core
