// SPDX-License-Identifier: Apache-2.0
#include "core/disk/folder.h"
#include "core/disk/open_folder.h"
#include "tests/core/disk/planted.h"
#include "tests/support/test_program.h"

#include <QTemporaryDir>

using namespace core;

class FolderTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(QStringLiteral(".*"))); }

    void tellsWhatIsKnownAndLeavesNothingBehind()
    {
        const QTemporaryDir dir;
        const auto facts = inspectFolder(dir.path() + QStringLiteral("/./"), MissingFolder::Refuse);
        VERIFY_WORKED(facts);
        QCOMPARE(facts->path, dir.path());
        QCOMPARE(facts->device, quint64(planted::facts(dir.path()).st_dev));
        QVERIFY(facts->freeBytes > 0);
        QVERIFY(!facts->fileSystem.isEmpty());
        QVERIFY(planted::names(dir.path()).isEmpty());
    }

    void aMissingFolderIsMadeOnlyWhenAsked()
    {
        const QTemporaryDir dir;
        const QString deep = dir.filePath(QStringLiteral("one/two/three"));
        COMPARE_CAUSE(inspectFolder(deep, MissingFolder::Refuse), Cause::FolderMissing);
        QVERIFY(planted::names(dir.path()).isEmpty());
        VERIFY_WORKED(inspectFolder(deep, MissingFolder::Create));
        QVERIFY(QDir(deep).exists());
        VERIFY_WORKED(inspectFolder(deep, MissingFolder::Create));
    }

    void aMissingFolderIsNotMadeOnAnotherDriveThanItsOwn()
    {
        const QTemporaryDir dir;
        const QString deep = dir.filePath(QStringLiteral("one/two"));
        const quint64 here = planted::facts(dir.path()).st_dev;
        for (const MissingFolder missing : {MissingFolder::Refuse, MissingFolder::Create}) {
            COMPARE_CAUSE(inspectFolder(deep, missing, here + 1), Cause::DriveMissing);
        }
        QVERIFY(planted::names(dir.path()).isEmpty());
        COMPARE_CAUSE(inspectFolder(deep, MissingFolder::Refuse, here), Cause::FolderMissing);
        VERIFY_WORKED(inspectFolder(deep, MissingFolder::Create, here));
        VERIFY_WORKED(inspectFolder(deep, MissingFolder::Create, here + 1)); // whoever made it
    }

    void aFolderIsToBeMadeOnlyWhereItCanBe()
    {
        const QTemporaryDir dir;
        COMPARE_CAUSE(inspectPlaceOf(dir.filePath(QStringLiteral("one/two"))),
                      Cause::FolderMissing);
        VERIFY_WORKED(inspectPlaceOf(dir.path()));
        QVERIFY(planted::names(dir.path()).isEmpty());
        COMPARE_CAUSE(inspectPlaceOf(QStringLiteral("/proc/nope/deeper")), Cause::NoPermission);
    }

    void aFileOnTheWayIsNotAFolder()
    {
        const QTemporaryDir dir;
        planted::file(dir.filePath(QStringLiteral("file")), "x");
        for (const MissingFolder missing : {MissingFolder::Refuse, MissingFolder::Create}) {
            COMPARE_CAUSE(inspectFolder(dir.filePath(QStringLiteral("file")), missing),
                          Cause::NotAFolder);
            const auto below = inspectFolder(dir.filePath(QStringLiteral("file/in/it")), missing);
            COMPARE_CAUSE(below, Cause::NotAFolder);
            QCOMPARE(below.error().path, dir.filePath(QStringLiteral("file")));
        }
    }

    void aLinkThatIsPutInTheWayIsNotFollowed_data()
    {
        QTest::addColumn<PathWalk>("walk");
        QTest::newRow("by the kernel") << PathWalk::ByKernel;
        QTest::newRow("by component") << PathWalk::ByComponent;
    }
    void aLinkThatIsPutInTheWayIsNotFollowed()
    {
        QFETCH(const PathWalk, walk);
        const QTemporaryDir dir;
        const QString folder = dir.filePath(QStringLiteral("in"));
        planted::folder(folder);
        planted::folder(folder + QStringLiteral("/below"));
        VERIFY_WORKED(openFolder(folder, Step::Prepare, walk));
        VERIFY_WORKED(openFolder(folder + QStringLiteral("/below"), Step::Prepare, walk));
        VERIFY_WORKED(openFolder(QStringLiteral("/"), Step::Prepare, walk));
        QVERIFY(QDir().rename(folder, dir.filePath(QStringLiteral("away"))));
        planted::link(dir.filePath(QStringLiteral("away")), folder);
        for (const QString &path : {folder, folder + QStringLiteral("/below")}) {
            const auto opened = openFolder(path, Step::Prepare, walk);
            COMPARE_CAUSE(opened, Cause::NotAFolder);
            QCOMPARE(opened.error().path, folder);
        }
        COMPARE_CAUSE(inspectFolder(folder + QStringLiteral("/new"), MissingFolder::Create),
                      Cause::NotAFolder);
        QCOMPARE(planted::names(dir.filePath(QStringLiteral("away"))),
                 QStringList{QStringLiteral("below")});
    }

    void theLinksThatArePartOfAPathAreReplacedByWhereTheyLead()
    {
        const QTemporaryDir dir;
        const QString folder = dir.filePath(QStringLiteral("real"));
        planted::folder(folder);
        const QString link = dir.filePath(QStringLiteral("link"));
        planted::link(folder, link);
        QCOMPARE(withoutLinks(link), folder);
        QCOMPARE(withoutLinks(link + QStringLiteral("/new/one")),
                 folder + QStringLiteral("/new/one"));
        QCOMPARE(withoutLinks(folder), folder);
        QCOMPARE(withoutLinks(QStringLiteral("/no-such-folder/a")),
                 QStringLiteral("/no-such-folder/a"));
        QCOMPARE(withoutLinks(QStringLiteral("relative")), QStringLiteral("relative"));
        QCOMPARE(withoutLinks(QStringLiteral("/")), QStringLiteral("/"));
    }

    void relativeAndBrokenPathsAreRefused()
    {
        COMPARE_CAUSE(inspectFolder(QStringLiteral("tmp"), MissingFolder::Create), Cause::Internal);
        COMPARE_CAUSE(inspectFolder({}, MissingFolder::Create), Cause::Internal);
        COMPARE_CAUSE(inspectFolder(QStringLiteral("/tmp/a") + QChar(0), MissingFolder::Refuse),
                      Cause::Internal);
    }

    void theFolderOfAnotherUserIsNotWritable()
    {
        const QTemporaryDir dir;
        QCOMPARE(::chmod(QFile::encodeName(dir.path()).constData(), 0755), 0);
        const planted::AsNobody nobody;
        if (!nobody.worked()) {
            QSKIP("needs root, to become somebody else");
        }
        COMPARE_CAUSE(inspectFolder(dir.path(), MissingFolder::Refuse), Cause::NoPermission);
        COMPARE_CAUSE(inspectFolder(dir.filePath(QStringLiteral("new")), MissingFolder::Create),
                      Cause::NoPermission);
    }

    void aFolderThatCannotBeListedCanBeUsed()
    {
        const QTemporaryDir dir;
        QCOMPARE(::chmod(QFile::encodeName(dir.path()).constData(), 0733), 0);
        const planted::AsNobody nobody;
        if (!nobody.worked()) {
            QSKIP("needs root, to become somebody else");
        }
        VERIFY_WORKED(inspectFolder(dir.path(), MissingFolder::Refuse));
    }

    void aReadOnlyDiskSaysSo()
    {
        const QTemporaryDir dir;
        const planted::SmallDisk disk(dir.path(), "size=1m");
        if (!disk.worked()) {
            QSKIP("needs root and a kernel that lets it mount");
        }
        const auto facts = inspectFolder(dir.path(), MissingFolder::Refuse);
        VERIFY_WORKED(facts);
        QCOMPARE(facts->fileSystem, QStringLiteral("tmpfs"));
        QCOMPARE(facts->freeBytes, 1024 * 1024);
        QVERIFY(disk.makeReadOnly());
        COMPARE_CAUSE(inspectFolder(dir.path(), MissingFolder::Refuse), Cause::ReadOnlyDisk);
    }
};

BELLHOP_TEST(FolderTest)
#include "tst_folder.moc"
