// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/service/job_service.h"
#include "core/system/clock.h"

#include <QAbstractTableModel>

#include <vector>

namespace ui {

/// The files of one job, or those of them that have failed. Only pages that somebody looks at are
/// fetched, so that a job may have 100 000 files.
class FileListModel final : public QAbstractTableModel {
    Q_OBJECT
public:
    enum Column { Name, State, Size, Progress };
    enum FailedColumn { FailedName, WhatHappened, Saved, Repair };
    enum class Shows { All, Failed };
    enum Role { FileRole = Qt::UserRole + 1 }; ///< core::FileSnapshot; absent until fetched

    static constexpr int kPageSize = 200;

    FileListModel(core::JobService *service, const core::Clock *clock, QObject *parent = nullptr,
                  Shows shows = Shows::All);
    ~FileListModel() override;

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;
    [[nodiscard]] Qt::ItemFlags flags(const QModelIndex &index) const override;
    /// A file is wanted, or not: says so with wantedChosen() and changes nothing itself.
    bool setData(const QModelIndex &index, const QVariant &value, int role) override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation,
                                      int role) const override;

    /// Shows the files of this job from now on; an id of 0 empties the table.
    void setJob(core::JobId job, core::JobType type = core::JobType::Download);
    /// Says which rows are in sight: their pages are fetched now, and kept fresh.
    void lookAt(int firstRow, int lastRow);
    /// Whether a person may choose which of the files are wanted: each has a box then. `obstacle`:
    /// the file that stands in the way of the end of the job, if one does.
    void setChoosable(bool isChoosable, std::optional<int> obstacle = {});
    /// Something of the job has changed: fetches again what is in sight.
    void refresh();

    [[nodiscard]] core::JobId job() const { return m_job; }
    [[nodiscard]] Shows shows() const { return m_shows; }
    /// Of a job with more than one.
    [[nodiscard]] bool isChoosable() const { return m_isChoosable && m_total > 1; }
    /// Not what is here whole, but for the one that stands in the way.
    [[nodiscard]] bool mayBeChosen(const core::FileSnapshot &file) const;

Q_SIGNALS:
    void wantedChosen(int file, bool isWanted);

private:
    struct Page {
        QList<core::FileSnapshot> files;
        bool isAsked = false;
        bool isStale = true;
    };

    [[nodiscard]] const core::FileSnapshot *file(int row) const;
    [[nodiscard]] bool hasBox(int column) const;
    void askForStale();
    void ask(int page);
    void take(int page, const core::FilePage &answer);
    void resize(int total);
    void replace(int page, const QList<core::FileSnapshot> &files);

    core::JobService *m_service;
    const core::Clock *m_clock;
    Shows m_shows;
    core::JobId m_job;
    core::JobType m_type = core::JobType::Download;
    bool m_isChoosable = false;
    std::optional<int> m_obstacle;
    int m_total = 0;
    std::vector<Page> m_pages;
    int m_firstInSight = 0;
    int m_lastInSight = 0;
    quint64 m_generation = 0; ///< an answer meant for another job is dropped
};

} // namespace ui
