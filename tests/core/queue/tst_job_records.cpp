// SPDX-License-Identifier: Apache-2.0
#include "tests/core/queue/kept_jobs.h"
#include "tests/support/await.h"
#include "tests/support/pretty.h"
#include "tests/support/test_program.h"

using namespace core;

namespace {

QList<int> pendingOf(const KeptJobs &kept, JobId id)
{
    QList<int> files;
    for (const PendingFile &each : kept.records.totals(id).pending()) {
        files.append(each.index);
    }
    return files;
}

} // namespace

class JobRecordsTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(QStringLiteral(".*"))); }

    void aNewJobGetsTheNextIdAndIsSavedWithAllItsFiles()
    {
        KeptJobs kept;
        const JobId first = kept.add({FileRecord(), FileRecord()});
        const JobId second = kept.add({});
        QCOMPARE(first.value, 1);
        QCOMPARE(second.value, 2);
        QCOMPARE(kept.records.ids(), (JobIds{first, second}));
        QVERIFY(await(kept.records.commit(first)).value());
        QCOMPARE(kept.stored(first).files.size(), 2);
        QCOMPARE(kept.stored(second).id, JobId{});
    }

    void anIdIsNeverGivenOutTwice()
    {
        KeptJobs kept;
        StoredState state;
        state.lastJobId = 7;
        state.jobs = {JobRecord{.id = {3}}};
        kept.records.load(std::move(state));
        QCOMPARE(kept.add({}).value, 8);
        QVERIFY(await(kept.records.remove({8})).value());
        QCOMPARE(kept.add({}).value, 9);
    }

    void aChangeIsSavedByCommitAndAnnouncedOnlyThen()
    {
        KeptJobs kept;
        const JobId id = kept.add({FileRecord()});
        QVERIFY(kept.settled(id));
        kept.records.change(id, [](JobRecord &job) { job.state = JobState::Queued; });
        kept.records.changeFile({id, 0}, [](FileRecord &file) { file.state = FileState::Failed; });
        QCOMPARE(kept.records.find(id)->state, JobState::Queued);
        QCOMPARE(kept.told.all, QStringList());
        QCOMPARE(kept.stored(id).state, JobState::Suspended);
        QVERIFY(await(kept.records.commit(id)).value());
        QTRY_COMPARE(kept.told.all, QStringList{QStringLiteral("changed 1")});
        QCOMPARE(kept.stored(id).state, JobState::Queued);
        QCOMPARE(kept.stored(id).files.first().state, FileState::Failed);
    }

    void whatIsKeptInMemoryOnlyIsNothingToSave()
    {
        KeptJobs kept;
        const JobId id = kept.add({});
        QVERIFY(kept.settled(id));
        kept.records.changeUnstored(
            id, [](JobRecord &job) { job.options.environment = ClientEnvironment(); });
        QVERIFY(kept.records.find(id)->options.environment);
        QVERIFY(kept.records.isSaved(id));
    }

    void allThatIsMarkedGoesIntoOneDelta()
    {
        KeptJobs kept;
        const JobId id = kept.add({FileRecord(), FileRecord(), FileRecord()});
        kept.records.change(id, [](JobRecord &job) { job.untold.frontEnds = true; });
        kept.records.note(id, {});
        kept.records.addFile(id, FileRecord());
        QVERIFY(await(kept.records.commit(id)).value());
        QCOMPARE(kept.medium->saveCount(), 1);
        QCOMPARE(kept.stored(id).files.size(), 4);
        QVERIFY(kept.stored(id).untold.frontEnds);
        QCOMPARE(await(kept.store.timeline(id, 0, 10)).value()->entries.size(), 1);
    }

    void withNothingMarkedNothingIsSaved()
    {
        KeptJobs kept;
        const JobId id = kept.add({});
        QVERIFY(await(kept.records.commit(id)).value());
        QVERIFY(kept.records.commit(id).isFinished());
        QVERIFY(kept.records.commit(JobId{99}).isFinished());
        QVERIFY(await(kept.store.load()).value()); // nothing is on its way either
        QCOMPARE(kept.medium->saveCount(), 1);
    }

    void whatCouldNotBeSavedIsSavedWithTheNextCommit()
    {
        const StoreError full{StoreFault::CannotSave, QStringLiteral("/x"), QStringLiteral("full")};
        KeptJobs kept;
        const JobId id = kept.add({FileRecord()});
        QVERIFY(kept.settled(id));
        kept.medium->failNextSaves(full);
        kept.records.changeFile({id, 0}, [](FileRecord &file) { file.state = FileState::Whole; });
        kept.records.note(id, {});
        QCOMPARE(await(kept.records.commit(id)).value().error(), full);
        QTRY_COMPARE(kept.told.all,
                     (QStringList{QStringLiteral("failed full"), QStringLiteral("changed 1")}));
        QCOMPARE(kept.records.find(id)->files.first().state, FileState::Whole); // it stands
        QCOMPARE(kept.stored(id).files.first().state, FileState::Pending);

        kept.records.change(id, [](JobRecord &job) { job.priority = Priority::High; });
        QVERIFY(await(kept.records.commit(id)).value());
        QCOMPARE(kept.stored(id).files.first().state, FileState::Whole);
        QCOMPARE(await(kept.store.timeline(id, 0, 10)).value()->entries.size(), 1);
    }

    void aFailureIsToldOnceAndTriedAgainUntilAllIsSaved()
    {
        const StoreError full{StoreFault::CannotSave, QStringLiteral("/x"), QStringLiteral("full")};
        KeptJobs kept;
        const JobId id = kept.add({FileRecord()});
        kept.medium->failNextSaves(full, 3);
        const auto saved = kept.records.saved(id);
        const auto failures = [&kept] {
            return kept.told.all.count(QStringLiteral("failed full"));
        };
        QTRY_COMPARE(kept.told.all.count(QStringLiteral("changed 1")), 1);
        QVERIFY(kept.records.isFailing());
        for (int tries = 2; tries <= 3; ++tries) {
            kept.clock.advance(JobRecords::kSavedAgainAfter);
            QTRY_COMPARE(kept.told.all.count(QStringLiteral("changed 1")), tries);
        }
        QCOMPARE(failures(), 1);
        QVERIFY(!saved.isFinished());
        QCOMPARE(kept.timesSavingAgain, 0);
        kept.clock.advance(JobRecords::kSavedAgainAfter);
        QVERIFY(await(saved).value());
        QVERIFY(!kept.records.isFailing());
        QCOMPARE(kept.timesSavingAgain, 1);
        QCOMPARE(kept.stored(id).id, id);
    }

    void whatHappenedIsKeptInOrderThroughSeveralFailures()
    {
        KeptJobs kept;
        const JobId id = kept.add({});
        QVERIFY(kept.settled(id));
        kept.medium->failNextSaves({}, 2);
        kept.records.change(id, [](JobRecord &job) { job.untold.frontEnds = true; });
        kept.records.note(id, {.fileIndex = 1, .what = {}});
        QVERIFY(!await(kept.records.commit(id)).value());
        QTRY_COMPARE(kept.told.all.count(QStringLiteral("changed 1")), 1);
        kept.records.change(id, [](JobRecord &job) { job.untold = {}; });
        kept.records.note(id, {.fileIndex = 2, .what = {}});
        QVERIFY(!await(kept.records.commit(id)).value());
        QTRY_COMPARE(kept.told.all.count(QStringLiteral("changed 1")), 2);
        kept.records.note(id, {.fileIndex = 3, .what = {}});
        QVERIFY(await(kept.records.saved(id)).value());
        const auto page = await(kept.store.timeline(id, 0, 10)).value();
        QList<int> order;
        for (const TimelineEntry &entry : page->entries) {
            order.append(entry.fileIndex.value_or(0));
        }
        QCOMPARE(order, QList<int>({1, 2, 3}));
        QVERIFY(!kept.stored(id).untold.isAny());
    }

    void aJobThatWasRemovedWhileNothingCouldBeSavedIsGoneInTheEnd()
    {
        KeptJobs kept;
        const JobId id = kept.add({});
        QVERIFY(kept.settled(id));
        kept.medium->failNextSaves({});
        QVERIFY(!await(kept.records.remove(id)).value());
        QTRY_VERIFY(kept.records.isFailing());
        kept.clock.advance(JobRecords::kSavedAgainAfter);
        QTRY_COMPARE(kept.stored(id).id, JobId{});
    }

    void whatWaitsToBeSavedIsToldThatNobodyTriesAnyLonger()
    {
        KeptJobs kept;
        const JobId id = kept.add({});
        kept.medium->failNextSaves({}, 100);
        const auto saved = kept.records.saved(id);
        QTRY_VERIFY(kept.records.isFailing());
        kept.records.giveUp();
        QVERIFY(!await(saved).value());
        QVERIFY(!await(kept.records.saved(id)).value());
    }

    void whatIsUnderWayWhenNobodyTriesAnyLongerHasItsOwnAnswer()
    {
        KeptJobs kept;
        const auto saved = kept.records.saved(kept.add({}));
        kept.records.giveUp();
        QVERIFY(await(saved).value());
    }

    void replacingARecordSavesTheFilesThatDiffer()
    {
        KeptJobs kept;
        const JobId id = kept.add({FileRecord(), FileRecord()});
        QVERIFY(await(kept.records.commit(id)).value());
        JobRecord changed = *kept.records.find(id);
        changed.files[1].state = FileState::Whole;
        changed.files[1].sizeBytes = 10;
        changed.files.append(FileRecord());
        kept.records.replace(changed);
        QCOMPARE(kept.records.totals(id).count(FileState::Whole), 1);
        QCOMPARE(pendingOf(kept, id), (QList<int>{0, 2}));
        QVERIFY(await(kept.records.commit(id)).value());
        QCOMPARE(kept.stored(id), changed);
    }

    void theTotalsFollowEveryChangeOfAFile()
    {
        KeptJobs kept;
        const JobId id = kept.add({FileRecord(), FileRecord()});
        QCOMPARE(pendingOf(kept, id), (QList<int>{0, 1}));
        kept.records.changeFile({id, 0}, [](FileRecord &file) {
            file.state = FileState::Active;
            file.durable = RangeSet::prefix(500);
        });
        QCOMPARE(pendingOf(kept, id), (QList<int>{1}));
        QCOMPARE(kept.records.totals(id).progress().bytesDone, 500);
        kept.records.addFile(id, FileRecord());
        QCOMPARE(pendingOf(kept, id), (QList<int>{1, 2}));
    }

    void aRemovedJobIsGoneAtOnceAndForGood()
    {
        KeptJobs kept;
        const JobId id = kept.add({FileRecord()});
        QVERIFY(await(kept.records.commit(id)).value());
        const auto removing = kept.records.remove(id);
        QVERIFY(kept.records.find(id) == nullptr);
        QVERIFY(await(removing).value());
        QVERIFY(kept.medium->state().jobs.isEmpty());
    }

    void settingsAreInForceAtOnceAndSaved()
    {
        KeptJobs kept;
        const auto saving = kept.records.setSettings({.filesAtOnce = 3});
        QCOMPARE(kept.records.settings().filesAtOnce, 3);
        QVERIFY(await(saving).value());
        QCOMPARE(kept.medium->state().settings.filesAtOnce, 3);
        QCOMPARE(kept.told.all, QStringList()); // it concerns no job
    }
};

BELLHOP_TEST(JobRecordsTest)
#include "tst_job_records.moc"
