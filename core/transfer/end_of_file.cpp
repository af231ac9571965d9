// SPDX-License-Identifier: Apache-2.0
#include "core/transfer/end_of_file.h"

namespace core {

namespace {

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
    // A link that works once, a server that has gone: what came is all there is to have.
    co_return verdict ? beyondIn(*verdict, known, countedBytes) : Beyond::Unknown;
}

} // namespace core
