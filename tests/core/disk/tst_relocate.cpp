// SPDX-License-Identifier: Apache-2.0
#include "core/disk/publish.h"
#include "tests/core/disk/planted.h"
#include "tests/support/test_program.h"

#include <QCryptographicHash>
#include <QTemporaryDir>

using namespace core;

namespace {
const QString kKeptName = QStringLiteral("a.iso");
const QString kKeptPart = QStringLiteral("a.iso.part");
} // namespace

/// Discarding, moving, setting aside and hashing.
class RelocateTest : public QObject {
    Q_OBJECT

    std::unique_ptr<QTemporaryDir> m_dir;

    [[nodiscard]] QString path(const QString &name) const { return m_dir->filePath(name); }
    [[nodiscard]] PartIdentity plantPart(const QByteArray &bytes = "ours") const
    {
        planted::file(path(kKeptPart), bytes, 0600);
        return planted::identity(path(kKeptPart));
    }

private Q_SLOTS:
    void init()
    {
        QTest::failOnWarning(QRegularExpression(QStringLiteral(".*")));
        m_dir = std::make_unique<QTemporaryDir>();
    }

    void aPartOfOursIsDiscarded()
    {
        const PartIdentity part = plantPart();
        VERIFY_WORKED(discard(part));
        QVERIFY(planted::names(m_dir->path()).isEmpty());
        VERIFY_WORKED(discard(part));
        VERIFY_WORKED(discard({}));
    }

    void aForeignFileIsNeverDiscarded_data()
    {
        QTest::addColumn<QString>("kind");
        for (const char *kind : {"file", "link", "fifo", "folder", "other device"}) {
            QTest::newRow(kind) << QString::fromLatin1(kind);
        }
    }
    void aForeignFileIsNeverDiscarded()
    {
        QFETCH(QString, kind);
        PartIdentity part = plantPart();
        const QString kept = path(QStringLiteral("kept"));
        QVERIFY(QFile::rename(path(kKeptPart), kept));
        if (kind == u"file") {
            planted::file(path(kKeptPart), "theirs");
        } else if (kind == u"link") {
            planted::link(kept, path(kKeptPart));
        } else if (kind == u"fifo") {
            planted::fifo(path(kKeptPart));
        } else if (kind == u"folder") {
            QVERIFY(QDir().mkdir(path(kKeptPart)));
        } else {
            part = planted::identity(kept);
            part.device += 1;
        }
        const QStringList before = planted::names(m_dir->path());
        VERIFY_WORKED(discard(part));
        QCOMPARE(planted::names(m_dir->path()), before);
    }

    void aPartInAFolderThatIsGoneIsGone()
    {
        PartIdentity part = plantPart();
        part.path = path(QStringLiteral("gone/a.part"));
        VERIFY_WORKED(discard(part));
    }

    void aPartThatMayNotBeRemovedIsAnError()
    {
        const PartIdentity part = plantPart();
        QCOMPARE(::chmod(QFile::encodeName(m_dir->path()).constData(), 0755), 0);
        const planted::AsNobody nobody;
        if (!nobody.worked()) {
            QSKIP("needs root, to become somebody else");
        }
        COMPARE_CAUSE(discard(part), Cause::NoPermission);
    }

    void aPartIsMovedByNameWithinAFileSystem()
    {
        const PartIdentity part = plantPart();
        const QString folder = path(QStringLiteral("to"));
        QVERIFY(QDir().mkdir(folder));
        planted::file(folder + u'/' + kKeptPart, "theirs");
        const auto moved = movePart(part, folder, kKeptName);
        VERIFY_WORKED(moved);
        QVERIFY(!moved->copy);
        QCOMPARE(moved->part.path, folder + QStringLiteral("/a.iso.2.part"));
        QCOMPARE(moved->part.inode, part.inode);
        QCOMPARE(planted::content(moved->part.path), "ours");
        QCOMPARE(planted::content(folder + u'/' + kKeptPart), "theirs");
        QVERIFY(!QFile::exists(path(kKeptPart)));
        // Asked again after a crash, it is where it is.
        const auto again = movePart(part, folder, kKeptName);
        VERIFY_WORKED(again);
        QCOMPARE(again->part, moved->part);
        const auto onceMore = movePart(moved->part, folder, kKeptName);
        VERIFY_WORKED(onceMore);
        QCOMPARE(onceMore->part, moved->part);
    }

    void aPartIsCopiedToAnotherFileSystem()
    {
        const QString otherDisk = planted::otherFileSystem();
        if (otherDisk.isEmpty()) {
            QSKIP("there is no second file system");
        }
        const QTemporaryDir there(otherDisk + QStringLiteral("/bellhop-XXXXXX"));
        QByteArray bytes(3 * 1024 * 1024 + 17, 'x');
        for (qsizetype i = 0; i < bytes.size(); i += 4096) {
            bytes[i] = char(i >> 12);
        }
        const PartIdentity part = plantPart(bytes);
        const auto moved = movePart(part, there.path(), kKeptName);
        VERIFY_WORKED(moved);
        QVERIFY(moved->copy);
        QVERIFY(planted::names(there.path()).isEmpty()); // until it is written down
        planted::file(there.filePath(kKeptPart), "theirs");
        const auto other = nameCopy(moved->copy.get());
        VERIFY_WORKED(other);
        QVERIFY(*other != moved->part);
        QVERIFY(!moved->copy->hasName()); // nor is the other one
        const auto named = nameCopy(moved->copy.get());
        VERIFY_WORKED(named);
        QCOMPARE(*named, *other);
        QCOMPARE(*named, planted::identity(there.filePath(QStringLiteral("a.iso.2.part"))));
        QVERIFY(named->device != part.device);
        QVERIFY(planted::content(named->path) == bytes);
        QCOMPARE(planted::facts(named->path).st_mode & 07777, 0600u);
        QCOMPARE(planted::identity(path(kKeptPart)),
                 part); // until it is written down which one counts
    }

    void aCopyThatNobodyNamesIsGone()
    {
        const QString other = planted::otherFileSystem();
        if (other.isEmpty()) {
            QSKIP("there is no second file system");
        }
        const QTemporaryDir there(other + QStringLiteral("/bellhop-XXXXXX"));
        const PartIdentity part = plantPart();
        VERIFY_WORKED(movePart(part, there.path(), kKeptName));
        QVERIFY(planted::names(there.path()).isEmpty());
        QCOMPARE(planted::identity(path(kKeptPart)), part);
    }

    void aCopyThatDoesNotFitLeavesAllAsItWas()
    {
        const QString small = path(QStringLiteral("small"));
        QVERIFY(QDir().mkdir(small));
        const planted::SmallDisk disk(small, "size=1m");
        if (!disk.worked()) {
            QSKIP("needs root and a kernel that lets it mount");
        }
        const PartIdentity part = plantPart(QByteArray(2 * 1024 * 1024, 'x'));
        COMPARE_CAUSE(movePart(part, small, kKeptName), Cause::DiskFull);
        QVERIFY(planted::names(small).isEmpty());
        QCOMPARE(planted::identity(path(kKeptPart)), part);
    }

    void whatIsNotOursIsNotMoved()
    {
        const PartIdentity part = plantPart();
        QVERIFY(QFile::rename(path(kKeptPart), path(QStringLiteral("kept"))));
        const QString folder = path(QStringLiteral("to"));
        QVERIFY(QDir().mkdir(folder));
        COMPARE_CAUSE(movePart(part, folder, kKeptName), Cause::PartMissing);
        planted::file(path(kKeptPart), "theirs");
        COMPARE_CAUSE(movePart(part, folder, kKeptName), Cause::PartChanged);
        QVERIFY(planted::names(folder).isEmpty());
        COMPARE_CAUSE(movePart(part, folder, QStringLiteral("../a")), Cause::Internal);
    }

    void hashesAreThoseOfTheWholeFile_data()
    {
        QTest::addColumn<ExpectedHash::Algorithm>("algorithm");
        QTest::addColumn<QByteArray>("digest"); // of "abc"
        QTest::newRow("MD5") << ExpectedHash::Algorithm::Md5
                             << QByteArray("900150983cd24fb0d6963f7d28e17f72");
        QTest::newRow("SHA-1") << ExpectedHash::Algorithm::Sha1
                               << QByteArray("a9993e364706816aba3e25717850c26c9cd0d89d");
        QTest::newRow("SHA-256")
            << ExpectedHash::Algorithm::Sha256
            << QByteArray("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
        QTest::newRow("SHA-512")
            << ExpectedHash::Algorithm::Sha512
            << QByteArray("ddaf35a193617abacc417349ae20413112e6fa4e89a97ea20a9eeee64b55d39a"
                          "2192992a274fc1a836ba3c23a3feebbd454d4423643ce80e2a9ac94fa54ca49f");
        QTest::newRow("BLAKE2b")
            << ExpectedHash::Algorithm::Blake2b
            << QByteArray("ba80a53f981c4d0d6a2797b69f12f6e94c212f14685ac4b74b12bb6fdbffa2d1"
                          "7d87c5392aab792dc252d5de4533cc9518d38aa8dbf1925ab92386edd4009923");
    }
    void hashesAreThoseOfTheWholeFile()
    {
        QFETCH(ExpectedHash::Algorithm, algorithm);
        const auto digest = hashOf(plantPart("abc"), algorithm);
        VERIFY_WORKED(digest);
        QTEST(*digest, "digest");
    }

    void manyBlocksAreHashedInTurn()
    {
        QByteArray bytes(2 * 1024 * 1024 + 5, 'x');
        bytes[1024 * 1024] = 'y';
        const auto digest = hashOf(plantPart(bytes), ExpectedHash::Algorithm::Sha256);
        VERIFY_WORKED(digest);
        QCOMPARE(*digest, QCryptographicHash::hash(bytes, QCryptographicHash::Sha256).toHex());
    }
};

BELLHOP_TEST(RelocateTest)
#include "tst_relocate.moc"
