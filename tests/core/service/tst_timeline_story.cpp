// SPDX-License-Identifier: Apache-2.0
#include "core/words/describe_timeline.h"
#include "tests/support/manual_rig.h"
#include "tests/support/pretty.h"
#include "tests/support/test_program.h"

using namespace core;

namespace {

/// The sentences of a timeline, oldest first.
QStringList toldOf(ManualRig &rig, JobId id)
{
    QStringList sentences;
    const auto page = rig.ask<message::Timeline>({.job = id});
    for (const TimelineEntry &entry : page ? page->entries : QList<TimelineEntry>()) {
        sentences += describe(entry, {1});
    }
    return sentences;
}

} // namespace

class TimelineStoryTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(QStringLiteral(".*"))); }

    void everyAttemptChangeErrorFixAndDecisionIsToldInOrderAndKept()
    {
        HttpServer server;
        const Resource film{.body = Body::pattern(1, 300'000)};
        server.serve("/old", film);
        server.nextStatus("/old", 500);
        server.nextStatus("/old", 403, {}, 2); // to a range, and to none
        server.serve("/new", film);
        ManualRig rig;
        rig.jitter = 1;
        const JobId id = rig.download({server.url(QStringLiteral("/old"))});
        QVERIFY(rig.comesTo([&] { return rig.job(id).state == JobState::TransientError; }));
        rig.clock.advance(std::chrono::seconds(1));
        QVERIFY(rig.comesTo([&] { return rig.job(id).state == JobState::Error; }));
        rig.resume(id, {fix::NewLink{server.url(QStringLiteral("/new"))}});
        QVERIFY(rig.comesTo([&] { return rig.job(id).state == JobState::Acknowledged; }));

        const QStringList expected{
            QStringLiteral("1 file was added"),
            QStringLiteral("Started by you"),
            QStringLiteral("Now waiting for its turn"),
            QStringLiteral("Now connecting"),
            QStringLiteral("Asking 127.0.0.1"),
            QStringLiteral("127.0.0.1 has a problem; trying again in 1 s"),
            QStringLiteral("Now waiting for the next try"),
            QStringLiteral("Time for the next try"),
            QStringLiteral("Now connecting"),
            QStringLiteral("Asking 127.0.0.1, try 2"),
            QStringLiteral("127.0.0.1 refuses access to this file"),
            QStringLiteral("Stopped; it needs you"),
            QStringLiteral("A new link was given"),
            QStringLiteral("Started by you"),
            QStringLiteral("Now waiting for its turn"),
            QStringLiteral("Now connecting"),
            QStringLiteral("Asking 127.0.0.1"),
            QStringLiteral("Now in transfer"),
            QStringLiteral("Received in full, 300 kB"),
            QStringLiteral("Everything was transferred"),
            QStringLiteral("Putting the files in place"),
            QStringLiteral("1 file is in place"),
            QStringLiteral("Finished"),
        };
        QCOMPARE(toldOf(rig, id), expected);
        rig.restart();
        QCOMPARE(toldOf(rig, id), expected);
    }

    void entriesHaveTheTimeAtWhichTheyHappened()
    {
        HttpServer server;
        server.refuse("/f", 500);
        ManualRig rig;
        rig.jitter = 1;
        const JobId id = rig.download({server.url(QStringLiteral("/f"))});
        QVERIFY(rig.comesTo([&] { return rig.job(id).state == JobState::TransientError; }));
        rig.clock.advance(std::chrono::seconds(1));
        QVERIFY(rig.comesTo([&] { return server.requests().size() == 2; }));
        QVERIFY(rig.comesTo([&] { return rig.job(id).state == JobState::TransientError; }));
        const auto page = rig.ask<message::Timeline>({.job = id});
        QVERIFY(page.has_value());
        QList<QDateTime> tries;
        for (const TimelineEntry &entry : page->entries) {
            if (std::holds_alternative<happening::AttemptStarted>(entry.what)) {
                tries += entry.time;
            }
        }
        QCOMPARE(tries.size(), 2);
        QCOMPARE(tries.first().msecsTo(tries.last()), 1000);
    }

    void theTimelineOfAJobThatIsNotThereIsRefused()
    {
        ManualRig rig;
        const auto page = rig.ask<message::Timeline>({.job = JobId{9}});
        QVERIFY(!page);
        QCOMPARE(page.error().kind, RefusalKind::UnknownJob);
    }
};

BELLHOP_TEST(TimelineStoryTest)
#include "tst_timeline_story.moc"
