// SPDX-License-Identifier: Apache-2.0
#include "core/remote/socket_service.h"

#include "tests/core/remote/served_rig.h"
#include "tests/support/await.h"
#include "tests/support/field_paths.h"
#include "tests/support/sample_values.h"
#include "tests/support/test_program.h"

#include <QSignalSpy>

using namespace core;

namespace {

/// No engine can be started here.
SocketService::Config configFor(const ServedRig &rig)
{
    return {.stateFolder = rig.state.path(),
            .engineProgram = QStringLiteral("/bin/false"),
            .program = QStringLiteral("test"),
            .handlesAttention = true};
}

} // namespace

class SocketServiceTest final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        QTest::failOnWarning(QRegularExpression(QStringLiteral(".*")));
        m_rig = std::make_unique<ServedRig>();
    }
    void cleanup() { m_rig.reset(); }

    void everyMessageArrivesAsItWasSentAndSoDoesItsAnswer()
    {
        SocketService client(configFor(*m_rig));
        QVERIFY(await(client.start()).value().has_value());
        eachMessage(&client, std::type_identity<Messages>());
    }

    void whoeverCommandsBringsTheEnvironmentAlong()
    {
        m_rig->service.agreeToEverything();
        qputenv("http_proxy", "http://mine:1");
        SocketService client(configFor(*m_rig));
        qunsetenv("http_proxy");
        QVERIFY(await(client.start()).value().has_value());
        QVERIFY(await(client.call<message::Add>({})).has_value());
        QVERIFY(await(client.call<message::Resume>({})).has_value());
        QCOMPARE(m_rig->service.requests<message::Add>().last().spec.options.environment->httpProxy,
                 QStringLiteral("http://mine:1"));
        QCOMPARE(m_rig->service.requests<message::Resume>().last().environment->httpProxy,
                 QStringLiteral("http://mine:1"));
    }

    void aRefusalArrivesAsItIs()
    {
        const Refusal refusal = SampleValues().otherThan(Refusal{});
        m_rig->service.answerWith<message::AddFiles>(
            [&refusal](const auto & /*whatever*/) { return tl::unexpected(refusal); });
        SocketService client(configFor(*m_rig));
        QVERIFY(await(client.start()).value().has_value());
        const auto answer = await(client.call<message::AddFiles>({}));
        QVERIFY(answer && !*answer);
        QCOMPARE(field_paths::differences(answer->error(), refusal), QStringList());
    }

    void everyFrontEndSeesTheSame()
    {
        SocketService first(configFor(*m_rig));
        SocketService second(configFor(*m_rig));
        QVERIFY(await(first.start()).value().has_value());
        QVERIFY(await(second.start()).value().has_value());
        QList<JobSnapshot> seen;
        QList<quint64> attended;
        JobIds removed;
        QList<Settings> chosen;
        for (SocketService *const client : {&first, &second}) {
            connect(client, &JobService::settingsChanged, this,
                    [&](const Settings &settings) { chosen.append(settings); });
            connect(client, &JobService::jobsChanged, this,
                    [&](const auto &jobs) { seen += jobs; });
            connect(client, &JobService::jobsRemoved, this,
                    [&](const auto &jobs) { removed += jobs; });
            connect(client, &JobService::attention, this,
                    [&](const Attention &attention) { attended.append(attention.id); });
        }
        const JobSnapshot job = SampleValues().otherThan(JobSnapshot{});
        Q_EMIT m_rig->service.jobsChanged({job});
        Q_EMIT m_rig->service.attention({.id = 7, .job = job});
        const auto settings = SampleValues().otherThan(Settings{});
        Q_EMIT m_rig->service.settingsChanged(settings);
        Q_EMIT m_rig->service.jobsRemoved({{3}});
        QTRY_COMPARE(removed, (JobIds{{3}, {3}}));
        QCOMPARE(chosen, (QList<Settings>{settings, settings}));
        QCOMPARE(attended, (QList<quint64>{7, 7}));
        QCOMPARE(seen.size(), 2);
        QCOMPARE(field_paths::differences(seen.first(), job), QStringList());
        QCOMPARE(field_paths::differences(seen.last(), job), QStringList());
    }

    void whoeverHandlesNoAttentionIsNotGivenAny()
    {
        SocketService::Config looksOnly = configFor(*m_rig);
        looksOnly.handlesAttention = false;
        SocketService client(looksOnly);
        QVERIFY(await(client.start()).value().has_value());
        QSignalSpy attended(&client, &JobService::attention);
        QSignalSpy removed(&client, &JobService::jobsRemoved);
        Q_EMIT m_rig->service.attention({.id = 7});
        Q_EMIT m_rig->service.jobsRemoved({{3}});
        QTRY_COMPARE(removed.size(), 1);
        QCOMPARE(attended.size(), 0);
        QVERIFY(!m_rig->service.log().contains(QStringLiteral("tellAgain")));
    }

    void withoutAnEngineItSaysWhatIsMissing()
    {
        const QTemporaryDir empty;
        SocketService client(
            {.stateFolder = empty.path(), .engineProgram = empty.filePath(QStringLiteral("none"))});
        const auto started = await(client.start());
        QVERIFY(started && !*started);
        QVERIFY(canDoWithoutProcess(started->error()));
        QCOMPARE(std::get<EngineError>(started->error()).fault, EngineFault::CannotStart);
    }

    void whenTheEngineIsLostEveryCallIsAnsweredAllTheSame()
    {
        SocketService client(configFor(*m_rig));
        QVERIFY(await(client.start()).value().has_value());
        QSignalSpy lost(&client, &JobService::engineLost);
        QSignalSpy gone(&client, &JobService::engineGoneForGood);
        const auto adding = client.call<message::Add>({});
        const auto listing = client.call<message::Jobs>({});
        QTRY_COMPARE(m_rig->service.log().last(), QStringLiteral("jobs"));
        m_rig.reset();
        const auto added = await(adding);
        QVERIFY(added && !*added);
        QCOMPARE(added->error().kind, RefusalKind::EngineGone);
        const auto listed = await(listing);
        QVERIFY(listed && !*listed);
        QCOMPARE(listed->error().kind, RefusalKind::EngineGone);
        QCOMPARE(lost.size(), 1);
        QCOMPARE(gone.size(), 1);
        const auto afterwards = await(client.call<message::Jobs>({}));
        QVERIFY(afterwards && !*afterwards);
        QCOMPARE(afterwards->error().kind, RefusalKind::EngineGone);
    }

private:
    template <typename... M>
    void eachMessage(SocketService *client, std::type_identity<std::tuple<M...>> /*all*/)
    {
        (goesBothWays<M>(client), ...);
    }

    template <typename M>
    void goesBothWays(SocketService *client)
    {
        const auto request = SampleValues().otherThan(typename M::Request{});
        const auto value = SampleValues().otherThan(typename M::Reply{});
        m_rig->service.answerWith<M>(
            [&value](const auto & /*seen below*/) -> Answer<typename M::Reply> { return value; });
        const auto answer = await(client->call<M>(request));
        require(answer && *answer, QString::fromLatin1(M::kName));
        QCOMPARE(field_paths::differences(**answer, value), QStringList());
        QCOMPARE(field_paths::differences(m_rig->service.requests<M>().last(), request),
                 QStringList());
    }

    std::unique_ptr<ServedRig> m_rig;
};

BELLHOP_TEST(SocketServiceTest)
#include "tst_socket_service.moc"
