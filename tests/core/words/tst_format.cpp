// SPDX-License-Identifier: Apache-2.0
#include "core/words/explain.h"
#include "core/words/sentence.h"
#include "tests/support/test_program.h"

#include <QLocale>
#include <QTest>

#include <limits>

using namespace core;

class FormatTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        QTest::failOnWarning(QRegularExpression(QStringLiteral(".*")));
        QLocale::setDefault(QLocale::c());
    }

    void bytesReadAsInAFileManager_data()
    {
        QTest::addColumn<qint64>("bytes");
        QTest::addColumn<QString>("text");
        const auto row = [](qint64 bytes, const char *text) {
            QTest::newRow(text) << bytes << QString::fromLatin1(text);
        };
        row(0, "0 bytes");
        row(1, "1 byte");
        row(999, "999 bytes");
        row(1'000, "1.0 kB");
        row(1'049, "1.0 kB");
        row(1'050, "1.1 kB");
        row(99'949, "99.9 kB");
        row(99'950, "100 kB");
        row(999'499, "999 kB");
        row(999'500, "1.0 MB");
        row(3'200'000'000, "3.2 GB");
        row(4'100'000'000'000, "4.1 TB");
        row(std::numeric_limits<qint64>::max(), "9.2 EB");
    }
    void bytesReadAsInAFileManager()
    {
        QFETCH(qint64, bytes);
        QTEST(formatBytes(bytes), "text");
    }

    void lessThanNothingIsNothing()
    {
        QCOMPARE(formatBytes(-5), QStringLiteral("0 bytes"));
        QCOMPARE(formatRate(-5), QStringLiteral("0 B/s"));
        QCOMPARE(formatDuration(std::chrono::seconds(-5)), QStringLiteral("0 s"));
    }

    void ratesAreShort()
    {
        QCOMPARE(formatRate(0), QStringLiteral("0 B/s"));
        QCOMPARE(formatRate(300), QStringLiteral("300 B/s"));
        QCOMPARE(formatRate(3'200'000), QStringLiteral("3.2 MB/s"));
        QCOMPARE(formatRate(112'400'000), QStringLiteral("112 MB/s"));
    }

    void numbersFollowTheLanguage()
    {
        QLocale::setDefault(QLocale(QLocale::German, QLocale::Germany));
        QCOMPARE(formatBytes(3'200'000'000), QStringLiteral("3,2 GB"));
        QLocale::setDefault(QLocale::c());
    }

    void durationsHaveTwoUnitsAtMost_data()
    {
        QTest::addColumn<qint64>("seconds");
        QTest::addColumn<QString>("text");
        const auto row = [](qint64 seconds, const char *text) {
            QTest::addRow("%lld s", static_cast<long long>(seconds))
                << seconds << QString::fromLatin1(text);
        };
        row(0, "0 s");
        row(40, "40 s");
        row(59, "59 s");
        row(60, "1 min");
        row(125, "2 min 5 s");
        row(599, "9 min 59 s");
        row(600, "10 min");
        row(640, "11 min");
        row(3'569, "59 min");
        row(3'599, "1 h");
        row(7'500, "2 h 5 min");
        row(86'370, "1 d");
        row(97'200, "1 d 3 h");
        row(864'000, "10 d");
    }
    void durationsHaveTwoUnitsAtMost()
    {
        QFETCH(qint64, seconds);
        QTEST(formatDuration(std::chrono::seconds(seconds)), "text");
    }

    void whatStandsInAValueIsNotFilledAgain()
    {
        const Fillings words{{QLatin1StringView("a"), QStringLiteral("{b} %1 %n")},
                             {QLatin1StringView("b"), QStringLiteral("wrong")}};
        QCOMPARE(filled(QStringLiteral("<{a}>"), words), QStringLiteral("<{b} %1 %n>"));
        QCOMPARE(filled(QStringLiteral("open { only"), words), QStringLiteral("open { only"));
        QCOMPARE(filled(QString(), words), QString());
    }

    void ourWordsTakeACapitalAtTheStartAndNamesDoNot()
    {
        const Fillings words{{QLatin1StringView("ours"), QStringLiteral("the server"), true},
                             {QLatin1StringView("theirs"), QStringLiteral("a.example")}};
        QCOMPARE(filled(QStringLiteral("{ours} waits. {ours} and {ours}."), words),
                 QStringLiteral("The server waits. The server and the server."));
        QCOMPARE(filled(QStringLiteral("{theirs} waits."), words),
                 QStringLiteral("a.example waits."));
    }

    void invisibleCharactersOfOthersAreMadeVisible()
    {
        QCOMPARE(plain(QStringLiteral("a\nb\x1b[0m\u202Egnp")),
                 QStringLiteral("a\uFFFDb\uFFFD[0m\uFFFDgnp"));
        QCOMPARE(plain(QStringLiteral("<b>&amp;</b>")), QStringLiteral("<b>&amp;</b>"));
        QCOMPARE(plain(QString(QChar(0xD800))), QString(QChar(0xFFFD)));
        const QString persian = QStringLiteral("می\u200Cخواهم");
        const QString family = QStringLiteral("\U0001F468\u200D\U0001F469");
        QCOMPARE(plain(persian + u' ' + family), persian + u' ' + family);
        QCOMPARE(plain(QStringLiteral("a\u200Db")), QStringLiteral("a\uFFFDb"));
    }

    void longTextLosesItsMiddleAndNoHalfCharacter()
    {
        const QString faces = QStringLiteral("\U0001F600").repeated(100);
        const QString shown = plain(faces, 11);
        QCOMPARE(shown.toUcs4().size(), 11);
        QCOMPARE(shown, QStringLiteral("\U0001F600").repeated(5) + QChar(0x2026) +
                            QStringLiteral("\U0001F600").repeated(5));
    }
};

BELLHOP_TEST(FormatTest)
#include "tst_format.moc"
