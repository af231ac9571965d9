// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/job/check_report.h"
#include "core/transfer/exchange/exchange.h"

#include <QFuture>
#include <QPromise>

#include <map>
#include <memory>

namespace core {

/// Exchanges whose answer was judged and whose body still waits, unread: made by a check, for the
/// attempt that asks for the very same, so that a link which works once is used once. Lives on the
/// engine's thread and outlives every attempt.
class HeldExchanges {
public:
    explicit HeldExchanges(Clock *clock)
        : m_clock(clock)
    {
    }

    /// As long as one of these lives, an exchange for the file may still come.
    class Coming {
    public:
        Coming(HeldExchanges *held, FileId file);
        ~Coming();
        Coming(const Coming &) = delete;
        Coming &operator=(const Coming &) = delete;

    private:
        HeldExchanges *m_held;
        std::multimap<FileId, QPromise<void>>::iterator m_entry;
    };
    /// Ready when the one that was begun last has come, or will not come any more.
    [[nodiscard]] QFuture<void> settled(FileId file) const;

    /// Keeps it for a while, in place of an older one of the file. It is paused by then: nothing of
    /// the body is wanted before it is taken.
    void hold(FileId file, std::unique_ptr<Exchange> exchange);
    /// The one that is held for the file, if it has asked for exactly this; in any case none is
    /// held any more.
    [[nodiscard]] std::unique_ptr<Exchange> take(FileId file, const ExchangeOrder &order);
    void release(JobId job);
    void releaseAll() { m_held.clear(); }

private:
    struct Held {
        std::unique_ptr<Exchange> exchange;
        std::unique_ptr<Alarm> untilGivenUp;
    };

    Clock *m_clock;
    std::map<FileId, Held> m_held;
    std::multimap<FileId, QPromise<void>> m_coming;
};

} // namespace core
