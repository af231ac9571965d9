// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>

#include <termios.h>

namespace cli {

/// What is typed at a terminal is not shown while this object lives. Nothing happens where the
/// descriptor is no terminal.
class EchoOff {
public:
    explicit EchoOff(int descriptor);
    ~EchoOff();
    EchoOff(const EchoOff &) = delete;
    EchoOff &operator=(const EchoOff &) = delete;

private:
    int m_descriptor;
    std::optional<termios> m_before;
};

} // namespace cli
