// SPDX-License-Identifier: Apache-2.0
#include "core/system/background.h"

#include <array>
#include <cerrno>
#include <utility>

#include <fcntl.h>
#include <unistd.h>

namespace core {

namespace {

/// The first byte is the status, the rest the line.
[[noreturn]] void passOn(int pipe)
{
    std::array<char, 4096> buffer{};
    int status = 1; // it ended without a word
    bool isFirst = true;
    ssize_t got = 0;
    while ((got = ::read(pipe, buffer.data(), buffer.size())) > 0 || (got < 0 && errno == EINTR)) {
        const ssize_t skipped = isFirst && got > 0 ? 1 : 0;
        if (skipped == 1) {
            status = static_cast<unsigned char>(buffer.front());
            isFirst = false;
        }
        if (got > skipped) {
            const auto written =
                ::write(STDOUT_FILENO, buffer.data() + skipped, std::size_t(got - skipped));
            status = written == got - skipped ? status : 1;
        }
    }
    ::_exit(status);
}

void leaveStandardStreams()
{
    const int nothing = ::open("/dev/null", O_RDWR | O_CLOEXEC);
    if (nothing < 0) {
        return; // as they are, then
    }
    for (const int stream : {STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO}) {
        ::dup2(nothing, stream);
    }
    if (nothing > STDERR_FILENO) {
        ::close(nothing);
    }
}

} // namespace

Background Background::enter()
{
    std::array<int, 2> ends{-1, -1};
    if (::pipe2(ends.data(), O_CLOEXEC) != 0) {
        return Background(-1);
    }
    const pid_t child = ::fork();
    if (child > 0) {
        ::close(ends[1]);
        passOn(ends[0]);
    }
    ::close(ends[0]);
    if (child == 0) {
        ::setsid();
        leaveStandardStreams();
        // No file system is kept from being unmounted.
        [[maybe_unused]] const int changed = ::chdir("/");
    }
    return Background(ends[1]);
}

Background::Background(Background &&other) noexcept
    : m_pipe(std::exchange(other.m_pipe, -1))
{
}

Background::~Background()
{
    if (m_pipe >= 0) {
        ::close(m_pipe);
    }
}

void Background::report(const QByteArray &line, int status)
{
    const QByteArray whole = char(status) + line;
    // Nobody may be waiting any more.
    [[maybe_unused]] const auto written =
        ::write(m_pipe, whole.constData(), std::size_t(whole.size()));
    ::close(std::exchange(m_pipe, -1));
}

} // namespace core
