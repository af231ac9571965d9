// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QDBusConnection>
#include <QDBusUnixFileDescriptor>
#include <QObject>

#include <optional>

namespace core {

/// Keeps this computer from falling asleep by itself, as systemd-logind and elogind have it
/// (org.freedesktop.login1.Manager.Inhibit, a block of "sleep"). Where neither is there it does
/// nothing. The lock goes with the process, however that ends.
class SleepInhibitor final : public QObject {
    Q_OBJECT
public:
    explicit SleepInhibitor(QDBusConnection systemBus = QDBusConnection::systemBus(),
                            QObject *parent = nullptr);

    void keepAwake(bool isNeeded);

private:
    void ask();

    QDBusConnection m_bus;
    bool m_isNeeded = false;
    bool m_isAsking = false;
    std::optional<QDBusUnixFileDescriptor> m_lock;
};

} // namespace core
