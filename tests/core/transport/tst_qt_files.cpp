// SPDX-License-Identifier: Apache-2.0
#include "tests/core/disk/planted.h"
#include "tests/core/transport/what_is_said.h"
#include "tests/support/file_facts.h"
#include "tests/support/mounted_disk.h"
#include "tests/support/test_program.h"

using namespace core;

namespace {

constexpr qint64 kKibibyte = 1024;
constexpr qint64 kDiskBytes = 1024 * kKibibyte;
constexpr auto kNeedsRoot = "needs root and a kernel that lets it mount";

/// What stands in the place of the file.
enum class InTheWay { File, LinkToNothing };

void plant(const QTemporaryDir &dir, InTheWay what)
{
    const QString path = dir.filePath(QStringLiteral("film.bin"));
    if (what == InTheWay::File) {
        planted::file(path, "old");
    } else {
        planted::link(dir.filePath(QStringLiteral("elsewhere")), path);
    }
}

} // namespace

/// What QFile keeps to itself, or does beyond what was asked, and that a download does not.
class QtFilesTest final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        std::ignore = MountedDisk::areToBeHad();
        ::umask(022);
    }
    void init() { QTest::failOnWarning(QRegularExpression(QStringLiteral(".*"))); }

    void aFullDiskIsToldLateOrNotAtAllByQt_data();
    void aFullDiskIsToldLateOrNotAtAllByQt();
    void aFullDiskIsToldAtOnceByBellhop();
    void roomThatIsNotThereIsGivenByQtAndRefusedByBellhop();
    void whatIsInTheWayMayBeWrittenThroughByQtAndIsLeftAloneByBellhop_data();
    void whatIsInTheWayMayBeWrittenThroughByQtAndIsLeftAloneByBellhop();
    void whatIsNotYetWholeCanBeReadByAllWithQtAndByNobodyElseWithBellhop();
};

void QtFilesTest::aFullDiskIsToldLateOrNotAtAllByQt_data()
{
    QTest::addColumn<qint64>("bytes");
    QTest::addColumn<qint64>("written");
    QTest::addColumn<QFileDevice::FileError>("atTheEnd");
    QTest::newRow("what it keeps in a buffer: told on closing")
        << 8 * kKibibyte << 8 * kKibibyte << QFileDevice::WriteError;
    QTest::newRow("more: told by the count alone")
        << 2 * kDiskBytes << 4 * kKibibyte << QFileDevice::NoError;
}

void QtFilesTest::aFullDiskIsToldLateOrNotAtAllByQt()
{
    QFETCH(qint64, bytes);
    QFETCH(qint64, written);
    const QTemporaryDir dir;
    const MountedDisk disk(dir.path(), kDiskBytes);
    if (!disk.isMounted()) {
        QSKIP(kNeedsRoot);
    }
    planted::file(dir.filePath(QStringLiteral("hog")), QByteArray(kDiskBytes - 4 * kKibibyte, 'h'));
    QFile file(dir.filePath(QStringLiteral("film.bin")));
    QVERIFY(file.open(QIODevice::WriteOnly));
    QCOMPARE(file.write(QByteArray(bytes, 'a')), written);
    QCOMPARE(file.error(), QFileDevice::NoError);
    file.close();
    QTEST(file.error(), "atTheEnd");
    QCOMPARE(file.errorString(), QStringLiteral("Unknown error"));
    QCOMPARE(planted::facts(file.fileName()).st_size, 4 * kKibibyte);

    // To the byte the same with a part file.
    QVERIFY(file.remove());
    auto part = planted::newPart(dir.path(), QStringLiteral("film.bin"), std::nullopt);
    VERIFY_WORKED(part);
    const auto full = part->writeAt(0, QByteArray(bytes, 'a'));
    COMPARE_CAUSE(full, Cause::DiskFull);
    QCOMPARE(full.error().osError, ENOSPC);
}

void QtFilesTest::aFullDiskIsToldAtOnceByBellhop()
{
    EngineRig rig;
    const MountedDisk disk(rig.folder.path(), kDiskBytes);
    if (!disk.isMounted()) {
        QSKIP(kNeedsRoot);
    }
    HttpServer server; // does not say how long the file is, so that nothing can be reserved
    server.serve(said::kPath, {.body = Body::pattern(1, 2 * kDiskBytes),
                               .ranges = RangeAnswer::Ignored,
                               .framing = Framing::Chunked});
    const JobId id = rig.download({said::url(server)});
    QVERIFY(rig.reaches(id, JobState::Error));
    const JobError error = *rig.job(id).error;
    QCOMPARE(error.cause, Cause::DiskFull);
    QCOMPARE(error.step, core::Step::Write);
    QCOMPARE(error.evidence.osError, ENOSPC);
    QVERIFY(error.fileBytesDone <= kDiskBytes);
    const QByteArray part = rig.content(QStringLiteral("film.bin.part"));
    QVERIFY(part.first(error.fileBytesDone) == patternBytes(1, 0, error.fileBytesDone));
}

void QtFilesTest::roomThatIsNotThereIsGivenByQtAndRefusedByBellhop()
{
    const QTemporaryDir dir;
    const MountedDisk disk(dir.path(), kDiskBytes);
    if (!disk.isMounted()) {
        QSKIP(kNeedsRoot);
    }
    QFile file(dir.filePath(QStringLiteral("film.bin")));
    QVERIFY(file.open(QIODevice::WriteOnly));
    QVERIFY(file.resize(100 * kDiskBytes));
    QVERIFY(file.remove());

    const auto part =
        planted::newPart(dir.path(), QStringLiteral("film.bin"), std::optional(100 * kDiskBytes));
    COMPARE_CAUSE(part, Cause::DiskFull);
    QCOMPARE(part.error().bytesMissing, 99 * kDiskBytes);
    QVERIFY(planted::names(dir.path()).isEmpty());
}

void QtFilesTest::whatIsInTheWayMayBeWrittenThroughByQtAndIsLeftAloneByBellhop_data()
{
    QTest::addColumn<InTheWay>("what");
    QTest::addColumn<bool>("qtSays");
    QTest::addColumn<Cause>("cause");
    QTest::newRow("a file") << InTheWay::File << false << Cause::NameExists;
    QTest::newRow("a link to nothing") << InTheWay::LinkToNothing << true << Cause::NotRegularFile;
}

/// QFile looks first whether the name is taken, and renames then: what comes in between, or what
/// does not look like being there, is not noticed.
void QtFilesTest::whatIsInTheWayMayBeWrittenThroughByQtAndIsLeftAloneByBellhop()
{
    QFETCH(InTheWay, what);
    QFETCH(bool, qtSays);
    const QTemporaryDir dir;
    plant(dir, what);
    const QString from = dir.filePath(QStringLiteral("from"));
    planted::file(from, "new");
    QCOMPARE(QFile::rename(from, dir.filePath(QStringLiteral("film.bin"))), qtSays);
    QCOMPARE(planted::names(dir.path()).contains(QStringLiteral("elsewhere")), qtSays);

    HttpServer server;
    server.serve(said::kPath, {.body = said::file()});
    EngineRig rig;
    plant(rig.folder, what);
    const JobId id = rig.download({said::url(server)});
    QVERIFY(rig.reaches(id, JobState::Error));
    QTEST(rig.job(id).error->cause, "cause");
    QCOMPARE(rig.listing(), QStringList{QStringLiteral("film.bin")});
    QVERIFY(rig.content(QStringLiteral("film.bin")) != said::file());
}

void QtFilesTest::whatIsNotYetWholeCanBeReadByAllWithQtAndByNobodyElseWithBellhop()
{
    const QTemporaryDir dir;
    QFile file(dir.filePath(QStringLiteral("film.bin")));
    QVERIFY(file.open(QIODevice::WriteOnly));
    QCOMPARE(modeOf(file.fileName()), mode_t(0644));

    HttpServer server;
    server.serve(said::kPath, {.body = said::file()});
    server.holdAfter(said::kPath, 400, "half");
    EngineRig rig;
    const JobId id = rig.download({said::url(server)});
    QTRY_COMPARE(rig.job(id).progress.bytesDone, 400);
    QCOMPARE(modeOf(rig.path(QStringLiteral("film.bin.part"))), mode_t(0600));
    const QStringList kept = planted::names(rig.state.path());
    QVERIFY(kept.contains(QStringLiteral("jobs.sqlite")));
    for (const QString &name : kept) {
        QVERIFY2(modeOf(rig.state.filePath(name)) == mode_t(0600), qPrintable(name));
    }
    server.release("half");
    QVERIFY(rig.reaches(id, JobState::Acknowledged));
    QCOMPARE(modeOf(rig.path(QStringLiteral("film.bin"))), mode_t(0644)); // as the person has it
}

BELLHOP_TEST(QtFilesTest)
#include "tst_qt_files.moc"
