// SPDX-License-Identifier: Apache-2.0
// Two windows and three terminals on one engine: each sees what happens, whoever causes it.
#include "core/remote/socket_service.h"
#include "core/system/system_clock.h"
#include "tests/integration/bhop_run.h"
#include "tests/integration/engine_processes.h"
#include "tests/support/await.h"
#include "tests/support/http_server.h"
#include "tests/support/require.h"
#include "tests/support/test_program.h"
#include "tests/ui/noted_desktop.h"
#include "ui/main_window.h"
#include "ui/models/job_list_model.h"

#include <QDir>
#include <QSettings>
#include <QTemporaryDir>
#include <QTest>

using namespace core;
using namespace Qt::StringLiterals;

namespace {

constexpr qint64 kBytes = 1'000'000;

/// One window, with a way of its own to the engine that all of them share.
struct Seat {
    explicit Seat(const QString &stateFolder)
        : service({.stateFolder = stateFolder,
                   .engineProgram = QStringLiteral(BHOP_PROGRAM),
                   .program = u"window"_s,
                   .handlesAttention = true})
        , layout(folder.filePath(u"layout.ini"_s), QSettings::IniFormat)
        , window({&service, &clock, &desktop, &layout})
    {
        require(await(service.start()).value_or(JobService::Started()).has_value(), u"no engine"_s);
        window.load();
        window.show();
        QObject::connect(&service, &JobService::attention, &window,
                         [this](const Attention &attention) { told.append(attention.kind); });
    }
    [[nodiscard]] std::optional<JobState> state(JobId id) const
    {
        const auto job = window.model()->job(id);
        return job ? std::optional(job->state) : std::nullopt;
    }
    template <typename Message>
    auto ask(typename Message::Request request)
    {
        return await(service.call<Message>(std::move(request))).value();
    }

    QTemporaryDir folder;
    SystemClock clock;
    SocketService service;
    NotedDesktop desktop;
    QSettings layout;
    ui::MainWindow window;
    QList<Attention::Kind> told;
};

/// The states that a terminal was told of, each once.
QStringList statesIn(BhopRun *watch)
{
    QStringList states;
    for (const QJsonObject &line : watch->lines(u"state")) {
        const QString state = line["state"_L1].toString();
        if (states.isEmpty() || states.last() != state) {
            states.append(state);
        }
    }
    return states;
}

} // namespace

class FrontEndsTest final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        QTest::failOnWarning(QRegularExpression(u"^(?!This plugin does not).*"_s));
        m_home = std::make_unique<QTemporaryDir>();
        m_state = m_home->filePath(u"state"_s);
    }
    void cleanup()
    {
        signalEngines(m_state, SIGTERM);
        QTRY_VERIFY(enginesOf(m_state).isEmpty());
    }

    void eachSeesWhatAnyOfThemDoes()
    {
        HttpServer server;
        server.serve("/film", {Body::pattern(1, kBytes)});
        server.failAfter("/film", kBytes / 2, 403);
        {
            Seat one(m_state);
            Seat other(m_state);
            std::array<std::unique_ptr<BhopRun>, 3> terminals;
            for (auto &terminal : terminals) {
                terminal = std::make_unique<BhopRun>(with({u"watch"_s}));
            }
            QTRY_COMPARE(enginesOf(m_state).size(), 1);
            BhopRun list(with({u"list"_s}));
            QCOMPARE(list.exitCode(), 0); // by now the three before it are there too

            // A window begins it, and everyone sees it fail.
            const JobId id = one.ask<message::Add>({specOf(server)}).value();
            QVERIFY(one.ask<message::Resume>({{id}, {}, {}}).has_value());
            for (const Seat *seat : {&one, &other}) {
                QTRY_COMPARE(seat->state(id), JobState::Error);
                QTRY_VERIFY(seat->told.contains(Attention::Kind::Error));
            }
            for (const auto &terminal : terminals) {
                QTRY_VERIFY(statesIn(terminal.get()).contains(u"Error"_s));
                QTRY_COMPARE(terminal->lines(u"error").size(), 1);
            }

            // A terminal mends it, and everyone sees it arrive.
            server.serve("/film", {Body::pattern(1, kBytes)});
            BhopRun resume(with({u"resume"_s, QString::number(id.value)}));
            QCOMPARE(resume.exitCode(), 0);
            for (const Seat *seat : {&one, &other}) {
                QTRY_COMPARE(seat->state(id), JobState::Acknowledged);
            }
            for (const auto &terminal : terminals) {
                QTRY_VERIFY(statesIn(terminal.get()).contains(u"Acknowledged"_s));
            }

            // The other window clears it away, and it is gone for everyone.
            QVERIFY(other.ask<message::Remove>({{id}}).has_value());
            QTRY_VERIFY(!one.state(id));
            QCOMPARE(enginesOf(m_state).size(), 1);
            for (const auto &terminal : terminals) {
                terminal->interrupt();
                QCOMPARE(terminal->exitCode(), 0);
            }
        }
        QFile film(m_home->filePath(u"film"_s));
        QVERIFY(film.open(QIODevice::ReadOnly));
        QVERIFY(film.readAll() == patternBytes(1, 0, kBytes));
    }

    void anAttentionGoesToAllUntilOneOfThemAccepts()
    {
        HttpServer server;
        Seat deaf(m_state); // is told and never accepts
        const JobId id = deaf.ask<message::Add>({specOf(server)}).value();
        QVERIFY(deaf.ask<message::Resume>({{id}, {}, {}}).has_value());
        QTRY_COMPARE(deaf.state(id), JobState::Error);
        QTRY_VERIFY(deaf.told.size() >= 2); // and again after a second
        Seat late(m_state);
        QTRY_VERIFY(!late.told.isEmpty()); // who comes late still hears of it
        const auto accept = [&late](const Attention &attention) {
            late.service.ask<message::Accept>({attention.id}, &late.window,
                                              [](const Answer<Done> &) {});
        };
        QObject::connect(&late.service, &JobService::attention, &late.window, accept);
        QTRY_VERIFY_WITH_TIMEOUT(!jobIsUntold(&late), 20'000);
        QCOMPARE(deaf.state(id), JobState::Error); // it still needs a person
    }

private:
    [[nodiscard]] QStringList with(const QStringList &arguments) const
    {
        return arguments + QStringList{u"--state-dir"_s, m_state, u"--json"_s};
    }
    [[nodiscard]] JobSpec specOf(const HttpServer &server) const
    {
        JobSpec spec{.folder = m_home->path(), .files = {{.url = server.url(u"/film"_s)}}};
        spec.options.minRetryDelay = std::chrono::milliseconds(10);
        return spec;
    }
    /// Nothing more comes for whoever asks to be told again.
    static bool jobIsUntold(Seat *seat)
    {
        seat->told.clear();
        std::ignore = seat->ask<message::TellAgain>({});
        std::ignore = seat->ask<message::Activity>({}); // answered after what was told
        return !seat->told.isEmpty();
    }

    std::unique_ptr<QTemporaryDir> m_home;
    QString m_state;
};

BELLHOP_TEST(FrontEndsTest)
#include "tst_front_ends.moc"
