// SPDX-License-Identifier: Apache-2.0
#include "ui/actions/dialog_opener.h"

#include "core/job/question.h"
#include "ui/actions/job_commands.h"
#include "ui/dialogs/add_job_dialog.h"
#include "ui/dialogs/adopt_dialog.h"
#include "ui/dialogs/error_dialog.h"
#include "ui/models/job_list_model.h"

#include <QDialog>

#include <algorithm>

namespace ui {

namespace {

void bringUp(QWidget *dialog)
{
    dialog->show();
    dialog->raise();
    dialog->activateWindow();
}

} // namespace

DialogOpener::DialogOpener(core::JobService *service, JobCommands *commands,
                           const JobListModel *model, QWidget *window)
    : QObject(window)
    , m_service(service)
    , m_commands(commands)
    , m_model(model)
    , m_window(window)
{
    connect(service, &core::JobService::jobsChanged, this, &DialogOpener::update);
    connect(service, &core::JobService::jobsRemoved, this, &DialogOpener::close);
    connect(commands, &JobCommands::obstacleMet, this, [this](core::JobId id) {
        if (const auto job = m_model->job(id); job && core::needsAnswer(*job)) {
            openError(*job);
        }
    });
}

DialogOpener::~DialogOpener() = default;

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

void DialogOpener::openAdd(const QStringList &links)
{
    if (waitsForAnswer(links)) {
        return;
    }
    if (!m_add) {
        m_add = new AddJobDialog(m_service, m_window);
        m_add->setAttribute(Qt::WA_DeleteOnClose);
        connect(m_add, &AddJobDialog::submitted, m_commands, &JobCommands::add);
        connect(m_add, &AddJobDialog::freshLinkGiven, m_commands,
                [this](core::JobId job, const core::Fix &repair) {
                    m_commands->sendResume({job}, {repair});
                });
    }
    if (!links.isEmpty()) {
        m_add->addLinks(links);
    }
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

void DialogOpener::openError(const core::JobSnapshot &job)
{
    QPointer<ErrorDialog> &dialog = m_errors[job.id];
    if (!dialog) {
        dialog = new ErrorDialog(m_service, m_window);
        dialog->setAttribute(Qt::WA_DeleteOnClose);
        connect(dialog, &ErrorDialog::resumeRequested, m_commands, &JobCommands::sendResume);
        connect(dialog, &ErrorDialog::completeRequested, m_commands, &JobCommands::sendComplete);
        connect(dialog, &ErrorDialog::cancelRequested, m_commands, &JobCommands::sendCancel);
    }
    dialog->setJob(job);
    bringUp(dialog);
}

bool DialogOpener::isAskingAboutError() const
{
    return std::ranges::any_of(m_errors,
                               [](const auto &dialog) { return dialog && dialog->isVisible(); });
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
    return m_errors.value(job).data();
}

void DialogOpener::update(const QList<core::JobSnapshot> &jobs)
{
    for (const core::JobSnapshot &job : jobs) {
        if (ErrorDialog *dialog = errorDialogOf(job.id)) {
            dialog->setJob(job);
        }
    }
}

void DialogOpener::close(const core::JobIds &jobs)
{
    for (const core::JobId job : jobs) {
        if (ErrorDialog *dialog = errorDialogOf(job)) {
            dialog->close();
        }
        m_errors.remove(job);
    }
}

} // namespace ui
