// SPDX-License-Identifier: Apache-2.0
#include "core/queue/change_job.h"
#include "tests/support/pretty.h"
#include "tests/support/test_program.h"

using namespace core;

namespace {

FileRecord fileOf(FileState state, const QString &name = {})
{
    FileRecord file;
    file.state = state;
    file.name = name;
    return file;
}

JobRecord jobOf(const QList<FileRecord> &files)
{
    JobRecord job;
    job.id = {1};
    job.files = files;
    return job;
}

FileChange leavingOut(const QList<int> &files)
{
    return {.files = files, .wanted = false, .priority = {}};
}

FileChange takingIn(const QList<int> &files)
{
    return {.files = files, .wanted = true, .priority = {}};
}

} // namespace

/// What may be chosen of the files of a job, and what becomes of a file that is.
class ChangeJobTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(QStringLiteral(".*"))); }

    void whatCannotBeChosenIsRefused_data()
    {
        QTest::addColumn<QList<FileState>>("files");
        QTest::addColumn<QList<FileChange>>("changes");
        QTest::addColumn<std::optional<RefusalKind>>("expected");
        using Expected = std::optional<RefusalKind>;
        using enum FileState;
        QTest::newRow("nothing") << QList{Pending} << QList<FileChange>() << Expected();
        QTest::newRow("one of two")
            << QList{Pending, Failed} << QList{leavingOut({1})} << Expected();
        QTest::newRow("a whole one") << QList{Pending, Whole} << QList{leavingOut({1})}
                                     << Expected(RefusalKind::FileInPlace);
        QTest::newRow("one that has its name")
            << QList{Pending, Published} << QList{leavingOut({1})}
            << Expected(RefusalKind::FileInPlace);
        QTest::newRow("the only one")
            << QList{Pending} << QList{leavingOut({0})} << Expected(RefusalKind::LastFile);
        QTest::newRow("the last one") << QList{Unwanted, Pending} << QList{leavingOut({1})}
                                      << Expected(RefusalKind::LastFile);
        QTest::newRow("one for another")
            << QList{Unwanted, Pending} << QList{takingIn({0}), leavingOut({1})} << Expected();
        QTest::newRow("no such file") << QList{Pending, Pending} << QList{takingIn({2})}
                                      << Expected(RefusalKind::UnknownFile);
        QTest::newRow("no such file at all") << QList{Pending, Pending} << QList{takingIn({-1})}
                                             << Expected(RefusalKind::UnknownFile);
    }
    void whatCannotBeChosenIsRefused()
    {
        QFETCH(const QList<FileState>, files);
        QFETCH(const QList<FileChange>, changes);
        QFETCH(const std::optional<RefusalKind>, expected);
        JobRecord job = jobOf({});
        for (const FileState state : files) {
            job.files.append(fileOf(state));
        }
        const auto refusal = refusalOf(changes, job);
        QCOMPARE(refusal ? std::optional(refusal->kind) : std::nullopt, expected);
    }

    void anUploadHasNothingToChoose()
    {
        JobRecord job = jobOf({fileOf(FileState::Pending)});
        job.type = JobType::Upload;
        const FileChange first{.files = {0}, .wanted = {}, .priority = FilePriority::High};
        QCOMPARE(refusalOf({first}, job).value_or(Refusal()).kind, RefusalKind::FilesOfUpload);
    }

    void whatThereIsOfAFileStaysWithItWhileItIsLeftOut()
    {
        FileRecord begun = fileOf(FileState::Waiting, QStringLiteral("a"));
        begun.durable = RangeSet::prefix(500);
        begun.part = {QStringLiteral("/d/a.part"), 1, 2};
        begun.due = Due{};
        begun.failures = 3;
        const JobRecord job = jobOf({begun, fileOf(FileState::Pending)});
        const JobRecord without = withChanges(job, {leavingOut({0})});
        QCOMPARE(without.files.first().state, FileState::Unwanted);
        QVERIFY(!without.files.first().due);
        const JobRecord again = withChanges(without, {takingIn({0})});
        QCOMPARE(again.files.first().state, FileState::Pending);
        QCOMPARE(again.files.first().durable, begun.durable);
        QCOMPARE(again.files.first().part, begun.part);
        QCOMPARE(again.files.first().failures, 0);
        QCOMPARE(chosenBetween(job, without), (happening::FilesChosen{.leftOut = 1}));
        QCOMPARE(chosenBetween(without, again), (happening::FilesChosen{.takenIn = 1}));
    }

    void bytesThatAreKnownToBeWrongAreFetchedAgain()
    {
        FileRecord wrong = fileOf(FileState::Unwanted, QStringLiteral("a"));
        wrong.durable = RangeSet::prefix(500);
        wrong.error = JobError{.cause = Cause::HashMismatch};
        QVERIFY(withChanges(jobOf({wrong}), {takingIn({0})}).files.first().durable.isEmpty());
    }

    void aFileThatIsWantedAlreadyStaysAsItIs()
    {
        const JobRecord job = jobOf({fileOf(FileState::Active), fileOf(FileState::Failed)});
        QCOMPARE(withChanges(job, {takingIn({0, 1})}), job);
    }

    void oneThatWasLeftOutForItsNameIsAskedAboutThen()
    {
        JobRecord job = jobOf({fileOf(FileState::Unwanted, QStringLiteral("a"))});
        job.options.existing = ExistingFile::Skip;
        QCOMPARE(withChanges(job, {takingIn({0})}).files.first().existing, ExistingFile::Ask);
    }

    void oneWhoseNameASiblingHasTakenGetsAnother()
    {
        const QString name = QStringLiteral("a");
        const JobRecord job =
            jobOf({fileOf(FileState::Unwanted, name), fileOf(FileState::Pending, name)});
        QCOMPARE(withChanges(job, {takingIn({0})}).files.first().name, QStringLiteral("a (1)"));
    }
};

BELLHOP_TEST(ChangeJobTest)
#include "tst_change_job.moc"
