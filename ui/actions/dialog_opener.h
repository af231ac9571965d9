// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/service/job_service.h"

#include <QHash>
#include <QPointer>

class QWidget;

namespace ui {

class AddJobDialog;
class AdoptDialog;
class ErrorDialog;
class JobCommands;
class JobListModel;

/// Opens the dialogs and carries what was decided in them to the commands. None of them blocks; of
/// each question there is at most one.
class DialogOpener final : public QObject {
    Q_OBJECT
public:
    DialogOpener(core::JobService *service, JobCommands *commands, const JobListModel *model,
                 QWidget *window);
    ~DialogOpener() override;

    /// The add dialog with these links filled in; added to those of one that is open. While a
    /// question blocks the window they wait for its answer.
    void openAdd(const QStringList &links);
    /// Unfinished files that no job knows of.
    void openAdopt();
    void openError(const core::JobSnapshot &job);
    [[nodiscard]] bool isAskingAboutError() const;

    /// Shows the refusal in the dialog of its job. False when there is none.
    [[nodiscard]] bool showRefusal(const core::Refusal &refusal);

private:
    [[nodiscard]] bool waitsForAnswer(const QStringList &links);
    [[nodiscard]] ErrorDialog *errorDialogOf(core::JobId job) const;
    void update(const QList<core::JobSnapshot> &jobs);
    void close(const core::JobIds &jobs);

    core::JobService *m_service;
    JobCommands *m_commands;
    const JobListModel *m_model;
    QWidget *m_window;
    QPointer<AddJobDialog> m_add;
    QPointer<AdoptDialog> m_adopt;
    QStringList m_heldLinks; ///< handed over while a question is open
    QHash<core::JobId, QPointer<ErrorDialog>> m_errors;
};

} // namespace ui
