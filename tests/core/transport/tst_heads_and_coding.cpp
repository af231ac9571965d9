// SPDX-License-Identifier: Apache-2.0
#include "tests/core/transport/what_is_said.h"
#include "tests/support/http_message.h"
#include "tests/support/test_program.h"

using namespace core;

namespace {

constexpr qsizetype kKiB = 1 << 10;
constexpr qsizetype kMiB = 1 << 20;

HeaderFields fields(int count, qsizetype valueBytes)
{
    HeaderFields made{{"Content-Length", QByteArray::number(said::kFileBytes)}};
    for (int i = 0; i < count; ++i) {
        made.emplaceBack("X-" + QByteArray::number(i), QByteArray(valueBytes, 'x'));
    }
    return made;
}

/// Breaks off, which the length in the head gives away.
Script brokenOff(const QByteArray &head)
{
    return {step::Send{head + said::file().first(400)}, step::Close{}};
}

/// As the coding "deflate" has it (RFC 9110, 8.4.1.2).
QByteArray deflated(const QByteArray &bytes)
{
    return qCompress(bytes, 9).sliced(4); // Qt puts the length before it
}

Script inContentCoding(const QByteArray &body)
{
    return {step::Send{response(200, {{"Content-Encoding", "deflate"}}, body)}};
}

/// In a chunk, whatever the field says, and closed after it.
Script inTransferCoding(const char *coding)
{
    const QByteArray body = chunk(deflated(said::file())) + chunk({});
    return {step::Send{responseHead(200, {{"Transfer-Encoding", coding}}) + body}, step::Close{}};
}

} // namespace

/// Heads that QNetworkAccessManager cannot hold, and bodies in a coding that nobody asked for.
class HeadsAndCodingTest final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(QStringLiteral(".*"))); }

    void aHeadThatIsTooMuchForQtIsNoAnswer_data()
    {
        QTest::addColumn<Script>("answer");
        QTest::addColumn<QByteArray>("qtSays");
        QTest::addColumn<QByteArray>("bellhopSays");
        QTest::addColumn<qint64>("bytesKept");
        const auto row = [](const char *name, const QByteArray &head, const char *qtSays,
                            const char *bellhopSays, qint64 bytesKept) {
            QTest::newRow(name) << brokenOff(head) << QByteArray(qtSays) << QByteArray(bellhopSays)
                                << bytesKept;
        };
        const auto row200 = [&row](const char *name, const HeaderFields &all, const char *qtSays,
                                   const char *bellhopSays, qint64 bytesKept = 0) {
            row(name, responseHead(200, all), qtSays, bellhopSays, bytesKept);
        };
        const auto noticed = "RemoteHostClosedError 200, 400 bytes";
        const auto missed = "NoError 200, 400 bytes"; // without a length this is a whole body
        const auto bad = "BadAnswer";
        row200("100 fields", fields(99, 10), noticed, "ConnectionLost", 400);
        row200("101 fields", fields(100, 10), missed, bad);
        row200("a field of 100 KB", fields(1, 100'000), noticed, "ConnectionLost", 400);
        row200("a field of 103 KB", fields(1, 103'000), missed, bad);
        row200("250 KB", fields(90, 2'800), noticed, "ConnectionLost", 400);
        row200("270 KB", fields(90, 3'000), missed, bad);
        // It takes seconds over more than this.
        row200("1 MB in one field", fields(1, kMiB), missed, bad);
        row200("1 MB in many fields", fields(1000, kKiB), missed, bad);
        row("a line that is no field",
            "HTTP/1.1 200 OK\r\nContent-Length: 1000\r\nno field\r\nServer: x\r\n\r\n", missed, bad,
            0);
    }
    void aHeadThatIsTooMuchForQtIsNoAnswer()
    {
        QFETCH(Script, answer);
        QFETCH(QByteArray, qtSays);
        QFETCH(QByteArray, bellhopSays);
        QFETCH(qint64, bytesKept);
        said::compare(answer, qtSays, bellhopSays, bytesKept);
    }

    void whatQtCannotHoldItDropsAltogether()
    {
        HttpServer server;
        server.script(said::kPath, {step::Send{responseHead(200, fields(100, 10))}, step::Close{}});
        QNetworkAccessManager manager;
        const std::unique_ptr<QNetworkReply> reply(manager.get(QNetworkRequest(said::url(server))));
        QCOMPARE(said::byQt(reply.get()).line, "NoError 200, 0 bytes");
        QVERIFY(reply->rawHeaderPairs().isEmpty());
    }

    void aBombIsNotUnpacked_data()
    {
        QTest::addColumn<QByteArray>("body");
        QTest::addColumn<QByteArray>("qtSays");
        QTest::newRow("64 MB of nothing") << deflated(QByteArray(64 * kMiB, '\0'))
                                          << QByteArray("UnknownContentError 200, 0 bytes");
        QTest::newRow("the file itself")
            << deflated(said::file()) << QByteArray("NoError 200, 1000 bytes");
    }
    void aBombIsNotUnpacked()
    {
        QFETCH(QByteArray, body);
        QFETCH(QByteArray, qtSays);
        HttpServer forQt;
        forQt.script(said::kPath, inContentCoding(body));
        QCOMPARE(said::byQt(&forQt), qtSays);
        QCOMPARE(forQt.requests().last().header("Accept-Encoding"), "zstd, br, gzip, deflate");

        HttpServer forBellhop;
        forBellhop.script(said::kPath, inContentCoding(body));
        const said::Outcome outcome = said::byBellhop(&forBellhop);
        QCOMPARE(forBellhop.requests().last().header("Accept-Encoding"), "identity");
        QCOMPARE(outcome.word, "EncodedAnswer");
        QVERIFY(outcome.listing.isEmpty());
    }

    void aTransferCodingThatQtDoesNotUndoIsRefused_data()
    {
        QTest::addColumn<QByteArray>("qtSays");
        const QByteArray packed = QByteArray::number(deflated(said::file()).size());
        for (const char *coding :
             {"gzip, chunked", "deflate, chunked", "chunked, deflate", "x-chunked-not"}) {
            QTest::newRow(coding) << "NoError 200, " + packed + " bytes";
        }
        // Without chunks it is read to the end of the connection, their marks and all.
        QTest::newRow("deflate") << QByteArray("NoError 200, 1023 bytes");
    }
    void aTransferCodingThatQtDoesNotUndoIsRefused()
    {
        QFETCH(QByteArray, qtSays);
        said::compare(inTransferCoding(QTest::currentDataTag()), qtSays, "EncodedAnswer", 0);
    }
};

BELLHOP_TEST(HeadsAndCodingTest)
#include "tst_heads_and_coding.moc"
