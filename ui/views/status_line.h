// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/service/job_service.h"

#include <QStatusBar>
#include <QTimer>

class QLabel;

namespace ui {

class JobListModel;

/// The status bar: passive messages at the start, total speed and free space at the end.
class StatusLine final : public QStatusBar {
    Q_OBJECT
public:
    StatusLine(core::JobService *service, const JobListModel *model, QWidget *parent = nullptr);

    /// Asks where downloads usually go. To be called once the engine has started.
    void load();
    /// The folder whose free space is shown; empty for the one where downloads usually go.
    void setFolder(const QString &folder);
    /// Shows one sentence for a while.
    void say(const QString &sentence);

private:
    void showSpeed();
    void askForSpace();

    core::JobService *m_service;
    const JobListModel *m_model;
    QString m_usualFolder;
    QString m_folder;
    QTimer m_spaceTimer;
    QLabel *m_speed;
    QLabel *m_space;
};

} // namespace ui
