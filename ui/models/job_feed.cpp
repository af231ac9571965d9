// SPDX-License-Identifier: Apache-2.0
#include "ui/models/job_feed.h"

#include "ui/models/job_list_model.h"

namespace ui {

JobFeed::JobFeed(core::JobService *service, JobListModel *model, QObject *parent)
    : QObject(parent)
    , m_service(service)
    , m_model(model)
{
    m_second.setInterval(std::chrono::seconds(1));
    connect(&m_second, &QTimer::timeout, m_model, &JobListModel::timePassed);
    connect(m_service, &core::JobService::jobsChanged, m_model, &JobListModel::apply);
    connect(m_service, &core::JobService::jobsRemoved, m_model, &JobListModel::remove);
    connect(m_model, &JobListModel::summaryChanged, this, &JobFeed::watchClock);
}

void JobFeed::load()
{
    m_unconfirmed.clear();
    for (const core::JobSnapshot &job : m_model->jobs()) {
        m_unconfirmed.insert(job.id);
    }
    loadFrom(0);
}

void JobFeed::loadFrom(int first)
{
    m_service->ask<core::message::Jobs>({.ids = {}, .first = first, .count = kPageSize}, this,
                                        [this, first](const auto &answer) {
                                            if (!answer) {
                                                Q_EMIT refused(answer.error());
                                                return;
                                            }
                                            m_model->apply(*answer);
                                            for (const core::JobSnapshot &job : *answer) {
                                                m_unconfirmed.remove(job.id);
                                            }
                                            if (answer->size() < kPageSize) {
                                                m_model->remove(m_unconfirmed.values());
                                                Q_EMIT loaded();
                                            } else {
                                                loadFrom(first + kPageSize);
                                            }
                                        });
}

void JobFeed::watchClock()
{
    if (m_model->countingDown() == 0) {
        m_second.stop();
    } else if (!m_second.isActive()) {
        m_second.start();
    }
}

} // namespace ui
