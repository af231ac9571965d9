// SPDX-License-Identifier: Apache-2.0
#include "core/disk/our_file.h"
#include "core/store/sqlite_file.h"
#include "tests/core/contract/half_fetched.h"
#include "tests/support/pretty.h"
#include "tests/support/test_program.h"

#include <fcntl.h>
#include <sys/stat.h>

using namespace core;
using namespace Qt::StringLiterals;

namespace {

using half_fetched::happened;
using half_fetched::jobIn;
using half_fetched::kBlock;
using half_fetched::kHalf;
using half_fetched::specOf;
constexpr qint64 kPartBytes = half_fetched::kFileBytes;

const QString kPart = u"file.part"_s;

/// What somebody does to a part that waits.
enum class Meddling { None, Touch, Overwrite, Truncate, Append, Copy, PutBack };

using Requests = QList<QByteArray>;

} // namespace

Q_DECLARE_METATYPE(Meddling)

/// What lies on the disk is not believed to be what was received because it has the right length.
class DamagedPartsTest final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(QStringLiteral(".*"))); }

    void aPartThatSomebodyMeddledWithIsMendedBlockByBlock_data();
    void aPartThatSomebodyMeddledWithIsMendedBlockByBlock();
    void whatAChecksumFindsOutIsMendedToo_data();
    void whatAChecksumFindsOutIsMendedToo();
    void whatAPersonDoubtsIsReadAgain_data();
    void whatAPersonDoubtsIsReadAgain();
    void aWrongChecksumOfBytesThatAreAsTheyCameIsAQuestion();
    void whereNothingVouchesForTheRestAllIsFetchedAgain();
    void completeAsksAboutADamagedFile_data();
    void completeAsksAboutADamagedFile();

private:
    static void setTime(const QString &path, const timespec &modified)
    {
        const std::array times{timespec{.tv_sec = 0, .tv_nsec = UTIME_OMIT}, modified};
        QCOMPARE(::utimensat(AT_FDCWD, QFile::encodeName(path).constData(), times.data(), 0), 0);
    }
    static void meddle(const QString &path, Meddling how)
    {
        struct stat before = {};
        QCOMPARE(::stat(QFile::encodeName(path).constData(), &before), 0);
        QFile part(path);
        switch (how) {
        case Meddling::None:
            return;
        case Meddling::Touch:
            break;
        case Meddling::Overwrite:
        case Meddling::PutBack:
            QVERIFY(part.open(QIODevice::ReadWrite) && part.seek(kBlock + 17));
            QCOMPARE(part.write("????????"), 8);
            break;
        case Meddling::Truncate:
            QVERIFY(QFile::resize(path, kBlock + 1000));
            break;
        case Meddling::Append:
            QVERIFY(part.open(QIODevice::Append));
            QCOMPARE(part.write("more"), 4);
            break;
        case Meddling::Copy:
            QVERIFY(part.copy(path + u".copy"_s) && part.remove());
            QVERIFY(QFile::rename(path + u".copy"_s, path));
            break;
        }
        part.close();
        // A second later, as people are: the clock of a file system is not a fine one.
        before.st_mtim.tv_sec += how == Meddling::PutBack ? 0 : 1;
        setTime(path, before.st_mtim);
    }
    /// As a disk does: whoever comes next finds a part that looks as it did.
    static void forgetSilently(ManualRig *rig)
    {
        rig->stop();
        const QString part = rig->path(kPart);
        meddle(part, Meddling::Overwrite);
        struct stat now = {};
        QCOMPARE(::stat(QFile::encodeName(part).constData(), &now), 0);
        const QString list = rig->state.filePath(u"jobs.sqlite"_s);
        auto rows = SqliteConnection::open(list, SqliteConnection::Access::ReadWrite);
        const QString lie = u"UPDATE files SET part_modified_ns = %1"_s;
        QVERIFY((*rows)->run(lie.arg(stampOf(now).modifiedNs), StoreFault::CannotSave));
        rows->reset();
        rig->start();
    }

    static qint64 bytesSaidToBeDamaged(ManualRig *rig, JobId id)
    {
        qint64 bytes = 0;
        for (const auto &each : happened<happening::Rechecked>(rig, id)) {
            bytes += each.bytes;
        }
        return bytes;
    }
    static Requests rangesSince(const HttpServer &server, qsizetype first)
    {
        Requests asked;
        for (const HttpRequest &request : server.requests("/file").sliced(first)) {
            asked.append(request.header("Range").value_or("all"));
        }
        return asked;
    }
};

void DamagedPartsTest::aPartThatSomebodyMeddledWithIsMendedBlockByBlock_data()
{
    QTest::addColumn<JobState>("state");
    QTest::addColumn<Meddling>("how");
    QTest::addColumn<bool>("isRestarted");
    QTest::addColumn<Requests>("requests");
    QTest::addColumn<qint64>("damaged");
    const QByteArray block = "bytes=1048576-2097151";
    const QByteArray rest = "bytes=" + QByteArray::number(kHalf) + '-';
    for (const bool isRestarted : {false, true}) {
        const char *when = isRestarted ? ", program ended" : "";
        for (const JobState state : {JobState::Suspended, JobState::Error, JobState::Transferred}) {
            const bool isWhole = state == JobState::Transferred;
            const Requests plain = isWhole ? Requests() : Requests{rest};
            const qint64 there = isWhole ? kPartBytes : kHalf;
            const auto row = [&](const char *title, Meddling how, const Requests &requests,
                                 qint64 damaged = 0) {
                QTest::addRow("%s, %s%s", name(state), title, when)
                    << state << how << isRestarted << requests << damaged;
            };
            row("overwritten", Meddling::Overwrite, Requests{block} + plain, kBlock);
            row("and its time put back", Meddling::PutBack, Requests{block} + plain, kBlock);
            row("replaced by a copy", Meddling::Copy, plain);
            if (isRestarted) {
                continue;
            }
            row("left alone", Meddling::None, plain);
            row("touched", Meddling::Touch, plain);
            row("cut off", Meddling::Truncate, {"bytes=1048576-"}, there - kBlock);
            row("appended to", Meddling::Append, plain);
        }
    }
}

void DamagedPartsTest::aPartThatSomebodyMeddledWithIsMendedBlockByBlock()
{
    QFETCH(const JobState, state);
    QFETCH(const Meddling, how);
    QFETCH(const bool, isRestarted);
    HttpServer server;
    server.serve("/file", {.body = Body::pattern(1, kPartBytes)});
    ManualRig rig;
    const JobId id = jobIn(state, &rig, &server, specOf(rig, server));
    meddle(rig.path(kPart), how);
    if (isRestarted) {
        rig.restart();
    }
    const qsizetype before = server.requests("/file").size();
    const bool isTaken = state == JobState::Transferred;
    QCOMPARE(rig.resume(id, isTaken ? Fixes{fix::KeepBoth{}} : Fixes{}).done, JobIds{id});
    QVERIFY(rig.reaches(id, JobState::Acknowledged));
    const QString published = isTaken ? u"file (1)"_s : u"file"_s;
    QVERIFY(rig.content(published) == patternBytes(1, 0, kPartBytes));
    QTEST(rangesSince(server, before), "requests");
    QTEST(bytesSaidToBeDamaged(&rig, id), "damaged");
    QVERIFY(!rig.listing().contains(kPart));
}

void DamagedPartsTest::whatAChecksumFindsOutIsMendedToo_data()
{
    QTest::addColumn<JobState>("state");
    QTest::newRow("before all of it came") << JobState::Suspended;
    QTest::newRow("when all of it was there") << JobState::Transferred;
}

/// A disk that forgets does not say when.
void DamagedPartsTest::whatAChecksumFindsOutIsMendedToo()
{
    QFETCH(const JobState, state);
    HttpServer server;
    server.serve("/file", {.body = Body::pattern(1, kPartBytes)});
    ManualRig rig;
    JobSpec spec = specOf(rig, server);
    spec.files[0].hash =
        ExpectedHash{ExpectedHash::Algorithm::Sha256, Body::pattern(1, kPartBytes).sha256()};
    const JobId id = jobIn(state, &rig, &server, spec);
    forgetSilently(&rig);
    const qsizetype before = server.requests("/file").size();
    const bool isTaken = state == JobState::Transferred;
    rig.resume(id, isTaken ? Fixes{fix::Replace{}} : Fixes{});
    QVERIFY(rig.reaches(id, JobState::Acknowledged));
    QVERIFY(rig.content(u"file"_s) == patternBytes(1, 0, kPartBytes));
    QCOMPARE(rangesSince(server, before).last(), "bytes=1048576-2097151");
    QCOMPARE(bytesSaidToBeDamaged(&rig, id), kBlock);
}

void DamagedPartsTest::whatAPersonDoubtsIsReadAgain_data()
{
    QTest::addColumn<JobState>("state");
    QTest::addColumn<qint64>("damaged");
    for (const JobState state : {JobState::Suspended, JobState::Error}) {
        QTest::addRow("%s, damaged", name(state)) << state << kBlock;
        QTest::addRow("%s, sound", name(state)) << state << qint64(0);
    }
}

/// Nothing about the file shows from outside that a disk has forgotten something.
void DamagedPartsTest::whatAPersonDoubtsIsReadAgain()
{
    QFETCH(const JobState, state);
    QFETCH(const qint64, damaged);
    HttpServer server;
    server.serve("/file", {.body = Body::pattern(1, kPartBytes)});
    ManualRig rig;
    const JobId id = jobIn(state, &rig, &server, specOf(rig, server));
    if (damaged > 0) {
        forgetSilently(&rig);
    }
    QCOMPARE(rig.resume(id, {fix::Recheck{}}).done, JobIds{id});
    QVERIFY(rig.reaches(id, JobState::Acknowledged));
    QVERIFY(rig.content(u"file"_s) == patternBytes(1, 0, kPartBytes));
    const auto looks = happened<happening::Rechecked>(&rig, id);
    QCOMPARE(looks.size(), 1);
    QCOMPARE(looks.first().bytes, damaged);
}

void DamagedPartsTest::aWrongChecksumOfBytesThatAreAsTheyCameIsAQuestion()
{
    HttpServer server;
    server.serve("/file", {.body = Body::pattern(1, kPartBytes)});
    ManualRig rig;
    JobSpec spec = specOf(rig, server);
    spec.files[0].hash = ExpectedHash{ExpectedHash::Algorithm::Sha256, QByteArray(64, 'a')};
    const JobId id = rig.download(spec);
    QVERIFY(rig.reaches(id, JobState::Error));
    QCOMPARE(rig.job(id).error->cause, Cause::HashMismatch);
    QVERIFY(rig.job(id).error->evidence.detail.endsWith(u"every byte is as it was received"));
    QCOMPARE(server.requests("/file").size(), 1);
    QCOMPARE(bytesSaidToBeDamaged(&rig, id), 0);
}

/// The first block is damaged, and there is neither a strong tag nor anything before the rest that
/// could be compared.
void DamagedPartsTest::whereNothingVouchesForTheRestAllIsFetchedAgain()
{
    HttpServer server;
    const Resource plain{.body = Body::pattern(1, kPartBytes), .etag = "", .lastModified = ""};
    server.serve("/file", plain);
    ManualRig rig;
    const JobId id = jobIn(JobState::Suspended, &rig, &server, specOf(rig, server));
    server.serve("/file", plain);
    QFile part(rig.path(kPart));
    QVERIFY(part.open(QIODevice::ReadWrite));
    QCOMPARE(part.write("????"), 4);
    part.close();
    meddle(rig.path(kPart), Meddling::Touch);
    const qsizetype before = server.requests("/file").size();
    rig.resume(id);
    QVERIFY(rig.reaches(id, JobState::Acknowledged));
    QVERIFY(rig.content(u"file"_s) == patternBytes(1, 0, kPartBytes));
    QCOMPARE(rangesSince(server, before), Requests{"bytes=0-"});
}

void DamagedPartsTest::completeAsksAboutADamagedFile_data()
{
    QTest::addColumn<bool>("isAllThere");
    QTest::newRow("a sibling is missing") << false;
    QTest::newRow("all is there") << true;
}

void DamagedPartsTest::completeAsksAboutADamagedFile()
{
    QFETCH(const bool, isAllThere);
    HttpServer server;
    server.serve("/file", {.body = Body::pattern(1, kPartBytes)});
    server.serve("/other", {.body = Body::pattern(2, 1000)});
    if (!isAllThere) {
        server.refuse("/other", 404);
    }
    ManualRig rig;
    JobSpec spec = rig.spec({server.url(u"/file"_s), server.url(u"/other"_s)});
    spec.options.complete = CompleteMode::OnRequest;
    const JobId id = rig.download(spec);
    QVERIFY(rig.reaches(id, isAllThere ? JobState::Transferred : JobState::Error));
    meddle(rig.path(kPart), Meddling::Overwrite);
    const CompleteOutcome outcome = rig.complete(id);
    QCOMPARE(outcome.done.size(), 1);
    QCOMPARE(outcome.done.first().obstacle->cause, Cause::PartChanged);
    QCOMPARE(outcome.done.first().manifest.kept.size(), isAllThere ? 1 : 0);
    QCOMPARE(rig.job(id).state, JobState::Error);
    QCOMPARE(rig.file(id, 0).state, FileState::Failed);
    QCOMPARE(rig.file(id, 0).bytesDone, kPartBytes - kBlock);
    QVERIFY(!rig.listing().contains(u"file"_s));
    server.serve("/other", {.body = Body::pattern(2, 1000)});
    rig.resume(id, {fix::Retry{}});
    QVERIFY(rig.reaches(id, JobState::Transferred));
    QVERIFY(!rig.complete(id).done.first().obstacle);
    QVERIFY(rig.content(u"file"_s) == patternBytes(1, 0, kPartBytes));
    QCOMPARE(rangesSince(server, 1), Requests{"bytes=1048576-2097151"});
}

BELLHOP_TEST(DamagedPartsTest)
#include "tst_damaged_parts.moc"
