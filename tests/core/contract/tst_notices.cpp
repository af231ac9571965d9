// SPDX-License-Identifier: Apache-2.0
#include "tests/core/contract/stage_set.h"
#include "tests/support/listener.h"
#include "tests/support/pretty.h"
#include "tests/support/test_program.h"

using namespace core;
using namespace std::chrono_literals;

/// jobError, jobTransferred and jobModified as the whole engine gives them. How repetition works by
/// itself is in tests/core/notify.
class NoticesTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(QStringLiteral(".*"))); }

    void jobErrorComesOnEntryToErrorWithTheJobAndTheError();
    void jobErrorNeverComesForATransientError();
    void aCallbackThatFailsNTimesIsCalledNPlusOneTimes();
    void repetitionsComeAfterOneTwoFourUpToThreeHundredSeconds();
    void aThrowIsARefusal();
    void aCallbackThatIsRegisteredLateIsStillCalled();
    void aReplacedCallbackGetsNoFurtherCalls();
    void suspendingFromInsideTheCallbackIsSafe();
    void anyCommandInsideTheCallbackIsLegal_data();
    void anyCommandInsideTheCallbackIsLegal();
    void aResumeInsideTheCallbackThatFailsAgainIsANewDelivery();
    void anErrorNobodyAcceptedIsToldAgainAfterARestart();
    void anErrorThatWasAcceptedIsNotToldAgainAfterARestart();
    void whatWasToldOfAStateIsTakenBackWhenTheJobHasMovedOn();
    void aResumeThatIsFasterThanTheStoreIsNotFollowedByTheOldError();
    void jobTransferredComesOnceTheFilesAreWholeAndUntilItIsAccepted();
    void jobModifiedIsGatheredAndItsAnswerIsIgnored();
    void jobModifiedNeverComesAfterTransferredWasAccepted();
    void anAttentionIsTheSameContractForAFrontEnd();
};

void NoticesTest::jobErrorComesOnEntryToErrorWithTheJobAndTheError()
{
    Listener listener;
    ManualRig rig;
    StageSet stage(&rig);
    rig.engine().setCallback(&listener);
    stage.server.failAfter("/held", 100'000, 403);
    const JobId id = rig.download({stage.server.url(QStringLiteral("/held"))});
    QVERIFY(rig.reachesInTime(id, JobState::Error));
    QVERIFY(rig.comesTo([&] { return listener.errors == 1; }));
    QCOMPARE(listener.last.id, id);
    QCOMPARE(listener.last.state, JobState::Error);
    QCOMPARE(listener.last.progress.bytesDone, 100'000);
    QCOMPARE(listener.lastError.cause, Cause::Forbidden);
    QVERIFY(contextOf(listener.lastError) == ErrorContext::RemoteFile);
    QCOMPARE(listener.lastError.fileIndex, 0);
}

void NoticesTest::jobErrorNeverComesForATransientError()
{
    Listener listener;
    ManualRig rig;
    StageSet stage(&rig);
    rig.engine().setCallback(&listener);
    const JobId id = stage.jobIn(JobState::TransientError);
    for (int i = 2; i < 5; ++i) {
        rig.clock.advance(10s);
        QTRY_COMPARE(rig.job(id).errorCount, i);
    }
    rig.settle();
    QCOMPARE(listener.errors, 0);
    QVERIFY(rig.attentions.isEmpty());
}

void NoticesTest::aCallbackThatFailsNTimesIsCalledNPlusOneTimes()
{
    Listener listener;
    ManualRig rig;
    StageSet stage(&rig);
    listener.refusals = 4;
    rig.engine().setCallback(&listener);
    QVERIFY(stage.jobIn(JobState::Error) != JobId{});
    QVERIFY(rig.comesTo([&] { return listener.errors == 1; }));
    rig.clock.advance(24h);
    rig.settle();
    QCOMPARE(listener.errors, 5);
}

void NoticesTest::repetitionsComeAfterOneTwoFourUpToThreeHundredSeconds()
{
    Listener listener;
    ManualRig rig;
    StageSet stage(&rig);
    listener.refusals = 1000;
    rig.engine().setCallback(&listener);
    QVERIFY(stage.jobIn(JobState::Error) != JobId{});
    QVERIFY(rig.comesTo([&] { return listener.errors == 1; }));
    int calls = 1;
    for (const auto delay : {1s, 2s, 4s, 8s, 16s, 32s, 64s, 128s, 256s, 300s, 300s}) {
        rig.clock.advance(delay - 1ms);
        QCOMPARE(listener.errors, calls);
        rig.clock.advance(1ms);
        QCOMPARE(listener.errors, ++calls);
    }
}

void NoticesTest::aThrowIsARefusal()
{
    Listener listener;
    ManualRig rig;
    StageSet stage(&rig);
    listener.throws = true;
    rig.engine().setCallback(&listener);
    const JobId id = stage.jobIn(JobState::Error);
    QVERIFY(rig.comesTo([&] { return listener.errors == 1; }));
    rig.clock.advance(1s);
    QCOMPARE(listener.errors, 2);
    QCOMPARE(rig.job(id).state, JobState::Error);
    listener.throws = false;
    rig.clock.advance(24h);
    QCOMPARE(listener.errors, 3);
}

void NoticesTest::aCallbackThatIsRegisteredLateIsStillCalled()
{
    Listener late;
    ManualRig rig;
    StageSet stage(&rig);
    rig.acceptsAttention = false; // the front end has not seen it either
    QVERIFY(stage.jobIn(JobState::Error) != JobId{});
    rig.clock.advance(48h);
    rig.settle();
    rig.engine().setCallback(&late);
    rig.clock.advance(0ms);
    QCOMPARE(late.errors, 1);
    rig.clock.advance(48h);
    QCOMPARE(late.errors, 1);
}

void NoticesTest::aReplacedCallbackGetsNoFurtherCalls()
{
    Listener first;
    Listener second;
    ManualRig rig;
    StageSet stage(&rig);
    first.refusals = 1000;
    rig.engine().setCallback(&first);
    const JobId id = stage.jobIn(JobState::Error);
    QVERIFY(rig.comesTo([&] { return first.errors == 1; }));
    const int modified = first.modified;
    rig.engine().setCallback(&second);
    rig.clock.advance(1h);
    QCOMPARE(second.errors, 1);
    rig.resume(id);
    QVERIFY(rig.comesTo([&] { return second.errors == 2; }));
    QCOMPARE(first.errors, 1);
    QCOMPARE(first.modified, modified);
}

void NoticesTest::suspendingFromInsideTheCallbackIsSafe()
{
    Listener listener;
    ManualRig rig;
    StageSet stage(&rig);
    listener.onModified = [&](const JobSnapshot &job) {
        if (job.state == JobState::Transferring) {
            std::ignore = rig.service->call<message::Suspend>({{job.id}});
        }
    };
    rig.engine().setCallback(&listener);
    const JobId id = stage.jobIn(JobState::Transferring);
    rig.clock.advance(1s);
    QVERIFY(rig.reaches(id, JobState::Suspended));
    QCOMPARE(rig.job(id).progress.bytesDone, 200'000);
    listener.onModified = nullptr;
    rig.resume(id);
    QVERIFY(rig.reaches(id, JobState::Transferred));
}

void NoticesTest::anyCommandInsideTheCallbackIsLegal_data()
{
    QTest::addColumn<JobEvent>("command");
    QTest::addColumn<JobState>("leadsTo");
    QTest::newRow("Cancel") << JobEvent::Cancel << JobState::Cancelled;
    QTest::newRow("Complete") << JobEvent::Complete << JobState::Acknowledged;
    QTest::newRow("Suspend") << JobEvent::Suspend << JobState::Error;
    QTest::newRow("Resume") << JobEvent::Resume << JobState::Transferred;
}

void NoticesTest::anyCommandInsideTheCallbackIsLegal()
{
    QFETCH(const JobEvent, command);
    QFETCH(const JobState, leadsTo);
    Listener listener;
    ManualRig rig;
    StageSet stage(&rig);
    listener.onError = [&] {
        const JobIds ids{listener.last.id};
        stage.server.serve("/none", {.body = Body::pattern(1, 1000)});
        if (command == JobEvent::Cancel) {
            std::ignore = rig.service->call<message::Cancel>({ids});
        } else if (command == JobEvent::Complete) {
            std::ignore = rig.service->call<message::Complete>({ids});
        } else if (command == JobEvent::Suspend) {
            std::ignore = rig.service->call<message::Suspend>({ids});
        } else {
            std::ignore = rig.service->call<message::Resume>({ids, {}});
        }
    };
    rig.engine().setCallback(&listener);
    const JobId id = stage.jobIn(JobState::Error);
    QVERIFY(rig.comesTo([&] { return listener.errors == 1; }));
    QVERIFY(rig.reaches(id, leadsTo));
    rig.clock.advance(24h);
    rig.settle();
    QCOMPARE(listener.errors, 1);
}

void NoticesTest::aResumeInsideTheCallbackThatFailsAgainIsANewDelivery()
{
    Listener listener;
    ManualRig rig;
    StageSet stage(&rig);
    listener.onError = [&] {
        if (listener.errors < 4) {
            std::ignore = rig.service->call<message::Resume>({{listener.last.id}, {}});
        }
    };
    rig.engine().setCallback(&listener);
    const JobId id = stage.jobIn(JobState::Error);
    QVERIFY(rig.comesTo([&] { return listener.errors == 4; }));
    QVERIFY(rig.reaches(id, JobState::Error));
    QCOMPARE(rig.job(id).errorCount, 4);
    QCOMPARE(stage.server.requests("/none").size(), 4 + 3); // three times plainly, too
    rig.clock.advance(24h);
    rig.settle();
    QCOMPARE(listener.errors, 4);
}

void NoticesTest::anErrorNobodyAcceptedIsToldAgainAfterARestart()
{
    ManualRig rig;
    StageSet stage(&rig);
    rig.acceptsAttention = false;
    const JobId id = stage.jobIn(JobState::Error);
    QVERIFY(rig.comesTo([&] { return rig.attentions.size() == 1; }));
    rig.restart();
    QVERIFY(rig.comesTo([&] { return rig.attentions.size() == 2; }));
    QCOMPARE(rig.attentions.last().job.id, id);
    QVERIFY(rig.attentions.last().kind == Attention::Kind::Error);
    QCOMPARE(rig.attentions.last().error->cause, Cause::NotFound);
}

void NoticesTest::anErrorThatWasAcceptedIsNotToldAgainAfterARestart()
{
    ManualRig rig;
    StageSet stage(&rig);
    const JobId id = stage.jobIn(JobState::Error);
    QVERIFY(rig.comesTo([&] { return rig.attentions.size() == 1; }));
    rig.restart();
    rig.clock.advance(24h);
    rig.settle();
    QCOMPARE(rig.attentions.size(), 1);
    QCOMPARE(rig.job(id).state, JobState::Error);
}

void NoticesTest::whatWasToldOfAStateIsTakenBackWhenTheJobHasMovedOn()
{
    Listener listener;
    ManualRig rig;
    StageSet stage(&rig);
    listener.refusals = 1000;
    rig.engine().setCallback(&listener);
    const JobId id = stage.jobIn(JobState::Error);
    QVERIFY(rig.comesTo([&] { return listener.errors == 1; }));
    rig.cancel(id);
    rig.clock.advance(24h);
    rig.restart();
    rig.clock.advance(24h);
    rig.settle();
    QCOMPARE(listener.errors, 1);
    QVERIFY(rig.attentions.isEmpty());
}

void NoticesTest::aResumeThatIsFasterThanTheStoreIsNotFollowedByTheOldError()
{
    ManualRig rig;
    StageSet stage(&rig);
    const JobId id = stage.jobIn(JobState::Error); // seen before it is saved, so before it is told
    QVERIFY(stage.block());
    rig.resume(id);
    QCOMPARE(rig.job(id).state, JobState::Queued);
    rig.clock.advance(1s);
    rig.settle();
    rig.clock.advance(1s);
    for (const Attention &told : std::as_const(rig.attentions)) {
        QCOMPARE(told.job.state, JobState::Error);
    }
}

void NoticesTest::jobTransferredComesOnceTheFilesAreWholeAndUntilItIsAccepted()
{
    Listener listener;
    ManualRig rig;
    StageSet stage(&rig);
    listener.refusals = 2;
    rig.engine().setCallback(&listener);
    const JobId id = stage.jobIn(JobState::Transferred);
    QVERIFY(rig.comesTo([&] { return listener.transferred == 1; }));
    QCOMPARE(listener.last.id, id);
    rig.clock.advance(24h);
    rig.settle();
    QCOMPARE(listener.transferred, 3);
    QCOMPARE(listener.errors, 0);
}

void NoticesTest::jobModifiedIsGatheredAndItsAnswerIsIgnored()
{
    Listener listener; // refuses every jobModified
    ManualRig rig;
    StageSet stage(&rig);
    rig.engine().setCallback(&listener);
    QVERIFY(stage.jobIn(JobState::Transferring) != JobId{});
    rig.settle();
    QCOMPARE(listener.modified, 0);
    rig.clock.advance(1s);
    QCOMPARE(listener.modified, 1);
    rig.clock.advance(1h);
    QCOMPARE(listener.modified, 1);
}

void NoticesTest::jobModifiedNeverComesAfterTransferredWasAccepted()
{
    Listener listener;
    ManualRig rig;
    StageSet stage(&rig);
    rig.engine().setCallback(&listener);
    const JobId id = stage.jobIn(JobState::Transferred);
    QVERIFY(id != JobId{});
    QVERIFY(rig.comesTo([&] { return listener.transferred == 1; }));
    rig.settle();
    rig.clock.advance(1h); // what had changed before
    const int modified = listener.modified;
    rig.complete(id);
    rig.settle();
    rig.clock.advance(1h);
    QCOMPARE(rig.job(id).state, JobState::Acknowledged);
    QCOMPARE(listener.modified, modified);
}

void NoticesTest::anAttentionIsTheSameContractForAFrontEnd()
{
    ManualRig rig;
    StageSet stage(&rig);
    rig.acceptsAttention = false;
    QVERIFY(stage.jobIn(JobState::Error) != JobId{});
    QVERIFY(rig.comesTo([&] { return rig.attentions.size() == 1; }));
    rig.clock.advance(3s);
    QCOMPARE(rig.attentions.size(), 3);
    QCOMPARE(rig.attentions.at(2).id, rig.attentions.at(0).id);
    QVERIFY(rig.ask<message::Accept>({rig.attentions.first().id}).has_value());
    rig.clock.advance(24h);
    rig.settle();
    QCOMPARE(rig.attentions.size(), 3);
}

BELLHOP_TEST(NoticesTest)
#include "tst_notices.moc"
