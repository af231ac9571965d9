// SPDX-License-Identifier: Apache-2.0
#include "core/disk/rename.h"
#include "tests/core/disk/planted.h"
#include "tests/support/test_program.h"

#include <QTemporaryDir>

using namespace core;

class RenameTest : public QObject {
    Q_OBJECT

    void addWays()
    {
        QTest::addColumn<RenameWay>("way");
        QTest::newRow("flag") << RenameWay::Flag;
        QTest::newRow("link") << RenameWay::Link;
        QTest::newRow("placeholder") << RenameWay::Placeholder;
    }

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(QStringLiteral(".*"))); }

    void aFreeNameIsGiven_data() { addWays(); }
    void aFreeNameIsGiven()
    {
        QFETCH(RenameWay, way);
        const QTemporaryDir dir;
        planted::file(dir.filePath(QStringLiteral("a")), "ours");
        const PartIdentity before = planted::identity(dir.filePath(QStringLiteral("a")));
        const auto folder = openFolder(dir.path(), Step::Publish);
        VERIFY_WORKED(folder);
        QCOMPARE(renameWithoutReplacing({*folder, QStringLiteral("a")},
                                        {*folder, QStringLiteral("b")}, way),
                 0);
        QCOMPARE(planted::names(dir.path()), QStringList{QStringLiteral("b")});
        QCOMPARE(planted::identity(dir.filePath(QStringLiteral("b"))).inode, before.inode);
    }

    void nothingIsReplaced_data() { addWays(); }
    void nothingIsReplaced()
    {
        QFETCH(RenameWay, way);
        const QTemporaryDir dir;
        const QString ours = dir.filePath(QStringLiteral("a"));
        const QString target = dir.filePath(QStringLiteral("b"));
        const auto folder = openFolder(dir.path(), Step::Publish);
        VERIFY_WORKED(folder);
        const std::function<void()> obstacles[] = {
            [&] { planted::file(target, "theirs"); },
            [&] { planted::file(target, ""); },
            [&] { planted::link(QStringLiteral("nowhere"), target); },
            [&] { planted::fifo(target); },
            [&] { planted::folder(target); },
        };
        for (const auto &plant : obstacles) {
            planted::file(ours, "ours");
            plant();
            const struct stat before = planted::facts(target);
            QCOMPARE(renameWithoutReplacing({*folder, QStringLiteral("a")},
                                            {*folder, QStringLiteral("b")}, way),
                     EEXIST);
            QCOMPARE(planted::facts(target).st_ino, before.st_ino);
            QCOMPARE(planted::content(ours), "ours");
            QVERIFY(::remove(QFile::encodeName(target).constData()) == 0);
        }
    }

    void whatIsNotThereLeavesNothingBehind_data() { addWays(); }
    void whatIsNotThereLeavesNothingBehind()
    {
        QFETCH(RenameWay, way);
        const QTemporaryDir dir;
        const auto folder = openFolder(dir.path(), Step::Publish);
        VERIFY_WORKED(folder);
        QCOMPARE(renameWithoutReplacing({*folder, QStringLiteral("a")},
                                        {*folder, QStringLiteral("b")}, way),
                 ENOENT);
        QVERIFY(planted::names(dir.path()).isEmpty());
    }
};

BELLHOP_TEST(RenameTest)
#include "tst_rename.moc"
