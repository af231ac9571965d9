// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/service/job_service.h"

#include <QPointer>

class QSettings;
class QWidget;

namespace ui {

class Desktop;
class SettingsDialog;
struct Choices;

/// Opens the settings with what is chosen now, and carries what is chosen instead to the engine, to
/// the desktop and to what the window remembers.
class SettingsOpener final : public QObject {
    Q_OBJECT
public:
    SettingsOpener(core::JobService *service, Desktop *desktop, QSettings *layout, QWidget *window);
    ~SettingsOpener() override;

    void open();
    /// Changes the limit of all jobs together, and nothing else; 0 for none.
    void limitAll(qint64 bytesPerSecond);

Q_SIGNALS:
    void said(const QString &sentence);

private:
    void show(const core::Settings &engine);
    void take(const Choices &choices);
    void send(const core::Settings &engine);

    core::JobService *m_service;
    Desktop *m_desktop;
    QSettings *m_layout;
    QWidget *m_window;
    QPointer<SettingsDialog> m_dialog;
    bool m_isAsking = false;
};

} // namespace ui
