// SPDX-License-Identifier: Apache-2.0
#include "core/transfer/exchange/held_exchanges.h"

#include <utility>

namespace core {

void HeldExchanges::hold(FileId file, std::unique_ptr<Exchange> exchange)
{
    Held held{std::move(exchange), std::make_unique<Alarm>(m_clock)};
    held.untilGivenUp->setIn(kHeldFor, [this, file] { m_held.erase(file); });
    m_held.insert_or_assign(file, std::move(held));
}

std::unique_ptr<Exchange> HeldExchanges::take(FileId file, const ExchangeOrder &order)
{
    const auto found = m_held.find(file);
    if (found == m_held.end()) {
        return nullptr;
    }
    std::unique_ptr<Exchange> exchange = std::move(found->second.exchange);
    m_held.erase(found);
    return isSameRequest(exchange->order(), order) ? std::move(exchange) : nullptr;
}

void HeldExchanges::release(JobId job)
{
    std::erase_if(m_held, [job](const auto &entry) { return entry.first.job == job; });
}

} // namespace core
