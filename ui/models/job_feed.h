// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/service/job_service.h"

#include <QSet>
#include <QTimer>

namespace ui {

class JobListModel;

/// Keeps the list as the engine tells it: first all jobs there are, page by page, then each change.
class JobFeed final : public QObject {
    Q_OBJECT
public:
    JobFeed(core::JobService *service, JobListModel *model, QObject *parent = nullptr);

    /// Asks for the jobs there are, and forgets those that are not any more. To be called once the
    /// engine has started, and again when another one has.
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
    QSet<core::JobId> m_unconfirmed; ///< shown, and not among the jobs that were answered yet
    QTimer m_second; ///< runs only while some row counts down
};

} // namespace ui
