// SPDX-License-Identifier: Apache-2.0
#include "core/transfer/exchange/page_guard.h"

#include "core/http/content_disposition.h"
#include "core/http/file_name.h"
#include "core/http/web_page.h"

#include <QCoroFuture>

namespace core {

namespace {

bool mayBePage(const Exchange &exchange, const QString &expectedName)
{
    const ResponseHead &head = exchange.head();
    const bool hasReason = isNameOfFile(expectedName) || !exchange.redirects().isEmpty();
    return hasContent(head) && hasReason && isWebPageType(head.header("Content-Type")) &&
           fileNamesIn(head.header("Content-Disposition")).isEmpty();
}

/// The first bytes of the body, as many as are looked at. Taken out of the reply: as long as
/// something lies in it, it does not wait for more.
QCoro::Task<QByteArray> firstBytes(Exchange *exchange)
{
    exchange->watchdog().bodyBegins();
    QByteArray begin;
    while (begin.size() < kSniffedBytes && !exchange->isStopped()) {
        const QByteArray bytes = exchange->readBody(kSniffedBytes - begin.size());
        if (!bytes.isEmpty()) {
            exchange->watchdog().feed();
            begin += bytes;
            continue;
        }
        if (exchange->isFinished()) {
            break;
        }
        const QFuture<void> more = exchange->moreBody();
        co_await more;
    }
    co_return begin;
}

} // namespace

QCoro::Task<ExchangeResult<>> refuseWebPage(Exchange *exchange, QString expectedName)
{
    if (!mayBePage(*exchange, expectedName)) {
        co_return ExchangeResult<>();
    }
    const QByteArray begin = co_await firstBytes(exchange);
    exchange->putBack(begin);
    if (exchange->isStopped()) {
        co_return tl::unexpected<ExchangeEnd>(Stopped{});
    }
    const bool isPage =
        beginsAsWebPage(begin) && (isNameOfFile(expectedName) || asksForPassword(begin));
    if (!isPage) {
        co_return ExchangeResult<>();
    }
    JobError error{.cause = Cause::WebPageInstead, .step = Step::Receive};
    error.pageTitle = pageTitle(begin);
    error.evidence.detail = QStringLiteral("a web page where a file was asked for");
    co_return tl::unexpected<ExchangeEnd>(error);
}

} // namespace core
