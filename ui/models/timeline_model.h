// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/service/job_service.h"
#include "core/words/describe_timeline.h"

#include <QAbstractTableModel>

#include <deque>

namespace ui {

/// What happened to one job, the newest first. What was read is kept, so that only what has been
/// added since is fetched.
class TimelineModel final : public QAbstractTableModel {
    Q_OBJECT
public:
    enum Column { Time, What };

    static constexpr int kPageSize = 200;

    explicit TimelineModel(core::JobService *service, QObject *parent = nullptr);
    ~TimelineModel() override;

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation,
                                      int role) const override;

    /// Shows what happened to this job from now on; an id of 0 empties the list.
    void setJob(core::JobId job, const core::ToldJob &told);
    /// Something of the job has changed.
    void refresh();
    /// Nothing is fetched while nobody looks.
    void setWatched(bool isWatched);

    [[nodiscard]] core::JobId job() const { return m_job; }

private:
    void ask();
    void take(const core::TimelinePage &page);
    void append(const QList<core::TimelineEntry> &entries);
    void letGoOfOldest();
    [[nodiscard]] const core::TimelineEntry &entryAt(int row) const;

    core::JobService *m_service;
    core::JobId m_job;
    core::ToldJob m_told;
    std::deque<core::TimelineEntry> m_entries; ///< oldest first
    int m_next = 0;                            ///< the number of the first that was not read
    bool m_isWatched = false;
    bool m_isStale = false;
    bool m_isAsked = false;
    quint64 m_generation = 0; ///< an answer meant for another job is dropped
};

} // namespace ui
