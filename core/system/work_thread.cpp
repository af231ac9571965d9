// SPDX-License-Identifier: Apache-2.0
#include "core/system/work_thread.h"

#include <pthread.h>
#include <utility>

namespace core {

WorkThread::WorkThread(const char *name)
    : m_thread([this] { loop(); })
{
    pthread_setname_np(m_thread.native_handle(), name);
}

WorkThread::~WorkThread()
{
    finish();
}

void WorkThread::post(std::function<void()> work, Time notBefore)
{
    {
        const std::lock_guard lock(m_mutex);
        m_queue.emplace_back(std::move(work), notBefore);
    }
    m_wake.notify_one();
}

void WorkThread::finish()
{
    if (!m_thread.joinable()) {
        return;
    }
    {
        const std::lock_guard lock(m_mutex);
        m_ending = true;
    }
    m_wake.notify_one();
    m_thread.join();
}

void WorkThread::loop()
{
    std::unique_lock lock(m_mutex);
    for (;;) {
        m_wake.wait(lock, [this] { return m_ending || !m_queue.empty(); });
        if (m_queue.empty()) {
            return;
        }
        const Time notBefore = m_queue.front().second;
        if (notBefore != Time()) {
            m_wake.wait_until(lock, notBefore, [this] { return m_ending; });
        }
        {
            const auto work = std::move(m_queue.front().first);
            m_queue.pop_front();
            lock.unlock();
            work();
        } // what it held may take its time to go, so that happens without the lock too
        lock.lock();
    }
}

} // namespace core
