// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/service/job_service.h"
#include "ui/dialogs/fixes/fix_control.h"

#include <QDialog>

#include <map>
#include <utility>

class QPlainTextEdit;
class QVBoxLayout;

namespace ui {

class AskedJobs;
class CauseList;
class FittingScrollArea;
class PlainLabel;
class QuestionPage;
class VerbBar;

/// Why a dialog comes before a person.
enum class Appearing {
    AskedFor,
    ByItself, ///< then the keyboard stays with whoever is typing
};
/// Whether the keyboard is in a field of this program that takes text.
[[nodiscard]] bool isTypingSomewhere();

/// Asks the one question of stopped jobs: what happened, what is safe, how to repair it, and the
/// three answers with their exact effect. Jobs whose question is the same are asked about together,
/// and any of them can be taken out; where their files failed by several causes, each cause has its
/// repair, and those that have an answer go out at once. Not modal; Esc puts the decision off and
/// sends nothing. The error shown is job.error in Error and TransientError, job.obstacle in
/// Transferred.
class ErrorDialog final : public QDialog {
    Q_OBJECT
public:
    explicit ErrorDialog(core::JobService *service, QWidget *parent = nullptr);

    /// To be called again whenever the snapshots change, with those that did or that join. What was
    /// filled in stays while the question is the same; the dialog closes when there is nothing to
    /// ask any more.
    void setJobs(const QList<core::JobSnapshot> &jobs);
    void setJob(const core::JobSnapshot &job) { setJobs({job}); }
    void removeJobs(const core::JobIds &jobs);
    /// The answer is for these of them; the others are offered.
    void chooseOnly(const core::JobIds &jobs);
    /// The user name that a login was tried with before, to begin with.
    void proposeUser(const QString &name) { m_userName = name; }
    /// Says why an answer was not carried out. The dialog stays as it is.
    void showRefusal(const core::Refusal &refusal);
    /// Says that the files could not be put in place, which the question is about.
    void showObstacle();
    /// Shows the dialog, and brings it before the person, once all that it shows is known.
    void bringUp(Appearing how = Appearing::AskedFor);

    [[nodiscard]] bool has(core::JobId job) const;
    [[nodiscard]] core::QuestionGroup group() const;
    /// There is a question, and nobody has put it off.
    [[nodiscard]] bool isAsking() const;

    void setVisible(bool visible) override;
    void done(int result) override;

Q_SIGNALS:
    /// The files left keep their question.
    void resumeRequested(const core::JobIds &jobs, const core::Fixes &fixes,
                         const QList<core::FileId> &left);
    void completeRequested(const core::JobIds &jobs);
    void cancelRequested(const core::JobIds &jobs);
    /// Closed by the person while the question was open.
    void putOff(const core::QuestionGroup &group);

protected:
    void showEvent(QShowEvent *event) override;
    void hideEvent(QHideEvent *event) override;
    bool focusNextPrevChild(bool next) override;

private:
    [[nodiscard]] QWidget *makeDetails();
    void connectAll();

    void refresh();
    void layOutPages(const QList<core::QuestionGroup> &wanted);
    void showPage();
    [[nodiscard]] QuestionPage *makePage();
    [[nodiscard]] QuestionPage *currentPage() const;
    /// In the order of the questions.
    [[nodiscard]] QList<QuestionPage *> pages() const;
    /// The jobs that an answer goes to: any with a file that was not taken out.
    [[nodiscard]] QList<core::JobSnapshot> chosenJobs() const;
    /// Those of them that Resume goes to: with a file whose repair is ready.
    [[nodiscard]] QList<core::JobSnapshot> answeredJobs() const;
    /// The files of these jobs that no repair goes to, and those that one does.
    [[nodiscard]] std::pair<QList<core::FileId>, QList<core::FileId>>
    leftAndAnswered(const QList<core::JobSnapshot> &jobs) const;
    [[nodiscard]] core::Fixes fixesOf(core::JobId job) const;
    [[nodiscard]] FixReadiness readiness() const;
    void describe();
    void describeCauses();
    void describeVerbs();
    void describeDetails();
    [[nodiscard]] QString repairEffect(const QList<core::JobSnapshot> &jobs) const;
    [[nodiscard]] QString resumeEffect() const;
    void resume();
    void answered(const core::JobIds &jobs);
    [[nodiscard]] QList<QWidget *> tabStops() const;
    void stepAside();
    void copyReport();

    core::JobService *m_service;
    AskedJobs *m_jobs;
    std::map<core::QuestionGroup, QuestionPage *> m_pages;
    QList<core::QuestionGroup> m_groups; ///< of the pages, in their order
    QString m_userName;
    bool m_isDone = false;
    std::optional<Appearing> m_isToBeShown; ///< as soon as all is known

    CauseList *m_causes;
    QVBoxLayout *m_pageLayout;
    PlainLabel *m_refusal;
    QPlainTextEdit *m_evidence = nullptr;
    QWidget *m_details;
    FittingScrollArea *m_area;
    VerbBar *m_verbs;
};

} // namespace ui
