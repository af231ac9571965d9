// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/system/clock.h"
#include "ui/models/job_group.h"

#include <QAbstractListModel>

#include <map>
#include <vector>

namespace ui {

/// The jobs as they were last told, in order of id, and of those the ones that the filter lets
/// through. Filters by itself: a proxy would sort and map all rows on each change.
class JobListModel final : public QAbstractListModel {
    Q_OBJECT
public:
    enum Role { JobRole = Qt::UserRole + 1 }; ///< core::JobSnapshot

    explicit JobListModel(const core::Clock *clock, QObject *parent = nullptr);
    ~JobListModel() override;

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;

    /// Takes in new and changed jobs.
    void apply(const QList<core::JobSnapshot> &jobs);
    void remove(const core::JobIds &jobs);
    void setGroup(JobGroup group);
    /// Shows only jobs in whose name, address or folder every one of these words occurs.
    void setSearch(const QString &words);
    /// Looks at the clock again: countdowns move on, and a job that keeps failing comes to need
    /// attention.
    void timePassed();

    [[nodiscard]] JobGroup group() const { return m_group; }
    [[nodiscard]] bool isFiltered() const;
    [[nodiscard]] int count(JobGroup group) const { return m_counts.at(size_t(group)); }
    /// How many wait for the clock, see timePassed().
    [[nodiscard]] int countingDown() const { return m_countingDown; }
    /// Jobs that move on without a person: they run, are queued or will be tried again.
    [[nodiscard]] int busy() const { return m_busy; }
    /// Of all jobs together: as each says of itself, and what came of those that are over too soon
    /// to say anything. What is stopped counts no more at once.
    [[nodiscard]] qint64 bytesPerSecond() const;

    [[nodiscard]] std::optional<core::JobSnapshot> job(core::JobId id) const;
    /// All that were told, shown or not.
    [[nodiscard]] QList<core::JobSnapshot> jobs() const;
    [[nodiscard]] QModelIndex indexOf(core::JobId id) const;

Q_SIGNALS:
    /// Counts or the total speed are others than before.
    void summaryChanged();

private:
    /// Bytes of a job that has no rate of its own.
    struct Arrival {
        core::JobId job;
        core::BootTime at;
        qint64 bytes = 0;
    };
    struct Entry {
        core::JobSnapshot job;
        JobGroup group = JobGroup::All;
    };

    [[nodiscard]] bool accepts(const Entry &entry) const;
    [[nodiscard]] bool isShown(core::JobId id) const;
    [[nodiscard]] int rowOf(core::JobId id) const;
    void count(const Entry &entry, int sign);
    void noteArrival(const core::JobSnapshot &job, const core::JobSnapshot *before);
    void store(const core::JobSnapshot &job);
    void hide(const core::JobIds &sorted);
    void show(const core::JobIds &sorted);
    void announce(const core::JobIds &sorted);
    void refilter();

    const core::Clock *m_clock;
    std::map<core::JobId, Entry> m_entries;
    std::vector<core::JobId> m_shown; ///< rising
    JobGroup m_group = JobGroup::All;
    QStringList m_words;
    std::array<int, kJobGroups.size()> m_counts{};
    int m_countingDown = 0;
    int m_busy = 0;
    qint64 m_bytesPerSecond = 0;
    QList<Arrival> m_unrated; ///< of the last seconds
};

} // namespace ui
