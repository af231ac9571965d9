// SPDX-License-Identifier: Apache-2.0
#include "core/disk/folder.h"
#include "core/disk/volume.h"
#include "tests/core/disk/planted.h"
#include "tests/support/test_program.h"

#include <QTemporaryDir>

using namespace core;

namespace {
const QString kName = QStringLiteral("a.iso");
constexpr qint64 kKiB = 1024;
} // namespace

/// A real file system that really has no room.
class DiskFullTest : public QObject {
    Q_OBJECT

    std::unique_ptr<QTemporaryDir> m_dir;
    std::unique_ptr<planted::SmallDisk> m_disk;

private Q_SLOTS:
    void init()
    {
        QTest::failOnWarning(QRegularExpression(QStringLiteral(".*")));
        m_dir = std::make_unique<QTemporaryDir>();
        m_disk = std::make_unique<planted::SmallDisk>(m_dir->path(), "size=1m");
        if (!m_disk->worked()) {
            QSKIP("needs root and a kernel that lets it mount");
        }
    }
    void cleanup()
    {
        m_disk.reset();
        m_dir.reset();
    }

    void tooLittleRoomIsSaidBeforehandToTheByte()
    {
        const auto part = planted::newPart(m_dir->path(), kName, 1024 * kKiB + 1);
        COMPARE_CAUSE(part, Cause::DiskFull);
        QCOMPARE(part.error().bytesMissing, 1);
        QCOMPARE(part.error().step, Step::Prepare);
        QVERIFY(planted::names(m_dir->path()).isEmpty());
        VERIFY_WORKED(planted::newPart(m_dir->path(), kName, 1024 * kKiB));
    }

    void roomThatIsReservedIsNotThereForOthers()
    {
        const auto first = planted::newPart(m_dir->path(), kName, 1024 * kKiB);
        VERIFY_WORKED(first);
        const auto second = planted::newPart(m_dir->path(), kName, 4 * kKiB);
        COMPARE_CAUSE(second, Cause::DiskFull);
        QCOMPARE(second.error().bytesMissing, 4 * kKiB);
    }

    void aDiskThatFillsUpKeepsWhatWasWritten()
    {
        auto part = planted::newPart(m_dir->path(), kName, 800 * kKiB); // below what is reserved
        VERIFY_WORKED(part);
        VERIFY_WORKED(part->writeAt(0, QByteArray(400 * kKiB, 'a')));
        VERIFY_WORKED(part->sync());
        planted::file(m_dir->filePath(QStringLiteral("hog")), QByteArray(424 * kKiB, 'h'));
        const auto full = part->writeAt(400 * kKiB, QByteArray(400 * kKiB, 'b'));
        COMPARE_CAUSE(full, Cause::DiskFull);
        QCOMPARE(full.error().bytesMissing, 200 * kKiB);
        QCOMPARE(part->readAt(0, 400 * kKiB).value_or(QByteArray()), QByteArray(400 * kKiB, 'a'));
        // Room is made: the same bytes are written again and all is well.
        QVERIFY(QFile::remove(m_dir->filePath(QStringLiteral("hog"))));
        VERIFY_WORKED(part->writeAt(400 * kKiB, QByteArray(400 * kKiB, 'b')));
        VERIFY_WORKED(part->sync());
    }

    void aVolumeTellsOfAFullDisk()
    {
        Volume volume;
        const auto opened = volume.preparePart(m_dir->path(), kName, std::nullopt).result();
        VERIFY_WORKED(opened);
        VERIFY_WORKED(volume.giveName(opened->handle).result());
        volume.write(opened->handle, 0, QByteArray(600 * kKiB, 'a'));
        VERIFY_WORKED(volume.sync(opened->handle).result());
        volume.write(opened->handle, 600 * kKiB, QByteArray(600 * kKiB, 'b'));
        COMPARE_CAUSE(volume.sync(opened->handle).result(), Cause::DiskFull);
        QVERIFY(volume.failureOf(opened->handle).has_value());
        volume.close(opened->handle);
        // What was durable before can be gone on with.
        const auto again =
            volume.reopenPart(opened->identity, RangeSet::prefix(600 * kKiB)).result();
        VERIFY_WORKED(again);
        volume.write(again->handle, 600 * kKiB, QByteArray(100 * kKiB, 'b'));
        VERIFY_WORKED(volume.sync(again->handle).result());
        QCOMPARE(planted::facts(opened->identity.path).st_size, 700 * kKiB);
    }

    void aDiskThatTurnedReadOnlySaysSo()
    {
        planted::file(m_dir->filePath(kName + QStringLiteral(".part")), "abc");
        const auto identity = planted::identity(m_dir->filePath(kName + QStringLiteral(".part")));
        QVERIFY(m_disk->makeReadOnly());
        COMPARE_CAUSE(PartFile::reopen(identity, {}), Cause::ReadOnlyDisk);
        COMPARE_CAUSE(planted::newPart(m_dir->path(), kName, std::nullopt), Cause::ReadOnlyDisk);
    }
};

BELLHOP_TEST(DiskFullTest)
#include "tst_disk_full.moc"
