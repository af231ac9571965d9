// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/job/cause.h"

#include <optional>
#include <span>

namespace core {

/// How a kind of failure is met.
enum class Met {
    Asked,   ///< it stops the file or waits, with the cause of the row
    Alike,   ///< likewise; it cannot be told apart from the row that is named
    Handled, ///< the job goes on without anybody being asked
    NotHere, ///< it cannot happen
};

/// One kind of failure that is known to happen to downloads: what becomes of it here.
struct FailureRow {
    const char *id; ///< "H21": stable, for tests and reports
    const char *what;
    Met met;
    std::optional<Cause> cause;
    const char
        *how; ///< the id of the row that it looks like, how it is handled, or why it cannot be
};

/// All of them: the network (N), HTTP (H), TLS (T), proxies (P), the local disk (L) and integrity
/// (I).
[[nodiscard]] std::span<const FailureRow> failureRows();

} // namespace core
