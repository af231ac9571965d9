// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/service/job_service.h"
#include "core/system/clock.h"

#include <QWidget>

class QLabel;
class QStackedWidget;
class QTabWidget;

namespace ui {

class ElidedLabel;
class FileListModel;
class TimelineModel;

/// What is known of the one job that is selected: what it is and where it goes above, its files
/// and more on pages below.
class DetailsPanel final : public QWidget {
    Q_OBJECT
public:
    DetailsPanel(core::JobService *service, const core::Clock *clock, QWidget *parent = nullptr);

    void setJobs(const QList<core::JobSnapshot> &selected);

Q_SIGNALS:
    /// A file that failed was chosen, to answer the question of its job.
    void fixRequested(core::JobId job);

private:
    [[nodiscard]] QWidget *makeHeader();
    void showJob(const core::JobSnapshot &job);

    const core::Clock *m_clock;
    FileListModel *m_files;
    FileListModel *m_failed;
    TimelineModel *m_timeline;
    QStackedWidget *m_stack;
    QLabel *m_hint;
    ElidedLabel *m_name;
    ElidedLabel *m_doing;
    ElidedLabel *m_from;
    ElidedLabel *m_to;
    QTabWidget *m_tabs;
};

} // namespace ui
