// SPDX-License-Identifier: Apache-2.0
#include "ui/actions/dialog_opener.h"

#include "core/job/question.h"
#include "core/words/explain.h"
#include "ui/actions/job_commands.h"
#include "ui/actions/placed_window.h"
#include "ui/dialogs/add_job_dialog.h"
#include "ui/dialogs/adopt_dialog.h"
#include "ui/dialogs/error_dialog.h"
#include "ui/models/job_list_model.h"
#include "ui/models/jobs_together.h"

#include <QDialog>

#include <algorithm>

namespace ui {

namespace {

/// More dialogs at once would only cover one another.
constexpr int kMostDialogs = 4;

} // namespace

DialogOpener::DialogOpener(core::JobService *service, JobCommands *commands,
                           const JobListModel *model, QWidget *window)
    : QObject(window)
    , m_service(service)
    , m_commands(commands)
    , m_model(model)
    , m_window(window)
    , m_placed(new PlacedWindow(window))
{
    connect(service, &core::JobService::jobsChanged, this, &DialogOpener::update);
    connect(service, &core::JobService::jobsRemoved, this, &DialogOpener::close);
    connect(commands, &JobCommands::obstacleMet, this, [this](core::JobId id) {
        if (const auto job = m_model->job(id); job && core::needsAnswer(*job)) {
            openError(*job);
            errorDialogOf(id)->showObstacle();
        }
    });
}

DialogOpener::~DialogOpener() = default;

void DialogOpener::bringUp(QWidget *dialog)
{
    m_placed->whenPlaced([dialog = QPointer(dialog)] {
        if (dialog) {
            dialog->show();
            dialog->raise();
            dialog->activateWindow();
        }
    });
}

bool DialogOpener::waitsForAnswer(const QStringList &links)
{
    const auto dialogs = m_window->findChildren<QDialog *>(Qt::FindDirectChildrenOnly);
    const auto question = std::ranges::find_if(
        dialogs, [](const QDialog *each) { return each->isVisible() && each->isModal(); });
    if (question == dialogs.end()) {
        return false;
    }
    const bool isFirst = m_heldLinks.isEmpty();
    m_heldLinks += links;
    if (isFirst) {
        connect(
            *question, &QObject::destroyed, this,
            [this] { openAdd(std::exchange(m_heldLinks, {})); }, Qt::QueuedConnection);
    }
    return true;
}

void DialogOpener::makeAdd()
{
    if (m_add) {
        return;
    }
    m_add = new AddJobDialog(m_service, m_window);
    m_add->setAttribute(Qt::WA_DeleteOnClose);
    connect(m_add, &AddJobDialog::submitted, this, &DialogOpener::add);
    connect(m_add, &AddJobDialog::freshLinkGiven, m_commands,
            [this](core::JobId job, const core::Fix &repair) {
                m_commands->sendResume({job}, {repair});
            });
}

/// The dialog stays for what is refused; where it has gone meanwhile that is said in the window.
void DialogOpener::add(const QList<core::JobSpec> &jobs)
{
    m_commands->add(jobs, [this, dialog = m_add](const QList<RefusedJob> &refused) {
        QList<core::JobSpec> left;
        for (const RefusedJob &each : refused) {
            left.append(each.spec);
        }
        if (dialog && dialog->isVisible()) {
            dialog->settle(left, refused.isEmpty() ? QString() : core::explain(refused[0].why));
        } else if (!refused.isEmpty()) {
            Q_EMIT said(core::explain(refused.first().why));
        }
    });
}

void DialogOpener::openAdd(const QStringList &links)
{
    if (waitsForAnswer(links)) {
        return;
    }
    makeAdd();
    if (!links.isEmpty()) {
        m_add->addLinks(links);
    }
    bringUp(m_add);
}

void DialogOpener::openUpload(const QStringList &files)
{
    makeAdd();
    m_add->addFiles(files);
    bringUp(m_add);
}

void DialogOpener::openAdopt()
{
    if (!m_adopt) {
        m_adopt = new AdoptDialog(m_service, m_window);
        m_adopt->setAttribute(Qt::WA_DeleteOnClose);
        connect(m_adopt, &AdoptDialog::chosen, m_commands, &JobCommands::adopt);
        connect(m_commands, &JobCommands::added, m_adopt, &AdoptDialog::look);
        connect(m_commands, &JobCommands::refused, m_adopt, &AdoptDialog::refuse);
    }
    bringUp(m_adopt);
}

ErrorDialog *DialogOpener::makeError()
{
    auto *dialog = new ErrorDialog(m_service, m_window);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &ErrorDialog::resumeRequested, m_commands, &JobCommands::sendResume);
    connect(dialog, &ErrorDialog::resumeRequested, this,
            [this, dialog](const core::JobIds &, const core::Fixes &fixes) {
                noteUserName(dialog->group(), fixes);
            });
    connect(dialog, &ErrorDialog::completeRequested, m_commands, &JobCommands::sendComplete);
    connect(dialog, &ErrorDialog::cancelRequested, m_commands, &JobCommands::sendCancel);
    connect(dialog, &ErrorDialog::putOff, this,
            [this](const core::QuestionGroup &group) { m_putOff.insert(group); });
    m_errors.removeIf([](const auto &old) { return !old || !old->isAsking(); });
    m_errors.append(dialog);
    return dialog;
}

/// Should it not be accepted, the name need not be typed again.
void DialogOpener::noteUserName(const core::QuestionGroup &group, const core::Fixes &fixes)
{
    for (const core::Fix &fix : fixes) {
        if (const auto *login = std::get_if<core::fix::Login>(&fix)) {
            m_userNames.insert(group, login->login.user);
        }
    }
}

void DialogOpener::openError(const core::JobSnapshot &job, Appearing how)
{
    ErrorDialog *dialog = errorDialogOf(job.id);
    if (!dialog) {
        const auto group = core::questionGroupOf(job);
        QList<core::JobSnapshot> jobs{job};
        for (const core::JobSnapshot &other : m_model->jobs()) {
            if (other.id != job.id && core::needsAnswer(other) &&
                core::questionGroupOf(other) == group) {
                jobs.append(other);
            }
        }
        dialog = makeError();
        dialog->proposeUser(group ? m_userNames.value(*group) : QString());
        dialog->setJobs(jobs);
        m_putOff.remove(dialog->group());
    }
    m_placed->whenPlaced([dialog = QPointer(dialog), how] {
        if (dialog) {
            dialog->bringUp(how);
        }
    });
}

void DialogOpener::openErrors(const QList<core::JobSnapshot> &jobs)
{
    const core::JobIds chosen = idsOf(jobs);
    QSet<core::QuestionGroup> questions;
    for (const core::JobSnapshot &job : jobs) {
        const auto group = core::questionGroupOf(job);
        if (!group || questions.contains(*group)) {
            continue;
        }
        questions.insert(*group);
        if (questions.size() <= kMostDialogs) {
            openError(job);
            if (ErrorDialog *dialog = errorDialogOf(job.id)) {
                dialog->chooseOnly(chosen);
            }
        }
    }
    if (questions.size() > kMostDialogs) {
        Q_EMIT said(tr("These jobs ask %1 different questions. The first %2 are open.")
                        .arg(questions.size())
                        .arg(kMostDialogs));
    } else if (questions.size() > 1) {
        Q_EMIT said(tr("These jobs ask %1 different questions.").arg(questions.size()));
    }
}

QList<ErrorDialog *> DialogOpener::errorDialogs() const
{
    QList<ErrorDialog *> open;
    for (const QPointer<ErrorDialog> &dialog : m_errors) {
        if (dialog && dialog->isAsking()) {
            open.append(dialog.data());
        }
    }
    return open;
}

bool DialogOpener::isAskingAboutError() const
{
    return !errorDialogs().isEmpty();
}

bool DialogOpener::isAskingAbout(const core::QuestionGroup &group) const
{
    const QList<ErrorDialog *> open = errorDialogs();
    return std::ranges::any_of(
        open, [&group](const ErrorDialog *dialog) { return dialog->group() == group; });
}

bool DialogOpener::isPutOff(const core::QuestionGroup &group) const
{
    return m_putOff.contains(group);
}

bool DialogOpener::showRefusal(const core::Refusal &refusal)
{
    ErrorDialog *dialog = errorDialogOf(refusal.job);
    if (dialog) {
        dialog->showRefusal(refusal);
    }
    return dialog != nullptr;
}

ErrorDialog *DialogOpener::errorDialogOf(core::JobId job) const
{
    const QList<ErrorDialog *> open = errorDialogs();
    const auto dialog =
        std::ranges::find_if(open, [job](const ErrorDialog *each) { return each->has(job); });
    return dialog == open.end() ? nullptr : *dialog;
}

void DialogOpener::update(const QList<core::JobSnapshot> &jobs)
{
    for (ErrorDialog *dialog : errorDialogs()) {
        QList<core::JobSnapshot> its = jobs;
        its.removeIf([dialog](const core::JobSnapshot &job) { return !dialog->has(job.id); });
        if (!its.isEmpty()) {
            dialog->setJobs(its);
        }
    }
    join(jobs);
    if (!m_putOff.isEmpty()) {
        QSet<core::QuestionGroup> asked;
        for (const core::JobSnapshot &job : m_model->jobs()) {
            if (const auto group = core::questionGroupOf(job)) {
                asked.insert(*group);
            }
        }
        m_putOff.intersect(asked);
    }
}

/// Those that ask what is being asked already join the dialog that does.
void DialogOpener::join(const QList<core::JobSnapshot> &jobs)
{
    for (ErrorDialog *dialog : errorDialogs()) {
        QList<core::JobSnapshot> joining = jobs;
        joining.removeIf([this, group = dialog->group()](const core::JobSnapshot &job) {
            return !core::needsAnswer(job) || core::questionGroupOf(job) != group ||
                   errorDialogOf(job.id) != nullptr;
        });
        if (!joining.isEmpty()) {
            dialog->setJobs(joining);
        }
    }
}

void DialogOpener::close(const core::JobIds &jobs)
{
    for (ErrorDialog *dialog : errorDialogs()) {
        dialog->removeJobs(jobs);
    }
}

} // namespace ui
