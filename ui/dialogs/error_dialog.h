// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/service/job_service.h"

#include <QDialog>

class QLabel;
class QPlainTextEdit;

namespace ui {

class FittingScrollArea;
class FixChooser;
class PlainLabel;
class VerbBar;

/// Asks the one question of a stopped job: what happened, what is safe, how to repair it, and the
/// three answers with their exact effect. Not modal; Esc puts the decision off and sends nothing.
/// The error shown is job.error in Error and TransientError, job.obstacle in Transferred.
class ErrorDialog final : public QDialog {
    Q_OBJECT
public:
    explicit ErrorDialog(core::JobService *service, QWidget *parent = nullptr);

    /// To be called again whenever the snapshot changes. What was filled in stays while the
    /// question is the same; the dialog closes when there is nothing to ask any more.
    void setJob(const core::JobSnapshot &job);
    /// Says why an answer was not carried out. The dialog stays as it is.
    void showRefusal(const core::Refusal &refusal);

    [[nodiscard]] core::JobId jobId() const { return m_job.id; }

Q_SIGNALS:
    void resumeRequested(const core::JobIds &jobs, const core::Fixes &fixes);
    void completeRequested(const core::JobIds &jobs);
    void cancelRequested(const core::JobIds &jobs);

protected:
    void showEvent(QShowEvent *event) override;
    void hideEvent(QHideEvent *event) override;
    void changeEvent(QEvent *event) override;

private:
    [[nodiscard]] QWidget *makeTop();
    [[nodiscard]] QWidget *makeDetails();
    void connectAll();

    void ask();
    void askForFile();
    void describeTop();
    void drawIcon();
    void describeVerbs();
    void describeDetails();
    void orderTabs();
    [[nodiscard]] QString fileName() const;
    [[nodiscard]] QString resumeEffect() const;
    void copyReport();

    core::JobService *m_service;
    core::JobSnapshot m_job;
    core::JobError m_error;
    std::optional<core::FileSnapshot> m_file;
    bool m_isAsking = false; ///< m_error is a question that is open
    bool m_wasAnswered = false;

    PlainLabel *m_whatHappened;
    PlainLabel *m_whatIsSafe;
    PlainLabel *m_whichFile;
    PlainLabel *m_howMuch;
    PlainLabel *m_whatToDo;
    QLabel *m_icon;
    FixChooser *m_chooser;
    PlainLabel *m_refusal;
    QPlainTextEdit *m_evidence = nullptr;
    FittingScrollArea *m_area;
    VerbBar *m_verbs;
};

} // namespace ui
