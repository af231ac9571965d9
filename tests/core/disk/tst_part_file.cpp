// SPDX-License-Identifier: Apache-2.0
#include "core/disk/part_file.h"
#include "tests/core/disk/planted.h"
#include "tests/support/test_program.h"

#include <QTemporaryDir>

using namespace core;

namespace {
const QString kWishedName = QStringLiteral("a.iso");
const QString kPart = QStringLiteral("a.iso.part");
} // namespace

class PartFileTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(QStringLiteral(".*"))); }

    void aPartIsPrivateAndEmptyBesideItsTarget()
    {
        const QTemporaryDir dir;
        planted::file(dir.filePath(kWishedName), "theirs");
        const auto part = planted::newPart(dir.path(), kWishedName, 10);
        VERIFY_WORKED(part);
        QCOMPARE(part->identity(), planted::identity(dir.filePath(kPart)));
        QCOMPARE(planted::facts(dir.filePath(kPart)).st_mode & 07777, 0600u);
        QCOMPARE(planted::facts(dir.filePath(kPart)).st_size, 0);
        QCOMPARE(planted::content(dir.filePath(kWishedName)), "theirs");
    }

    void aPreparedPartHasNoNameAndGoesWithItsDescriptor()
    {
        const QTemporaryDir dir;
        {
            auto part = PartFile::prepare(dir.path(), kWishedName, 10);
            VERIFY_WORKED(part);
            QCOMPARE(part->identity().path, dir.filePath(kPart));
            if (!planted::names(dir.path()).isEmpty()) {
                QSKIP("this file system knows no files without a name");
            }
            VERIFY_WORKED(part->writeAt(0, "abcd"));
        }
        QVERIFY(planted::names(dir.path()).isEmpty());
        auto part = PartFile::prepare(dir.path(), kWishedName, 10);
        VERIFY_WORKED(part);
        const PartIdentity prepared = part->identity();
        QCOMPARE(part->giveName().value_or(PartIdentity{}), prepared);
        QCOMPARE(planted::identity(dir.filePath(kPart)), prepared);
        QCOMPARE(planted::facts(dir.filePath(kPart)).st_mode & 07777, 0600u);
    }

    void aFolderIsSyncedOnceForAllItsNames()
    {
        const QTemporaryDir dir;
        const QString later = dir.filePath(QStringLiteral("later"));
        SyncedFolders folders;
        QVERIFY(!folders.sync(later));
        QVERIFY(QDir().mkdir(later));
        QVERIFY(!folders.sync(later)); // what was found out stands: nothing is looked at again
        VERIFY_WORKED(SyncedFolders().sync(later));
    }

    void aNameThatIsTakenBeforeItIsGivenIsLeftAlone()
    {
        const QTemporaryDir dir;
        auto part = PartFile::prepare(dir.path(), kWishedName, std::nullopt);
        VERIFY_WORKED(part);
        if (!planted::names(dir.path()).isEmpty()) {
            QSKIP("this file system knows no files without a name");
        }
        planted::file(dir.filePath(kPart), "theirs");
        const PartIdentity other = part->giveName().value_or(PartIdentity{});
        QCOMPARE(other.path, dir.filePath(QStringLiteral("a.iso.2.part")));
        QVERIFY(!QFile::exists(other.path));
        QCOMPARE(part->giveName().value_or(PartIdentity{}), other);
        QCOMPARE(planted::identity(other.path), other);
        QCOMPARE(planted::content(dir.filePath(kPart)), "theirs");
    }

    void whatStandsUnderThePartNameIsLeftAlone_data()
    {
        QTest::addColumn<QString>("kind");
        for (const char *kind : {"file", "link", "dangling link", "fifo", "folder"}) {
            QTest::newRow(kind) << QString::fromLatin1(kind);
        }
    }
    void whatStandsUnderThePartNameIsLeftAlone()
    {
        QFETCH(QString, kind);
        const QTemporaryDir dir;
        const QString taken = dir.filePath(kPart);
        const QString victim = dir.filePath(QStringLiteral("victim"));
        planted::file(victim, "theirs");
        if (kind == u"file") {
            planted::file(taken, "theirs");
        } else if (kind == u"link") {
            planted::link(victim, taken);
        } else if (kind == u"dangling link") {
            planted::link(dir.filePath(QStringLiteral("nowhere")), taken);
        } else if (kind == u"fifo") {
            planted::fifo(taken);
        } else {
            QVERIFY(QDir().mkdir(taken));
        }
        const struct stat before = planted::facts(taken);
        auto part = planted::newPart(dir.path(), kWishedName, std::nullopt);
        VERIFY_WORKED(part);
        QCOMPARE(part->identity().path, dir.filePath(QStringLiteral("a.iso.2.part")));
        VERIFY_WORKED(part->writeAt(0, "ours"));
        QCOMPARE(planted::facts(taken).st_ino, before.st_ino);
        QCOMPARE(planted::content(victim), "theirs");
        QVERIFY(!QFile::exists(dir.filePath(QStringLiteral("nowhere"))));
    }

    void namesOfMoreThanOneComponentAreRefused()
    {
        const QTemporaryDir dir;
        for (const QString &name :
             {QString(), QStringLiteral("."), QStringLiteral(".."), QStringLiteral("../x"),
              QStringLiteral("/etc/x"), QStringLiteral("x") + QChar(0)}) {
            COMPARE_CAUSE(planted::newPart(dir.path(), name, std::nullopt), Cause::Internal);
        }
        QVERIFY(planted::names(dir.path()).isEmpty());
    }

    void theLongestNameStillHasAPart()
    {
        const QTemporaryDir dir;
        const auto part = planted::newPart(dir.path(), QString(255, u'x'), std::nullopt);
        VERIFY_WORKED(part);
        QCOMPARE(planted::names(dir.path()).first().size(), 255);
    }

    void aMissingFolderIsSaid()
    {
        const QTemporaryDir dir;
        COMPARE_CAUSE(
            planted::newPart(dir.filePath(QStringLiteral("no")), kWishedName, std::nullopt),
            Cause::FolderMissing);
    }

    void moreThanThereIsRoomForIsRefusedBeforeAFileIsMade()
    {
        const QTemporaryDir dir;
        constexpr qint64 kTooMuch = qint64(1) << 60;
        const auto part = planted::newPart(dir.path(), kWishedName, kTooMuch);
        COMPARE_CAUSE(part, Cause::DiskFull);
        QVERIFY(part.error().bytesMissing > kTooMuch / 2);
        QVERIFY(part.error().bytesMissing < kTooMuch);
        QVERIFY(planted::names(dir.path()).isEmpty());
    }

    void roomIsReservedBeyondTheEnd()
    {
        const QTemporaryDir dir;
        constexpr qint64 kSize = 4 * 1024 * 1024;
        const auto part = planted::newPart(dir.path(), kWishedName, kSize);
        VERIFY_WORKED(part);
        const struct stat facts = planted::facts(dir.filePath(kPart));
        QCOMPARE(facts.st_size, 0);
        if (facts.st_blocks == 0) {
            QSKIP("this file system reserves nothing");
        }
        QVERIFY(facts.st_blocks * 512 >= kSize);
    }

    void bytesComeBackFromWhereTheyWerePut()
    {
        const QTemporaryDir dir;
        auto part = planted::newPart(dir.path(), kWishedName, std::nullopt);
        VERIFY_WORKED(part);
        VERIFY_WORKED(part->writeAt(4, "efgh"));
        VERIFY_WORKED(part->writeAt(0, "abcd"));
        VERIFY_WORKED(part->sync());
        part->startWriteBack(0, 8);
        QCOMPARE(part->readAt(2, 4).value_or(QByteArray()), "cdef");
        QCOMPARE(planted::content(dir.filePath(kPart)), "abcdefgh");
        COMPARE_CAUSE(part->readAt(5, 4), Cause::PartChanged);
        VERIFY_WORKED(part->truncate(3));
        QCOMPARE(planted::content(dir.filePath(kPart)), "abc");
    }

    void aPartIsOpenedAgainAtItsDurableBytes_data()
    {
        QTest::addColumn<qint64>("durable");
        QTest::addColumn<QByteArray>("left");
        QTest::newRow("all of it") << qint64(8) << QByteArray("abcdefgh");
        QTest::newRow("bytes beyond are cut off") << qint64(5) << QByteArray("abcde");
        QTest::newRow("nothing was durable") << qint64(0) << QByteArray();
    }
    void aPartIsOpenedAgainAtItsDurableBytes()
    {
        QFETCH(qint64, durable);
        const QTemporaryDir dir;
        planted::file(dir.filePath(kPart), "abcdefgh");
        auto part =
            PartFile::reopen(planted::identity(dir.filePath(kPart)), RangeSet::prefix(durable));
        VERIFY_WORKED(part);
        QTEST(planted::content(dir.filePath(kPart)), "left");
        VERIFY_WORKED(part->writeAt(durable, "!"));
        QCOMPARE(planted::facts(dir.filePath(kPart)).st_size, durable + 1);
    }

    void durableBytesBehindAHoleAreKept()
    {
        const QTemporaryDir dir;
        planted::file(dir.filePath(kPart), "abcd??gh??");
        const PartIdentity identity = planted::identity(dir.filePath(kPart));
        RangeSet durable = RangeSet::prefix(4);
        durable.insert({6, 8});
        VERIFY_WORKED(PartFile::reopen(identity, durable));
        QCOMPARE(planted::content(dir.filePath(kPart)), "abcd??gh");
        durable.insert({8, 9});
        COMPARE_CAUSE(PartFile::reopen(identity, durable), Cause::PartChanged);
        QCOMPARE(planted::content(dir.filePath(kPart)), "abcd??gh");
    }

    void whatIsNotOursIsNotOpened_data()
    {
        QTest::addColumn<QString>("kind");
        QTest::addColumn<Cause>("cause");
        QTest::newRow("too short") << QStringLiteral("short") << Cause::PartChanged;
        QTest::newRow("another file") << QStringLiteral("other") << Cause::PartChanged;
        QTest::newRow("a link to it") << QStringLiteral("link") << Cause::PartChanged;
        QTest::newRow("two names") << QStringLiteral("hard") << Cause::PartChanged;
        QTest::newRow("a fifo") << QStringLiteral("fifo") << Cause::PartChanged;
        QTest::newRow("a folder") << QStringLiteral("folder") << Cause::PartChanged;
        QTest::newRow("gone") << QStringLiteral("gone") << Cause::PartMissing;
        QTest::newRow("folder gone") << QStringLiteral("away") << Cause::FolderMissing;
        QTest::newRow("not mounted") << QStringLiteral("unmounted") << Cause::DriveMissing;
    }
    void whatIsNotOursIsNotOpened()
    {
        QFETCH(QString, kind);
        QFETCH(Cause, cause);
        const QTemporaryDir dir;
        const QString folder = dir.filePath(QStringLiteral("in"));
        QVERIFY(QDir().mkdir(folder));
        const QString path = folder + u'/' + kPart;
        const QString kept = folder + QStringLiteral("/kept");
        planted::file(path, "abcdefgh");
        PartIdentity identity = planted::identity(path);
        if (kind != u"short" && kind != u"hard") {
            QVERIFY(QFile::rename(path, kept)); // its inode stays in use
        }
        if (kind == u"other") {
            planted::file(path, "abcdefgh");
        } else if (kind == u"link") {
            planted::link(kept, path);
        } else if (kind == u"hard") {
            planted::hardLink(path, kept);
        } else if (kind == u"fifo") {
            planted::fifo(path);
        } else if (kind == u"folder") {
            QVERIFY(QDir().mkdir(path));
        } else if (kind == u"away") {
            QVERIFY(QDir(folder).removeRecursively());
        } else if (kind == u"unmounted") {
            identity.device += 1;
        }
        COMPARE_CAUSE(PartFile::reopen(identity, RangeSet::prefix(kind == u"short" ? 9 : 4)),
                      cause);
        if (QFile::exists(kept)) {
            QCOMPARE(planted::content(kept), "abcdefgh");
        }
    }

    void aPartThatIsClosedToUsIsToBlameAndNotItsFolder()
    {
        const QTemporaryDir dir;
        QCOMPARE(::chmod(QFile::encodeName(dir.path()).constData(), 0777), 0);
        planted::file(dir.filePath(kPart), "abcd", 0000);
        const PartIdentity identity = planted::identity(dir.filePath(kPart));
        const planted::AsNobody nobody;
        if (!nobody.worked()) {
            QSKIP("needs root, to become somebody else");
        }
        const auto opened = PartFile::reopen(identity, {});
        COMPARE_CAUSE(opened, Cause::NoPermission);
        QCOMPARE(opened.error().path, identity.path);
    }

    void aFolderThatIsClosedToUsIsToBlameAndNotThePart()
    {
        const QTemporaryDir dir;
        planted::file(dir.filePath(kPart), "abcd");
        const PartIdentity identity = planted::identity(dir.filePath(kPart));
        QCOMPARE(::chmod(QFile::encodeName(dir.path()).constData(), 0755), 0);
        const planted::AsNobody nobody;
        if (!nobody.worked()) {
            QSKIP("needs root, to become somebody else");
        }
        const auto made = PartFile::prepare(dir.path(), QStringLiteral("new"), std::nullopt);
        COMPARE_CAUSE(made, Cause::NoPermission);
        QCOMPARE(made.error().path, dir.path());
    }

    void theFileOfAnotherUserIsNotOpened()
    {
        if (::geteuid() != 0) {
            QSKIP("needs root, to give a file away");
        }
        const QTemporaryDir dir;
        planted::file(dir.filePath(kPart), "abc");
        QCOMPARE(::chown(QFile::encodeName(dir.filePath(kPart)).constData(), 65534, 65534), 0);
        COMPARE_CAUSE(PartFile::reopen(planted::identity(dir.filePath(kPart)), {}),
                      Cause::PartChanged);
    }

    void aPartThatWasDeletedIsNoticedAtTheNextSync()
    {
        const QTemporaryDir dir;
        auto part = planted::newPart(dir.path(), kWishedName, std::nullopt);
        VERIFY_WORKED(part);
        VERIFY_WORKED(part->writeAt(0, "abc"));
        VERIFY_WORKED(part->sync());
        QVERIFY(QFile::remove(dir.filePath(kPart)));
        VERIFY_WORKED(part->writeAt(3, "def"));
        COMPARE_CAUSE(part->sync(), Cause::PartMissing);
    }

    void closingDiscardsNothing()
    {
        const QTemporaryDir dir;
        {
            auto part = planted::newPart(dir.path(), kWishedName, std::nullopt);
            VERIFY_WORKED(part);
            VERIFY_WORKED(part->writeAt(0, "abc"));
            PartFile moved = std::move(*part);
            *part = std::move(moved);
            VERIFY_WORKED(part->writeAt(3, "def"));
        }
        QCOMPARE(planted::content(dir.filePath(kPart)), "abcdef");
    }
};

BELLHOP_TEST(PartFileTest)
#include "tst_part_file.moc"
