// SPDX-License-Identifier: Apache-2.0
#include "tests/support/fake_job_service.h"
#include "tests/support/test_program.h"
#include "ui/models/timeline_model.h"

#include <QAbstractItemModelTester>
#include <QSignalSpy>
#include <QTest>
#include <QTimeZone>

using namespace core;
using ui::TimelineModel;

namespace {

TimelineEntry entry(int files)
{
    return {.time = QDateTime(QDate(2026, 1, 15), QTime(12, 0), QTimeZone::utc()),
            .what = happening::Added{files}};
}

/// A timeline of so many entries, of which a request gets its entriesOf.
TimelinePage entriesOf(const message::Timeline::Request &request, int total)
{
    TimelinePage made{.total = total};
    for (int at = request.first; at < std::min(total, request.first + request.count); ++at) {
        made.entries += entry(at + 1);
    }
    made.next = request.first + int(made.entries.size());
    return made;
}

QString textAt(const TimelineModel &model, int row)
{
    return model.index(row, TimelineModel::What).data().toString();
}

} // namespace

class TimelineModelTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(QStringLiteral(".*"))); }

    void showsTheNewestFirst()
    {
        FakeJobService service;
        service.answerWith<message::Timeline>(
            [](const auto &request) -> Answer<TimelinePage> { return entriesOf(request, 3); });
        TimelineModel model(&service);
        const QAbstractItemModelTester tester(
            &model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        model.setWatched(true);
        model.setJob(JobId{7}, {});
        QTRY_COMPARE(model.rowCount(), 3);
        QCOMPARE(textAt(model, 0), QStringLiteral("3 files were added"));
        QCOMPARE(textAt(model, 2), QStringLiteral("1 file was added"));
    }

    void readsOnPageByPageAndThenOnlyWhatIsNew()
    {
        FakeJobService service;
        int total = TimelineModel::kPageSize + 50;
        service.answerWith<message::Timeline>(
            [&total](const auto &request) -> Answer<TimelinePage> {
                return entriesOf(request, total);
            });
        TimelineModel model(&service);
        const QAbstractItemModelTester tester(
            &model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        model.setWatched(true);
        model.setJob(JobId{7}, {});
        QTRY_COMPARE(model.rowCount(), total);
        QCOMPARE(service.requests<message::Timeline>().size(), 2);
        const QSignalSpy resets(&model, &QAbstractItemModel::modelReset);
        ++total;
        model.refresh();
        QTRY_COMPARE(model.rowCount(), total);
        QCOMPARE(service.requests<message::Timeline>().last().first, total - 1);
        QCOMPARE(resets.size(), 0);
    }

    void fetchesNothingWhileNobodyLooks()
    {
        FakeJobService service;
        service.answerWith<message::Timeline>(
            [](const auto &request) -> Answer<TimelinePage> { return entriesOf(request, 3); });
        TimelineModel model(&service);
        model.setJob(JobId{7}, {});
        model.refresh();
        QCOMPARE(service.requests<message::Timeline>().size(), 0);
        model.setWatched(true);
        QTRY_COMPARE(model.rowCount(), 3);
        QCOMPARE(service.requests<message::Timeline>().size(), 1);
    }

    void anAnswerForAnotherJobIsDropped()
    {
        FakeJobService service;
        TimelineModel model(&service);
        model.setWatched(true);
        model.setJob(JobId{7}, {});
        QTRY_COMPARE(service.requests<message::Timeline>().size(), 1);
        model.setJob(JobId{8}, {});
        QVERIFY(service.answerNext<message::Timeline>(entriesOf({.job = JobId{7}}, 5)));
        QTRY_COMPARE(service.requests<message::Timeline>().size(), 2);
        QVERIFY(service.answerNext<message::Timeline>(entriesOf({.job = JobId{8}}, 2)));
        QTRY_COMPARE(model.rowCount(), 2);
    }

    void withoutAJobItIsEmpty()
    {
        FakeJobService service;
        service.answerWith<message::Timeline>(
            [](const auto &request) -> Answer<TimelinePage> { return entriesOf(request, 3); });
        TimelineModel model(&service);
        model.setWatched(true);
        model.setJob(JobId{7}, {});
        QTRY_COMPARE(model.rowCount(), 3);
        model.setJob(JobId{}, {});
        QCOMPARE(model.rowCount(), 0);
    }
};

BELLHOP_TEST(TimelineModelTest)
#include "tst_timeline_model.moc"
