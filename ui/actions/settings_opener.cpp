// SPDX-License-Identifier: Apache-2.0
#include "ui/actions/settings_opener.h"

#include "core/words/explain.h"
#include "ui/actions/desktop.h"
#include "ui/dialogs/settings_dialog.h"

namespace ui {

SettingsOpener::SettingsOpener(core::JobService *service, Desktop *desktop, QSettings *layout,
                               QWidget *window)
    : QObject(window)
    , m_service(service)
    , m_desktop(desktop)
    , m_layout(layout)
    , m_window(window)
{
}

SettingsOpener::~SettingsOpener() = default;

void SettingsOpener::open()
{
    if (m_dialog) {
        m_dialog->raise();
        m_dialog->activateWindow();
        return;
    }
    if (std::exchange(m_isAsking, true)) {
        return;
    }
    m_service->ask<core::message::GetSettings>(
        {}, this, [this](const core::Answer<core::Settings> &settings) {
            m_isAsking = false;
            if (settings) {
                show(*settings);
            } else {
                Q_EMIT said(core::explain(settings.error()));
            }
        });
}

void SettingsOpener::show(const core::Settings &engine)
{
    m_dialog = new SettingsDialog(m_service,
                                  {.engine = engine,
                                   .whenClosed = whenClosed(*m_layout),
                                   .startsAtLogin = m_desktop->startsAtLogin()},
                                  m_window);
    m_dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(m_dialog, &SettingsDialog::chosen, this, &SettingsOpener::take);
    m_dialog->show(); // blocks nothing: a link may be handed over meanwhile
}

void SettingsOpener::take(const Choices &choices)
{
    setWhenClosed(m_layout, choices.whenClosed);
    if (choices.startsAtLogin != m_desktop->startsAtLogin()) {
        if (const QString problem = m_desktop->setStartsAtLogin(choices.startsAtLogin);
            !problem.isEmpty()) {
            Q_EMIT said(
                tr("Whether Bellhop starts at login could not be changed: %1").arg(problem));
        }
    }
    send(choices.engine);
}

void SettingsOpener::limitAll(qint64 bytesPerSecond)
{
    m_service->ask<core::message::LimitAll>({bytesPerSecond}, this, [this](const auto &settings) {
        if (!settings) {
            Q_EMIT said(core::explain(settings.error()));
        }
    });
}

void SettingsOpener::send(const core::Settings &engine)
{
    m_service->ask<core::message::SetSettings>({engine}, this,
                                               [this](const core::Answer<core::Done> &done) {
                                                   if (!done) {
                                                       Q_EMIT said(core::explain(done.error()));
                                                   }
                                               });
}

} // namespace ui
