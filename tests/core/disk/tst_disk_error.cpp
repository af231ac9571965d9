// SPDX-License-Identifier: Apache-2.0
#include "core/disk/disk_error.h"
#include "tests/support/pretty.h"
#include "tests/support/test_program.h"

#include <QTest>

using namespace core;

class DiskErrorTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(QStringLiteral(".*"))); }

    void errnoMeans_data()
    {
        QTest::addColumn<int>("osError");
        QTest::addColumn<Cause>("cause");
        QTest::newRow("no space") << ENOSPC << Cause::DiskFull;
        QTest::newRow("quota") << EDQUOT << Cause::QuotaExceeded;
        QTest::newRow("access") << EACCES << Cause::NoPermission;
        QTest::newRow("immutable") << EPERM << Cause::NoPermission;
        QTest::newRow("no such folder") << ENOENT << Cause::FolderMissing;
        QTest::newRow("file on the way") << ENOTDIR << Cause::NotAFolder;
        QTest::newRow("read-only") << EROFS << Cause::ReadOnlyDisk;
        QTest::newRow("name too long") << ENAMETOOLONG << Cause::NameTooLong;
        QTest::newRow("exists") << EEXIST << Cause::NameExists;
        QTest::newRow("folder") << EISDIR << Cause::NotRegularFile;
        QTest::newRow("link") << ELOOP << Cause::NotRegularFile;
        QTest::newRow("too large") << EFBIG << Cause::FileTooLarge;
        QTest::newRow("input/output") << EIO << Cause::DiskFailed;
        QTest::newRow("unplugged") << ENODEV << Cause::DiskFailed;
        QTest::newRow("stale handle") << ESTALE << Cause::DiskFailed;
        QTest::newRow("bad argument") << EINVAL << Cause::Internal;
        QTest::newRow("too many open") << EMFILE << Cause::Internal;
        QTest::newRow("none at all") << 0 << Cause::Internal;
    }
    void errnoMeans()
    {
        QFETCH(int, osError);
        QFETCH(Cause, cause);
        QCOMPARE(causeOf({.osError = osError}), cause);
    }

    void aCauseThatIsGivenHolds()
    {
        QCOMPARE(causeOf({.osError = ENOENT, .cause = Cause::PartMissing}), Cause::PartMissing);
    }
};

BELLHOP_TEST(DiskErrorTest)
#include "tst_disk_error.moc"
