// SPDX-License-Identifier: Apache-2.0
// A line of some length to a server on this computer, until it is ended:
//   slow_relay TARGET-PORT DELAY-MS [BYTES-PER-SECOND [WINDOW-BYTES]]
// It prints the port to connect to. The delay is one way.
#include "tests/support/slow_relay.h"

#include <unistd.h>

#include <cstdio>
#include <cstdlib>

int main(int argc, char **argv)
{
    if (argc < 3) {
        std::fputs("slow_relay TARGET-PORT DELAY-MS [BYTES-PER-SECOND [WINDOW-BYTES]]\n", stderr);
        return 2;
    }
    const auto number = [argc, argv](int index) {
        return index < argc ? std::strtoll(argv[index], nullptr, 10) : 0;
    };
    RelayLine line{.delay = std::chrono::milliseconds(number(2)), .bytesPerSecond = number(3)};
    if (number(4) > 0) {
        line.windowBytes = number(4);
    }
    const SlowRelay relay(quint16(number(1)), line);
    if (relay.port() == 0) {
        std::fputs("No port can be listened at.\n", stderr);
        return 1;
    }
    std::printf("%d\n", relay.port());
    std::fflush(stdout);
    ::pause();
    return 0;
}
