// SPDX-License-Identifier: Apache-2.0
// A login in the keyring of the desktop: the real bhop, its engine in a process of its own, and
// GNOME Keyring on a session bus of its own.
#include "tests/integration/bhop_run.h"
#include "tests/integration/programs_of_one_list.h"
#include "tests/support/file_facts.h"
#include "tests/support/http_message.h"
#include "tests/support/test_program.h"

#include <QDBusArgument>
#include <QDBusConnection>
#include <QDBusConnectionInterface>
#include <QDBusMessage>
#include <QDBusMetaType>
#include <QDBusObjectPath>
#include <QDBusVariant>
#include <QProcess>
#include <QStandardPaths>
#include <QTest>

#include <algorithm>
#include <memory>
#include <optional>

using namespace Qt::StringLiterals;

namespace {

constexpr qint64 kBytes = 4 * 1024 * 1024;
const QByteArray kMaster("open sesame");

/// Secret of the Secret Service API.
struct KeyringSecret {
    QDBusObjectPath session;
    QByteArray parameters;
    QByteArray value;
    QString type = u"text/plain"_s;
};

QDBusArgument &operator<<(QDBusArgument &out, const KeyringSecret &secret)
{
    out.beginStructure();
    out << secret.session << secret.parameters << secret.value << secret.type;
    out.endStructure();
    return out;
}

const QDBusArgument &operator>>(const QDBusArgument &in, KeyringSecret &secret)
{
    in.beginStructure();
    in >> secret.session >> secret.parameters >> secret.value >> secret.type;
    in.endStructure();
    return in;
}

/// A session with GNOME Keyring in it, which is open. All that it has is in a folder of its own.
class KeyringSession {
public:
    KeyringSession()
    {
        m_bus.start(u"dbus-daemon"_s, {u"--session"_s, u"--nofork"_s, u"--print-address=1"_s});
        require(m_bus.waitForReadyRead(), u"no session bus"_s);
        m_address = QString::fromLatin1(m_bus.readLine().trimmed());
        QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
        for (const auto &[name, value] : surroundings().asKeyValueRange()) {
            environment.insert(name, value);
        }
        m_daemon.setProcessEnvironment(environment);
        m_daemon.start(u"gnome-keyring-daemon"_s,
                       {u"--foreground"_s, u"--unlock"_s, u"--components=secrets"_s});
        m_daemon.write(kMaster);
        m_daemon.closeWriteChannel();
        qDBusRegisterMetaType<KeyringSecret>();
        m_mine.emplace(QDBusConnection::connectToBus(m_address, u"keyring test"_s));
        require(QTest::qWaitFor([this] { return isLocked() == false; }, 20'000), u"no keyring"_s);
    }
    ~KeyringSession()
    {
        m_mine.reset();
        QDBusConnection::disconnectFromBus(u"keyring test"_s);
        for (QProcess *process : {&m_daemon, &m_bus}) {
            process->terminate();
            process->waitForFinished();
        }
    }
    KeyringSession(const KeyringSession &) = delete;
    KeyringSession &operator=(const KeyringSession &) = delete;

    /// For the programs that belong to the session.
    [[nodiscard]] QHash<QString, QString> surroundings() const
    {
        return {{u"DBUS_SESSION_BUS_ADDRESS"_s, m_address},
                {u"HOME"_s, m_home.path()},
                {u"XDG_DATA_HOME"_s, m_home.filePath(u"data"_s)},
                {u"XDG_RUNTIME_DIR"_s, m_home.path()}};
    }

    /// Nothing while there is no keyring.
    [[nodiscard]] std::optional<bool> isLocked() const
    {
        const QVariant locked = property(u"Locked"_s);
        return locked.isValid() ? std::optional(locked.toBool()) : std::nullopt;
    }
    [[nodiscard]] qsizetype entries() const
    {
        const auto items = qvariant_cast<QDBusArgument>(property(u"Items"_s));
        return qdbus_cast<QList<QDBusObjectPath>>(items).size();
    }
    void lock()
    {
        const QList<QDBusObjectPath> all{QDBusObjectPath(kCollection)};
        call(kRoot, u"org.freedesktop.Secret.Service"_s, u"Lock"_s, {QVariant::fromValue(all)});
        require(isLocked() == true, u"not locked"_s);
    }
    void unlock()
    {
        const auto opened = call(kRoot, u"org.freedesktop.Secret.Service"_s, u"OpenSession"_s,
                                 {u"plain"_s, QVariant::fromValue(QDBusVariant(QString()))});
        const KeyringSecret master{.session = opened.value(1).value<QDBusObjectPath>(),
                                   .value = kMaster};
        call(kRoot, u"org.gnome.keyring.InternalUnsupportedGuiltRiddenInterface"_s,
             u"UnlockWithMasterPassword"_s,
             {QVariant::fromValue(QDBusObjectPath(kCollection)), QVariant::fromValue(master)});
        require(isLocked() == false, u"still locked"_s);
    }

private:
    static inline const QString kRoot = u"/org/freedesktop/secrets"_s;
    static inline const QString kCollection = kRoot + u"/collection/login"_s;

    QVariantList call(const QString &path, const QString &interface, const QString &method,
                      const QVariantList &arguments) const
    {
        auto message =
            QDBusMessage::createMethodCall(u"org.freedesktop.secrets"_s, path, interface, method);
        message.setArguments(arguments);
        return m_mine->call(message).arguments();
    }
    [[nodiscard]] QVariant property(const QString &name) const
    {
        const auto isThere =
            m_mine->interface()->isServiceRegistered(u"org.freedesktop.secrets"_s).value();
        const QVariantList answer =
            isThere ? call(kCollection, u"org.freedesktop.DBus.Properties"_s, u"Get"_s,
                           {u"org.freedesktop.Secret.Collection"_s, name})
                    : QVariantList();
        return answer.value(0).value<QDBusVariant>().variant();
    }

    QTemporaryDir m_home;
    QString m_address;
    QProcess m_bus;
    QProcess m_daemon;
    std::optional<QDBusConnection> m_mine;
};

} // namespace

Q_DECLARE_METATYPE(KeyringSecret)

class KeyringTest final : public QObject {
    Q_OBJECT

private:
    std::unique_ptr<ProgramsOfOneList> m_list;
    std::unique_ptr<KeyringSession> m_session;

    [[nodiscard]] HttpServer &server() const { return m_list->server; }
    /// The server asks for a login, and serves once it has come. Who has none asks twice.
    void asksForLogin(int times = 1) const
    {
        server().next("/film.bin",
                      {step::Send{response(401, {{"WWW-Authenticate", "Basic realm=\"x\""}}, {})}},
                      times);
    }
    /// A job with a login of which half has come; then its engine is killed.
    void leaveHalf(int asksForLoginTimes = 1) const
    {
        server().serve("/film.bin", {.body = Body::pattern(1, kBytes)});
        server().holdAfter("/film.bin", kBytes / 2, "gate");
        asksForLogin();
        BhopRun get(m_list->get(u"/film.bin"_s, {u"--user"_s, u"anna"_s, u"--password-stdin"_s,
                                                 u"--keep-login"_s, u"--detach"_s}),
                    "s3cret\n", m_session->surroundings());
        QCOMPARE(get.exitCode(), 0);
        QTRY_VERIFY(server().isWaitingAt("gate"));
        QTRY_COMPARE(m_session->entries(), 1);
        signalEngines(m_list->state(), SIGKILL);
        QTRY_VERIFY(enginesOf(m_list->state()).isEmpty());
        server().release("gate");
        server().serve("/film.bin", {.body = Body::pattern(1, kBytes)});
        asksForLogin(asksForLoginTimes);
    }
    [[nodiscard]] bool isFetched() const
    {
        return contentOf(m_list->folder() + u"/film.bin"_s) == patternBytes(1, 0, kBytes);
    }
    [[nodiscard]] static bool says(BhopRun &run, const QString &words)
    {
        return std::ranges::any_of(run.lines(u"notice"), [&words](const QJsonObject &line) {
            return line["text"_L1].toString().contains(words);
        });
    }

private Q_SLOTS:
    void init()
    {
        QTest::failOnWarning(QRegularExpression(u".*"_s));
        if (QStandardPaths::findExecutable(u"gnome-keyring-daemon"_s).isEmpty()) {
            QSKIP("gnome-keyring is not installed");
        }
        m_list = std::make_unique<ProgramsOfOneList>();
        m_session = std::make_unique<KeyringSession>();
    }
    void cleanup()
    {
        m_list.reset();
        m_session.reset();
    }

    void aLoginOutlivesItsEngine()
    {
        leaveHalf();
        BhopRun follow(m_list->with({u"follow"_s, u"1"_s}), {}, m_session->surroundings());
        QCOMPARE(follow.exitCode(), 0);
        QVERIFY(isFetched());
        QTRY_COMPARE(m_session->entries(), 0);
        endEngines(m_list->state());
        const QDir state(m_list->state());
        for (const QString &name : state.entryList(QDir::Files)) {
            QVERIFY2(!contentOf(state.filePath(name)).contains("s3cret"), qPrintable(name));
        }
    }

    void aLockedKeyringIsSaidAndTheJobGoesOnOnceItIsUnlocked()
    {
        leaveHalf(2);
        m_session->lock();
        BhopRun follow(m_list->with({u"follow"_s, u"1"_s}), {}, m_session->surroundings());
        QCOMPARE(follow.exitCode(), 5);
        QVERIFY(says(follow, u"The keyring is locked"_s));
        asksForLogin();
        m_session->unlock();
        QTRY_VERIFY_WITH_TIMEOUT(isFetched(), 20'000);
        QTRY_COMPARE(m_session->entries(), 0);
    }

    void whereThereIsNoKeyringThatIsSaid()
    {
        server().serve("/film.bin", {.body = Body::pattern(1, kBytes)});
        asksForLogin();
        auto surroundings = m_session->surroundings();
        surroundings[u"DBUS_SESSION_BUS_ADDRESS"_s] = u"unix:path=/nowhere"_s;
        BhopRun get(m_list->get(u"/film.bin"_s,
                                {u"--user"_s, u"anna"_s, u"--password-stdin"_s, u"--keep-login"_s}),
                    "s3cret\n", surroundings);
        QCOMPARE(get.exitCode(), 0);
        QVERIFY(isFetched());
        QVERIFY(says(get, u"No keyring answers here"_s));
    }

    /// Also where nobody waits for the job.
    void whoLeavesTheJobRunningIsToldThatThereIsNoKeyring()
    {
        server().serve("/film.bin", {.body = Body::pattern(1, kBytes)});
        asksForLogin();
        auto surroundings = m_session->surroundings();
        surroundings[u"DBUS_SESSION_BUS_ADDRESS"_s] = u"unix:path=/nowhere"_s;
        BhopRun get(m_list->get(u"/film.bin"_s, {u"--user"_s, u"anna"_s, u"--password-stdin"_s,
                                                 u"--keep-login"_s, u"--detach"_s}),
                    "s3cret\n", surroundings);
        QCOMPARE(get.exitCode(), 0);
        QVERIFY(says(get, u"is kept only until the engine of Bellhop ends"_s));
        QCOMPARE(get.lines(u"notice").size(), 1);
    }

    void whatIsNotToBeKeptIsNot()
    {
        server().serve("/film.bin", {.body = Body::pattern(1, kBytes)});
        server().holdAfter("/film.bin", kBytes / 2, "gate");
        asksForLogin();
        BhopRun get(m_list->get(u"/film.bin"_s, {u"--user"_s, u"anna"_s, u"--password-stdin"_s}),
                    "s3cret\n", m_session->surroundings());
        QTRY_VERIFY(server().isWaitingAt("gate"));
        QCOMPARE(m_session->entries(), 0);
        server().release("gate");
        QCOMPARE(get.exitCode(), 0);
    }
};

BELLHOP_TEST(KeyringTest)
#include "tst_keyring.moc"
