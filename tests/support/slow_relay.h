// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QtGlobal>

#include <chrono>
#include <memory>

/// What a line does to what goes over it.
struct RelayLine {
    std::chrono::microseconds delay{0};   ///< one way; the round trip is twice as long
    qint64 bytesPerSecond = 0;            ///< in each direction, all connections together; 0: any
    qint64 windowBytes = qint64(4) << 20; ///< on the way at most, each connection and direction
};

enum class RelayWay { Up, Down }; ///< Up: from who connected

/// A line of some length to a server on this computer, in user space: takes connections at a free
/// port of 127.0.0.1 and passes on to another what comes, as late and as slowly as the line is. A
/// new connection costs a round trip too, and what was passed on takes room in the window until
/// word of it is back. It works in a thread of its own, so neither the test nor the engine slow it
/// down; all calls may come from any thread.
class SlowRelay final {
public:
    explicit SlowRelay(quint16 target, RelayLine line = {}, quint16 port = 0);
    ~SlowRelay();
    SlowRelay(const SlowRelay &) = delete;
    SlowRelay &operator=(const SlowRelay &) = delete;

    /// 0: it could not listen.
    [[nodiscard]] quint16 port() const;

    /// Once so many further bytes were passed on this way, exactly these, nothing more is, either
    /// way, on any connection, until goOn().
    void stallAfter(RelayWay way, qint64 bytes);
    /// The same, but all connections are reset, once. New ones are taken.
    void resetAfter(RelayWay way, qint64 bytes);
    /// Ends a stall, and forgets what was said of one or of a reset.
    void goOn();

    [[nodiscard]] bool isStalled() const;
    [[nodiscard]] qint64 bytesPassed(RelayWay way) const;
    [[nodiscard]] int connectionsEver() const;

private:
    class Loop;
    std::unique_ptr<Loop> m_loop;
};
