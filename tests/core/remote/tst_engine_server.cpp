// SPDX-License-Identifier: Apache-2.0
// What the server does when nobody can find it any more: a logout, or a folder that was removed.
#include "tests/core/remote/served_rig.h"
#include "tests/support/test_program.h"

#include <QDir>
#include <QFile>
#include <QSignalSpy>

using namespace core;
using namespace Qt::StringLiterals;

class EngineServerTest final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        QTest::failOnWarning(QRegularExpression(u".*"_s));
        m_runtime = std::make_unique<QTemporaryDir>();
        qputenv("XDG_RUNTIME_DIR", QFile::encodeName(m_runtime->path()));
    }
    void cleanup() { qunsetenv("XDG_RUNTIME_DIR"); }

    void aLogoutEndsItUnlessThePersonWantsItToGoOn_data()
    {
        QTest::addColumn<bool>("isWanted");
        QTest::newRow("as usual") << false;
        QTest::newRow("wanted") << true;
    }
    void aLogoutEndsItUnlessThePersonWantsItToGoOn()
    {
        QFETCH(bool, isWanted);
        ServedRig rig;
        answer(&rig, isWanted, 1);
        const QSignalSpy ended(&rig.server, &EngineServer::notNeeded);
        QVERIFY(logOut());
        if (!isWanted) {
            QTRY_VERIFY(!ended.isEmpty());
            return;
        }
        // Found at the other place, by whoever logs in next.
        const QString other = rig.state.filePath(u"engine.socket"_s);
        QTRY_VERIFY(QFile::exists(other));
        QVERIFY(QDir().mkdir(m_runtime->path()));
        QLocalSocket next;
        next.connectToServer(other);
        QVERIFY(next.waitForConnected());
        next.write(toFrames(helloWith(R"("program":"t","handlesAttention":true)")));
        QTRY_VERIFY(next.bytesAvailable() > 0);
        QVERIFY(ended.isEmpty());
    }

    void withoutWorkItEndsAllTheSame()
    {
        ServedRig rig;
        answer(&rig, true, 0);
        const QSignalSpy ended(&rig.server, &EngineServer::notNeeded);
        QVERIFY(logOut());
        QTRY_VERIFY(!ended.isEmpty());
    }

    /// As it is noticed where no change of the folder is told: when somebody leaves.
    void oneThatCannotBeFoundAnyMoreEndsThoughItHasWork()
    {
        ServedRig rig;
        answer(&rig, false, 1);
        const QSignalSpy ended(&rig.server, &EngineServer::notNeeded);
        auto front = std::make_unique<RawFrontEnd>(rig.state.path());
        front->greet();
        QVERIFY(!front->heard().isEmpty());
        QVERIFY(QFile::setPermissions(m_runtime->path(), QFile::Permissions(0x7777)));
        front.reset();
        QTRY_VERIFY(!ended.isEmpty());
    }

    void thePersonIsLookedForWhereTheLastFrontEndWas()
    {
        ServedRig rig;
        QSignalSpy unheard(&rig.server, &EngineServer::unheard);
        for (const char *desktop : {R"(["DISPLAY=:7"])", "[]"}) { // the second knows of none
            RawFrontEnd front(rig.state.path());
            front.say(helloWith(QByteArray(R"("program":"t","desktop":)") + desktop));
            QVERIFY(!front.heard().isEmpty());
        }
        Q_EMIT rig.service.attention({});
        QCOMPARE(unheard.size(), 1);
        QCOMPARE(unheard.first().first().toStringList(), QStringList{u"DISPLAY=:7"_s});
    }

    void aListThatIsGoneIsNotServedFromElsewhere()
    {
        ServedRig rig;
        answer(&rig, true, 1);
        const QSignalSpy ended(&rig.server, &EngineServer::notNeeded);
        QVERIFY(QDir(rig.state.path()).removeRecursively());
        QTRY_VERIFY(!ended.isEmpty());
    }

private:
    static void answer(ServedRig *rig, bool goesOn, int jobsUnderWay)
    {
        rig->service.answerWith<message::GetSettings>([goesOn](const auto &) -> Answer<Settings> {
            return Settings{.goOnAfterLogout = goesOn};
        });
        rig->service.answerWith<message::Activity>([jobsUnderWay](const auto &) {
            return Answer<ActivityReport>(ActivityReport{.jobsUnderWay = jobsUnderWay});
        });
        rig->service.answerWith<message::TellAgain>(
            [](const auto &) -> Answer<Done> { return Done{}; });
    }
    /// The runtime folder goes with the last session of a person.
    [[nodiscard]] bool logOut() { return QDir(m_runtime->path()).removeRecursively(); }

    std::unique_ptr<QTemporaryDir> m_runtime;
};

BELLHOP_TEST(EngineServerTest)
#include "tst_engine_server.moc"
