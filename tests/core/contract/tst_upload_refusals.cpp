// SPDX-License-Identifier: Apache-2.0
#include "core/words/explain.h"
#include "tests/support/manual_rig.h"
#include "tests/support/pretty.h"
#include "tests/support/test_program.h"

#include <QTcpServer>
#include <QTcpSocket>

using namespace core;

namespace {

/// Has nothing, and takes nothing: reads a little of a file, says so, and hangs up with the rest of
/// it unread, so that the answer is lost where it is not read at once.
class EarlyServer final : public QTcpServer {
public:
    explicit EarlyServer(bool knowsHead)
        : m_knowsHead(knowsHead)
    {
        require(listen(QHostAddress::LocalHost), QStringLiteral("no port"));
        connect(this, &QTcpServer::newConnection, this, [this] {
            QTcpSocket *const socket = nextPendingConnection();
            socket->setReadBufferSize(8'192);
            connect(socket, &QTcpSocket::readyRead, socket, [this, socket] { answer(socket); });
            connect(socket, &QTcpSocket::disconnected, socket, &QObject::deleteLater);
        });
    }

private:
    void answer(QTcpSocket *socket) const
    {
        const QByteArray begin = socket->read(8'192);
        if (m_knowsHead && begin.startsWith("HEAD")) {
            socket->write(responseHead(404, {{"Content-Length", "0"}}));
            return;
        }
        socket->write(response(413, {{"Content-Type", "text/plain"}}, "1 MB at most"));
        socket->disconnectFromHost();
    }

    bool m_knowsHead;
};

} // namespace

/// What servers have against an upload, and what it is then.
class UploadRefusalsTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        QTest::failOnWarning(QRegularExpression(QStringLiteral(".*")));
        m_rig = std::make_unique<ManualRig>();
        m_server = std::make_unique<HttpServer>();
        m_rig->plant(kName, kBytes);
    }
    void cleanup()
    {
        m_rig.reset();
        m_server.reset();
    }

    void eachStatusHasItsCause_data();
    void eachStatusHasItsCause();
    void theServersOwnWordsAreKept_data();
    void theServersOwnWordsAreKept();
    void aRefusalThatWasLostWithTheConnectionIsAskedForAgain_data();
    void aRefusalThatWasLostWithTheConnectionIsAskedForAgain();
    void aLoginIsAskedForBeforeAnythingIsSent();
    void aRedirectOfTheSameRequestIsFollowed();
    void noOtherRedirectIs_data();
    void noOtherRedirectIs();
    void aStoreThatKnowsNoConditionIsAskedPlainly();
    void foldersAreMadeWhereThatIsWanted();
    void aMissingFolderIsFoundBehindAServerError_data();
    void aMissingFolderIsFoundBehindAServerError();
    void aFolderThatIsNamedByTheAnswerTakesTheFileInside_data();
    void aFolderThatIsNamedByTheAnswerTakesTheFileInside();
    void aServerThatOnlyKeepsSilentIsNotSaidToHaveHungUp();
    void whatWasOnItsWayWhenTheConnectionWentIsTold();

private:
    static inline const QString kName = QStringLiteral("film.mp4");
    static inline const QByteArray kBytes = QByteArray(300'000, 'f');
    static constexpr const char *kThere = "/up/film.mp4";

    static Script head(int status, const HeaderFields &fields = {})
    {
        return {step::Send{responseHead(status, fields)}};
    }
    void answer(const char *path, const QList<Script> &answers)
    {
        for (const Script &each : answers) {
            m_server->next(path, each);
        }
    }
    [[nodiscard]] JobSpec spec() const
    {
        JobSpec made = m_rig->uploadSpec(kName, m_server->url(QString::fromLatin1(kThere)));
        made.options.noProgressTimeout = std::chrono::milliseconds(0); // every error is final
        return made;
    }
    [[nodiscard]] QStringList requested() const
    {
        QStringList made;
        for (const HttpRequest &request : m_server->requests()) {
            made.append(QString::fromLatin1(request.method + ' ' + request.path));
        }
        return made;
    }

    std::unique_ptr<ManualRig> m_rig;
    std::unique_ptr<HttpServer> m_server;
    const Script kMissing = head(404, {{"Content-Length", "0"}});
    const Script kCreated = {step::Send{response(201)}};
    const Script kStored = head(200, {{"Content-Length", QByteArray::number(kBytes.size())}});
};

void UploadRefusalsTest::eachStatusHasItsCause_data()
{
    QTest::addColumn<int>("status");
    QTest::addColumn<Cause>("cause");
    const auto row = [](int status, Cause cause) {
        QTest::addRow("%d", status) << status << cause;
    };
    row(401, Cause::LoginRequired);
    row(403, Cause::Forbidden);
    row(404, Cause::NotFound);
    row(405, Cause::UploadNotTaken);
    row(409, Cause::RemoteFolderMissing);
    row(412, Cause::RemoteNameTaken);
    row(413, Cause::UploadTooLarge);
    row(423, Cause::RemoteLocked);
    row(429, Cause::ServerBusy);
    row(500, Cause::ServerFailed);
    row(503, Cause::ServerBusy);
    row(507, Cause::RemoteFull);
}

void UploadRefusalsTest::eachStatusHasItsCause()
{
    QFETCH(int, status);
    answer(kThere, {kMissing, {step::Send{response(status)}}});
    m_server->serve("/up/", {.body = QByteArray("there")}); // the folder
    const JobId id = m_rig->upload(spec());
    QVERIFY(m_rig->reaches(id, JobState::Error));
    const JobError error = *m_rig->job(id).error;
    QTEST(error.cause, "cause");
    QCOMPARE(error.httpStatus, status);
    QCOMPARE(int(contextOf(error)),
             int(status == 403 ? ErrorContext::RemoteFile : ErrorContext::None));
    QCOMPARE(error.localPath, m_rig->path(kName));
    QVERIFY(m_rig->comesTo([this] { return m_rig->attentions.size() == 1; }));
}

void UploadRefusalsTest::theServersOwnWordsAreKept_data()
{
    QTest::addColumn<int>("status");
    QTest::addColumn<QByteArray>("type");
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<QString>("words");
    const QByteArray text = "text/plain; charset=utf-8";
    const QByteArray problem = "application/problem+json";
    QTest::newRow("text") << 422 << text << QByteArray("Only photos,\n please\n")
                          << QStringLiteral("Only photos, please");
    QTest::newRow("a problem") << 403 << problem
                               << QByteArray(R"({"title":"Quota","detail":"5 GB are used up"})")
                               << QStringLiteral("5 GB are used up");
    QTest::newRow("its title") << 422 << problem << QByteArray(R"({"title":"No such album"})")
                               << QStringLiteral("No such album");
    QTest::newRow("no problem") << 422 << problem << QByteArray("[") << QString();
    QTest::newRow("a page") << 403 << QByteArray("text/html") << QByteArray("<p>No</p>")
                            << QString();
    QTest::newRow("a novel") << 403 << text << QByteArray(5'000, 'x') << QString();
}

void UploadRefusalsTest::theServersOwnWordsAreKept()
{
    QFETCH(const int, status);
    QFETCH(const QByteArray, type);
    QFETCH(const QByteArray, body);
    answer(kThere, {kMissing, {step::Send{response(status, {{"Content-Type", type}}, body)}}});
    const JobId id = m_rig->upload(spec());
    QVERIFY(m_rig->reaches(id, JobState::Error));
    QCOMPARE(m_rig->job(id).error->httpStatus, status);
    QTEST(m_rig->job(id).error->serverWords, "words");
}

void UploadRefusalsTest::aRefusalThatWasLostWithTheConnectionIsAskedForAgain_data()
{
    QTest::addColumn<qint64>("size");
    QTest::addColumn<bool>("knowsHead");
    QTest::newRow("all of it went out") << qint64(100'000) << true;
    QTest::newRow("a part of it went out") << qint64(50'000'000) << true;
    QTest::newRow("it says so to everything") << qint64(100'000) << false;
    QTest::newRow("a part, and to everything") << qint64(50'000'000) << false;
}

void UploadRefusalsTest::aRefusalThatWasLostWithTheConnectionIsAskedForAgain()
{
    QFETCH(const qint64, size);
    QFETCH(const bool, knowsHead);
    EarlyServer early(knowsHead);
    m_rig->plant(kName, QByteArray(size, 'f'));
    JobSpec asked = spec();
    asked.files.first().url.setPort(early.serverPort());
    const JobId id = m_rig->upload(asked);
    QVERIFY(m_rig->reachesInTime(id, JobState::Error, 20'000));
    const JobError error = *m_rig->job(id).error;
    QCOMPARE(name(error.cause), name(Cause::UploadTooLarge));
    QCOMPARE(error.httpStatus, 413);
    if (knowsHead) {
        QCOMPARE(error.serverWords, QStringLiteral("1 MB at most"));
    }
}

void UploadRefusalsTest::aLoginIsAskedForBeforeAnythingIsSent()
{
    const Script wanted =
        head(401, {{"WWW-Authenticate", "Basic realm=\"x\""}, {"Content-Length", "0"}});
    answer(kThere, {wanted});
    const JobId id = m_rig->upload(spec());
    QVERIFY(m_rig->reaches(id, JobState::Error));
    QCOMPARE(name(m_rig->job(id).error->cause), name(Cause::LoginRequired));
    QCOMPARE(requested().size(), 1);

    answer(kThere, {wanted, kMissing, kCreated,
                    head(200, {{"Content-Length", QByteArray::number(kBytes.size())}})});
    m_rig->resume(id, {fix::Login{{QStringLiteral("anna"), QStringLiteral("x")}}});
    QVERIFY(m_rig->reaches(id, JobState::Acknowledged));
    QVERIFY(m_server->requests().last().header("Authorization"));
}

void UploadRefusalsTest::aRedirectOfTheSameRequestIsFollowed()
{
    const Script moved = head(308, {{"Location", "/new/film.mp4"}, {"Content-Length", "0"}});
    answer(kThere, {moved, moved, moved});
    answer("/new/film.mp4", {kMissing, kCreated,
                             head(200, {{"Content-Length", QByteArray::number(kBytes.size())}})});
    const JobId id = m_rig->upload(spec());
    QVERIFY(m_rig->reaches(id, JobState::Acknowledged));
    QCOMPARE(m_server->requests().at(3).body, kBytes);
}

void UploadRefusalsTest::noOtherRedirectIs_data()
{
    QTest::addColumn<int>("status");
    QTest::addColumn<QByteArray>("location");
    QTest::addColumn<Cause>("cause");
    QTest::newRow("302") << 302 << QByteArray("/new") << Cause::BadRedirect;
    QTest::newRow("303") << 303 << QByteArray("/new") << Cause::BadRedirect;
    QTest::newRow("another server")
        << 307 << QByteArray("https://other.example/x") << Cause::UploadElsewhere;
}

void UploadRefusalsTest::noOtherRedirectIs()
{
    QFETCH(int, status);
    QFETCH(QByteArray, location);
    answer(kThere, {kMissing, head(status, {{"Location", location}, {"Content-Length", "0"}})});
    const JobId id = m_rig->upload(spec());
    QVERIFY(m_rig->reaches(id, JobState::Error));
    QTEST(m_rig->job(id).error->cause, "cause");
    QCOMPARE(requested().size(), 2);
}

void UploadRefusalsTest::aStoreThatKnowsNoConditionIsAskedPlainly()
{
    answer(kThere, {kMissing, {step::Send{response(501)}}, kCreated, kStored});
    const JobId id = m_rig->upload(spec());
    QVERIFY(m_rig->reaches(id, JobState::Acknowledged));
    QVERIFY(m_server->requests().at(1).header("If-None-Match"));
    QVERIFY(!m_server->requests().at(2).header("If-None-Match"));
}

void UploadRefusalsTest::foldersAreMadeWhereThatIsWanted()
{
    JobSpec asking = spec();
    asking.files.first().url = m_server->url(QStringLiteral("/a/b/film.mp4"));
    m_server->next("/a/b/film.mp4", kMissing);
    m_server->next("/a/b/film.mp4", {step::Send{response(409)}});
    const JobId id = m_rig->upload(asking);
    QVERIFY(m_rig->reaches(id, JobState::Error));
    QCOMPARE(name(m_rig->job(id).error->cause), name(Cause::RemoteFolderMissing));

    m_server->next("/a/b/film.mp4", kMissing);
    m_server->next("/a/b/", {step::Send{response(409)}});
    m_server->next("/a/", {step::Send{response(201)}});
    m_server->next("/a/b/", {step::Send{response(201)}});
    m_server->next("/a/b/film.mp4", kCreated);
    m_server->next("/a/b/film.mp4", kStored);
    m_rig->resume(id, {fix::CreateFolder{}});
    QVERIFY(m_rig->reaches(id, JobState::Acknowledged));
    QCOMPARE(requested().mid(2, 5).join(u'|'),
             QStringLiteral("HEAD /a/b/film.mp4|MKCOL /a/b/|MKCOL /a/|MKCOL /a/b/|PUT "
                            "/a/b/film.mp4"));
    QCOMPARE(m_rig->notes(id), QList<Note>(2, Note::FolderMade));
}

void UploadRefusalsTest::aMissingFolderIsFoundBehindAServerError_data()
{
    QTest::addColumn<int>("status");
    QTest::addColumn<bool>("hasRoot");
    QTest::addColumn<Cause>("cause");
    QTest::newRow("nginx") << 500 << true << Cause::RemoteFolderMissing;
    QTest::newRow("of no folder anything is told") << 500 << false << Cause::ServerFailed;
    QTest::newRow("not found") << 404 << true << Cause::RemoteFolderMissing;
    QTest::newRow("not found, as everything") << 404 << false << Cause::NotFound;
}

void UploadRefusalsTest::aMissingFolderIsFoundBehindAServerError()
{
    QFETCH(const int, status);
    QFETCH(const bool, hasRoot);
    const Script refused{step::Send{response(status)}};
    QList<Script> answers;
    for (int i = 0; i < 8; ++i) {
        answers += {kMissing, refused};
    }
    answer(kThere, answers);
    if (hasRoot) {
        m_server->serve("/", {.body = QByteArray("there")});
    }
    JobSpec asked = spec();
    asked.options.noProgressTimeout = std::chrono::seconds(20);
    const JobId id = m_rig->upload(asked);
    QVERIFY(m_rig->reachesInTime(id, JobState::Error));
    QTEST(m_rig->job(id).error->cause, "cause");
    // What may pass by itself has to happen twice.
    const auto puts = requested().count(QStringLiteral("PUT /up/film.mp4"));
    QVERIFY(status == 404 ? puts == 1 : puts >= 2);
}

void UploadRefusalsTest::aFolderThatIsNamedByTheAnswerTakesTheFileInside_data()
{
    QTest::addColumn<int>("toHead");
    QTest::addColumn<int>("toPut");
    QTest::newRow("to the question") << 301 << 0;
    QTest::newRow("to the question, for good") << 308 << 0;
    QTest::newRow("to the file") << 404 << 301;
    QTest::newRow("to the file, for now") << 404 << 302;
    QTest::newRow("and it is no folder after all") << 404 << 308;
}

void UploadRefusalsTest::aFolderThatIsNamedByTheAnswerTakesTheFileInside()
{
    QFETCH(const int, toHead);
    QFETCH(const int, toPut);
    const auto leadOn = [](int status) {
        return head(status, {{"Location", "/dirtest/"}, {"Content-Length", "0"}});
    };
    QList<Script> first{toHead == 404 ? kMissing : leadOn(toHead)};
    if (toPut != 0) {
        first.append(leadOn(toPut));
    }
    answer("/dirtest", first);
    m_server->serve("/dirtest/", {.body = QByteArray("a list")});
    if (toPut == 308) {
        m_server->next("/dirtest/", {step::Send{response(405)}});
    }
    answer("/dirtest/film.mp4", {kMissing, kCreated, kStored});
    JobSpec asked = spec();
    asked.files.first().url = m_server->url(QStringLiteral("/dirtest"));
    const JobId id = m_rig->upload(asked);
    QVERIFY(m_rig->reaches(id, JobState::Acknowledged));
    QCOMPARE(requested().last(), QStringLiteral("HEAD /dirtest/film.mp4"));
    QCOMPARE(m_server->requests().at(m_server->requests().size() - 2).body, kBytes);
    const QUrl there = m_server->url(QStringLiteral("/dirtest/film.mp4"));
    QCOMPARE(m_rig->file(id).url, there);
    QCOMPARE(m_rig->job(id).firstUrl, there); // where it is, and not where it was sent to
}

/// All was sent, and nothing came.
void UploadRefusalsTest::aServerThatOnlyKeepsSilentIsNotSaidToHaveHungUp()
{
    answer(kThere, {kMissing, {step::Stall{}}, kMissing, {step::Stall{}}});
    JobSpec asked = spec();
    asked.options.noProgressTimeout = std::chrono::seconds(20);
    const JobId id = m_rig->upload(asked);
    QVERIFY(m_rig->reachesInTime(id, JobState::Error));
    const JobError error = *m_rig->job(id).error;
    QCOMPARE(name(error.cause), name(Cause::ServerSilent));
    QCOMPARE(error.bytesSent.value_or(0), kBytes.size());
    QCOMPARE(explain(error).whatHappened,
             QStringLiteral("All of “film.mp4” was sent, but 127.0.0.1 did not answer, and has "
                            "nothing new at this address."));
}

void UploadRefusalsTest::whatWasOnItsWayWhenTheConnectionWentIsTold()
{
    constexpr qint64 kLarge = 12'000'000; // more than the system takes at once
    m_rig->plant(kName, QByteArray(kLarge, 'x'));
    answer(kThere, {kMissing});
    JobSpec asked = spec();
    asked.options.limitBytesPerSecond = 1'000'000;
    const JobId id = m_rig->upload(asked);
    QVERIFY(m_rig->comesTo([this] {
        m_rig->clock.advance(std::chrono::milliseconds(10));
        return !m_server->requests().isEmpty() && m_server->requests().last().bodyBytes > 100'000;
    }));
    m_server->dropConnections();
    QVERIFY(m_rig->reachesInTime(id, JobState::Error));
    const JobError error = *m_rig->job(id).error;
    QCOMPARE(name(error.cause), name(Cause::ConnectionLost));
    QVERIFY(error.bytesSent.value_or(0) > 100'000 && *error.bytesSent < kLarge);
    const Explanation told = explain(error);
    QVERIFY2(told.whatHappened.contains(QStringLiteral(" of 12.0 MB had been sent")),
             qPrintable(told.whatHappened));
    QVERIFY2(told.whatToDo.contains(QStringLiteral("may not take files this large")),
             qPrintable(told.whatToDo));
}

BELLHOP_TEST(UploadRefusalsTest)
#include "tst_upload_refusals.moc"
