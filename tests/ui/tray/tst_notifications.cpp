// SPDX-License-Identifier: Apache-2.0
#include "ui/tray/notifications.h"

#include "tests/support/test_program.h"
#include "tests/ui/tray/fake_daemon.h"

#include <QDBusConnection>
#include <QDBusMessage>
#include <QSignalSpy>
#include <QTest>

using ui::Notification;
using ui::Notifications;

namespace {

const QString kFirst = QStringLiteral("first");

} // namespace

class NotificationsTest : public QObject {
    Q_OBJECT

    static Notification about(const QString &key)
    {
        return {.key = key,
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
    void init()
    {
        // Qt speaks of a name that changes hands while it asks who has it.
        QTest::failOnWarning(
            QRegularExpression(QStringLiteral("^(?!QDBusConnection: name '.*' had owner )")));
    }

    void saysWhenThereIsNoService()
    {
        Notifications notifications(QDBusConnection::sessionBus());
        std::optional<Notifications::Shown> answer;
        notifications.show(about(kFirst), [&answer](auto shown) { answer = shown; });
        QTRY_VERIFY(answer);
        QCOMPARE(*answer, Notifications::Shown::No);
    }

    void showsReplacesAndWithdraws()
    {
        FakeDaemon daemon;
        QVERIFY(m_server.registerObject(kDaemonPath, &daemon,
                                        QDBusConnection::ExportAllSlots |
                                            QDBusConnection::ExportAllSignals));
        QVERIFY(m_server.registerService(kDaemonName));
        Notifications notifications(QDBusConnection::sessionBus());
        std::optional<Notifications::Shown> answer;
        notifications.show(about(kFirst), [&answer](auto shown) { answer = shown; });
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
        notifications.show(about(kFirst), [&answer](auto shown) { answer = shown; });
        QTRY_VERIFY(answer);
        QCOMPARE(daemon.shown.last().replaces, 1U);

        const QSignalSpy invoked(&notifications, &Notifications::actionInvoked);
        Q_EMIT daemon.ActionInvoked(1, QStringLiteral("fix"));
        QTRY_COMPARE(invoked.size(), 1);
        QCOMPARE(invoked.first().at(0).toString(), kFirst);

        notifications.withdraw(kFirst);
        QTRY_COMPARE(daemon.closed, QList<uint>{1});
        m_server.unregisterService(kDaemonName);
        m_server.unregisterObject(kDaemonPath);
    }

    void theyGoWithWhoWouldAnswerThem()
    {
        FakeDaemon daemon;
        QVERIFY(m_server.registerObject(kDaemonPath, &daemon, QDBusConnection::ExportAllSlots));
        QVERIFY(m_server.registerService(kDaemonName));
        {
            Notifications notifications(QDBusConnection::sessionBus());
            bool isShown = false;
            notifications.show(about(kFirst), [&isShown](auto) { isShown = true; });
            QTRY_VERIFY(isShown);
        }
        QTRY_COMPARE(daemon.closed, QList<uint>{1});
        m_server.unregisterService(kDaemonName);
        m_server.unregisterObject(kDaemonPath);
    }

    void whatComesTooFastTakesTheSamePlace()
    {
        FakeDaemon daemon;
        QVERIFY(m_server.registerObject(kDaemonPath, &daemon, QDBusConnection::ExportAllSlots));
        QVERIFY(m_server.registerService(kDaemonName));
        Notifications notifications(QDBusConnection::sessionBus());
        int answers = 0;
        for (int i = 0; i < 50; ++i) {
            notifications.show(about(kFirst), [&answers](auto shown) {
                answers += shown == Notifications::Shown::Yes ? 1 : 0;
            });
        }
        QTRY_COMPARE(answers, 50);
        for (const FakeDaemon::Shown &shown : daemon.shown.mid(1)) {
            QCOMPARE(shown.replaces, 1U);
        }
        QVERIFY(daemon.shown.size() <= 2);

        notifications.show(about(kFirst), [](auto) {});
        notifications.withdraw(kFirst); // before the service has said under which number
        QTRY_COMPARE(daemon.closed, QList<uint>{1});
        m_server.unregisterService(kDaemonName);
        m_server.unregisterObject(kDaemonPath);
    }

    void leavesOutWhatTheServiceCannotDo()
    {
        FakeDaemon daemon;
        daemon.capabilities = {QStringLiteral("body")};
        QVERIFY(m_server.registerObject(kDaemonPath, &daemon, QDBusConnection::ExportAllSlots));
        QVERIFY(m_server.registerService(kDaemonName));
        Notifications notifications(QDBusConnection::sessionBus());
        std::optional<Notifications::Shown> answer;
        notifications.show(about(QStringLiteral("other")),
                           [&answer](auto shown) { answer = shown; });
        QTRY_VERIFY(answer);
        QCOMPARE(daemon.shown.first().body, QStringLiteral("<img src=x> & more"));
        QVERIFY(daemon.shown.first().actions.isEmpty());
        m_server.unregisterService(kDaemonName);
        m_server.unregisterObject(kDaemonPath);
    }
};

BELLHOP_TEST(NotificationsTest)
#include "tst_notifications.moc"
