// SPDX-License-Identifier: Apache-2.0
#include "stop_signals.h"

#include <QSocketNotifier>

#include <array>
#include <csignal>

#include <fcntl.h>
#include <unistd.h>

namespace {

// NOLINTNEXTLINE(*-avoid-non-const-global-variables): a signal handler can reach nothing else
volatile std::sig_atomic_t g_writeEnd = -1;

extern "C" void onStop(int /*signal*/)
{
    const char byte = 0;
    // The pipe does not block; when it is full the wish is known already.
    [[maybe_unused]] const auto written = ::write(g_writeEnd, &byte, 1);
}

} // namespace

StopSignals::StopSignals(QObject *parent)
    : QObject(parent)
{
    std::array<int, 2> ends{-1, -1};
    if (::pipe2(ends.data(), O_NONBLOCK | O_CLOEXEC) != 0) {
        return; // the signals end the program the hard way; the store bears that
    }
    m_readEnd = ends[0];
    g_writeEnd = ends[1];
    m_notifier = std::make_unique<QSocketNotifier>(m_readEnd, QSocketNotifier::Read);
    connect(m_notifier.get(), &QSocketNotifier::activated, this, [this] {
        std::array<char, 16> bytes{};
        if (::read(m_readEnd, bytes.data(), bytes.size()) > 0) {
            Q_EMIT stopRequested();
        }
    });
    std::signal(SIGTERM, onStop);
    std::signal(SIGINT, onStop);
}

StopSignals::~StopSignals()
{
    if (m_readEnd < 0) {
        return;
    }
    std::signal(SIGTERM, SIG_DFL);
    std::signal(SIGINT, SIG_DFL);
    m_notifier.reset();
    ::close(m_readEnd);
    ::close(g_writeEnd);
}
