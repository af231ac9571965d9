// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/cli/print/progress_lines.h"
#include "app/cli/print/screen.h"
#include "core/service/job_service.h"

#include <QElapsedTimer>
#include <QHash>
#include <QMap>
#include <QTimer>

namespace cli {

/// The live lines of the jobs that are followed, with the first few files that are active.
class LivePane final : public QObject {
    Q_OBJECT
public:
    LivePane(core::JobService *service, Screen *screen, QObject *parent = nullptr);

    void show(const core::JobSnapshot &job);
    void forget(core::JobId job);
    /// While a question is open at the terminal nothing is redrawn.
    void setHeld(bool held);

private:
    struct Pane {
        core::JobSnapshot job;
        QList<core::FileSnapshot> active;
        bool isAsking = false;
    };

    void askForFiles(core::JobId job);
    void takeFiles(core::JobId job, const core::FilePage &page);
    void redraw();

    core::JobService *m_service;
    Screen *m_screen;
    QMap<core::JobId, Pane> m_panes;
    QHash<core::FileId, RateMeter> m_meters;
    QElapsedTimer m_time;
    QTimer m_tick;
    bool m_isHeld = false;
};

} // namespace cli
