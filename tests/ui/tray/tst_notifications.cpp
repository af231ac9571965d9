// SPDX-License-Identifier: Apache-2.0
#include "ui/tray/notifications.h"

#include "tests/support/test_program.h"

#include <QDBusConnection>
#include <QDBusMessage>
#include <QSignalSpy>
#include <QTest>

using core::JobId;
using ui::Notification;
using ui::Notifications;

namespace {

const QString kName = QStringLiteral("org.freedesktop.Notifications");
const QString kPath = QStringLiteral("/org/freedesktop/Notifications");

} // namespace

/// A notification service that notes what it is told.
class FakeDaemon : public QObject {
    Q_OBJECT
    Q_CLASSINFO("D-Bus Interface", "org.freedesktop.Notifications")

public:
    struct Shown {
        uint replaces;
        QString summary;
        QString body;
        QStringList actions;
        QVariantMap hints;
    };

    QStringList capabilities{QStringLiteral("actions"), QStringLiteral("body-markup")};
    QList<Shown> shown;
    QList<uint> closed;

public Q_SLOTS:
    QStringList GetCapabilities() { return capabilities; }
    uint Notify(const QString & /*app*/, uint replaces, const QString & /*icon*/,
                const QString &summary, const QString &body, const QStringList &actions,
                const QVariantMap &hints, int /*timeout*/)
    {
        shown.append({replaces, summary, body, actions, hints});
        return replaces != 0 ? replaces : uint(shown.size());
    }
    void CloseNotification(uint id) { closed.append(id); }

Q_SIGNALS:
    void ActionInvoked(uint id, const QString &key);
    void NotificationClosed(uint id, uint reason);
};

class NotificationsTest : public QObject {
    Q_OBJECT

    static Notification about(qint64 job)
    {
        return {.job = JobId{job},
                .summary = QStringLiteral("a <b> needs you"),
                .body = QStringLiteral("<img src=x> & more"),
                .category = QStringLiteral("transfer.error"),
                .urgency = Notification::Urgency::Critical,
                .actions = {{QStringLiteral("fix"), QStringLiteral("Fix…")}}};
    }

    QDBusConnection m_server{QString()};

private Q_SLOTS:
    void initTestCase()
    {
        m_server =
            QDBusConnection::connectToBus(QDBusConnection::SessionBus, QStringLiteral("daemon"));
        if (!m_server.isConnected()) {
            QSKIP("There is no session bus; run this under dbus-run-session");
        }
    }
    void init() { QTest::failOnWarning(QRegularExpression(QStringLiteral(".*"))); }

    void saysWhenThereIsNoService()
    {
        Notifications notifications(QDBusConnection::sessionBus());
        std::optional<Notifications::Shown> answer;
        notifications.show(about(1), [&answer](auto shown) { answer = shown; });
        QTRY_VERIFY(answer);
        QCOMPARE(*answer, Notifications::Shown::No);
    }

    void showsReplacesAndWithdraws()
    {
        FakeDaemon daemon;
        QVERIFY(m_server.registerObject(
            kPath, &daemon, QDBusConnection::ExportAllSlots | QDBusConnection::ExportAllSignals));
        QVERIFY(m_server.registerService(kName));
        Notifications notifications(QDBusConnection::sessionBus());
        std::optional<Notifications::Shown> answer;
        notifications.show(about(1), [&answer](auto shown) { answer = shown; });
        QTRY_VERIFY(answer);
        QCOMPARE(*answer, Notifications::Shown::Yes);
        QCOMPARE(daemon.shown.size(), 1);
        QCOMPARE(daemon.shown.first().replaces, 0U);
        QCOMPARE(daemon.shown.first().body, QStringLiteral("&lt;img src=x&gt; &amp; more"));
        QCOMPARE(daemon.shown.first().actions.first(), QStringLiteral("fix"));
        QCOMPARE(daemon.shown.first().hints.value(QStringLiteral("category")).toString(),
                 QStringLiteral("transfer.error"));
        QCOMPARE(daemon.shown.first().hints.value(QStringLiteral("urgency")).toInt(), 2);

        answer.reset();
        notifications.show(about(1), [&answer](auto shown) { answer = shown; });
        QTRY_VERIFY(answer);
        QCOMPARE(daemon.shown.last().replaces, 1U);

        const QSignalSpy invoked(&notifications, &Notifications::actionInvoked);
        Q_EMIT daemon.ActionInvoked(1, QStringLiteral("fix"));
        QTRY_COMPARE(invoked.size(), 1);
        QCOMPARE(invoked.first().at(0).value<JobId>(), JobId{1});

        notifications.withdraw(JobId{1});
        QTRY_COMPARE(daemon.closed, QList<uint>{1});
        m_server.unregisterService(kName);
        m_server.unregisterObject(kPath);
    }

    void leavesOutWhatTheServiceCannotDo()
    {
        FakeDaemon daemon;
        daemon.capabilities = {QStringLiteral("body")};
        QVERIFY(m_server.registerObject(kPath, &daemon, QDBusConnection::ExportAllSlots));
        QVERIFY(m_server.registerService(kName));
        Notifications notifications(QDBusConnection::sessionBus());
        std::optional<Notifications::Shown> answer;
        notifications.show(about(2), [&answer](auto shown) { answer = shown; });
        QTRY_VERIFY(answer);
        QCOMPARE(daemon.shown.first().body, QStringLiteral("<img src=x> & more"));
        QVERIFY(daemon.shown.first().actions.isEmpty());
        m_server.unregisterService(kName);
        m_server.unregisterObject(kPath);
    }
};

BELLHOP_TEST(NotificationsTest)
#include "tst_notifications.moc"
