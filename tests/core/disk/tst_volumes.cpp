// SPDX-License-Identifier: Apache-2.0
#include "core/disk/volumes.h"
#include "tests/core/disk/planted.h"
#include "tests/support/test_program.h"

#include <QSemaphore>
#include <QTemporaryDir>

#include <algorithm>

using namespace core;

class VolumesTest : public QObject {
    Q_OBJECT

    /// The answer comes by the event loop of this thread.
    static DiskResult<Volume *> volumeOf(Volumes &volumes, const QString &folder)
    {
        const auto future = volumes.forFolder(folder);
        if (!QTest::qWaitFor([&] { return future.isFinished(); })) {
            return tl::unexpected(DiskError{.osError = ETIMEDOUT});
        }
        return future.result();
    }

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(QStringLiteral(".*"))); }

    void foldersOfOneFileSystemShareAVolume()
    {
        const QTemporaryDir one;
        const QTemporaryDir two;
        Volumes volumes;
        const auto first = volumeOf(volumes, one.path());
        VERIFY_WORKED(first);
        QVERIFY(*first);
        const auto second = volumeOf(volumes, two.path());
        VERIFY_WORKED(second);
        QCOMPARE(*second, *first);
        const auto missing = volumeOf(volumes, one.filePath(QStringLiteral("not/yet/there")));
        VERIFY_WORKED(missing);
        QCOMPARE(*missing, *first);
    }

    void fileSystemsHaveVolumesOfTheirOwn()
    {
        const QString other = planted::otherFileSystem();
        if (other.isEmpty()) {
            QSKIP("there is no second file system");
        }
        Volumes volumes;
        const auto first = volumeOf(volumes, QDir::tempPath());
        VERIFY_WORKED(first);
        const auto second = volumeOf(volumes, other);
        VERIFY_WORKED(second);
        QVERIFY(*second != *first);
    }

    void foldersThatAreNoneAreRefused()
    {
        Volumes volumes;
        COMPARE_CAUSE(volumeOf(volumes, {}), Cause::Internal);
        COMPARE_CAUSE(volumeOf(volumes, QStringLiteral("tmp")), Cause::Internal);
        COMPARE_CAUSE(volumeOf(volumes, u'/' + QString(300, u'x')), Cause::NameTooLong);
    }

    void bytesAreWrittenWhileLongWorkIsUnderWay()
    {
        const QTemporaryDir dir;
        QSemaphore permits;
        Volumes volumes;
        const auto found = volumeOf(volumes, dir.path());
        VERIFY_WORKED(found);
        const auto hashed = volumes.runLong<int>(QDir::tempPath(), [&permits]() -> DiskResult<int> {
            permits.acquire();
            return 7;
        });
        Volume *const volume = *found;
        const auto part =
            volume->preparePart(dir.path(), QStringLiteral("a.iso"), std::nullopt).result();
        VERIFY_WORKED(part);
        VERIFY_WORKED(volume->giveName(part->handle).result());
        volume->write(part->handle, 0, "abc");
        const auto synced = volume->sync(part->handle).result();
        const bool isUnderWay = !hashed.isFinished();
        permits.release();
        VERIFY_WORKED(synced);
        QVERIFY(isUnderWay);
        QCOMPARE(hashed.result().value_or(0), 7);
    }

    void aDiskThatHangsHoldsUpNothingInOtherFolders()
    {
        const QTemporaryDir hung;
        const QTemporaryDir other;
        QSemaphore permits;
        Volumes volumes;
        QList<QFuture<DiskResult<int>>> hanging;
        for (int work = 0; work < 20; ++work) { // more than there are threads for
            hanging.append(volumes.runLong<int>(hung.path(), [&permits]() -> DiskResult<int> {
                permits.acquire();
                return 0;
            }));
        }
        const auto free = volumes.runLong<int>(other.path(), []() -> DiskResult<int> { return 7; });
        const int done = free.result().value_or(0);
        const auto found = volumeOf(volumes, other.path());
        const bool hangs = std::ranges::none_of(
            hanging, [](const QFuture<DiskResult<int>> &each) { return each.isFinished(); });
        permits.release(20);
        QCOMPARE(done, 7);
        VERIFY_WORKED(found);
        QVERIFY(hangs);
    }

    void longWorkThatIsUnderWayAtTheEndIsFinished()
    {
        QFuture<DiskResult<int>> future;
        {
            Volumes volumes(nullptr, {.beforeLong = [] { return 0; }});
            future = volumes.runLong<int>(QDir::tempPath(), []() -> DiskResult<int> { return 7; });
        }
        QVERIFY(future.isFinished());
        QCOMPARE(future.result().value_or(0), 7);
    }

    void longWorkCanBeMadeToFail()
    {
        Volumes volumes(nullptr, {.beforeLong = [] { return EIO; }});
        const auto failed =
            volumes.runLong<int>(QDir::tempPath(), []() -> DiskResult<int> { return 7; }).result();
        COMPARE_CAUSE(failed, Cause::DiskFailed);
    }

    void questionsThatAreOpenAtTheEndAreAnswered()
    {
        QFuture<DiskResult<Volume *>> future;
        {
            Volumes volumes;
            future = volumes.forFolder(QDir::tempPath());
        }
        QVERIFY(future.isFinished());
        COMPARE_CAUSE(future.result(), Cause::Internal);
    }
};

BELLHOP_TEST(VolumesTest)
#include "tst_volumes.moc"
