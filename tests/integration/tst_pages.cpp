// SPDX-License-Identifier: Apache-2.0
// Answers that are not the file: pages to sign in, redirects that lead nowhere, 416, nothing at
// all.
#include "tests/integration/asked.h"
#include "tests/support/engine_rig.h"
#include "tests/support/nginx.h"
#include "tests/support/pretty.h"
#include "tests/support/test_program.h"

using namespace core;
using namespace Qt::StringLiterals;

namespace {

constexpr qint64 kPageBytes = 3'000'000;
constexpr auto kFilm = "/film.mp4";

} // namespace

class PagesTest final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init() { QTest::failOnWarning(QRegularExpression(u".*"_s)); }

    void anAnswerThatIsNotTheFileIsAsked_data();
    void anAnswerThatIsNotTheFileIsAsked();
    void aRedirectThatLeadsNowhereIsAsked_data();
    void aRedirectThatLeadsNowhereIsAsked();
    void aPageNeverTouchesThePartThatIsThere();
    void aPageThatComesInPiecesHoldsNobodyUp();
    void aPageIsAcceptedAsItIs();
    void aPageThatWasAskedForIsNoQuestion();
    void aFileThatChangedOnTheServerIsNotJoined();
    void aServerThatCannotBearARangeIsAskedPlainly();
    void anEmptyFileIsAFile();
    void a416AboutAPartIsAsked_data();
    void a416AboutAPartIsAsked();
    void a416ThatSaysThatAllIsHereEndsTheFile();

private:
    /// A job whose file has a part on the disk and whose server is silent from then on.
    [[nodiscard]] JobId withPart(EngineRig *rig, HttpServer *server);

    Nginx m_nginx;
};

void PagesTest::initTestCase()
{
    QVERIFY(m_nginx.addFile(u"film.mp4"_s, Body::pattern(3, kPageBytes)));
    QVERIFY(m_nginx.addFile(u"empty.bin"_s, {}));
    QVERIFY(m_nginx.addFile(
        u"page.html"_s, QByteArray("<!DOCTYPE html><title>Hello</title><input type=password>")));
    QVERIFY2(m_nginx.start(), qPrintable(m_nginx.error()));
}

void PagesTest::anAnswerThatIsNotTheFileIsAsked_data()
{
    QTest::addColumn<QString>("path");
    QTest::addColumn<QByteArray>("question");
    QTest::addColumn<QString>("title");
    QTest::addColumn<int>("status");
    const QByteArray page = "WebPageInstead None 4 NewLink";
    const QString title = u"Sign in & go on"_s;
    QTest::newRow("a page with status 200") << u"/portal/film.mp4"_s << page << title << 200;
    QTest::newRow("a redirect to a page") << u"/members/film.mp4"_s << page << title << 200;
    QTest::newRow("a redirect to a login, and a name that says nothing")
        << u"/members/download"_s << page << title << 200;
    QTest::newRow("204") << u"/empty/film.mp4"_s << QByteArray("EmptyAnswer None 4 Retry")
                         << QString() << 204;
    QTest::newRow("403") << u"/forbidden/film.mp4"_s << QByteArray("Forbidden RemoteFile 4 NewLink")
                         << QString() << 403;
    QTest::newRow("404") << u"/nowhere/film.mp4"_s << QByteArray("NotFound None 4 NewLink")
                         << QString() << 404;
    QTest::newRow("401") << u"/login/film.mp4"_s << QByteArray("LoginRequired None 5 Login")
                         << QString() << 401;
    QTest::newRow("round in circles")
        << u"/loop/film.mp4"_s << QByteArray("RedirectLoop None 4 NewLink") << QString() << 302;
}

void PagesTest::anAnswerThatIsNotTheFileIsAsked()
{
    QFETCH(QString, path);
    QFETCH(QByteArray, question);
    QFETCH(QString, title);
    QFETCH(int, status);
    EngineRig rig;
    const JobId id = rig.download({m_nginx.url(path)});
    QVERIFY(rig.reaches(id, JobState::Error));
    const JobError error = *rig.job(id).error;
    QCOMPARE(asked(error), question);
    QCOMPARE(error.pageTitle, title);
    QCOMPARE(error.httpStatus, status);
    QVERIFY(rig.listing().isEmpty());

    rig.resume(id, {fix::NewLink{m_nginx.url(QLatin1StringView(kFilm))}});
    QVERIFY(rig.reaches(id, JobState::Acknowledged));
    QCOMPARE(rig.listing(), QStringList{u"film.mp4"_s});
    QVERIFY(rig.content(u"film.mp4"_s) == patternBytes(3, 0, kPageBytes));
}

void PagesTest::aRedirectThatLeadsNowhereIsAsked_data()
{
    QTest::addColumn<QByteArray>("location");
    QTest::newRow("no address") << QByteArray();
    QTest::newRow("a file of this computer") << QByteArray("file:///etc/hostname");
    QTest::newRow("another protocol") << QByteArray("ftp://127.0.0.1/film.mp4");
    QTest::newRow("the file itself, so to speak") << QByteArray("data:,film");
    QTest::newRow("no host") << QByteArray("http:///film.mp4");
    QTest::newRow("not an address") << QByteArray("http://[::1/film.mp4");
}

void PagesTest::aRedirectThatLeadsNowhereIsAsked()
{
    QFETCH(QByteArray, location);
    HttpServer server;
    server.redirect("/old.mp4", location);
    server.serve("/film.mp4", {.body = Body::pattern(3, kPageBytes)});
    EngineRig rig;
    const JobId id = rig.download({server.url(u"/old.mp4"_s)});
    QVERIFY(rig.reaches(id, JobState::Error));
    QCOMPARE(asked(rig.job(id).error), "BadRedirect None 4 NewLink");
    QCOMPARE(rig.job(id).error->httpStatus, 302);
    QVERIFY(rig.listing().isEmpty());
    QCOMPARE(server.requests().size(), 1);
    rig.resume(id, {fix::NewLink{server.url(u"/film.mp4"_s)}});
    QVERIFY(rig.reaches(id, JobState::Acknowledged));
    QCOMPARE(rig.listing().size(), 1);
    QVERIFY(rig.content(rig.listing().constFirst()) == patternBytes(3, 0, kPageBytes));
}

void PagesTest::aPageNeverTouchesThePartThatIsThere()
{
    EngineRig rig;
    const JobId id = rig.download({m_nginx.url(u"/slow/film.mp4"_s)});
    QTRY_VERIFY(rig.job(id).progress.bytesDone > 500'000);
    std::ignore = rig.ask<message::Suspend>({{id}});
    QTRY_COMPARE(rig.file(id).state, FileState::Pending);
    const qint64 durable = rig.file(id).bytesDone;
    QVERIFY(durable > 500'000);
    for (const QString &path : {u"/portal/film.mp4"_s, u"/members/film.mp4"_s}) {
        rig.resume(id, {fix::NewLink{m_nginx.url(path)}});
        QVERIFY(rig.reaches(id, JobState::Error));
        // Another link is what was tried then.
        QCOMPARE(asked(rig.job(id).error), path.startsWith(u"/portal/")
                                               ? "WebPageInstead None 4 NewLink"
                                               : "WebPageInstead None 4 Headers");
        QCOMPARE(rig.job(id).error->fileBytesDone, durable);
        QVERIFY(rig.content(u"film.mp4.part"_s) == patternBytes(3, 0, durable));
    }
    const qsizetype before = m_nginx.requests(kFilm).size();
    rig.resume(id, {fix::NewLink{m_nginx.url(QLatin1StringView(kFilm))}});
    QVERIFY(rig.reaches(id, JobState::Acknowledged));
    QVERIFY(rig.content(u"film.mp4"_s) == patternBytes(3, 0, kPageBytes));
    QTRY_COMPARE(m_nginx.requests(kFilm).size(), before + 1);
    // Another link vouches for nothing, so the tail of the part is compared.
    QCOMPARE(m_nginx.requests(kFilm).last().range,
             "bytes=" + QByteArray::number(durable - 65'536) + '-');
}

void PagesTest::aPageThatComesInPiecesHoldsNobodyUp()
{
    HttpServer server;
    server.script("/film.mp4", {step::Send{"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n"
                                           "Content-Length: 61\r\n\r\n<html><title>Wait"},
                                step::WaitFor{"rest"},
                                step::Send{" and see</title><input type=password></html>"}});
    EngineRig rig;
    const JobId id = rig.download({server.url(u"/film.mp4"_s)});
    QTRY_VERIFY(server.isWaitingAt("rest"));
    // The engine goes on with others meanwhile.
    const JobId other = rig.download({m_nginx.url(QLatin1StringView(kFilm))});
    QVERIFY(rig.reaches(other, JobState::Acknowledged));
    QCOMPARE(rig.job(id).state, JobState::Connecting);
    server.release("rest");
    QVERIFY(rig.reaches(id, JobState::Error));
    QCOMPARE(asked(rig.job(id).error), "WebPageInstead None 4 NewLink");
    QCOMPARE(rig.job(id).error->pageTitle, u"Wait and see"_s);

    // What only begins as a page might is put back, byte for byte.
    server.script("/film.mp4", {step::Send{"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n"
                                           "Content-Length: 10\r\n\r\n01234"},
                                step::WaitFor{"more"}, step::Send{"56789"}});
    rig.resume(id);
    QTRY_VERIFY(server.isWaitingAt("more"));
    server.release("more");
    QTRY_VERIFY(rig.job(id).error && rig.job(id).error->cause == Cause::NameExists);
    rig.resume(id, {fix::OtherName{u"text"_s, {}}});
    QVERIFY(rig.reaches(id, JobState::Acknowledged));
    QCOMPARE(rig.content(u"text"_s), "0123456789");
}

void PagesTest::aPageIsAcceptedAsItIs()
{
    EngineRig rig;
    const JobId id = rig.download({m_nginx.url(u"/portal/film.mp4"_s)});
    QVERIFY(rig.reaches(id, JobState::Error));
    QVERIFY(fixesFor(*rig.job(id).error).contains(FixKind::Accept));
    rig.resume(id, {fix::Accept{}});
    QVERIFY(rig.reaches(id, JobState::Acknowledged));
    QCOMPARE(rig.listing(), QStringList{u"film.mp4"_s});
    QVERIFY(rig.content(u"film.mp4"_s).startsWith("<!DOCTYPE html>"));
}

void PagesTest::aPageThatWasAskedForIsNoQuestion()
{
    HttpServer server;
    server.serve("/view.php", {.body = QByteArray("<html><input type='password'></html>"),
                               .contentType = "text/html"});
    server.serve("/named", {.body = QByteArray("<html><input type='password'></html>"),
                            .contentType = "text/html",
                            .headers = {{"Content-Disposition", "attachment; filename=a.html"}}});
    server.redirect("/film.mp4", "/named");
    EngineRig rig;
    for (const QUrl &url :
         {m_nginx.url(u"/page.html"_s), server.url(u"/view.php"_s), server.url(u"/film.mp4"_s)}) {
        const JobId id = rig.download({url});
        QVERIFY2(rig.reaches(id, JobState::Acknowledged), qPrintable(url.toString()));
    }
    QCOMPARE(rig.listing(), (QStringList{u"a.html"_s, u"page.html"_s, u"view.php"_s}));
}

void PagesTest::aFileThatChangedOnTheServerIsNotJoined()
{
    EngineRig rig;
    QVERIFY(m_nginx.addFile(u"new.mp4"_s, Body::pattern(5, kPageBytes)));
    const JobId id = rig.download({m_nginx.url(u"/slow/new.mp4"_s)});
    QTRY_VERIFY(rig.job(id).progress.bytesDone > 500'000);
    m_nginx.stop();
    QVERIFY(m_nginx.addFile(u"new.mp4"_s, Body::pattern(6, kPageBytes)));
    QVERIFY2(m_nginx.start(), qPrintable(m_nginx.error()));
    QVERIFY(rig.reaches(id, JobState::Error));
    QCOMPARE(asked(rig.job(id).error), "RemoteChanged None 7 Restart");
    QVERIFY(rig.content(u"new.mp4.part"_s) == patternBytes(5, 0, rig.job(id).error->fileBytesDone));
    rig.resume(id, {fix::Restart{}});
    QVERIFY(rig.reaches(id, JobState::Acknowledged));
    QTRY_COMPARE(rig.listing(), QStringList{u"new.mp4"_s});
    QVERIFY(rig.content(u"new.mp4"_s) == patternBytes(6, 0, kPageBytes));
}

void PagesTest::aServerThatCannotBearARangeIsAskedPlainly()
{
    HttpServer server;
    server.serve("/film.mp4",
                 {.body = Body::pattern(3, kPageBytes), .ranges = RangeAnswer::Refused});
    server.refuse("/never", 416);
    EngineRig rig;
    const JobId id = rig.download({server.url(u"/film.mp4"_s)});
    QVERIFY(rig.reaches(id, JobState::Acknowledged));
    QVERIFY(rig.content(u"film.mp4"_s) == patternBytes(3, 0, kPageBytes));
    QCOMPARE(server.requests().size(), 2);
    QCOMPARE(server.requests().first().header("Range"), "bytes=0-");
    QVERIFY(!server.requests().last().header("Range").has_value());

    const JobId never = rig.download({server.url(u"/never"_s)});
    QVERIFY(rig.reaches(never, JobState::Error));
    QCOMPARE(asked(rig.job(never).error), "BadAnswer None 4 Retry");
}

void PagesTest::anEmptyFileIsAFile()
{
    HttpServer server;
    server.serve("/none.bin", {.body = QByteArray()}); // 416 with "bytes */0" to the first request
    EngineRig rig;
    for (const QUrl &url : {m_nginx.url(u"/empty.bin"_s), server.url(u"/none.bin"_s)}) {
        const JobId id = rig.download({url});
        QVERIFY2(rig.reaches(id, JobState::Acknowledged), qPrintable(url.toString()));
    }
    QCOMPARE(rig.listing(), (QStringList{u"empty.bin"_s, u"none.bin"_s}));
    QCOMPARE(rig.content(u"empty.bin"_s), QByteArray());
}

JobId PagesTest::withPart(EngineRig *rig, HttpServer *server)
{
    server->serve("/film.mp4", {.body = Body::pattern(3, kPageBytes)});
    server->holdAfter("/film.mp4", 1'000'000, "gate");
    const JobId id = rig->download({server->url(u"/film.mp4"_s)});
    std::ignore = QTest::qWaitFor([&] { return rig->job(id).progress.bytesDone >= 1'000'000; });
    std::ignore = rig->ask<message::Suspend>({{id}});
    std::ignore = QTest::qWaitFor([&] { return rig->file(id).state == FileState::Pending; });
    return id;
}

void PagesTest::a416AboutAPartIsAsked_data()
{
    QTest::addColumn<HeaderFields>("fields");
    QTest::newRow("a shorter file") << HeaderFields{{"Content-Range", "bytes */500000"}};
    QTest::newRow("the size that we know") << HeaderFields{{"Content-Range", "bytes */3000000"}};
    QTest::newRow("no size") << HeaderFields();
    QTest::newRow("an unreadable size") << HeaderFields{{"Content-Range", "bytes */x"}};
}

void PagesTest::a416AboutAPartIsAsked()
{
    QFETCH(HeaderFields, fields);
    HttpServer server;
    EngineRig rig;
    const JobId id = withPart(&rig, &server);
    server.refuse("/film.mp4", 416, fields);
    rig.resume(id);
    QVERIFY(rig.reaches(id, JobState::Error));
    QCOMPARE(asked(rig.job(id).error), "RemoteChanged None 7 Restart");
    QCOMPARE(rig.job(id).error->fileBytesDone, 1'000'000);
    QVERIFY(rig.content(u"film.mp4.part"_s) == patternBytes(3, 0, 1'000'000));
    server.serve("/film.mp4", {.body = Body::pattern(4, kPageBytes), .etag = "\"v2\""});
    rig.resume(id, {fix::Restart{}});
    QVERIFY(rig.reaches(id, JobState::Acknowledged));
    QVERIFY(rig.content(u"film.mp4"_s) == patternBytes(4, 0, kPageBytes));
}

void PagesTest::a416ThatSaysThatAllIsHereEndsTheFile()
{
    // All bytes came, but nobody had said how many they are to be, and the end was a cut one.
    HttpServer server;
    const Body film = Body::pattern(3, 1'000'000);
    server.serve("/film.mp4", {.body = film, .framing = Framing::Chunked});
    const QByteArray head = "HTTP/1.1 200 OK\r\nETag: \"v1\"\r\nTransfer-Encoding: chunked\r\n\r\n"
                            "f4240\r\n";
    server.next("/film.mp4", {step::Send{head + film.slice(0, film.sizeBytes())}, step::Close{}});
    EngineRig rig;
    const JobId id = rig.download({server.url(u"/film.mp4"_s)});
    QVERIFY(rig.reaches(id, JobState::Acknowledged, 20'000));
    QVERIFY(rig.content(u"film.mp4"_s) == patternBytes(3, 0, 1'000'000));
    QCOMPARE(server.requests().last().header("Range"), "bytes=1000000-");
}

BELLHOP_TEST(PagesTest)
#include "tst_pages.moc"
