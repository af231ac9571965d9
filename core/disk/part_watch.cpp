// SPDX-License-Identifier: Apache-2.0
#include "core/disk/part_watch.h"

#include <array>
#include <cstring>
#include <string>

#include <sys/inotify.h>

namespace core {

PartWatches::PartWatches()
    : m_events(::inotify_init1(IN_NONBLOCK | IN_CLOEXEC))
{
}

int PartWatches::add(int descriptor)
{
    if (!m_events.isOpen()) {
        return -1;
    }
    // By the descriptor, since a part may have no name yet.
    const std::string path = "/proc/self/fd/" + std::to_string(descriptor);
    const std::lock_guard lock(m_mutex);
    const int watch = ::inotify_add_watch(m_events.number(), path.c_str(), IN_CLOSE_WRITE);
    if (watch >= 0) {
        m_watches.insert(watch);
    }
    return watch;
}

void PartWatches::remove(int watch)
{
    const std::lock_guard lock(m_mutex);
    if (m_watches.erase(watch) > 0) {
        m_touched.erase(watch);
        (void)::inotify_rm_watch(m_events.number(), watch);
    }
}

bool PartWatches::isTouched(int watch)
{
    const std::lock_guard lock(m_mutex);
    if (!m_watches.empty()) {
        takeEvents();
    }
    return m_touched.contains(watch);
}

void PartWatches::takeEvents()
{
    std::array<char, 4096> buffer{};
    ssize_t count = 0;
    // The descriptor never blocks.
    while ((count = uninterrupted(
                // NOLINTNEXTLINE(clang-analyzer-unix.BlockInCriticalSection)
                [&] { return ::read(m_events.number(), buffer.data(), buffer.size()); })) > 0) {
        inotify_event event{};
        for (ssize_t at = 0; at < count; at += ssize_t(sizeof event + event.len)) {
            std::memcpy(&event, buffer.data() + at, sizeof event);
            if ((event.mask & IN_Q_OVERFLOW) != 0) { // who knows what was among them
                m_touched = m_watches;
            } else if ((event.mask & IN_CLOSE_WRITE) != 0 && m_watches.contains(event.wd)) {
                m_touched.insert(event.wd);
            }
        }
    }
}

} // namespace core
