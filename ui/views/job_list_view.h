// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/job/job_snapshot.h"
#include "core/system/clock.h"

#include <QListView>

namespace ui {

class JobListModel;

/// The list of jobs. Keeps the selection by job, so that it survives a change of the filter.
class JobListView final : public QListView {
    Q_OBJECT
public:
    JobListView(JobListModel *model, const core::Clock *clock, QWidget *parent = nullptr);

    [[nodiscard]] QList<core::JobSnapshot> selectedJobs() const;
    /// Of a row, be there one or not.
    [[nodiscard]] int rowHeight() const;
    /// Selects the job, now or as soon as it is on the list.
    void select(core::JobId job);

Q_SIGNALS:
    /// The selected set is another, or one of its jobs has changed.
    void selectedJobsChanged();
    /// Double click or Return.
    void opened(const core::JobSnapshot &job);
    /// Alt+Return.
    void detailsRequested();

protected:
    void keyPressEvent(QKeyEvent *event) override;
    void selectionChanged(const QItemSelection &selected,
                          const QItemSelection &deselected) override;

private:
    void remember();
    void restore();

    JobListModel *m_model;
    core::JobIds m_remembered;
    core::JobId m_current;
    core::JobId m_wanted; ///< to be selected when it comes
};

} // namespace ui
