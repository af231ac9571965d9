// SPDX-License-Identifier: Apache-2.0
#include "core/remote/frame.h"

#include "tests/support/test_program.h"

#include <QTest>

using namespace core;

class FrameTest final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(QStringLiteral(".*"))); }

    void messagesComeOutAsTheyWentIn_data()
    {
        QTest::addColumn<QByteArrayList>("messages");
        QTest::addColumn<int>("pieceBytes");
        const QByteArray large(3 * kFrameMaxBytes + 17, 'x');
        const QByteArray justOne(kFrameMaxBytes, 'y');
        for (const int piece : {1, 3, 4, 5, 1 << 16, 1 << 30}) {
            QTest::addRow("short ones, %d bytes at a time", piece)
                << QByteArrayList{"a", QByteArray(1, '\0'), "third"} << piece;
        }
        QTest::newRow("of many frames") << QByteArrayList{large, "next"} << 70'001;
        QTest::newRow("of exactly one frame") << QByteArrayList{justOne, "next"} << (1 << 30);
    }
    void messagesComeOutAsTheyWentIn()
    {
        QFETCH(QByteArrayList, messages);
        QFETCH(int, pieceBytes);
        QByteArray all;
        for (const QByteArray &message : messages) {
            all += toFrames(message);
        }
        FrameReader reader;
        QByteArrayList read;
        for (qsizetype at = 0; at < all.size(); at += pieceBytes) {
            const auto some = reader.take(all.mid(at, pieceBytes));
            QVERIFY(some.has_value());
            read += *some;
        }
        QCOMPARE(read, messages);
    }

    void whatIsNoFrameIsAFault_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<int>("fault");
        QTest::newRow("nothing in it") << QByteArray(4, '\0') << int(FrameFault::Empty);
        QTest::newRow("goes on with nothing")
            << QByteArray::fromHex("80000000") << int(FrameFault::Empty);
        QTest::newRow("one byte too long")
            << QByteArray::fromHex("00100001") << int(FrameFault::FrameTooLong);
        QTest::newRow("text") << QByteArray("GET / HTTP/1.1\r\n") << int(FrameFault::FrameTooLong);
    }
    void whatIsNoFrameIsAFault()
    {
        QFETCH(QByteArray, bytes);
        const auto read = FrameReader().take(bytes);
        QVERIFY(!read);
        QTEST(int(read.error()), "fault");
    }

    void aMessageWithoutEndIsCutOff()
    {
        const QByteArray frame =
            QByteArray::fromHex("80100000") + QByteArray(kFrameMaxBytes, 'x'); // and it goes on
        FrameReader reader;
        for (qsizetype bytes = 0; bytes < kMessageMaxBytes; bytes += kFrameMaxBytes) {
            const auto read = reader.take(frame);
            QVERIFY(read && read->isEmpty());
        }
        QCOMPARE(reader.take(frame).error(), FrameFault::MessageTooLong);
    }
};

BELLHOP_TEST(FrameTest)
#include "tst_frame.moc"
