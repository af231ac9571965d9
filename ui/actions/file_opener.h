// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/service/job_service.h"

namespace ui {

class Desktop;

/// Opens what a job has brought. A file that would run is never opened, only shown in its folder.
class FileOpener final : public QObject {
    Q_OBJECT
public:
    FileOpener(core::JobService *service, Desktop *desktop, QObject *parent = nullptr);

    /// The file of a job of one file; the folder when there are several.
    void open(const core::JobSnapshot &job);
    void openFolder(const core::JobSnapshot &job);

Q_SIGNALS:
    /// One sentence to show.
    void said(const QString &sentence);

private:
    void openPlain(const QString &folder);
    void reveal(const QString &path);
    void sayNoProgram(const QString &folder);
    void openFile(const core::FileSnapshot &file, const core::JobSnapshot &job);

    core::JobService *m_service;
    Desktop *m_desktop;
};

} // namespace ui
