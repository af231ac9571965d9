// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QCoreApplication>
#include <QDeadlineTimer>
#include <QTimer>

#include <chrono>

/// Turns the event loop until this holds; whether it did within the limit. Unlike
/// QTest::qWaitFor(), which sleeps between two turns, every event is handled when it comes: a
/// server of the test and the engine answer each other without a nap.
template <typename Predicate>
[[nodiscard]] bool turnUntil(Predicate holds, std::chrono::milliseconds limit)
{
    constexpr std::chrono::milliseconds kLongestTurn{10};
    const QDeadlineTimer deadline(limit);
    QTimer wake; // what other threads do may bring no event
    wake.start(kLongestTurn);
    while (!holds()) {
        if (deadline.hasExpired()) {
            return false;
        }
        QCoreApplication::processEvents(QEventLoop::WaitForMoreEvents);
        QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);
    }
    return true;
}
