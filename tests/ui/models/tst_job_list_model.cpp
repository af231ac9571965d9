// SPDX-License-Identifier: Apache-2.0
#include "tests/support/fake_job_service.h"
#include "tests/support/manual_clock.h"
#include "tests/support/test_program.h"
#include "ui/models/job_feed.h"
#include "ui/models/job_list_model.h"
#include "ui/models/spans.h"

#include <QAbstractItemModelTester>
#include <QElapsedTimer>
#include <QSignalSpy>
#include <QTest>

using namespace core;
using ui::JobGroup;
using ui::JobListModel;
using ui::Span;

namespace {

JobSnapshot job(qint64 id, JobState state = JobState::Queued, const QString &name = {})
{
    JobSnapshot made;
    made.id = JobId{id};
    made.state = state;
    made.name = name.isEmpty() ? QStringLiteral("job %1").arg(id) : name;
    made.firstUrl = QUrl(QStringLiteral("https://host.example/%1").arg(id));
    made.progress.filesTotal = 1;
    return made;
}

QList<JobSnapshot> jobs(QList<qint64> ids, JobState state = JobState::Queued)
{
    QList<JobSnapshot> made;
    for (const qint64 id : ids) {
        made.append(job(id, state));
    }
    return made;
}

QList<qint64> shown(const JobListModel &model)
{
    QList<qint64> ids;
    for (int row = 0; row < model.rowCount(); ++row) {
        ids.append(model.index(row).data(JobListModel::JobRole).value<JobSnapshot>().id.value);
    }
    return ids;
}

QList<Span> spansOf(const QSignalSpy &changes)
{
    QList<Span> spans;
    for (const auto &change : changes) {
        spans.append({change.at(0).toModelIndex().row(), change.at(1).toModelIndex().row()});
    }
    return spans;
}

} // namespace

class JobListModelTest : public QObject {
    Q_OBJECT

    ManualClock m_clock;

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(QStringLiteral(".*"))); }

    void placeAndPriorityAreSpokenAndShown()
    {
        JobListModel model(&m_clock);
        JobSnapshot waiting = job(7);
        waiting.queuePlace = 3;
        waiting.priority = Priority::High;
        model.apply({waiting});
        for (const int role : {Qt::AccessibleTextRole, Qt::ToolTipRole}) {
            const QString text = model.index(0).data(role).toString();
            QVERIFY2(text.contains(QStringLiteral("number 3")), qPrintable(text));
            QVERIFY2(text.contains(QStringLiteral("high priority")), qPrintable(text));
        }
        model.apply({job(7)});
        QVERIFY(!model.index(0)
                     .data(Qt::AccessibleTextRole)
                     .toString()
                     .contains(QStringLiteral("priority")));
    }

    void keepsTheOrderOfIdsHoweverTheyCome()
    {
        JobListModel model(&m_clock);
        const QAbstractItemModelTester tester(
            &model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        model.apply(jobs({5, 2}));
        model.apply(jobs({9, 1, 3, 2}));
        QCOMPARE(shown(model), (QList<qint64>{1, 2, 3, 5, 9}));
        model.remove({JobId{3}, JobId{77}, JobId{9}, JobId{3}});
        QCOMPARE(shown(model), (QList<qint64>{1, 2, 5}));
        QCOMPARE(model.count(JobGroup::All), 3);
    }

    void announcesOneChangePerSpan()
    {
        JobListModel model(&m_clock);
        model.apply(jobs({1, 2, 3, 4, 5, 6, 7, 8}));
        const QSignalSpy changes(&model, &QAbstractItemModel::dataChanged);
        model.apply(jobs({7, 2, 3, 4, 8}, JobState::Connecting));
        QCOMPARE(spansOf(changes), (QList<Span>{{1, 3}, {6, 7}}));
    }

    void insertsWhatComesTogetherAtOnce()
    {
        JobListModel model(&m_clock);
        model.apply(jobs({10, 20}));
        const QSignalSpy inserted(&model, &QAbstractItemModel::rowsInserted);
        model.apply(jobs({1, 2, 11, 12, 13, 21}));
        QCOMPARE(inserted.size(), 3);
        QCOMPARE(shown(model), (QList<qint64>{1, 2, 10, 11, 12, 13, 20, 21}));
    }

    void everyJobIsInOneGroupBesidesAll()
    {
        JobListModel model(&m_clock);
        qint64 id = 0;
        for (const JobState state : kJobStates) {
            model.apply({job(++id, state)});
        }
        QCOMPARE(model.count(JobGroup::Active), 2);
        QCOMPARE(model.count(JobGroup::Waiting), 2);
        QCOMPARE(model.count(JobGroup::Paused), 1);
        QCOMPARE(model.count(JobGroup::NeedsAttention), 1);
        QCOMPARE(model.count(JobGroup::Finished), 2);
        QCOMPARE(model.count(JobGroup::Cancelled), 1);
        QCOMPARE(model.count(JobGroup::All), int(kJobStates.size()));
    }

    void uploadsAreInAGroupOfTheirOwnBesides()
    {
        JobListModel model(&m_clock);
        JobSnapshot upload = job(2, JobState::Transferring);
        upload.type = core::JobType::Upload;
        model.apply({job(1, JobState::Transferring), upload});
        QCOMPARE(model.count(JobGroup::Uploads), 1);
        QCOMPARE(model.count(JobGroup::Active), 2);
        model.setGroup(JobGroup::Uploads);
        QCOMPARE(shown(model), QList<qint64>{2});
        model.remove({upload.id});
        QCOMPARE(model.count(JobGroup::Uploads), 0);
    }

    void aJobLeavesAndEntersTheGroupThatIsShown()
    {
        JobListModel model(&m_clock);
        const QAbstractItemModelTester tester(
            &model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        model.apply(jobs({1, 2, 3}, JobState::Transferring));
        model.setGroup(JobGroup::Active);
        model.apply({job(2, JobState::Error), job(4, JobState::Connecting)});
        QCOMPARE(shown(model), (QList<qint64>{1, 3, 4}));
        model.apply({job(2, JobState::Transferring)});
        QCOMPARE(shown(model), (QList<qint64>{1, 2, 3, 4}));
        model.setGroup(JobGroup::Finished);
        QCOMPARE(model.rowCount(), 0);
    }

    void findsEveryWordInNameAddressOrFolder()
    {
        JobListModel model(&m_clock);
        JobSnapshot one = job(1, JobState::Queued, QStringLiteral("Debian netinst"));
        one.firstUrl = QUrl(QStringLiteral("https://mirror.example.org/x"));
        model.apply({one, job(2, JobState::Queued, QStringLiteral("debian live"))});
        model.setSearch(QStringLiteral("  DEBIAN   mirror "));
        QCOMPARE(shown(model), (QList<qint64>{1}));
        model.setSearch(QStringLiteral("debian"));
        QCOMPARE(shown(model), (QList<qint64>{1, 2}));
    }

    void aJobThatKeepsFailingComesToNeedAttention()
    {
        JobListModel model(&m_clock);
        JobSnapshot trying = job(1, JobState::TransientError);
        trying.troubleSince = m_clock.utcNow();
        model.apply({trying});
        QCOMPARE(model.count(JobGroup::NeedsAttention), 0);
        QCOMPARE(model.countingDown(), 1);
        m_clock.advance(std::chrono::minutes(16));
        const QSignalSpy changes(&model, &QAbstractItemModel::dataChanged);
        model.timePassed();
        QCOMPARE(model.count(JobGroup::NeedsAttention), 1);
        QCOMPARE(changes.size(), 1);
    }

    void addsUpTheSpeedOfAllJobsShownOrNot()
    {
        JobListModel model(&m_clock);
        JobSnapshot fast = job(1, JobState::Transferring);
        fast.bytesPerSecond = 1000;
        JobSnapshot slow = job(2, JobState::Transferring);
        slow.bytesPerSecond = 10;
        model.setGroup(JobGroup::Finished);
        model.apply({fast, slow});
        QCOMPARE(model.bytesPerSecond(), 1010);
        fast.bytesPerSecond = 500;
        model.apply({fast});
        QCOMPARE(model.bytesPerSecond(), 510);
        model.remove({JobId{1}});
        QCOMPARE(model.bytesPerSecond(), 10);
    }

    void manySmallFilesHaveASpeedTogether()
    {
        JobListModel model(&m_clock);
        JobSnapshot old = job(99, JobState::Acknowledged); // was there before
        old.progress.bytesDone = 9'000'000;
        model.apply({old});
        QCOMPARE(model.bytesPerSecond(), 0);
        for (int id = 1; id <= 30; ++id) {
            JobSnapshot small = job(id, JobState::Queued);
            model.apply({small});
            small.state = JobState::Acknowledged;
            small.progress.bytesDone = 1000;
            model.apply({small});
            m_clock.advance(std::chrono::milliseconds(10));
        }
        QCOMPARE(model.bytesPerSecond(), 10'000);
        m_clock.advance(std::chrono::seconds(3));
        QCOMPARE(model.bytesPerSecond(), 0);
    }

    void whatCameBeforeAJobSaidHowFastItIsIsNotCountedTwice()
    {
        JobListModel model(&m_clock);
        JobSnapshot moving = job(1, JobState::Transferring);
        model.apply({moving});
        moving.progress.bytesDone = 900'000;
        model.apply({moving});
        moving.bytesPerSecond = 1000;
        model.apply({moving});
        QCOMPARE(model.bytesPerSecond(), 1000);
    }

    void whatIsPausedHasNoSpeedAtOnce_data()
    {
        QTest::addColumn<std::optional<qint64>>("rate");
        QTest::newRow("that has said how fast it is") << std::optional<qint64>(1000);
        QTest::newRow("too young for that") << std::optional<qint64>();
    }
    void whatIsPausedHasNoSpeedAtOnce()
    {
        QFETCH(const std::optional<qint64>, rate);
        JobListModel model(&m_clock);
        JobSnapshot moving = job(1, JobState::Transferring);
        model.apply({moving});
        moving.progress.bytesDone = 900'000;
        moving.bytesPerSecond = rate;
        model.apply({moving});
        QCOMPARE(model.bytesPerSecond(), rate.value_or(300'000));
        moving.state = JobState::Suspended;
        moving.progress.bytesDone = 1'200'000;
        moving.bytesPerSecond.reset();
        model.apply({moving});
        QCOMPARE(model.bytesPerSecond(), 0);
    }

    void showsNothingFromOutsideAsMarkup()
    {
        JobListModel model(&m_clock);
        model.apply({job(1, JobState::Queued, QStringLiteral("<b>bold</b>\nsecond"))});
        const QModelIndex row = model.index(0);
        QVERIFY(!row.data(Qt::DisplayRole).toString().contains(u'\n'));
        QVERIFY(!row.data(Qt::ToolTipRole).toString().contains(QStringLiteral("<b>")));
    }

    void loadsAllPages()
    {
        FakeJobService service;
        service.answerWith<message::Jobs>([](const auto &request) -> Answer<QList<JobSnapshot>> {
            QList<JobSnapshot> page;
            for (int at = request.first; at < std::min(2500, request.first + request.count); ++at) {
                page.append(job(at + 1));
            }
            return page;
        });
        JobListModel model(&m_clock);
        ui::JobFeed feed(&service, &model);
        const QSignalSpy loaded(&feed, &ui::JobFeed::loaded);
        feed.load();
        QTRY_COMPARE(loaded.size(), 1);
        QCOMPARE(model.rowCount(), 2500);
        Q_EMIT service.jobsChanged(jobs({2501}));
        QCOMPARE(model.rowCount(), 2501);
        Q_EMIT service.jobsRemoved({JobId{1}});
        QCOMPARE(model.rowCount(), 2500);
    }
};

BELLHOP_TEST(JobListModelTest)
#include "tst_job_list_model.moc"
