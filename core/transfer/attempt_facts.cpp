// SPDX-License-Identifier: Apache-2.0
#include "core/transfer/attempt_facts.h"

#include <utility>

namespace core {

AttemptFacts::AttemptFacts(TransferWorld given, DownloadOrder what, std::stop_token token,
                           AttemptEvents tell)
    : world(given)
    , order(std::move(what))
    , stop(std::move(token))
    , events(std::move(tell))
    , watchdog(given.clock, order.limits)
    , identity(order.part)
    , name(order.name)
    , sizeBytes(order.sizeBytes)
    , promisedHash(order.promisedHash)
    , validator(order.validator)
    , haveBytes(order.durable.prefixBytes())
    , durableBytes(haveBytes)
    , hop(order.url)
{
}

} // namespace core
