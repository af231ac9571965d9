// SPDX-License-Identifier: Apache-2.0
#include "tests/architecture/rules.h"
#include "tests/support/test_program.h"

#include <QDir>
#include <QTemporaryDir>
#include <QTest>

using namespace Qt::StringLiterals;

/// The rules themselves, on small made-up files: each is seen to find what it is for, and to leave
/// alone what is in order.
class RulesTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(QStringLiteral(".*"))); }

    void commentsAndTextAreNoCode_data();
    void commentsAndTextAreNoCode();
    void anIncludeHasToFollowAnArrow_data();
    void anIncludeHasToFollowAnArrow();
    void aFileOutsideOfAllRoomsIsToldOf();
    void anArrowThatNobodyNeedsIsToldOf();
    void aCircleIsToldOfWithItsWay_data();
    void aCircleIsToldOfWithItsWay();
    void aHeaderOfAnotherLibraryIsToldOf_data();
    void aHeaderOfAnotherLibraryIsToldOf();
    void whatIsBannedIsToldOf_data();
    void whatIsBannedIsToldOf();
    void aLongFileIsToldOf_data();
    void aLongFileIsToldOf();
    void aMissingLicenceIsToldOf_data();
    void aMissingLicenceIsToldOf();
    void aFileThatNeverSaysItIsToldOf();
    void aTreeIsReadFromTheDisk();

private:
    /// The beginning of what was said, line by line: where, and the first words.
    static void compare(const Sentences &said, const QStringList &beginnings)
    {
        QVERIFY2(said.size() == beginnings.size(), qPrintable(said.join(u'\n')));
        for (int i = 0; i < said.size(); ++i) {
            QVERIFY2(said.at(i).startsWith(beginnings.at(i)), qPrintable(said.at(i)));
        }
    }
};

void RulesTest::commentsAndTextAreNoCode_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("code");
    QTest::newRow("code") << u"int a = 1;"_s << u"int a = 1;"_s;
    QTest::newRow("a comment") << u"int a; // exec()"_s << u"int a; "_s;
    QTest::newRow("lines of comment") << u"a /* x\nexec()\n*/ b"_s << u"a \n\n b"_s;
    QTest::newRow("text") << u"f(\"exec()\");"_s << u"f();"_s;
    QTest::newRow("a quote in text") << u"f(\"\\\"exec()\") + g(\"x\");"_s << u"f() + g();"_s;
    QTest::newRow("an address is no comment") << u"f(\"http://h\"); g();"_s << u"f(); g();"_s;
    QTest::newRow("a quote in a comment") << u"// don't\nexec();"_s << u"\nexec();"_s;
    QTest::newRow("a quote as a character") << u"f('\"'); g(); h('\"');"_s << u"f(); g(); h();"_s;
    QTest::newRow("groups of digits")
        << u"f(1'000); g(); h(2'000);"_s << u"f(1'000); g(); h(2'000);"_s;
    QTest::newRow("raw text") << u"f(R\"x(exec() \" )x\"); g();"_s << u"f(); g();"_s;
}

void RulesTest::commentsAndTextAreNoCode()
{
    QFETCH(QString, text);
    QFETCH(QString, code);
    QCOMPARE(sourceFile(u"core/a.cpp"_s, text).code.join(u'\n'), code);
}

namespace {

QList<Room> threeRooms()
{
    return {{"core", {}, {}}, {"core/job", {}, {"core/clock.h"}}, {"ui/views", {"core/job"}, {}}};
}

/// A tree in which every arrow of the three rooms is needed, and one file more.
QList<SourceFile> treeWith(const QString &path, const QString &text)
{
    return {sourceFile(u"core/job/job.h"_s, u"#include \"core/clock.h\""_s),
            sourceFile(u"ui/views/list.cpp"_s, u"#include \"core/job/job.h\""_s),
            sourceFile(path, text)};
}

} // namespace

void RulesTest::anIncludeHasToFollowAnArrow_data()
{
    QTest::addColumn<QString>("path");
    QTest::addColumn<QString>("text");
    QTest::addColumn<QStringList>("said");
    const auto row = [](const char *name, const QString &path, const QString &text,
                        const QStringList &said) { QTest::newRow(name) << path << text << said; };
    row("along an arrow", u"ui/views/a.cpp"_s, u"#include \"core/job/job.h\""_s, {});
    row("from a folder below a room", u"ui/views/x/a.cpp"_s, u"#include \"core/job/job.h\""_s, {});
    row("of the own room", u"core/job/a.cpp"_s, u"#include \"core/job/b.h\""_s, {});
    row("beside itself", u"core/job/a.cpp"_s, u"#include \"moc_a.cpp\""_s, {});
    row("of the system", u"core/job/a.cpp"_s, u"#include <ui/views/list.h>"_s, {});
    row("a single header", u"core/job/a.cpp"_s, u"#include \"core/clock.h\""_s, {});
    row("in a comment", u"core/job/a.cpp"_s, u"// #include \"ui/views/list.h\""_s, {});
    row("against the arrow", u"core/job/a.cpp"_s, u"\n\n#include \"ui/views/list.h\""_s,
        {u"core/job/a.cpp:3: includes \"ui/views/list.h\", but core/job may include only itself"_s});
    row("with odd spaces", u"core/job/a.cpp"_s, u" #  include\t\"ui/views/list.h\""_s,
        {u"core/job/a.cpp:1: includes \"ui/views/list.h\""_s});
    row("another header of a room that is not open", u"core/job/a.cpp"_s,
        u"#include \"core/when.h\""_s, {u"core/job/a.cpp:1: includes \"core/when.h\""_s});
    row("the single header of somebody else", u"ui/views/a.cpp"_s, u"#include \"core/clock.h\""_s,
        {u"ui/views/a.cpp:1: includes \"core/clock.h\", but ui/views may include only core/job"_s});
    row("two at once", u"core/job/a.cpp"_s,
        u"#include \"ui/views/a.h\"\n#include \"ui/views/b.h\""_s,
        {u"core/job/a.cpp:1: includes"_s, u"core/job/a.cpp:2: includes"_s});
    row("a way upwards", u"core/job/a.cpp"_s, u"#include \"../clock.h\""_s,
        {u"core/job/a.cpp:1: includes \"../clock.h\", which is in no room"_s});
    row("a name that only begins alike", u"core/job/a.cpp"_s, u"#include \"core/jobs/a.h\""_s,
        {u"core/job/a.cpp:1: includes \"core/jobs/a.h\", but core/job may"_s});
}

void RulesTest::anIncludeHasToFollowAnArrow()
{
    QFETCH(QString, path);
    QFETCH(QString, text);
    QFETCH(QStringList, said);
    compare(brokenArrows(treeWith(path, text), threeRooms()), said);
}

void RulesTest::aFileOutsideOfAllRoomsIsToldOf()
{
    compare(brokenArrows(treeWith(u"cellar/a.cpp"_s, {}), threeRooms()),
            {u"cellar/a.cpp:1: is in no room"_s});
}

void RulesTest::anArrowThatNobodyNeedsIsToldOf()
{
    const QList<SourceFile> nobody{sourceFile(u"core/job/a.cpp"_s, {})};
    compare(brokenArrows(nobody, threeRooms()),
            {u"tests/architecture/house_rules.cpp: core/job no longer includes core/clock.h"_s,
             u"tests/architecture/house_rules.cpp: ui/views no longer includes core/job"_s});
}

void RulesTest::aCircleIsToldOfWithItsWay_data()
{
    QTest::addColumn<QList<Room>>("rooms");
    QTest::addColumn<QStringList>("ways");
    QTest::newRow("none") << threeRooms() << QStringList();
    QTest::newRow("two") << QList<Room>{{"a", {"b"}}, {"b", {"a"}}}
                         << QStringList{u"a -> b -> a is"_s, u"b -> a -> b is"_s};
    QTest::newRow("three, and one outside")
        << QList<Room>{{"x", {"a"}}, {"a", {"b"}}, {"b", {"c"}}, {"c", {"x2", "a"}}, {"x2"}}
        << QStringList{u"a -> b -> c -> a is"_s, u"b -> c -> a -> b is"_s,
                       u"c -> a -> b -> c is"_s};
    QTest::newRow("two ways to one room")
        << QList<Room>{{"a", {"b", "c"}}, {"b", {"d"}}, {"c", {"d"}}, {"d"}} << QStringList();
}

void RulesTest::aCircleIsToldOfWithItsWay()
{
    QFETCH(QList<Room>, rooms);
    QFETCH(QStringList, ways);
    for (QString &way : ways) {
        way.prepend(u"tests/architecture/house_rules.cpp: "_s);
    }
    compare(circles(rooms), ways);
}

void RulesTest::aHeaderOfAnotherLibraryIsToldOf_data()
{
    QTest::addColumn<QString>("path");
    QTest::addColumn<QString>("text");
    QTest::addColumn<bool>("told");
    QTest::newRow("ours") << u"core/a.cpp"_s << u"#include <QString>"_s << false;
    QTest::newRow("by its class") << u"core/a.cpp"_s << u"#include <QImage>"_s << true;
    QTest::newRow("by its file") << u"core/a.cpp"_s << u"#include <qimage.h>"_s << true;
    QTest::newRow("with the library") << u"core/a.cpp"_s << u"#include <QtGui/QPen>"_s << true;
    QTest::newRow("the library") << u"core/a.cpp"_s << u"#include <QtGui>"_s << true;
    QTest::newRow("where it may") << u"ui/a.cpp"_s << u"#include <QImage>"_s << false;
    QTest::newRow("our own of that name")
        << u"core/a.cpp"_s << u"#include \"core/QImage\""_s << false;
}

void RulesTest::aHeaderOfAnotherLibraryIsToldOf()
{
    QFETCH(QString, path);
    QFETCH(QString, text);
    QFETCH(bool, told);
    const Sentences said = foreignHeaders({sourceFile(path, text)}, u"core"_s, u"QtGui"_s,
                                          {u"QImage"_s, u"qimage.h"_s, u"QtGui"_s});
    compare(said, told ? QStringList{u"core/a.cpp:1: includes <"_s} : QStringList());
}

void RulesTest::whatIsBannedIsToldOf_data()
{
    QTest::addColumn<QString>("path");
    QTest::addColumn<QString>("text");
    QTest::addColumn<QStringList>("said");
    const QString once = u"x.exec();"_s;
    const QStringList stale{
        u"tests/architecture/house_rules.cpp: ui/main.cpp has exec() only 0 times, not 1"_s};
    QTest::newRow("where it may") << u"ui/main.cpp"_s << once << QStringList();
    QTest::newRow("once too often") << u"ui/main.cpp"_s << u"exec();\n\nexec();"_s
                                    << QStringList{u"ui/main.cpp:3: do not write exec() here: "_s};
    QTest::newRow("elsewhere") << u"ui/a.cpp"_s << u"\nx.exec();"_s
                               << QStringList{u"ui/a.cpp:2: do not write exec() here: "_s} + stale;
    QTest::newRow("not there") << u"core/a.cpp"_s << once << stale;
    QTest::newRow("in a comment") << u"ui/a.cpp"_s << u"// exec()"_s << stale;
    QTest::newRow("no longer") << u"ui/main.cpp"_s << u"run();"_s << stale;
}

void RulesTest::whatIsBannedIsToldOf()
{
    QFETCH(QString, path);
    QFETCH(QString, text);
    QFETCH(QStringList, said);
    const Ban ban{.name = u"exec()"_s,
                  .where = {u"ui"_s},
                  .pattern = QRegularExpression(u"\\bexec\\("_s),
                  .instead = u"open() it"_s,
                  .exceptions = {{u"ui/main.cpp"_s, 1}}};
    compare(brokenBan({sourceFile(path, text)}, ban), said);
    Ban headersOnly = ban;
    headersOnly.files = Ban::Files::Headers;
    headersOnly.exceptions.clear();
    compare(brokenBan({sourceFile(path, text)}, headersOnly), {});
}

void RulesTest::aLongFileIsToldOf_data()
{
    QTest::addColumn<int>("lines");
    QTest::addColumn<int>("exception"); // 0: none
    QTest::addColumn<QStringList>("said");
    const QString table = u"tests/architecture/house_rules.cpp: "_s;
    QTest::newRow("as long as may be") << 10 << 0 << QStringList();
    QTest::newRow("too long") << 11 << 0 << QStringList{u"core/a.cpp:11: is longer than 10"_s};
    QTest::newRow("named") << 12 << 12 << QStringList();
    QTest::newRow("grown") << 13 << 12 << QStringList{u"core/a.cpp:13: is longer than 12"_s};
    QTest::newRow("shrunk") << 11 << 12
                            << QStringList{table + u"core/a.cpp has shrunk to 11 lines"_s};
    QTest::newRow("mended") << 10 << 12 << QStringList{table + u"core/a.cpp is no longer too"_s};
}

void RulesTest::aLongFileIsToldOf()
{
    QFETCH(int, lines);
    QFETCH(int, exception);
    QFETCH(QStringList, said);
    const SourceFile file = sourceFile(u"core/a.cpp"_s, u"x\n"_s.repeated(lines));
    QCOMPARE(file.lines.size(), lines);
    compare(tooLong({file}, 10,
                    exception > 0 ? QList<LongFile>{{file.path, exception}} : QList<LongFile>()),
            said);
}

void RulesTest::aMissingLicenceIsToldOf_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<bool>("told");
    const QString line = u"// SPDX-License-Identifier: Apache-2.0"_s;
    QTest::newRow("there") << line + u"\nint a;"_s << false;
    QTest::newRow("another") << u"// SPDX-License-Identifier: MIT\n"_s << true;
    QTest::newRow("below") << u"\n"_s + line << true;
    QTest::newRow("an empty file") << QString() << true;
}

void RulesTest::aMissingLicenceIsToldOf()
{
    QFETCH(QString, text);
    QFETCH(bool, told);
    compare(withoutLicence({sourceFile(u"core/a.cpp"_s, text)}),
            told ? QStringList{u"core/a.cpp:1: does not begin with"_s} : QStringList());
}

void RulesTest::aFileThatNeverSaysItIsToldOf()
{
    compare(without({sourceFile(u"core/a.h"_s, u"#pragma once"_s),
                     sourceFile(u"core/b.h"_s, u"#pragma"_s)},
                    u"#pragma once"_s, u"add it"_s),
            {u"core/b.h:1: never says #pragma once: add it"_s});
}

void RulesTest::aTreeIsReadFromTheDisk()
{
    QTemporaryDir root;
    QVERIFY(QDir(root.path()).mkpath(u"core/job"_s));
    QVERIFY(QDir(root.path()).mkpath(u"other"_s));
    for (const char *path :
         {"core/b.cpp", "core/job/a.h", "core/job/CMakeLists.txt", "other/c.h"}) {
        QFile file(root.filePath(QString::fromLatin1(path)));
        QVERIFY(file.open(QIODevice::WriteOnly));
        QCOMPARE(file.write("one\ntwo\n"), 8);
    }
    const QList<SourceFile> tree = sourceTree(root.path(), {u"core"_s});
    QCOMPARE(tree.size(), 2);
    QCOMPARE(tree.at(0).path, u"core/b.cpp"_s);
    QCOMPARE(tree.at(1).path, u"core/job/a.h"_s);
    QCOMPARE(tree.at(1).lines, QStringList({u"one"_s, u"two"_s}));
}

BELLHOP_TEST(RulesTest)
#include "tst_rules.moc"
