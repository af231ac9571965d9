// SPDX-License-Identifier: Apache-2.0
#include "core/transfer/download.h"

#include "core/clock.h"
#include "core/http/redirect.h"
#include "core/transfer/body_stages.h"
#include "core/transfer/lanes.h"
#include "core/transfer/page_guard.h"
#include "core/transfer/part_stages.h"
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

JobError refusalOf(const DownloadSession &session, const Unusable &verdict)
{
    JobError error = session.error(verdict.cause, Step::Receive, verdict.detail);
    error.retryAfter = verdict.retryAfter;
    return error;
}

/// Asks, follows redirects, and comes back with a verdict that is not one. Every attempt starts at
/// the job's own address: what a redirect led to may have expired.
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

/// Requests and responses until the file is whole.
QCoro::Task<AttemptOutcome> fetch(DownloadSession *session)
{
    while (!session->isWhole() || !session->part) {
        const qint64 before = session->haveBytes;
        const RangeAsk ask = session->ask();
        const auto verdict = co_await request(session, ask);
        if (!verdict) {
            co_return verdict.error();
        }
        Stage<> stage;
        if (const auto *plan = std::get_if<BodyPlan>(&*verdict)) {
            stage = co_await receive(session, *plan);
        } else if (const auto *none = std::get_if<NothingMissing>(&*verdict)) {
            stage = co_await receiveNothing(session, none->sizeBytes);
        } else if (std::holds_alternative<AskPlainly>(*verdict) && session->asRange) {
            session->asRange = false;
            continue;
        } else if (const auto *unusable = std::get_if<Unusable>(&*verdict)) {
            // A page to sign in is no other version of the file.
            const auto file = co_await refuseWebPage(session);
            co_return file ? refusalOf(*session, *unusable) : file.error();
        } else {
            co_return session->error(Cause::BadAnswer, Step::Receive,
                                     QStringLiteral("416 to a request without Range"));
        }
        if (!stage) {
            co_return stage.error();
        }
        if (!session->isWhole() && session->haveBytes <= before) {
            co_return session->error(Cause::BadAnswer, Step::Receive,
                                     QStringLiteral("a response that brought nothing"));
        }
    }
    co_return Receipt{*session->sizeBytes, session->sizeProven};
}

QCoro::Task<AttemptOutcome> carryOut(DownloadSession *session)
{
    const auto folder = co_await prepareFolder(session);
    if (!folder) {
        co_return folder.error();
    }
    const auto reopened = co_await reopenPart(session);
    if (!reopened) {
        co_return reopened.error();
    }
    if (session->isStopped()) {
        const AttemptOutcome stopped = Stopped{};
        co_return co_await settle(session, stopped);
    }
    const AttemptOutcome fetched = co_await fetch(session);
    const AttemptOutcome settled = co_await settle(session, fetched);
    co_return co_await verify(session, settled);
}

} // namespace

QCoro::Task<AttemptOutcome> attemptDownload(TransferWorld world, DownloadOrder order,
                                            std::stop_token stop, AttemptEvents events)
{
    DownloadSession session(world, std::move(order), std::move(stop), std::move(events));
    const std::stop_callback abortOnStop(session.stop, [running = &session] {
        if (running->reply) {
            abortReply(running->reply.get());
        }
    });
    co_return co_await carryOut(&session);
}

} // namespace core
