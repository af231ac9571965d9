// SPDX-License-Identifier: Apache-2.0
#include "tests/support/relay_connection.h"

#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>

namespace {

constexpr size_t kPieceBytes = size_t(128) << 10;
/// What a slow line keeps waiting, as a router does.
constexpr std::chrono::milliseconds kLongestQueue{50};

void wakeAt(std::optional<RelayTime> &due, RelayTime time)
{
    due = due ? std::min(*due, time) : time;
}

} // namespace

RelayConnection::RelayConnection(int client, int server, RelayTime openedAt)
    : m_pipes{Pipe{.way = RelayWay::Up, .from = client, .to = server, .openedAt = openedAt},
              Pipe{.way = RelayWay::Down, .from = server, .to = client, .openedAt = {}}}
{
}

RelayConnection::~RelayConnection()
{
    for (const Pipe &pipe : m_pipes) {
        ::close(pipe.from);
    }
}

void RelayConnection::addTo(std::vector<pollfd> &polled, std::optional<RelayTime> &due,
                            RelayTime now, const RelayLine &line, const RelayTraffic &traffic) const
{
    for (const Pipe &pipe : m_pipes) {
        if (canTakeIn(pipe, now, line, traffic)) {
            polled.push_back({pipe.from, POLLIN, 0});
        } else if (!pipe.hasEnd && traffic.of(pipe.way).freeAt > now + kLongestQueue) {
            wakeAt(due, traffic.of(pipe.way).freeAt - kLongestQueue);
        }
        if (!pipe.words.empty()) {
            wakeAt(due, pipe.words.front().due);
        }
        if (pipe.pieces.empty() || pipe.isOver || traffic.isStalled()) {
            continue;
        }
        if (pipe.pieces.front().due > now) {
            wakeAt(due, pipe.pieces.front().due);
        } else {
            polled.push_back({pipe.to, POLLOUT, 0});
        }
    }
}

void RelayConnection::move(RelayTime now, const RelayLine &line, RelayTraffic &traffic)
{
    for (Pipe &pipe : m_pipes) {
        while (!pipe.words.empty() && pipe.words.front().due <= now) {
            pipe.onTheWayBytes -= pipe.words.front().bytes;
            pipe.words.pop_front();
        }
        if (canTakeIn(pipe, now, line, traffic)) {
            takeIn(pipe, now, line, traffic);
        }
        passOn(pipe, now, line, traffic);
    }
}

void RelayConnection::reset()
{
    const linger atOnce{.l_onoff = 1, .l_linger = 0};
    for (const Pipe &pipe : m_pipes) {
        ::setsockopt(pipe.from, SOL_SOCKET, SO_LINGER, &atOnce, sizeof atOnce);
    }
    m_isBroken = true;
}

bool RelayConnection::isOver() const
{
    return m_isBroken || std::ranges::all_of(m_pipes, &Pipe::isOver);
}

bool RelayConnection::canTakeIn(const Pipe &pipe, RelayTime now, const RelayLine &line,
                                const RelayTraffic &traffic)
{
    return !pipe.hasEnd && pipe.onTheWayBytes < line.windowBytes &&
           traffic.of(pipe.way).freeAt <= now + kLongestQueue;
}

void RelayConnection::takeIn(Pipe &pipe, RelayTime now, const RelayLine &line,
                             RelayTraffic &traffic)
{
    const qint64 room = line.windowBytes - pipe.onTheWayBytes;
    std::array<char, kPieceBytes> bytes; // NOLINT(*-member-init): is filled by recv
    const ssize_t got =
        ::recv(pipe.from, bytes.data(), size_t(std::min<qint64>(kPieceBytes, room)), 0);
    if (got < 0 && (errno == EAGAIN || errno == EINTR)) {
        return;
    }
    if (got < 0) {
        reset();
        return;
    }
    RelayTime sentAt = std::max(now, pipe.openedAt);
    if (line.bytesPerSecond > 0) {
        RelayTime &freeAt = traffic.of(pipe.way).freeAt;
        freeAt = std::max(freeAt, sentAt) +
                 std::chrono::microseconds(got * std::micro::den / line.bytesPerSecond);
        sentAt = freeAt;
    }
    pipe.hasEnd = got == 0;
    pipe.onTheWayBytes += got;
    pipe.pieces.push_back({.due = sentAt + line.delay, .bytes = QByteArray(bytes.data(), got)});
}

void RelayConnection::passOn(Pipe &pipe, RelayTime now, const RelayLine &line,
                             RelayTraffic &traffic)
{
    while (!pipe.pieces.empty() && pipe.pieces.front().due <= now && !traffic.isStalled() &&
           !traffic.isResetDue() && !m_isBroken) {
        Piece &piece = pipe.pieces.front();
        if (piece.bytes.isEmpty()) {
            ::shutdown(pipe.to, SHUT_WR);
            pipe.isOver = true;
            pipe.pieces.clear();
            return;
        }
        const bool isGated = traffic.gate && traffic.gate->way == pipe.way;
        const qint64 left = piece.bytes.size() - piece.passedBytes;
        const qint64 wanted = isGated ? std::min(left, traffic.gate->bytesLeft) : left;
        const ssize_t sent = ::send(pipe.to, piece.bytes.constData() + piece.passedBytes,
                                    size_t(wanted), MSG_NOSIGNAL);
        if (sent < 0) {
            if (errno != EAGAIN && errno != EINTR) {
                reset();
            }
            return;
        }
        traffic.of(pipe.way).passedBytes += sent;
        if (isGated) {
            traffic.gate->bytesLeft -= sent;
        }
        piece.passedBytes += sent;
        pipe.words.push_back({.due = now + line.delay, .bytes = sent});
        if (piece.passedBytes == piece.bytes.size()) {
            pipe.pieces.pop_front();
        }
    }
}
