// SPDX-License-Identifier: Apache-2.0
#include "ui/views/status_line.h"

#include "core/words/explain.h"
#include "core/words/explain_service.h"
#include "core/words/sentence.h"
#include "ui/models/job_list_model.h"

#include <QLabel>
#include <QStandardPaths>

namespace ui {

namespace {

using namespace std::chrono_literals;
constexpr auto kMessageTime = 12s;
constexpr auto kSpaceInterval = 10s;

QLabel *permanentLabel(QStatusBar *bar)
{
    auto *label = new QLabel(bar);
    label->setTextFormat(Qt::PlainText);
    label->setContentsMargins(8, 0, 8, 0);
    bar->addPermanentWidget(label);
    return label;
}

} // namespace

StatusLine::StatusLine(core::JobService *service, const JobListModel *model, QWidget *parent)
    : QStatusBar(parent)
    , m_service(service)
    , m_model(model)
    , m_speed(permanentLabel(this))
    , m_space(permanentLabel(this))
{
    setObjectName(QStringLiteral("statusLine"));
    m_speed->setObjectName(QStringLiteral("totalSpeed"));
    m_space->setObjectName(QStringLiteral("freeSpace"));
    m_spaceTimer.setInterval(kSpaceInterval);
    connect(&m_spaceTimer, &QTimer::timeout, this, &StatusLine::askForSpace);
    connect(model, &JobListModel::summaryChanged, this, &StatusLine::showSpeed);
    showSpeed();
}

void StatusLine::load()
{
    m_service->ask<core::message::GetSettings>({}, this, [this](const auto &answer) {
        m_usualFolder = answer ? answer->downloadFolder : QString();
        if (m_usualFolder.isEmpty()) {
            m_usualFolder = QStandardPaths::writableLocation(QStandardPaths::DownloadLocation);
        }
        if (m_folder.isEmpty()) {
            setFolder({});
        }
    });
}

void StatusLine::setFolder(const QString &folder)
{
    const QString shown = folder.isEmpty() ? m_usualFolder : folder;
    if (shown != m_folder && !shown.isEmpty()) {
        m_folder = shown;
        m_spaceTimer.start();
        askForSpace();
    }
}

void StatusLine::say(const QString &sentence)
{
    showMessage(sentence, int(std::chrono::milliseconds(kMessageTime).count()));
}

void StatusLine::showSpeed()
{
    const int active = m_model->count(JobGroup::Active);
    const qint64 speed = m_model->bytesPerSecond();
    m_speed->setText(active > 0 || speed > 0 ? core::formatRate(speed) : tr("Idle"));
}

void StatusLine::askForSpace()
{
    m_service->ask<core::message::InspectFolder>(
        {.folder = m_folder}, this, [this, folder = m_folder](const auto &answer) {
            if (folder != m_folder) {
                return;
            }
            const bool isKnown = answer && answer->freeBytes;
            m_space->setText(isKnown ? tr("%1 free").arg(core::formatBytes(*answer->freeBytes))
                                     : QString());
            m_space->setToolTip(Qt::convertFromPlainText(
                answer && answer->problem ? core::explain(*answer) : core::plain(folder, 200)));
        });
}

} // namespace ui
