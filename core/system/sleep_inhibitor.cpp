// SPDX-License-Identifier: Apache-2.0
#include "core/system/sleep_inhibitor.h"

#include <QDBusMessage>
#include <QDBusPendingCallWatcher>
#include <QDBusPendingReply>

namespace core {

SleepInhibitor::SleepInhibitor(QDBusConnection systemBus, QObject *parent)
    : QObject(parent)
    , m_bus(std::move(systemBus))
{
}

void SleepInhibitor::keepAwake(bool isNeeded)
{
    m_isNeeded = isNeeded;
    if (!m_isNeeded) {
        m_lock.reset();
    } else if (!m_lock && !m_isAsking) {
        ask();
    }
}

void SleepInhibitor::ask()
{
    auto call = QDBusMessage::createMethodCall(
        QStringLiteral("org.freedesktop.login1"), QStringLiteral("/org/freedesktop/login1"),
        QStringLiteral("org.freedesktop.login1.Manager"), QStringLiteral("Inhibit"));
    call.setArguments({QStringLiteral("sleep"), QStringLiteral("Bellhop"),
                       QStringLiteral("Files are being transferred"), QStringLiteral("block")});
    m_isAsking = true;
    auto *watcher = new QDBusPendingCallWatcher(m_bus.asyncCall(call), this);
    connect(watcher, &QDBusPendingCallWatcher::finished, this,
            [this](QDBusPendingCallWatcher *done) {
                const QDBusPendingReply<QDBusUnixFileDescriptor> reply = *done;
                done->deleteLater();
                m_isAsking = false;
                if (m_isNeeded && reply.isValid()) {
                    m_lock = reply.value();
                }
            });
}

} // namespace core
