// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/service/job_service.h"

#include <QTimer>

namespace ui {

class JobListModel;

/// The time in which the program goes on without a window and without a tray, so that somebody is
/// told what becomes of the jobs. It ends a little after the last job has come to rest.
class BackgroundStay final : public QObject {
    Q_OBJECT
public:
    /// So long after the last job and the last news nobody is needed any more.
    static constexpr std::chrono::seconds kRest{10};

    BackgroundStay(core::JobService *service, const JobListModel *model, QObject *parent,
                   std::chrono::milliseconds rest = kRest);

    void begin();
    /// The window is there again.
    void end();
    [[nodiscard]] bool lasts() const { return m_lasts; }

Q_SIGNALS:
    void over();

private:
    void lookAgain();

    const JobListModel *m_model;
    QTimer m_rest;
    bool m_lasts = false;
};

} // namespace ui
