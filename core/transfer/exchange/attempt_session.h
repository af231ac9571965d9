// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/transfer/exchange/attempt_cookies.h"
#include "core/transfer/exchange/attempt_logins.h"

namespace core {

/// What servers have handed out and asked for within one attempt; all its exchanges share it.
struct AttemptSession {
    AttemptCookies cookies;
    AttemptLogins logins;
};

} // namespace core
