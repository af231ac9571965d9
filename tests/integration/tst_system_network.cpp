// SPDX-License-Identifier: Apache-2.0
// What NetworkManager says, as the plugin of Qt hears it: on a bus of this test, from a double.
#include "core/system/sleep_inhibitor.h"
#include "core/system/system_network.h"

#include "tests/support/test_program.h"

#include <QDBusConnection>
#include <QDBusMessage>
#include <QDBusObjectPath>
#include <QDBusUnixFileDescriptor>
#include <QProcess>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>
#include <QThread>

#include <array>
#include <atomic>
#include <fcntl.h>
#include <memory>
#include <poll.h>
#include <unistd.h>

using core::Connectivity;
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

/// NMMetered of NetworkManager.
enum class Metered : uint { Unknown, Yes, No, GuessYes, GuessNo };

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
    Q_PROPERTY(uint Metered READ metered)
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
    [[nodiscard]] uint metered() const { return m_metered; }
    [[nodiscard]] bool tell(State state)
    {
        m_state = uint(state);
        return tell({{u"State"_s, uint(state)}});
    }
    [[nodiscard]] bool tell(Metered metered)
    {
        m_metered = uint(metered);
        return tell({{u"Metered"_s, uint(metered)}});
    }

private:
    [[nodiscard]] bool tell(const QVariantMap &properties)
    {
        auto changed = QDBusMessage::createSignal(kPath, u"org.freedesktop.DBus.Properties"_s,
                                                  u"PropertiesChanged"_s);
        changed << kService << properties << QStringList();
        return m_bus.send(changed);
    }

    QThread m_thread;
    QDBusConnection m_bus;
    std::atomic<uint> m_state = uint(State::Disconnected);
    uint m_connectivity = 4; ///< full
    std::atomic<uint> m_metered = uint(Metered::GuessNo);
    QDBusObjectPath m_primaryConnection{u"/"_s};
};

/// Gives out locks, and sees when one is let go.
class FakeLogind : public QObject {
    Q_OBJECT
    Q_CLASSINFO("D-Bus Interface", "org.freedesktop.login1.Manager")

public:
    explicit FakeLogind(const QString &address)
        : m_bus(QDBusConnection::connectToBus(address, u"logind"_s))
    {
    }
    ~FakeLogind() override { QDBusConnection::disconnectFromBus(m_bus.name()); }
    [[nodiscard]] bool start()
    {
        return m_bus.registerObject(u"/org/freedesktop/login1"_s, this,
                                    QDBusConnection::ExportAllSlots) &&
               m_bus.registerService(u"org.freedesktop.login1"_s);
    }
    [[nodiscard]] QStringList asked() const { return m_asked; }
    /// Whether somebody has the other end of the pipe given out last.
    [[nodiscard]] bool isHeld() const
    {
        pollfd end{.fd = m_readEnd, .events = POLLIN, .revents = 0};
        return m_readEnd >= 0 && ::poll(&end, 1, 0) == 0;
    }

public Q_SLOTS:
    QDBusUnixFileDescriptor Inhibit(const QString &what, const QString &who,
                                    const QString & /*why*/, const QString &mode)
    {
        m_asked.append(what + u' ' + who + u' ' + mode);
        std::array<int, 2> ends{};
        if (::pipe2(ends.data(), O_CLOEXEC) != 0) {
            return {};
        }
        m_readEnd = ends[0]; // the test is short: what it leaves open goes with it
        QDBusUnixFileDescriptor lock;
        lock.giveFileDescriptor(ends[1]);
        return lock;
    }

private:
    QDBusConnection m_bus;
    QStringList m_asked;
    int m_readEnd = -1;
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
        QCOMPARE(network.connectivity(), Connectivity::None); // as when it was first asked
        const QSignalSpy changed(&network, &core::SystemNetwork::changed);
        QVERIFY(m_manager->tell(State::ConnectedGlobal));
        QTRY_COMPARE(changed.size(), 1);
        QCOMPARE(network.connectivity(), Connectivity::Free);
        QVERIFY(m_manager->tell(State::Disconnected));
        QTRY_COMPARE(changed.size(), 2);
        QCOMPARE(network.connectivity(), Connectivity::None);
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
        QTRY_COMPARE(network.connectivity() != Connectivity::None, !isOnline);
        QVERIFY(m_manager->tell(state));
        QTRY_COMPARE(network.connectivity() != Connectivity::None, isOnline);
    }

    void whatMayCostMoneyIsTold()
    {
        const core::SystemNetwork network;
        QVERIFY(m_manager->tell(State::ConnectedGlobal));
        QTRY_COMPARE(network.connectivity(), Connectivity::Free);
        QVERIFY(m_manager->tell(Metered::GuessYes));
        QTRY_COMPARE(network.connectivity(), Connectivity::Metered);
        QVERIFY(m_manager->tell(Metered::No));
        QTRY_COMPARE(network.connectivity(), Connectivity::Free);
        QVERIFY(m_manager->tell(Metered::Yes));
        QTRY_COMPARE(network.connectivity(), Connectivity::Metered);
        QVERIFY(m_manager->tell(State::Disconnected)); // says more
        QTRY_COMPARE(network.connectivity(), Connectivity::None);
        QVERIFY(m_manager->tell(Metered::GuessNo));
    }

    void theComputerIsKeptAwakeWhileItIsNeeded()
    {
        FakeLogind logind(m_bus.address());
        QVERIFY(logind.start());
        core::SleepInhibitor sleep(QDBusConnection::connectToBus(m_bus.address(), u"sleeper"_s));
        sleep.keepAwake(true);
        sleep.keepAwake(true);
        QTRY_COMPARE(logind.isHeld(), true);
        QCOMPARE(logind.asked(), (QStringList{u"sleep Bellhop block"_s}));
        sleep.keepAwake(false);
        QTRY_COMPARE(logind.isHeld(), false);
        sleep.keepAwake(true); // and over before logind has answered
        sleep.keepAwake(false);
        QTRY_COMPARE(logind.asked().size(), 2);
        QTRY_COMPARE(logind.isHeld(), false);
        QDBusConnection::disconnectFromBus(u"sleeper"_s);
    }

    void withoutLogindNothingHappens()
    {
        core::SleepInhibitor sleep(QDBusConnection::connectToBus(m_bus.address(), u"sleeper"_s));
        sleep.keepAwake(true);
        sleep.keepAwake(false);
        QDBusConnection::disconnectFromBus(u"sleeper"_s);
    }

    void withoutNetworkManagerNobodyIsOffline()
    {
        const core::SystemNetwork network;
        QVERIFY(m_manager->tell(State::Disconnected));
        QTRY_COMPARE(network.connectivity(), Connectivity::None);
        QVERIFY(m_manager->stop());
        QTRY_COMPARE(network.connectivity(), Connectivity::Free);
    }

private:
    PrivateBus m_bus;
    std::unique_ptr<FakeNetworkManager> m_manager;
};

BELLHOP_TEST(SystemNetworkTest)
#include "tst_system_network.moc"
