// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/transfer/attempt.h"

#include <tl/expected.hpp>

namespace core {

/// A step of an attempt: it goes on with a value, or the attempt ends.
template <typename T = void>
using StepResult = tl::expected<T, AttemptOutcome>;

[[nodiscard]] inline auto endAttempt(AttemptOutcome outcome)
{
    return tl::unexpected(std::move(outcome));
}
/// The attempt ends as its exchange did.
[[nodiscard]] inline AttemptOutcome outcomeOf(const ExchangeEnd &end)
{
    return std::visit([](const auto &each) { return AttemptOutcome(each); }, end);
}
[[nodiscard]] inline auto endAttempt(Cause cause, Step step, const QString &detail)
{
    return endAttempt(JobError{.cause = cause, .step = step, .evidence = {.detail = detail}});
}

} // namespace core
