// SPDX-License-Identifier: Apache-2.0
#include "core/remedy/link_expiry.h"

#include "tests/support/test_program.h"

#include <QTest>

using namespace core;

namespace {

QDateTime utc(const char *iso)
{
    return QDateTime::fromString(QString::fromLatin1(iso), Qt::ISODate);
}

} // namespace

class LinkExpiryTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(QStringLiteral(".*"))); }

    void isReadFromTheQuery_data()
    {
        QTest::addColumn<QString>("query");
        QTest::addColumn<QDateTime>("expiry");
        const auto row = [](const char *query, const char *expiry) {
            QTest::newRow(query) << QString::fromLatin1(query) << utc(expiry);
        };
        row("X-Amz-Date=20260115T120000Z&X-Amz-Expires=3600", "2026-01-15T13:00:00Z");
        row("x-amz-expires=60&x-amz-date=20260115T235930Z", "2026-01-16T00:00:30Z");
        row("X-Goog-Date=20260115T120000Z&X-Goog-Expires=1", "2026-01-15T12:00:01Z");
        row("Expires=1768478400&Signature=abc", "2026-01-15T12:00:00Z");
        row("expires=1768478400", "2026-01-15T12:00:00Z");
        row("token=x&exp=1768478400", "2026-01-15T12:00:00Z");
        row("e=1768478400&h=abc", "2026-01-15T12:00:00Z");
        row("e=1768478400000", "2026-01-15T12:00:00Z");
        row("se=2026-01-15T12%3A00%3A00Z&sig=abc", "2026-01-15T12:00:00Z");
        row("se=2026-01-15&sig=abc", "2026-01-15T00:00:00Z");
        row("se=2026-01-15T13:00:00%2B01:00&sig=abc", "2026-01-15T12:00:00Z");
        row("token=eyJhbGciOiJIUzI1NiJ9.eyJleHAiOjE3Njg0Nzg0MDB9.c2ln", "2026-01-15T12:00:00Z");
        row("e=1768478400&exp=1768478300", "2026-01-15T11:58:20Z");
    }
    void isReadFromTheQuery()
    {
        QFETCH(QString, query);
        QFETCH(QDateTime, expiry);
        const auto read = linkExpiry(QUrl(QStringLiteral("https://a.example/f.iso?") + query));
        QVERIFY(read);
        QCOMPARE(*read, expiry);
        QCOMPARE(read->timeSpec(), Qt::UTC);
    }

    void isNotReadFromWhatMayMeanSomethingElse_data()
    {
        QTest::addColumn<QString>("query");
        for (const char *query : {"token=eyJhbGciOiJIUzI1NiJ9.eyJpYXQiOjE3Njg0Nzg0MDB9.c2ln",
                                  "token=eyJhbGciOiJIUzI1NiJ9.eyJleHAiOjE3Njg0Nzg0MDB9",
                                  "token=eyJ..",
                                  "token=eyJ.!.x",
                                  "",
                                  "e=3",
                                  "exp=",
                                  "e=abc",
                                  "e=-1768478400",
                                  "e=0768478400",
                                  "e=17684784001",
                                  "Expires=1768478400.5",
                                  "X-Amz-Expires=3600",
                                  "X-Amz-Date=20260115T120000Z",
                                  "X-Amz-Date=20261315T120000Z&X-Amz-Expires=3600",
                                  "X-Amz-Date=20260115T120000Z&X-Amz-Expires=-1",
                                  "X-Amz-Date=20260115T120000Z&X-Amz-Expires=99999999999",
                                  "se=2026-01-15",
                                  "se=soon&sig=abc",
                                  "note=exp%3D1768478400",
                                  "#e=1768478400"}) {
            QTest::newRow(query) << QString::fromLatin1(query);
        }
    }
    void isNotReadFromWhatMayMeanSomethingElse()
    {
        QFETCH(QString, query);
        QVERIFY(!linkExpiry(QUrl(QStringLiteral("https://a.example/f.iso?") + query)));
    }

    void aLinkHasRunOutWhenItWasRefusedAfterItsOwnEnd_data()
    {
        QTest::addColumn<int>("status");
        QTest::addColumn<QDateTime>("time");
        QTest::addColumn<bool>("ranOut");
        const QDateTime before = utc("2026-01-15T11:59:59Z");
        const QDateTime at = utc("2026-01-15T12:00:00Z");
        const QDateTime after = utc("2026-01-15T12:00:01Z");
        QTest::newRow("403 after") << 403 << after << true;
        QTest::newRow("403 at the very moment") << 403 << at << true;
        QTest::newRow("403 before: refused for another reason") << 403 << before << false;
        QTest::newRow("400 after") << 400 << after << true;
        QTest::newRow("410 after") << 410 << after << true;
        QTest::newRow("404 after: it may just not be there") << 404 << after << false;
        QTest::newRow("no answer") << 0 << after << false;
        QTest::newRow("time unknown") << 403 << QDateTime() << false;
    }
    void aLinkHasRunOutWhenItWasRefusedAfterItsOwnEnd()
    {
        QFETCH(int, status);
        QFETCH(QDateTime, time);
        JobError error;
        error.url = QUrl(QStringLiteral("https://a.example/f.iso?e=1768478400"));
        error.httpStatus = status;
        error.time = time;
        QTEST(isAboutRunOutLink(error), "ranOut");
        if (time.isValid() && status == 403) { // the clock of the server wins over ours
            error.time = time.addDays(1);
            error.serverTime = time;
            QTEST(isAboutRunOutLink(error), "ranOut");
        }
    }
};

BELLHOP_TEST(LinkExpiryTest)
#include "tst_link_expiry.moc"
