// SPDX-License-Identifier: Apache-2.0
#include "tests/support/slow_relay.h"

#include "tests/support/relay_connection.h"

#include <arpa/inet.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <atomic>
#include <mutex>
#include <thread>
#include <vector>

namespace {

sockaddr_in loopback(quint16 port)
{
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    return address;
}

int newSocket()
{
    const int descriptor = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    const int yes = 1;
    ::setsockopt(descriptor, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes);
    return descriptor;
}

void makeReady(int descriptor)
{
    const int yes = 1;
    ::setsockopt(descriptor, IPPROTO_TCP, TCP_NODELAY, &yes, sizeof yes);
    std::ignore = ::fcntl(descriptor, F_SETFL, O_NONBLOCK);
}

} // namespace

class SlowRelay::Loop {
public:
    Loop(quint16 target, RelayLine line, quint16 port)
        : m_line(line)
        , m_target(loopback(target))
        , m_listener(newSocket())
        , m_wake(::eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK))
    {
        sockaddr_in address = loopback(port);
        socklen_t size = sizeof address;
        auto *const name = reinterpret_cast<sockaddr *>(&address);
        if (::bind(m_listener, name, size) == 0 && ::listen(m_listener, SOMAXCONN) == 0 &&
            ::getsockname(m_listener, name, &size) == 0) {
            m_port = ntohs(address.sin_port);
            makeReady(m_listener);
            m_thread = std::thread([this] { run(); });
        }
    }
    ~Loop()
    {
        m_isOver = true;
        wake();
        if (m_thread.joinable()) {
            m_thread.join();
        }
        ::close(m_listener);
        ::close(m_wake);
    }
    Loop(const Loop &) = delete;
    Loop &operator=(const Loop &) = delete;

    [[nodiscard]] quint16 port() const { return m_port; }

    void arm(RelayWay way, qint64 bytes, bool isReset)
    {
        const std::lock_guard lock(m_mutex);
        m_traffic.gate = RelayGate{.way = way, .bytesLeft = bytes, .isReset = isReset};
        wake();
    }
    void disarm()
    {
        const std::lock_guard lock(m_mutex);
        m_traffic.gate.reset();
        wake();
    }
    template <typename Read>
    [[nodiscard]] auto ask(Read read) const
    {
        const std::lock_guard lock(m_mutex);
        return read(m_traffic);
    }

private:
    void wake() const { std::ignore = ::eventfd_write(m_wake, 1); }

    void run()
    {
        while (!m_isOver) {
            sleepUntilSomethingCanBeDone();
            eventfd_t count = 0;
            std::ignore = ::eventfd_read(m_wake, &count);
            const std::lock_guard lock(m_mutex);
            const RelayTime now = RelayClock::now();
            accept(now);
            for (const auto &connection : m_connections) {
                connection->move(now, m_line, m_traffic);
            }
            if (m_traffic.isResetDue()) {
                m_traffic.gate.reset();
                for (const auto &connection : m_connections) {
                    connection->reset();
                }
            }
            std::erase_if(m_connections, [](const auto &each) { return each->isOver(); });
        }
    }

    void sleepUntilSomethingCanBeDone()
    {
        std::vector<pollfd> polled{{m_wake, POLLIN, 0}, {m_listener, POLLIN, 0}};
        std::optional<RelayTime> due;
        {
            const std::lock_guard lock(m_mutex);
            const RelayTime now = RelayClock::now();
            for (const auto &connection : m_connections) {
                connection->addTo(polled, due, now, m_line, m_traffic);
            }
        }
        timespec limit{};
        if (due) {
            const auto rest = std::max(*due - RelayClock::now(), RelayClock::duration::zero());
            const auto whole = std::chrono::duration_cast<std::chrono::seconds>(rest);
            limit = {.tv_sec = whole.count(),
                     .tv_nsec = std::chrono::nanoseconds(rest - whole).count()};
        }
        std::ignore = ::ppoll(polled.data(), polled.size(), due ? &limit : nullptr, nullptr);
    }

    void accept(RelayTime now)
    {
        for (;;) {
            const int client = ::accept4(m_listener, nullptr, nullptr, SOCK_CLOEXEC);
            if (client < 0) {
                return;
            }
            const int server = newSocket();
            ++m_traffic.connectionsEver;
            if (::connect(server, reinterpret_cast<const sockaddr *>(&m_target), sizeof m_target) !=
                0) {
                ::close(server);
                ::close(client);
                continue;
            }
            makeReady(client);
            makeReady(server);
            m_connections.push_back(
                std::make_unique<RelayConnection>(client, server, now + 2 * m_line.delay));
        }
    }

    const RelayLine m_line;
    const sockaddr_in m_target;
    const int m_listener;
    const int m_wake;
    quint16 m_port = 0;
    mutable std::mutex m_mutex;
    RelayTraffic m_traffic;
    std::vector<std::unique_ptr<RelayConnection>> m_connections;
    std::atomic<bool> m_isOver = false;
    std::thread m_thread;
};

SlowRelay::SlowRelay(quint16 target, RelayLine line, quint16 port)
    : m_loop(std::make_unique<Loop>(target, line, port))
{
}

SlowRelay::~SlowRelay() = default;

quint16 SlowRelay::port() const
{
    return m_loop->port();
}

void SlowRelay::stallAfter(RelayWay way, qint64 bytes)
{
    m_loop->arm(way, bytes, false);
}

void SlowRelay::resetAfter(RelayWay way, qint64 bytes)
{
    m_loop->arm(way, bytes, true);
}

void SlowRelay::goOn()
{
    m_loop->disarm();
}

bool SlowRelay::isStalled() const
{
    return m_loop->ask([](const RelayTraffic &traffic) { return traffic.isStalled(); });
}

qint64 SlowRelay::bytesPassed(RelayWay way) const
{
    return m_loop->ask([way](const RelayTraffic &traffic) { return traffic.of(way).passedBytes; });
}

int SlowRelay::connectionsEver() const
{
    return m_loop->ask([](const RelayTraffic &traffic) { return traffic.connectionsEver; });
}
