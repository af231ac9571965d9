// SPDX-License-Identifier: Apache-2.0
#include "ui/dialogs/error_dialog.h"

#include "core/words/explain_several.h"
#include "ui/dialogs/asked_jobs.h"
#include "ui/dialogs/cause_list.h"
#include "ui/dialogs/disclosure.h"
#include "ui/dialogs/evidence_text.h"
#include "ui/dialogs/fitting_scroll_area.h"
#include "ui/dialogs/header_edit.h"
#include "ui/dialogs/plain_label.h"
#include "ui/dialogs/question_page.h"
#include "ui/dialogs/quiet_mnemonics.h"
#include "ui/dialogs/verb_bar.h"
#include "ui/models/jobs_together.h"

#include <QFontDatabase>
#include <QFrame>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QVBoxLayout>

#include <algorithm>

namespace ui {

namespace {

/// QWidget reads "[*]" in a title as a mark of its own.
QString titleText(const QString &text)
{
    return visibleText(text).replace(QStringLiteral("[*]"), QStringLiteral("[*][*]"));
}

QFrame *makeLine(QWidget *parent)
{
    auto *line = new QFrame(parent);
    line->setFrameShape(QFrame::HLine);
    line->setFrameShadow(QFrame::Plain);
    line->setForegroundRole(QPalette::Mid);
    return line;
}

} // namespace

ErrorDialog::ErrorDialog(core::JobService *service, QWidget *parent)
    : QDialog(parent)
    , m_service(service)
    , m_jobs(new AskedJobs(service, this))
    , m_causes(new CauseList)
    , m_pageLayout(new QVBoxLayout)
    , m_refusal(new PlainLabel(Tone::Problem))
    , m_verbs(new VerbBar(this))
{
    setModal(false);
    new QuietMnemonics(this);
    setSizeGripEnabled(true);
    m_refusal->setObjectName(QStringLiteral("refusal"));
    m_causes->hide();
    auto *content = new QWidget;
    auto *middle = new QVBoxLayout(content);
    middle->addWidget(m_causes);
    middle->addLayout(m_pageLayout);
    middle->addWidget(m_refusal);
    m_details = makeDetails();
    middle->addWidget(m_details);
    middle->addStretch(1);
    middle->setContentsMargins(0, 0, 0, 0);
    m_area = new FittingScrollArea(content, this);

    auto *layout = new QVBoxLayout(this);
    layout->addWidget(m_area, 1);
    layout->addWidget(makeLine(this));
    layout->addWidget(m_verbs);
    connectAll();
}

void ErrorDialog::connectAll()
{
    connect(m_jobs, &AskedJobs::changed, this, &ErrorDialog::refresh);
    connect(m_causes, &CauseList::rowChosen, this, &ErrorDialog::showPage);
    connect(m_causes, &CauseList::rowChosen, m_area, &FittingScrollArea::growWindow,
            Qt::QueuedConnection); // when the page has its place
    connect(m_causes, &CauseList::rowMarked, this,
            [this](int row, bool isChosen) { pages().at(row)->choose(isChosen); });
    connect(m_verbs, &VerbBar::cancelled, this, [this] {
        const core::JobIds jobs = idsOf(chosenJobs());
        answered(jobs);
        Q_EMIT cancelRequested(jobs);
    });
    connect(m_verbs, &VerbBar::completed, this, [this] {
        const core::JobIds jobs = idsOf(chosenJobs());
        answered(jobs);
        Q_EMIT completeRequested(jobs);
    });
    connect(m_verbs, &VerbBar::resumed, this, &ErrorDialog::resume);
}

QWidget *ErrorDialog::makeDetails()
{
    auto *box = new QWidget;
    auto *layout = new QVBoxLayout(box);
    layout->setContentsMargins(0, 0, 0, 0);
    m_evidence = new QPlainTextEdit(box);
    m_evidence->setObjectName(QStringLiteral("evidence"));
    m_evidence->setAccessibleName(tr("Details"));
    m_evidence->setReadOnly(true);
    m_evidence->setTabChangesFocus(true);
    m_evidence->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    m_evidence->setWordWrapMode(QTextOption::WrapAtWordBoundaryOrAnywhere);
    QFont fixed = QFontDatabase::systemFont(QFontDatabase::FixedFont);
    if (font().pointSizeF() > 0) {
        fixed.setPointSizeF(font().pointSizeF()); // large for those who asked for large
    }
    m_evidence->setFont(fixed);
    setLinesShown(m_evidence, 8);
    auto *copy = new QPushButton(tr("Copy &report"), box);
    copy->setObjectName(QStringLiteral("copyReportButton"));
    copy->setAutoDefault(false);
    layout->addWidget(m_evidence);
    layout->addWidget(copy, 0, Qt::AlignLeading);
    connect(copy, &QPushButton::clicked, this, &ErrorDialog::copyReport);

    auto *details = new Disclosure(tr("&Details"), box);
    details->setObjectName(QStringLiteral("details"));
    connect(details, &Disclosure::toggled, this, [this] { m_area->growWindow(); });
    return details;
}

void ErrorDialog::setJobs(const QList<core::JobSnapshot> &jobs)
{
    m_jobs->take(jobs);
}

void ErrorDialog::removeJobs(const core::JobIds &jobs)
{
    m_jobs->remove(jobs);
}

void ErrorDialog::chooseOnly(const core::JobIds &jobs)
{
    for (QuestionPage *page : pages()) {
        page->chooseOnly(jobs);
    }
}

bool ErrorDialog::has(core::JobId job) const
{
    return m_jobs->has(job);
}

core::QuestionGroup ErrorDialog::group() const
{
    return m_jobs->group();
}

bool ErrorDialog::isAsking() const
{
    return !m_isDone && !m_jobs->isEmpty();
}

void ErrorDialog::showRefusal(const core::Refusal &refusal)
{
    m_jobs->setAnswered({refusal.job}, false);
    m_refusal->say(core::explain(refusal));
}

void ErrorDialog::showObstacle()
{
    m_jobs->setAnswered(idsOf(m_jobs->jobs()), false);
    m_refusal->say(tr("The files were not put in place: %1 Choose a repair above, then Fix and "
                      "resume.")
                       .arg(currentPage()->whatHappened()));
}

void ErrorDialog::refresh()
{
    if (m_jobs->isEmpty()) {
        close();
        return;
    }
    const QList<AskedQuestion> questions = m_jobs->questions();
    QList<core::QuestionGroup> groups;
    for (const AskedQuestion &question : questions) {
        groups.append(question.group);
    }
    layOutPages(groups);
    for (const AskedQuestion &question : questions) {
        QList<core::JobSnapshot> jobs;
        for (const AskedFile &file : question.files) {
            if (jobs.isEmpty() || jobs.last().id != file.id.job) {
                jobs.append(*m_jobs->job(file.id.job));
            }
        }
        m_pages.at(question.group)->ask(question, jobs);
    }
    m_causes->setVisible(questions.size() > 1);
    m_pageLayout->setContentsMargins(0, questions.size() > 1 ? m_pageLayout->spacing() : 0, 0, 0);
    describe();
    showPage();
    if (m_isToBeShown && !m_jobs->isWaiting()) {
        bringUp(*m_isToBeShown);
    }
}

void ErrorDialog::layOutPages(const QList<core::QuestionGroup> &wanted)
{
    if (wanted == m_groups) {
        return;
    }
    m_refusal->say({});
    for (const core::QuestionGroup &group : wanted) {
        if (!m_pages.contains(group)) {
            m_pages[group] = makePage();
        }
    }
    const QList<core::QuestionGroup> before = std::exchange(m_groups, wanted);
    for (const core::QuestionGroup &group : before) {
        if (!wanted.contains(group)) {
            QuestionPage *page = m_pages.at(group);
            m_pages.erase(group);
            // One of its children may be the sender of what led here.
            page->hide();
            page->setParent(nullptr);
            page->deleteLater();
        }
    }
}

QuestionPage *ErrorDialog::makePage()
{
    auto *page = new QuestionPage(m_service);
    page->proposeUser(m_userName);
    page->hide();
    m_pageLayout->addWidget(page);
    connect(page, &QuestionPage::changed, this, [this] {
        describeCauses();
        describeVerbs();
    });
    connect(page, &QuestionPage::fixChanged, this, [this] { m_refusal->say({}); });
    connect(page, &QuestionPage::currentChanged, this, &ErrorDialog::describeDetails);
    return page;
}

void ErrorDialog::showPage()
{
    QuestionPage *shown = currentPage();
    if (shown != nullptr && shown->isHidden()) {
        for (QuestionPage *page : pages()) {
            page->setVisible(page == shown);
        }
    }
    describeVerbs();
    describeDetails();
}

QList<QuestionPage *> ErrorDialog::pages() const
{
    QList<QuestionPage *> all;
    for (const core::QuestionGroup &group : m_groups) {
        all.append(m_pages.at(group));
    }
    return all;
}

QuestionPage *ErrorDialog::currentPage() const
{
    const int row = m_groups.size() > 1 ? m_causes->currentRow() : 0;
    return m_groups.isEmpty() ? nullptr : pages().at(std::clamp(row, 0, int(m_groups.size()) - 1));
}

void ErrorDialog::describe()
{
    const QList<core::JobSnapshot> jobs = m_jobs->jobs();
    const core::JobSnapshot &first = jobs.first();
    const QString name = first.name.isEmpty() ? pages().first()->current().name : first.name;
    setWindowTitle(jobs.size() == 1 ? titleText(tr("“%1” needs you").arg(name))
                                    : tr("%1 jobs need you").arg(jobs.size()));
    setAccessibleDescription(visibleText(pages().first()->spoken()));
    describeCauses();
}

void ErrorDialog::describeCauses()
{
    QList<CauseList::Row> rows;
    for (const QuestionPage *page : pages()) {
        const auto kind = page->chosenFix();
        const FixReadiness readiness = page->readiness();
        const bool isReady = readiness.kind == FixReadiness::Kind::Ready;
        const QString label = kind ? page->labelOf(*kind) : QString();
        const auto chosen = page->chosen().size();
        rows.append({.files = int(chosen > 0 ? chosen : page->files().size()),
                     .whatHappened = page->whatHappened(),
                     .repair = chosen == 0 ? tr("Left for later")
                               : isReady   ? label
                                           : readiness.text,
                     .isChosen = chosen > 0});
    }
    if (rows.size() > 1) {
        m_causes->setRows(rows);
    }
}

void ErrorDialog::describeDetails()
{
    const QuestionPage *page = currentPage();
    const QString text = page ? evidenceText(page->current().error) : QString();
    if (m_evidence->toPlainText() != text) { // else a selection would be lost
        m_evidence->setPlainText(text);
    }
}

void ErrorDialog::done(int result)
{
    const bool wasPutOff = isAsking();
    m_isDone = true;
    QDialog::done(result);
    if (wasPutOff) {
        Q_EMIT putOff(group());
    }
}

void ErrorDialog::setVisible(bool visible)
{
    if (visible) {
        m_area->fitWindow();
    }
    QDialog::setVisible(visible);
}

void ErrorDialog::showEvent(QShowEvent *event)
{
    QDialog::showEvent(event);
    stepAside();
    m_isDone = false;
    currentPage()->focusEditor();
}

void ErrorDialog::hideEvent(QHideEvent *event)
{
    m_verbs->disarm();
    QDialog::hideEvent(event);
}

} // namespace ui
