// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "tests/support/slow_relay.h"

#include <QByteArray>

#include <poll.h>

#include <array>
#include <deque>
#include <optional>
#include <vector>

using RelayClock = std::chrono::steady_clock;
using RelayTime = RelayClock::time_point;

/// Where what goes one way ends.
struct RelayGate {
    RelayWay way = RelayWay::Up;
    qint64 bytesLeft = 0; ///< may still pass
    bool isReset = false;
};

/// What all connections of a relay share.
struct RelayTraffic {
    struct Way {
        qint64 passedBytes = 0;
        RelayTime freeAt; ///< the line has then sent what it has
    };
    std::array<Way, 2> ways;
    std::optional<RelayGate> gate;
    int connectionsEver = 0;

    [[nodiscard]] Way &of(RelayWay way) { return ways.at(size_t(way)); }
    [[nodiscard]] const Way &of(RelayWay way) const { return ways.at(size_t(way)); }
    [[nodiscard]] bool isStalled() const { return gate && !gate->isReset && gate->bytesLeft == 0; }
    [[nodiscard]] bool isResetDue() const { return gate && gate->isReset && gate->bytesLeft == 0; }
};

/// One connection of a SlowRelay: two sockets, which do not block, and what is between them.
class RelayConnection final {
public:
    /// Takes the sockets. The first byte of the client is on its way from that time on.
    RelayConnection(int client, int server, RelayTime openedAt);
    ~RelayConnection();
    RelayConnection(const RelayConnection &) = delete;
    RelayConnection &operator=(const RelayConnection &) = delete;

    /// What it waits for: sockets that can be used, and a time.
    void addTo(std::vector<pollfd> &polled, std::optional<RelayTime> &due, RelayTime now,
               const RelayLine &line, const RelayTraffic &traffic) const;
    /// Takes in and passes on what can be.
    void move(RelayTime now, const RelayLine &line, RelayTraffic &traffic);
    void reset();
    [[nodiscard]] bool isOver() const;

private:
    struct Piece {
        RelayTime due;
        QByteArray bytes; ///< empty: the end
        qsizetype passedBytes = 0;
    };
    struct Word {
        RelayTime due;
        qint64 bytes = 0;
    };
    struct Pipe {
        RelayWay way = RelayWay::Up;
        int from = -1;
        int to = -1;
        RelayTime openedAt;
        std::deque<Piece> pieces{};
        std::deque<Word> words{}; ///< that bytes have come, on their way back
        qint64 onTheWayBytes = 0;
        bool hasEnd = false; ///< nothing more comes in
        bool isOver = false; ///< nothing more goes out
    };

    [[nodiscard]] static bool canTakeIn(const Pipe &pipe, RelayTime now, const RelayLine &line,
                                        const RelayTraffic &traffic);
    void takeIn(Pipe &pipe, RelayTime now, const RelayLine &line, RelayTraffic &traffic);
    void passOn(Pipe &pipe, RelayTime now, const RelayLine &line, RelayTraffic &traffic);

    std::array<Pipe, 2> m_pipes;
    bool m_isBroken = false;
};
