// SPDX-License-Identifier: Apache-2.0
#include "core/transfer/download.h"

#include "core/transfer/ask_stages.h"
#include "core/transfer/body_stages.h"
#include "core/transfer/page_guard.h"
#include "core/transfer/part_stages.h"

namespace core {

namespace {

JobError refusalOf(const DownloadSession &session, const Unusable &verdict)
{
    JobError error = session.error(verdict.cause, Step::Receive, verdict.detail);
    error.retryAfter = verdict.retryAfter;
    return error;
}

/// Requests and responses until every byte that is known of is here.
QCoro::Task<Stage<>> fetch(DownloadSession *session)
{
    while (!session->isWhole() || !session->part) {
        const qint64 before = session->haveBytes;
        const RangeAsk ask = session->ask();
        const auto verdict = co_await request(session, ask);
        if (!verdict) {
            co_return over(verdict.error());
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
            co_return over(file ? AttemptOutcome(refusalOf(*session, *unusable)) : file.error());
        } else {
            co_return over(session->error(Cause::BadAnswer, Step::Receive,
                                          QStringLiteral("416 to a request without Range")));
        }
        if (!stage) {
            co_return stage;
        }
        if (!session->isWhole() && session->haveBytes <= before) {
            co_return over(session->error(Cause::BadAnswer, Step::Receive,
                                          QStringLiteral("a response that brought nothing")));
        }
    }
    co_return Stage<>();
}

/// Fetches the file, and its end once more where that was only seen.
QCoro::Task<AttemptOutcome> fetchWhole(DownloadSession *session)
{
    qint64 askedAt = 0;
    while (true) {
        const auto fetched = co_await fetch(session);
        if (!fetched) {
            co_return fetched.error();
        }
        const bool isToBeProven = session->sizeSource == SizeSource::Counted &&
                                  !session->hashToVerify() && session->haveBytes > askedAt;
        if (!isToBeProven) {
            break;
        }
        askedAt = session->haveBytes;
        const auto beyond = co_await lookBeyondEnd(session);
        if (!beyond) {
            co_return beyond.error();
        }
        if (*beyond != Beyond::Unknown) {
            session->sizeSource = SizeSource::Stated;
        }
        if (*beyond == Beyond::More) {
            session->sizeBytes.reset();
        }
    }
    co_return Receipt{*session->sizeBytes, session->sizeSource};
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
    const AttemptOutcome fetched = co_await fetchWhole(session);
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
