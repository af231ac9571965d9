// SPDX-License-Identifier: Apache-2.0
#include "core/queue/job_records.h"

#include "core/queue/file_names.h"
#include "core/store/store_thread.h"
#include "core/system/when_ready.h"

#include <algorithm>

namespace core {

JobRecords::JobRecords(StoreThread *store, Clock *clock, JobListener *listener,
                       std::function<void()> savesAgain)
    : m_store(store)
    , m_listener(listener)
    , m_savesAgain(std::move(savesAgain))
    , m_alarm(clock)
{
}

void JobRecords::load(StoredState state)
{
    m_settings = state.settings;
    m_lastId = state.lastJobId;
    for (JobRecord &job : state.jobs) {
        const JobId id = job.id;
        m_totals.insert_or_assign(id, JobTotals(job.files));
        m_jobs.insert_or_assign(id, std::move(job));
        m_lastId = std::max(m_lastId, id.value);
    }
}

const JobRecord *JobRecords::find(JobId id) const
{
    const auto found = m_jobs.find(id);
    return found == m_jobs.end() ? nullptr : &found->second;
}

JobIds JobRecords::ids() const
{
    JobIds all;
    for (const auto &[id, job] : m_jobs) {
        all.append(id);
    }
    return all;
}

const JobTotals &JobRecords::totals(JobId id) const
{
    return m_totals.at(id);
}

JobId JobRecords::add(JobRecord record)
{
    const JobId id{++m_lastId};
    record.id = id;
    Marks &marks = m_marks[id];
    marks.row = true;
    for (int i = 0; i < int(record.files.size()); ++i) {
        marks.files.insert(i);
    }
    m_totals.insert_or_assign(id, JobTotals(record.files));
    m_jobs.insert_or_assign(id, std::move(record));
    return id;
}

void JobRecords::nameFile(FileId id, const QString &name)
{
    const QString jobName = jobNameAfter(m_jobs.at(id.job), id.index, name);
    if (jobName != m_jobs.at(id.job).name) {
        change(id.job, [&jobName](JobRecord &job) { job.name = jobName; });
    }
    changeFile(id, [&name](FileRecord &file) { file.name = name; });
}

void JobRecords::addFile(JobId id, FileRecord file)
{
    JobRecord &job = m_jobs.at(id);
    const int index = int(job.files.size());
    m_totals.at(id).add(index, file);
    job.files.append(std::move(file));
    m_marks[id].files.insert(index);
}

void JobRecords::replace(JobRecord record)
{
    JobRecord &old = m_jobs.at(record.id);
    Marks &marks = m_marks[record.id];
    marks.row = true;
    for (int i = 0; i < int(record.files.size()); ++i) {
        if (i >= old.files.size() || !(record.files.at(i) == old.files.at(i))) {
            marks.files.insert(i);
        }
    }
    m_totals.insert_or_assign(record.id, JobTotals(record.files));
    old = std::move(record);
}

void JobRecords::note(JobId id, const TimelineEntry &entry)
{
    m_marks[id].timeline.append(entry);
}

StoreDelta JobRecords::deltaOf(JobId id, const Marks &marks) const
{
    const JobRecord &job = m_jobs.at(id);
    StoreDelta delta{.id = id, .timeline = marks.timeline};
    if (marks.row) {
        delta.job = job;
        delta.job->files = {}; // clear() would allocate as much again, since they are shared
    }
    delta.files.reserve(marks.files.size());
    for (const int index : marks.files) {
        delta.files.emplaceBack(index, job.files.at(index));
    }
    std::ranges::sort(delta.files, {}, [](const auto &file) { return file.first; });
    return delta;
}

QFuture<StoreResult<>> JobRecords::commit(JobId id)
{
    if (!m_marks.contains(id) || !m_jobs.contains(id)) {
        return readyFuture(StoreResult<>());
    }
    const Marks marks = m_marks.take(id);
    return save(deltaOf(id, marks), marks);
}

void JobRecords::markAgain(JobId id, const Marks &marks)
{
    if (!m_jobs.contains(id)) {
        return;
    }
    Marks &now = m_marks[id];
    now.row = now.row || marks.row;
    now.files.unite(marks.files);
    now.timeline = now.timeline.first(now.entriesAgain) + marks.timeline +
                   now.timeline.sliced(now.entriesAgain);
    now.entriesAgain += marks.timeline.size();
    // A store that takes nothing for days must not fill the memory; the first entry is the one of
    // the list that is kept in the store too.
    const qsizetype tooMany = now.timeline.size() - kTimelineMax;
    if (tooMany > 0) {
        now.timeline.remove(1, tooMany);
        now.entriesAgain = std::max<qsizetype>(1, now.entriesAgain - tooMany);
    }
}

QFuture<StoreResult<>> JobRecords::remove(JobId id)
{
    m_jobs.erase(id);
    m_totals.erase(id);
    m_marks.remove(id);
    const auto saving = save({.id = id, .removed = true}, {});
    whenReady(saving, this, [this, id](const StoreResult<> &saved) {
        if (!saved) {
            m_removals.insert(id);
        }
    });
    return saving;
}

QFuture<StoreResult<>> JobRecords::setSettings(const Settings &settings)
{
    m_settings = settings;
    return save({.settings = settings}, {});
}

QFuture<StoreResult<>> JobRecords::save(StoreDelta delta, const Marks &marks)
{
    const JobId id = delta.id;
    const auto saving = m_store->save(std::move(delta));
    const quint64 number = ++m_saves;
    m_underWay.insert(id, number);
    whenReady(saving, this, [this, id, marks, number](const StoreResult<> &saved) {
        if (m_underWay.value(id) == number) {
            m_underWay.remove(id);
        }
        if (!saved) {
            markAgain(id, marks);
        }
        tell(id, saved);
        answer(id, saved ? std::optional(number) : std::nullopt);
        if (id != JobId{}) {
            m_listener->jobChanged(id);
        }
    });
    return saving;
}

void JobRecords::tell(JobId id, const StoreResult<> &saved)
{
    if (saved) {
        // What changes nothing can be saved on a full disk too.
        const bool isProof =
            id != JobId{} || (m_marks.isEmpty() && m_underWay.isEmpty() && m_removals.isEmpty());
        if (!isProof) {
            return;
        }
        m_alarm.cancel();
        if (std::exchange(m_failure, std::nullopt)) {
            saveAgain();
            m_savesAgain();
        }
        return;
    }
    if (m_failure != saved.error()) {
        m_failure = saved.error();
        m_listener->saveFailed(saved.error());
    }
    if (!m_hasGivenUp && !m_alarm.isSet()) {
        m_alarm.setIn(kSavedAgainAfter, [this] { saveAgain(); });
    }
}

void JobRecords::saveAgain()
{
    const JobIds marked = m_marks.keys();
    for (const JobId id : marked) {
        static_cast<void>(commit(id));
    }
    for (const JobId id : std::exchange(m_removals, {})) {
        static_cast<void>(remove(id));
    }
    if (marked.isEmpty() && isFailing()) {
        static_cast<void>(save({}, {})); // only to see whether saving works
    }
}

/// Whoever waits for a save of the job that was answered now. What a failed one had is part of the
/// next.
void JobRecords::answer(JobId id, std::optional<quint64> savedUpTo)
{
    for (Awaiting &each : std::exchange(m_awaiting, {})) {
        const bool isSaved = savedUpTo && each.save <= *savedUpTo;
        const bool isLost =
            (m_hasGivenUp && !m_underWay.contains(id)) || (!savedUpTo && !each.isPatient);
        if (each.id == id && (isSaved || isLost)) {
            each.promise->addResult(isSaved);
            each.promise->finish();
            continue;
        }
        if (each.id == id && !savedUpTo) {
            each.save = m_saves + 1;
        }
        m_awaiting.push_back(std::move(each));
    }
}

QFuture<bool> JobRecords::saved(JobId id)
{
    return await(id, true);
}

QFuture<bool> JobRecords::savedAtOnce(JobId id)
{
    return await(id, false);
}

QFuture<bool> JobRecords::await(JobId id, bool isPatient)
{
    static_cast<void>(commit(id));
    const auto last = m_underWay.constFind(id);
    if (last == m_underWay.cend()) {
        return readyFuture(true);
    }
    m_awaiting.push_back({id, *last, isPatient, std::make_shared<QPromise<bool>>()});
    m_awaiting.back().promise->start();
    return m_awaiting.back().promise->future();
}

void JobRecords::giveUp()
{
    m_hasGivenUp = true;
    m_alarm.cancel();
    for (const JobId id : ids()) {
        if (!m_underWay.contains(id)) { // what is under way has its own answer
            answer(id, std::nullopt);
        }
    }
}

} // namespace core
