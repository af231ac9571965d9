// SPDX-License-Identifier: Apache-2.0
#include "core/http/challenge.h"
#include "core/remedy/catalogue.h"
#include "core/words/explain.h"
#include "tests/support/http_message.h"
#include "tests/support/manual_rig.h"
#include "tests/support/pretty.h"
#include "tests/support/test_program.h"

#include <QCryptographicHash>

using namespace core;
using namespace Qt::StringLiterals;

namespace {

constexpr qint64 kSessionBytes = 3000;

Resource sessionFile()
{
    return {.body = Body::pattern(1, kSessionBytes)};
}

Script asksWith(const QByteArrayList &challenges)
{
    HeaderFields fields;
    for (const QByteArray &each : challenges) {
        fields.append({"WWW-Authenticate", each});
    }
    return {step::Send{response(401, fields, "no")}};
}

Script movedTo(const QByteArray &location, const HeaderFields &fields = {})
{
    return {step::Send{response(302, HeaderFields{{"Location", location}} + fields, {})}};
}

/// The answer that RFC 7616 has for this user, "me", with the password "open".
QByteArray answerTo(const HttpRequest &request, QCryptographicHash::Algorithm algorithm)
{
    const auto all = parseChallenges(request.header("Authorization").value_or(QByteArray()));
    const auto parameters = all.value(0).parameters;
    const auto hashed = [algorithm](const QByteArray &text) {
        return QCryptographicHash::hash(text, algorithm).toHex();
    };
    const QByteArray secret = hashed("me:" + parameters.value("realm") + ":open");
    const QByteArray asked = hashed("GET:" + parameters.value("uri"));
    const QByteArray middle = parameters.contains("qop") ? parameters.value("nc") + ':' +
                                                               parameters.value("cnonce") + ":auth:"
                                                         : QByteArray();
    return hashed(secret + ':' + parameters.value("nonce") + ':' + middle + asked);
}

} // namespace

/// What servers hand out and ask for while one file is asked for: cookies and logins.
class SessionTest final : public QObject {
    Q_OBJECT

private:
    HttpServer *m_server = nullptr;
    ManualRig *m_rig = nullptr;

    [[nodiscard]] QUrl url(const QString &path = u"/film.bin"_s) const
    {
        return m_server->url(path);
    }
    [[nodiscard]] JobId download(const std::optional<Login> &login, const QUrl &link) const
    {
        JobSpec spec = m_rig->spec({link});
        spec.options.login = login;
        return m_rig->download(spec);
    }
    [[nodiscard]] QByteArray schemes(const char *path = "/film.bin") const
    {
        QByteArrayList words;
        for (const HttpRequest &each : m_server->requests(path)) {
            words += each.header("Authorization").value_or("none").split(' ').first();
        }
        return words.join(", ");
    }
    [[nodiscard]] QByteArray cookies(const char *path) const
    {
        QByteArrayList words;
        for (const HttpRequest &each : m_server->requests(path)) {
            words += each.header("Cookie").value_or("none");
        }
        return words.join(", ");
    }

private Q_SLOTS:
    void init()
    {
        QTest::failOnWarning(QRegularExpression(QStringLiteral(".*")));
        m_server = new HttpServer(this);
        m_rig = new ManualRig;
        m_server->serve("/film.bin", sessionFile());
    }
    void cleanup()
    {
        delete std::exchange(m_rig, nullptr);
        delete std::exchange(m_server, nullptr);
    }

    void aLoginIsSentInTheWayThatIsAskedFor_data()
    {
        QTest::addColumn<QByteArrayList>("challenges");
        QTest::addColumn<QByteArray>("schemes");
        QTest::addColumn<int>("algorithm"); // of Digest; -1: none
        const auto row = [](const char *title, const QByteArrayList &challenges,
                            const char *schemes, int algorithm = -1) {
            QTest::newRow(title) << challenges << QByteArray(schemes) << algorithm;
        };
        const int md5 = QCryptographicHash::Md5;
        const int sha = QCryptographicHash::Sha256;
        row("nobody asks", {}, "none");
        row("Basic", {"Basic realm=\"x\""}, "none, Basic");
        row("no way is named", {""}, "none, Basic");
        row("Digest", {"Digest realm=\"a \\\"b\\\"\", nonce=\"n1\", qop=\"auth\""}, "none, Digest",
            md5);
        row("Digest, as it was at first", {"Digest realm=x, nonce=\"n1\", opaque=\"o\""},
            "none, Digest", md5);
        row("Digest by SHA-256",
            {"Digest realm=\"x\", nonce=\"n1\", qop=\"auth-int,auth\", algorithm=SHA-256"},
            "none, Digest", sha);
        row("the better of two",
            {"Digest realm=\"x\", nonce=\"n1\", qop=auth, algorithm=MD5",
             "Digest realm=\"x\", nonce=\"n2\", qop=auth, algorithm=SHA-256"},
            "none, Digest", sha);
        row("Digest rather than Basic",
            {"Basic realm=x, Digest realm=\"x\", nonce=\"n\", qop=\"auth\""}, "none, Digest", md5);
        row("Basic where Digest cannot be answered",
            {"Negotiate", "Digest realm=\"x\"", "Basic realm=\"x\""}, "none, Basic");
    }
    void aLoginIsSentInTheWayThatIsAskedFor()
    {
        QFETCH(QByteArrayList, challenges);
        QFETCH(int, algorithm);
        if (!challenges.isEmpty()) {
            m_server->next("/film.bin", asksWith(challenges));
        }
        const JobId id = download(Login{u"me"_s, u"open"_s}, url(u"/film.bin?a=%2Fb"_s));
        QVERIFY(m_rig->reaches(id, JobState::Acknowledged));
        QCOMPARE(m_rig->content(u"film.bin"_s), patternBytes(1, 0, kSessionBytes));
        QTEST(schemes(), "schemes");
        const HttpRequest last = m_server->requests("/film.bin").constLast();
        const auto sent = parseChallenges(last.header("Authorization").value_or(QByteArray()));
        if (algorithm >= 0) {
            QCOMPARE(sent.value(0).parameters.value("response"),
                     answerTo(last, QCryptographicHash::Algorithm(algorithm)));
            QCOMPARE(sent.value(0).parameters.value("uri"), QByteArray("/film.bin?a=%2Fb"));
        } else if (!challenges.isEmpty()) {
            QCOMPARE(last.header("Authorization"), "Basic " + QByteArray("me:open").toBase64());
        }
    }

    void aLoginThatDoesNotHelpEndsInAQuestion_data()
    {
        QTest::addColumn<QByteArrayList>("challenges");
        QTest::addColumn<bool>("isGiven");
        QTest::addColumn<QByteArray>("schemes");
        QTest::addColumn<QString>("sentence");
        QTest::addColumn<FixKind>("first");
        const auto row = [](const char *title, const QByteArrayList &challenges, bool isGiven,
                            const char *schemes, const char *sentence,
                            FixKind first = FixKind::Login) {
            QTest::newRow(title) << challenges << isGiven << QByteArray(schemes)
                                 << QString::fromLatin1(sentence) << first;
        };
        row("none given", {"Basic realm=x"}, false, "none, none",
            " asks for a name and a password.");
        row("Basic is refused", {"Basic realm=x"}, true, "none, Basic",
            " did not accept the name and the password.");
        row("Digest is refused", {"Digest realm=x, nonce=n, qop=auth"}, true, "none, Digest",
            " did not accept the name and the password.");
        row("a nonce that is always stale", {"Digest realm=x, nonce=n, qop=auth, stale=true"}, true,
            "none, Digest, Digest", " did not accept the name and the password.");
        row("Digest without a nonce", {"Digest realm=x, qop=auth"}, true, "none",
            " wants you to sign in in a way that Bellhop does not know.", FixKind::Headers);
        row("something else", {"Negotiate"}, true, "none",
            " wants you to sign in in a way that Bellhop does not know.", FixKind::Headers);
    }
    void aLoginThatDoesNotHelpEndsInAQuestion()
    {
        QFETCH(QByteArrayList, challenges);
        QFETCH(bool, isGiven);
        QFETCH(QString, sentence);
        QFETCH(FixKind, first);
        m_server->script("/film.bin", asksWith(challenges));
        const auto login = isGiven ? std::optional(Login{u"me"_s, u"x"_s}) : std::nullopt;
        const JobId id = download(login, url());
        QVERIFY(m_rig->reaches(id, JobState::Error));
        const JobError error = *m_rig->job(id).error;
        QCOMPARE(error.cause, Cause::LoginRequired);
        QCOMPARE(explain(error).whatHappened,
                 u"127.0.0.1:"_s + QString::number(m_server->port()) + sentence);
        QCOMPARE(fixesFor(error).value(0), first);
        QTEST(schemes(), "schemes");
        m_server->serve("/film.bin", sessionFile());
        m_server->next("/film.bin", asksWith({"Basic realm=x"}));
        m_rig->resume(id, {fix::Login{{u"me"_s, u"open"_s}}});
        QVERIFY(m_rig->reaches(id, JobState::Acknowledged));
    }

    void theOriginThatAsksIsNamedAndTheAnswerGoesThereOnly()
    {
        HttpServer other;
        other.serve("/film.bin", sessionFile());
        other.next("/film.bin", asksWith({"Basic realm=x"}), 3); // the second time plainly
        m_server->script("/film.bin", movedTo(other.url(u"/film.bin"_s).toEncoded()));
        const JobId id = download(Login{u"first"_s, u"1"_s}, url());
        QVERIFY(m_rig->reaches(id, JobState::Error));
        QCOMPARE(m_rig->job(id).error->signIn, SignIn::NotGiven);
        QVERIFY(explain(*m_rig->job(id).error)
                    .whatHappened.startsWith(u"127.0.0.1:"_s + QString::number(other.port())));
        m_rig->resume(id, {fix::Login{{u"second"_s, u"2"_s}}});
        QVERIFY(m_rig->reaches(id, JobState::Acknowledged));
        for (const HttpRequest &each : m_server->requests()) {
            QVERIFY(!each.header("Authorization"));
        }
        QCOMPARE(other.requests().size(), 4);
        QCOMPARE(other.requests().constLast().header("Authorization"),
                 "Basic " + QByteArray("second:2").toBase64());
    }

    void aCookieOfARedirectIsSentOnItsWay_data()
    {
        QTest::addColumn<QByteArray>("set");
        QTest::addColumn<QByteArray>("sent"); // with the second request of the file
        const auto row = [](const char *set, const char *sent) {
            QTest::newRow(set) << QByteArray(set) << QByteArray(sent);
        };
        row("a=1", "a=1");
        row("a=1; Path=/", "a=1");
        row("a=1; Path=/elsewhere", "none");
        row("a=1; Secure", "none");
        row("a=1; Domain=example.org", "none");
        row("a=1; Max-Age=0", "none");
        row("a=1; Expires=Thu, 01 Jan 1970 00:00:00 GMT", "none");
        row("a=1; HttpOnly; SameSite=Lax", "a=1");
    }
    void aCookieOfARedirectIsSentOnItsWay()
    {
        QFETCH(QByteArray, set);
        m_server->next("/film.bin", movedTo("/gate", {{"Set-Cookie", set}}));
        m_server->next("/gate", movedTo("/film.bin"));
        const JobId id = download({}, url());
        QVERIFY(m_rig->reaches(id, JobState::Acknowledged));
        QFETCH(QByteArray, sent);
        QCOMPARE(cookies("/film.bin"), "none, " + sent);
        // A later job has none of it.
        m_server->serve("/b.bin", sessionFile());
        const JobId later = download({}, url(u"/b.bin"_s));
        QVERIFY(m_rig->reaches(later, JobState::Acknowledged));
        QCOMPARE(cookies("/b.bin"), QByteArray("none"));
    }

    void aCookieOfAPersonGivesWayToANewOneOfThatName()
    {
        m_server->next("/film.bin",
                       movedTo("/film.bin", {{"Set-Cookie", "a=2"}, {"Set-Cookie", "c=3"}}));
        JobSpec spec = m_rig->spec({url()});
        spec.options.headers = {{"Cookie", "a=1; b=1"}};
        const JobId id = m_rig->download(spec);
        QVERIFY(m_rig->reaches(id, JobState::Acknowledged));
        QCOMPARE(m_server->requests("/film.bin").constFirst().header("Cookie"), "a=1; b=1");
        const QByteArray sent = *m_server->requests("/film.bin").constLast().header("Cookie");
        QVERIFY2(sent == "b=1; a=2; c=3" || sent == "b=1; c=3; a=2", sent.constData());
    }

    void cookieBombsEndInAnError_data()
    {
        QTest::addColumn<Script>("answer");
        QTest::addColumn<int>("most");
        HeaderFields many;
        for (int i = 0; i < 90; ++i) {
            many.append({"Set-Cookie", "c" + QByteArray::number(i) + "=" + QByteArray(400, 'x')});
        }
        QTest::newRow("many at once") << movedTo("/film.bin", many) << 4;
        QTest::newRow("a redirect in a circle")
            << movedTo("/film.bin", {{"Set-Cookie", "a=1"}}) << 21;
    }
    void cookieBombsEndInAnError()
    {
        QFETCH(Script, answer);
        QFETCH(int, most);
        m_server->script("/film.bin", answer);
        const JobId id = download({}, url());
        QVERIFY(m_rig->reachesInTime(id, JobState::Error));
        QVERIFY(m_server->requests().size() <= most);
        QVERIFY(m_rig->listing().isEmpty());
    }

    void whereARedirectLeadsIsNamed_data()
    {
        QTest::addColumn<QByteArray>("location");
        QTest::addColumn<QString>("sentence");
        const auto row = [](const char *location, const char *sentence) {
            QTest::newRow(location) << QByteArray(location) << QString::fromUtf8(sentence);
        };
        row("magnet:?xt=urn:btih:1",
            "127.0.0.1 points to a magnet link, which Bellhop cannot fetch.");
        row("FTP://a.example/b", "127.0.0.1 points to an FTP address, which Bellhop cannot fetch.");
        row("myapp://x", "127.0.0.1 points to an address that begins with “myapp:”, which Bellhop "
                         "cannot fetch.");
        row("http://", "127.0.0.1 pointed to an address that cannot be used.");
    }
    void whereARedirectLeadsIsNamed()
    {
        QFETCH(QByteArray, location);
        m_server->script("/film.bin", movedTo(location));
        const JobId id = download({}, url());
        QVERIFY(m_rig->reaches(id, JobState::Error));
        QCOMPARE(m_rig->job(id).error->cause, Cause::BadRedirect);
        QTEST(explain(*m_rig->job(id).error).whatHappened, "sentence");
        QCOMPARE(fixesFor(*m_rig->job(id).error).value(0), FixKind::NewLink);
        QCOMPARE(m_server->requests().size(), 1);
    }

    void anAddressWithoutSchemeIsAskedByHttpsAndThenByHttp()
    {
        QUrl bare = url();
        bare.setScheme(QString());
        const JobId id = download({}, bare);
        // What speaks no TLS is silent here; the time for that passes.
        QVERIFY(m_rig->reachesInTime(id, JobState::Acknowledged, 30'000));
        QCOMPARE(m_rig->content(u"film.bin"_s), patternBytes(1, 0, kSessionBytes));
        QCOMPARE(m_rig->notes(id), QList<Note>{Note::Unencrypted});
        QCOMPARE(m_rig->file(id).url, url());
        QCOMPARE(m_server->requests().size(), 1);
    }

    void whatWasTriedIsSaidOfTheQuestionItWasFor()
    {
        m_server->refuse("/film.bin", 403);
        m_server->refuse("/gone.bin", 404);
        JobSpec spec = m_rig->spec({url(u"/gone.bin"_s), url()});
        const JobId id = m_rig->download(spec);
        QVERIFY(m_rig->reaches(id, JobState::Error));
        const auto tried = [&](int file) { return m_rig->file(id, file).error->triedInVain; };
        m_rig->resume(id, {fix::NewLink{.url = url(u"/gone.bin?again"_s), .fileIndex = 0},
                           fix::Headers{.headers = {{"Referer", "https://a.example/"}}}});
        QVERIFY(m_rig->reaches(id, JobState::Error));
        QCOMPARE(tried(0), QStringList{u"NewLink"_s});
        QCOMPARE(tried(1), QStringList{u"Headers"_s});
    }

    void whatWasTriedIsKnownToTheNextEngine()
    {
        m_server->refuse("/film.bin", 403);
        const JobId id = download({}, url());
        QVERIFY(m_rig->reaches(id, JobState::Error));
        m_rig->resume(id, {fix::NewLink{.url = url(u"/film.bin?again"_s), .fileIndex = {}}});
        QVERIFY(m_rig->reaches(id, JobState::Error));
        m_rig->restart();
        m_rig->resume(id);
        QVERIFY(m_rig->reaches(id, JobState::Error));
        QCOMPARE(m_rig->job(id).error->triedInVain, (QStringList{u"NewLink"_s, u"Retry"_s}));
    }

    void whatBroughtTheFileOnWasNotInVain()
    {
        m_server->refuse("/film.bin", 403);
        const JobId id = download({}, url());
        QVERIFY(m_rig->reaches(id, JobState::Error));
        m_server->serve("/fresh.bin", sessionFile());
        m_server->after("/fresh.bin", 1000, {step::Close{}});
        m_rig->resume(id, {fix::NewLink{.url = url(u"/fresh.bin"_s), .fileIndex = {}}});
        QVERIFY(m_rig->comesTo([&] { return m_rig->job(id).progress.bytesDone >= 1000; }));
        m_server->refuse("/fresh.bin", 403);
        QVERIFY(m_rig->reachesInTime(id, JobState::Error));
        QCOMPARE(m_rig->job(id).error->triedInVain, QStringList());
    }

    void aLoginForAnotherServerWasNotInVain()
    {
        HttpServer other;
        other.serve("/film.bin", sessionFile());
        other.next("/film.bin", asksWith({"Basic realm=x"}), 2);
        m_server->script("/film.bin", movedTo(other.url(u"/film.bin"_s).toEncoded()));
        m_server->next("/film.bin", asksWith({"Basic realm=x"}), 2);
        const JobId id = download({}, url());
        QVERIFY(m_rig->reaches(id, JobState::Error));
        m_rig->resume(id, {fix::Login{{u"first"_s, u"1"_s}}});
        QVERIFY(m_rig->reaches(id, JobState::Error));
        QCOMPARE(m_rig->job(id).error->signIn, SignIn::NotGiven);
        QCOMPARE(m_rig->job(id).error->triedInVain, QStringList());
    }

    void aRepairThatBroughtTheSameIsNotOfferedFirstAgain()
    {
        m_server->refuse("/film.bin", 403);
        const JobId id = download({}, url());
        QVERIFY(m_rig->reaches(id, JobState::Error));
        QCOMPARE(fixesFor(*m_rig->job(id).error),
                 QList<FixKind>({FixKind::NewLink, FixKind::Headers, FixKind::Retry}));
        m_rig->resume(id, {fix::NewLink{.url = url(u"/film.bin?again"_s), .fileIndex = {}}});
        QVERIFY(m_rig->reaches(id, JobState::Error));
        QCOMPARE(fixesFor(*m_rig->job(id).error),
                 QList<FixKind>({FixKind::Headers, FixKind::Retry, FixKind::NewLink}));
        QVERIFY(
            explain(*m_rig->job(id).error)
                .whatToDo.startsWith(u"“Use another link” was tried, and it is the same again."));
        m_rig->resume(id);
        QVERIFY(m_rig->reaches(id, JobState::Error));
        QCOMPARE(fixesFor(*m_rig->job(id).error),
                 QList<FixKind>({FixKind::Headers, FixKind::NewLink, FixKind::Retry}));
    }

    void whatCameCompressedIsTakenWhenAPersonAcceptsIt()
    {
        m_server->script("/film.bin", {step::Send{response(200, {{"Content-Encoding", "gzip"}},
                                                           patternBytes(1, 0, kSessionBytes))}});
        const JobId id = download({}, url());
        QVERIFY(m_rig->reaches(id, JobState::Error));
        QCOMPARE(m_rig->job(id).error->cause, Cause::EncodedAnswer);
        QCOMPARE(fixesFor(*m_rig->job(id).error),
                 QList<FixKind>({FixKind::Unpack, FixKind::Accept, FixKind::NewLink}));
        m_rig->resume(id, {fix::Accept{}});
        QVERIFY(m_rig->reaches(id, JobState::Acknowledged));
        QCOMPARE(m_rig->content(u"film.bin"_s), patternBytes(1, 0, kSessionBytes));
    }

    void anEmptyBodyInChunksIsAnEmptyFileWhenAPersonSaysSo()
    {
        m_server->script(
            "/film.bin",
            {step::Send{responseHead(200, {{"Transfer-Encoding", "chunked"}}) + "0\r\n\r\n"}});
        const JobId id = download({}, url());
        QVERIFY(m_rig->reaches(id, JobState::Error));
        QCOMPARE(
            explain(*m_rig->job(id).error).whatHappened,
            u"127.0.0.1 sent a file without any bytes, or what it sent was damaged on the way."_s);
        QCOMPARE(fixesFor(*m_rig->job(id).error),
                 QList<FixKind>({FixKind::Retry, FixKind::Accept, FixKind::NewLink}));
        m_rig->resume(id, {fix::Accept{}});
        QVERIFY(m_rig->reaches(id, JobState::Acknowledged));
        QCOMPARE(m_rig->listing(), QStringList{u"film.bin"_s});
        QCOMPARE(m_rig->content(u"film.bin"_s), QByteArray());
    }

    void nothingIsWaitedForLongerThanTheJobHasPatience_data()
    {
        QTest::addColumn<Script>("answer");
        QTest::newRow("no answer") << Script{step::Stall{}};
        QTest::newRow("no end of the head")
            << Script{step::Send{"HTTP/1.1 200 OK\r\n"}, step::Stall{}};
        QTest::newRow("no body") << Script{step::Send{responseHead(200, {{"Content-Length", "9"}})},
                                           step::Stall{}};
        QTest::newRow("no more of it") << Script{
            step::Send{responseHead(200, {{"Content-Length", "9"}}) + "12"}, step::Stall{}};
    }
    void nothingIsWaitedForLongerThanTheJobHasPatience()
    {
        QFETCH(Script, answer);
        m_server->script("/film.bin", answer);
        JobSpec spec = m_rig->spec({url()});
        spec.options.noProgressTimeout = std::chrono::seconds(5);
        const auto begin = m_rig->clock.now();
        const JobId id = m_rig->download(spec);
        QVERIFY(m_rig->comesTo([&] { return m_server->requests().size() == 1; }));
        QVERIFY(m_rig->reachesInTime(id, JobState::Error));
        QCOMPARE(m_rig->job(id).error->cause, Cause::ServerSilent);
        const auto took = m_rig->clock.now() - begin;
        QVERIFY2(took >= std::chrono::seconds(5) && took <= std::chrono::seconds(9),
                 qPrintable(QString::number(std::chrono::duration<double>(took).count())));
    }
};

BELLHOP_TEST(SessionTest)
#include "tst_session.moc"
