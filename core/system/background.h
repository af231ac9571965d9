// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QByteArray>

namespace core {

/// The way back to whoever started a program that went to the background.
class Background {
public:
    /// Leaves the terminal, the session and the folder behind. Whoever started this process waits
    /// for report(), prints what it says and ends; this call returns in the process that goes on.
    /// Not when threads have been made. No other process could be made: goes on in this one.
    [[nodiscard]] static Background enter();

    Background(Background &&other) noexcept;
    Background &operator=(Background &&) = delete;
    Background(const Background &) = delete;
    Background &operator=(const Background &) = delete;
    ~Background();

    /// Said once: `line` on the standard output of whoever waits, which then ends with `status`.
    void report(const QByteArray &line, int status);

private:
    explicit Background(int pipe)
        : m_pipe(pipe)
    {
    }

    int m_pipe;
};

} // namespace core
