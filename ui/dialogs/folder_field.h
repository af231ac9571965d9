// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/service/job_service.h"

#include <QWidget>

class QLineEdit;
class QPushButton;

namespace ui {

/// A folder to put files in, typed or picked, looked at by the engine while it is typed.
class FolderField final : public QWidget {
    Q_OBJECT
public:
    /// With MissingFolder::Create a folder that does not exist yet is no problem.
    FolderField(core::JobService *service, core::MissingFolder missing, QWidget *parent = nullptr);

    void setFolder(const QString &folder);
    /// Absolute and clean, "~" resolved; empty when nothing is typed.
    [[nodiscard]] QString folder() const;

    /// Why files cannot be put there, as one sentence; empty when they can.
    [[nodiscard]] QString problem() const;
    /// The folder does not exist, and that is all right.
    [[nodiscard]] bool isToBeMade() const;
    /// "12.3 GB free", or empty while it is not known.
    [[nodiscard]] QString freeSpace() const;
    [[nodiscard]] QLineEdit *edit() const { return m_edit; }

    /// Asks the engine about the folder again.
    void look();

Q_SIGNALS:
    /// The folder, or what is known of it, has changed.
    void changed();

private:
    void browse();

    core::JobService *m_service;
    core::MissingFolder m_missing;
    QLineEdit *m_edit;
    QPushButton *m_browse;
    core::Answer<core::FolderReport> m_report;
    quint64 m_question = 0; ///< an answer to an earlier one is dropped
};

} // namespace ui
