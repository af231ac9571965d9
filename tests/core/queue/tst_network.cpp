// SPDX-License-Identifier: Apache-2.0
#include "core/service/engine.h"
#include "tests/support/await.h"
#include "tests/support/http_server.h"
#include "tests/support/pretty.h"
#include "tests/support/test_program.h"

#include <QTemporaryDir>

using namespace core;

namespace {

/// An engine on the thread of the test that takes even this computer for one that is reached
/// through a network, and that by itself would try again after an hour only.
class NetworkedEngine {
public:
    NetworkedEngine()
        : engine({.stateFolder = state.path(), .isThisComputer = [this](const QString &host) {
                      return takesAllForRemote ? false : isLoopbackHost(host);
                  }})
    {
        const auto started = runFor(engine.start());
        if (!started || !*started) {
            qFatal("The engine did not start");
        }
    }
    ~NetworkedEngine()
    {
        bool isDown = false;
        QCoro::connect(engine.shutdown(), &engine, [&isDown] { isDown = true; });
        if (!QTest::qWaitFor([&isDown] { return isDown; }, 10'000)) {
            qFatal("The engine did not end");
        }
    }

    template <typename Message>
    auto ask(typename Message::Request request)
    {
        Call<Message> call{std::move(request), {}};
        const auto future = call.reply.future();
        engine.take(AnyCall(std::move(call)));
        return await(future).value();
    }
    JobId add(const QList<QUrl> &urls, Priority priority = Priority::Normal)
    {
        JobSpec spec{.priority = priority, .folder = folder.path()};
        for (const QUrl &url : urls) {
            spec.files.append({.url = url});
        }
        spec.options.minRetryDelay = std::chrono::hours(1);
        return ask<message::Add>({spec}).value();
    }
    JobId download(const QList<QUrl> &urls, Priority priority = Priority::Normal)
    {
        const JobId id = add(urls, priority);
        std::ignore = ask<message::Resume>({{id}, {}});
        return id;
    }
    JobSnapshot job(JobId id) { return ask<message::Jobs>({.ids = {id}}).value().first(); }
    bool reaches(JobId id, JobState wanted)
    {
        return QTest::qWaitFor([&] { return job(id).state == wanted; }, 10'000);
    }

    template <typename T>
    static std::optional<T> runFor(QCoro::Task<T> task)
    {
        std::optional<T> result;
        task.then([&result](T value) { result.emplace(std::move(value)); });
        std::ignore = QTest::qWaitFor([&result] { return result.has_value(); }, 10'000);
        return result;
    }

    QTemporaryDir state;
    QTemporaryDir folder;
    bool takesAllForRemote = true;
    Engine engine;
};

} // namespace

class NetworkTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(QStringLiteral(".*"))); }

    void whenTheNetworkGoesEveryJobWaitsAndWhenItIsBackAllGoOn()
    {
        HttpServer server;
        for (const char *path : {"/a", "/b", "/c"}) {
            server.serve(path, {.body = Body::pattern(1, 400'000)});
            server.holdAfter(path, 100'000, "gate");
        }
        NetworkedEngine rig;
        std::ignore = rig.ask<message::SetSettings>({{.jobsAtOnce = 1}});
        const JobId running = rig.download({server.url(QStringLiteral("/a"))});
        QTRY_VERIFY(rig.job(running).progress.bytesDone > 0);
        const JobId queued =
            rig.download({server.url(QStringLiteral("/b")), server.url(QStringLiteral("/c"))});
        const JobId paused = rig.add({server.url(QStringLiteral("/c"))});
        QCOMPARE(rig.job(queued).state, JobState::Queued);

        rig.engine.setConnectivity(Connectivity::None);
        QVERIFY(rig.reaches(running, JobState::TransientError));
        QVERIFY(rig.reaches(queued, JobState::TransientError));
        QCOMPARE(rig.job(paused).state, JobState::Suspended);
        for (const JobId id : {running, queued}) {
            QCOMPARE(rig.job(id).error.value().cause, Cause::Offline);
            QCOMPARE(rig.job(id).errorCount, 0);
        }

        server.release("gate");
        rig.engine.setConnectivity(Connectivity::Free);
        QVERIFY(rig.reaches(running, JobState::Acknowledged));
        QVERIFY(rig.reaches(queued, JobState::Acknowledged));
        QCOMPARE(rig.job(paused).state, JobState::Suspended);
    }

    void aMeteredNetworkIsLeftToTheForegroundAndToWhomAPersonLets()
    {
        HttpServer server;
        for (const char *path : {"/a", "/b", "/c", "/d"}) {
            server.serve(path, {.body = Body::pattern(1, 400'000)});
        }
        server.holdAfter("/a", 100'000, "gate");
        NetworkedEngine rig;
        const JobId running = rig.download({server.url(QStringLiteral("/a"))});
        QTRY_VERIFY(rig.job(running).progress.bytesDone > 0);
        rig.engine.setConnectivity(Connectivity::Metered);
        QVERIFY(rig.reaches(running, JobState::TransientError));
        QCOMPARE(rig.job(running).error.value().cause, Cause::Metered);
        QCOMPARE(rig.job(running).errorCount, 0);
        const qsizetype before = server.requests().size();

        const JobId added = rig.download({server.url(QStringLiteral("/b"))});
        QVERIFY(rig.reaches(added, JobState::TransientError));
        QCOMPARE(rig.job(added).error.value().cause, Cause::Metered);
        QCOMPARE(server.requests().size(), before); // nothing was asked

        const JobId urgent = rig.download({server.url(QStringLiteral("/c"))}, Priority::Foreground);
        QVERIFY(rig.reaches(urgent, JobState::Acknowledged));
        QVERIFY(rig.ask<message::Resume>({{added}, {}, {}}).has_value());
        QVERIFY(rig.reaches(added, JobState::Acknowledged));
        QCOMPARE(rig.job(running).state, JobState::TransientError);

        server.release("gate");
        rig.engine.setConnectivity(Connectivity::Free);
        QVERIFY(rig.reaches(running, JobState::Acknowledged));
    }

    void whoeverWantsItUsesAMeteredNetworkLikeAnyOther()
    {
        HttpServer server;
        server.serve("/a", {.body = Body::pattern(1, 1000)});
        NetworkedEngine rig;
        rig.engine.setConnectivity(Connectivity::Metered);
        const JobId id = rig.download({server.url(QStringLiteral("/a"))});
        QVERIFY(rig.reaches(id, JobState::TransientError));
        QVERIFY(rig.ask<message::SetSettings>({{.waitOnMetered = false}}).has_value());
        QVERIFY(rig.reaches(id, JobState::Acknowledged));
    }

    void whateverAJobWaitsForItIsTriedWhenTheNetworkIsBack()
    {
        HttpServer server;
        server.serve("/a", {.body = Body::pattern(1, 1000)});
        server.nextStatus("/a", 503);
        NetworkedEngine rig;
        const JobId id = rig.download({server.url(QStringLiteral("/a"))});
        QVERIFY(rig.reaches(id, JobState::TransientError));
        QCOMPARE(rig.job(id).error.value().cause, Cause::ServerBusy);
        rig.engine.setConnectivity(Connectivity::None);
        rig.engine.setConnectivity(Connectivity::Free);
        QVERIFY(rig.reaches(id, JobState::Acknowledged));
        QCOMPARE(server.requests().size(), 2);
    }

    void theSystemMayBeWrongSoEveryTryIsMade()
    {
        HttpServer server;
        server.serve("/a", {.body = Body::pattern(1, 1000)});
        NetworkedEngine rig;
        rig.engine.setConnectivity(Connectivity::None);
        const JobId id = rig.download({server.url(QStringLiteral("/a"))});
        QVERIFY(rig.reaches(id, JobState::Acknowledged));
    }

    void whatFailsWithoutANetworkIsSaidToFailForWantOfOne()
    {
        NetworkedEngine rig;
        rig.engine.setConnectivity(Connectivity::None);
        const JobId id = rig.download(
            {QUrl(QStringLiteral("http://127.0.0.1:%1/a").arg(HttpServer::closedPort()))});
        QVERIFY(rig.reaches(id, JobState::TransientError));
        QCOMPARE(rig.job(id).error.value().cause, Cause::Offline);
    }

    void aJobThatGaveUpForWantOfANetworkGoesOnWhenItIsBack()
    {
        HttpServer server;
        server.serve("/a", {.body = Body::pattern(1, 1000)});
        server.stopListening();
        NetworkedEngine rig;
        rig.engine.setConnectivity(Connectivity::None);
        JobSpec spec{.folder = rig.folder.path(),
                     .files = {{.url = server.url(QStringLiteral("/a"))}}};
        spec.options.noProgressTimeout = std::chrono::milliseconds(0);
        const JobId id = rig.ask<message::Add>({spec}).value();
        std::ignore = rig.ask<message::Resume>({{id}, {}});
        QVERIFY(rig.reaches(id, JobState::Error));
        server.listenAgain();
        rig.engine.setConnectivity(Connectivity::Free);
        QVERIFY(rig.reaches(id, JobState::Acknowledged));
    }

    void whatIsOnThisComputerNeedsNoNetwork()
    {
        HttpServer server;
        server.serve("/a", {.body = Body::pattern(1, 400'000)});
        server.holdAfter("/a", 100'000, "gate");
        NetworkedEngine rig;
        rig.takesAllForRemote = false;
        const JobId id = rig.download({server.url(QStringLiteral("/a"))});
        QTRY_VERIFY(rig.job(id).progress.bytesDone > 0);
        rig.engine.setConnectivity(Connectivity::None);
        server.release("gate");
        QVERIFY(rig.reaches(id, JobState::Acknowledged));
        QCOMPARE(server.requests().size(), 1);
    }
};

BELLHOP_TEST(NetworkTest)
#include "tst_network.moc"
