// SPDX-License-Identifier: Apache-2.0
#include "core/disk/publish.h"
#include "tests/core/disk/planted.h"
#include "tests/support/test_program.h"

#include <QTemporaryDir>
#include <QTimeZone>

#include <atomic>
#include <fcntl.h>
#include <thread>

using namespace core;

namespace {
const QString kFinalName = QStringLiteral("a.tar.gz");
/// One alone, as a value of its own.
DiskResult<QString> named(const PublishOrder &order)
{
    return giveFinalNames({order}).first();
}

} // namespace

class PublishTest : public QObject {
    Q_OBJECT

    std::unique_ptr<QTemporaryDir> m_dir;

    [[nodiscard]] QString path(const QString &name) const { return m_dir->filePath(name); }
    [[nodiscard]] QString part() const { return path(kFinalName + QStringLiteral(".part")); }
    [[nodiscard]] QString target() const { return path(kFinalName); }

    /// An order for a part of these bytes.
    [[nodiscard]] PublishOrder order(const QByteArray &bytes = "ours") const
    {
        planted::file(part(), bytes, 0600);
        return {.part = planted::identity(part()),
                .sizeBytes = bytes.size(),
                .folder = m_dir->path(),
                .fileName = kFinalName,
                .umask = 027};
    }

    static void addPolicies()
    {
        QTest::addColumn<ExistingFile>("policy");
        for (const ExistingFile policy : {ExistingFile::Ask, ExistingFile::Skip,
                                          ExistingFile::KeepBoth, ExistingFile::Replace}) {
            QTest::newRow(name(policy)) << policy;
        }
    }

private Q_SLOTS:
    void init()
    {
        QTest::failOnWarning(QRegularExpression(QStringLiteral(".*")));
        m_dir = std::make_unique<QTemporaryDir>();
    }

    void aWholePartGetsItsName_data() { addPolicies(); }
    void aWholePartGetsItsName()
    {
        QFETCH(ExistingFile, policy);
        PublishOrder given = order();
        given.existing = policy;
        given.lastModified =
            QDateTime(QDate(1969, 7, 20), QTime(20, 17, 40, 250), QTimeZone::utc());
        const auto published = named(given);
        VERIFY_WORKED(published);
        QCOMPARE(*published, target());
        QCOMPARE(planted::names(m_dir->path()), QStringList{kFinalName});
        QCOMPARE(planted::content(target()), "ours");
        const struct stat facts = planted::facts(target());
        QCOMPARE(facts.st_mode & 07777, 0640u); // 0666 less the umask of the order
        QCOMPARE(facts.st_mtim.tv_sec * 1000 + facts.st_mtim.tv_nsec / 1'000'000,
                 given.lastModified.toMSecsSinceEpoch());
    }

    void aTakenNameIsNotTouched_data()
    {
        QTest::addColumn<ExistingFile>("policy");
        QTest::addColumn<QString>("kind");
        for (const ExistingFile policy : {ExistingFile::Ask, ExistingFile::Skip}) {
            for (const char *kind : {"file", "link", "fifo", "folder"}) {
                QTest::addRow("%s, %s", name(policy), kind) << policy << QString::fromLatin1(kind);
            }
        }
    }
    void aTakenNameIsNotTouched()
    {
        QFETCH(ExistingFile, policy);
        QFETCH(QString, kind);
        plant(kind);
        const struct stat before = planted::facts(target());
        PublishOrder given = order();
        given.existing = policy;
        const auto refused = named(given);
        COMPARE_CAUSE(refused, kind == u"file" ? Cause::NameExists : Cause::NotRegularFile);
        QCOMPARE(refused.error().reason == Reason::IsFolder, kind == u"folder");
        QCOMPARE(planted::facts(target()).st_ino, before.st_ino);
        QCOMPARE(planted::content(part()), "ours");
        QCOMPARE(planted::facts(part()).st_mode & 07777, 0600u);
    }

    void bothAreKeptUnderTheFirstFreeNumber()
    {
        planted::file(target(), "theirs");
        planted::fifo(path(QStringLiteral("a (1).tar.gz")));
        PublishOrder given = order();
        given.existing = ExistingFile::KeepBoth;
        const auto published = named(given);
        VERIFY_WORKED(published);
        QCOMPARE(*published, path(QStringLiteral("a (2).tar.gz")));
        QCOMPARE(planted::content(*published), "ours");
        QCOMPARE(planted::content(target()), "theirs");
    }

    void aRegularFileIsReplacedAndKeepsItsPrivacy_data()
    {
        QTest::addColumn<uint>("before");
        QTest::addColumn<uint>("after");
        QTest::newRow("usual") << 0644u << 0640u;
        QTest::newRow("private") << 0600u << 0600u;
        QTest::newRow("executable") << 0755u << 0640u;
        QTest::newRow("read-only") << 0400u << 0600u;
    }
    void aRegularFileIsReplacedAndKeepsItsPrivacy()
    {
        QFETCH(uint, before);
        planted::file(target(), "theirs, and longer", before);
        PublishOrder given = order();
        given.existing = ExistingFile::Replace;
        VERIFY_WORKED(named(given));
        QCOMPARE(planted::names(m_dir->path()), QStringList{kFinalName});
        QCOMPARE(planted::content(target()), "ours");
        QTEST(uint(planted::facts(target()).st_mode & 07777), "after");
    }

    void onlyARegularFileIsReplaced_data()
    {
        QTest::addColumn<QString>("kind");
        for (const char *kind : {"link", "fifo", "folder"}) {
            QTest::newRow(kind) << QString::fromLatin1(kind);
        }
    }
    void onlyARegularFileIsReplaced()
    {
        QFETCH(QString, kind);
        plant(kind);
        const struct stat before = planted::facts(target());
        PublishOrder given = order();
        given.existing = ExistingFile::Replace;
        COMPARE_CAUSE(named(given), Cause::NotRegularFile);
        QCOMPARE(planted::facts(target()).st_ino, before.st_ino);
        QCOMPARE(planted::content(part()), "ours");
    }

    void aPartThatIsNotWholeOrNotOursIsNotPublished_data()
    {
        QTest::addColumn<QString>("kind");
        QTest::addColumn<Cause>("cause");
        QTest::newRow("too short") << QStringLiteral("short") << Cause::PartChanged;
        QTest::newRow("too long") << QStringLiteral("long") << Cause::PartChanged;
        QTest::newRow("another file") << QStringLiteral("other") << Cause::PartChanged;
        QTest::newRow("a link") << QStringLiteral("link") << Cause::PartChanged;
        QTest::newRow("two names") << QStringLiteral("hard") << Cause::PartChanged;
        QTest::newRow("gone") << QStringLiteral("gone") << Cause::PartMissing;
    }
    void aPartThatIsNotWholeOrNotOursIsNotPublished()
    {
        QFETCH(QString, kind);
        QFETCH(Cause, cause);
        PublishOrder given = order();
        const QString kept = path(QStringLiteral("kept"));
        if (kind == u"short") {
            given.sizeBytes = 5;
        } else if (kind == u"long") {
            given.sizeBytes = 3;
        } else if (kind == u"hard") {
            planted::hardLink(part(), kept);
        } else {
            QVERIFY(QFile::rename(part(), kept));
        }
        if (kind == u"other") {
            planted::file(part(), "ours");
        } else if (kind == u"link") {
            planted::link(kept, part());
        }
        COMPARE_CAUSE(named(given), cause);
        QVERIFY(planted::facts(target()).st_ino == 0);
    }

    void namesOfMoreThanOneComponentAreRefused()
    {
        PublishOrder given = order();
        for (const QString &name : {QString(), QStringLiteral(".."), QStringLiteral("../x"),
                                    QStringLiteral("/tmp/x"), QStringLiteral("a/b")}) {
            given.fileName = name;
            COMPARE_CAUSE(named(given), Cause::Internal);
        }
    }

    void aMissingFolderIsSaidAndThePartIsKept()
    {
        PublishOrder given = order();
        given.folder = path(QStringLiteral("gone"));
        COMPARE_CAUSE(named(given), Cause::FolderMissing);
        QCOMPARE(planted::content(part()), "ours");
    }

    void aPartMayComeFromAnotherFolder()
    {
        PublishOrder given = order();
        given.folder = path(QStringLiteral("final"));
        QVERIFY(QDir().mkdir(given.folder));
        const auto published = named(given);
        VERIFY_WORKED(published);
        QCOMPARE(*published, path(QStringLiteral("final/a.tar.gz")));
        QVERIFY(planted::facts(part()).st_ino == 0);
    }

    void aPartThatCouldNotBeNamedStaysPrivate()
    {
        const QString other = planted::otherFileSystem();
        if (other.isEmpty()) {
            QSKIP("there is no second file system");
        }
        const QTemporaryDir there(other + QStringLiteral("/bellhop-XXXXXX"));
        PublishOrder given = order();
        given.folder = there.path();
        const auto published = named(given);
        QVERIFY(!published.has_value());
        QCOMPARE(published.error().osError, EXDEV);
        QCOMPARE(planted::content(part()), "ours");
        QCOMPARE(planted::facts(part()).st_mode & 07777, 0600u);
        QVERIFY(planted::names(there.path()).isEmpty());
    }

    void publishingAgainAfterACrashFindsTheFile_data() { addPolicies(); }
    void publishingAgainAfterACrashFindsTheFile()
    {
        QFETCH(ExistingFile, policy);
        PublishOrder given = order();
        given.existing = policy;
        const auto first = named(given);
        VERIFY_WORKED(first);
        // Somebody has made something of the old name of the part meanwhile.
        planted::file(part(), "theirs");
        const auto second = named(given);
        VERIFY_WORKED(second);
        QCOMPARE(*second, *first);
        QCOMPARE(planted::content(part()), "theirs");
        QVERIFY(QFile::remove(part()));
        VERIFY_WORKED(named(given));
        QCOMPARE(planted::names(m_dir->path()), QStringList{kFinalName});
    }

    void aNumberedFileIsFoundAgainUnderAnyPolicy()
    {
        planted::file(target(), "theirs");
        planted::file(path(QStringLiteral("a (1).tar.gz")), "theirs");
        PublishOrder given = order();
        given.existing = ExistingFile::KeepBoth;
        const auto first = named(given);
        VERIFY_WORKED(first);
        const auto again = named(given);
        VERIFY_WORKED(again);
        QCOMPARE(*again, *first);
        QVERIFY(QFile::remove(path(QStringLiteral("a (1).tar.gz")))); // a gap in the numbers
        given.existing = ExistingFile::Replace;
        const auto second = named(given);
        VERIFY_WORKED(second);
        QCOMPARE(*second, *first);
        QCOMPARE(planted::content(target()), "theirs");
    }

    void aCrashBetweenLinkAndUnlinkIsFinished()
    {
        const PublishOrder given = order();
        planted::hardLink(part(), target());
        const auto published = named(given);
        VERIFY_WORKED(published);
        QCOMPARE(*published, target());
        QCOMPARE(planted::names(m_dir->path()), QStringList{kFinalName});
    }

    void aFileChangedAfterACrashIsNotOurs()
    {
        const PublishOrder given = order();
        VERIFY_WORKED(named(given));
        planted::file(target(), "changed since");
        COMPARE_CAUSE(named(given), Cause::PartChanged);
        QCOMPARE(planted::content(target()), "changed since");
    }

    void roomReservedBeyondTheEndIsGivenBack()
    {
        PublishOrder given = order();
        QFile file(part());
        QVERIFY(file.open(QIODevice::ReadWrite));
        if (::fallocate(file.handle(), FALLOC_FL_KEEP_SIZE, 0, 1024 * 1024) != 0) {
            QSKIP("this file system reserves nothing");
        }
        file.close();
        VERIFY_WORKED(named(given));
        QVERIFY(planted::facts(target()).st_blocks * 512 <= 64 * 1024);
        QCOMPARE(planted::content(target()), "ours");
    }

    /// Somebody keeps putting another file where the part is: whatever the outcome, no file but
    /// ours ends under the final name, and the other one is not lost.
    void swappingThePartDoesNotPublishAnotherFile()
    {
        const QString other = path(QStringLiteral("other"));
        int published = 0;
        for (int round = 0; round < 100; ++round) {
            const PublishOrder given = order();
            planted::file(other, "THEM");
            std::atomic<bool> stop = false;
            std::thread swapper(
                [&, from = QFile::encodeName(part()), to = QFile::encodeName(other)] {
                    while (!stop) {
                        (void)::renameat2(AT_FDCWD, from.constData(), AT_FDCWD, to.constData(),
                                          RENAME_EXCHANGE);
                    }
                });
            const auto result = named(given);
            stop = true;
            swapper.join();
            if (result) {
                ++published;
                QCOMPARE(planted::content(target()), "ours");
                QVERIFY(QFile::remove(target()));
            } else {
                QVERIFY2(planted::facts(target()).st_ino == 0, qPrintable(result.error().path));
            }
            const bool themInPart = planted::content(part()) == "THEM";
            QVERIFY(themInPart || planted::content(other) == "THEM");
            (void)QFile::remove(part());
            (void)QFile::remove(other);
        }
        QVERIFY2(published < 100, "nothing was ever swapped: this has tested nothing");
    }

private:
    void plant(const QString &kind) const
    {
        if (kind == u"file") {
            planted::file(target(), "theirs");
        } else if (kind == u"link") {
            planted::file(path(QStringLiteral("victim")), "theirs");
            planted::link(path(QStringLiteral("victim")), target());
        } else if (kind == u"fifo") {
            planted::fifo(target());
        } else {
            planted::folder(target());
        }
    }
};

BELLHOP_TEST(PublishTest)
#include "tst_publish.moc"
