// SPDX-License-Identifier: Apache-2.0
#include "core/disk/volume.h"
#include "tests/core/disk/planted.h"
#include "tests/support/test_program.h"

#include <QSemaphore>
#include <QTemporaryDir>

#include <algorithm>
#include <atomic>
#include <sys/resource.h>

using namespace core;

namespace {

const QString kWrittenName = QStringLiteral("a.iso");

/// A disk that does not move until it is let.
class SlowDisk {
public:
    [[nodiscard]] DiskFaultHook hook()
    {
        return {.beforeWrite = [this](qint64, qint64) { return pass(holdWrites); },
                .beforeSync =
                    [this] {
                        ++syncs;
                        return pass(holdSyncs);
                    }};
    }
    void release() { m_permits.release(1'000); }

    std::atomic<bool> holdWrites = false;
    std::atomic<bool> holdSyncs = false;
    std::atomic<int> syncs = 0;

private:
    int pass(const std::atomic<bool> &held)
    {
        if (held) {
            m_permits.acquire();
        }
        return 0;
    }

    QSemaphore m_permits;
};

/// By the inode: what began without a name has none in /proc either.
bool isOpen(const PartIdentity &part)
{
    const QDir descriptors(QStringLiteral("/proc/self/fd"));
    const QStringList numbers = descriptors.entryList(QDir::System | QDir::Files);
    return std::ranges::any_of(numbers, [&part](const QString &number) {
        struct stat facts = {};
        return ::fstat(number.toInt(), &facts) == 0 && facts.st_dev == part.device &&
               facts.st_ino == part.inode;
    });
}

/// Ready once the writer has come this far.
void catchUp(Volume &volume)
{
    VERIFY_WORKED(volume.run<void>([] { return DiskResult<>(); }).result());
}

} // namespace

class VolumeTest : public QObject {
    Q_OBJECT

    std::unique_ptr<QTemporaryDir> m_dir;

    [[nodiscard]] OpenedPart open(Volume &volume, const QString &name = kWrittenName) const
    {
        const auto opened =
            volume.preparePart(m_dir->path(), name, std::nullopt).result().value_or(OpenedPart{});
        const auto named = volume.giveName(opened.handle).result();
        return {opened.handle, named.value_or(PartIdentity{})};
    }

private Q_SLOTS:
    void init()
    {
        QTest::failOnWarning(QRegularExpression(QStringLiteral(".*")));
        m_dir = std::make_unique<QTemporaryDir>();
    }

    void workIsDoneInTheOrderItWasAskedFor()
    {
        Volume volume;
        const OpenedPart part = open(volume);
        QCOMPARE(part.identity, planted::identity(m_dir->filePath(QStringLiteral("a.iso.part"))));
        volume.write(part.handle, 0, "aaaaaaaa");
        volume.write(part.handle, 2, "bbbb");
        const auto between = volume.read(part.handle, 0, 8);
        volume.write(part.handle, 4, "cccc");
        const auto after = volume.run<QByteArray>(
            [&]() -> DiskResult<QByteArray> { return planted::content(part.identity.path); });
        QCOMPARE(between.result().value_or(QByteArray()), "aabbbbaa");
        QCOMPARE(after.result().value_or(QByteArray()), "aabbcccc");
        QVERIFY(!volume.failureOf(part.handle));
    }

    void aPartThatSomebodyElseHasWrittenToIsNotVouchedFor_data()
    {
        QTest::addColumn<QString>("deed");
        QTest::addColumn<bool>("isVouchedFor");
        QTest::newRow("nothing") << QString() << true;
        QTest::newRow("read") << QStringLiteral("read") << true;
        QTest::newRow("overwritten") << QStringLiteral("overwritten") << false;
        QTest::newRow("cut off by its name") << QStringLiteral("cut off") << false;
    }
    void aPartThatSomebodyElseHasWrittenToIsNotVouchedFor()
    {
        QFETCH(QString, deed);
        QFETCH(bool, isVouchedFor);
        Volume volume;
        const OpenedPart part = open(volume);
        volume.write(part.handle, 0, "aaaaaaaa");
        const auto first = volume.sync(part.handle).result();
        VERIFY_WORKED(first);
        QVERIFY(first->stamp);
        QFile file(part.identity.path);
        if (deed == u"cut off") {
            QCOMPARE(::truncate(QFile::encodeName(part.identity.path).constData(), 4), 0);
        } else if (!deed.isEmpty()) {
            const bool isRead = deed == u"read";
            QVERIFY(file.open(isRead ? QIODevice::ReadOnly : QIODevice::ReadWrite));
            QVERIFY(isRead ? !file.readAll().isEmpty() : file.write("b") == 1);
            file.close();
        }
        volume.write(part.handle, 8, "aaaaaaaa");
        for (int again = 0; again < 2; ++again) { // it is not forgotten
            const auto synced = volume.sync(part.handle).result();
            VERIFY_WORKED(synced);
            QCOMPARE(synced->stamp.has_value(), isVouchedFor);
        }
    }

    void errorsComeBackAsTheyAre()
    {
        Volume volume;
        COMPARE_CAUSE(
            volume.preparePart(m_dir->filePath(QStringLiteral("no")), kWrittenName, std::nullopt)
                .result(),
            Cause::FolderMissing);
        COMPARE_CAUSE(volume.reopenPart({m_dir->filePath(kWrittenName), 1, 1}, {}).result(),
                      Cause::DriveMissing); // device 1 is not mounted here
        const OpenedPart part = open(volume);
        COMPARE_CAUSE(volume.read(part.handle, 0, 1).result(), Cause::PartChanged);
    }

    void aReaderWithoutRoomWaitsUntilThereIsSome()
    {
        SlowDisk disk;
        Volume volume(1'000, nullptr, disk.hook());
        const OpenedPart part = open(volume);
        disk.holdWrites = true;
        QVERIFY(volume.hasRoom());
        QVERIFY(volume.room().isFinished());
        volume.write(part.handle, 0, QByteArray(999, 'x'));
        QVERIFY(volume.hasRoom());
        volume.write(part.handle, 999, QByteArray(1, 'x'));
        QVERIFY(!volume.hasRoom());
        const auto room = volume.room();
        const auto roomToo = volume.room();
        volume.write(part.handle, 1'000, QByteArray(500, 'x')); // taken all the same
        QVERIFY(!room.isFinished());
        disk.release();
        QTRY_VERIFY(room.isFinished() && roomToo.isFinished());
        catchUp(volume);
        QVERIFY(volume.hasRoom());
        QCOMPARE(planted::facts(part.identity.path).st_size, 1'500);
    }

    void writesThatAreDroppedMakeRoomToo()
    {
        Volume volume(10, nullptr, {.beforeWrite = [](qint64, qint64) { return ENOSPC; }});
        const OpenedPart part = open(volume);
        for (int i = 0; i < 10; ++i) {
            volume.write(part.handle, i * 10, QByteArray(10, 'x'));
        }
        QTRY_VERIFY(volume.room().isFinished());
    }

    void whatWasWrittenBeforeAFailureCanStillBeHad_data()
    {
        QTest::addColumn<int>("writesThatWork");
        QTest::addColumn<QString>("lost");
        QTest::newRow("none") << 0 << QStringLiteral("0-12");
        QTest::newRow("one") << 1 << QStringLiteral("4-12");
        QTest::newRow("two") << 2 << QStringLiteral("8-12");
        QTest::newRow("all") << 3 << QString();
    }
    void whatWasWrittenBeforeAFailureCanStillBeHad()
    {
        QFETCH(const int, writesThatWork);
        QFETCH(const QString, lost);
        std::atomic<int> writes = 0;
        std::atomic<int> syncs = 0;
        Volume volume(
            Volume::kDefaultBufferBytes, nullptr,
            {.beforeWrite = [&](qint64, qint64) { return ++writes > writesThatWork ? EIO : 0; },
             .beforeSync = [&syncs] { return ++syncs, 0; }});
        const OpenedPart part = open(volume);
        volume.write(part.handle, 0, "aaaa");
        volume.write(part.handle, 4, "bbbb");
        volume.write(part.handle, 8, "cccc");
        const auto salvaged = volume.salvage(part.handle).result();
        VERIFY_WORKED(salvaged);
        QCOMPARE(syncs, 1);
        QCOMPARE(salvaged->lost.toText(), lost);
        QVERIFY(salvaged->synced.stamp);
        QCOMPARE(planted::facts(part.identity.path).st_size, 4 * writesThatWork);
    }

    void whatIsNotOnTheDiskIsNotSalvaged()
    {
        Volume volume(Volume::kDefaultBufferBytes, nullptr,
                      {.beforeWrite = [](qint64 offset, qint64) { return offset > 0 ? EIO : 0; },
                       .beforeSync = [] { return EIO; }});
        const OpenedPart part = open(volume);
        volume.write(part.handle, 0, "aaaa");
        volume.write(part.handle, 4, "bbbb");
        COMPARE_CAUSE(volume.salvage(part.handle).result(), Cause::DiskFailed);
        COMPARE_CAUSE(volume.salvage(PartHandle{99}).result(), Cause::Internal);
    }

    void afterAFailedWriteThePartIsLeftAsItIs()
    {
        std::atomic<int> writes = 0;
        Volume volume(
            Volume::kDefaultBufferBytes, nullptr,
            {.beforeWrite = [&writes](qint64, qint64) { return ++writes == 2 ? ENOSPC : 0; }});
        const OpenedPart part = open(volume);
        volume.write(part.handle, 0, "aaaa");
        const auto before = volume.sync(part.handle);
        volume.write(part.handle, 4, "bbbb"); // fails
        volume.write(part.handle, 8, "cccc"); // dropped
        const auto after = volume.sync(part.handle);
        const OpenedPart other = open(volume);
        volume.write(other.handle, 0, "dddd");

        const auto failed = after.result();
        COMPARE_CAUSE(failed, Cause::DiskFull);
        QCOMPARE(failed.error().path, part.identity.path);
        QCOMPARE(volume.failureOf(part.handle), std::optional(failed.error()));
        QCOMPARE(planted::content(part.identity.path), "aaaa");
        VERIFY_WORKED(before.result());
        // Other parts go on.
        VERIFY_WORKED(volume.sync(other.handle).result());
        QVERIFY(!volume.failureOf(other.handle));
        QCOMPARE(planted::content(other.identity.path), "dddd");
        QCOMPARE(writes, 3);
    }

    void writesGoOnWhileASyncIsUnderWay()
    {
        SlowDisk disk;
        Volume volume(Volume::kDefaultBufferBytes, nullptr, disk.hook());
        const OpenedPart part = open(volume);
        disk.holdSyncs = true;
        volume.write(part.handle, 0, "aaaa");
        const auto synced = volume.sync(part.handle);
        QTRY_COMPARE(disk.syncs, 1);
        volume.write(part.handle, 4, "bbbb");
        catchUp(volume);
        QCOMPARE(planted::content(part.identity.path), "aaaabbbb");
        QVERIFY(!synced.isFinished());
        disk.release();
        VERIFY_WORKED(synced.result());
    }

    void syncsThatWaitTogetherAreOne()
    {
        SlowDisk disk;
        Volume volume(Volume::kDefaultBufferBytes, nullptr, disk.hook());
        const OpenedPart part = open(volume);
        disk.holdSyncs = true;
        const auto first = volume.sync(part.handle);
        QTRY_COMPARE(disk.syncs, 1);
        QList<QFuture<DiskResult<SyncedPart>>> waiting;
        for (int i = 0; i < 5; ++i) {
            volume.write(part.handle, i, "x");
            waiting.append(volume.sync(part.handle));
        }
        catchUp(volume);
        disk.release();
        VERIFY_WORKED(first.result());
        for (qsizetype i = 0; i < waiting.size(); ++i) {
            const auto synced = waiting.at(i).result();
            VERIFY_WORKED(synced);
            // Each is vouched for what was written before it was asked for, and nothing else.
            QCOMPARE(synced->hashes.ranges(), RangeSet::prefix(i + 1));
        }
        QCOMPARE(disk.syncs, 2);
    }

    void aFailedSyncIsFinal()
    {
        std::atomic<int> syncs = 0;
        Volume volume(Volume::kDefaultBufferBytes, nullptr,
                      {.beforeSync = [&syncs] { return ++syncs == 1 ? EIO : 0; }});
        const OpenedPart part = open(volume);
        volume.write(part.handle, 0, "aaaa");
        COMPARE_CAUSE(volume.sync(part.handle).result(), Cause::DiskFailed);
        volume.write(part.handle, 4, "bbbb");
        COMPARE_CAUSE(volume.sync(part.handle).result(), Cause::DiskFailed);
        QCOMPARE(syncs, 1);
        QCOMPARE(planted::content(part.identity.path), "aaaa");
    }

    void syncsThatWaitForAFailingOneFailWithIt()
    {
        QSemaphore permits;
        std::atomic<int> syncs = 0;
        Volume volume(Volume::kDefaultBufferBytes, nullptr, {.beforeSync = [&] {
                          ++syncs;
                          permits.acquire();
                          return syncs == 1 ? EIO : 0;
                      }});
        const OpenedPart part = open(volume);
        const auto first = volume.sync(part.handle);
        QTRY_COMPARE(syncs, 1);
        const auto second = volume.sync(part.handle);
        catchUp(volume);
        permits.release(2);
        COMPARE_CAUSE(first.result(), Cause::DiskFailed);
        COMPARE_CAUSE(second.result(), Cause::DiskFailed);
        QCOMPARE(syncs, 1);
    }

    void closingComesAfterAllWorkOfThePart()
    {
        SlowDisk disk;
        Volume volume(Volume::kDefaultBufferBytes, nullptr, disk.hook());
        const OpenedPart part = open(volume);
        disk.holdSyncs = true;
        volume.write(part.handle, 0, "aaaa");
        const auto synced = volume.sync(part.handle);
        volume.close(part.handle);
        catchUp(volume);
        QVERIFY(isOpen(part.identity));
        disk.release();
        VERIFY_WORKED(synced.result());
        QTRY_VERIFY(!isOpen(part.identity));
        QCOMPARE(planted::content(part.identity.path), "aaaa");
    }

    void aClosedHandleIsVoidAtOnce()
    {
        Volume volume;
        const OpenedPart part = open(volume);
        volume.close(part.handle);
        volume.close(part.handle);
        volume.write(part.handle, 0, "aaaa");
        COMPARE_CAUSE(volume.sync(part.handle).result(), Cause::Internal);
        COMPARE_CAUSE(volume.read(part.handle, 0, 1).result(), Cause::Internal);
        QVERIFY(!volume.failureOf(part.handle));
        QVERIFY(!isOpen(part.identity));
        QCOMPARE(planted::content(part.identity.path), "");
        QVERIFY(volume.hasRoom());
    }

    void theEndComesAfterAllThatWasAskedFor()
    {
        SlowDisk disk;
        auto volume = std::make_unique<Volume>(10, nullptr, disk.hook());
        const OpenedPart part = open(*volume);
        disk.holdWrites = true;
        disk.holdSyncs = true;
        for (int i = 0; i < 100; ++i) {
            volume->write(part.handle, i, "x");
        }
        const auto synced = volume->sync(part.handle);
        const auto room = volume->room();
        const auto last = volume->run<int>([]() -> DiskResult<int> { return 7; });
        disk.release();
        volume.reset();
        QVERIFY(synced.isFinished() && room.isFinished() && last.isFinished());
        VERIFY_WORKED(synced.result());
        QCOMPARE(planted::facts(part.identity.path).st_size, 100);
        QVERIFY(!isOpen(part.identity));
    }

    void aFileThatGetsTooLongForTheProcessIsAnError()
    {
        Volume volume;
        const OpenedPart part = open(volume);
        rlimit before = {};
        QCOMPARE(::getrlimit(RLIMIT_FSIZE, &before), 0);
        const rlimit small{.rlim_cur = 1024 * 1024, .rlim_max = before.rlim_max};
        QCOMPARE(::setrlimit(RLIMIT_FSIZE, &small), 0);
        volume.write(part.handle, 0, QByteArray(2 * 1024 * 1024, 'x'));
        const auto synced = volume.sync(part.handle).result();
        QCOMPARE(::setrlimit(RLIMIT_FSIZE, &before), 0);
        COMPARE_CAUSE(synced, Cause::FileTooLarge);
        QCOMPARE(planted::facts(part.identity.path).st_size, 1024 * 1024);
    }

    void manyPartsAtOnceGetTheirOwnBytes()
    {
        Volume volume;
        QList<OpenedPart> parts;
        for (int i = 0; i < 50; ++i) {
            parts.append(open(volume));
        }
        for (int round = 0; round < 20; ++round) {
            for (qsizetype i = 0; i < parts.size(); ++i) {
                volume.write(parts.at(i).handle, round, QByteArray(1, char('0' + i)));
            }
        }
        QList<QFuture<DiskResult<SyncedPart>>> synced;
        for (const OpenedPart &part : parts) {
            synced.append(volume.sync(part.handle));
            volume.close(part.handle);
        }
        for (qsizetype i = 0; i < parts.size(); ++i) {
            VERIFY_WORKED(synced.at(i).result());
            QCOMPARE(planted::content(parts.at(i).identity.path), QByteArray(20, char('0' + i)));
        }
    }
};

BELLHOP_TEST(VolumeTest)
#include "tst_volume.moc"
