// SPDX-License-Identifier: Apache-2.0
#include "app/cli/follow/followed_job.h"

#include "tests/support/test_program.h"

#include <QRegularExpression>
#include <QTest>
#include <QTimeZone>

using namespace cli;
using namespace Qt::StringLiterals;

namespace {

core::JobSnapshot job(core::JobState state, qint64 bytes = 0)
{
    core::JobSnapshot snapshot{.id = {7}, .state = state};
    snapshot.progress = {.bytesDone = bytes, .filesDone = bytes == 100 ? 1 : 0, .filesTotal = 1};
    return snapshot;
}

core::JobSnapshot failed(int second)
{
    core::JobSnapshot snapshot = job(core::JobState::Error);
    snapshot.error =
        core::JobError{.cause = core::Cause::Forbidden,
                       .httpStatus = 403,
                       .time = QDateTime::fromSecsSinceEpoch(second, QTimeZone::utc())};
    return snapshot;
}

/// What a run of snapshots brings, one letter for each piece of news.
QString newsOf(FollowedJob *followed, const QList<core::JobSnapshot> &snapshots)
{
    QString log;
    for (const core::JobSnapshot &snapshot : snapshots) {
        const FollowedNews news = followed->update(snapshot);
        log += news.state ? QString::fromLatin1(core::name(snapshot.state)).first(2) : QString();
        log += news.progress ? u"+"_s : QString();
        log += news.transferred ? u"!"_s : QString();
        log += news.ready ? u"r"_s : QString();
        log += news.problem ? u"?"_s : QString();
        log += u' ';
    }
    return log.trimmed();
}

} // namespace

class FollowedJobTest final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u".*"_s)); }

    void tellsEachThingOnce_data();
    void tellsEachThingOnce();
    void whatWasSentInVainIsKnownOnceItIsPaused();
    void theProblemOfBeforeIsNoNews();
    void theSameProblemAfterwardsIsNews();
    void anObstacleIsAQuestion();
};

void FollowedJobTest::tellsEachThingOnce_data()
{
    using core::JobState;
    QTest::addColumn<QList<core::JobSnapshot>>("snapshots");
    QTest::addColumn<QString>("log");

    QTest::newRow("a straight run")
        << QList{job(JobState::Queued),           job(JobState::Connecting),
                 job(JobState::Transferring, 10), job(JobState::Transferring, 10),
                 job(JobState::Transferring, 60), job(JobState::Transferred, 100),
                 job(JobState::Acknowledged, 100)}
        << u"Qu Co Tr+  + Tr+! Ac"_s;
    QTest::newRow("Transferred was not seen")
        << QList{job(JobState::Queued), job(JobState::Acknowledged, 100)} << u"Qu Ac+!"_s;
    QTest::newRow("accepted in part")
        << QList{job(JobState::Suspended, 10), job(JobState::Acknowledged, 10)} << u"Su Ac"_s;
    QTest::newRow("the same error by two ways")
        << QList{failed(1), failed(1), failed(1)} << u"Er?"_s;
    QTest::newRow("two errors with the time between them left out")
        << QList{failed(1), failed(2)} << u"Er? ?"_s;
    auto waits = job(JobState::Transferred, 100);
    waits.complete = core::CompleteMode::OnRequest;
    QTest::newRow("Complete is for somebody else") << QList{waits, waits} << u"Tr!r"_s;
}

void FollowedJobTest::tellsEachThingOnce()
{
    QFETCH(QList<core::JobSnapshot>, snapshots);
    FollowedJob followed;
    QTEST(newsOf(&followed, snapshots), "log");
}

void FollowedJobTest::whatWasSentInVainIsKnownOnceItIsPaused()
{
    core::JobSnapshot sending = job(core::JobState::Transferring, 80);
    sending.type = core::JobType::Upload;
    sending.progress.bytesUnconfirmed = 80;
    FollowedJob followed;
    std::ignore = followed.update(sending);
    std::ignore = followed.update(job(core::JobState::Suspended));
    QCOMPARE(followed.sentInVain(), 80);
    sending.progress.bytesUnconfirmed = 30; // the server has the rest
    std::ignore = followed.update(sending);
    std::ignore = followed.update(job(core::JobState::Suspended, 50));
    QCOMPARE(followed.sentInVain(), 0);
}

void FollowedJobTest::theProblemOfBeforeIsNoNews()
{
    FollowedJob followed;
    followed.startFrom(failed(1));
    QCOMPARE(newsOf(&followed, {failed(1), job(core::JobState::Queued)}), u"Qu"_s);
}

void FollowedJobTest::theSameProblemAfterwardsIsNews()
{
    FollowedJob followed;
    followed.startFrom(failed(1));
    QCOMPARE(newsOf(&followed, {job(core::JobState::Queued), failed(1)}), u"Qu Er?"_s);
}

void FollowedJobTest::anObstacleIsAQuestion()
{
    core::JobSnapshot stuck = job(core::JobState::Transferred, 100);
    stuck.obstacle = core::JobError{.cause = core::Cause::NameExists, .step = core::Step::Publish};
    FollowedJob followed;
    QCOMPARE(newsOf(&followed, {stuck, stuck}), u"Tr!?"_s);
}

BELLHOP_TEST(FollowedJobTest)
#include "tst_followed_job.moc"
