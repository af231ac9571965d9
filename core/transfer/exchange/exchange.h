// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/job/job_error.h"
#include "core/transfer/exchange/body_wake.h"
#include "core/transfer/exchange/certificate_check.h"
#include "core/transfer/exchange/classify_response.h"
#include "core/transfer/exchange/exchange_order.h"
#include "core/transfer/exchange/reply_ptr.h"
#include "core/transfer/exchange/watchdog.h"

#include <QCoroTask>

#include <functional>
#include <stop_token>

namespace core {

class NetworkManagerPool;

/// A person or the engine asked for the end.
struct Stopped {};

/// Why an exchange came to no verdict. The error has its cause, step and detail; see describe().
using ExchangeEnd = std::variant<Stopped, JobError>;
template <typename T = void>
using ExchangeResult = tl::expected<T, ExchangeEnd>;

/// One request until a verdict on its answer, and the body of that answer as it comes. It knows of
/// no file: what is done with the bytes is the story of whoever holds it. Belongs to the frame of a
/// coroutine on the engine's thread, which awaits whatever it has asked of it; ends soon after
/// `stop` was requested.
class Exchange {
public:
    Exchange(Clock *clock, NetworkManagerPool *managers, ExchangeOrder order, std::stop_token stop);

    /// Sends the request, follows redirects, and comes back with a verdict that is not one. Every
    /// exchange starts at the address of the order: what a redirect led to may have expired. A
    /// verdict that was given stands.
    [[nodiscard]] QCoro::Task<ExchangeResult<ResponseVerdict>> verdict();

    /// Some bytes of the body, as far as it has come; none when it is over, too.
    [[nodiscard]] QByteArray readBody(qint64 maxBytes);
    /// Bytes that were only looked at: the next to be read.
    void putBack(const QByteArray &bytes) { m_lookedAt = bytes + m_lookedAt; }
    /// Ready when there is more of the body, or its end: gathered, so that it is worth waking for.
    [[nodiscard]] QFuture<void> moreBody() { return m_bodyWake.more(); }
    /// Whether nothing more will come; what is there may still be read.
    [[nodiscard]] bool isFinished() const { return !m_reply || m_reply->isFinished(); }
    /// Why it ended, if not well. QNetworkAccessManager's word alone proves nothing.
    [[nodiscard]] std::optional<JobError> transportError() const;
    /// Nothing more of it is wanted: whoever waits for it is woken, and finds it finished.
    void giveUp();
    /// Lets go of the connection; what was seen stays.
    void end();
    /// From now on it ends soon after this is asked for.
    void obey(std::stop_token stop);

    [[nodiscard]] bool isStopped() const { return m_stop.stop_requested(); }
    [[nodiscard]] const ExchangeOrder &order() const { return m_order; }
    [[nodiscard]] const ResponseHead &head() const { return m_head; }
    [[nodiscard]] const QList<QUrl> &redirects() const { return m_redirects; }
    [[nodiscard]] Watchdog &watchdog() { return m_watchdog; }
    /// Adds to an error what was seen: address, proxy, status, headers, redirects. What a proxy
    /// answered in its own name becomes a cause of the proxy.
    void describe(JobError *error) const;

private:
    using StopCallback = std::stop_callback<std::function<void()>>;

    [[nodiscard]] QCoro::Task<ExchangeResult<ResponseVerdict>> judged();
    [[nodiscard]] QCoro::Task<ExchangeResult<>> askHop();
    [[nodiscard]] ExchangeResult<> send();
    [[nodiscard]] ExchangeResult<> takeHead();
    [[nodiscard]] ExchangeResult<> takeCookies();
    [[nodiscard]] bool isAskedToSignIn();
    [[nodiscard]] bool mayFollow(const QUrl &next) const;
    [[nodiscard]] ExchangeResult<> follow(const QUrl &next);
    [[nodiscard]] ExchangeResult<> rewind() const;

    Clock *m_clock;
    NetworkManagerPool *m_managers;
    ExchangeOrder m_order;
    std::stop_token m_stop;
    Watchdog m_watchdog;
    CertificateCheck m_certificates;
    QUrl m_hop; ///< the address that is asked
    QList<QUrl> m_redirects;
    ReplyPtr m_reply;
    BodyWake m_bodyWake;
    ResponseHead m_head;
    std::optional<SignIn> m_signIn; ///< of a 401 that is the last word
    std::optional<ResponseVerdict> m_verdict;
    QByteArray m_lookedAt;
    std::optional<StopCallback> m_abortOnStop; ///< last: it needs the reply
};

} // namespace core
