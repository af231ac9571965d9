// SPDX-License-Identifier: Apache-2.0
#include "core/queue/network_outage.h"
#include "tests/core/queue/kept_jobs.h"
#include "tests/support/manual_clock.h"
#include "tests/support/pretty.h"
#include "tests/support/test_program.h"

using namespace core;
using namespace Qt::StringLiterals;

namespace {

/// What an outage does to jobs: said in words instead of done. "near" is this computer.
class Outage final : private NetworkOutage::Mediator, private JobLife::Mediator {
public:
    JobId job(JobState state, const QString &host = u"far"_s)
    {
        FileRecord file;
        file.spec.url = QUrl(u"http://%1/x"_s.arg(host));
        const JobId id = kept.add({file});
        kept.records.change(id, [state](JobRecord &row) {
            row.state = state;
            row.options.proxy = noProxy();
        });
        return id;
    }
    void failsFor(JobId id, Cause cause)
    {
        kept.records.change(id, [cause](JobRecord &row) { row.error = JobError{.cause = cause}; });
        kept.records.changeFile(
            {id, 0}, [cause](FileRecord &file) { file.error = JobError{.cause = cause}; });
    }
    QStringList applied(JobId id)
    {
        done.clear();
        outage.apply(id);
        return done;
    }

    ManualClock clock;
    KeptJobs kept;
    RunScope scope{RunPolicy::Everything};
    JobLife life{&kept.records, &scope, &clock, &kept.told, this};
    NetworkOutage outage{&kept.records, &life, &clock,
                         [](const QString &host) { return host == u"near"; }, this};
    bool isFetching = false;
    bool isWaiting = false;
    QStringList done;

private:
    void entered(const JobRecord &job) override
    {
        done.append(QString::fromLatin1(name(job.state)));
    }
    QList<FileId> underWay(JobId job) const override
    {
        return isFetching ? QList{FileId{job, 0}} : QList<FileId>();
    }
    std::optional<FileId> nextRetry(JobId job) const override
    {
        return isWaiting ? std::optional(FileId{job, 0}) : std::nullopt;
    }
    void stop(JobId /*job*/) override { done.append(u"stop"_s); }
    void fail(FileId /*file*/, const JobError &error) override
    {
        done.append(u"fail "_s + QString::fromLatin1(name(error.cause)));
    }
    void tryNow(JobId /*job*/, JobEvent why) override
    {
        done.append(u"try "_s + QString::fromLatin1(name(why)));
    }
};

QString ended(const AttemptOutcome &outcome)
{
    if (const auto *error = std::get_if<JobError>(&outcome)) {
        return QString::fromLatin1(name(error->cause));
    }
    return std::holds_alternative<Receipt>(outcome) ? u"whole"_s : u"stopped"_s;
}

} // namespace

class NetworkOutageTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(QStringLiteral(".*"))); }

    void onlyAChangeIsNews()
    {
        Outage rig;
        QVERIFY(!rig.outage.become(Connectivity::Free));
        QVERIFY(rig.outage.become(Connectivity::None));
        QVERIFY(!rig.outage.become(Connectivity::None));
        QVERIFY(rig.outage.become(Connectivity::Free));
    }

    void whenTheNetworkGoes_data()
    {
        QTest::addColumn<JobState>("state");
        QTest::addColumn<QString>("host");
        QTest::addColumn<bool>("isFetching");
        QTest::addColumn<QStringList>("expected");
        const QStringList nothing;
        QTest::newRow("what is under way is stopped")
            << JobState::Transferring << u"far"_s << true << QStringList{u"stop"_s};
        QTest::newRow("what waits for its turn waits for the network")
            << JobState::Queued << u"far"_s << false << QStringList{u"fail Offline"_s};
        QTest::newRow("this computer is still there")
            << JobState::Transferring << u"near"_s << true << nothing;
        QTest::newRow("this computer is there for a queued job too")
            << JobState::Queued << u"near"_s << false << nothing;
        for (const JobState state : kJobStates) {
            if (state != JobState::Queued && !isRunning(state)) {
                QTest::addRow("a job that is %s stays so", name(state))
                    << state << u"far"_s << false << nothing;
            }
        }
    }
    void whenTheNetworkGoes()
    {
        QFETCH(const JobState, state);
        QFETCH(const QString, host);
        QFETCH(const bool, isFetching);
        Outage rig;
        rig.isFetching = isFetching;
        const JobId id = rig.job(state, host);
        QVERIFY(rig.outage.become(Connectivity::None));
        QTEST(rig.applied(id), "expected");
    }

    void whenTheNetworkIsBack_data()
    {
        QTest::addColumn<JobState>("state");
        QTest::addColumn<Cause>("cause");
        QTest::addColumn<QStringList>("expected");
        const QStringList tried{u"try NetworkBack"_s};
        QTest::newRow("whatever a job waits for is tried")
            << JobState::TransientError << Cause::ServerBusy << tried;
        QTest::newRow("a running job tries those of its files that wait")
            << JobState::Transferring << Cause::Offline << tried;
        QTest::newRow("one that gave up for want of it goes on")
            << JobState::Error << Cause::Offline << QStringList{u"Queued"_s};
        QTest::newRow("one that needs a person still does")
            << JobState::Error << Cause::NotFound << QStringList();
        QTest::newRow("one that was paused stays so")
            << JobState::Suspended << Cause::Offline << QStringList();
    }
    void whenTheNetworkIsBack()
    {
        QFETCH(const JobState, state);
        QFETCH(const Cause, cause);
        Outage rig;
        const JobId id = rig.job(state);
        rig.failsFor(id, cause);
        QTEST(rig.applied(id), "expected");
    }

    void howAnAttemptEndedIsSeenWithWhatTheSystemSays_data()
    {
        QTest::addColumn<QString>("host");
        QTest::addColumn<bool>("isOnline");
        QTest::addColumn<bool>("wasCut");
        QTest::addColumn<AttemptOutcome>("outcome");
        QTest::addColumn<QString>("expected");
        const AttemptOutcome lost = JobError{.cause = Cause::ConnectionLost};
        const AttemptOutcome notFound = JobError{.cause = Cause::NotFound};
        const auto row = [](const char *title, const QString &host, bool isOnline, bool wasCut,
                            const AttemptOutcome &outcome, const QString &expected) {
            QTest::newRow(title) << host << isOnline << wasCut << outcome << expected;
        };
        row("with a network a loss is a loss", u"far"_s, true, true, lost, u"ConnectionLost"_s);
        row("without one it is for want of it", u"far"_s, false, true, lost, u"Offline"_s);
        row("so it is when nobody wants the file any more", u"far"_s, false, false, lost,
            u"Offline"_s);
        row("on this computer a loss is a loss", u"near"_s, false, true, lost, u"ConnectionLost"_s);
        row("an answer is an answer", u"far"_s, false, true, notFound, u"NotFound"_s);
        row("what was cut waits for it", u"far"_s, false, true, Stopped{}, u"Offline"_s);
        row("what a person stopped is stopped", u"far"_s, false, false, Stopped{}, u"stopped"_s);
        row("what is whole is whole", u"far"_s, false, true, Receipt{}, u"whole"_s);
    }
    void howAnAttemptEndedIsSeenWithWhatTheSystemSays()
    {
        QFETCH(const QString, host);
        QFETCH(const bool, isOnline);
        QFETCH(const bool, wasCut);
        QFETCH(const AttemptOutcome, outcome);
        Outage rig;
        const JobId id = rig.job(JobState::Transferring, host);
        QCOMPARE(rig.outage.become(isOnline ? Connectivity::Free : Connectivity::None), !isOnline);
        QTEST(ended(rig.outage.explained({id, 0}, outcome, wasCut)), "expected");
    }

    void aProxyDecidesWhetherTheNetworkIsNeeded()
    {
        Outage rig;
        const JobId id = rig.job(JobState::Queued, u"near"_s);
        rig.kept.records.change(
            id, [](JobRecord &row) { row.options.proxy = QUrl(u"http://far:3128"_s); });
        QVERIFY(rig.outage.become(Connectivity::None));
        QCOMPARE(rig.applied(id), QStringList{u"fail Offline"_s});
    }

    void oneFileThatWaitsForTheNetworkSpeaksForItsJob()
    {
        Outage rig;
        const JobId id = rig.job(JobState::TransientError);
        rig.isWaiting = true;
        rig.failsFor(id, Cause::Offline);
        QVERIFY(!rig.outage.isCutOff(id));
        QVERIFY(rig.outage.become(Connectivity::None));
        QVERIFY(rig.outage.isCutOff(id));
        rig.failsFor(id, Cause::ServerBusy);
        QVERIFY(!rig.outage.isCutOff(id));
        rig.failsFor(id, Cause::Offline);
        rig.isWaiting = false;
        QVERIFY(!rig.outage.isCutOff(id));
    }
};

BELLHOP_TEST(NetworkOutageTest)
#include "tst_network_outage.moc"
