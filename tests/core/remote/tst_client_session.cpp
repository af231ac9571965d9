// SPDX-License-Identifier: Apache-2.0
// What a front end is answered that does not speak as ours do.
#include "core/remote/client_session.h"

#include "tests/core/remote/served_rig.h"
#include "tests/support/sample_values.h"
#include "tests/support/test_program.h"

#include <QSignalSpy>

using namespace core;

class ClientSessionTest final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        QTest::failOnWarning(QRegularExpression(QStringLiteral(".*")));
        m_rig = std::make_unique<ServedRig>();
        m_rig->service.agreeToEverything();
    }
    void cleanup() { m_rig.reset(); }

    void whoeverSpeaksAnotherProtocolIsTurnedAway_data()
    {
        QTest::addColumn<QByteArray>("first");
        QTest::newRow("newer, with words nobody knows")
            << QByteArray(R"({"kind":"hello","protocol":1,"program":"x","colour":"red"})");
        QTest::newRow("a call before the first word")
            << QByteArray(R"({"kind":"call","call":1,"message":"jobs","request":{}})");
        QTest::newRow("no JSON") << QByteArray("hello");
        QTest::newRow("no object") << QByteArray("[]");
        QTest::newRow("of no kind") << QByteArray("{}");
    }
    void whoeverSpeaksAnotherProtocolIsTurnedAway()
    {
        QFETCH(QByteArray, first);
        RawFrontEnd other(m_rig->state.path());
        other.say(first);
        QCOMPARE(other.heard(), R"({"kind":"turnedAway","version":")" BELLHOP_VERSION R"("})");
        QVERIFY(other.isTurnedAway());
        QVERIFY(!m_rig->service.log().contains(QStringLiteral("jobs")));
    }

    void framesThatAreNoneEndTheConnection_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        QTest::newRow("text") << QByteArray("GET / HTTP/1.1\r\n\r\n");
        QTest::newRow("empty") << QByteArray(4, '\0');
        QTest::newRow("no call") << toFrames(R"({"kind":"shout"})");
        QTest::newRow("a second first word")
            << toFrames(helloWith(R"("program":"","handlesAttention":false)"));
        QTest::newRow("half a call") << toFrames(R"({"kind":"call","call":1})");
    }
    void framesThatAreNoneEndTheConnection()
    {
        QFETCH(QByteArray, bytes);
        RawFrontEnd other(m_rig->state.path());
        other.greet();
        QVERIFY(other.heard().contains("welcome"));
        other.write(bytes);
        QVERIFY(other.isTurnedAway());
    }

    void aFrameThatIsCutWaitsAndHarmsNobody()
    {
        RawFrontEnd cut(m_rig->state.path());
        cut.write(QByteArray::fromHex("000000ff7b"));
        RawFrontEnd good(m_rig->state.path());
        good.greet();
        QVERIFY(good.heard().contains("welcome"));
    }

    void aRequestThatIsNotAsItShouldBeIsRefusedByTheNameOfItsField_data()
    {
        QTest::addColumn<QByteArray>("call");
        QTest::addColumn<QByteArray>("subject");
        QTest::newRow("missing") << QByteArray(R"("message":"suspend","request":{})")
                                 << QByteArray("jobs: Missing");
        QTest::newRow("unknown") << QByteArray(
                                        R"("message":"suspend","request":{"jobs":[],"force":true})")
                                 << QByteArray("force: Unknown");
        QTest::newRow("wrong type") << QByteArray(R"("message":"suspend","request":{"jobs":7})")
                                    << QByteArray("jobs: WrongType");
        QTest::newRow("no object")
            << QByteArray(R"("message":"suspend","request":7)") << QByteArray(": WrongType");
        QTest::newRow("no message of ours")
            << QByteArray(R"("message":"explode","request":{})") << QByteArray("explode");
    }
    void aRequestThatIsNotAsItShouldBeIsRefusedByTheNameOfItsField()
    {
        QFETCH(QByteArray, call);
        RawFrontEnd other(m_rig->state.path());
        other.greet();
        QVERIFY(other.heard().contains("welcome"));
        other.say(R"({"kind":"call","call":9,)" + call + '}');
        const auto answer = fromText<ToFrontEnd>(other.heard());
        QVERIFY(answer.has_value());
        const auto *refused = std::get_if<envelope::Refused>(&*answer);
        QVERIFY(refused != nullptr);
        QCOMPARE(refused->call, 9u);
        QCOMPARE(refused->refusal.kind, RefusalKind::BadValue);
        QTEST(refused->refusal.subject.toUtf8(), "subject");
        QVERIFY(!m_rig->service.log().contains(QStringLiteral("suspend")));
    }

    void whoeverDoesNotReadIsToldTheLastOfIt()
    {
        RawFrontEnd slow(m_rig->state.path());
        slow.greet();
        QVERIFY(slow.heard().contains("welcome"));
        // A socket takes some hundred kilobytes; nobody reads meanwhile.
        JobSnapshot job{.id = {1}, .name = QString(50'000, u'x')};
        for (int i = 1; i <= 100; ++i) {
            job.progress.bytesDone = i;
            Q_EMIT m_rig->service.jobsChanged({job});
        }
        int told = 0;
        qint64 last = 0;
        while (last < 100) {
            const QByteArray message = slow.heard();
            QVERIFY(!message.isEmpty());
            const auto said = fromText<ToFrontEnd>(message);
            QVERIFY(said.has_value());
            const auto &jobs = std::get<envelope::JobsChanged>(*said).jobs;
            last = jobs.first().progress.bytesDone;
            ++told;
        }
        QVERIFY2(told < 50, qPrintable(QString::number(told)));
    }

    void nobodyIsLeftAndNothingIsUnderWayThenItIsNotNeeded()
    {
        int underWay = 1;
        m_rig->service.answerWith<message::Activity>([&underWay](const auto & /*nothing*/) {
            return ActivityReport{.jobsUnderWay = underWay};
        });
        QSignalSpy notNeeded(&m_rig->server, &EngineServer::notNeeded);
        {
            RawFrontEnd other(m_rig->state.path());
            other.greet();
            QVERIFY(other.heard().contains("welcome"));
            m_rig->service.forget();
        }
        QTRY_VERIFY(m_rig->service.log().count(QStringLiteral("activity")) > 2);
        QCOMPARE(notNeeded.size(), 0);
        underWay = 0;
        QTRY_COMPARE(notNeeded.size(), 1);
    }

    void whatNobodyHeardIsToldToTheFirstWhoComes()
    {
        Q_EMIT m_rig->service.notice(notice::LeftOut{{QStringLiteral("row 7")}});
        RawFrontEnd first(m_rig->state.path());
        first.greet();
        QVERIFY(first.heard().contains("welcome"));
        QVERIFY(first.heard().contains("row 7"));
    }

private:
    std::unique_ptr<ServedRig> m_rig;
};

BELLHOP_TEST(ClientSessionTest)
#include "tst_client_session.moc"
