// SPDX-License-Identifier: Apache-2.0
#include "core/notify/notice_delivery.h"
#include "core/notify/notify_command.h"
#include "tests/support/manual_clock.h"
#include "tests/support/require.h"
#include "tests/support/test_program.h"

#include <QFile>
#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

#include <csignal>

using namespace core;
using namespace std::chrono_literals;
using namespace Qt::StringLiterals;

namespace {

/// One job, and what its program has accepted.
class OneJob final : public NoticeDelivery::Mediator {
public:
    std::optional<JobSnapshot> job(JobId /*id*/) const override { return snapshot; }
    void accepted(JobId /*id*/) override { ++timesAccepted; }

    JobSnapshot snapshot{.id = {7},
                         .state = JobState::Error,
                         .name = u"film.mp4"_s,
                         .error = JobError{.cause = Cause::Forbidden, .httpStatus = 403}};
    int timesAccepted = 0;
};

struct Rig {
    Rig() { delivery.setCallback(&command); }

    /// The program of the job: these lines, for a shell.
    void program(const QByteArray &lines)
    {
        const QString path = folder.filePath(u"told"_s);
        QFile file(path);
        require(file.open(QIODevice::WriteOnly), path);
        file.write("#!/bin/sh\ncd '" + QFile::encodeName(folder.path()) + "'\n" + lines + '\n');
        file.setPermissions(QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner);
        jobs.snapshot.notifyCommand = path;
    }
    [[nodiscard]] QByteArray content(const char *name) const
    {
        QFile file(folder.filePath(QLatin1StringView(name)));
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    }

    QTemporaryDir folder;
    ManualClock clock;
    OneJob jobs;
    NotifyCommand command{&clock};
    NoticeDelivery delivery{&clock, &jobs};
};

} // namespace

class NotifyCommandTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u".*"_s)); }

    void theEventIsOneLineOfJsonOnStandardInput_data()
    {
        QTest::addColumn<JobState>("state");
        QTest::addColumn<QString>("event");
        QTest::newRow("error") << JobState::Error << u"jobError"_s;
        QTest::newRow("transferred") << JobState::Transferred << u"jobTransferred"_s;
        QTest::newRow("completed by itself") << JobState::Acknowledged << u"jobTransferred"_s;
    }
    void theEventIsOneLineOfJsonOnStandardInput()
    {
        QFETCH(JobState, state);
        QFETCH(QString, event);
        Rig rig;
        rig.program("cat > got; echo $# > arguments");
        rig.jobs.snapshot.state = state;
        rig.delivery.tell({7});
        rig.clock.advance(0ms);
        QTRY_COMPARE(rig.jobs.timesAccepted, 1);
        const QByteArray got = rig.content("got");
        QCOMPARE(got.count('\n'), 1);
        const QJsonObject line = QJsonDocument::fromJson(got).object();
        QCOMPARE(line.value("event"_L1).toString(), event);
        QCOMPARE(line.value("job"_L1).toInt(), 7);
        QCOMPARE(line.value("name"_L1).toString(), u"film.mp4"_s);
        QCOMPARE(line.value("error"_L1).toObject().value("cause"_L1).toString(), u"Forbidden"_s);
        QCOMPARE(rig.content("arguments"), QByteArray("0\n"));
    }

    void whatDoesNotEndWithZeroIsCalledAgain()
    {
        Rig rig;
        rig.program("echo x >> calls; test $(wc -l < calls) -ge 3");
        const QSignalSpy refused(&rig.command, &NotifyCommand::refused);
        rig.delivery.tell({7});
        rig.clock.advance(0ms);
        QTRY_COMPARE(refused.size(), 1);
        QCOMPARE(rig.delivery.soon(), 1);
        QTRY_VERIFY(rig.clock.untilNext() == std::chrono::milliseconds(1s));
        rig.clock.advance(999ms);
        QCOMPARE(rig.content("calls"), QByteArray("x\n"));
        rig.clock.advance(1ms);
        QTRY_COMPARE(refused.size(), 2);
        QTRY_VERIFY(rig.clock.untilNext() == std::chrono::milliseconds(2s));
        rig.clock.advance(2s);
        QTRY_COMPARE(rig.jobs.timesAccepted, 1);
        QCOMPARE(rig.content("calls"), QByteArray("x\nx\nx\n"));
        QCOMPARE(rig.delivery.soon(), 0);
    }

    void oneThatHangsIsKilledAfterAMinuteWithAllItStarted()
    {
        Rig rig;
        rig.program("sleep 1000 & echo $! > child; wait");
        const QSignalSpy refused(&rig.command, &NotifyCommand::refused);
        rig.delivery.tell({7});
        rig.clock.advance(0ms);
        QTRY_VERIFY(rig.content("child").endsWith('\n'));
        rig.clock.advance(NotifyCommand::kLongest - 1ms);
        QCOMPARE(refused.size(), 0);
        rig.clock.advance(1ms);
        QTRY_COMPARE(refused.size(), 1);
        QCOMPARE(rig.jobs.timesAccepted, 0);
        const QByteArray child = rig.content("child").trimmed();
        // Gone, or only waiting for somebody to take note of it.
        QTRY_VERIFY([&child] {
            QFile status(u"/proc/%1/stat"_s.arg(QString::fromLatin1(child)));
            return !status.open(QIODevice::ReadOnly) || status.readAll().contains(") Z ");
        }());
    }

    void oneThatCannotBeStartedIsARefusal()
    {
        Rig rig;
        rig.jobs.snapshot.notifyCommand = rig.folder.filePath(u"nobody"_s);
        const QSignalSpy refused(&rig.command, &NotifyCommand::refused);
        rig.delivery.tell({7});
        rig.clock.advance(0ms);
        QTRY_COMPARE(refused.size(), 1);
        QCOMPARE(rig.jobs.timesAccepted, 0);
    }

    void oneThatReadsNothingMayAcceptAllTheSame()
    {
        Rig rig;
        rig.program("exec 0<&-; exit 0");
        rig.jobs.snapshot.name = QString(200'000, u'x'); // more than a pipe holds
        rig.delivery.tell({7});
        rig.clock.advance(0ms);
        QTRY_COMPARE(rig.jobs.timesAccepted, 1);
    }

    void itsSurroundingsAreTheSameWhoeverStartedTheEngine()
    {
        qputenv("http_proxy", "http://somebody:secret@proxy.example:3128");
        qputenv("LD_PRELOAD_OF_A_TEST", "x");
        Rig rig;
        rig.program("env | sed 's/=.*//' | sort > names; pwd -P > /dev/null; echo out; echo err "
                    ">&2; cat /proc/self/stat | cut -d' ' -f6 > session; echo $$ > self");
        rig.delivery.tell({7});
        rig.clock.advance(0ms);
        QTRY_COMPARE(rig.jobs.timesAccepted, 1);
        qunsetenv("http_proxy");
        qunsetenv("LD_PRELOAD_OF_A_TEST");
        const QSet<QByteArray> allowed{"DBUS_SESSION_BUS_ADDRESS",
                                       "HOME",
                                       "LANG",
                                       "LOGNAME",
                                       "OLDPWD",
                                       "PATH",
                                       "PWD",
                                       "SHLVL",
                                       "USER",
                                       "XDG_RUNTIME_DIR",
                                       "_"};
        for (const QByteArray &name : rig.content("names").trimmed().split('\n')) {
            QVERIFY2(allowed.contains(name), name.constData());
        }
        QCOMPARE(rig.content("session"), rig.content("self"));
    }

    void whatIsWithdrawnMeanwhileIsNotAccepted()
    {
        Rig rig;
        rig.program("cat > /dev/null; echo x > ran");
        rig.delivery.tell({7});
        rig.clock.advance(0ms);
        rig.delivery.withdraw({7});
        QTRY_COMPARE(rig.content("ran"), QByteArray("x\n"));
        QCoreApplication::processEvents();
        QCOMPARE(rig.jobs.timesAccepted, 0);
    }

    void anEngineThatEndsKillsWhatStillRuns()
    {
        QByteArray self;
        {
            Rig rig;
            rig.program("echo $$ > self; exec sleep 1000");
            rig.delivery.tell({7});
            rig.clock.advance(0ms);
            QTRY_VERIFY(rig.content("self").endsWith('\n'));
            self = rig.content("self").trimmed();
        }
        QVERIFY(::kill(self.toInt(), 0) != 0);
    }
};

BELLHOP_TEST(NotifyCommandTest)
#include "tst_notify_command.moc"
