// SPDX-License-Identifier: Apache-2.0
#include "core/transfer/ask_stages.h"

#include "core/http/redirect.h"
#include "core/system/clock.h"
#include "core/transfer/lanes.h"
#include "core/transfer/request.h"

#include <QCoroNetworkReply>

namespace core {

namespace {

/// Sends one request and waits for the head of its response.
QCoro::Task<Stage<>> exchange(DownloadSession *session, QUrl hop, RangeAsk ask)
{
    session->startHop(hop);
    session->reply.reset(
        session->world.lanes->get(session->order, requestFor(session->order, hop, ask)));
    if (!session->reply) {
        co_return over(session->error(Cause::BadRedirect, Step::Connect,
                                      QStringLiteral("scheme is not http or https")));
    }
    QNetworkReply *const reply = session->reply.get();
    reply->setReadBufferSize(session->order.limits.readBufferBytes);
    session->certificates.watch(reply, session->order.options.trusted);
    session->watchdog.watch(reply);
    if (session->isStopped()) {
        co_return over(Stopped{});
    }
    co_await qCoro(reply).waitForReadyRead(-1);
    if (session->isStopped()) {
        co_return over(Stopped{});
    }
    session->head = headOf(*reply);
    if (session->head.status >= 100 && session->head.status < 200) {
        // QNetworkAccessManager takes it for the response; the real one is still to come.
        session->world.lanes->giveUpConnections(session->order, hop);
    }
    if (session->head.status == 0) {
        const auto failure = session->transportError();
        co_return over(failure ? *failure
                               : session->error(Cause::NotHttp, Step::Receive,
                                                QStringLiteral("no status line")));
    }
    co_return Stage<>();
}

/// What an answer to the request for the bytes after the last one says of the end.
Beyond beyondIn(const Verdict &verdict, qint64 countedBytes)
{
    if (const auto *none = std::get_if<NothingMissing>(&verdict)) {
        return none->sizeBytes == countedBytes ? Beyond::Nothing : Beyond::Unknown;
    }
    const auto *plan = std::get_if<BodyPlan>(&verdict);
    if (plan == nullptr) {
        return Beyond::Unknown;
    }
    if (plan->sizeBytes == countedBytes) {
        return Beyond::Nothing;
    }
    return plan->sizeBytes || plan->endByte.value_or(0) > countedBytes ? Beyond::More
                                                                       : Beyond::Unknown;
}

} // namespace

QCoro::Task<Stage<Verdict>> request(DownloadSession *session, RangeAsk ask)
{
    session->redirects.clear();
    QUrl hop = session->order.url;
    while (session->redirects.size() <= kMaxRedirects) {
        const auto exchanged = co_await exchange(session, hop, ask);
        if (!exchanged) {
            co_return over(exchanged.error());
        }
        const Verdict verdict = judge(session->head, ask, session->world.clock->utcNow(),
                                      session->order.options.insecureRedirect);
        const auto *next = std::get_if<NextHop>(&verdict);
        if (next == nullptr) {
            co_return verdict;
        }
        hop = next->url;
        session->redirects.append(hop);
    }
    co_return over(session->error(Cause::RedirectLoop, Step::Receive,
                                  QStringLiteral("more than %1 redirects").arg(kMaxRedirects)));
}

QCoro::Task<Stage<Beyond>> lookBeyondEnd(DownloadSession *session)
{
    if (!session->asRange || session->head.header("Accept-Ranges").trimmed() == "none") {
        co_return Beyond::Unknown;
    }
    session->sizeBytes.reset();
    const qint64 countedBytes = session->haveBytes;
    const auto verdict = co_await request(session, session->ask());
    session->sizeBytes = countedBytes;
    if (session->isStopped()) {
        co_return over(Stopped{});
    }
    // A link that works once, a server that has gone: what came is all there is to have.
    co_return verdict ? beyondIn(*verdict, countedBytes) : Beyond::Unknown;
}

} // namespace core
