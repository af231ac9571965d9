// SPDX-License-Identifier: Apache-2.0
#include "core/disk/part_file.h"
#include "core/disk/place.h"
#include "tests/core/disk/planted.h"
#include "tests/support/test_program.h"

#include <QTemporaryDir>

using namespace core;

class PlaceTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(QStringLiteral(".*"))); }

    void aFolderThatMayBeMadeIsNotMade()
    {
        const QTemporaryDir dir;
        const QString deep = dir.filePath(QStringLiteral("one/two"));
        COMPARE_CAUSE(inspectPlace({.folder = deep}), Cause::FolderMissing);
        const auto place = inspectPlace({.folder = deep, .missing = MissingFolder::Create});
        VERIFY_WORKED(place);
        QVERIFY(place->isToBeMade);
        QVERIFY(place->folder.freeBytes > 0);
        QVERIFY(planted::names(dir.path()).isEmpty());
    }

    void whatCannotBeMadeIsNotPromised()
    {
        const auto make = [](const char *path) {
            return inspectPlace(
                {.folder = QString::fromLatin1(path), .missing = MissingFolder::Create});
        };
        COMPARE_CAUSE(make("/proc/nope"), Cause::NoPermission);
        COMPARE_CAUSE(make("/dev/null/deep/er"), Cause::NotAFolder);
    }

    void theNameIsLookedUp()
    {
        const QTemporaryDir dir;
        planted::file(dir.filePath(QStringLiteral("file")), "x");
        QVERIFY(QDir(dir.path()).mkdir(QStringLiteral("folder")));
        const auto use = [&dir](const char *name) {
            return inspectPlace({.folder = dir.path(), .fileName = QString::fromLatin1(name)})
                .value_or(PlaceFacts{})
                .use;
        };
        QCOMPARE(use("file"), NameUse::File);
        QCOMPARE(use("folder"), NameUse::Folder);
        QCOMPARE(use("free"), NameUse::Free);
    }

    void whatIsHereOrReservedIsNotNeededAgain()
    {
        const QTemporaryDir dir;
        auto part = PartFile::prepare(dir.path(), QStringLiteral("a"), std::nullopt);
        VERIFY_WORKED(part);
        VERIFY_WORKED(part->writeAt(0, QByteArray(1'000'000, 'x')));
        VERIFY_WORKED(part->giveName());
        PartIdentity elsewhere = part->identity();
        elsewhere.device += 1;
        const auto needed = [&dir](const PartIdentity &there, qint64 size, qint64 durable) {
            return inspectPlace({.folder = dir.path(), .files = {{size, durable, there}}})
                .value_or(PlaceFacts{})
                .neededBytes;
        };
        QCOMPARE(needed({}, 5'000'000, 0), 5'000'000);
        QCOMPARE(needed(elsewhere, 5'000'000, 1'000'000), 5'000'000);
        QCOMPARE(needed(part->identity(), 5'000'000, 3'000'000), 2'000'000);
        QVERIFY(needed(part->identity(), 5'000'000, 0) <= 4'000'000);
        QCOMPARE(needed(part->identity(), 1000, 0), 0);
    }
};

BELLHOP_TEST(PlaceTest)
#include "tst_place.moc"
