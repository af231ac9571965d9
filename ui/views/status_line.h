// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/service/job_service.h"

#include <QStatusBar>
#include <QTimer>

#include <memory>

class QLabel;
class QToolButton;

namespace ui {

class JobListModel;
class SpeedLimitMenu;

/// The status bar: passive messages at the start; total speed with the limit that can be chosen
/// there, and free space at the end.
class StatusLine final : public QStatusBar {
    Q_OBJECT
public:
    StatusLine(core::JobService *service, const JobListModel *model, QWidget *parent = nullptr);
    ~StatusLine() override;

    /// Asks where downloads usually go, and for the limit. To be called once the engine has
    /// started.
    void load();
    /// The folder whose free space is shown; empty for the one where downloads usually go.
    void setFolder(const QString &folder);
    /// Shows one sentence for a while.
    void say(const QString &sentence);

Q_SIGNALS:
    /// Of all jobs together; 0 for none.
    void limitChosen(qint64 bytesPerSecond);

private:
    void take(const core::Settings &settings);
    void showSpeed();
    void askForSpace();

    core::JobService *m_service;
    const JobListModel *m_model;
    QString m_usualFolder;
    QString m_folder;
    QTimer m_spaceTimer;
    QTimer m_speedTimer;
    std::optional<qint64> m_limit; ///< of all jobs together
    std::unique_ptr<SpeedLimitMenu> m_limits;
    QToolButton *m_speed;
    QLabel *m_space;
};

} // namespace ui
