// SPDX-License-Identifier: Apache-2.0
#include "core/http/entity_tag.h"

#include "tests/support/test_program.h"

#include <QTest>

using namespace core;

class EntityTagTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(QStringLiteral(".*"))); }

    void onlyAQuotedTagWithoutPrefixIsStrong_data()
    {
        QTest::addColumn<QByteArray>("value");
        QTest::addColumn<bool>("isStrong");
        for (const char *good :
             {"\"\"", "\"a\"", "\"5f8-61a\"", "\"!#$%&'()*+,-./:;<=>?@[\\]^_`{|}~\"",
              "\"\xc3\xa4\xff\"", "\"W/a\""}) {
            QTest::addRow("strong: %s", good) << QByteArray(good) << true;
        }
        for (const char *bad :
             {"", "\"", "a", "\"a", "a\"", "'a'", "W/\"a\"", "w/\"a\"", "\"a\"b\"", "\"a b\"",
              "\"a\", \"b\"", " \"a\"", "\"a\" ", "\"a\n\"", "\"a\x7f\"", "*", "\"a\\\"b\""}) {
            QTest::addRow("not strong: %s", bad) << QByteArray(bad) << false;
        }
        QTest::newRow("NUL") << QByteArray("\"a\0\"", 4) << false;
    }
    void onlyAQuotedTagWithoutPrefixIsStrong()
    {
        QFETCH(QByteArray, value);
        QFETCH(bool, isStrong);
        QCOMPARE(isStrongEntityTag(value), isStrong);
    }

    void ifRangeCarriesOnlyWhatProves_data()
    {
        QTest::addColumn<QByteArray>("etag");
        QTest::addColumn<QByteArray>("lastModified");
        QTest::addColumn<QByteArray>("date");
        QTest::addColumn<QByteArray>("ifRange");
        const QByteArray tag("\"a\"");
        const QByteArray weak("W/\"a\"");
        const QByteArray noon("Thu, 15 Jan 2026 12:00:00 GMT");
        const QByteArray justAfter("Thu, 15 Jan 2026 12:00:59 GMT");
        const QByteArray minuteAfter("Thu, 15 Jan 2026 12:01:00 GMT");
        const QByteArray none;
        QTest::newRow("a strong tag") << tag << none << none << tag;
        QTest::newRow("a strong tag before a date") << tag << noon << minuteAfter << tag;
        QTest::newRow("a weak tag alone") << weak << none << minuteAfter << none;
        QTest::newRow("a weak tag and an old date") << weak << noon << minuteAfter << none;
        QTest::newRow("an empty tag alone") << QByteArray("\"\"") << none << none << none;
        QTest::newRow("a tag without quotes") << QByteArray("a") << none << none << none;
        QTest::newRow("an old date") << none << noon << minuteAfter << noon;
        QTest::newRow("a date too young") << none << noon << justAfter << none;
        QTest::newRow("a date of the future") << none << minuteAfter << noon << none;
        QTest::newRow("no Date") << none << noon << none << none;
        QTest::newRow("no date at all") << none << QByteArray("yesterday") << minuteAfter << none;
        QTest::newRow("a line break in the date")
            << none << QByteArray(noon + "\r\nEvil: 1") << minuteAfter << none;
        QTest::newRow("nothing") << none << none << none << none;
    }
    void ifRangeCarriesOnlyWhatProves()
    {
        QFETCH(QByteArray, etag);
        QFETCH(QByteArray, lastModified);
        QFETCH(QByteArray, date);
        QFETCH(QByteArray, ifRange);
        QCOMPARE(ifRangeValue(etag, lastModified, date), ifRange);
    }
};

BELLHOP_TEST(EntityTagTest)
#include "tst_entity_tag.moc"
