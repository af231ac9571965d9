// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/disk/descriptor.h"

#include <mutex>
#include <set>

namespace core {

/// Sees when another program closes an open part that it had opened for writing (inotify). Where
/// the system does not tell, nothing is seen. Any thread.
class PartWatches {
public:
    PartWatches();

    /// A number for the file of the descriptor; -1 where it cannot be watched.
    [[nodiscard]] int add(int descriptor);
    void remove(int watch);
    /// Whether it happened since the file was added.
    [[nodiscard]] bool isTouched(int watch);

private:
    void takeEvents();

    Descriptor m_events;
    std::mutex m_mutex; ///< guards what follows
    std::set<int> m_watches;
    std::set<int> m_touched;
};

} // namespace core
