// SPDX-License-Identifier: Apache-2.0
#include "core/remedy/catalogue.h"
#include "core/transfer/exchange/classify_response.h"
#include "tests/support/pretty.h"
#include "tests/support/test_program.h"

using namespace core;

namespace {

const QDateTime kNow(QDate(2026, 1, 15), QTime(12, 0), QTimeZone::utc());

/// What we have of a file is its first bytes.
ContentAsk askAfter(qint64 haveBytes, std::optional<qint64> sizeBytes, const Validator &validator)
{
    return askFor({RangeSet::prefix(haveBytes), sizeBytes, validator}, haveBytes);
}

ContentAsk fresh()
{
    return askAfter(0, {}, {});
}

/// A request that goes on after 1000 of 4000 bytes of the version "v1".
ContentAsk going()
{
    return askAfter(1000, 4000, {.etag = "\"v1\""});
}

/// A request for a hole of 1000 bytes between bytes of that version.
ContentAsk filling()
{
    RangeSet held = RangeSet::prefix(1000);
    held.insert({2000, 3000});
    return askFor({held, 4000, {.etag = "\"v1\""}}, 1000, 2000);
}

/// What a verdict comes down to, in a word.
QString word(const ResponseVerdict &verdict)
{
    if (const auto *plan = std::get_if<BodyPlan>(&verdict)) {
        return QStringLiteral("body %1-%2 compare %3 of %4")
            .arg(plan->firstByte)
            .arg(plan->endByte.value_or(-1))
            .arg(plan->compareUntil)
            .arg(plan->sizeBytes.value_or(-1));
    }
    if (const auto *hop = std::get_if<NextHop>(&verdict)) {
        return QStringLiteral("go ") + hop->url.toString();
    }
    if (const auto *whole = std::get_if<NothingMissing>(&verdict)) {
        return QStringLiteral("whole %1").arg(whole->sizeBytes);
    }
    if (std::holds_alternative<Accepted>(verdict)) {
        return QStringLiteral("accepted");
    }
    return QLatin1StringView(name(std::get<Unusable>(verdict).cause));
}

} // namespace

class ClassifyResponseTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(QStringLiteral(".*"))); }

    void aHeadMeansThisForTheBytesWeHave_data()
    {
        QTest::addColumn<bool>("isFresh");
        QTest::addColumn<int>("status");
        QTest::addColumn<HeaderFields>("headers");
        QTest::addColumn<QString>("verdict");
        const auto row = [](const char *name, bool isFresh, int status, const HeaderFields &headers,
                            const char *verdict) {
            QTest::newRow(name) << isFresh << status << headers << QString::fromLatin1(verdict);
        };
        row("the whole file as a range", true, 206,
            {{"Content-Range", "bytes 0-3999/4000"}, {"Content-Length", "4000"}},
            "body 0-4000 compare 0 of 4000");
        row("the whole file, ranges unknown", true, 200, {{"Content-Length", "4000"}},
            "body 0-4000 compare 0 of 4000");
        row("no length at all", true, 200, {{"Server", "x"}}, "body 0--1 compare 0 of -1");
        row("no field at all", true, 200, {}, "BadAnswer");
        row("a length that chunks override", true, 200,
            {{"Content-Length", "5"}, {"Transfer-Encoding", "chunked"}},
            "body 0--1 compare 0 of -1");
        row("an unknown length", true, 200, {{"Content-Length", "-1"}},
            "body 0--1 compare 0 of -1");
        row("a negative length", true, 200, {{"Content-Length", "-5"}}, "BadAnswer");
        row("a length with letters", true, 200, {{"Content-Length", "5abc"}}, "BadAnswer");
        row("a length of 23 digits", true, 200, {{"Content-Length", "99999999999999999999999"}},
            "BadAnswer");
        row("two lengths", true, 200, {{"Content-Length", "5"}, {"Content-Length", "3"}},
            "BadAnswer");
        row("an empty file, or no ranges", true, 416, {{"Content-Range", "bytes */0"}},
            "RangeRefused");
        row("the first part as if it were everything", true, 200,
            {{"Content-Range", "bytes 0-999/4000"}, {"Content-Length", "1000"}}, "RangeRefused");
        row("everything, and where it lies", true, 200,
            {{"Content-Range", "bytes 0-3999/4000"}, {"Content-Length", "4000"}},
            "body 0-4000 compare 0 of 4000");
        row("another success, with a file", true, 226, {{"Content-Length", "5"}},
            "body 0-5 compare 0 of 5");
        row("another success, without", true, 226, {{"Content-Length", "0"}}, "BadAnswer");
        row("a success that is to come", true, 202, {{"Content-Length", "5"}}, "ServerBusy");
        row("a server that cannot bear a range", true, 416, {}, "RangeRefused");
        row("gzip although identity was asked", true, 200,
            {{"Content-Encoding", "gzip"}, {"Content-Length", "5"}}, "EncodedAnswer");
        row("an early hint taken for the reply", true, 103, {}, "BadAnswer");
        row("not modified, unasked", true, 304, {}, "BadAnswer");
        row("no content", true, 204, {}, "EmptyAnswer");
        row("several files, none picked", true, 300, {{"Content-Length", "5"}}, "RequestRejected");
        row("several files, one picked", true, 300, {{"Location", "https://b.example/x"}},
            "go https://b.example/x");
        row("the rest", false, 206, {{"Content-Range", "bytes 1000-3999/4000"}, {"ETag", "\"v1\""}},
            "body 1000-4000 compare 1000 of 4000");
        row("less than the rest", false, 206, {{"Content-Range", "bytes 1000-1999/4000"}},
            "body 1000-2000 compare 1000 of 4000");
        row("the rest of a file of unknown size", false, 206,
            {{"Content-Range", "bytes 1000-3999/*"}}, "body 1000-4000 compare 1000 of 4000");
        row("more than the rest, from the start", false, 206,
            {{"Content-Range", "bytes 0-3999/4000"}}, "body 0-4000 compare 1000 of 4000");
        row("more than the rest, of another version", false, 206,
            {{"Content-Range", "bytes 0-3999/4000"}, {"ETag", "\"v2\""}},
            "body 0-4000 compare 1000 of 4000");
        row("more than the rest, of any length", false, 206, {{"Content-Range", "bytes 0-3999/*"}},
            "RangeRefused");
        const HeaderFields rest{{"Content-Range", "bytes 1000-3999/4000"},
                                {"Content-Length", "3000"}};
        row("the rest as if it were everything", false, 200,
            rest + HeaderFields{{"ETag", "\"v1\""}}, "body 1000-4000 compare 1000 of 4000");
        row("the rest as if it were everything, of any version", false, 200, rest, "RangeRefused");
        row("a file that did not change, says the server", false, 304, {}, "BadAnswer");
        row("no range, and no length", false, 416, {}, "RangeRefused");
        row("another part", false, 206, {{"Content-Range", "bytes 1001-3999/4000"}},
            "RangeRefused");
        row("a part that does not say which", false, 206, {}, "RangeRefused");
        row("several parts", false, 206, {{"Content-Type", "multipart/byteranges; boundary=x"}},
            "RangeRefused");
        row("a part of a file of another size", false, 206,
            {{"Content-Range", "bytes 1000-4999/5000"}}, "RemoteChanged");
        row("a part of another version, If-Range ignored", false, 206,
            {{"Content-Range", "bytes 1000-3999/4000"}, {"ETag", "\"v2\""}}, "RemoteChanged");
        row("a length that contradicts the range", false, 206,
            {{"Content-Range", "bytes 1000-3999/4000"}, {"Content-Length", "10"}}, "BadAnswer");
        row("everything again", false, 200, {{"Content-Length", "4000"}, {"ETag", "\"v1\""}},
            "body 0-4000 compare 1000 of 4000");
        row("everything of another version", false, 200,
            {{"Content-Length", "4000"}, {"ETag", "\"v2\""}}, "body 0-4000 compare 1000 of 4000");
        row("everything of another size", false, 200, {{"Content-Length", "3999"}},
            "RemoteChanged");
        row("a file that became shorter", false, 416, {{"Content-Range", "bytes */500"}},
            "RemoteChanged");
        row("all of it was here, of what was larger before", false, 416,
            {{"Content-Range", "bytes */1000"}}, "RemoteChanged");
        row("moved", true, 302, {{"Location", "/there"}}, "go https://a.example/there");
        row("moved to nowhere", true, 302, {}, "BadRedirect");
        row("moved to a local file", true, 302, {{"Location", "file:///etc/passwd"}},
            "BadRedirect");
        row("moved to data", true, 302, {{"Location", "data:,x"}}, "BadRedirect");
        row("moved out of safety", true, 302, {{"Location", "http://a.example/x"}},
            "InsecureRedirect");
    }

    void aHeadMeansThisForTheBytesWeHave()
    {
        QFETCH(bool, isFresh);
        QFETCH(int, status);
        QFETCH(HeaderFields, headers);
        const ResponseHead head{.status = status,
                                .headers = headers,
                                .url = QUrl(QStringLiteral("https://a.example/file"))};
        QTEST(word(classifyResponse(head, isFresh ? fresh() : going(), kNow)), "verdict");
    }

    void whatIsCompressedByItsNameGoesOnAsItCame_data()
    {
        QTest::addColumn<QString>("verdict");
        for (const char *name : {"a.tar.gz", "/a.TGZ", "map.svgz", "feed.xml.gz"}) {
            QTest::newRow(name) << QStringLiteral("body 1000-4000 compare 1000 of 4000");
        }
        QTest::newRow("feed.xml") << QStringLiteral("EncodedAnswer");
    }
    void whatIsCompressedByItsNameGoesOnAsItCame()
    {
        ContentAsk ask = going();
        ask.known.name = QString::fromLatin1(QTest::currentDataTag());
        const ResponseHead head{
            .status = 206,
            .headers = {{"Content-Encoding", "gzip"}, {"Content-Range", "bytes 1000-3999/4000"}},
            .url = QUrl(QStringLiteral("https://a.example/file"))};
        QTEST(word(classifyResponse(head, ask, kNow)), "verdict");
    }

    void statusesThatAreNotTheFileHaveTheirCause_data()
    {
        QTest::addColumn<int>("status");
        QTest::addColumn<Cause>("cause");
        const QList<std::pair<int, Cause>> rows{
            {401, Cause::LoginRequired},   {403, Cause::Forbidden},
            {404, Cause::NotFound},        {407, Cause::ProxyLoginRequired},
            {408, Cause::ServerBusy},      {410, Cause::Gone},
            {418, Cause::RequestRejected}, {425, Cause::ServerBusy},
            {429, Cause::ServerBusy},      {451, Cause::RequestRejected},
            {500, Cause::ServerFailed},    {501, Cause::RequestRejected},
            {502, Cause::ServerFailed},    {503, Cause::ServerBusy},
            {504, Cause::ServerFailed},    {505, Cause::RequestRejected},
            {599, Cause::ServerFailed},    {100, Cause::BadAnswer},
            {300, Cause::RequestRejected}, {202, Cause::ServerBusy},
        };
        for (const auto &[status, cause] : rows) {
            QTest::addRow("%d", status) << status << cause;
        }
    }
    void statusesThatAreNotTheFileHaveTheirCause()
    {
        QFETCH(int, status);
        const ResponseHead head{.status = status,
                                .url = QUrl(QStringLiteral("https://a.example/"))};
        const ResponseVerdict verdict = classifyResponse(head, fresh(), kNow);
        const auto *unusable = std::get_if<Unusable>(&verdict);
        QVERIFY(unusable != nullptr);
        QTEST(unusable->cause, "cause");
    }

    void everyStatusFrom300To511IsTriedAgainOrGivenUpAsItsClassSays()
    {
        const QList<int> redirects{300, 301, 302, 303, 307, 308}; // here without a Location
        const QList<int> busyClientErrors{408, 416, 425, 429};    // 416: the range is at fault
        const QList<int> lastingServerErrors{501, 505, 508};
        for (int status = 300; status <= 511; ++status) {
            const bool isTransient = status < 400   ? !redirects.contains(status)
                                     : status < 500 ? busyClientErrors.contains(status)
                                                    : !lastingServerErrors.contains(status);
            const ResponseHead head{.status = status,
                                    .url = QUrl(QStringLiteral("https://a.example/"))};
            const ResponseVerdict verdict = classifyResponse(head, fresh(), kNow);
            const auto *unusable = std::get_if<Unusable>(&verdict);
            QVERIFY2(unusable != nullptr, qPrintable(QString::number(status)));
            const bool triedAgain = catalogueRow(unusable->cause).recovery == Recovery::Transient;
            QVERIFY2(triedAgain == isTransient, qPrintable(QString::number(status)));
        }
    }

    void contextIsRemoteFileExactlyOn403()
    {
        for (int status = 100; status < 600; ++status) {
            QCOMPARE(contextOf(status) == ErrorContext::RemoteFile, status == 403);
        }
    }

    void retryAfterIsTakenFromABusyServer()
    {
        const ResponseHead head{.status = 503,
                                .headers = {{"Retry-After", "120"}},
                                .url = QUrl(QStringLiteral("https://a.example/"))};
        const ResponseVerdict verdict = classifyResponse(head, fresh(), kNow);
        QCOMPARE(std::get<Unusable>(verdict).retryAfter,
                 std::optional<std::chrono::milliseconds>(120'000));
    }

    void aBombOfHeadersIsNoFile()
    {
        ResponseHead head{.status = 200, .url = QUrl(QStringLiteral("https://a.example/"))};
        for (int i = 0; i < 300; ++i) {
            head.headers.emplaceBack("X-" + QByteArray::number(i), "1");
        }
        QCOMPARE(word(classifyResponse(head, fresh(), kNow)), QStringLiteral("BadAnswer"));
        head.headers = {{"X", QByteArray(300'000, 'x')}};
        QCOMPARE(word(classifyResponse(head, fresh(), kNow)), QStringLiteral("BadAnswer"));
    }

    void withoutAValidatorTheTailIsFetchedAgainToBeCompared()
    {
        const auto firstOf = [](const ContentAsk &ask) { return ask.range->first; };
        QCOMPARE(firstOf(askAfter(1'000'000, 2'000'000, {})), 1'000'000 - kComparedBytes);
        QCOMPARE(firstOf(askAfter(1000, {}, {})), 0);
        QCOMPARE(firstOf(askAfter(1'000'000, {}, {.etag = "W/\"weak\""})),
                 1'000'000 - kComparedBytes);
        QVERIFY(askAfter(1'000'000, {}, {.etag = "W/\"weak\""}).range->ifRange.isEmpty());
        QCOMPARE(firstOf(askAfter(1'000'000, {}, {.etag = "\"v1\""})), 1'000'000);
        QCOMPARE(askAfter(1'000'000, {}, {.etag = "\"v1\""}).range->ifRange, "\"v1\"");
    }

    void aHoleIsAskedForWithoutWhatLiesBehindIt_data()
    {
        QTest::addColumn<qint64>("first");
        QTest::addColumn<std::optional<qint64>>("end");
        QTest::addColumn<QByteArray>("etag");
        QTest::addColumn<QByteArray>("field");
        const auto row = [](const char *name, qint64 first, std::optional<qint64> end,
                            const char *etag, const char *field) {
            QTest::newRow(name) << first << end << QByteArray(etag) << QByteArray(field);
        };
        row("the hole", 1000, 2000, "\"v1\"", "bytes=1000-1999");
        row("the rest", 3000, 4000, "\"v1\"", "bytes=3000-");
        row("the rest, of any length", 3000, {}, "\"v1\"", "bytes=3000-");
        row("the hole, compared from the start", 1000, 2000, "", "bytes=0-1999");
        row("the rest, compared from the hole on", 3000, 4000, "", "bytes=2000-");
        row("after nothing that could be compared", 1500, 2000, "", "bytes=1500-1999");
    }
    void aHoleIsAskedForWithoutWhatLiesBehindIt()
    {
        QFETCH(qint64, first);
        QFETCH(std::optional<qint64>, end);
        QFETCH(QByteArray, etag);
        const KnownVersion known{filling().known.held, 4000, {.etag = etag}};
        const ContentAsk ask = askFor(known, first, end);
        QTEST(rangeField(*ask.range, known.sizeBytes), "field");
    }

    void aPartOfAnotherTimeIsNotJoined_data()
    {
        QTest::addColumn<QByteArray>("ourTag");
        QTest::addColumn<HeaderFields>("fields");
        QTest::addColumn<QString>("verdict");
        const auto row = [](const char *title, const char *tag, const HeaderFields &fields,
                            const char *range, const char *verdict) {
            QTest::newRow(title) << QByteArray(tag)
                                 << fields + HeaderFields{{"Content-Range", range}}
                                 << QString::fromLatin1(verdict);
        };
        const HeaderField same{"Last-Modified", "Sun, 06 Nov 1994 08:49:37 GMT"};
        const HeaderField other{"Last-Modified", "Sun, 06 Nov 1994 08:49:38 GMT"};
        const char *rest = "bytes 1000-3999/4000";
        const char *joined = "body 1000-4000 compare 1000 of 4000";
        row("the same time", "", {same}, rest, joined);
        row("no time", "", {}, rest, joined);
        row("another time", "", {other}, rest, "RemoteChanged");
        row("another time, and no tag any more", "\"v1\"", {other}, rest, "RemoteChanged");
        row("another time of the same tag", "\"v1\"", {other, {"ETag", "\"v1\""}}, rest, joined);
        row("another time, and all can be compared", "", {other}, "bytes 0-3999/4000",
            "body 0-4000 compare 1000 of 4000");
    }
    void aPartOfAnotherTimeIsNotJoined()
    {
        QFETCH(QByteArray, ourTag);
        QFETCH(HeaderFields, fields);
        const Validator ours{.etag = ourTag,
                             .lastModified = "Sun, 06 Nov 1994 08:49:37 GMT",
                             .date = "Sun, 06 Nov 1994 09:49:37 GMT"};
        const ResponseHead head{.status = 206,
                                .headers = fields,
                                .url = QUrl(QStringLiteral("https://a.example/file"))};
        QTEST(word(classifyResponse(head, askAfter(1000, 4000, ours), kNow)), "verdict");
    }

    void anotherVersionIsNotTakenForOneThatHasHoles()
    {
        ContentAsk ask = going();
        ask.known.validator.etag = "\"v1\"";
        ask.known.held.insert({2000, 2500});
        const ResponseHead head{
            .status = 206,
            .headers = {{"Content-Range", "bytes 0-3999/4000"}, {"ETag", "\"v2\""}},
            .url = QUrl(QStringLiteral("https://a.example/file"))};
        QCOMPARE(word(classifyResponse(head, ask, kNow)), QStringLiteral("RemoteChanged"));
    }

    void whatComesForAHole_data()
    {
        QTest::addColumn<int>("status");
        QTest::addColumn<QByteArray>("range");
        QTest::addColumn<QString>("verdict");
        const auto row = [](const char *name, int status, const char *range, const char *verdict) {
            QTest::newRow(name) << status << QByteArray(range) << QString::fromLatin1(verdict);
        };
        row("the hole", 206, "bytes 1000-1999/4000", "body 1000-2000 compare 1000 of 4000");
        row("less than the hole", 206, "bytes 1000-1499/4000",
            "body 1000-1500 compare 1000 of 4000");
        row("more than the hole", 206, "bytes 1000-3999/4000", "RangeRefused");
        row("a file of another size", 206, "bytes 1000-1999/5000", "RemoteChanged");
        row("nothing, of the same size", 416, "bytes */4000", "RangeRefused");
        row("nothing, of a smaller file", 416, "bytes */1000", "RemoteChanged");
        row("everything", 200, "", "body 0--1 compare 1000 of -1");
    }
    void whatComesForAHole()
    {
        QFETCH(int, status);
        QFETCH(QByteArray, range);
        const ResponseHead head{.status = status,
                                .headers = {{"Content-Range", range}},
                                .url = QUrl(QStringLiteral("https://a.example/file"))};
        QTEST(word(classifyResponse(head, filling(), kNow)), "verdict");
    }

    void withoutAnAskTheStatusIsAll_data()
    {
        QTest::addColumn<int>("status");
        QTest::addColumn<QString>("verdict");
        QTest::newRow("200") << 200 << QStringLiteral("accepted");
        QTest::newRow("201") << 201 << QStringLiteral("accepted");
        QTest::newRow("204") << 204 << QStringLiteral("accepted");
        QTest::newRow("307") << 307 << QStringLiteral("go https://a.example/there");
        QTest::newRow("403") << 403 << QStringLiteral("Forbidden");
        QTest::newRow("416") << 416 << QStringLiteral("RequestRejected");
        QTest::newRow("503") << 503 << QStringLiteral("ServerBusy");
    }
    void withoutAnAskTheStatusIsAll()
    {
        QFETCH(int, status);
        const ResponseHead head{.status = status,
                                .headers = {{"Location", "/there"}},
                                .url = QUrl(QStringLiteral("https://a.example/file"))};
        QTEST(word(classifyResponse(head, std::nullopt, kNow)), "verdict");
    }
};

BELLHOP_TEST(ClassifyResponseTest)
#include "tst_classify_response.moc"
