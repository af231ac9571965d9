// SPDX-License-Identifier: Apache-2.0
#include "core/http/content_range.h"

#include "tests/support/test_program.h"

#include <QTest>

using namespace core;

class ContentRangeTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(QStringLiteral(".*"))); }

    void aRangeIsRead_data()
    {
        QTest::addColumn<QByteArray>("value");
        QTest::addColumn<qint64>("first");
        QTest::addColumn<qint64>("last");
        QTest::addColumn<qint64>("total");
        const qint64 none = -1;
        QTest::newRow("one byte of one") << QByteArray("bytes 0-0/1") << 0LL << 0LL << 1LL;
        QTest::newRow("the middle") << QByteArray("bytes 5-9/20") << 5LL << 9LL << 20LL;
        QTest::newRow("up to the end") << QByteArray("bytes 5-19/20") << 5LL << 19LL << 20LL;
        QTest::newRow("size unknown") << QByteArray("bytes 5-9/*") << 5LL << 9LL << none;
        QTest::newRow("none satisfied") << QByteArray("bytes */20") << none << none << 20LL;
        QTest::newRow("spelt as in the request")
            << QByteArray("bytes=5-9/20") << 5LL << 9LL << 20LL;
        QTest::newRow("of an empty file") << QByteArray("bytes */0") << none << none << 0LL;
        QTest::newRow("units have no case") << QByteArray("BYTES 0-1/2") << 0LL << 1LL << 2LL;
        QTest::newRow("white space around") << QByteArray(" \tbytes 0-1/2 ") << 0LL << 1LL << 2LL;
        QTest::newRow("leading zeros") << QByteArray("bytes 000-001/0002") << 0LL << 1LL << 2LL;
        QTest::newRow("beyond 32 bits") << QByteArray("bytes 4294967296-4294967300/5000000000")
                                        << 4294967296LL << 4294967300LL << 5000000000LL;
        QTest::newRow("the largest file of all")
            << QByteArray("bytes 0-9007199254740991/9007199254740992") << 0LL << 9007199254740991LL
            << 9007199254740992LL;
    }
    void aRangeIsRead()
    {
        QFETCH(QByteArray, value);
        QFETCH(qint64, first);
        QFETCH(qint64, last);
        QFETCH(qint64, total);
        const auto range = parseContentRange(value);
        QVERIFY(range);
        QCOMPARE(range->first.value_or(-1), first);
        QCOMPARE(range->last.value_or(-1), last);
        QCOMPARE(range->total.value_or(-1), total);
    }

    void whatIsNotOneIsRefused_data()
    {
        QTest::addColumn<QByteArray>("value");
        for (const char *bad : {"",
                                " ",
                                "bytes",
                                "bytes ",
                                "bytes 0-1",
                                "bytes 0-1/",
                                "bytes /2",
                                "bytes -/2",
                                "bytes -1/2",
                                "bytes 0-/2",
                                "bytes 1-0/2",
                                "bytes 0-2/2",
                                "bytes 0-1/0",
                                "bytes */*",
                                "bytes */",
                                "bytes *",
                                "bytes 0-1/2/3",
                                "bytes 0-1,3-4/9",
                                "bytes 0--1/2",
                                "bytes +0-1/2",
                                "bytes 0-+1/2",
                                "bytes 0-1/+2",
                                "bytes 0-1/-2",
                                "bytes 0x0-0x1/0x2",
                                "bytes 0-1/2 x",
                                "bytes 0-1 /2",
                                "bytes 0 -1/2",
                                "bytes  0-1/2",
                                "bytes\t0-1/2",
                                "bytes =0-1/2",
                                "bytes: 0-1/2",
                                "byte 0-1/2",
                                "items 0-1/2",
                                "0-1/2",
                                "bytes0-1/2",
                                "bytes 0-9007199254740992/*",
                                "bytes 0-1/9007199254740993",
                                "bytes 0-9223372036854775807/9223372036854775808",
                                "bytes 0-18446744073709551615/18446744073709551616",
                                "bytes 0-99999999999999999999999/*",
                                "bytes 0-1/2, bytes 0-1/2",
                                "bytes 0-1/2\r\n",
                                "bytes \xd9\xa0-\xd9\xa1/\xd9\xa2",
                                "bytes 0-1/2\x7f"}) {
            QTest::addRow("\"%s\"", bad) << QByteArray(bad);
        }
        QTest::newRow("NUL") << QByteArray("bytes 0-1/2\0", 12);
    }
    void whatIsNotOneIsRefused()
    {
        QFETCH(QByteArray, value);
        QVERIFY(!parseContentRange(value));
    }

    void aLengthIsRead_data()
    {
        QTest::addColumn<QByteArray>("value");
        QTest::addColumn<qint64>("length"); // -1: none
        const qint64 none = -1;
        QTest::newRow("zero") << QByteArray("0") << 0LL;
        QTest::newRow("plain") << QByteArray("12345") << 12345LL;
        QTest::newRow("white space around") << QByteArray(" 5\t") << 5LL;
        QTest::newRow("said twice") << QByteArray("5, 5") << 5LL;
        QTest::newRow("said three times, tightly") << QByteArray("5,5,5") << 5LL;
        QTest::newRow("the same in another form") << QByteArray("5, 05") << 5LL;
        QTest::newRow("largest") << QByteArray("9007199254740992") << 9007199254740992LL;
        for (const char *bad : {"",
                                " ",
                                "-5",
                                "+5",
                                "5abc",
                                "0x5",
                                "5.0",
                                "5e3",
                                "5, 3",
                                "3, 5, 5",
                                "5,",
                                ",5",
                                "5,,5",
                                "5 5",
                                "1_000",
                                "1,000",
                                "9007199254740993",
                                "18446744073709551621",
                                "99999999999999999999999",
                                "\xb2",
                                "5\n"}) {
            QTest::addRow("\"%s\"", bad) << QByteArray(bad) << none;
        }
        QTest::newRow("NUL") << QByteArray("5\0", 2) << none;
    }
    void aLengthIsRead()
    {
        QFETCH(QByteArray, value);
        QFETCH(qint64, length);
        QCOMPARE(parseContentLength(value).value_or(-1), length);
    }
};

BELLHOP_TEST(ContentRangeTest)
#include "tst_content_range.moc"
