// SPDX-License-Identifier: Apache-2.0
#include "ui/dialogs/header_lines.h"

#include "core/job/job_spec.h"
#include "tests/support/test_program.h"

#include <QTest>

class HeaderLinesTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(QStringLiteral(".*"))); }

    void everyLineIsOneField()
    {
        const auto lines = ui::parseHeaderLines(
            QStringLiteral("Referer: https://example.org/page\n\n  X-Name :  Zoë  \r\nEmpty:"));
        QCOMPARE(lines.problem, QString());
        QCOMPARE(lines.fields, (core::HeaderFields{{"Referer", "https://example.org/page"},
                                                   {"X-Name", "Zo\xC3\xAB"},
                                                   {"Empty", ""}}));
    }

    void aBadLineIsNamedByItsNumber_data()
    {
        QTest::addColumn<QString>("typed");
        QTest::addColumn<QString>("number");
        QTest::newRow("no colon") << QStringLiteral("A: b\nnonsense") << QStringLiteral("2");
        QTest::newRow("no name") << QStringLiteral(": b") << QStringLiteral("1");
        QTest::newRow("space in the name") << QStringLiteral("\nA B: c") << QStringLiteral("2");
        QTest::newRow("letter beyond ASCII") << QStringLiteral("Zoë: c") << QStringLiteral("1");
        QTest::newRow("control character") << QStringLiteral("A: b\u0001c") << QStringLiteral("1");
        QTest::newRow("carriage return inside")
            << QStringLiteral("A: b\rC: d") << QStringLiteral("1");
    }
    void aBadLineIsNamedByItsNumber()
    {
        QFETCH(QString, typed);
        QFETCH(QString, number);
        const auto lines = ui::parseHeaderLines(typed);
        QVERIFY(lines.fields.isEmpty());
        QVERIFY2(lines.problem.contains(QStringLiteral("Line ") + number),
                 qPrintable(lines.problem));
    }

    void tooMuchIsRefused()
    {
        const QString value(core::kMaxHeaderBytes, u'x');
        QVERIFY(!ui::parseHeaderLines(QStringLiteral("A: ") + value).problem.isEmpty());
    }
};

BELLHOP_TEST(HeaderLinesTest)
#include "tst_header_lines.moc"
