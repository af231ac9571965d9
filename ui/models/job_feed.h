// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/service/job_service.h"

#include <QTimer>

namespace ui {

class JobListModel;

/// Keeps the list as the engine tells it: first all jobs there are, page by page, then each change.
class JobFeed final : public QObject {
    Q_OBJECT
public:
    JobFeed(core::JobService *service, JobListModel *model, QObject *parent = nullptr);

    /// Asks for the jobs there are. To be called once the engine has started.
    void load();

    static constexpr int kPageSize = 1000;

Q_SIGNALS:
    void loaded();
    void refused(const core::Refusal &refusal);

private:
    void loadFrom(int first);
    void watchClock();

    core::JobService *m_service;
    JobListModel *m_model;
    QTimer m_second; ///< runs only while some row counts down
};

} // namespace ui
