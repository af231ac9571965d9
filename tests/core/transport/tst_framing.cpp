// SPDX-License-Identifier: Apache-2.0
#include "tests/core/transport/what_is_said.h"
#include "tests/support/http_message.h"
#include "tests/support/manual_rig.h"
#include "tests/support/pretty.h"
#include "tests/support/test_program.h"

#include <QCryptographicHash>

using namespace core;
using namespace std::chrono_literals;

namespace {

/// With a field that says nothing: a head without any is one that was lost on the way.
QByteArray head(int status, HeaderFields fields)
{
    fields.emplaceBack("Server", "test");
    return responseHead(status, fields);
}

QByteArray whole(const HeaderFields &fields = {})
{
    return response(200, fields, said::file());
}

/// The head of an answer to "bytes=0-" that says how long the file is.
QByteArray chunkedPart()
{
    return head(206, {{"Transfer-Encoding", "chunked"}, {"Content-Range", "bytes 0-999/1000"}});
}

QByteArray chunkedWhole(const HeaderFields &more = {})
{
    return head(200, HeaderFields{{"Transfer-Encoding", "chunked"}} + more);
}

QByteArray begin()
{
    return said::file().first(400);
}

HeaderFields digest()
{
    const QByteArray hash = QCryptographicHash::hash(said::file(), QCryptographicHash::Sha256);
    return {{"Repr-Digest", "sha-256=:" + hash.toBase64() + ':'}};
}

void addColumns()
{
    QTest::addColumn<Script>("answer");
    QTest::addColumn<QByteArray>("qtSays");
    QTest::addColumn<QByteArray>("bellhopSays");
    QTest::addColumn<qint64>("bytesKept");
}

void addRow(const char *title, const Script &answer, const char *qtSays, const char *bellhopSays,
            qint64 bytesKept = 0)
{
    QTest::newRow(title) << answer << QByteArray(qtSays) << QByteArray(bellhopSays) << bytesKept;
}

void compareRow()
{
    QFETCH(Script, answer);
    QFETCH(QByteArray, qtSays);
    QFETCH(QByteArray, bellhopSays);
    QFETCH(qint64, bytesKept);
    said::compare(answer, qtSays, bellhopSays, bytesKept);
}

} // namespace

/// Where a body ends: what QNetworkAccessManager makes of damaged framing, and that nothing of it
/// is taken for the file. A row that fails with a newer Qt means that Qt has changed.
class FramingTest final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(QStringLiteral(".*"))); }

    void aBadFirstChunkSizeIsNotAnEmptyFile_data()
    {
        addColumns();
        const auto qt = "NoError 200, 0 bytes";
        const auto part = "NoError 206, 0 bytes";
        const auto empty = "EmptyAnswer";
        const auto lost = "ConnectionLost";
        const QByteArray data = "\r\n" + begin() + "\r\n0\r\n\r\n";
        const QByteArray beyond = "fffffffffffffffff";
        addRow("no number, no length", {step::Send{chunkedWhole() + "zz" + data}}, qt, empty);
        addRow("more than 64 bits, no length", {step::Send{chunkedWhole() + beyond + data}}, qt,
               empty);
        addRow("negative, no length", {step::Send{chunkedWhole() + "-5" + data}}, qt, empty);
        addRow("no number, in a part", {step::Send{chunkedPart() + "zz" + data}}, part, lost);
        addRow("more than 64 bits, in a part", {step::Send{chunkedPart() + beyond + data}}, part,
               lost);
        addRow("negative, in a part", {step::Send{chunkedPart() + "-5" + data}}, part, lost);
    }
    void aBadFirstChunkSizeIsNotAnEmptyFile() { compareRow(); }

    void aBadChunkSizeHalfWayIsNotTheEnd_data()
    {
        addColumns();
        const QByteArray garbage = chunk(begin()) + "garbage\r\n" + begin();
        const QByteArray huge = chunk(begin()) + "8000000000000000\r\n" + begin();
        addRow("garbage, in a part", {step::Send{chunkedPart() + garbage}},
               "NoError 206, 400 bytes", "ConnectionLost", 400);
        addRow("2^63, in a part", {step::Send{chunkedPart() + huge}}, "NoError 206, 400 bytes",
               "ConnectionLost", 400);
        addRow("garbage, no length", {step::Send{chunkedWhole() + garbage}},
               "NoError 200, 400 bytes", "counted", 400);
        addRow("2^63, no length", {step::Send{chunkedWhole() + huge}}, "NoError 200, 400 bytes",
               "counted", 400);
        addRow("garbage, and a promised checksum", {step::Send{chunkedWhole(digest()) + garbage}},
               "NoError 200, 400 bytes", "HashMismatch", 400);
        addRow("2^63, and a promised checksum", {step::Send{chunkedWhole(digest()) + huge}},
               "NoError 200, 400 bytes", "HashMismatch", 400);
    }
    void aBadChunkSizeHalfWayIsNotTheEnd() { compareRow(); }

    void anInterimAnswerIsNotTheAnswer_data()
    {
        addColumns();
        const HeaderFields link{{"Link", "</style.css>; rel=preload"}};
        addRow("100 Continue, which Qt skips", {step::Send{head(100, {}) + whole()}},
               "NoError 200, 1000 bytes", "whole", said::kFileBytes);
        const auto skipped = "NoError 200, 1000 bytes";
        const auto bellhop = said::since68("whole", "BadAnswer");
        const qint64 kept = said::since68(said::kFileBytes, qint64(0));
        addRow("102 Processing", {step::Send{head(102, {}) + whole()}},
               said::since68(skipped, "NoError 102, 0 bytes"), bellhop, kept);
        addRow("103 Early Hints", {step::Send{head(103, link) + whole()}},
               said::since68(skipped, "NoError 103, 0 bytes"), bellhop, kept);
    }
    void anInterimAnswerIsNotTheAnswer() { compareRow(); }

    void aLengthThatIsNoneIsRefused_data()
    {
        addColumns();
        const auto answer = [](const HeaderFields &lengths) {
            return Script{step::Send{head(200, lengths) + said::file()}, step::Close{}};
        };
        const auto qt = "NoError 200, 1000 bytes";
        addRow("negative", answer({{"Content-Length", "-5"}}), qt, "BadAnswer");
        addRow("a number with letters", answer({{"Content-Length", "5abc"}}), qt, "BadAnswer");
        addRow("23 digits", answer({{"Content-Length", "10000000000000000000000"}}), qt,
               "BadAnswer");
        addRow("two values, of which Qt takes the first",
               answer({{"Content-Length", "5"}, {"Content-Length", "3"}}), "NoError 200, 5 bytes",
               "BadAnswer");
    }
    void aLengthThatIsNoneIsRefused() { compareRow(); }

    void aBodyThatStopsShortKeepsTheBytesThatCame_data()
    {
        addColumns();
        const auto qt = "RemoteHostClosedError 200, 400 bytes";
        const auto lost = "ConnectionLost";
        const QByteArray announced = head(200, {{"Content-Length", "1000"}}) + begin();
        const QByteArray inChunks = chunkedWhole() + chunk(begin());
        addRow("closed before the announced length", {step::Send{announced}, step::Close{}}, qt,
               lost, 400);
        addRow("closed between chunks", {step::Send{inChunks}, step::Close{}}, qt, lost, 400);
        addRow("closed within a chunk",
               {step::Send{chunkedWhole() + "3e8\r\n" + begin()}, step::Close{}}, qt, lost, 400);
        addRow("reset before the announced length",
               {step::Send{announced}, step::WaitFor{said::kSeen}, step::Reset{}}, qt, lost, 400);
        addRow("reset between chunks",
               {step::Send{inChunks}, step::WaitFor{said::kSeen}, step::Reset{}}, qt, lost, 400);
    }
    void aBodyThatStopsShortKeepsTheBytesThatCame() { compareRow(); }

    void aBodyThatEndsWithTheConnectionIsMeasuredByWhatIsKnown_data()
    {
        addColumns();
        const HeaderFields range{{"Content-Range", "bytes 0-999/1000"}};
        addRow("nothing is known", {step::Send{head(200, {}) + said::file()}, step::Close{}},
               "NoError 200, 1000 bytes", "counted", said::kFileBytes);
        addRow("all of the part came", {step::Send{head(206, range) + said::file()}, step::Close{}},
               "NoError 206, 1000 bytes", "whole", said::kFileBytes);
        addRow("some of the part came", {step::Send{head(206, range) + begin()}, step::Close{}},
               "NoError 206, 400 bytes", "ConnectionLost", 400);
        addRow("the promised checksum is of more",
               {step::Send{head(200, digest()) + begin()}, step::Close{}}, "NoError 200, 400 bytes",
               "HashMismatch", 400);
        addRow("nothing came at all", {step::Send{head(200, {})}, step::Close{}},
               "NoError 200, 0 bytes", "EmptyAnswer");
    }
    void aBodyThatEndsWithTheConnectionIsMeasuredByWhatIsKnown() { compareRow(); }

    void aBodyThatEndsBeforeALengthKnownFromBeforeIsNotTheFile_data()
    {
        QTest::addColumn<Script>("answer");
        QTest::addColumn<QByteArray>("qtSays");
        QTest::addColumn<QByteArray>("bellhopSays");
        const QByteArray some = said::file().first(700);
        const QByteArray damaged = chunkedWhole() + chunk(some) + "zz\r\n" + begin();
        const QByteArray qt = "NoError 200, 700 bytes";
        QTest::newRow("damaged chunks")
            << Script{step::Send{damaged}} << qt << QByteArray("NotHttp");
        QTest::newRow("the last chunk comes too early")
            << Script{step::Send{chunkedWhole() + chunk(some) + chunk({})}} << qt
            << QByteArray("NotHttp");
        QTest::newRow("it ends with the connection")
            << Script{step::Send{head(200, {}) + some}, step::Close{}} << qt
            << QByteArray("ConnectionLost");
    }
    void aBodyThatEndsBeforeALengthKnownFromBeforeIsNotTheFile()
    {
        QFETCH(Script, answer);
        QFETCH(QByteArray, qtSays);
        QFETCH(QByteArray, bellhopSays);
        HttpServer forQt;
        forQt.script(said::kPath, answer);
        QCOMPARE(said::byQt(&forQt), qtSays);

        HttpServer server;
        server.serve(said::kPath, {.body = said::file()});
        server.next(said::kPath,
                    {step::Send{head(200, {{"Content-Length", "1000"}}) + begin()}, step::Close{}});
        server.next(said::kPath, answer);
        ManualRig rig;
        const JobId id = rig.download({said::url(server)});
        QVERIFY(rig.reaches(id, JobState::TransientError));
        QCOMPARE(rig.job(id).error->fileBytesDone, 400);
        rig.clock.advance(1s);
        QVERIFY(rig.comesTo([&] { return rig.job(id).errorCount == 2; }));
        QCOMPARE(rig.job(id).error->cause, parse<Cause>(QString::fromLatin1(bellhopSays)).value());
        QCOMPARE(rig.job(id).error->fileBytesDone, 700); // what came was compared, and is kept
        rig.clock.advance(2s);
        QVERIFY(rig.reaches(id, JobState::Acknowledged));
        QCOMPARE(rig.content(QStringLiteral("film.bin")), said::file());
    }
};

BELLHOP_TEST(FramingTest)
#include "tst_framing.moc"
