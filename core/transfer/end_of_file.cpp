// SPDX-License-Identifier: Apache-2.0
#include "core/transfer/end_of_file.h"

#include "core/http/origin.h"

#include <QCoroFuture>

namespace core {

namespace {

/// So much may be there before Qt has done with its request: see core/README, "once more".
constexpr qint64 kThereAtOnceBytes = qint64(8) * 1024 * 1024;

/// What an answer to the request for the bytes after the last one says of the end.
Beyond beyondIn(const ResponseVerdict &verdict, const KnownVersion &known, qint64 countedBytes)
{
    if (const auto *none = std::get_if<NothingMissing>(&verdict)) {
        return none->sizeBytes == countedBytes ? Beyond::Nothing : Beyond::Unknown;
    }
    const auto *plan = std::get_if<BodyPlan>(&verdict);
    if (plan == nullptr || isOtherVersion(known, plan->validator)) {
        return Beyond::Unknown;
    }
    if (plan->sizeBytes == countedBytes) {
        return Beyond::Nothing;
    }
    return plan->sizeBytes || plan->endByte.value_or(0) > countedBytes ? Beyond::More
                                                                       : Beyond::Unknown;
}

/// A body that came from this computer may have been taken for whole when it was cut off; there a
/// second look costs next to nothing.
bool isWorthCounting(const DownloadFrame &frame, const BodyPlan &plan, qint64 countedBytes)
{
    return plan.firstByte == 0 && !plan.endByte && countedBytes <= kThereAtOnceBytes &&
           frame.order.url.scheme() == u"http" && isLoopbackHost(frame.order.url.host());
}

/// Whether the body goes on behind this offset.
QCoro::Task<bool> isLongerThan(Exchange *exchange, qint64 countedBytes)
{
    qint64 bytes = 0;
    exchange->watchdog().bodyBegins();
    while (!exchange->isStopped() && bytes <= countedBytes) {
        const qint64 came = exchange->readBody(kThereAtOnceBytes).size();
        bytes += came;
        exchange->watchdog().feed(came);
        if (came == 0 && exchange->isFinished()) {
            break;
        }
        const QFuture<void> more = exchange->moreBody();
        co_await more;
    }
    exchange->watchdog().pause();
    co_return bytes > countedBytes;
}

} // namespace

QCoro::Task<StepResult<Beyond>> confirmEndOfFile(DownloadFrame *frame)
{
    if (frame->asksPlainly || frame->exchange->head().header("Accept-Ranges").trimmed() == "none") {
        co_return Beyond::Unknown;
    }
    const qint64 countedBytes = frame->file.bytesHeld();
    KnownVersion known = frame->known();
    known.sizeBytes.reset(); // that is the question
    frame->ask(askFor(known, countedBytes));
    const auto verdict = co_await frame->exchange->verdict();
    if (frame->exchange->isStopped()) {
        co_return endAttempt(Stopped{});
    }
    if (!verdict) { // a link that works once, a server that has gone: what came is all there is
        co_return Beyond::Unknown;
    }
    const Beyond said = beyondIn(*verdict, known, countedBytes);
    const auto *again = std::get_if<BodyPlan>(&*verdict);
    if (said == Beyond::Unknown && again != nullptr && !isOtherVersion(known, again->validator) &&
        isWorthCounting(*frame, *again, countedBytes)) {
        const bool isLonger = co_await isLongerThan(frame->exchange.get(), countedBytes);
        co_return isLonger ? Beyond::More : Beyond::Unknown;
    }
    co_return said;
}

} // namespace core
