// SPDX-License-Identifier: Apache-2.0
#include "app/cli/args/arguments.h"
#include "app/cli/args/help.h"
#include "tests/app/cli/typed_words.h"
#include "tests/support/test_program.h"

#include <QRegularExpression>
#include <QSet>
#include <QTest>

using namespace cli;
using namespace Qt::StringLiterals;

class ArgumentsTest final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u".*"_s)); }

    void takesTheWordsApart_data();
    void takesTheWordsApart();
    void saysWhatIsWrongInOneSentence_data();
    void saysWhatIsWrongInOneSentence();
    void everyOptionIsNamedOnce();
    void everyOptionIsExplainedWhereItIsTaken();
};

void ArgumentsTest::takesTheWordsApart_data()
{
    using Options = QList<std::pair<Option, QString>>;
    QTest::addColumn<QStringList>("words");
    QTest::addColumn<Options>("options");
    QTest::addColumn<QStringList>("operands");

    const auto row = [](const char *name, const QStringList &words, const Options &options,
                        const QStringList &operands) {
        QTest::newRow(name) << words << options << operands;
    };
    row("operand alone", {u"get"_s, u"a"_s}, {}, {u"a"_s});
    row("option after operand", {u"get"_s, u"a"_s, u"-d"_s, u"x"_s}, {{Option::Dir, u"x"_s}},
        {u"a"_s});
    row("option before command", {u"--json"_s, u"get"_s, u"a"_s}, {{Option::Json, {}}}, {u"a"_s});
    row("attached to the long name", {u"get"_s, u"--dir=x=y"_s}, {{Option::Dir, u"x=y"_s}}, {});
    row("attached, but empty", {u"get"_s, u"--dir="_s}, {{Option::Dir, u""_s}}, {});
    row("attached to the short name", {u"get"_s, u"-dx"_s}, {{Option::Dir, u"x"_s}}, {});
    row("flag and value in one word", {u"get"_s, u"-qd"_s, u"x"_s},
        {{Option::Quiet, {}}, {Option::Dir, u"x"_s}}, {});
    row("a value may look like an option", {u"get"_s, u"-o"_s, u"--json"_s},
        {{Option::Output, u"--json"_s}}, {});
    row("a value may be a dash", {u"get"_s, u"-i"_s, u"-"_s}, {{Option::InputFile, u"-"_s}}, {});
    row("dashes end the options", {u"get"_s, u"--"_s, u"-d"_s, u"--"_s}, {}, {u"-d"_s, u"--"_s});
    row("often", {u"get"_s, u"--header"_s, u"A: 1"_s, u"--header=B: 2"_s},
        {{Option::Header, u"A: 1"_s}, {Option::Header, u"B: 2"_s}}, {});
    row("a flag given twice", {u"get"_s, u"-q"_s, u"-q"_s},
        {{Option::Quiet, {}}, {Option::Quiet, {}}}, {});
}

void ArgumentsTest::takesTheWordsApart()
{
    using Options = QList<std::pair<Option, QString>>;
    QFETCH(QStringList, words);
    const auto arguments = parseArguments(typedWords(words));
    QVERIFY2(arguments, arguments ? "" : qPrintable(arguments.error().sentence));
    QCOMPARE(arguments->command, Command::Get);
    QTEST(textOf(arguments->operands), "operands");
    QFETCH(Options, options);
    QCOMPARE(arguments->options.size(), options.size());
    for (qsizetype i = 0; i < options.size(); ++i) {
        QCOMPARE(arguments->options.at(i).first, options.at(i).first);
        QCOMPARE(arguments->options.at(i).second, options.at(i).second.toUtf8());
    }
}

void ArgumentsTest::saysWhatIsWrongInOneSentence_data()
{
    QTest::addColumn<QStringList>("words");
    QTest::addColumn<QString>("names"); // what the sentence must name

    QTest::newRow("nothing") << QStringList{} << u"bhop get LINK"_s;
    QTest::newRow("quiet alone") << QStringList{u"-q"_s} << u"Say what to do"_s;
    QTest::newRow("unknown command") << QStringList{u"fetch"_s} << u"\"fetch\""_s;
    QTest::newRow("unknown option") << QStringList{u"get"_s, u"--colour"_s} << u"--colour"_s;
    QTest::newRow("an option that is nearly right")
        << QStringList{u"get"_s, u"--limitt"_s, u"1"_s}
        << u"There is no option --limitt; did you mean --limit? \"bhop help get\" lists"_s;
    QTest::newRow("an option that another command has")
        << QStringList{u"list"_s, u"--limitt"_s}
        << u"There is no option --limitt. \"bhop help list\" lists"_s;
    QTest::newRow("unknown letter") << QStringList{u"get"_s, u"-qz"_s} << u"-z"_s;
    QTest::newRow("of another command") << QStringList{u"list"_s, u"--detach"_s} << u"--detach"_s;
    QTest::newRow("missing value") << QStringList{u"get"_s, u"a"_s, u"-d"_s} << u"-d/--dir"_s;
    QTest::newRow("value for a flag") << QStringList{u"get"_s, u"--json=1"_s} << u"--json"_s;
    QTest::newRow("twice") << QStringList{u"get"_s, u"-da"_s, u"--dir=b"_s} << u"twice"_s;
    QTest::newRow("of resume alone")
        << QStringList{u"get"_s, u"a"_s, u"--accept"_s} << u"--accept"_s;
    QTest::newRow("escape sequences are shown harmless")
        << QStringList{u"\x1b[2J"_s} << u"\\x1b[2J"_s;
}

void ArgumentsTest::saysWhatIsWrongInOneSentence()
{
    QFETCH(QStringList, words);
    QFETCH(QString, names);
    const auto arguments = parseArguments(typedWords(words));
    QVERIFY(!arguments);
    const QString sentence = arguments.error().sentence;
    QVERIFY2(sentence.contains(names), qPrintable(sentence));
    QVERIFY2(!sentence.contains(u'\n') && !sentence.contains(u'\x1b'), qPrintable(sentence));
}

void ArgumentsTest::everyOptionIsNamedOnce()
{
    QSet<QString> names;
    for (const OptionRow &row : optionTable()) {
        QVERIFY2(!names.contains(QLatin1StringView(row.name)), row.name);
        names.insert(QLatin1StringView(row.name));
        if (row.shortName != 0) {
            const QString letter = QChar::fromLatin1(row.shortName);
            QVERIFY2(!names.contains(letter), row.name);
            names.insert(letter);
        }
    }
}

void ArgumentsTest::everyOptionIsExplainedWhereItIsTaken()
{
    for (const CommandRow &command : commandTable()) {
        QVERIFY(helpText(std::nullopt).contains(QLatin1StringView(command.name)));
        const QString help = helpText(command.command);
        for (const OptionRow &option : optionTable()) {
            QCOMPARE(help.contains(QRegularExpression(
                         u"--%1\\b(?!-).*  "_s.arg(QLatin1StringView(option.name)))),
                     takes(option, command.command));
        }
    }
}

BELLHOP_TEST(ArgumentsTest)
#include "tst_arguments.moc"
