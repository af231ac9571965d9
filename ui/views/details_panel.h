// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/job/job_change.h"
#include "core/service/job_service.h"
#include "core/system/clock.h"

#include <QWidget>

class QLabel;
class QStackedWidget;
class QTabWidget;

namespace ui {

class ElidedLabel;
class FileListModel;
class FileTable;
class TimelineModel;

/// What is known of the one job that is selected: what it is and where it goes above, its files
/// and more on pages below.
class DetailsPanel final : public QWidget {
    Q_OBJECT
public:
    DetailsPanel(core::JobService *service, const core::Clock *clock, QWidget *parent = nullptr);

    /// As high as it has to be to show so many files whole.
    [[nodiscard]] int heightWithFiles(int rows) const;
    /// Takes the focus, into what is shown of the job.
    void enter();
    void setJobs(const QList<core::JobSnapshot> &selected);

Q_SIGNALS:
    /// A file that failed was chosen, to answer the question of its job.
    void fixRequested(core::JobId job);
    /// What is wanted of files, and which come first.
    void filesChosen(core::JobId job, const core::FileChange &change);

private:
    [[nodiscard]] QWidget *makeHeader();
    void showJob(const core::JobSnapshot &job);

    const core::Clock *m_clock;
    FileListModel *m_files;
    QList<FileTable *> m_tables;
    FileListModel *m_failed;
    TimelineModel *m_timeline;
    QStackedWidget *m_stack;
    QWidget *m_header = nullptr;
    QLabel *m_hint;
    ElidedLabel *m_name;
    ElidedLabel *m_doing;
    ElidedLabel *m_from;
    ElidedLabel *m_to;
    QTabWidget *m_tabs;
};

} // namespace ui
