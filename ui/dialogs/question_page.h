// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/service/job_service.h"
#include "ui/dialogs/asked_file.h"
#include "ui/dialogs/fixes/fix_control.h"

#include <QWidget>

class QLabel;

namespace ui {

class AffectedFilesModel;
class AffectedFilesView;
class FixChooser;
class PlainLabel;

/// One question: what happened, what is safe, which files it is about, and how to repair it.
class QuestionPage final : public QWidget {
    Q_OBJECT
public:
    explicit QuestionPage(core::JobService *service, QWidget *parent = nullptr);

    /// To be called again whenever something changes. What was filled in stays while the question
    /// is the same. The jobs are those of its files.
    void ask(const AskedQuestion &question, const QList<core::JobSnapshot> &jobs);

    /// The user name to begin with where a login is asked for.
    void proposeUser(const QString &name) { m_userName = name; }

    /// The files that the repair goes to; nothing of the others is changed.
    [[nodiscard]] QList<AskedFile> chosen() const;
    [[nodiscard]] const QList<AskedFile> &files() const { return m_question.files; }
    /// All files, or none: then the question waits for another time.
    void choose(bool all);
    /// Something is chosen, and its repair can go out.
    [[nodiscard]] bool isAnswered() const;
    /// The files of these jobs; the others are offered.
    void chooseOnly(const core::JobIds &jobs);
    [[nodiscard]] bool isOfSeveral() const { return m_question.files.size() > 1; }
    /// The file that "Details" are told of.
    [[nodiscard]] const AskedFile &current() const;
    [[nodiscard]] core::Fixes fixesFor(core::FileId file) const;
    [[nodiscard]] std::optional<core::FixKind> chosenFix() const;
    [[nodiscard]] FixReadiness readiness() const;
    [[nodiscard]] QString whatHappened() const;
    [[nodiscard]] QString labelOf(core::FixKind kind) const;
    /// The three sentences of it in one line, for assistive programs.
    [[nodiscard]] QString spoken() const;
    void focusEditor();

Q_SIGNALS:
    /// What is filled in or chosen.
    void changed();
    /// Another repair was opened.
    void fixChanged();
    void currentChanged();

protected:
    void changeEvent(QEvent *event) override;

private:
    [[nodiscard]] QWidget *makeTop();
    void askForChosen();
    void describe();
    void describeAmounts();
    void drawIcon();
    [[nodiscard]] core::JobSnapshot jobOf(core::JobId id) const;

    core::JobService *m_service;
    AskedQuestion m_question;
    QString m_userName;
    QList<core::JobSnapshot> m_jobs;
    QList<AskedFile> m_asked; ///< what the chooser was last told it is for
    PlainLabel *m_whatHappened = nullptr;
    PlainLabel *m_whatIsSafe = nullptr;
    PlainLabel *m_whichFile = nullptr;
    PlainLabel *m_howMuch = nullptr;
    PlainLabel *m_whatToDo;
    PlainLabel *m_appliesTo;
    QLabel *m_icon = nullptr;
    AffectedFilesModel *m_files;
    AffectedFilesView *m_list;
    FixChooser *m_chooser;
};

} // namespace ui
