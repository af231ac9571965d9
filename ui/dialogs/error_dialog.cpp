// SPDX-License-Identifier: Apache-2.0
#include "ui/dialogs/error_dialog.h"

#include "core/job/question.h"
#include "core/remedy/catalogue.h"
#include "core/words/explain.h"
#include "ui/dialogs/disclosure.h"
#include "ui/dialogs/evidence_text.h"
#include "ui/dialogs/fitting_scroll_area.h"
#include "ui/dialogs/fix_chooser.h"
#include "ui/dialogs/header_edit.h"
#include "ui/dialogs/plain_label.h"
#include "ui/dialogs/verb_bar.h"
#include "ui/views/icon.h"
#include "ui/views/job_look.h"

#include <QClipboard>
#include <QFileInfo>
#include <QFontDatabase>
#include <QFrame>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QStyle>
#include <QVBoxLayout>

namespace ui {

namespace {

/// QWidget reads "[*]" in a title as a mark of its own.
QString titleText(const QString &text)
{
    return visibleText(text).replace(QStringLiteral("[*]"), QStringLiteral("[*][*]"));
}

PlainLabel *addLabel(QBoxLayout *layout, Tone tone, const QString &name)
{
    auto *label = new PlainLabel(tone);
    label->setObjectName(name);
    layout->addWidget(label);
    return label;
}

/// Whether what a person has filled in for one answers the other too.
bool isSameQuestion(const core::JobError &one, const core::JobError &other)
{
    return one.cause == other.cause && one.fileIndex == other.fileIndex && one.url == other.url &&
           one.localPath == other.localPath && one.certificate == other.certificate &&
           one.proxy == other.proxy && one.foundHash == other.foundHash &&
           core::fixesFor(one) == core::fixesFor(other);
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
    , m_chooser(new FixChooser)
    , m_verbs(new VerbBar(this))
{
    setModal(false);
    setSizeGripEnabled(true);
    auto *content = new QWidget;
    auto *middle = new QVBoxLayout(content);
    middle->addWidget(makeTop());
    m_whatToDo = addLabel(middle, Tone::Plain, QStringLiteral("whatToDo"));
    middle->addWidget(m_chooser);
    m_refusal = addLabel(middle, Tone::Problem, QStringLiteral("refusal"));
    middle->addWidget(makeDetails());
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
    connect(m_chooser, &FixChooser::changed, this, &ErrorDialog::describeVerbs);
    connect(m_chooser, &FixChooser::chosenChanged, this, [this] {
        m_refusal->say({});
        orderTabs();
    });

    connect(m_verbs, &VerbBar::cancelled, this, [this] {
        m_wasAnswered = true;
        Q_EMIT cancelRequested({m_job.id});
    });
    connect(m_verbs, &VerbBar::completed, this, [this] {
        m_wasAnswered = true;
        Q_EMIT completeRequested({m_job.id});
    });
    connect(m_verbs, &VerbBar::resumed, this, [this] {
        m_wasAnswered = true;
        Q_EMIT resumeRequested({m_job.id}, m_chooser->fixes());
    });
}

QWidget *ErrorDialog::makeTop()
{
    auto *top = new QWidget;
    auto *row = new QHBoxLayout(top);
    row->setContentsMargins(0, 0, 0, fontMetrics().lineSpacing() / 2);
    m_icon = new QLabel;
    row->addWidget(m_icon, 0, Qt::AlignTop);
    row->addSpacing(fontMetrics().averageCharWidth());
    auto *words = new QVBoxLayout;
    row->addLayout(words, 1);
    m_whatHappened = addLabel(words, Tone::Heading, QStringLiteral("whatHappened"));
    m_whatIsSafe = addLabel(words, Tone::Plain, QStringLiteral("whatIsSafe"));
    words->addSpacing(fontMetrics().lineSpacing() / 3);
    m_whichFile = addLabel(words, Tone::Plain, QStringLiteral("whichFile"));
    m_howMuch = addLabel(words, Tone::Quiet, QStringLiteral("howMuch"));
    return top;
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
    return details;
}

void ErrorDialog::setJob(const core::JobSnapshot &job)
{
    const auto question = core::questionOf(job);
    if (!question) {
        // A job that tries again by itself is put back into the queue each time; that does not
        // answer the question a person is just thinking about.
        const bool isTryingAgain =
            m_job.state == core::JobState::TransientError && !m_wasAnswered && job.id == m_job.id &&
            (job.state == core::JobState::Queued || job.state == core::JobState::Connecting);
        if (!isTryingAgain) {
            m_isAsking = false;
            close();
        }
        return;
    }
    const bool isSame = m_isAsking && job.id == m_job.id && isSameQuestion(m_error, *question);
    m_job = job;
    m_error = *question;
    m_isAsking = true;
    if (!isSame) {
        ask();
    }
    describeTop();
    describeDetails();
    describeVerbs();
}

void ErrorDialog::showRefusal(const core::Refusal &refusal)
{
    m_wasAnswered = false;
    m_refusal->say(core::explain(refusal));
}

void ErrorDialog::ask()
{
    m_wasAnswered = false;
    m_file.reset();
    m_refusal->say({});
    m_chooser->ask({.service = m_service, .job = m_job, .error = m_error, .fileName = fileName()},
                   core::fixesFor(m_error));
    askForFile();
    if (isVisible()) {
        m_chooser->focusEditor();
    }
}

void ErrorDialog::askForFile()
{
    const core::FileId asked{m_job.id, m_error.fileIndex};
    m_service->ask<core::message::Files>(
        {.job = asked.job, .first = asked.index, .count = 1}, this,
        [this, asked](const core::Answer<core::FilePage> &answer) {
            const bool isStillAsked = asked == core::FileId{m_job.id, m_error.fileIndex};
            if (isStillAsked && answer && !answer->files.isEmpty()) {
                m_file = answer->files.first();
                describeTop();
            }
        });
}

QString ErrorDialog::fileName() const
{
    if (m_file && !m_file->name.isEmpty()) {
        return m_file->name;
    }
    if (m_error.cause == core::Cause::NameExists) {
        return QFileInfo(m_error.localPath).fileName();
    }
    const QString fromUrl = m_error.url.fileName(QUrl::FullyDecoded);
    return fromUrl.isEmpty() ? m_job.name : fromUrl;
}

void ErrorDialog::drawIcon()
{
    const bool isError = m_job.state == core::JobState::Error;
    const bool isObstacle = m_job.state == core::JobState::Transferred;
    const QString name = isError      ? QStringLiteral("state-error")
                         : isObstacle ? QStringLiteral("state-obstacle")
                                      : QStringLiteral("state-waiting");
    const Accent accent = isError || isObstacle ? Accent::Attention : Accent::Waiting;
    const int size = qMax(style()->pixelMetric(QStyle::PM_LargeIconSize, nullptr, this),
                          m_whatHappened->fontMetrics().lineSpacing() * 3 / 2);
    m_icon->setPixmap(
        icon(name, colourOf(accent, palette())).pixmap({size, size}, devicePixelRatioF()));
}

void ErrorDialog::changeEvent(QEvent *event)
{
    QDialog::changeEvent(event);
    if (event->type() == QEvent::PaletteChange && m_isAsking) {
        drawIcon();
    }
}

void ErrorDialog::describeTop()
{
    drawIcon();
    const core::Explanation words = core::explain(m_error);
    m_whatHappened->say(words.whatHappened);
    m_whatIsSafe->say(words.whatIsSafe);
    m_whatToDo->say(words.whatToDo);
    m_whichFile->say(tr("File: %1").arg(fileName()));

    QStringList amounts;
    if (m_error.fileBytesTotal) {
        amounts += tr("%1 of %2")
                       .arg(core::formatBytes(m_error.fileBytesDone),
                            core::formatBytes(*m_error.fileBytesTotal));
    } else if (m_error.fileBytesDone > 0) {
        amounts += core::formatBytes(m_error.fileBytesDone);
    }
    if (m_job.progress.filesTotal > 1) {
        amounts += tr("%1 of %2 files done")
                       .arg(QString::number(m_job.progress.filesDone),
                            QString::number(m_job.progress.filesTotal));
    }
    m_howMuch->say(amounts.join(QStringLiteral(" · ")));
    setWindowTitle(
        titleText(tr("%1 needs you").arg(m_job.name.isEmpty() ? fileName() : m_job.name)));
    setAccessibleDescription(visibleText(words.oneLine()));
}

QString ErrorDialog::resumeEffect() const
{
    const auto kind = m_chooser->chosen();
    const QList<core::FixKind> offered = core::fixesFor(m_error);
    // describeResume() speaks of going on, or of starting over where that is the first repair. A
    // choice that departs from it says its own effect.
    const bool startsOver = !offered.isEmpty() && offered.first() == core::FixKind::Restart;
    const bool isItsOwn = kind == core::FixKind::Restart || kind == core::FixKind::SkipFile;
    return kind && (isItsOwn || startsOver) ? core::describe(*kind, m_error)
                                            : core::describeResume(m_job);
}

void ErrorDialog::describeVerbs()
{
    m_verbs->describe(m_job, m_chooser->readiness(), resumeEffect());
}

void ErrorDialog::describeDetails()
{
    const QString text = evidenceText(m_error);
    if (m_evidence->toPlainText() != text) { // else a selection would be lost
        m_evidence->setPlainText(text);
    }
}

void ErrorDialog::copyReport()
{
    QGuiApplication::clipboard()->setText(reportText(m_job, m_error));
}

void ErrorDialog::orderTabs()
{
    QWidget *last = nullptr;
    const auto follow = [&last](QWidget *widget) {
        if (last) {
            setTabOrder(last, widget);
        }
        last = widget;
    };
    for (QWidget *root : {m_area->widget(), static_cast<QWidget *>(m_verbs)}) {
        for (QWidget *widget : root->findChildren<QWidget *>()) {
            if (widget->focusPolicy() != Qt::NoFocus && !widget->focusProxy()) {
                follow(widget);
            }
        }
    }
}

void ErrorDialog::showEvent(QShowEvent *event)
{
    QDialog::showEvent(event);
    orderTabs();
    m_area->growWindow();
    m_chooser->focusEditor();
}

void ErrorDialog::hideEvent(QHideEvent *event)
{
    m_verbs->disarm();
    QDialog::hideEvent(event);
}

} // namespace ui
