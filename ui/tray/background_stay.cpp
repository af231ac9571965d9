// SPDX-License-Identifier: Apache-2.0
#include "ui/tray/background_stay.h"

#include "ui/models/job_list_model.h"

namespace ui {

BackgroundStay::BackgroundStay(core::JobService *service, const JobListModel *model,
                               QObject *parent, std::chrono::milliseconds rest)
    : QObject(parent)
    , m_model(model)
{
    m_rest.setSingleShot(true);
    m_rest.setInterval(rest);
    connect(&m_rest, &QTimer::timeout, this, &BackgroundStay::over);
    connect(model, &JobListModel::summaryChanged, this, &BackgroundStay::lookAgain);
    connect(service, &core::JobService::attention, this, &BackgroundStay::lookAgain);
}

void BackgroundStay::begin()
{
    m_lasts = true;
    lookAgain();
}

void BackgroundStay::end()
{
    m_lasts = false;
    m_rest.stop();
}

void BackgroundStay::lookAgain()
{
    if (!m_lasts) {
        return;
    }
    if (m_model->busy() > 0) {
        m_rest.stop();
    } else {
        m_rest.start();
    }
}

} // namespace ui
