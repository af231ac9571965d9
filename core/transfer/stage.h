// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/transfer/attempt.h"

#include <tl/expected.hpp>

namespace core {

/// A step of an attempt: it goes on with a value, or the attempt is over.
template <typename T = void>
using Stage = tl::expected<T, AttemptOutcome>;

[[nodiscard]] inline auto over(AttemptOutcome outcome)
{
    return tl::unexpected(std::move(outcome));
}

} // namespace core
