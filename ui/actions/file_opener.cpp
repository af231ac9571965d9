// SPDX-License-Identifier: Apache-2.0
#include "ui/actions/file_opener.h"

#include "core/words/explain.h"
#include "core/words/sentence.h"
#include "ui/actions/desktop.h"
#include "ui/models/file_words.h"

#include <QFileInfo>
#include <QPointer>

namespace ui {

FileOpener::FileOpener(core::JobService *service, Desktop *desktop, QObject *parent)
    : QObject(parent)
    , m_service(service)
    , m_desktop(desktop)
{
}

void FileOpener::open(const core::JobSnapshot &job)
{
    m_service->ask<core::message::Files>(
        {.job = job.id, .first = 0, .count = 1}, this, [this, job](const auto &answer) {
            if (!answer) {
                Q_EMIT said(core::explain(answer.error()));
            } else if (answer->total == 1 && answer->files.size() == 1) {
                openFile(answer->files.first(), job);
            } else {
                openFolder(job);
            }
        });
}

void FileOpener::openFolder(const core::JobSnapshot &job)
{
    if (job.progress.filesTotal != 1 || job.state != core::JobState::Acknowledged) {
        openPlain(job.folder);
        return;
    }
    m_service->ask<core::message::Files>(
        {.job = job.id, .first = 0, .count = 1}, this, [this, job](const auto &answer) {
            const bool isHere = answer && answer->files.size() == 1 &&
                                answer->files.first().state == core::FileState::Published;
            if (isHere) {
                reveal(answer->files.first().path);
            } else {
                openPlain(job.folder);
            }
        });
}

void FileOpener::openPlain(const QString &folder)
{
    if (!m_desktop->open(folder)) {
        sayNoProgram(folder);
    }
}

void FileOpener::reveal(const QString &path)
{
    m_desktop->reveal(path, [self = QPointer(this), folder = QFileInfo(path).path()] {
        if (self) {
            self->sayNoProgram(folder);
        }
    });
}

void FileOpener::sayNoProgram(const QString &folder)
{
    Q_EMIT said(tr("No program can be started for the folder %1.").arg(core::plain(folder, 200)));
}

void FileOpener::openFile(const core::FileSnapshot &file, const core::JobSnapshot &job)
{
    if (file.state != core::FileState::Published) {
        openFolder(job);
        return;
    }
    if (runsWhenOpened(file.path)) {
        reveal(file.path);
        Q_EMIT said(tr("%1 is a program. It is shown in its folder instead of being started.")
                        .arg(displayName(file)));
        return;
    }
    if (!m_desktop->open(file.path)) {
        Q_EMIT said(tr("No program can be started for %1.").arg(displayName(file)));
    }
}

} // namespace ui
