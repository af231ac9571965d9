// SPDX-License-Identifier: Apache-2.0
// What NetworkManager says, as the plugin of Qt hears it: on a bus of this test, from a double.
#include "core/system/system_network.h"

#include "tests/support/test_program.h"

#include <QDBusConnection>
#include <QDBusMessage>
#include <QDBusObjectPath>
#include <QProcess>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>
#include <QThread>

#include <atomic>
#include <memory>

using namespace Qt::StringLiterals;

namespace {

const QString kService = u"org.freedesktop.NetworkManager"_s;
const QString kPath = u"/org/freedesktop/NetworkManager"_s;

/// NMState of NetworkManager.
enum class State : uint {
    Asleep = 10, // networking is switched off
    Disconnected = 20,
    Disconnecting = 30,
    Connecting = 40,
    ConnectedLocal = 50,
    ConnectedSite = 60,
    ConnectedGlobal = 70,
};

} // namespace

/// A bus on a socket of its own.
class PrivateBus {
public:
    ~PrivateBus()
    {
        m_daemon.terminate();
        m_daemon.waitForFinished();
    }
    [[nodiscard]] bool start()
    {
        m_daemon.setProcessChannelMode(QProcess::ForwardedErrorChannel);
        m_daemon.start(u"dbus-daemon"_s, {u"--session"_s, u"--nofork"_s, u"--print-address"_s,
                                          u"--address=unix:path="_s + m_folder.filePath(u"bus"_s)});
        return m_daemon.waitForReadyRead();
    }
    [[nodiscard]] QString address()
    {
        if (m_address.isEmpty()) {
            m_address = QString::fromUtf8(m_daemon.readLine()).trimmed();
        }
        return m_address;
    }

private:
    QTemporaryDir m_folder;
    QProcess m_daemon;
    QString m_address;
};

/// Has the properties that the plugin reads, and tells when one changes. On a thread of its own,
/// because the plugin blocks the one it is loaded on while it reads them.
class FakeNetworkManager : public QObject {
    Q_OBJECT
    Q_CLASSINFO("D-Bus Interface", "org.freedesktop.NetworkManager")
    Q_PROPERTY(uint State READ state)
    Q_PROPERTY(uint Connectivity MEMBER m_connectivity)
    Q_PROPERTY(uint Metered MEMBER m_metered)
    Q_PROPERTY(QDBusObjectPath PrimaryConnection MEMBER m_primaryConnection)

public:
    explicit FakeNetworkManager(const QString &address)
        : m_bus(QDBusConnection::connectToBus(address, u"network manager"_s))
    {
        moveToThread(&m_thread);
        m_thread.start();
    }
    ~FakeNetworkManager() override
    {
        QDBusConnection::disconnectFromBus(m_bus.name());
        m_thread.quit();
        m_thread.wait();
    }
    [[nodiscard]] bool start()
    {
        return m_bus.registerObject(kPath, this, QDBusConnection::ExportAllProperties) &&
               m_bus.registerService(kService);
    }
    [[nodiscard]] bool stop() { return m_bus.unregisterService(kService); }
    [[nodiscard]] uint state() const { return m_state; }
    [[nodiscard]] bool tell(State state)
    {
        m_state = uint(state);
        auto changed = QDBusMessage::createSignal(kPath, u"org.freedesktop.DBus.Properties"_s,
                                                  u"PropertiesChanged"_s);
        changed << kService << QVariantMap{{u"State"_s, uint(state)}} << QStringList();
        return m_bus.send(changed);
    }

private:
    QThread m_thread;
    QDBusConnection m_bus;
    std::atomic<uint> m_state = uint(State::Disconnected);
    uint m_connectivity = 4; ///< full
    uint m_metered = 4;      ///< guessed no
    QDBusObjectPath m_primaryConnection{u"/"_s};
};

class SystemNetworkTest final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        QVERIFY(m_bus.start());
        qputenv("DBUS_SYSTEM_BUS_ADDRESS", m_bus.address().toUtf8());
        m_manager = std::make_unique<FakeNetworkManager>(m_bus.address());
        QVERIFY(m_manager->start());
    }
    void init() { QTest::failOnWarning(QRegularExpression(u".*"_s)); }

    void offlineOnlineOfflineIsTold()
    {
        const core::SystemNetwork network;
        QVERIFY(!network.isOnline()); // as it was when it was first asked
        const QSignalSpy changed(&network, &core::SystemNetwork::changed);
        QVERIFY(m_manager->tell(State::ConnectedGlobal));
        QTRY_COMPARE(changed, (QList<QVariantList>{{true}}));
        QVERIFY(network.isOnline());
        QVERIFY(m_manager->tell(State::Disconnected));
        QTRY_COMPARE(changed, (QList<QVariantList>{{true}, {false}}));
        QVERIFY(!network.isOnline());
    }

    void onlyWithoutAnyNetworkItIsOffline_data()
    {
        QTest::addColumn<State>("state");
        QTest::addColumn<bool>("isOnline");
        QTest::newRow("going down") << State::Disconnecting << false;
        QTest::newRow("coming up") << State::Connecting << true; // nobody knows yet
        QTest::newRow("this link alone") << State::ConnectedLocal << true;
        QTest::newRow("no internet") << State::ConnectedSite << true;
        QTest::newRow("the internet") << State::ConnectedGlobal << true;
        QTest::newRow("switched off") << State::Asleep << true;
    }
    void onlyWithoutAnyNetworkItIsOffline()
    {
        QFETCH(State, state);
        QFETCH(bool, isOnline);
        const core::SystemNetwork network;
        QVERIFY(m_manager->tell(isOnline ? State::Disconnected : State::ConnectedGlobal));
        QTRY_COMPARE(network.isOnline(), !isOnline);
        QVERIFY(m_manager->tell(state));
        QTRY_COMPARE(network.isOnline(), isOnline);
    }

    void withoutNetworkManagerNobodyIsOffline()
    {
        const core::SystemNetwork network;
        QVERIFY(m_manager->tell(State::Disconnected));
        QTRY_VERIFY(!network.isOnline());
        QVERIFY(m_manager->stop());
        QTRY_VERIFY(network.isOnline());
    }

private:
    PrivateBus m_bus;
    std::unique_ptr<FakeNetworkManager> m_manager;
};

BELLHOP_TEST(SystemNetworkTest)
#include "tst_system_network.moc"
