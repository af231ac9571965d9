// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <condition_variable>
#include <deque>
#include <functional>
#include <mutex>
#include <thread>
#include <utility>

namespace core {

/// A thread that does one thing after the other, in the order they were asked for.
class WorkThread {
public:
    /// The name, of at most 15 characters, is for debuggers and top.
    explicit WorkThread(const char *name);
    /// Does all that was asked for, then ends the thread.
    ~WorkThread();
    WorkThread(const WorkThread &) = delete;
    WorkThread &operator=(const WorkThread &) = delete;

    using Time = std::chrono::steady_clock::time_point;

    /// May be called on any thread, this one included. The work is destroyed on this thread. It is
    /// not begun before its time, and nothing behind it, unless the thread is to end.
    void post(std::function<void()> work, Time notBefore = {});
    /// Does all that was asked for and ends the thread; nothing may be posted afterwards.
    void finish();

private:
    void loop();

    std::mutex m_mutex;
    std::condition_variable m_wake;
    std::deque<std::pair<std::function<void()>, Time>> m_queue;
    bool m_ending = false;
    std::thread m_thread;
};

} // namespace core
