// SPDX-License-Identifier: Apache-2.0
#include "tests/support/memory_store.h"

#include "core/store/without_secrets.h"

#include <QMutexLocker>

#include <algorithm>
#include <utility>

using namespace core;

namespace {

void forgetSecrets(std::optional<JobError> &error)
{
    if (error) {
        error = withoutSecrets(*std::move(error));
    }
}

JobRecord asStored(JobRecord job)
{
    job.options = withoutSecrets(std::move(job.options));
    forgetSecrets(job.error);
    forgetSecrets(job.obstacle);
    return job;
}

FileRecord asStored(FileRecord file)
{
    file.spec.url = withoutSecrets(file.spec.url);
    file.state = file.state == FileState::Active ? FileState::Pending : file.state;
    forgetSecrets(file.error);
    return file;
}

} // namespace

void StoreMedium::failNextLoad(StoreError error)
{
    const QMutexLocker lock(&m_mutex);
    m_loadError = std::move(error);
}

void StoreMedium::failNextSaves(StoreError error, int times)
{
    const QMutexLocker lock(&m_mutex);
    m_saveError = std::move(error);
    m_failingSaves = times;
}

StoredState StoreMedium::state() const
{
    const QMutexLocker lock(&m_mutex);
    return stateUnlocked();
}

int StoreMedium::saveCount() const
{
    const QMutexLocker lock(&m_mutex);
    return m_saveCount;
}

StoredState StoreMedium::stateUnlocked() const
{
    StoredState state;
    state.settings = m_kept.settings;
    state.lastJobId = m_kept.lastJobId;
    for (const auto &[id, job] : m_kept.jobs) {
        state.jobs.append(job);
    }
    for (const JobId id : m_kept.secretsLeft) {
        state.secretsLeft.append(id);
    }
    return state;
}

StoreResult<StoredState> StoreMedium::load()
{
    const QMutexLocker lock(&m_mutex);
    if (auto error = std::exchange(m_loadError, std::nullopt)) {
        return tl::unexpected(*std::move(error));
    }
    return stateUnlocked();
}

StoreResult<> StoreMedium::save(const QList<StoreDelta> &deltas)
{
    const QMutexLocker lock(&m_mutex);
    if (m_failingSaves > 0) {
        --m_failingSaves;
        return tl::unexpected(*m_saveError);
    }
    const Kept before = m_kept;
    const bool applied =
        std::ranges::all_of(deltas, [this](const StoreDelta &delta) { return apply(delta); });
    if (!applied) {
        m_kept = before;
        return tl::unexpected(StoreError{StoreFault::CannotSave, QStringLiteral("memory"),
                                         QStringLiteral("a delta of an unknown job")});
    }
    ++m_saveCount;
    return {};
}

bool StoreMedium::apply(const StoreDelta &delta)
{
    if (delta.settings) {
        m_kept.settings = *delta.settings;
    }
    if (delta.id.value == 0) {
        return true;
    }
    m_kept.lastJobId = std::max(m_kept.lastJobId, delta.id.value);
    if (delta.secretsGone) {
        m_kept.secretsLeft.erase(delta.id);
        return true;
    }
    if (delta.removed) {
        const auto job = m_kept.jobs.find(delta.id);
        if (job != m_kept.jobs.end() && job->second.options.keepSecrets) {
            m_kept.secretsLeft.insert(delta.id);
        }
        m_kept.jobs.erase(delta.id);
        m_kept.timelines.erase(delta.id);
        return true;
    }
    if (delta.job) {
        JobRecord &job = m_kept.jobs[delta.id];
        const QList<FileRecord> files = std::exchange(job.files, {});
        job = asStored(*delta.job);
        job.files = files;
    }
    const auto job = m_kept.jobs.find(delta.id);
    if (job == m_kept.jobs.end()) {
        return delta.files.isEmpty() && delta.timeline.isEmpty();
    }
    for (const auto &[index, file] : delta.files) {
        QList<FileRecord> &files = job->second.files;
        files.resize(std::max(files.size(), qsizetype(index) + 1));
        files[index] = asStored(file);
    }
    std::map<int, TimelineEntry> &timeline = m_kept.timelines[delta.id];
    for (const TimelineEntry &entry : delta.timeline) {
        const int number = timeline.empty() ? 0 : timeline.rbegin()->first + 1;
        timeline.emplace(number, withoutSecrets(entry));
        if (timeline.size() > kTimelineMax) {
            timeline.erase(std::next(timeline.begin()));
        }
    }
    return true;
}

StoreResult<TimelinePage> StoreMedium::timeline(JobId job, int first, int count) const
{
    const QMutexLocker lock(&m_mutex);
    TimelinePage page;
    const auto kept = m_kept.timelines.find(job);
    if (kept == m_kept.timelines.end() || kept->second.empty()) {
        return page;
    }
    page.total = kept->second.rbegin()->first + 1;
    page.next = std::clamp(first, 0, page.total);
    for (auto at = kept->second.lower_bound(first);
         at != kept->second.end() && page.entries.size() < count; ++at) {
        page.entries.append(at->second);
        page.next = at->first + 1;
    }
    return page;
}
