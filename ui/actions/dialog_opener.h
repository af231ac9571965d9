// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/remedy/question_group.h"
#include "core/service/job_service.h"
#include "ui/dialogs/error_dialog.h"

#include <QHash>
#include <QPointer>
#include <QSet>

class QWidget;

namespace ui {

class AddJobDialog;
class AdoptDialog;
class JobCommands;
class JobListModel;
class PlacedWindow;

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
    /// The add dialog with these files to be sent, absolute paths.
    void openUpload(const QStringList &files);
    /// Unfinished files that no job knows of.
    void openAdopt();
    /// The dialog of the question of this job, with all jobs that ask the same.
    void openError(const core::JobSnapshot &job, Appearing how = Appearing::AskedFor);
    /// The dialogs of these jobs, one for each question, to answer for these alone; says how many
    /// when they are several.
    void openErrors(const QList<core::JobSnapshot> &jobs);
    [[nodiscard]] bool isAskingAboutError() const;
    /// Whether this question is before the person: who asks it joins the dialog that is open.
    [[nodiscard]] bool isAskingAbout(const core::QuestionGroup &group) const;
    /// The person has closed the dialog of this question, and it is still the same.
    [[nodiscard]] bool isPutOff(const core::QuestionGroup &group) const;

    /// Shows the refusal in the dialog of its job. False when there is none.
    [[nodiscard]] bool showRefusal(const core::Refusal &refusal);

Q_SIGNALS:
    /// One sentence to show.
    void said(const QString &sentence);

private:
    [[nodiscard]] bool waitsForAnswer(const QStringList &links);
    void add(const QList<core::JobSpec> &jobs);
    void makeAdd();
    void bringUp(QWidget *dialog);
    [[nodiscard]] ErrorDialog *makeError();
    void noteUserName(const core::QuestionGroup &group, const core::Fixes &fixes);
    [[nodiscard]] QList<ErrorDialog *> errorDialogs() const;
    void join(const QList<core::JobSnapshot> &jobs);
    [[nodiscard]] ErrorDialog *errorDialogOf(core::JobId job) const;
    void update(const QList<core::JobSnapshot> &jobs);
    void close(const core::JobIds &jobs);

    core::JobService *m_service;
    JobCommands *m_commands;
    const JobListModel *m_model;
    QWidget *m_window;
    PlacedWindow *m_placed;
    QPointer<AddJobDialog> m_add;
    QPointer<AdoptDialog> m_adopt;
    QStringList m_heldLinks; ///< handed over while a question is open
    QList<QPointer<ErrorDialog>> m_errors;
    QSet<core::QuestionGroup> m_putOff;
    QHash<core::QuestionGroup, QString> m_userNames; ///< that logins were given with
};

} // namespace ui
