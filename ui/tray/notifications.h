// SPDX-License-Identifier: Apache-2.0
#pragma once

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

    QString key; ///< one notification per key: a later one takes its place
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
    /// Takes all of them back: nobody would hear of a button that is pressed later.
    ~Notifications() override;

    enum class Shown { No, Yes };

    /// Calls `then` with whether the service took it, or the one that took its place meanwhile.
    void show(const Notification &notification, std::function<void(Shown)> then);
    /// Takes back what was shown under this key. What was not shown yet counts as shown: there is
    /// nothing left to tell.
    void withdraw(const QString &key);

Q_SIGNALS:
    void actionInvoked(const QString &key, const QString &action);
    /// It is not on the screen any more, and not because it was taken back, nor because its time
    /// was over: somebody has seen it.
    void dismissed(const QString &key);

private Q_SLOTS:
    void onActionInvoked(uint id, const QString &action);
    void onNotificationClosed(uint id, uint reason);

private:
    using Then = std::function<void(Shown)>;

    /// What is shown under one key, and what is to be shown in its place. One call at a time: only
    /// its answer tells what the next one replaces.
    struct Place {
        uint id = 0;
        bool isSending = false;
        bool isWithdrawn = false;
        std::optional<Notification> next;
        QList<Then> waiting; ///< for what becomes of `next`
    };

    void listen();
    void askForCapabilities();
    void sendNext(const QString &key);
    void sent(const QString &key, std::optional<uint> id, const QList<Then> &waiting);
    void closeOnScreen(uint id);
    void giveUpWaiting();
    [[nodiscard]] QString keyOf(uint id) const;
    [[nodiscard]] QVariantList arguments(const Notification &notification, uint replaces) const;
    [[nodiscard]] bool can(const QString &capability) const;

    QDBusConnection m_bus;
    std::optional<QStringList> m_capabilities;
    bool m_isAsking = false;
    QHash<QString, Place> m_places; ///< by key
};

} // namespace ui
