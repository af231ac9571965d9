// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/actions/job_verb.h"

#include <QObject>

namespace ui {

class DialogOpener;
class FileOpener;
class JobCommands;

/// Brings each verb to the one who does it.
class VerbRouter final : public QObject {
    Q_OBJECT
public:
    VerbRouter(JobCommands *commands, DialogOpener *dialogs, FileOpener *opener, QObject *parent);

    void carryOut(JobVerb verb, const QList<core::JobSnapshot> &jobs);

private:
    JobCommands *m_commands;
    DialogOpener *m_dialogs;
    FileOpener *m_opener;
};

} // namespace ui
