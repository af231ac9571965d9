// SPDX-License-Identifier: Apache-2.0
#include "core/transfer/exchange/peek_body.h"

#include <QCoroFuture>

namespace core {

QCoro::Task<QByteArray> peekBody(Exchange *exchange, qint64 count)
{
    exchange->watchdog().bodyBegins();
    QByteArray begin;
    while (begin.size() < count && !exchange->isStopped()) {
        // Taken out of the reply: as long as something lies in it, it does not wait for more.
        const QByteArray bytes = exchange->readBody(count - begin.size());
        if (!bytes.isEmpty()) {
            exchange->watchdog().feed();
            begin += bytes;
        } else if (exchange->isFinished()) {
            break;
        } else {
            const QFuture<void> more = exchange->moreBody();
            co_await more;
        }
    }
    exchange->putBack(begin);
    co_return begin;
}

} // namespace core
