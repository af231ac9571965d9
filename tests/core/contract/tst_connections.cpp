// SPDX-License-Identifier: Apache-2.0
#include "tests/support/manual_rig.h"
#include "tests/support/pretty.h"
#include "tests/support/test_program.h"

using namespace core;

/// How many connections a job has is told while it has them.
class ConnectionsTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(QStringLiteral(".*"))); }

    void aJobTellsHowManyItHas();
    void aJobTellsThatTheServerAllowsNoMore();

private:
    static constexpr qint64 kMiB = qint64(1024) * 1024;
    static constexpr qint64 kSize = 24 * kMiB;

    static JobId wanting(int connections, ManualRig *rig, HttpServer *server)
    {
        server->serve("/film", {.body = Body::pattern(1, kSize)});
        server->holdAfter("/film", kMiB, "first");
        JobSpec spec = rig->spec({server->url(QStringLiteral("/film"))});
        spec.options.connections = connections;
        return rig->add(spec);
    }
};

void ConnectionsTest::aJobTellsHowManyItHas()
{
    HttpServer server;
    ManualRig rig;
    const JobId id = wanting(2, &rig, &server);
    server.holdAfter("/film", 2 * kMiB, "second");
    QCOMPARE(rig.job(id).connections, 0);
    rig.resume(id);
    QTRY_VERIFY(server.isWaitingAt("first") && server.isWaitingAt("second"));
    QTRY_COMPARE(rig.job(id).connections, 2);
    QCOMPARE(rig.job(id).connectionsBorne, std::nullopt);
    server.release("first");
    server.release("second");
    QVERIFY(rig.reaches(id, JobState::Acknowledged));
    QCOMPARE(rig.job(id).connections, 0);
    QCOMPARE(rig.content(QStringLiteral("film")), patternBytes(1, 0, kSize));
}

void ConnectionsTest::aJobTellsThatTheServerAllowsNoMore()
{
    HttpServer server;
    ManualRig rig;
    const JobId id = wanting(4, &rig, &server);
    server.after("/film", 2 * kMiB,
                 {step::Do{[&server] { server.refuse("/film", 429); }}, step::WaitFor{"second"}});
    rig.resume(id);
    QTRY_COMPARE(rig.job(id).connectionsBorne, std::optional(2));
    QTRY_COMPARE(rig.job(id).connections, 2);
    rig.restart();
    server.serve("/film", {.body = Body::pattern(1, kSize)});
    server.holdAfter("/film", kMiB, "third");
    server.release("first");
    server.release("second");
    rig.resume(id);
    QTRY_VERIFY(server.isWaitingAt("third"));
    QTRY_COMPARE(rig.job(id).connectionsBorne, std::optional(2)); // it outlives the program
    QVERIFY(rig.job(id).connections <= 2);
    server.release("third");
    QVERIFY(rig.reaches(id, JobState::Acknowledged));
    QCOMPARE(rig.content(QStringLiteral("film")), patternBytes(1, 0, kSize));
}

BELLHOP_TEST(ConnectionsTest)
#include "tst_connections.moc"
