// SPDX-License-Identifier: Apache-2.0
#include "core/store/merged_deltas.h"

#include "tests/core/store/rich_job.h"
#include "tests/support/pretty.h"
#include "tests/support/test_program.h"

#include <QTest>

using namespace core;

class MergedDeltasTest : public QObject {
    Q_OBJECT

private:
    static StoreDelta file(JobId job, int index, FileState state)
    {
        FileRecord record;
        record.state = state;
        StoreDelta delta{.id = job};
        delta.files.emplaceBack(index, record);
        delta.timeline.append(TimelineEntry{.what = happening::Added{.files = index}});
        return delta;
    }

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(QStringLiteral(".*"))); }

    void aFileIsWrittenOnceAsItIsInTheEnd()
    {
        const JobId one{1};
        const JobId two{2};
        const auto made = merged({file(one, 4, FileState::Active), file(two, 4, FileState::Active),
                                  file(one, 5, FileState::Active), file(one, 4, FileState::Whole)});
        QCOMPARE(made.size(), 2);
        QCOMPARE(made.at(0).id, one);
        QCOMPARE(made.at(0).files.size(), 2);
        QCOMPARE(made.at(0).files.at(0).first, 4);
        QCOMPARE(made.at(0).files.at(0).second.state, FileState::Whole);
        QCOMPARE(made.at(0).files.at(1).first, 5);
        QCOMPARE(made.at(0).timeline.size(), 3);
        QCOMPARE(made.at(1).files.at(0).second.state, FileState::Active);
    }

    void theLastRowOfAJobCounts()
    {
        StoreDelta before{.id = JobId{1}, .job = rich::job()};
        StoreDelta after = before;
        after.job->state = JobState::Queued;
        const auto made = merged({before, file(JobId{1}, 0, FileState::Whole), after});
        QCOMPARE(made.size(), 1);
        QCOMPARE(made.first().job->state, JobState::Queued);
        QCOMPARE(made.first().files.size(), 1);
    }

    void aRemovalStaysWhereItIs()
    {
        const auto made = merged({file(JobId{1}, 0, FileState::Active), rich::removal({1}),
                                  file(JobId{1}, 0, FileState::Whole)});
        QCOMPARE(made.size(), 3);
        QVERIFY(made.at(1).removed);
        QCOMPARE(made.at(2).files.first().second.state, FileState::Whole);
    }
};

BELLHOP_TEST(MergedDeltasTest)
#include "tst_merged_deltas.moc"
