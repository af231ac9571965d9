// SPDX-License-Identifier: Apache-2.0
#include "core/transfer/exchange/page_guard.h"

#include "core/http/content_disposition.h"
#include "core/http/file_name.h"
#include "core/http/web_page.h"
#include "core/remedy/redact.h"
#include "core/transfer/exchange/peek_body.h"

namespace core {

namespace {

bool mayBePage(const Exchange &exchange, const QString &expectedName, Begun begun)
{
    const ResponseHead &head = exchange.head();
    const bool hasReason =
        begun == Begun::Yes || isNameOfFile(expectedName) || !exchange.redirects().isEmpty();
    return hasContent(head) && hasReason && isWebPageType(head.header("Content-Type")) &&
           fileNamesIn(head.header("Content-Disposition")).isEmpty();
}

} // namespace

QCoro::Task<ExchangeResult<>> refuseWebPage(Exchange *exchange, QString expectedName, Begun begun)
{
    if (!mayBePage(*exchange, expectedName, begun)) {
        co_return ExchangeResult<>();
    }
    const QByteArray begin = co_await peekBody(exchange, kSniffedBytes);
    if (exchange->isStopped()) {
        co_return tl::unexpected<ExchangeEnd>(Stopped{});
    }
    const bool isPage =
        beginsAsWebPage(begin) && (isNameOfFile(expectedName) || asksForPassword(begin));
    if (!isPage) {
        co_return ExchangeResult<>();
    }
    JobError error{.cause = Cause::WebPageInstead, .step = Step::Receive};
    error.pageTitle = redactText(pageTitle(begin));
    error.evidence.detail = QStringLiteral("a web page where a file was asked for");
    co_return tl::unexpected<ExchangeEnd>(error);
}

} // namespace core
