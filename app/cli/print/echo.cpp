// SPDX-License-Identifier: Apache-2.0
#include "app/cli/print/echo.h"

namespace cli {

EchoOff::EchoOff(int descriptor)
    : m_descriptor(descriptor)
{
    termios now{};
    if (::tcgetattr(descriptor, &now) != 0) {
        return;
    }
    m_before = now;
    now.c_lflag &= ~static_cast<tcflag_t>(ECHO);
    now.c_lflag |= ECHONL;
    if (::tcsetattr(descriptor, TCSAFLUSH, &now) != 0) {
        m_before.reset();
    }
}

EchoOff::~EchoOff()
{
    if (m_before) {
        // Nothing can be done where this fails: the terminal is gone.
        (void)::tcsetattr(m_descriptor, TCSANOW, &*m_before);
    }
}

} // namespace cli
