// SPDX-License-Identifier: Apache-2.0
#include "ui/actions/verb_router.h"

#include "ui/actions/dialog_opener.h"
#include "ui/actions/file_opener.h"
#include "ui/actions/job_commands.h"
#include "ui/actions/link_text.h"

#include <QClipboard>
#include <QGuiApplication>

namespace ui {

VerbRouter::VerbRouter(JobCommands *commands, DialogOpener *dialogs, FileOpener *opener,
                       QObject *parent)
    : QObject(parent)
    , m_commands(commands)
    , m_dialogs(dialogs)
    , m_opener(opener)
{
}

void VerbRouter::carryOut(JobVerb verb, const QList<core::JobSnapshot> &jobs)
{
    if (jobs.isEmpty()) {
        return;
    }
    switch (verb) {
    case JobVerb::Resume:
        return m_commands->resume(jobs);
    case JobVerb::Suspend:
        return m_commands->suspend(jobs);
    case JobVerb::Complete:
        return m_commands->complete(jobs);
    case JobVerb::Cancel:
        return m_commands->cancel(jobs);
    case JobVerb::Recheck:
        return m_commands->recheck(jobs);
    case JobVerb::Again:
        return m_commands->fetchAgain(jobs);
    case JobVerb::Remove:
        return m_commands->remove(jobs);
    case JobVerb::Fix:
        return m_dialogs->openErrors(jobs);
    case JobVerb::Open:
        return m_opener->open(jobs.first());
    case JobVerb::OpenFolder:
        return m_opener->openFolder(jobs.first());
    case JobVerb::CopyLink:
        return QGuiApplication::clipboard()->setText(linksOf(jobs));
    }
}

} // namespace ui
