// SPDX-License-Identifier: Apache-2.0
#include "tests/support/fake_job_service.h"
#include "tests/support/manual_clock.h"
#include "tests/support/test_program.h"
#include "ui/models/file_list_model.h"
#include "ui/models/file_words.h"

#include <QAbstractItemModelTester>
#include <QSignalSpy>
#include <QTest>
#include <QTextDocument>

using namespace core;
using ui::FileListModel;

namespace {

FilePage page(const message::Files::Request &request, int total, qint64 done = 0)
{
    FilePage made{.total = total, .files = {}};
    for (int at = request.first; at < std::min(total, request.first + request.count); ++at) {
        FileSnapshot file;
        file.id = {request.job, at};
        file.name = QStringLiteral("file %1").arg(at);
        file.bytesDone = done;
        file.sizeBytes = 1000;
        made.files.append(file);
    }
    return made;
}

} // namespace

class FileListModelTest : public QObject {
    Q_OBJECT

    ManualClock m_clock;

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(QStringLiteral(".*"))); }

    void fetchesOnlyThePagesInSight()
    {
        FakeJobService service;
        service.answerWith<message::Files>(
            [](const auto &request) -> Answer<FilePage> { return page(request, 100'000); });
        FileListModel model(&service, &m_clock);
        const QAbstractItemModelTester tester(
            &model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        model.setJob(JobId{7});
        QTRY_COMPARE(model.rowCount(), 100'000);
        QCOMPARE(service.requests<message::Files>().size(), 1);
        QVERIFY(model.index(50'000, FileListModel::Name).data().toString().isEmpty());
        model.lookAt(50'000, 50'020);
        QTRY_COMPARE(model.index(50'000, FileListModel::Name).data().toString(),
                     QStringLiteral("file 50000"));
        QCOMPARE(service.requests<message::Files>().size(), 2);
        QCOMPARE(service.requests<message::Files>().last().first, 50'000);
    }

    void aBoxSaysWhetherAFileIsWantedAndAsksForTheOther()
    {
        FakeJobService service;
        service.answerWith<message::Files>([](const auto &request) -> Answer<FilePage> {
            FilePage made = page(request, 5);
            made.files[1].state = FileState::Unwanted;
            made.files[1].bytesDone = 0;
            made.files[2].state = FileState::Published;
            made.files[3].state = FileState::Whole;
            made.files[4].state = FileState::Unwanted;
            made.files[4].bytesDone = 1000;
            return made;
        });
        FileListModel model(&service, &m_clock);
        model.setJob(JobId{7});
        QTRY_COMPARE(model.rowCount(), 5);
        const auto box = [&model](int row) {
            return model.index(row, FileListModel::Name).data(Qt::CheckStateRole);
        };
        QVERIFY(!box(0).isValid()); // nothing can be chosen yet
        model.setChoosable(true);
        QCOMPARE(box(0).toInt(), int(Qt::Checked));
        QCOMPARE(box(1).toInt(), int(Qt::Unchecked));
        QVERIFY(!model.flags(model.index(2, 0)).testFlag(Qt::ItemIsUserCheckable)); // in its place
        QCOMPARE(model.index(1, FileListModel::State).data().toString(),
                 QStringLiteral("Left out"));
        QCOMPARE(model.index(4, FileListModel::State).data().toString(),
                 QStringLiteral("Left out; deleted when the job ends"));
        const auto isOpen = [&model](int row) {
            return model.flags(model.index(row, 0)).testFlag(Qt::ItemIsUserCheckable);
        };
        QVERIFY(!isOpen(3)); // whole: it would be refused
        model.setChoosable(true, 3);
        QVERIFY(isOpen(3)); // it stands in the way
        const QSignalSpy chosen(&model, &FileListModel::wantedChosen);
        QVERIFY(model.setData(model.index(1, 0), Qt::Checked, Qt::CheckStateRole));
        QVERIFY(!model.setData(model.index(2, 0), Qt::Unchecked, Qt::CheckStateRole));
        QCOMPARE(chosen.size(), 1);
        QCOMPARE(chosen.first(), (QVariantList{1, true}));
    }

    void whatComesFirstOrLastSaysSoAsLongAsItHasATurn_data()
    {
        QTest::addColumn<FileState>("state");
        QTest::addColumn<QString>("first");
        QTest::newRow("not begun")
            << FileState::Pending << QStringLiteral("Not begun yet, comes first");
        QTest::newRow("running") << FileState::Active << QStringLiteral("Downloading, comes first");
        QTest::newRow("waiting") << FileState::Waiting
                                 << QStringLiteral("Tries again soon, comes first");
        QTest::newRow("here") << FileState::Published << QStringLiteral("Finished");
    }
    void whatComesFirstOrLastSaysSoAsLongAsItHasATurn()
    {
        QFETCH(const FileState, state);
        QFETCH(const QString, first);
        FakeJobService service;
        service.answerWith<message::Files>([state](const auto &request) -> Answer<FilePage> {
            FilePage made = page(request, 2);
            for (FileSnapshot &file : made.files) {
                file.state = state;
            }
            made.files[0].priority = FilePriority::High;
            return made;
        });
        FileListModel model(&service, &m_clock);
        model.setJob(JobId{7});
        QTRY_COMPARE(model.rowCount(), 2);
        const auto said = [&model](int row, int role) {
            return model.index(row, FileListModel::State).data(role).toString();
        };
        QCOMPARE(said(0, Qt::DisplayRole), first);
        QCOMPARE(said(0, Qt::ToolTipRole), Qt::convertFromPlainText(first));
        QVERIFY(!said(1, Qt::DisplayRole).contains(QStringLiteral("comes")));
    }

    void theOnlyFileHasNoBox()
    {
        FakeJobService service;
        service.answerWith<message::Files>(
            [](const auto &request) -> Answer<FilePage> { return page(request, 1); });
        FileListModel model(&service, &m_clock);
        model.setChoosable(true);
        model.setJob(JobId{7});
        QTRY_COMPARE(model.rowCount(), 1);
        QVERIFY(!model.index(0, 0).data(Qt::CheckStateRole).isValid());
    }

    void announcesOnlyWhatHasChanged()
    {
        FakeJobService service;
        qint64 done = 0;
        service.answerWith<message::Files>([&done](const auto &request) -> Answer<FilePage> {
            FilePage made = page(request, 10);
            made.files[3].bytesDone = done;
            made.files[4].bytesDone = done;
            return made;
        });
        FileListModel model(&service, &m_clock);
        model.setJob(JobId{7});
        QTRY_COMPARE(model.rowCount(), 10);
        const QSignalSpy changes(&model, &QAbstractItemModel::dataChanged);
        model.refresh();
        QTRY_COMPARE(service.requests<message::Files>().size(), 2);
        QCOMPARE(changes.size(), 0);
        done = 500;
        model.refresh();
        QTRY_COMPARE(changes.size(), 1);
        QCOMPARE(changes.first().at(0).toModelIndex().row(), 3);
        QCOMPARE(changes.first().at(1).toModelIndex().row(), 4);
    }

    void dropsAnAnswerMeantForAnotherJob()
    {
        FakeJobService service;
        FileListModel model(&service, &m_clock);
        model.setJob(JobId{1});
        model.setJob(JobId{2});
        QVERIFY(service.answerNext<message::Files>(page({.job = JobId{1}}, 5)));
        QVERIFY(service.answerNext<message::Files>(page({.job = JobId{2}}, 3)));
        QTRY_COMPARE(model.rowCount(), 3);
        QCOMPARE(model.index(0, 0).data(FileListModel::FileRole).value<FileSnapshot>().id.job,
                 JobId{2});
    }

    void outlivesAnAnswerThatComesTooLate()
    {
        FakeJobService service;
        {
            FileListModel model(&service, &m_clock);
            model.setJob(JobId{1});
        }
        FileListModel next(&service, &m_clock);
        next.setJob(JobId{2});
        QVERIFY(service.answerNext<message::Files>(page({.job = JobId{1}}, 5)));
        QVERIFY(service.answerNext<message::Files>(page({.job = JobId{2}}, 3)));
        QTRY_COMPARE(next.rowCount(), 3); // after the one that nobody waits for
    }

    void programsAreNeverOpened_data()
    {
        QTest::addColumn<QString>("name");
        QTest::addColumn<bool>("runs");
        QTest::newRow("a film") << QStringLiteral("film.mkv") << false;
        QTest::newRow("an archive") << QStringLiteral("a.tar.gz") << false;
        QTest::newRow("no suffix") << QStringLiteral("README") << false;
        QTest::newRow("a launcher") << QStringLiteral("Invoice.pdf.desktop") << true;
        QTest::newRow("a script") << QStringLiteral("setup.SH") << true;
        QTest::newRow("an AppImage") << QStringLiteral("tool.AppImage") << true;
        QTest::newRow("a jar") << QStringLiteral("x.jar") << true;
        QTest::newRow("an installer") << QStringLiteral("driver.run") << true;
    }
    void programsAreNeverOpened()
    {
        QFETCH(QString, name);
        QFETCH(bool, runs);
        QCOMPARE(ui::runsWhenOpened(name), runs);
    }
};

BELLHOP_TEST(FileListModelTest)
#include "tst_file_list_model.moc"
