// SPDX-License-Identifier: Apache-2.0
#include "ui/dialogs/question_page.h"

#include "core/words/explain_several.h"
#include "ui/dialogs/affected_files.h"
#include "ui/dialogs/fix_chooser.h"
#include "ui/dialogs/plain_label.h"
#include "ui/models/jobs_together.h"
#include "ui/views/icon.h"
#include "ui/views/job_look.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QStyle>
#include <QVBoxLayout>

#include <algorithm>

namespace ui {

namespace {

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
           one.proxy == other.proxy && one.foundHash == other.foundHash;
}

/// The same for all the files of two groups: what one group is about does not change.
bool isSameQuestion(const QList<AskedFile> &ones, const QList<AskedFile> &others)
{
    const bool isOfOne = ones.size() == 1 && others.size() == 1;
    return !ones.isEmpty() && !others.isEmpty() &&
           core::fixesForAll(errorsOf(ones)) == core::fixesForAll(errorsOf(others)) &&
           (!isOfOne || (ones.first().id.job == others.first().id.job &&
                         isSameQuestion(ones.first().error, others.first().error)));
}

} // namespace

QuestionPage::QuestionPage(core::JobService *service, QWidget *parent)
    : QWidget(parent)
    , m_service(service)
    , m_files(new AffectedFilesModel(this))
    , m_list(new AffectedFilesView(m_files))
    , m_chooser(new FixChooser)
{
    auto *middle = new QVBoxLayout(this);
    middle->setContentsMargins(0, 0, 0, 0);
    middle->addWidget(makeTop());
    m_whatToDo = addLabel(middle, Tone::Plain, QStringLiteral("whatToDo"));
    m_appliesTo = addLabel(middle, Tone::Plain, QStringLiteral("appliesTo"));
    middle->addWidget(m_list);
    middle->addWidget(m_chooser);
    connect(m_chooser, &FixChooser::changed, this, &QuestionPage::changed);
    connect(m_chooser, &FixChooser::chosenChanged, this, &QuestionPage::fixChanged);
    connect(m_files, &AffectedFilesModel::chosenChanged, this, [this] {
        askForChosen();
        describeAmounts();
        Q_EMIT changed();
    });
    connect(m_list->selectionModel(), &QItemSelectionModel::currentRowChanged, this,
            &QuestionPage::currentChanged);
}

QWidget *QuestionPage::makeTop()
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

void QuestionPage::ask(const AskedQuestion &question, const QList<core::JobSnapshot> &jobs)
{
    if (question.group != m_question.group) {
        m_asked.clear();
    }
    m_question = question;
    m_jobs = jobs;
    m_files->setFiles(question.files);
    m_list->fit();
    askForChosen();
    describe();
}

void QuestionPage::askForChosen()
{
    // With none chosen there is nothing to repair; what is filled in stays for those that come.
    const QList<AskedFile> files = chosen().isEmpty() ? m_question.files : chosen();
    const AskedFile &first = files.first();
    const FixContext context{.service = m_service,
                             .job = jobOf(first.id.job),
                             .error = first.error,
                             .fileName = first.name,
                             .userName = m_userName,
                             .files = files};
    if (!isSameQuestion(m_asked, files)) {
        const bool isOfOthers = std::ranges::none_of(files, [this](const AskedFile &file) {
            return std::ranges::any_of(m_asked, [&file](const AskedFile &asked) {
                return asked.id == file.id && asked.error == file.error;
            });
        });
        const auto before = isOfOthers ? std::nullopt : m_chooser->chosen();
        m_chooser->ask(context, core::fixesForAll(errorsOf(files)));
        if (before) {
            m_chooser->choose(*before);
        }
        if (isVisible() && !before) {
            m_chooser->focusEditor();
        }
    } else if (files != m_asked) {
        m_chooser->setContext(context);
    }
    m_asked = files;
}

core::JobSnapshot QuestionPage::jobOf(core::JobId id) const
{
    const auto job = std::ranges::find(m_jobs, id, &core::JobSnapshot::id);
    return job == m_jobs.end() ? core::JobSnapshot() : *job;
}

QList<AskedFile> QuestionPage::chosen() const
{
    return m_files->chosen();
}

void QuestionPage::choose(bool all)
{
    m_files->choose(all);
}

bool QuestionPage::isAnswered() const
{
    return !chosen().isEmpty() && readiness().isReady();
}

void QuestionPage::chooseOnly(const core::JobIds &jobs)
{
    m_files->chooseOnly(jobs);
    const QList<AskedFile> &files = m_question.files;
    const auto first = std::ranges::find_if(
        files, [&jobs](const AskedFile &file) { return jobs.contains(file.id.job); });
    if (first != files.end()) {
        m_list->selectRow(int(first - files.begin())); // and scrolls there
    }
}

const AskedFile &QuestionPage::current() const
{
    const int row = m_list->currentIndex().row();
    const QList<AskedFile> &files = m_question.files;
    return row >= 0 && row < files.size() ? files.at(row) : files.first();
}

core::Fixes QuestionPage::fixesFor(core::FileId file) const
{
    return m_chooser->fixesFor(file);
}

std::optional<core::FixKind> QuestionPage::chosenFix() const
{
    return m_chooser->chosen();
}

FixReadiness QuestionPage::readiness() const
{
    if (chosen().isEmpty()) {
        return {};
    }
    FixReadiness readiness = m_chooser->readiness();
    const auto fix = chosenFix();
    qint64 given = 0;
    for (const AskedFile &file : chosen()) {
        const bool isGiven =
            fix == core::FixKind::SkipFile ||
            (fix == core::FixKind::Accept && file.error.cause == core::Cause::WebPageInstead);
        given += isGiven ? file.error.fileBytesDone : 0;
    }
    if (given > 0) {
        readiness.price = (fix == core::FixKind::SkipFile
                               ? tr("The %1 that are here of what is left out are deleted when the "
                                    "job ends. Click once more if nobody wants them.")
                               : tr("A page would take the place of the %1 that are saved. Click "
                                    "once more if the page is what you want."))
                              .arg(core::formatBytes(given));
    }
    return readiness;
}

QString QuestionPage::whatHappened() const
{
    return m_whatHappened->accessibleName();
}

QString QuestionPage::labelOf(core::FixKind kind) const
{
    const core::JobError &error = current().error;
    return isOfSeveral() ? core::labelForAll(kind, error) : core::label(kind, error);
}

QString QuestionPage::spoken() const
{
    return core::explainAll(errorsOf(m_question.files), together(m_jobs).progress.bytesDone)
        .oneLine();
}

void QuestionPage::focusEditor()
{
    m_chooser->focusEditor();
}

void QuestionPage::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::PaletteChange && !m_question.files.isEmpty()) {
        drawIcon();
    }
}

void QuestionPage::drawIcon()
{
    const core::JobState state = jobOf(m_question.files.first().id.job).state;
    const bool isError = state == core::JobState::Error;
    const bool isObstacle = state == core::JobState::Transferred;
    const QString name = isError      ? QStringLiteral("state-error")
                         : isObstacle ? QStringLiteral("state-obstacle")
                                      : QStringLiteral("state-waiting");
    const Accent accent = isError || isObstacle ? Accent::Attention : Accent::Waiting;
    const int size = qMax(style()->pixelMetric(QStyle::PM_LargeIconSize, nullptr, this),
                          m_whatHappened->fontMetrics().lineSpacing() * 3 / 2);
    m_icon->setPixmap(
        icon(name, colourOf(accent, palette())).pixmap({size, size}, devicePixelRatioF()));
}

void QuestionPage::describe()
{
    drawIcon();
    const core::Explanation words =
        core::explainAll(errorsOf(m_question.files), together(m_jobs).progress.bytesDone);
    m_whatHappened->say(words.whatHappened);
    m_whatIsSafe->say(words.whatIsSafe);
    m_whatToDo->say(words.whatToDo);
    m_list->setVisible(isOfSeveral());
    describeAmounts();
}

void QuestionPage::describeAmounts()
{
    m_chooser->setEnabled(!chosen().isEmpty());
    if (isOfSeveral()) {
        m_whichFile->say({});
        m_howMuch->say({});
        const qsizetype all = m_question.files.size();
        const qsizetype taken = chosen().size();
        QString text = taken == all ? tr("Applies to these %1:").arg(all)
                                    : tr("Applies to %1 of these %2:").arg(taken).arg(all);
        if (m_question.untoldFiles > 0) {
            text += u' ' + tr("%1 more are tried again as they are.").arg(m_question.untoldFiles);
        }
        m_appliesTo->say(text);
        return;
    }
    m_appliesTo->say({});
    const AskedFile &file = m_question.files.first();
    m_whichFile->say(tr("File: %1").arg(file.name));
    QStringList amounts;
    if (file.error.fileBytesTotal) {
        amounts += tr("%1 of %2")
                       .arg(core::formatBytes(file.error.fileBytesDone),
                            core::formatBytes(*file.error.fileBytesTotal));
    } else if (file.error.fileBytesDone > 0) {
        amounts += core::formatBytes(file.error.fileBytesDone);
    }
    const core::Progress progress = jobOf(file.id.job).progress;
    if (progress.filesTotal > 1) {
        amounts +=
            tr("%1 of %2 files done")
                .arg(QString::number(progress.filesDone), QString::number(progress.filesTotal));
    }
    m_howMuch->say(amounts.join(QStringLiteral(" · ")));
}

} // namespace ui
