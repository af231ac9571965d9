// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/service/job_service.h"
#include "ui/views/window_habits.h"

#include <QDialog>

class QCheckBox;
class QComboBox;
class QPushButton;
class QSpinBox;
class QVBoxLayout;

namespace ui {

class FittingScrollArea;
class FolderField;
class PlainLabel;

/// All that can be chosen for the whole program.
struct Choices {
    core::Settings engine;
    WhenClosed whenClosed = WhenClosed::Ask;
    bool startsAtLogin = false;

    bool operator==(const Choices &) const = default;
};

/// Shows them and lets them be changed; what is done about it is up to others.
class SettingsDialog final : public QDialog {
    Q_OBJECT
public:
    SettingsDialog(core::JobService *service, const Choices &now, QWidget *parent = nullptr);

    [[nodiscard]] Choices choices() const;

    void setVisible(bool visible) override;

Q_SIGNALS:
    void chosen(const ui::Choices &choices);

private:
    [[nodiscard]] QWidget *makeContent(core::JobService *service);
    void makeDownloads(core::JobService *service, QVBoxLayout *layout);
    void makeNumbers(QVBoxLayout *layout);
    void makeManners(QVBoxLayout *layout);
    void makeStay(QVBoxLayout *layout);
    void fill(const Choices &now);
    void describe();

    FittingScrollArea *m_area;
    FolderField *m_folder;
    PlainLabel *m_remark;
    QSpinBox *m_jobs;
    QSpinBox *m_files;
    QSpinBox *m_connections;
    QCheckBox *m_waitOnMetered;
    QCheckBox *m_keepAwake;
    std::optional<qint64> m_limitBytesPerSecond; ///< stays: it is chosen in the window
    QComboBox *m_whenClosed;
    QCheckBox *m_startsAtLogin;
    QCheckBox *m_goOnAfterLogout;
    QPushButton *m_ok;
};

} // namespace ui
