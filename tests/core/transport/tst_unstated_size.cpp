// SPDX-License-Identifier: Apache-2.0
#include "core/words/explain.h"
#include "tests/core/transport/what_is_said.h"
#include "tests/support/http_message.h"
#include "tests/support/test_program.h"

#include <QCryptographicHash>

#include <algorithm>

using namespace core;

namespace {

/// What the server does with the requests after the first one.
using Later = std::function<void(HttpServer *)>;

QByteArray chunkedHead(const HeaderFields &more = {})
{
    return responseHead(200, HeaderFields{{"Transfer-Encoding", "chunked"}} + more);
}

/// A chunk and then no chunk: QNetworkAccessManager takes it for the end.
Script broken(const HeaderFields &more = {})
{
    const QByteArray begin = said::file().first(400);
    return {step::Send{chunkedHead(more) + chunk(begin) + "garbage\r\n" + begin}};
}

Script cutInAChunk()
{
    return {step::Send{chunkedHead() + "190\r\n" + said::file().first(300)}, step::Close{}};
}

Script inOneChunk(const HeaderFields &more = {})
{
    return {step::Send{chunkedHead(more) + chunk(said::file()) + "0\r\n\r\n"}};
}

Script untilClose(qint64 bytes)
{
    return {
        step::Send{responseHead(200, {{"Content-Type", "video/mp4"}}) + said::file().first(bytes)},
        step::Close{}};
}

Resource film()
{
    return {.body = Body::pattern(1, said::kFileBytes)};
}

Later serves(const Resource &resource)
{
    return [resource](HttpServer *server) { server->serve(said::kPath, resource); };
}

Later answers(const Script &script)
{
    return [script](HttpServer *server) { server->script(said::kPath, script); };
}

Resource longerFilm()
{
    Resource other{.body = Body::pattern(7, 5000), .etag = "\"v2\""};
    other.lastModified = "Fri, 02 Jan 2026 00:00:00 GMT";
    return other;
}

Resource withoutRanges(Framing framing)
{
    Resource whole = film();
    whole.ranges = RangeAnswer::Ignored;
    whole.framing = framing;
    return whole;
}

} // namespace

/// Nobody has said how long the file is, and the body came to an end that QNetworkAccessManager
/// finds good. It is asked for what comes behind it; what cannot be proven is called so.
class UnstatedSizeTest final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(QStringLiteral(".*"))); }

    void anEndThatNobodyAnnouncedIsLookedBeyond_data()
    {
        QTest::addColumn<Script>("first");
        QTest::addColumn<Later>("later");
        QTest::addColumn<QByteArray>("word");
        QTest::addColumn<qint64>("bytes");
        const auto row = [](const char *title, const Script &first, const Later &later,
                            const char *word, qint64 bytes) {
            QTest::newRow(title) << first << later << QByteArray(word) << bytes;
        };
        const HeaderFields tag{{"ETag", "\"v1\""}};
        const qint64 all = said::kFileBytes;
        row("broken, the server knows ranges", broken(), serves(film()), "whole", all);
        row("broken, the server knows ranges and versions", broken(tag), serves(film()), "whole",
            all);
        row("broken, the server only states the length", broken(),
            serves(withoutRanges(Framing::Length)), "whole", all);
        row("complete, the server knows ranges", inOneChunk(), serves(film()), "whole", all);
        row("complete, the server knows ranges and versions", inOneChunk(tag), serves(film()),
            "whole", all);
        row("lost, the server knows ranges", untilClose(400), serves(film()), "whole", all);
        row("lost, the server sends all again", untilClose(400), answers(untilClose(all)),
            "counted", all);
        row("lost, and elsewhere the next time", untilClose(400), answers(untilClose(300)),
            "ConnectionLost", 400);
        row("cut off once in the middle of a chunk", broken(), answers(cutInAChunk()),
            "ConnectionLost", 400);
        row("complete, the server never says", inOneChunk(), answers(inOneChunk()), "counted", all);
        row("broken, the server never says", broken(), answers(broken()), "counted", 400);
        row("broken, the server has another file by now", broken(tag), serves(longerFilm()),
            "counted", 400);
        row(
            "lost, the link works only once", untilClose(400),
            [](HttpServer *server) { server->refuse(said::kPath, 410); }, "counted", 400);
        row(
            "complete, the server answers only once", untilClose(all),
            [](HttpServer *server) { server->script(said::kPath, {step::Close{}}); }, "counted",
            all);
    }
    void anEndThatNobodyAnnouncedIsLookedBeyond()
    {
        QFETCH(Script, first);
        QFETCH(Later, later);
        HttpServer server;
        later(&server);
        server.next(said::kPath, first);
        const said::Outcome outcome = said::byBellhop(&server);
        QTEST(outcome.word, "word");
        said::verifyFolder(outcome);
        QTEST(qint64(outcome.bytes.size()), "bytes");
    }

    void aServerIsNotAskedAgainWhereItCannotTell_data()
    {
        QTest::addColumn<Script>("first");
        QTest::addColumn<QByteArray>("word");
        const QByteArray hash = QCryptographicHash::hash(said::file(), QCryptographicHash::Sha256);
        QTest::newRow("it has said that it knows no ranges")
            << inOneChunk({{"Accept-Ranges", "none"}}) << QByteArray("counted");
        QTest::newRow("a checksum proves more")
            << inOneChunk({{"Repr-Digest", "sha-256=:" + hash.toBase64() + ':'}})
            << QByteArray("whole");
    }
    void aServerIsNotAskedAgainWhereItCannotTell()
    {
        QFETCH(Script, first);
        HttpServer server;
        server.script(said::kPath, first);
        const said::Outcome outcome = said::byBellhop(&server);
        QTEST(outcome.word, "word");
        QCOMPARE(outcome.bytes, said::file());
        QCOMPARE(server.requests().size(), 1);
    }

    void aSizeThatNobodyStatedIsSaidToBeSo()
    {
        HttpServer server;
        server.script(said::kPath, inOneChunk());
        EngineRig rig;
        const JobId id = rig.download(rig.spec({server.url(QString::fromLatin1(said::kPath))}));
        QVERIFY(rig.reaches(id, JobState::Acknowledged));
        const auto isSaid = [&] {
            QCOMPARE(rig.files(id).first().sizeSource, SizeSource::Counted);
            QCOMPARE(describeState(rig.job(id), QDateTime::currentDateTimeUtc()),
                     QStringLiteral("Finished; the server did not say how long the file is"));
        };
        isSaid();
        rig.restart();
        isSaid();
        const auto timeline =
            rig.ask<message::Timeline>({.job = id}).value_or(TimelinePage{}).entries;
        const bool isNoted = std::ranges::any_of(timeline, [](const TimelineEntry &entry) {
            const auto *ended = std::get_if<happening::AttemptEnded>(&entry.what);
            return ended != nullptr && ended->end == AttemptEnd::Counted;
        });
        QVERIFY(isNoted);
    }
};

BELLHOP_TEST(UnstatedSizeTest)
#include "tst_unstated_size.moc"
