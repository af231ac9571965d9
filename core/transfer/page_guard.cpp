// SPDX-License-Identifier: Apache-2.0
#include "core/transfer/page_guard.h"

#include "core/http/content_disposition.h"
#include "core/http/file_name.h"
#include "core/http/web_page.h"

#include <QCoroNetworkReply>

namespace core {

namespace {

QString expectedName(const DownloadSession &session)
{
    return session.name.isEmpty() ? fileNameFrom(session.order.url) : session.name;
}

bool mayBePage(const DownloadSession &session)
{
    if (session.order.acceptance == Acceptance::AsItIs) {
        return false;
    }
    const bool isBody =
        session.head.status == 200 || session.head.status == 203 || session.head.status == 206;
    const bool hasReason = isNameOfFile(expectedName(session)) || !session.redirects.isEmpty();
    return isBody && hasReason && isWebPageType(session.head.header("Content-Type")) &&
           !fileNameIn(session.head.header("Content-Disposition"));
}

} // namespace

QCoro::Task<Stage<>> refuseWebPage(DownloadSession *session)
{
    if (!mayBePage(*session)) {
        co_return Stage<>();
    }
    QNetworkReply *const reply = session->reply.get();
    session->watchdog.bodyBegins();
    // Taken out of the reply: as long as something lies in it, waitForReadyRead() does not wait.
    QByteArray begin;
    while (begin.size() < kSniffedBytes && !session->isStopped()) {
        const QByteArray bytes = session->readBody(kSniffedBytes - begin.size());
        if (!bytes.isEmpty()) {
            session->watchdog.feed();
            begin += bytes;
            continue;
        }
        if (reply->isFinished()) {
            break;
        }
        co_await qCoro(reply).waitForReadyRead(-1);
    }
    session->putBack(begin);
    if (session->isStopped()) {
        co_return over(Stopped{});
    }
    const bool isPage =
        beginsAsWebPage(begin) && (isNameOfFile(expectedName(*session)) || asksForPassword(begin));
    if (!isPage) {
        co_return Stage<>();
    }
    JobError error = session->error(Cause::WebPageInstead, Step::Receive,
                                    QStringLiteral("a web page where a file was asked for"));
    error.pageTitle = pageTitle(begin);
    co_return over(error);
}

} // namespace core
