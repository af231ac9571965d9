// SPDX-License-Identifier: Apache-2.0
#include "core/http/http_date.h"

#include "tests/support/test_program.h"

#include <QLocale>
#include <QTest>
#include <QTimeZone>

using namespace core;
using namespace std::chrono_literals;

class HttpDateTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(QStringLiteral(".*"))); }

    void theThreeFormsAreRead_data()
    {
        QTest::addColumn<QByteArray>("value");
        QTest::addColumn<QString>("iso");
        const auto row = [](const char *value, const char *iso) {
            QTest::newRow(value) << QByteArray(value) << QString::fromLatin1(iso);
        };
        row("Sun, 06 Nov 1994 08:49:37 GMT", "1994-11-06T08:49:37Z");
        row("Sunday, 06-Nov-94 08:49:37 GMT", "1994-11-06T08:49:37Z");
        row("Sun Nov  6 08:49:37 1994", "1994-11-06T08:49:37Z");
        row("Wed Nov 16 08:49:37 1994", "1994-11-16T08:49:37Z");
        row("Thu, 01 Jan 1970 00:00:00 GMT", "1970-01-01T00:00:00Z");
        row("Thu, 29 Feb 2024 23:59:59 GMT", "2024-02-29T23:59:59Z");
        row("Tue, 19 Jan 2038 03:14:08 GMT", "2038-01-19T03:14:08Z");
        row("Fri, 31 Dec 9999 23:59:59 GMT", "9999-12-31T23:59:59Z");
        row("Sat, 31 Dec 2016 23:59:60 GMT", "2017-01-01T00:00:00Z"); // a leap second
        row(" Sun, 06 Nov 1994 08:49:37 GMT\t", "1994-11-06T08:49:37Z");
        // The day of the week tells the century.
        row("Thursday, 15-Jan-26 12:00:00 GMT", "2026-01-15T12:00:00Z");
        row("Friday, 15-Jan-26 12:00:00 GMT", "1926-01-15T12:00:00Z");
        row("Saturday, 01-Jan-00 00:00:00 GMT", "2000-01-01T00:00:00Z");
        // What browsers take as well.
        row("Sun, 06 Nov 1994 08:49:37", "1994-11-06T08:49:37Z");
        row("Sun, 06 Nov 1994 08:49:37 UTC", "1994-11-06T08:49:37Z");
        row("Sun, 06 Nov 1994 08:49:37 +0000", "1994-11-06T08:49:37Z");
        row("Sun, 06 Nov 1994 08:49:37 gmt", "1994-11-06T08:49:37Z");
        row("sun, 06 nov 1994 08:49:37 GMT", "1994-11-06T08:49:37Z");
        row("Sun, 6 Nov 1994 08:49:37 GMT", "1994-11-06T08:49:37Z");
        row("Sun, 06 Nov 94 08:49:37 GMT", "1994-11-06T08:49:37Z");
        row("Sun, 06  Nov 1994 08:49:37 GMT", "1994-11-06T08:49:37Z");
        row("Sun,06 Nov 1994 08:49:37 GMT", "1994-11-06T08:49:37Z");
        row("Sun 06 Nov 1994 08:49:37 GMT", "1994-11-06T08:49:37Z");
        row("Sun, 06 Nov 1994 8:49:37 GMT", "1994-11-06T08:49:37Z");
        row("Sun, 06-Nov-94 08:49:37 GMT", "1994-11-06T08:49:37Z");
        row("Sunday, 06-Nov-1994 08:49:37 GMT", "1994-11-06T08:49:37Z");
        row("Sunday, 06 Nov 1994 08:49:37 GMT", "1994-11-06T08:49:37Z");
        row("Sun Nov 6 08:49:37 1994", "1994-11-06T08:49:37Z");
        row("Sun Nov  6 08:49:37 1994 GMT", "1994-11-06T08:49:37Z");
        row("So, 06 Nov 1994 08:49:37 GMT", "1994-11-06T08:49:37Z");
        row("Tuesday, 06-Nov-94 08:49:37 GMT", "1994-11-06T08:49:37Z");
        row("Mon, 06 Nov 1994 08:49:37 GMT", "1994-11-06T08:49:37Z"); // it was a Sunday
        row("06 Nov 1994 08:49:37", "1994-11-06T08:49:37Z");
        row("Sun, 06 Nov 1994 08:49 GMT", "1994-11-06T08:49:00Z");
        row("Sun, 06 Nov 1994 10:49:37 +0200", "1994-11-06T08:49:37Z");
        row("Sun, 06 Nov 1994 03:49:37 -0500", "1994-11-06T08:49:37Z");
    }
    void theThreeFormsAreRead()
    {
        QFETCH(QByteArray, value);
        QFETCH(QString, iso);
        const auto date = parseHttpDate(value);
        QVERIFY(date);
        QCOMPARE(date->toString(Qt::ISODate), iso);
    }

    void whatIsNoDateIsRefused_data()
    {
        QTest::addColumn<QByteArray>("value");
        for (const char *bad : {"",
                                " ",
                                "0",
                                "-1",
                                "now",
                                "784111777",
                                "1994-11-06T08:49:37Z",
                                "Sun, 31 Nov 1994 08:49:37 GMT",
                                "Wed, 29 Feb 2023 08:49:37 GMT",
                                "Sun, 00 Nov 1994 08:49:37 GMT",
                                "Sun, 06 Nov 0000 08:49:37 GMT",
                                "Sun, 06 Nov 1994 24:00:00 GMT",
                                "Sun, 06 Nov 1994 08:60:00 GMT",
                                "Sun, 06 Nov 1994 08:49:61 GMT",
                                "Sun, 06 Nov 1994 08:49:37 GMT\n",
                                "Sun Nov  0 08:49:37 1994",
                                "Sun, 06 Nov +994 08:49:37 GMT",
                                "Sun, 06 Non 1994 08:49:37 GMT",
                                "Sun",
                                "Sun, ",
                                "Sun, 06 N",
                                "Sunday, 0",
                                "Sun Nov  "}) {
            QTest::addRow("\"%s\"", bad) << QByteArray(bad);
        }
        QTest::newRow("NUL") << QByteArray("Sun, 06 Nov 1994 08:49:37 GMT\0", 30);
    }
    void whatIsNoDateIsRefused()
    {
        QFETCH(QByteArray, value);
        QVERIFY(!parseHttpDate(value));
    }

    void everyDayOfFourCenturiesIsReadBack()
    {
        const QLocale c = QLocale::c();
        const QDateTime end(QDate(2301, 1, 1), QTime(0, 0), QTimeZone::utc());
        for (QDateTime at(QDate(1901, 1, 1), QTime(5, 6, 7), QTimeZone::utc()); at < end;
             at = at.addDays(13)) {
            const QString text = c.toString(at, QStringLiteral("ddd, dd MMM yyyy HH:mm:ss")) +
                                 QStringLiteral(" GMT");
            QCOMPARE(parseHttpDate(text.toLatin1()).value_or(QDateTime()), at);
            if (at.date().year() < 2000 || at.date().year() > 2099) {
                continue;
            }
            const QString old =
                c.toString(at, QStringLiteral("dddd, dd-MMM-yy HH:mm:ss")) + QStringLiteral(" GMT");
            QCOMPARE(parseHttpDate(old.toLatin1()).value_or(QDateTime()), at);
        }
    }

    void retryAfterIsBounded_data()
    {
        QTest::addColumn<QByteArray>("value");
        QTest::addColumn<qint64>("milliseconds"); // -1: nothing
        const qint64 none = -1;
        const qint64 day = std::chrono::milliseconds(24h).count();
        const auto row = [](const char *value, qint64 milliseconds) {
            QTest::addRow("\"%s\"", value) << QByteArray(value) << milliseconds;
        };
        row("0", 0);
        row("1", 1000);
        row(" 120 ", 120'000);
        row("007", 7000);
        row("86400", day);
        row("86401", day);
        row("4294967296", day);
        row("99999999999999999999999999", day);
        row("Thu, 15 Jan 2026 12:00:30 GMT", 30'000);
        row("Thursday, 15-Jan-26 12:00:30 GMT", 30'000);
        row("Thu Jan 15 12:00:30 2026", 30'000);
        row("Thu, 15 Jan 2026 12:00:30", 30'000);
        row("Thu, 15 Jan 2026 12:00:00 GMT", 0);
        row("Thu, 15 Jan 2026 11:59:59 GMT", 0);
        row("Thu, 01 Jan 1970 00:00:00 GMT", 0);
        row("Fri, 16 Jan 2026 12:00:00 GMT", day);
        row("Fri, 31 Dec 9999 23:59:59 GMT", day);
        for (const char *bad : {"", " ", "-1", "+1", "1.5", "1s", "1 2", "120, 120", "0x10", "soon",
                                "1e3", "\xd9\xa1"}) {
            row(bad, none);
        }
    }
    void retryAfterIsBounded()
    {
        QFETCH(QByteArray, value);
        QFETCH(qint64, milliseconds);
        const QDateTime now(QDate(2026, 1, 15), QTime(12, 0), QTimeZone::utc());
        QCOMPARE(parseRetryAfter(value, now).value_or(-1ms).count(), milliseconds);
    }
};

BELLHOP_TEST(HttpDateTest)
#include "tst_http_date.moc"
