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
bool isThereAtOnce(const DownloadFrame &frame, qint64 countedBytes)
{
    return countedBytes <= kThereAtOnceBytes && frame.order.url.scheme() == u"http" &&
           isLoopbackHost(frame.order.url.host());
}

/// Whether the body goes on behind these, or ends there once more.
QCoro::Task<StepResult<Beyond>> listenAgain(Exchange *exchange, qint64 countedBytes)
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
    if (bytes > countedBytes) {
        co_return Beyond::More;
    }
    if (exchange->isStopped()) {
        co_return endAttempt(Stopped{});
    }
    if (const auto failure = exchange->transportError()) {
        co_return endAttempt(*failure);
    }
    if (bytes < countedBytes) {
        co_return endAttempt(Cause::ConnectionLost, Step::Receive,
                             QStringLiteral("ended elsewhere each time"));
    }
    co_return Beyond::Unknown;
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
    frame->ask(askFor(known, countedBytes), isThereAtOnce(*frame, countedBytes));
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
        again->firstByte == 0 && !again->endByte && isThereAtOnce(*frame, countedBytes)) {
        const auto heard = co_await listenAgain(frame->exchange.get(), countedBytes);
        if (!heard) {
            frame->file.forgetSize();
        }
        co_return heard;
    }
    co_return said;
}

} // namespace core
