// SPDX-License-Identifier: Apache-2.0
#include "tests/support/engine_rig.h"
#include "tests/support/pretty.h"
#include "tests/support/stored_copy.h"
#include "tests/support/test_program.h"

#include <QProcess>

using namespace core;
using namespace Qt::StringLiterals;

namespace {

/// A program that embeds the engine, runs one job and accepts nothing that it is told. It does not
/// end by itself.
int runDeafProgram(const QStringList &arguments)
{
    InProcessService service({.stateFolder = arguments.at(1)});
    const auto started = await(service.start());
    if (!started || !*started) {
        return 1;
    }
    JobSpec spec{.folder = arguments.at(2), .files = {{.url = QUrl(arguments.at(3))}}};
    spec.options.complete = CompleteMode::OnRequest;
    const auto id = await(service.call<message::Add>({spec}));
    if (!id || !*id) {
        return 2;
    }
    std::ignore = service.call<message::Resume>({.jobs = {**id}});
    return QCoreApplication::exec();
}

} // namespace

/// What a program was told and did not accept before it was killed, the next one is told.
class KillNoticesTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(QStringLiteral(".*"))); }

    void whatWasNotAcceptedIsToldAgain_data();
    void whatWasNotAcceptedIsToldAgain();

private:
    /// Runs the deaf program on the folders of the rig until a notice waits, and kills it.
    static void runAndKill(const EngineRig &rig, const QUrl &url);
    static qsizetype untoldIn(const EngineRig &rig)
    {
        const auto state = storedIn(rig.state.path());
        return state ? std::ranges::count_if(
                           state->jobs, [](const JobRecord &job) { return job.untold.isAny(); })
                     : 0;
    }
};

void KillNoticesTest::runAndKill(const EngineRig &rig, const QUrl &url)
{
    QProcess program;
    program.start(QCoreApplication::applicationFilePath(),
                  {u"runDeafProgram"_s, rig.state.path(), rig.folder.path(), url.toString()});
    QTRY_COMPARE(untoldIn(rig), 1);
    program.kill();
    QTRY_COMPARE(program.state(), QProcess::NotRunning);
    QCOMPARE(program.exitStatus(), QProcess::CrashExit);
}

void KillNoticesTest::whatWasNotAcceptedIsToldAgain_data()
{
    QTest::addColumn<int>("status");
    QTest::addColumn<JobState>("state");
    QTest::newRow("an error") << 404 << JobState::Error;
    QTest::newRow("all is there") << 200 << JobState::Transferred;
}

void KillNoticesTest::whatWasNotAcceptedIsToldAgain()
{
    QFETCH(int, status);
    QFETCH(JobState, state);
    HttpServer server;
    if (status == 200) {
        server.serve("/file", {.body = Body::pattern(1, 100'000)});
    } else {
        server.refuse("/file", status);
    }
    EngineRig rig;
    rig.acceptsAttention = false;
    rig.service.reset();
    runAndKill(rig, server.url(u"/file"_s));

    rig.start();
    QTRY_COMPARE(rig.attentions.size(), 1);
    const Attention told = rig.attentions.first();
    QCOMPARE(told.job.state, state);
    QCOMPARE(told.kind == Attention::Kind::Error, state == JobState::Error);
    QCOMPARE(told.error ? told.error->cause : Cause::Internal,
             state == JobState::Error ? Cause::NotFound : Cause::Internal);
    // Not accepted this time either: it is told once more.
    rig.attentions.clear();
    rig.restart();
    QTRY_COMPARE(rig.attentions.size(), 1);
    QVERIFY(rig.ask<message::Accept>({rig.attentions.first().id}).has_value());
    QTRY_COMPARE(untoldIn(rig), 0);
    rig.attentions.clear();
    rig.restart();
    QCOMPARE(rig.job(told.job.id).state, state);
    QCOMPARE(rig.attentions.size(), 0);
}

BELLHOP_CHILD(runDeafProgram)
BELLHOP_TEST(KillNoticesTest)
#include "tst_kill_notices.moc"
