// SPDX-License-Identifier: Apache-2.0
#include "core/remedy/catalogue.h"
#include "core/remedy/reason.h"
#include "tests/support/http_message.h"
#include "tests/support/manual_rig.h"
#include "tests/support/pretty.h"
#include "tests/support/test_program.h"

#include <QLibraryInfo>
#include <QVersionNumber>

using namespace core;
using namespace Qt::StringLiterals;

namespace {

constexpr auto kPlainPath = "/film.bin";
constexpr qint64 kPlainBytes = 200'000;
constexpr qint64 kPlainHalf = kPlainBytes / 2;

Resource plainFilm()
{
    return {.body = Body::pattern(1, kPlainBytes)};
}

QByteArray filmBytes(qint64 first = 0, qint64 end = kPlainBytes)
{
    return patternBytes(1, first, end - first);
}

QByteArray rangeOf(qint64 first, qint64 end = kPlainBytes)
{
    return "bytes " + QByteArray::number(first) + '-' + QByteArray::number(end - 1) + '/' +
           QByteArray::number(kPlainBytes);
}

Script answering(int status, const HeaderFields &fields, const QByteArray &body = filmBytes())
{
    return {step::Send{response(status, fields, body)}};
}

/// With just these fields, up to the end of the connection.
constexpr auto kHeadSeen = "head seen"; ///< a gate, which opens soon

/// The end of the connection is all that tells the end. Where it is there before Qt has done
/// asking, Qt takes the request for one without a response and sends it once more.
Script answeringOpen(int status, const HeaderFields &fields, const QByteArray &body = filmBytes())
{
    return {step::Send{responseHead(status, fields)}, step::WaitFor{kHeadSeen}, step::Send{body},
            step::Close{}};
}

void addPlainColumns()
{
    QTest::addColumn<QList<Script>>("answers"); // to the first requests; then it is a good server
    QTest::addColumn<QByteArray>("asked");      // the Range of each request
    QTest::addColumn<QByteArray>("word");       // "whole", or the cause
}

void plainRow(const char *title, const QList<Script> &answers, const char *asked,
              const char *word = "whole")
{
    QTest::newRow(title) << answers << QByteArray(asked) << QByteArray(word);
}

} // namespace

/// Before an answer is the last word, the file is asked for once more in the plainest way; and what
/// is the file by all that can be checked is taken, however it is spelt.
class PlainAskingTest final : public QObject {
    Q_OBJECT

private:
    HttpServer *m_server = nullptr;
    ManualRig *m_rig = nullptr;

    [[nodiscard]] QByteArray asked(qsizetype since = 0) const
    {
        QByteArrayList ranges;
        for (const HttpRequest &each : m_server->requests(kPlainPath).sliced(since)) {
            ranges.append(each.header("Range").value_or("plainly"));
            if (ranges.last() == "plainly" && each.header("If-Range")) {
                ranges.last() += " with a condition";
            }
        }
        return ranges.join(", ");
    }
    [[nodiscard]] QUrl url() const { return m_server->url(QString::fromLatin1(kPlainPath)); }
    [[nodiscard]] QByteArray wordOf(JobId id) const
    {
        const bool isOver = QTest::qWaitFor(
            [&] {
                m_rig->clock.advance(std::chrono::milliseconds(100));
                if (m_server->isWaitingAt(kHeadSeen)) {
                    m_server->release(kHeadSeen);
                }
                const JobState state = m_rig->job(id).state;
                return state == JobState::Acknowledged || state == JobState::Error;
            },
            10'000);
        if (!isOver) {
            return "no end";
        }
        if (m_rig->job(id).error) {
            return name(m_rig->job(id).error->cause);
        }
        return m_rig->job(id).progress.filesCounted > 0 ? "counted" : "whole";
    }
    /// A job that stands at half of the file, with the error of a refused link.
    JobId brokenHalfWay()
    {
        m_server->serve(kPlainPath, plainFilm());
        m_server->failAfter(kPlainPath, kPlainHalf, 404);
        const JobId id = m_rig->download({url()});
        const bool isBroken =
            m_rig->reachesInTime(id, JobState::Error) && m_rig->file(id).bytesDone == kPlainHalf;
        m_server->serve(kPlainPath, plainFilm());
        return isBroken ? id : JobId{};
    }
    void expect(const QList<Script> &answers)
    {
        for (const Script &answer : answers) {
            m_server->next(kPlainPath, answer);
        }
    }
    /// A file is fetched for the first time.
    void fetchRow()
    {
        QFETCH(QList<Script>, answers);
        m_server->serve(kPlainPath, plainFilm());
        expect(answers);
        const JobId id = m_rig->download({url()});
        QTEST(wordOf(id), "word");
        QTEST(asked(), "asked");
        if (m_rig->job(id).state == JobState::Acknowledged) {
            QCOMPARE(m_rig->content(m_rig->listing().value(0)), filmBytes());
        }
    }

private Q_SLOTS:
    void init()
    {
        QTest::failOnWarning(QRegularExpression(QStringLiteral(".*")));
        m_server = new HttpServer(this);
        m_rig = new ManualRig;
    }
    void cleanup()
    {
        delete std::exchange(m_rig, nullptr);
        delete std::exchange(m_server, nullptr);
    }

    void aFileIsFetchedWhateverItsServerMakesOfARange_data()
    {
        addPlainColumns();
        const auto once = "bytes=0-";
        const auto twice = "bytes=0-, plainly";
        plainRow("a Content-Range spelt as in the request",
                 {answering(206, {{"Content-Range", "bytes=0-199999/200000"}})}, once);
        plainRow("a part that does not say which", {answering(206, {})}, twice);
        plainRow("a length that is one less than the range",
                 {{step::Send{responseHead(206, {{"Content-Range", rangeOf(0)},
                                                 {"Content-Length", "199999"}}) +
                              filmBytes()},
                   step::Close{}}},
                 twice);
        plainRow("403 to a range", {answering(403, {})}, twice);
        plainRow("501 to a range", {answering(501, {})}, twice);
        plainRow("304 to a range", {{step::Send{responseHead(304)}}}, twice);
        plainRow("416 to a range", {answering(416, {})}, twice);
        plainRow("503 to a range, again", {answering(503, {}), answering(503, {})},
                 "bytes=0-, bytes=0-, plainly");
        plainRow("503 that says when to come again",
                 {answering(503, {{"Retry-After", "1"}}), answering(503, {{"Retry-After", "1"}})},
                 "bytes=0-, bytes=0-, bytes=0-");
        // Once more with a Referer, which only tells why it is refused.
        plainRow("403 to whatever is asked", {answering(403, {}), answering(403, {})},
                 "bytes=0-, plainly, plainly", "Forbidden");
        plainRow("what is true of the plain answer", {answering(206, {}), answering(410, {})},
                 twice, "Gone");
        for (const int status : {204, 205, 401, 402, 404, 406, 410, 423, 451}) {
            QTest::addRow("%d to a range", status) << QList<Script>{answering(status, {}, {})}
                                                   << QByteArray(twice) << QByteArray("whole");
        }
        for (const int status : {202, 408, 429, 504}) {
            QTest::addRow("%d to a range, again", status)
                << QList<Script>{answering(status, {}), answering(status, {})}
                << QByteArray("bytes=0-, bytes=0-, plainly") << QByteArray("whole");
        }
        plainRow("nothing at all to a range", {answering(200, {}, {})}, twice);
        plainRow("404 to whatever is asked", {answering(404, {}), answering(404, {})}, twice,
                 "NotFound");
        plainRow("401 to whatever is asked", {answering(401, {}), answering(401, {})}, twice,
                 "LoginRequired");
        const bool isUnderstood = QLibraryInfo::version() >= QVersionNumber(6, 8);
        plainRow(
            "a notice ahead of the answer to a range",
            {{step::Send{responseHead(103, {{"Link", "</a.css>; rel=preload"}})}, step::Serve{}}},
            isUnderstood ? "bytes=0-" : twice);
    }
    void aFileIsFetchedWhateverItsServerMakesOfARange() { fetchRow(); }

    void aPartOfASizeThatIsNotStatedIsGoneOnWith_data()
    {
        addPlainColumns();
        const auto part = [](qint64 first, qint64 end) {
            const QByteArray range =
                "bytes " + QByteArray::number(first) + '-' + QByteArray::number(end - 1) + "/*";
            return answering(206, {{"Content-Range", range}, {"ETag", "\"v1\""}},
                             filmBytes(first, end));
        };
        plainRow("and then 416 with the size",
                 {part(0, kPlainBytes), answering(416, {{"Content-Range", "bytes */200000"}}, {})},
                 "bytes=0-, bytes=200000-");
        plainRow("and then 416 without", {part(0, kPlainBytes), answering(416, {}, {})},
                 "bytes=0-, bytes=200000-", "counted");
        plainRow("in slices",
                 {part(0, 80'000), part(80'000, 160'000), part(80'000, 160'000),
                  part(160'000, kPlainBytes), part(160'000, kPlainBytes),
                  answering(416, {{"Content-Range", "bytes */200000"}}, {})},
                 "bytes=0-, bytes=80000-, bytes=80000-, bytes=160000-, bytes=160000-, "
                 "bytes=200000-");
    }
    void whatComesAsAPartUnaskedIsTakenForAll_data()
    {
        addPlainColumns();
        const auto twice = [](const HeaderFields &fields, const QByteArray &body = filmBytes()) {
            return QList<Script>{answering(206, fields, body), answering(206, fields, body)};
        };
        const auto asked = "bytes=0-, plainly";
        plainRow("that does not say which", twice({}), asked, "counted");
        plainRow("by a range that cannot be read", twice({{"Content-Range", "0-199999"}}), asked,
                 "counted");
        const HeaderFields several{{"Content-Type", "multipart/byteranges; boundary=x"}};
        plainRow("several", twice(several, "--x") + twice(several, "--x"),
                 "bytes=0-, plainly, bytes=0-, plainly", "BadAnswer");
        plainRow("that is not all",
                 {answering(403, {}), answering(206, {{"Content-Range", "bytes 0-99999/200000"}},
                                                filmBytes(0, kPlainHalf))},
                 "bytes=0-, plainly, bytes=0-");
    }
    void whatComesAsAPartUnaskedIsTakenForAll() { fetchRow(); }

    void aPartOfASizeThatIsNotStatedIsGoneOnWith() { fetchRow(); }

    void aLengthIsTheEndAlthoughTheConnectionStays_data()
    {
        addPlainColumns();
        const auto open = [](const char *length, const QByteArray &rest = {}) {
            return QList<Script>{
                {step::Send{responseHead(200, {{"Content-Length", length}}) + filmBytes() + rest},
                 step::Stall{}}};
        };
        plainRow("the same twice", open("200000, 200000"), "bytes=0-");
        plainRow("the same three times", open("200000,200000 ,  200000"), "bytes=0-");
        plainRow("with more behind it", open("200000, 200000", "more"), "bytes=0-");
        const QByteArray part = responseHead(206, {{"Content-Range", rangeOf(0)}}) + filmBytes();
        plainRow("that of a range", {{step::Send{part}, step::Stall{}}}, "bytes=0-");
        plainRow("that of a range, with more behind it",
                 {{step::Send{part + "more"}, step::Stall{}}}, "bytes=0-");
        plainRow("two that differ", open("200000, 200001"), "bytes=0-, plainly");
    }
    void aLengthIsTheEndAlthoughTheConnectionStays() { fetchRow(); }

    void aFileIsTakenHoweverItsHeadIsSpelt_data()
    {
        addPlainColumns();
        for (const char *coding :
             {"none", "identity", "utf-8", "binary", "x-unknown", "none, utf-8"}) {
            QTest::addRow("coding %s", coding)
                << QList<Script>{answering(200, {{"Content-Encoding", coding}})}
                << QByteArray("bytes=0-") << QByteArray("whole");
        }
        plainRow("chunks said twice",
                 {{step::Send{responseHead(200, {{"Transfer-Encoding", "chunked"},
                                                 {"Transfer-Encoding", "chunked"}}) +
                              chunk(filmBytes()) + chunk({})}}},
                 "bytes=0-, bytes=134464-");
        plainRow("a coding that is one", {answering(200, {{"Content-Encoding", "x-gzip"}})},
                 "bytes=0-", "EncodedAnswer");
        plainRow("a name that says it is compressed",
                 {answering(200, {{"Content-Encoding", "gzip"},
                                  {"Content-Disposition", "attachment; filename=film.bin.gz"}})},
                 "bytes=0-");
        plainRow("a length of -1", {answeringOpen(200, {{"Content-Length", "-1"}})},
                 "bytes=0-, bytes=134464-"); // and the end is made sure of
        plainRow("201", {answering(201, {})}, "bytes=0-");
        plainRow("201 without a body", {answering(201, {}, {})}, "bytes=0-, plainly");
        plainRow("203", {answering(203, {})}, "bytes=0-");
    }
    void aFileIsTakenHoweverItsHeadIsSpelt() { fetchRow(); }

    void whatIsHeldIsGoneOnWithWhateverComes_data()
    {
        addPlainColumns();
        const auto once = "bytes=100000-";
        const auto twice = "bytes=100000-, plainly";
        const QByteArray rest = filmBytes(kPlainHalf);
        const HeaderFields own{{"Content-Range", rangeOf(kPlainHalf)}, {"ETag", "\"v1\""}};
        const HeaderFields other{{"Content-Range", rangeOf(kPlainHalf)}, {"ETag", "\"v2\""}};
        plainRow("the rest as 200, of the same tag", {answering(200, own, rest)}, once);
        plainRow("the rest as 200, of no tag",
                 {answering(200, {{"Content-Range", rangeOf(kPlainHalf)}}, rest)}, twice);
        plainRow("from the start", {answering(206, {{"Content-Range", rangeOf(0)}})}, once);
        plainRow("from somewhat before",
                 {answering(206, {{"Content-Range", rangeOf(90'000)}}, filmBytes(90'000))}, once);
        plainRow("from the start, of other bytes",
                 {answering(206, {{"Content-Range", rangeOf(0)}}, patternBytes(2, 0, kPlainBytes))},
                 once, "RemoteChanged");
        plainRow("from too late",
                 {answering(206, {{"Content-Range", rangeOf(kPlainHalf + 1)}},
                            filmBytes(kPlainHalf + 1))},
                 twice);
        plainRow("304", {{step::Send{responseHead(304)}}}, twice);
        plainRow("416 without a length", {answering(416, {})}, twice);
        plainRow("416 that says it became shorter",
                 {answering(416, {{"Content-Range", "bytes */500"}})}, once, "RemoteChanged");
        plainRow("the rest of another tag, the same bytes", {answering(206, other, rest)}, twice);
        plainRow("the whole of another tag, the same bytes", {answering(200, {{"ETag", "\"v2\""}})},
                 once);
        plainRow("the whole of another tag, other bytes",
                 {answering(200, {{"ETag", "\"v2\""}}, patternBytes(2, 0, kPlainBytes))}, once,
                 "RemoteChanged");
        plainRow("403 to a range", {answering(403, {})}, twice);
        plainRow("a refusal of all", {answering(403, {}), answering(403, {})}, twice, "Forbidden");
    }
    void whatIsHeldIsGoneOnWithWhateverComes()
    {
        QFETCH(QList<Script>, answers);
        const JobId id = brokenHalfWay();
        const qsizetype before = m_server->requests(kPlainPath).size();
        expect(answers);
        m_rig->resume(id);
        QVERIFY(m_rig->comesTo([&] { return m_server->requests(kPlainPath).size() > before; }));
        QVERIFY(m_rig->comesTo([&] { return m_rig->job(id).state != JobState::Connecting; }));
        QTEST(wordOf(id), "word");
        QTEST(asked(before), "asked");
        const bool isWhole = m_rig->job(id).state == JobState::Acknowledged;
        const bool isOfAnotherTag =
            QByteArray(QTest::currentDataTag()) == "the whole of another tag, the same bytes";
        QCOMPARE(m_rig->notes(id).contains(Note::SameBytes), isOfAnotherTag);
        const QString file = isWhole ? QStringLiteral("film.bin") : QStringLiteral("film.bin.part");
        QCOMPARE(m_rig->content(file), filmBytes(0, isWhole ? kPlainBytes : kPlainHalf));
    }

    void aServerThatRefusesRangesIsAskedPlainlyFromThenOn()
    {
        m_server->serve(kPlainPath, plainFilm());
        m_server->serve("/other.bin", plainFilm());
        m_server->nextStatus(kPlainPath, 403);
        m_rig->limitTo(1);
        const JobId id = m_rig->download({url(), m_server->url(QStringLiteral("/other.bin"))});
        QCOMPARE(wordOf(id), "whole");
        QCOMPARE(asked(), "bytes=0-, plainly");
        QCOMPARE(m_server->requests("/other.bin").size(), 1);
        QVERIFY(!m_server->requests("/other.bin").constFirst().header("Range"));
    }

    void aServerOfWhichNothingIsThereIsNotAskedTwiceForEach()
    {
        QList<QUrl> links;
        for (int i = 0; i < 20; ++i) {
            links.append(m_server->url(u"/%1.bin"_s.arg(i)));
        }
        m_rig->limitTo(1);
        const JobId id = m_rig->download(links);
        QCOMPARE(wordOf(id), "NotFound");
        QCOMPARE(m_server->requests().size(), 23);
    }

    void emptyFilesAreNotAskedForTwiceEach()
    {
        QList<QUrl> links;
        for (int i = 0; i < 20; ++i) {
            const QString path = u"/%1.bin"_s.arg(i);
            m_server->script(path.toLatin1(), answering(200, {}, {}));
            links.append(m_server->url(path));
        }
        m_rig->limitTo(1);
        QCOMPARE(wordOf(m_rig->download(links)), "whole");
        QCOMPARE(m_server->requests().size(), 23);
        QCOMPARE(m_rig->listing().size(), 20);
    }

    void aLoginThatWasGivenIsNotDoubted()
    {
        m_server->refuse(kPlainPath, 401, {{"WWW-Authenticate", "Basic realm=\"a\""}});
        JobSpec spec = m_rig->spec({url()});
        spec.options.login = Login{u"me"_s, u"wrong"_s};
        QCOMPARE(wordOf(m_rig->download(spec)), "LoginRequired");
        QVERIFY(!asked().contains("plainly"));
    }

    void whatSpeaksOnlyTlsIsOfferedHttps_data()
    {
        QTest::addColumn<Script>("says");
        QTest::addColumn<Cause>("cause");
        QTest::addColumn<bool>("isOfTls");
        const auto page = [](const char *words) {
            return answering(400, {{"Content-Type", "text/html"}}, words);
        };
        const auto row = [](const char *title, const Script &says, Cause cause, bool isOfTls) {
            QTest::newRow(title) << says << cause << isOfTls;
        };
        row("nginx", page("<center>The plain HTTP request was sent to HTTPS port</center>"),
            Cause::RequestRejected, true);
        row("Apache",
            page("Reason: You're speaking plain HTTP to an SSL-enabled server port.<br />"),
            Cause::RequestRejected, true);
        row("Go", page("Client sent an HTTP request to an HTTPS server.\n"), Cause::RequestRejected,
            true);
        row("another page", page("<p>Bad request"), Cause::RequestRejected, false);
        row("an alert", {step::Send{QByteArray::fromHex("15030300020228")}, step::Close{}},
            Cause::NotHttp, true);
        row("another protocol", {step::Send{"SSH-2.0-OpenSSH_9.2p1\r\n"}, step::Close{}},
            Cause::NotHttp, false);
    }
    void whatSpeaksOnlyTlsIsOfferedHttps()
    {
        QFETCH(const Script, says);
        QFETCH(const Cause, cause);
        QFETCH(const bool, isOfTls);
        m_server->script(kPlainPath, says);
        const JobId id = m_rig->download({url()});
        QCOMPARE(wordOf(id), name(cause));
        const JobError error = *m_rig->job(id).error;
        QCOMPARE(error.reason == Reason::SpeaksTls, isOfTls);
        QCOMPARE(likelyLink(error).has_value(), isOfTls);
        QCOMPARE(fixesFor(error).contains(FixKind::Retry), !isOfTls);
        if (isOfTls) {
            QCOMPARE(error.httpStatus == 400, asked() == "bytes=0-");
            QCOMPARE(fixesFor(error).first(), FixKind::NewLink);
            QCOMPARE(likelyLink(error)->scheme(), u"https");
        }
    }

    void aFileIsAskedForPlainlyThreeTimesAndNoMore()
    {
        m_server->refuse(kPlainPath, 403);
        const JobId id = m_rig->download({url()});
        for (int tries = 1; tries <= 5; ++tries) {
            QCOMPARE(wordOf(id), "Forbidden");
            m_rig->resume(id);
        }
        QCOMPARE(wordOf(id), "Forbidden");
        QCOMPARE(asked().count("plainly"), 3);
    }
};

BELLHOP_TEST(PlainAskingTest)
#include "tst_plain_asking.moc"
