// SPDX-License-Identifier: Apache-2.0
#include "core/queue/file_names.h"
#include "core/queue/job_totals.h"
#include "tests/support/pretty.h"
#include "tests/support/test_program.h"

using namespace core;

namespace {

constexpr std::array kFileStates{FileState::Pending, FileState::Active, FileState::Waiting,
                                 FileState::Failed,  FileState::Whole,  FileState::Published,
                                 FileState::Unwanted};

FileRecord file(FileState state, std::optional<qint64> sizeBytes = {}, qint64 durableBytes = 0)
{
    FileRecord made;
    made.state = state;
    made.sizeBytes = sizeBytes;
    made.durable = RangeSet::prefix(durableBytes);
    return made;
}

FileRecord counted(qint64 sizeBytes)
{
    FileRecord made = file(FileState::Whole, sizeBytes, sizeBytes);
    made.sizeSource = SizeSource::Counted;
    return made;
}

} // namespace

class JobTotalsTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(QStringLiteral(".*"))); }

    void theProgressIsTheSumOfTheWantedFiles_data()
    {
        QTest::addColumn<QList<FileRecord>>("files");
        QTest::addColumn<Progress>("expected");
        const auto row = [](const char *name, const QList<FileRecord> &files,
                            const Progress &expected) { QTest::newRow(name) << files << expected; };
        row("no file", {}, {.bytesTotal = 0});
        row("a size that is not known makes the sum unknown",
            {file(FileState::Pending, 100), file(FileState::Pending)}, {.filesTotal = 2});
        row("what is durable counts in any state",
            {file(FileState::Active, 100, 30), file(FileState::Waiting, 100, 20),
             file(FileState::Failed, 100, 10)},
            {.bytesDone = 60, .bytesTotal = 300, .filesTotal = 3, .filesFailed = 1});
        row("whole and published files are done",
            {file(FileState::Whole, 100, 100), file(FileState::Published, 50, 50)},
            {.bytesDone = 150, .bytesTotal = 150, .filesDone = 2, .filesTotal = 2});
        row("a file that is not wanted is left out, whatever there is of it",
            {file(FileState::Unwanted, 100, 60), file(FileState::Pending, 40)},
            {.bytesTotal = 40, .filesTotal = 1});
        row("a file whose size nobody stated is told of", {counted(70)},
            {.bytesDone = 70,
             .bytesTotal = 70,
             .filesDone = 1,
             .filesTotal = 1,
             .filesCounted = 1});
    }
    void theProgressIsTheSumOfTheWantedFiles()
    {
        QFETCH(const QList<FileRecord>, files);
        QFETCH(const Progress, expected);
        QVERIFY(JobTotals(files).progress() == expected);
    }

    /// Pending files, each by its priority; what comes is their order.
    void whatComesFirstGoesByPriorityThenByTheOrderInWhichFilesWereAdded_data()
    {
        QTest::addColumn<QList<FileRecord>>("files");
        QTest::addColumn<QList<int>>("expected");
        const auto of = [](FilePriority priority, FileState state = FileState::Pending) {
            FileRecord made = file(state);
            made.priority = priority;
            return made;
        };
        const FileRecord high = of(FilePriority::High);
        const FileRecord normal = of(FilePriority::Normal);
        const FileRecord low = of(FilePriority::Low);
        QTest::newRow("none") << QList<FileRecord>() << QList<int>();
        QTest::newRow("all alike") << QList{normal, normal, normal} << QList{0, 1, 2};
        QTest::newRow("one first") << QList{normal, normal, high} << QList{2, 0, 1};
        QTest::newRow("one last") << QList{low, normal, normal} << QList{1, 2, 0};
        QTest::newRow("of each") << QList{low, high, normal, low, high, normal}
                                 << QList{1, 4, 2, 5, 0, 3};
        QTest::newRow("only what waits for its turn")
            << QList{of(FilePriority::High, FileState::Unwanted),
                     of(FilePriority::High, FileState::Failed),
                     of(FilePriority::High, FileState::Whole), low}
            << QList{3};
    }
    void whatComesFirstGoesByPriorityThenByTheOrderInWhichFilesWereAdded()
    {
        QFETCH(const QList<FileRecord>, files);
        QList<int> order;
        const JobTotals totals(files);
        for (const PendingFile &each : totals.pending()) {
            order.append(each.index);
        }
        QTEST(order, "expected");
    }

    void completeKeepsWhatIsWholeAndLetsGoOfTheRest_data()
    {
        QTest::addColumn<QList<FileRecord>>("files");
        QTest::addColumn<CompleteEffect>("expected");
        QTest::newRow("no file") << QList<FileRecord>() << CompleteEffect();
        QTest::newRow("one of each")
            << QList<FileRecord>{file(FileState::Whole, 100, 100), file(FileState::Failed, 80, 30),
                                 file(FileState::Pending, 50), file(FileState::Unwanted, 20, 5)}
            << CompleteEffect{.filesKept = 1,
                              .bytesKept = 100,
                              .filesPartial = 1,
                              .bytesPartial = 30,
                              .bytesAside = 5, // of what was left out
                              .filesMissing = 1};
        QTest::newRow("a whole file without a size counts what is there")
            << QList<FileRecord>{file(FileState::Published, {}, 40)}
            << CompleteEffect{.filesKept = 1, .bytesKept = 40};
    }
    void completeKeepsWhatIsWholeAndLetsGoOfTheRest()
    {
        QFETCH(const QList<FileRecord>, files);
        QFETCH(const CompleteEffect, expected);
        QVERIFY(JobTotals(files).completeEffect() == expected);
    }

    void cancelRemovesAllThatIsNotInPlace()
    {
        FileRecord begunAnew = file(FileState::Failed, 80, 30);
        begunAnew.superseded = {{{QStringLiteral("/a.part"), 1, 2}, 70},
                                {{QStringLiteral("/b.part"), 1, 3}, 7}};
        const JobTotals totals({begunAnew, file(FileState::Unwanted, 20, 5),
                                file(FileState::Whole, 100, 100),
                                file(FileState::Published, 1000, 1000)});
        QCOMPARE(totals.bytesOnCancel(), 30 + 77 + 5 + 100);
        QCOMPARE(totals.completeEffect().bytesPartial, 30);
        QCOMPARE(totals.completeEffect().bytesAside, 77 + 5);
    }

    /// Whatever one file becomes, the sums are those of a list that was that way from the start.
    void takingAFileOutAndPuttingItInAgainIsLikeCountingAnew()
    {
        QList<FileRecord> kinds;
        for (const FileState state : kFileStates) {
            kinds += {file(state), file(state, 100), file(state, 100, 40), file(state, {}, 40)};
        }
        kinds.append(counted(70));
        for (const FileRecord &before : std::as_const(kinds)) {
            for (const FileRecord &after : std::as_const(kinds)) {
                JobTotals totals({kinds.first(), before, kinds.last()});
                totals.remove(1, before);
                totals.add(1, after);
                const JobTotals anew({kinds.first(), after, kinds.last()});
                QVERIFY(totals.progress() == anew.progress());
                QVERIFY(totals.completeEffect() == anew.completeEffect());
                QVERIFY(totals.pending() == anew.pending());
                for (const FileState state : kFileStates) {
                    QCOMPARE(totals.count(state), anew.count(state));
                }
            }
        }
    }

    void anErrorIsGivenHowFarItsJobIs()
    {
        const JobError error = withProgress({.cause = Cause::NotFound},
                                            {.bytesDone = 10, .filesDone = 1, .filesTotal = 3});
        QCOMPARE(error.cause, Cause::NotFound);
        QCOMPARE(error.jobBytesDone, 10);
        QCOMPARE(error.jobFilesDone, 1);
        QCOMPARE(error.jobFilesTotal, 3);
    }

    void aFileIsCalledByTheBestNameThereIs_data()
    {
        QTest::addColumn<QString>("name");
        QTest::addColumn<QString>("wished");
        QTest::addColumn<QString>("url");
        QTest::addColumn<QString>("expected");
        const QString url = QStringLiteral("https://a.example/dir/from-url.iso?x=1");
        QTest::newRow("the one that is fixed")
            << QStringLiteral("fixed") << QStringLiteral("wish") << url << QStringLiteral("fixed");
        QTest::newRow("the one that was wished for")
            << QString() << QStringLiteral("wish") << url << QStringLiteral("wish");
        QTest::newRow("the one in the address")
            << QString() << QString() << url << QStringLiteral("from-url.iso");
        QTest::newRow("the host when the address has none")
            << QString() << QString() << QStringLiteral("https://a.example/")
            << QStringLiteral("a.example");
    }
    void aFileIsCalledByTheBestNameThereIs()
    {
        QFETCH(const QString, name);
        QFETCH(const QString, wished);
        QFETCH(const QString, url);
        FileRecord record;
        record.name = name;
        record.spec.name = wished;
        record.spec.url = QUrl(url);
        QTEST(displayName(record), "expected");
    }
};

BELLHOP_TEST(JobTotalsTest)
#include "tst_job_totals.moc"
