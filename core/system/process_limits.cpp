// SPDX-License-Identifier: Apache-2.0
#include "core/system/process_limits.h"

#include <algorithm>
#include <latch>
#include <optional>
#include <system_error>
#include <thread>
#include <vector>

#include <sys/resource.h>

namespace core {

namespace {

/// With a few files at once under way it holds some 30.
constexpr rlim_t kOpenFiles = 64;
/// Beyond this nothing is gained, and some programs walk all that may be open.
constexpr rlim_t kMostOpenFiles = 8192;
/// Stacks and the heaps of threads take addresses, not memory: some 750 MB.
constexpr rlim_t kAddressBytes = rlim_t(1) << 30;
/// Those of the engine, the list, the log, two for each drive, and what Qt makes for the network.
constexpr int kThreads = 16;

/// The soft limit, once it is as high as it may be.
rlim_t raiseOpenFiles()
{
    rlimit files{};
    if (::getrlimit(RLIMIT_NOFILE, &files) != 0) {
        return kOpenFiles; // then nobody limits it
    }
    const rlim_t wanted = std::min(files.rlim_max, kMostOpenFiles);
    if (files.rlim_cur < wanted) {
        files.rlim_cur = wanted;
        (void)::setrlimit(RLIMIT_NOFILE, &files);
        (void)::getrlimit(RLIMIT_NOFILE, &files);
    }
    return files.rlim_cur;
}

/// No number tells how many more there may be, so they are begun.
bool canStartThreads()
{
    std::latch end(1);
    std::vector<std::thread> threads;
    bool canAll = true;
    try {
        for (int i = 0; i < kThreads; ++i) {
            threads.emplace_back([&end] { end.wait(); });
        }
    } catch (const std::system_error &) {
        canAll = false;
    }
    end.count_down();
    for (std::thread &thread : threads) {
        thread.join();
    }
    return canAll;
}

} // namespace

std::optional<Shortage> prepareLimits()
{
    if (raiseOpenFiles() < kOpenFiles) {
        return Shortage{Scarce::OpenFiles, kOpenFiles};
    }
    rlimit addresses{};
    if (::getrlimit(RLIMIT_AS, &addresses) == 0 && addresses.rlim_cur < kAddressBytes) {
        return Shortage{Scarce::Addresses, kAddressBytes};
    }
    return canStartThreads() ? std::nullopt : std::optional(Shortage{Scarce::Threads, kThreads});
}

} // namespace core
