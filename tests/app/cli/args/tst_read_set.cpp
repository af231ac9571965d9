// SPDX-License-Identifier: Apache-2.0
#include "app/cli/args/invocation.h"
#include "tests/app/cli/typed_words.h"
#include "tests/app/cli/typed_world.h"
#include "tests/support/test_program.h"

#include <QTest>

using namespace cli;
using namespace Qt::StringLiterals;

namespace {

Parsed<SetRequest> set(const QStringList &words)
{
    return readInvocation(typedWords(QStringList{u"set"_s} + words), world())
        .map([](const Invocation &i) { return std::get<SetRequest>(i.request); });
}

} // namespace

class ReadSetTest final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u".*"_s)); }

    void everyOptionArrives()
    {
        const auto request = set({u"3"_s, u"4"_s, u"--limit"_s, u"1.5M"_s, u"--priority"_s,
                                  u"low"_s, u"-x"_s, u"2"_s, u"--first"_s});
        QVERIFY(request);
        QCOMPARE(request->jobs, (core::JobIds{{3}, {4}}));
        QVERIFY(request->change == (core::JobChange{.priority = core::Priority::Low,
                                                    .move = core::QueueEnd::First,
                                                    .limitBytesPerSecond = 1'500'000,
                                                    .connections = 2}));
    }
    void zeroTakesALimitAway()
    {
        QCOMPARE(set({u"3"_s, u"--limit"_s, u"0"_s})->change.limitBytesPerSecond, 0);
    }
    void withoutAJobTheLimitIsOfAll()
    {
        const auto request = set({u"--limit"_s, u"2M"_s});
        QVERIFY(request && request->jobs.isEmpty());
        QCOMPARE(request->change.limitBytesPerSecond, 2'000'000);
    }

    void filesAreNamedByNumberOrName()
    {
        const auto request =
            set({u"3"_s, u"--skip"_s, u"2"_s, u"--skip"_s, u"a:b.iso"_s, u"--want"_s, u"5"_s,
                 u"--file-priority"_s, u"high:4"_s, u"--file-priority"_s, u"Low:x:y"_s});
        QVERIFY2(request, request ? "" : qPrintable(request.error().sentence));
        const auto named = [](const QString &name) {
            return FileReference{.index = std::nullopt, .name = name};
        };
        const auto numbered = [](int index) { return FileReference{.index = index}; };
        const QList<FileChoice> wanted{
            {.file = numbered(1), .wanted = false, .priority = {}},
            {.file = named(u"a:b.iso"_s), .wanted = false, .priority = {}},
            {.file = numbered(4), .wanted = true, .priority = {}},
            {.file = numbered(3), .wanted = {}, .priority = core::FilePriority::High},
            {.file = named(u"x:y"_s), .wanted = {}, .priority = core::FilePriority::Low}};
        QVERIFY(request->files == wanted);
    }

    void badInputIsRefusedInOneSentence_data()
    {
        QTest::addColumn<QStringList>("words");
        QTest::addColumn<QString>("part");
        QTest::newRow("nothing") << QStringList{u"3"_s} << u"Say what to change"_s;
        QTest::newRow("not even a job") << QStringList{} << u"Say what to change"_s;
        QTest::newRow("both ends")
            << QStringList{u"3"_s, u"--first"_s, u"--last"_s} << u"--first and --last"_s;
        QTest::newRow("no job") << QStringList{u"--priority"_s, u"low"_s} << u"Say of which job"_s;
        QTest::newRow("no number") << QStringList{u"x"_s, u"--limit"_s, u"1M"_s} << u"x"_s;
        QTest::newRow("no rate") << QStringList{u"3"_s, u"--limit"_s, u"fast"_s} << u"--limit"_s;
        QTest::newRow("files of several jobs")
            << QStringList{u"3"_s, u"4"_s, u"--skip"_s, u"1"_s} << u"are for one job"_s;
        QTest::newRow("files of no job") << QStringList{u"--skip"_s, u"1"_s} << u"Say of which"_s;
        QTest::newRow("file number 0")
            << QStringList{u"3"_s, u"--want"_s, u"0"_s} << u"names no file"_s;
        QTest::newRow("no such priority of a file")
            << QStringList{u"3"_s, u"--file-priority"_s, u"soon:1"_s} << u"high:2"_s;
        QTest::newRow("a priority of no file")
            << QStringList{u"3"_s, u"--file-priority"_s, u"high"_s} << u"high:2"_s;
        QTest::newRow("an option of get")
            << QStringList{u"3"_s, u"--hash"_s, u"none"_s} << u"has no option"_s;
    }
    void badInputIsRefusedInOneSentence()
    {
        QFETCH(QStringList, words);
        QFETCH(QString, part);
        const auto request = set(words);
        QVERIFY(!request);
        QVERIFY2(request.error().sentence.contains(part), qPrintable(request.error().sentence));
    }
};

BELLHOP_TEST(ReadSetTest)
#include "tst_read_set.moc"
