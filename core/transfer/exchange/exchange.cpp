// SPDX-License-Identifier: Apache-2.0
#include "core/transfer/exchange/exchange.h"

#include "core/http/origin.h"
#include "core/http/redirect.h"
#include "core/remedy/answerer.h"
#include "core/remedy/diagnose.h"
#include "core/remedy/redact.h"
#include "core/transfer/exchange/network_manager_pool.h"
#include "core/transfer/exchange/proxy_rules.h"
#include "core/transfer/exchange/request.h"

#include <QCoroNetworkReply>

#include <algorithm>
#include <utility>

namespace core {

namespace {

constexpr qint64 kWorthWakingBytes = qint64(512) * 1024;
/// So much of all bodies may lie in Qt's threads, and as much in ours, when nobody reads.
constexpr qint64 kAllBuffersBytes = qint64(8) * 1024 * 1024;
constexpr qint64 kLeastBufferBytes = qint64(256) * 1024;

tl::unexpected<ExchangeEnd> failed(Cause cause, Step step, const QString &detail)
{
    return tl::unexpected<ExchangeEnd>(
        JobError{.cause = cause, .step = step, .evidence = {.detail = detail}});
}

Way wayTo(const QUrl &hop, const JobOptions &options)
{
    const QUrl proxy = proxyFor(hop, options);
    if (proxy.isEmpty() || proxy.scheme() != u"http") {
        return Way::Direct;
    }
    return hop.scheme() == u"https" ? Way::Tunnel : Way::ThroughProxy;
}

tl::unexpected<ExchangeEnd> stopped()
{
    return tl::unexpected<ExchangeEnd>(Stopped{});
}

} // namespace

Exchange::Exchange(Clock *clock, NetworkManagerPool *managers, ExchangeOrder order,
                   std::stop_token stop)
    : m_clock(clock)
    , m_managers(managers)
    , m_order(std::move(order))
    , m_watchdog(clock, m_order.limits)
    , m_hop(m_order.url)
{
    obey(std::move(stop));
}

void Exchange::obey(std::stop_token stop)
{
    m_abortOnStop.reset();
    m_stop = std::move(stop);
    m_abortOnStop.emplace(m_stop, [this] { giveUp(); });
}

QCoro::Task<ExchangeResult<ResponseVerdict>> Exchange::verdict()
{
    if (m_verdict) {
        co_return *m_verdict;
    }
    const auto verdict = co_await judged();
    if (verdict) {
        m_verdict = *verdict;
    }
    co_return verdict;
}

QCoro::Task<ExchangeResult<ResponseVerdict>> Exchange::judged()
{
    m_order.session->logins.begin();
    while (true) {
        const auto asked = co_await askHop();
        const auto heard = asked ? takeCookies() : asked;
        if (!heard) {
            co_return tl::unexpected(heard.error());
        }
        if (isAskedToSignIn()) {
            const auto again = rewind();
            if (!again) {
                co_return tl::unexpected(again.error());
            }
            continue;
        }
        const ResponseVerdict verdict = classifyResponse(m_head, m_order.content, m_clock->utcNow(),
                                                         m_order.options.insecureRedirect);
        const auto *next = std::get_if<NextHop>(&verdict);
        if (next == nullptr || !mayFollow(next->url)) {
            co_return verdict;
        }
        const auto followed = follow(next->url);
        if (!followed) {
            co_return tl::unexpected(followed.error());
        }
    }
}

/// Sends one request and waits for the head of its response.
QCoro::Task<ExchangeResult<>> Exchange::askHop()
{
    const auto sent = send();
    if (!sent) {
        co_return sent;
    }
    co_await qCoro(m_reply.get()).waitForReadyRead(-1);
    co_return takeHead();
}

ExchangeResult<> Exchange::send()
{
    m_head = {};
    m_lookedAt.clear();
    m_reply.reset(m_managers->send(m_order, requestFor(m_order, m_hop)));
    if (!m_reply) {
        return failed(Cause::BadRedirect, Step::Connect,
                      QStringLiteral("scheme is not http or https"));
    }
    const qint64 share =
        std::max(kLeastBufferBytes, kAllBuffersBytes / std::max(1, m_managers->hosts().open()));
    const qint64 bufferBytes = std::min(share, m_order.limits.readBufferBytes);
    m_reply->setReadBufferSize(bufferBytes);
    m_certificates.watch(m_reply.get(), m_order.options.trusted);
    m_watchdog.watch(m_reply.get());
    m_bodyWake.watch(m_reply.get(), std::min(kWorthWakingBytes, bufferBytes / 2));
    return isStopped() ? stopped() : ExchangeResult<>();
}

ExchangeResult<> Exchange::takeHead()
{
    if (isStopped()) {
        return stopped();
    }
    m_head = headOf(*m_reply);
    m_managers->answers().heard(m_head, m_clock->utcNow());
    if (m_head.status >= 100 && m_head.status < 200) {
        // QNetworkAccessManager takes it for the response; the real one is still to come.
        m_managers->giveUpConnections(m_order, m_hop);
    }
    if (m_head.status != 0) {
        m_managers->heard(m_hop, m_head);
        return {};
    }
    if (const auto failure = transportError()) {
        return tl::unexpected<ExchangeEnd>(*failure);
    }
    return failed(Cause::NotHttp, Step::Receive, QStringLiteral("no status line"));
}

ExchangeResult<> Exchange::takeCookies()
{
    if (m_order.session->cookies.take(m_head)) {
        return {};
    }
    return failed(Cause::BadAnswer, Step::Receive,
                  QStringLiteral("more cookies than any file needs"));
}

/// Whether the server wants a login, and there is one for it to be sent now.
bool Exchange::isAskedToSignIn()
{
    if (m_head.status != 401) {
        return false;
    }
    const auto login = loginFor(m_order.options, m_order.url, m_hop);
    m_signIn = m_order.session->logins.take(m_head, login);
    return !m_signIn;
}

bool Exchange::mayFollow(const QUrl &next) const
{
    const bool isSameRequest = m_head.status == 307 || m_head.status == 308;
    return m_order.hops == Hops::All || (isSameRequest && originOf(next) == originOf(m_hop));
}

/// What was asked for is asked for again there, but after a 303 to a request that had something to
/// say: its answer is a page of its own (RFC 9110, 15.4.4).
ExchangeResult<> Exchange::follow(const QUrl &next)
{
    m_redirects.append(next.adjusted(QUrl::RemoveUserInfo | QUrl::RemoveFragment));
    if (m_redirects.size() > kMaxRedirects) {
        return failed(Cause::RedirectLoop, Step::Receive,
                      QStringLiteral("more than %1 redirects").arg(kMaxRedirects));
    }
    m_hop = next;
    if (m_head.status == 303 && m_order.method != "HEAD") {
        m_order.method = "GET";
        m_order.body = nullptr;
    }
    return rewind();
}

/// What is sent is sent again.
ExchangeResult<> Exchange::rewind() const
{
    if (m_order.body && !m_order.body->rewind()) {
        return failed(Cause::BadRedirect, Step::Send,
                      QStringLiteral("what was sent cannot be sent again"));
    }
    return {};
}

QByteArray Exchange::readBody(qint64 maxBytes)
{
    if (!m_lookedAt.isEmpty()) {
        const QByteArray bytes = m_lookedAt.first(std::min<qint64>(maxBytes, m_lookedAt.size()));
        m_lookedAt.remove(0, bytes.size());
        return bytes;
    }
    // The watchdog closes what it aborts.
    return m_reply && m_reply->isOpen()
               ? m_reply->read(std::min(maxBytes, m_reply->bytesAvailable()))
               : QByteArray();
}

void Exchange::giveUp()
{
    if (m_reply) {
        abortReply(m_reply.get());
    }
}

void Exchange::end()
{
    m_watchdog.pause();
    m_reply.reset();
}

std::optional<JobError> Exchange::transportError() const
{
    const bool hasAnswer = m_head.status != 0;
    const Way way = wayTo(m_hop, m_order.options);
    JobError made{.step = hasAnswer ? Step::Receive : Step::Connect};
    made.evidence.detail = m_reply->errorString();
    if (m_watchdog.hasBitten()) {
        // Qt does not tell of a proxy that hangs up instead of answering CONNECT.
        const bool isOfProxy = !m_watchdog.isConnected() && way == Way::Tunnel;
        made.cause = isOfProxy ? Cause::ProxyFailed : Cause::ServerSilent;
        made.evidence.detail = QStringLiteral("nothing came in time");
        return made;
    }
    if (const auto &refused = m_certificates.refusal()) {
        made.cause = refused->cause;
        made.step = Step::Connect;
        made.certificate = refused->certificate;
        return made;
    }
    if (m_reply->error() == QNetworkReply::NoError) {
        return std::nullopt;
    }
    made.cause =
        causeOfTransport(m_reply->error(), hasAnswer ? Way::Direct : way, m_reply->errorString());
    made.reason = reasonOfTransport(m_reply->error(), m_reply->errorString());
    return made;
}

void Exchange::describe(JobError *error) const
{
    error->url = m_hop.adjusted(QUrl::RemoveUserInfo | QUrl::RemoveFragment);
    error->proxy = proxyFor(m_hop, m_order.options).adjusted(QUrl::RemoveUserInfo);
    error->httpStatus = m_head.status;
    error->signIn = m_signIn;
    error->evidence.redirects = m_redirects;
    error->evidence.headers = redactFields(m_head.headers); // it is kept, and shown to others
    error->evidence.detail = redactText(error->evidence.detail);
    error->serverTime = m_managers->answers().serverTime(m_clock->utcNow());
    if (answererOf(*error) == Answerer::Proxy) {
        error->cause = causeFromProxy(error->cause, error->httpStatus);
    } else if (error->cause == Cause::ProxyLoginRequired && error->proxy.isEmpty()) {
        error->cause = Cause::RequestRejected; // 407 of a server: there is no proxy to log in to
    }
}

} // namespace core
