// SPDX-License-Identifier: Apache-2.0
#include "core/queue/retry_policy.h"

#include "core/remedy/catalogue.h"

#include <algorithm>

namespace core {

namespace {

bool isOutOfPatience(const RetryQuestion &question, const Patience &patience)
{
    const bool tooOften = patience.tries > 0 && question.failures >= patience.tries;
    // A server that names a time is not sick: the wait it asked for does not count against it.
    const bool tooLong = patience.duration.count() > 0 && !question.error.retryAfter &&
                         question.troubleFor >= patience.duration;
    const bool neverThere = patience.triesUntilItWorked > 0 && !question.hasWorked &&
                            question.failures >= patience.triesUntilItWorked;
    return tooOften || tooLong || neverThere;
}

std::chrono::milliseconds backOff(const RetryQuestion &question)
{
    // 2^9 s is beyond the longest already; larger shifts would only overflow.
    const int doublings = std::clamp(question.failures - 1, 0, 9);
    const std::chrono::milliseconds first =
        question.minDelay.count() > 0
            ? std::min<std::chrono::milliseconds>(question.minDelay, kFirstBackOff)
            : kFirstBackOff;
    const auto full =
        std::min<std::chrono::milliseconds>(first * (1 << doublings), kLongestBackOff);
    const auto half = full / 2;
    const std::chrono::milliseconds drawn(
        half.count() + qint64(double(half.count()) * std::clamp(question.jitter, 0.0, 1.0)));
    return std::max(drawn, question.minDelay);
}

} // namespace

tl::expected<std::chrono::milliseconds, GiveUp> retryDelay(const RetryQuestion &question)
{
    const CauseRow &row = patienceRow(question.error);
    if (row.recovery == Recovery::Fatal || isOutOfPatience(question, row.patience)) {
        return tl::unexpected(GiveUp::NoTryHelps);
    }
    const auto delay = std::max(question.error.retryAfter.value_or(std::chrono::milliseconds(0)),
                                backOff(question));
    if (question.troubleFor + delay > question.noProgressTimeout) {
        const bool hasWaited = question.troubleFor.count() > 0;
        return tl::unexpected(hasWaited ? GiveUp::NoProgress : GiveUp::TooLong);
    }
    return delay;
}

} // namespace core
