// SPDX-License-Identifier: Apache-2.0
#include "core/transfer/exchange/held_exchanges.h"

#include <iterator>
#include <utility>

namespace core {

HeldExchanges::Coming::Coming(HeldExchanges *held, FileId file)
    : m_held(held)
    , m_entry(held->m_coming.emplace(file, QPromise<void>()))
{
    m_entry->second.start();
}

HeldExchanges::Coming::~Coming()
{
    QPromise<void> promise = std::move(m_entry->second);
    m_held->m_coming.erase(m_entry);
    promise.finish();
}

QFuture<void> HeldExchanges::settled(FileId file) const
{
    const auto last = m_coming.upper_bound(file);
    const bool isComing = last != m_coming.begin() && std::prev(last)->first == file;
    if (isComing) {
        return std::prev(last)->second.future();
    }
    QPromise<void> none;
    none.start();
    none.finish();
    return none.future();
}

void HeldExchanges::hold(FileId file, std::unique_ptr<Exchange> exchange)
{
    Held held{std::move(exchange), std::make_unique<Alarm>(m_clock)};
    held.untilGivenUp->setIn(kCheckKeptFor, [this, file] { m_held.erase(file); });
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
