// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/job/job_id.h"

#include <QDBusConnection>
#include <QHash>
#include <QObject>

#include <functional>
#include <optional>

namespace ui {

/// One button of a notification.
struct NotificationAction {
    QString key;
    QString label;

    bool operator==(const NotificationAction &) const = default;
};

/// What is to be shown outside our windows. Plain text throughout.
struct Notification {
    enum class Urgency { Low, Normal, Critical };

    core::JobId job; ///< one notification per job: a later one takes its place
    QString summary;
    QString body;
    QString category; ///< "transfer.complete", "transfer.error"
    Urgency urgency = Urgency::Normal;
    QList<NotificationAction> actions;
};

/// Speaks to the notification service of the desktop (org.freedesktop.Notifications), without ever
/// waiting for it. Where there is none, nothing is shown and nobody is disturbed.
class Notifications final : public QObject {
    Q_OBJECT
public:
    explicit Notifications(QDBusConnection bus, QObject *parent = nullptr);

    enum class Shown { No, Yes };

    /// Calls `then` with whether the service took it.
    void show(const Notification &notification, std::function<void(Shown)> then);
    /// Takes back what was shown about the job.
    void withdraw(core::JobId job);

Q_SIGNALS:
    void actionInvoked(core::JobId job, const QString &key);

private Q_SLOTS:
    void onActionInvoked(uint id, const QString &key);
    void onNotificationClosed(uint id, uint reason);

private:
    struct Waiting {
        Notification notification;
        std::function<void(Shown)> then;
    };

    void listen();
    void askForCapabilities();
    void send(const Notification &notification, std::function<void(Shown)> then);
    [[nodiscard]] QVariantList arguments(const Notification &notification) const;
    [[nodiscard]] bool can(const QString &capability) const;

    QDBusConnection m_bus;
    std::optional<QStringList> m_capabilities;
    bool m_isAsking = false;
    QList<Waiting> m_waiting; ///< until the capabilities are known
    QHash<core::JobId, uint> m_shown;
};

} // namespace ui
