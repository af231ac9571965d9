// SPDX-License-Identifier: Apache-2.0
#include "core/queue/ledger.h"

#include "core/store/store_thread.h"
#include "core/system/when_ready.h"

#include <algorithm>

namespace core {

Ledger::Ledger(StoreThread *store, QObject *parent)
    : QObject(parent)
    , m_store(store)
{
}

void Ledger::load(StoredState state)
{
    m_settings = state.settings;
    m_lastId = state.lastJobId;
    for (JobRecord &job : state.jobs) {
        const JobId id = job.id;
        m_tallies.insert_or_assign(id, Tally(job.files));
        m_jobs.insert_or_assign(id, std::move(job));
        m_lastId = std::max(m_lastId, id.value);
    }
}

const JobRecord *Ledger::find(JobId id) const
{
    const auto found = m_jobs.find(id);
    return found == m_jobs.end() ? nullptr : &found->second;
}

const Tally &Ledger::tally(JobId id) const
{
    return m_tallies.at(id);
}

JobId Ledger::add(JobRecord record)
{
    const JobId id{++m_lastId};
    record.id = id;
    Marks &marks = m_marks[id];
    marks.row = true;
    for (int i = 0; i < int(record.files.size()); ++i) {
        marks.files.insert(i);
    }
    m_tallies.insert_or_assign(id, Tally(record.files));
    m_jobs.insert_or_assign(id, std::move(record));
    return id;
}

void Ledger::addFile(JobId id, FileRecord file)
{
    JobRecord &job = m_jobs.at(id);
    const int index = int(job.files.size());
    m_tallies.at(id).add(index, file);
    job.files.append(std::move(file));
    m_marks[id].files.insert(index);
}

void Ledger::replace(JobRecord record)
{
    JobRecord &old = m_jobs.at(record.id);
    Marks &marks = m_marks[record.id];
    marks.row = true;
    for (int i = 0; i < int(record.files.size()); ++i) {
        if (i >= old.files.size() || !(record.files.at(i) == old.files.at(i))) {
            marks.files.insert(i);
        }
    }
    m_tallies.insert_or_assign(record.id, Tally(record.files));
    old = std::move(record);
}

void Ledger::setNotice(JobId id, std::optional<NoticeKind> notice)
{
    m_marks[id].notice = notice;
}

void Ledger::note(JobId id, const TimelineEntry &entry)
{
    m_marks[id].timeline.append(entry);
}

StoreDelta Ledger::deltaOf(JobId id, const Marks &marks) const
{
    const JobRecord &job = m_jobs.at(id);
    StoreDelta delta{.id = id, .notice = marks.notice, .timeline = marks.timeline};
    if (marks.row) {
        delta.job = job;
        delta.job->files.clear();
    }
    for (const int index : marks.files) {
        delta.files.emplaceBack(index, job.files.at(index));
    }
    std::ranges::sort(delta.files, {}, [](const auto &file) { return file.first; });
    return delta;
}

QFuture<StoreResult<>> Ledger::commit(JobId id)
{
    if (!m_marks.contains(id) || !m_jobs.contains(id)) {
        return QtFuture::makeReadyFuture(StoreResult<>());
    }
    const Marks marks = m_marks.take(id);
    const auto saving = save(deltaOf(id, marks));
    whenReady(saving, this, [this, id, marks](const StoreResult<> &saved) {
        if (!saved) {
            markAgain(id, marks);
        }
    });
    return saving;
}

void Ledger::markAgain(JobId id, const Marks &marks)
{
    if (!m_jobs.contains(id)) {
        return;
    }
    Marks &now = m_marks[id];
    now.row = now.row || marks.row;
    now.files.unite(marks.files);
    if (!now.notice) {
        now.notice = marks.notice;
    }
    now.timeline = marks.timeline + now.timeline;
    // A store that takes nothing for days must not fill the memory; the first entry is the one of
    // the list that is kept in the store too.
    const qsizetype tooMany = now.timeline.size() - kTimelineMax;
    if (tooMany > 0) {
        now.timeline.remove(1, tooMany);
    }
}

QFuture<StoreResult<>> Ledger::remove(JobId id)
{
    m_jobs.erase(id);
    m_tallies.erase(id);
    m_marks.remove(id);
    return save({.id = id, .removed = true});
}

QFuture<StoreResult<>> Ledger::setSettings(const Settings &settings)
{
    m_settings = settings;
    return save({.settings = settings});
}

QFuture<StoreResult<>> Ledger::save(StoreDelta delta)
{
    const JobId id = delta.id;
    const auto saving = m_store->save(std::move(delta));
    whenReady(saving, this, [this, id](const StoreResult<> &saved) {
        if (!saved) {
            Q_EMIT saveFailed(saved.error());
        }
        Q_EMIT announced(id);
    });
    return saving;
}

} // namespace core
