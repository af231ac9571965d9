// SPDX-License-Identifier: Apache-2.0
#include "ui/views/status_line.h"

#include "core/words/explain.h"
#include "core/words/explain_service.h"
#include "core/words/sentence.h"
#include "ui/models/job_list_model.h"
#include "ui/views/speed_limit_menu.h"

#include <QLabel>
#include <QStandardPaths>
#include <QToolButton>

namespace ui {

namespace {

using namespace std::chrono_literals;
constexpr auto kMessageTime = 12s;
constexpr auto kSpaceInterval = 10s;
constexpr auto kSpeedInterval = 1s;

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
    , m_limits(std::make_unique<SpeedLimitMenu>(tr("Speed limit"), this))
    , m_speed(new QToolButton(this))
    , m_space(permanentLabel(this))
{
    setObjectName(QStringLiteral("statusLine"));
    m_speed->setObjectName(QStringLiteral("totalSpeed"));
    m_space->setObjectName(QStringLiteral("freeSpace"));
    m_speed->setAutoRaise(true);
    m_speed->setPopupMode(QToolButton::InstantPopup);
    m_speed->setMenu(m_limits.get());
    m_speed->setToolTip(tr("Limit the speed of all jobs together"));
    insertPermanentWidget(0, m_speed);
    connect(m_limits.get(), &SpeedLimitMenu::chosen, this, &StatusLine::limitChosen);
    m_spaceTimer.setInterval(kSpaceInterval);
    connect(&m_spaceTimer, &QTimer::timeout, this, &StatusLine::askForSpace);
    connect(service, &core::JobService::settingsChanged, this, &StatusLine::take);
    m_speedTimer.setInterval(kSpeedInterval);
    connect(&m_speedTimer, &QTimer::timeout, this, &StatusLine::showSpeed);
    connect(model, &JobListModel::summaryChanged, this, &StatusLine::showSpeed);
    showSpeed();
}

StatusLine::~StatusLine() = default;

void StatusLine::load()
{
    m_service->ask<core::message::GetSettings>({}, this, [this](const auto &answer) {
        if (answer) {
            take(*answer);
        }
    });
}

/// As they are now, whoever has chosen them.
void StatusLine::take(const core::Settings &settings)
{
    m_limit = settings.limitBytesPerSecond;
    m_limits->setLimit(m_limit);
    showSpeed();
    const QString before = m_usualFolder;
    m_usualFolder = settings.downloadFolder.isEmpty()
                        ? QStandardPaths::writableLocation(QStandardPaths::DownloadLocation)
                        : settings.downloadFolder;
    if (m_folder == before) { // that of the selected job stays
        setFolder({});
    }
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
    const qint64 now = m_model->bytesPerSecond();
    const QString speed = active > 0 || now > 0 ? core::formatRate(now) : tr("Idle");
    if (now > 0) { // that it has come to rest is told by nobody
        m_speedTimer.start();
    } else {
        m_speedTimer.stop();
    }
    m_speed->setText(m_limit ? tr("%1, at most %2").arg(speed, core::formatRate(*m_limit)) : speed);
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
