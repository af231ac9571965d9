// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/queue/job_listener.h"
#include "core/queue/job_totals.h"
#include "core/store/job_store.h"
#include "core/system/clock.h"

#include <QFuture>
#include <QHash>
#include <QObject>
#include <QPromise>
#include <QSet>

#include <functional>
#include <map>
#include <memory>
#include <vector>

namespace core {

class StoreThread;

/// The records of all jobs, in memory and on their way into the store. What is changed here is
/// marked; commit() saves all marks of a job as one delta, and only when that is on the disk the
/// change is announced. If it cannot be saved the change still stands, the failure is announced,
/// once as long as it stays the same, and all of it is tried again every kSavedAgainAfter. For
/// JobManager and its parts alone.
class JobRecords final : public QObject {
public:
    static constexpr std::chrono::seconds kSavedAgainAfter{5};

    /// `savesAgain` is called when saving works again after it had failed.
    JobRecords(StoreThread *store, Clock *clock, JobListener *listener,
               std::function<void()> savesAgain);

    void load(StoredState state);

    [[nodiscard]] const JobRecord *find(JobId id) const;
    [[nodiscard]] const std::map<JobId, JobRecord> &jobs() const { return m_jobs; }
    [[nodiscard]] JobIds ids() const;
    /// Of a job that is there.
    [[nodiscard]] const JobTotals &totals(JobId id) const;
    [[nodiscard]] const Settings &settings() const { return m_settings; }

    /// Gives the record the next id and keeps it.
    JobId add(JobRecord record);
    /// Changes the row of a job that is there; its files go by changeFile() and replace().
    template <typename Change>
    void change(JobId id, Change change)
    {
        change(m_jobs.at(id));
        m_marks[id].row = true;
    }
    /// Changes what is kept in memory only, so that there is nothing to save.
    template <typename Change>
    void changeUnstored(JobId id, Change change)
    {
        change(m_jobs.at(id));
    }
    template <typename Change>
    void changeFile(FileId id, Change change)
    {
        FileRecord &file = m_jobs.at(id.job).files[id.index];
        JobTotals &totals = m_totals.at(id.job);
        totals.remove(id.index, file);
        change(file);
        totals.add(id.index, file);
        m_marks[id.job].files.insert(id.index);
    }
    /// Gives a file its name, and the job where that is called after it.
    void nameFile(FileId id, const QString &name);
    void addFile(JobId id, FileRecord file);
    /// Takes over a record that was worked on aside, marking just what differs.
    void replace(JobRecord record);
    /// What happened to a job that is there: written down with the change it belongs to.
    void note(JobId id, const TimelineEntry &entry);

    /// Saves what is marked of the job; ready after the commit. With nothing marked, at once.
    QFuture<StoreResult<>> commit(JobId id);
    /// Ready when all that is marked of the job now is on the disk, however long that takes: true.
    /// False when it could not be saved and nobody tries any longer. To be awaited before something
    /// is done on the disk that only the list can explain afterwards.
    [[nodiscard]] QFuture<bool> saved(JobId id);
    /// The same, but false as soon as it could not be saved once.
    [[nodiscard]] QFuture<bool> savedAtOnce(JobId id);
    [[nodiscard]] bool isSaved(JobId id) const
    {
        return !m_marks.contains(id) && !m_underWay.contains(id);
    }
    /// The program ends: what cannot be saved is not tried again.
    void giveUp();
    /// Whether the last save failed.
    [[nodiscard]] bool isFailing() const { return m_failure.has_value(); }
    QFuture<StoreResult<>> remove(JobId id);
    /// Nothing of a job that was removed is in the keyring any more.
    void secretsGone(JobId id) { static_cast<void>(save({.id = id, .secretsGone = true}, {})); }
    QFuture<StoreResult<>> setSettings(const Settings &settings);

private:
    struct Marks {
        bool row = false;
        QSet<int> files;
        QList<TimelineEntry> timeline;
        qsizetype entriesAgain = 0; ///< the first ones, which could not be saved
    };

    [[nodiscard]] StoreDelta deltaOf(JobId id, const Marks &marks) const;
    /// What could not be saved is still to be saved.
    void markAgain(JobId id, const Marks &marks);
    QFuture<StoreResult<>> save(StoreDelta delta, const Marks &marks);
    void tell(JobId id, const StoreResult<> &saved);
    void saveAgain();
    [[nodiscard]] QFuture<bool> await(JobId id, bool isPatient);
    void answer(JobId id, std::optional<quint64> savedUpTo);

    StoreThread *m_store;
    JobListener *m_listener;
    std::map<JobId, JobRecord> m_jobs;
    std::map<JobId, JobTotals> m_totals;
    QHash<JobId, Marks> m_marks;
    struct Awaiting {
        JobId id;
        quint64 save = 0; ///< the one, or a later one of the job, after which all is on the disk
        bool isPatient = true; ///< what fails is waited for as long as it is tried again
        std::shared_ptr<QPromise<bool>> promise;
    };
    std::vector<Awaiting> m_awaiting;
    QHash<JobId, quint64> m_underWay;    ///< the last save of a job, until it is answered
    quint64 m_saves = 0;                 ///< so many were begun
    QSet<JobId> m_removals;              ///< that could not be saved
    std::optional<StoreError> m_failure; ///< of the last save
    bool m_hasGivenUp = false;
    std::function<void()> m_savesAgain;
    Alarm m_alarm;
    Settings m_settings;
    qint64 m_lastId = 0;
};

} // namespace core
