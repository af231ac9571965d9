// SPDX-License-Identifier: Apache-2.0
#include "core/system/termination_signals.h"

#include <array>
#include <cerrno>
#include <csignal>
#include <cstring>

#include <fcntl.h>
#include <unistd.h>

namespace core {

namespace {

// NOLINTBEGIN(*-avoid-non-const-global-variables): a signal handler can reach nothing else
std::array<int, 2> g_pipe{-1, -1};
volatile std::sig_atomic_t g_wasCaught = 0;
// NOLINTEND(*-avoid-non-const-global-variables)

void onSignal(int /*number*/)
{
    const int before = errno;
    g_wasCaught = 1;
    const char token = 0;
    [[maybe_unused]] const auto written =
        ::write(g_pipe[1], &token, 1); // a full pipe says it already
    errno = before;
}

int openPipe()
{
    if (::pipe2(g_pipe.data(), O_CLOEXEC | O_NONBLOCK) != 0) {
        qFatal("No pipe could be made: %s", std::strerror(errno));
    }
    return g_pipe[0];
}

void handle(int number, void (*handler)(int))
{
    struct sigaction action {};
    action.sa_handler = handler; // no SA_RESTART: a blocking read ends
    ::sigemptyset(&action.sa_mask);
    ::sigaction(number, &action, nullptr);
}

} // namespace

TerminationSignals::TerminationSignals(std::initializer_list<int> numbers)
    : m_numbers(numbers)
    , m_notifier(openPipe(), QSocketNotifier::Read)
{
    connect(&m_notifier, &QSocketNotifier::activated, this, &TerminationSignals::drain);
    for (const int number : m_numbers) {
        handle(number, onSignal);
    }
    handle(SIGPIPE, SIG_IGN);
}

TerminationSignals::~TerminationSignals()
{
    for (const int number : m_numbers) {
        handle(number, SIG_DFL);
    }
    m_notifier.setEnabled(false);
    ::close(g_pipe[0]);
    ::close(g_pipe[1]);
}

bool TerminationSignals::wasCaught()
{
    return g_wasCaught != 0;
}

void TerminationSignals::drain()
{
    std::array<char, 16> tokens{};
    while (::read(g_pipe[0], tokens.data(), tokens.size()) > 0) {
    }
    Q_EMIT caught();
}

} // namespace core
