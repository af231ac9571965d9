// SPDX-License-Identifier: Apache-2.0
// What a disk has against a file, on file systems that really are so: full, read-only, closed to
// everybody; and a name that something else has.
#include "core/remedy/question_group.h"
#include "tests/integration/asked.h"
#include "tests/support/caseless_disk.h"
#include "tests/support/engine_rig.h"
#include "tests/support/immutable_folder.h"
#include "tests/support/mounted_disk.h"
#include "tests/support/pretty.h"
#include "tests/support/test_program.h"

#include <QFileInfo>

#include <sys/stat.h>

#include <atomic>

using namespace core;
using namespace Qt::StringLiterals;

namespace {

constexpr qint64 kMiB = qint64(1) << 20;
constexpr qint64 kStoredBytes = 3 * kMiB;
constexpr auto kNeedsRoot = "needs root, and a kernel and file systems that let it";

/// Every byte that was written is claimed soon, so that there is something to go on from.
EngineConfig syncingAtOnce()
{
    EngineConfig config;
    config.limits.syncEvery = std::chrono::milliseconds(0);
    return config;
}

} // namespace

class StorageCausesTest final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    /// Before there is a thread.
    void initTestCase() { std::ignore = MountedDisk::areToBeHad(); }
    void init();
    void cleanup();

    void aFileThatDoesNotFitWaitsForRoom();
    void jobsOfOneFullDriveAskOneQuestion();
    void aDiskThatFillsUpHalfWayKeepsWhatIsDurable();
    void aFullDiskIsLeftForAnotherFolder();
    void aQuotaIsNotTakenForAFullDisk();
    void aReadOnlyDiskIsAskedAndGoesOnWhereItWas();
    void aFolderThatIsClosedToUsIsAsked();
    void aFolderThatIsClosedWhenTheFileIsWholeIsAnObstacle();
    void aFolderWhoseNameIsTooLongIsAsked();
    void aNameThatIsTooLongIsShortened();
    void namesThatAreOneOnADriveWithoutCapitalsAreTwoFiles();
    void aNameThatIsTakenInOtherLettersIsAsked();
    void aDriveWithoutAttributesIsAsGood();
    void whatIsNoFileIsNeverReplaced_data();
    void whatIsNoFileIsNeverReplaced();

private:
    [[nodiscard]] QUrl link() const { return m_server->url(u"/film.mp4"_s); }
    [[nodiscard]] QByteArray film() const { return patternBytes(3, 0, kStoredBytes); }
    /// A job that was suspended half-way; how much of it is on the disk.
    [[nodiscard]] qint64 haveHalf(JobId *id);

    std::unique_ptr<HttpServer> m_server;
    std::unique_ptr<EngineRig> m_rig;
};

void StorageCausesTest::init()
{
    QTest::failOnWarning(QRegularExpression(u".*"_s));
    m_server = std::make_unique<HttpServer>();
    m_server->serve("/film.mp4", {.body = Body::pattern(3, kStoredBytes)});
    m_rig = std::make_unique<EngineRig>(syncingAtOnce());
}

void StorageCausesTest::cleanup()
{
    m_rig.reset();
    m_server.reset();
}

qint64 StorageCausesTest::haveHalf(JobId *id)
{
    m_server->holdAfter("/film.mp4", kMiB, "half");
    *id = m_rig->download({link()});
    std::ignore = QTest::qWaitFor([&] { return m_rig->job(*id).progress.bytesDone >= kMiB; });
    std::ignore = m_rig->ask<message::Suspend>({{*id}});
    std::ignore = QTest::qWaitFor([&] { return m_rig->file(*id).state == FileState::Pending; });
    return m_rig->file(*id).bytesDone;
}

void StorageCausesTest::aFileThatDoesNotFitWaitsForRoom()
{
    const MountedDisk disk(m_rig->folder.path(), 2 * kMiB);
    if (!disk.isMounted()) {
        QSKIP(kNeedsRoot);
    }
    const JobId id = m_rig->download({link()});
    QVERIFY(m_rig->reaches(id, JobState::Error));
    const JobError error = *m_rig->job(id).error;
    QCOMPARE(asked(error), "DiskFull None 8 FreeSpace");
    QCOMPARE(error.step, core::Step::Prepare);
    QCOMPARE(error.bytesMissing, std::optional(kMiB));
    QVERIFY(m_rig->listing().isEmpty());
    QTRY_COMPARE(m_rig->attentions.size(), 1);

    m_rig->restart(); // the promise to go on outlives the program
    QVERIFY(disk.resize(8 * kMiB));
    QVERIFY(m_rig->reaches(id, JobState::Acknowledged, 20'000)); // without a word of anybody
    QCOMPARE(m_rig->listing(), QStringList{u"film.mp4"_s});
    QVERIFY(m_rig->content(u"film.mp4"_s) == film());
    QCOMPARE(m_server->requests().size(), 2);
}

void StorageCausesTest::jobsOfOneFullDriveAskOneQuestion()
{
    const MountedDisk disk(m_rig->folder.path(), 2 * kMiB);
    if (!disk.isMounted()) {
        QSKIP(kNeedsRoot);
    }
    QList<QuestionGroup> groups;
    for (const QString &name : {u"films"_s, u"songs"_s}) {
        QVERIFY(QDir(m_rig->folder.path()).mkdir(name));
        JobSpec spec = m_rig->spec({link()});
        spec.folder = m_rig->path(name);
        const JobId id = m_rig->download(spec);
        QVERIFY(m_rig->reaches(id, JobState::Error));
        QCOMPARE(m_rig->job(id).error->cause, Cause::DiskFull);
        groups.append(questionGroupOf(m_rig->job(id)).value());
    }
    QCOMPARE(groups.first(), groups.last());
}

void StorageCausesTest::aDiskThatFillsUpHalfWayKeepsWhatIsDurable()
{
    const MountedDisk disk(m_rig->folder.path(), 2 * kMiB);
    if (!disk.isMounted()) {
        QSKIP(kNeedsRoot);
    }
    // Nobody says how long it is, so that nothing can be reserved.
    m_server->serve("/film.mp4", {.body = Body::pattern(3, kStoredBytes),
                                  .ranges = RangeAnswer::Ignored,
                                  .framing = Framing::Chunked});
    m_server->holdAfter("/film.mp4", kMiB, "half");
    const JobId id = m_rig->download({link()});
    QTRY_VERIFY(m_rig->file(id).bytesDone >= kMiB);
    m_server->release("half");
    QVERIFY(m_rig->reaches(id, JobState::Error));
    const JobError error = *m_rig->job(id).error;
    QCOMPARE(asked(error), "DiskFull None 8 FreeSpace");
    QVERIFY(error.fileBytesDone > 0);
    QVERIFY(m_rig->content(u"film.mp4.part"_s).first(error.fileBytesDone) ==
            patternBytes(3, 0, error.fileBytesDone));
    // As long as there is no more room it is not tried again.
    const qsizetype requests =
        m_server->requests().size(); // perhaps for what is beyond the end, too
    QVERIFY(!QTest::qWaitFor([&] { return m_server->requests().size() > requests; }, 11'000));

    m_server->serve("/film.mp4", {.body = Body::pattern(3, kStoredBytes)});
    QVERIFY(disk.resize(16 * kMiB));
    QVERIFY(m_rig->reaches(id, JobState::Acknowledged, 20'000));
    QVERIFY(m_rig->content(u"film.mp4"_s) == film());
    QCOMPARE(m_server->requests().last().header("Range"),
             "bytes=" + QByteArray::number(error.fileBytesDone) + '-');
}

void StorageCausesTest::aFullDiskIsLeftForAnotherFolder()
{
    JobId id;
    const MountedDisk disk(m_rig->folder.path(), 8 * kMiB);
    if (!disk.isMounted()) {
        QSKIP(kNeedsRoot);
    }
    m_server->serve("/film.mp4", {.body = Body::pattern(3, kStoredBytes),
                                  .ranges = RangeAnswer::Ignored,
                                  .framing = Framing::Chunked}); // so that nothing is reserved
    const qint64 durable = haveHalf(&id);
    QCOMPARE(durable, kMiB);
    QFile hog(m_rig->path(u"hog"_s));
    QVERIFY(hog.open(QIODevice::WriteOnly));
    while (hog.write(QByteArray(4096, 'h')) > 0 && hog.flush()) {
    }
    hog.close();
    m_rig->resume(id);
    QVERIFY(m_rig->reaches(id, JobState::Error));
    QCOMPARE(asked(m_rig->job(id).error), "DiskFull None 8 FreeSpace");

    const QTemporaryDir other;
    m_rig->resume(id, {fix::OtherFolder{other.path()}});
    QVERIFY(m_rig->reaches(id, JobState::Acknowledged));
    QCOMPARE(m_rig->listing(), QStringList{u"hog"_s});
    QFile whole(other.filePath(u"film.mp4"_s));
    QVERIFY(whole.open(QIODevice::ReadOnly));
    QVERIFY(whole.readAll() == film());
    QVERIFY(m_server->requests().last().header("Range") != "bytes=0-");
}

void StorageCausesTest::aQuotaIsNotTakenForAFullDisk()
{
    // Root has no quota, so the disk says so in our place.
    const auto isUsedUp = std::make_shared<std::atomic<bool>>(true);
    EngineConfig config = syncingAtOnce();
    config.disk.beforeWrite = [isUsedUp](qint64 offset, qint64 size) {
        return *isUsedUp && offset + size > 2 * kMiB ? EDQUOT : 0;
    };
    m_rig = std::make_unique<EngineRig>(config);
    m_server->holdAfter("/film.mp4", kMiB, "half");
    const JobId id = m_rig->download({link()});
    QTRY_VERIFY(m_rig->file(id).bytesDone >= kMiB);
    m_server->release("half");
    QVERIFY(m_rig->reaches(id, JobState::Error));
    const JobError error = *m_rig->job(id).error;
    QCOMPARE(asked(error), "QuotaExceeded None 8 FreeSpace");
    QCOMPARE(error.evidence.osError, EDQUOT);
    QVERIFY(error.fileBytesDone > 0);

    *isUsedUp = false;
    m_rig->resume(id, {fix::Retry{}});
    QVERIFY(m_rig->reaches(id, JobState::Acknowledged));
    QVERIFY(m_rig->content(u"film.mp4"_s) == film());
    QCOMPARE(m_server->requests().last().header("Range"),
             "bytes=" + QByteArray::number(error.fileBytesDone) + '-');
}

void StorageCausesTest::aReadOnlyDiskIsAskedAndGoesOnWhereItWas()
{
    JobId id;
    const MountedDisk disk(m_rig->folder.path(), 8 * kMiB);
    if (!disk.isMounted()) {
        QSKIP(kNeedsRoot);
    }
    const qint64 durable = haveHalf(&id);
    QVERIFY(durable >= kMiB);
    QTRY_VERIFY(disk.setReadOnly(true)); // as soon as the part is closed
    m_rig->resume(id);
    QVERIFY(m_rig->reaches(id, JobState::Error));
    QCOMPARE(asked(m_rig->job(id).error), "ReadOnlyDisk None 8 OtherFolder");
    QCOMPARE(m_rig->job(id).error->fileBytesDone, durable);
    QCOMPARE(m_server->requests().size(), 1); // nothing is asked for that cannot be put anywhere

    QVERIFY(disk.setReadOnly(false));
    m_rig->resume(id, {fix::Retry{}});
    QVERIFY(m_rig->reaches(id, JobState::Acknowledged));
    QVERIFY(m_rig->content(u"film.mp4"_s) == film());
    QCOMPARE(m_server->requests().last().header("Range"),
             "bytes=" + QByteArray::number(durable) + '-');
}

void StorageCausesTest::aFolderThatIsClosedToUsIsAsked()
{
    JobId id;
    const qint64 durable = haveHalf(&id);
    ImmutableFolder closed(m_rig->folder.path());
    if (!closed.isClosed()) {
        QSKIP(kNeedsRoot);
    }
    m_rig->resume(id);
    QVERIFY(m_rig->reaches(id, JobState::Error));
    QCOMPARE(asked(m_rig->job(id).error), "NoPermission None 8 OtherFolder");
    QCOMPARE(m_rig->job(id).error->fileBytesDone, durable);
    closed.release();
    m_rig->resume(id, {fix::Retry{}});
    QVERIFY(m_rig->reaches(id, JobState::Acknowledged));
    QVERIFY(m_rig->content(u"film.mp4"_s) == film());
}

void StorageCausesTest::aFolderThatIsClosedWhenTheFileIsWholeIsAnObstacle()
{
    JobSpec spec = m_rig->spec({link()});
    spec.options.complete = CompleteMode::OnRequest;
    const JobId id = m_rig->add(spec);
    m_rig->resume(id);
    QVERIFY(m_rig->reaches(id, JobState::Transferred));
    ImmutableFolder closed(m_rig->folder.path());
    if (!closed.isClosed()) {
        QSKIP(kNeedsRoot);
    }
    const auto outcome = m_rig->ask<message::Complete>({{id}});
    QVERIFY(outcome && outcome->done.size() == 1);
    QCOMPARE(asked(outcome->done.first().obstacle), "NoPermission None 8 OtherFolder");
    QCOMPARE(m_rig->job(id).state, JobState::Transferred);
    closed.release();
    m_rig->resume(id, {fix::Retry{}});
    QVERIFY(m_rig->reaches(id, JobState::Acknowledged));
    QVERIFY(m_rig->content(u"film.mp4"_s) == film());
    QCOMPARE(m_server->requests().size(), 1);
}

void StorageCausesTest::aFolderWhoseNameIsTooLongIsAsked()
{
    JobId id;
    const qint64 durable = haveHalf(&id);
    const QString tooLong = m_rig->path(QString(300, u'x'));
    m_rig->resume(id, {fix::OtherFolder{tooLong}, fix::CreateFolder{}});
    QVERIFY(m_rig->reaches(id, JobState::Error));
    // Another name of the file would not help.
    QCOMPARE(asked(m_rig->job(id).error), "NameTooLong None 8 OtherFolder");
    QCOMPARE(m_rig->job(id).error->localPath, tooLong);
    m_rig->resume(id, {fix::OtherFolder{m_rig->path(u"films"_s)}});
    QVERIFY(m_rig->reaches(id, JobState::Acknowledged));
    QCOMPARE(m_rig->listing(), QStringList{u"films"_s});
    QVERIFY(m_rig->content(u"films/film.mp4"_s) == film());
    QCOMPARE(m_server->requests().last().header("Range"),
             "bytes=" + QByteArray::number(durable) + '-');
}

void StorageCausesTest::aNameThatIsTooLongIsShortened()
{
    const QByteArray path = '/' + QByteArray("%C3%A4").repeated(200) + ".mp4"; // 404 bytes
    m_server->serve(path, {.body = Body::pattern(3, kStoredBytes)});
    const JobId id = m_rig->download({m_server->url(QString::fromLatin1(path))});
    QVERIFY(m_rig->reaches(id, JobState::Acknowledged));
    QCOMPARE(m_rig->listing().size(), 1);
    const QString name = m_rig->listing().constFirst();
    QVERIFY(name.endsWith(u".mp4"));
    QVERIFY(name.toUtf8().size() <= 255);
    QVERIFY(m_rig->content(name) == film());
}

void StorageCausesTest::whatIsNoFileIsNeverReplaced_data()
{
    QTest::addColumn<QByteArray>("thing");
    QTest::addColumn<ExistingFile>("policy");
    QTest::addColumn<QByteArray>("question");
    for (const char *thing : {"folder", "fifo", "link"}) {
        QTest::addRow("%s, to be replaced", thing) << QByteArray(thing) << ExistingFile::Replace
                                                   << QByteArray("NotRegularFile None 8 OtherName");
        QTest::addRow("%s", thing) << QByteArray(thing) << ExistingFile::Ask
                                   << QByteArray("NotRegularFile None 8 OtherName");
    }
}

void StorageCausesTest::whatIsNoFileIsNeverReplaced()
{
    QFETCH(QByteArray, thing);
    QFETCH(ExistingFile, policy);
    QFETCH(QByteArray, question);
    const QByteArray place = QFile::encodeName(m_rig->path(u"film.mp4"_s));
    if (thing == "folder") {
        QCOMPARE(::mkdir(place.constData(), 0700), 0);
    } else if (thing == "fifo") {
        QCOMPARE(::mkfifo(place.constData(), 0600), 0);
    } else {
        QCOMPARE(::symlink("/nowhere", place.constData()), 0);
    }
    struct stat before = {};
    QCOMPARE(::lstat(place.constData(), &before), 0);
    JobSpec spec = m_rig->spec({link()});
    spec.options.existing = policy;
    const JobId id = m_rig->add(spec);
    m_rig->resume(id);
    QVERIFY(m_rig->reaches(id, JobState::Error));
    QCOMPARE(asked(m_rig->job(id).error), question);
    QCOMPARE(m_rig->listing().size(), 1); // nothing was fetched yet

    m_rig->resume(id, {fix::OtherName{u"other.mp4"_s, {}}});
    QVERIFY(m_rig->reaches(id, JobState::Acknowledged));
    QVERIFY(m_rig->content(u"other.mp4"_s) == film());
    struct stat after = {};
    QCOMPARE(::lstat(place.constData(), &after), 0);
    QCOMPARE(after.st_ino, before.st_ino);
    QCOMPARE(after.st_mode, before.st_mode);
}

void StorageCausesTest::namesThatAreOneOnADriveWithoutCapitalsAreTwoFiles()
{
    const CaselessDisk disk(m_rig->folder.path());
    if (!disk.isMounted()) {
        QSKIP("needs ntfs-3g, root, and a kernel that lets it");
    }
    m_server->serve("/FILM.mp4", {.body = Body::pattern(4, kStoredBytes)});
    const JobId id = m_rig->download({link(), m_server->url(u"/FILM.mp4"_s)});
    QVERIFY(m_rig->reaches(id, JobState::Acknowledged));
    QCOMPARE(m_rig->notes(id), QList<Note>{Note::NumberedName});
    QCOMPARE(m_rig->listing().size(), 2);
    QVERIFY(m_rig->content(m_rig->file(id, 0).name) == film());
    QVERIFY(m_rig->content(m_rig->file(id, 1).name) == patternBytes(4, 0, kStoredBytes));
}

void StorageCausesTest::aNameThatIsTakenInOtherLettersIsAsked()
{
    const CaselessDisk disk(m_rig->folder.path());
    if (!disk.isMounted()) {
        QSKIP("needs ntfs-3g, root, and a kernel that lets it");
    }
    m_rig->plant(u"Film.MP4"_s, "mine");
    const JobId id = m_rig->download({link()});
    QVERIFY(m_rig->reaches(id, JobState::Error));
    QCOMPARE(m_rig->job(id).error->cause, Cause::NameExists);
    m_rig->resume(id, {fix::KeepBoth{}});
    QVERIFY(m_rig->reaches(id, JobState::Acknowledged));
    QCOMPARE(m_rig->content(u"Film.MP4"_s), QByteArray("mine"));
    QVERIFY(m_rig->content(m_rig->file(id).name) == film());
}

void StorageCausesTest::aDriveWithoutAttributesIsAsGood()
{
    const MountedDisk disk(m_rig->folder.path(), 0, "ramfs");
    if (!disk.isMounted()) {
        QSKIP(kNeedsRoot);
    }
    JobId id;
    const qint64 held = haveHalf(&id);
    QVERIFY(held > 0);
    m_rig->restart();
    m_rig->resume(id);
    QVERIFY(m_rig->reaches(id, JobState::Acknowledged));
    QCOMPARE(m_rig->listing(), QStringList{u"film.mp4"_s});
    QVERIFY(m_rig->content(u"film.mp4"_s) == film());
}

BELLHOP_TEST(StorageCausesTest)
#include "tst_storage_causes.moc"
