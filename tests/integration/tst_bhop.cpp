// SPDX-License-Identifier: Apache-2.0
// The terminal program from end to end: a real process, a real state folder, a server that
// misbehaves.
#include "tests/integration/bhop_run.h"
#include "tests/integration/engine_processes.h"
#include "tests/support/file_facts.h"
#include "tests/support/http_server.h"
#include "tests/support/packed.h"
#include "tests/support/test_program.h"

#include <QCryptographicHash>
#include <QDir>
#include <QFile>
#include <QJsonArray>
#include <QRegularExpression>
#include <QTemporaryDir>
#include <QTest>

using namespace Qt::StringLiterals;

namespace {

/// Big enough that a part of it is on the disk when the server stops.
constexpr qint64 kBig = 6 * 1024 * 1024;

void put(const QString &path, const QByteArray &content)
{
    QFile file(path);
    QVERIFY(file.open(QIODevice::WriteOnly));
    QCOMPARE(file.write(content), content.size());
}

QString nameIn(const QJsonValue &entry)
{
    return entry["name"_L1].toString();
}

} // namespace

class BhopTest final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();

    void fetchesAFile();
    void a403IsTheOneErrorWithContextRemoteFile();
    void a404HasNoContext();
    void failuresThatPassAreNotTold();
    void fiveFilesOfWhichTheThirdIsMissingKeepFour();
    void aLinkThatTurns403HalfWayGoesOnWithANewOne();
    void cancelLeavesTheFolderAsItWas();
    void aNameThatIsTakenIsAsked();
    void aProgramThatDoesTheWorkItselfBesideAnotherExits11();
    void ctrlCSuspendsAndSaysHowToGoOn();
    void aJobOnTheListStartsWithResume();
    void aMissingFileIsSkippedByItsNumber();
    void onErrorCompleteKeepsWhatIsWhole();
    void onErrorCancelRemovesEverything();
    void aLoginComesFromStandardInput();
    void commandsAreRefusedWithAReason();
    void whatContradictsItselfAboutOneFileIsRefused_data();
    void whatContradictsItselfAboutOneFileIsRefused();
    void whatComesCompressedIsAcceptedWithAWordAboutItsChecksum();
    void everyFileThatStoppedIsListedWithItsCause();
    void uploadsThatAskTheSameAreListedOnce();
    void whatTheSystemMakesUpIsNotSent();
    void aFolderThatIsNotThereAddsNothing();
    void badInputDoesNothing_data();
    void badInputDoesNothing();
    void theThreeQuestionsAreAskedAtTheTerminal();
    void linksNeitherGuiNorWidgets();

private:
    /// The arguments that every call of this test has, before these.
    [[nodiscard]] QStringList with(const QStringList &arguments) const;
    /// "get", with times that suit a test.
    [[nodiscard]] QStringList get(const QStringList &arguments) const;
    [[nodiscard]] QStringList listing() const;
    [[nodiscard]] QString inFolder(const QString &name) const { return m_folder + u'/' + name; }
    [[nodiscard]] QString link(const QString &path) const { return m_server->url(path).toString(); }

    std::unique_ptr<QTemporaryDir> m_home;
    std::unique_ptr<HttpServer> m_server;
    QString m_folder;
};

void BhopTest::init()
{
    QTest::failOnWarning(QRegularExpression(u".*"_s));
    m_home = std::make_unique<QTemporaryDir>();
    m_folder = m_home->filePath(u"files"_s);
    QVERIFY(QDir().mkdir(m_folder));
    m_server = std::make_unique<HttpServer>();
}

void BhopTest::cleanup()
{
    m_server.reset();
    endEngines(m_home->filePath(u"state"_s));
    m_home.reset();
}

QStringList BhopTest::with(const QStringList &arguments) const
{
    return arguments + QStringList{u"--state-dir"_s, m_home->filePath(u"state"_s)};
}

QStringList BhopTest::get(const QStringList &arguments) const
{
    return with(
        QStringList{u"get"_s, u"-d"_s, m_folder, u"--min-retry-delay"_s, u"0.05"_s, u"--json"_s} +
        arguments);
}

QStringList BhopTest::listing() const
{
    return QDir(m_folder).entryList(QDir::AllEntries | QDir::Hidden | QDir::NoDotAndDotDot);
}

void BhopTest::fetchesAFile()
{
    m_server->serve("/a.bin", {Body::pattern(1, 100'000)});
    BhopRun run(get({link(u"/a.bin"_s)}));
    QCOMPARE(run.exitCode(), 0);
    QCOMPARE(run.err(), QByteArray());
    QCOMPARE(contentOf(inFolder(u"a.bin"_s)), Body::pattern(1, 100'000).slice(0, 100'000));
    QCOMPARE(listing(), QStringList{u"a.bin"_s});
    QCOMPARE(run.lines(u"transferred").size(), 1);
    QCOMPARE(run.lines(u"completed").size(), 1);
    const QJsonObject completed = run.lines(u"completed").first();
    QCOMPARE(completed["kept"_L1][0]["path"_L1].toString(), inFolder(u"a.bin"_s));
    QCOMPARE(run.lines(u"state").last()["state"_L1].toString(), u"Acknowledged"_s);
    for (const QJsonObject &line : run.lines()) {
        QCOMPARE(line["job"_L1].toInt(), 1);
    }
}

void BhopTest::a403IsTheOneErrorWithContextRemoteFile()
{
    m_server->refuse("/a.bin", 403);
    BhopRun run(get({link(u"/a.bin"_s)}));
    QCOMPARE(run.exitCode(), 4);
    QCOMPARE(run.lines(u"error").size(), 1);
    QVERIFY(run.out().contains("\"context\":\"RemoteFile\""));
    const QJsonObject error = run.lines(u"error").first();
    QCOMPARE(error["cause"_L1].toString(), u"Forbidden"_s);
    QCOMPARE(error["httpStatus"_L1].toInt(), 403);
    QCOMPARE(error["name"_L1].toString(), u"a.bin"_s);
    QCOMPARE(error["bytesDone"_L1].toInt(-1), 0);
    QCOMPARE(error["filesDone"_L1].toInt(-1), 0);
    QVERIFY(!error["explanation"_L1].toString().isEmpty());
    QVERIFY(error["fixes"_L1].toArray().contains(u"NewLink"_s));

    BhopRun errors(with({u"errors"_s, u"--json"_s}));
    QCOMPARE(errors.exitCode(), 0);
    QCOMPARE(errors.lines(u"error"), run.lines(u"error"));
}

void BhopTest::a404HasNoContext()
{
    BhopRun run(get({link(u"/none"_s)}));
    QCOMPARE(run.exitCode(), 4);
    QCOMPARE(run.lines(u"error").size(), 1);
    QVERIFY(run.out().contains("\"context\":\"None\""));
    QCOMPARE(run.lines(u"error").first()["cause"_L1].toString(), u"NotFound"_s);
}

void BhopTest::failuresThatPassAreNotTold()
{
    m_server->serve("/a.bin", {Body::pattern(1, 1000)});
    m_server->nextStatus("/a.bin", 500, {}, 2);
    BhopRun run(get({link(u"/a.bin"_s)}));
    QCOMPARE(run.exitCode(), 0);
    QCOMPARE(run.lines(u"error").size(), 0);
    QCOMPARE(m_server->requests("/a.bin").size(), 3);
    QCOMPARE(contentOf(inFolder(u"a.bin"_s)).size(), 1000);
}

void BhopTest::fiveFilesOfWhichTheThirdIsMissingKeepFour()
{
    QStringList links;
    for (const char name : {'1', '2', '3', '4', '5'}) {
        const QByteArray path = QByteArray("/") + name;
        if (name != '3') {
            m_server->serve(path, {Body::pattern(quint64(name), 5000)});
        }
        links.append(link(QString::fromLatin1(path)));
    }
    BhopRun run(get(links));
    QCOMPARE(run.exitCode(), 4);
    QCOMPARE(run.lines(u"error").size(), 1);
    QCOMPARE(run.lines(u"error").first()["file"_L1].toInt(), 3);
    QCOMPARE(run.lines(u"error").first()["filesDone"_L1].toInt(), 4);
    QVERIFY(!listing().contains(u"1"_s)); // nothing has its name before Complete

    BhopRun complete(with({u"complete"_s, u"1"_s, u"--json"_s}));
    QCOMPARE(complete.exitCode(), 0);
    const QJsonObject manifest = complete.lines(u"completed").first();
    QCOMPARE(manifest["kept"_L1].toArray().size(), 4);
    QCOMPARE(manifest["partial"_L1].toArray().size(), 0);
    QCOMPARE(manifest["missing"_L1].toArray().size(), 1);
    QCOMPARE(nameIn(manifest["missing"_L1][0]), u"3"_s);
    QCOMPARE(listing(), (QStringList{u"1"_s, u"2"_s, u"4"_s, u"5"_s}));
    QCOMPARE(contentOf(inFolder(u"5"_s)), Body::pattern('5', 5000).slice(0, 5000));
}

void BhopTest::aLinkThatTurns403HalfWayGoesOnWithANewOne()
{
    const Body body = Body::pattern(9, kBig);
    m_server->serve("/old.bin", {body});
    m_server->serve("/new", {body});
    m_server->failAfter("/old.bin", kBig / 2, 403);
    BhopRun run(
        get({u"--hash"_s, u"sha256:"_s + QString::fromLatin1(body.sha256()), link(u"/old.bin"_s)}));
    QCOMPARE(run.exitCode(), 4);
    QCOMPARE(run.lines(u"error").size(), 1);
    const qint64 durable = run.lines(u"error").first()["fileBytesDone"_L1].toInteger();
    QVERIFY2(durable > 0 && durable <= kBig / 2, qPrintable(QString::number(durable)));

    BhopRun resume(with({u"resume"_s, u"1"_s, u"--url"_s, link(u"/new"_s), u"--json"_s}));
    QCOMPARE(resume.exitCode(), 0);
    QCOMPARE(resume.lines(u"error").size(), 0);
    bool hasContinued = false;
    for (const HttpRequest &request : m_server->requests("/new")) {
        // The gate may read the end of what is there once more to compare it; nothing before that.
        const QByteArray range = request.header("Range").value_or("");
        QVERIFY2(range.startsWith("bytes="), range.constData());
        const qint64 first = range.mid(6, range.indexOf('-') - 6).toLongLong();
        QVERIFY2(first >= durable - 64 * 1024, range.constData());
        hasContinued = hasContinued || (first > 0 && first <= durable);
    }
    QVERIFY(hasContinued);
    const QByteArray content = contentOf(inFolder(u"old.bin"_s));
    QCOMPARE(QCryptographicHash::hash(content, QCryptographicHash::Sha256).toHex(), body.sha256());
    QCOMPARE(listing(), QStringList{u"old.bin"_s});
}

void BhopTest::cancelLeavesTheFolderAsItWas()
{
    put(inFolder(u"a.bin"_s), "mine");
    m_server->serve("/a.bin", {Body::pattern(1, kBig)});
    m_server->failAfter("/a.bin", kBig / 2, 403);
    BhopRun run(get({link(u"/a.bin"_s), u"--existing"_s, u"keep-both"_s}));
    QCOMPARE(run.exitCode(), 4);
    QVERIFY(listing().size() > 1);

    BhopRun cancel(with({u"cancel"_s, u"1"_s, u"--json"_s}));
    QCOMPARE(cancel.exitCode(), 0);
    QCOMPARE(cancel.lines(u"cancelled").size(), 1);
    QCOMPARE(listing(), QStringList{u"a.bin"_s});
    QCOMPARE(contentOf(inFolder(u"a.bin"_s)), "mine");
}

void BhopTest::aNameThatIsTakenIsAsked()
{
    put(inFolder(u"a.bin"_s), "mine");
    m_server->serve("/a.bin", {Body::pattern(1, 1000)});
    BhopRun run(get({link(u"/a.bin"_s)}));
    QCOMPARE(run.exitCode(), 8);
    QCOMPARE(run.lines(u"error").value(0)["cause"_L1].toString(), u"NameExists"_s);
    QCOMPARE(listing(), QStringList{u"a.bin"_s}); // nothing was fetched for nothing
    QCOMPARE(contentOf(inFolder(u"a.bin"_s)), "mine");

    BhopRun resume(with({u"resume"_s, u"1"_s, u"--existing"_s, u"keep-both"_s, u"--json"_s}));
    QCOMPARE(resume.exitCode(), 0);
    QCOMPARE(m_server->requests("/a.bin").size(), 2);
    QCOMPARE(contentOf(inFolder(u"a.bin"_s)), "mine");
    const QString path = resume.lines(u"completed").value(0)["kept"_L1][0]["path"_L1].toString();
    QVERIFY(path != inFolder(u"a.bin"_s));
    QCOMPARE(contentOf(path).size(), 1000);
}

void BhopTest::aProgramThatDoesTheWorkItselfBesideAnotherExits11()
{
    m_server->serve("/a.bin", {Body::pattern(1, 1000)});
    m_server->holdAfter("/a.bin", 500, "gate");
    BhopRun first(get({link(u"/a.bin"_s)}));
    QTRY_VERIFY(m_server->isWaitingAt("gate"));

    BhopRun second(with({u"list"_s, u"--in-process"_s}));
    QCOMPARE(second.exitCode(), 11);
    QCOMPARE(second.out(), QByteArray());
    QCOMPARE(second.err().count('\n'), 1);

    m_server->release("gate");
    QCOMPARE(first.exitCode(), 0);
}

void BhopTest::ctrlCSuspendsAndSaysHowToGoOn()
{
    m_server->serve("/a.bin", {Body::pattern(1, kBig)});
    m_server->holdAfter("/a.bin", kBig / 2, "gate");
    BhopRun run(get({link(u"/a.bin"_s)}));
    QTRY_VERIFY(m_server->isWaitingAt("gate"));
    run.interrupt();
    QCOMPARE(run.exitCode(), 10);
    QCOMPARE(run.lines(u"state").last()["state"_L1].toString(), u"Suspended"_s);
    QVERIFY(run.lines(u"notice").last()["text"_L1].toString().contains(u"bhop resume 1"_s));

    m_server->release("gate");
    BhopRun resume(with({u"resume"_s, u"1"_s, u"-q"_s}));
    QCOMPARE(resume.exitCode(), 0);
    QCOMPARE(resume.out(), QByteArray());
    QCOMPARE(resume.err(), QByteArray());
    QCOMPARE(contentOf(inFolder(u"a.bin"_s)), Body::pattern(1, kBig).slice(0, kBig));
}

void BhopTest::aJobOnTheListStartsWithResume()
{
    m_server->serve("/a.bin", {Body::pattern(1, 1000)});
    BhopRun detach(get({link(u"/a.bin"_s), u"--detach"_s, u"--in-process"_s}));
    QCOMPARE(detach.exitCode(), 0);
    QCOMPARE(m_server->requests().size(), 0);

    BhopRun list(with({u"list"_s, u"--in-process"_s}));
    QCOMPARE(list.exitCode(), 0);
    QCOMPARE(list.out(), "1\tQueued\t0\t-\t0\t1\ta.bin\tDownload\n");

    BhopRun resume(with({u"resume"_s, u"1"_s}));
    QCOMPARE(resume.exitCode(), 0);
    QVERIFY(resume.out().contains("a.bin"));
    QCOMPARE(contentOf(inFolder(u"a.bin"_s)).size(), 1000);
}

void BhopTest::aMissingFileIsSkippedByItsNumber()
{
    m_server->serve("/1", {Body::pattern(1, 1000)});
    BhopRun run(get({link(u"/1"_s), link(u"/2"_s)}));
    QCOMPARE(run.exitCode(), 4);
    const QString number = QString::number(run.lines(u"error").value(0)["file"_L1].toInt());

    BhopRun wrong(with({u"resume"_s, u"1"_s, u"--skip"_s, u"3"_s}));
    QCOMPARE(wrong.exitCode(), 2);
    BhopRun resume(with({u"resume"_s, u"1"_s, u"--skip"_s, number, u"--json"_s}));
    QCOMPARE(resume.exitCode(), 0);
    QCOMPARE(listing(), QStringList{u"1"_s});
}

void BhopTest::onErrorCompleteKeepsWhatIsWhole()
{
    m_server->serve("/1", {Body::pattern(1, 1000)});
    BhopRun run(get({link(u"/1"_s), link(u"/2"_s), u"--on-error"_s, u"complete"_s}));
    QCOMPARE(run.exitCode(), 4); // not all of it came
    QCOMPARE(run.lines(u"error").size(), 1);
    QCOMPARE(run.lines(u"completed").value(0)["kept"_L1].toArray().size(), 1);
    QCOMPARE(listing(), QStringList{u"1"_s});
}

void BhopTest::onErrorCancelRemovesEverything()
{
    m_server->serve("/1", {Body::pattern(1, 1000)});
    BhopRun run(get({link(u"/1"_s), link(u"/2"_s), u"--on-error"_s, u"cancel"_s}));
    QCOMPARE(run.exitCode(), 4);
    QCOMPARE(run.lines(u"cancelled").size(), 1);
    QCOMPARE(listing(), QStringList());
}

void BhopTest::aLoginComesFromStandardInput()
{
    Resource resource{Body::pattern(1, 1000)};
    resource.login = BasicLogin{"me", "s3cret"};
    m_server->serve("/a.bin", resource);
    BhopRun without(get({link(u"/a.bin"_s)}));
    QCOMPARE(without.exitCode(), 5);
    QCOMPARE(without.lines(u"error").value(0)["cause"_L1].toString(), u"LoginRequired"_s);

    BhopRun resume(
        with({u"resume"_s, u"1"_s, u"--user"_s, u"me"_s, u"--password-stdin"_s, u"--json"_s}),
        "s3cret\n");
    QCOMPARE(resume.exitCode(), 0);
    QCOMPARE(contentOf(inFolder(u"a.bin"_s)).size(), 1000);
}

void BhopTest::commandsAreRefusedWithAReason()
{
    m_server->serve("/a.bin", {Body::pattern(1, 1000)});
    BhopRun run(get({link(u"/a.bin"_s)}));
    QCOMPARE(run.exitCode(), 0);
    for (const QString &command :
         {u"suspend"_s, u"resume"_s, u"cancel"_s, u"complete"_s, u"show"_s, u"remove"_s}) {
        const QString id = command == u"show" || command == u"remove" ? u"99"_s : u"1"_s;
        BhopRun refused(with({command, id}));
        QCOMPARE(refused.exitCode(), 1);
        QCOMPARE(refused.out(), QByteArray());
        QCOMPARE(refused.err().count('\n'), 1);
    }
    QCOMPARE(listing(), QStringList{u"a.bin"_s});
    BhopRun remove(with({u"remove"_s, u"1"_s}));
    QCOMPARE(remove.exitCode(), 0);
    BhopRun list(with({u"list"_s}));
    QCOMPARE(list.exitCode(), 0);
    QCOMPARE(list.out(), QByteArray());
    QCOMPARE(listing(), QStringList{u"a.bin"_s});
}

void BhopTest::whatContradictsItselfAboutOneFileIsRefused_data()
{
    QTest::addColumn<QStringList>("options");
    QTest::newRow("left out and wanted") << QStringList{u"set"_s, u"--skip=2"_s, u"--want=2"_s};
    QTest::newRow("by number and name") << QStringList{u"set"_s, u"--skip=2"_s, u"--want=b"_s};
    QTest::newRow("two priorities")
        << QStringList{u"set"_s, u"--file-priority=high:2"_s, u"--file-priority=low:b"_s};
    QTest::newRow("repaired and left out")
        << QStringList{u"resume"_s, u"--file=2"_s, u"--restart"_s, u"--skip=b"_s};
}

void BhopTest::whatContradictsItselfAboutOneFileIsRefused()
{
    QFETCH(const QStringList, options);
    BhopRun run(get({link(u"/a"_s), link(u"/b"_s)}));
    QCOMPARE(run.exitCode(), 4);
    const qsizetype asked = m_server->requests().size();
    BhopRun refused(with(options + QStringList{u"1"_s}));
    QCOMPARE(refused.exitCode(), 2);
    QCOMPARE(refused.err().count('\n'), 1);
    QVERIFY2(refused.err().contains("File 2 is named by"), refused.err().constData());
    QCOMPARE(m_server->requests().size(), asked);
    BhopRun agreeing(with({u"set"_s, u"1"_s, u"--skip=2"_s, u"--skip=b"_s}));
    QCOMPARE(agreeing.exitCode(), 0);
}

void BhopTest::whatComesCompressedIsAcceptedWithAWordAboutItsChecksum()
{
    const QByteArray plain(100'000, 'x');
    m_server->serve("/a.bin",
                    {.body = packed::gzip(plain), .headers = {{"Content-Encoding", "gzip"}}});
    const QString hash =
        u"sha256:"_s +
        QString::fromLatin1(QCryptographicHash::hash(plain, QCryptographicHash::Sha256).toHex());
    BhopRun run(get({link(u"/a.bin"_s), u"--hash"_s, hash}));
    QCOMPARE(run.exitCode(), 4);
    BhopRun unpacking(with({u"check"_s, u"1"_s, u"--unpack"_s}));
    QCOMPARE(unpacking.exitCode(), 0);
    QVERIFY2(unpacking.out().contains("how large it comes, compressed"),
             unpacking.out().constData());
    BhopRun check(with({u"check"_s, u"1"_s, u"--accept"_s}));
    QCOMPARE(check.exitCode(), 0);
    QVERIFY2(check.out().contains("you are told if it differs"), check.out().constData());
    BhopRun accept(with({u"resume"_s, u"1"_s, u"--accept"_s}));
    QCOMPARE(accept.exitCode(), 0);
    const QByteArray word = "has not the checksum that was given";
    QVERIFY2(accept.err().contains(word), accept.err().constData());
    QCOMPARE(contentOf(inFolder(u"a.bin"_s)), packed::gzip(plain));
    BhopRun show(with({u"show"_s, u"1"_s}));
    QCOMPARE(show.exitCode(), 0);
    QVERIFY2(show.out().contains(word), show.out().constData());
}

void BhopTest::everyFileThatStoppedIsListedWithItsCause()
{
    m_server->refuse("/a", 404);
    m_server->refuse("/b", 403);
    m_server->refuse("/c", 404);
    BhopRun run(get({link(u"/a"_s), link(u"/b"_s), link(u"/c"_s)}));
    QCOMPARE(run.exitCode(), 4);
    QCOMPARE(run.lines(u"error").size(), 3);
    BhopRun errors(with({u"errors"_s}));
    QCOMPARE(errors.exitCode(), 0);
    QCOMPARE(errors.out().count(" needs you."), 1);
    for (const char *part : {"File 1: a\n  File 3: c\n", "File 2: b\n", "refuses access",
                             "--skip 1 --skip 3", "--skip 2 ", "--url LINK --file 2 "}) {
        QVERIFY2(errors.out().contains(part), errors.out().constData());
    }
    QCOMPARE(errors.out().count("bhop cancel"), 1);
    BhopRun show(with({u"show"_s, u"1"_s}));
    QCOMPARE(show.exitCode(), 0);
    for (const char *part : {"Files:     1, 3\n", "File:      2\n", "Forbidden", "NotFound"}) {
        QVERIFY2(show.out().contains(part), show.out().constData());
    }
    BhopRun check(with({u"check"_s, u"1"_s}));
    QCOMPARE(check.exitCode(), 4);
    for (const char *part : {"Files 1, 3: Still the same (HTTP 404)", "File 2 (b): Still"}) {
        QVERIFY2(check.err().contains(part), check.err().constData());
    }
    m_server->serve("/b", {Body::pattern(1, 10)});
    BhopRun skip(with({u"resume"_s, u"1"_s, u"--skip"_s, u"1"_s, u"--skip"_s, u"3"_s}));
    QCOMPARE(skip.exitCode(), 0);
}

void BhopTest::uploadsThatAskTheSameAreListedOnce()
{
    const QString film = inFolder(u"film"_s);
    put(film, "bytes");
    for (const QString &place : {u"/up/one"_s, u"/up/two"_s}) {
        m_server->refuse(place.toLatin1(), 403);
        BhopRun run(with({u"put"_s, film, link(place), u"--json"_s}));
        QCOMPARE(run.exitCode(), 4);
    }
    BhopRun errors(with({u"errors"_s}));
    QCOMPARE(errors.exitCode(), 0);
    QCOMPARE(errors.out().count(" needs you."), 1);
    QVERIFY2(errors.out().contains("Job 2 asks the same."), errors.out().constData());
}

void BhopTest::whatTheSystemMakesUpIsNotSent()
{
    BhopRun run(with({u"put"_s, u"/proc/version"_s, link(u"/up"_s)}));
    QCOMPARE(run.exitCode(), 8);
    QCOMPARE(run.err().count('\n'), 1);
    QVERIFY2(run.err().contains("made up by the system while it is read"), run.err().constData());
    QCOMPARE(m_server->requests().size(), 0);
}

void BhopTest::aFolderThatIsNotThereAddsNothing()
{
    BhopRun run(with({u"get"_s, u"-d"_s, inFolder(u"none"_s), link(u"/a.bin"_s)}));
    QCOMPARE(run.exitCode(), 8);
    QCOMPARE(run.err().count('\n'), 1);
    QCOMPARE(m_server->requests().size(), 0);
    BhopRun list(with({u"list"_s}));
    QCOMPARE(list.exitCode(), 0);
    QCOMPARE(list.out(), QByteArray());
}

void BhopTest::badInputDoesNothing_data()
{
    QTest::addColumn<QStringList>("arguments");
    QTest::addColumn<int>("sentences");
    QTest::newRow("no command") << QStringList{} << 1;
    QTest::newRow("unknown option") << QStringList{u"get"_s, u"--colour"_s} << 1;
    QTest::newRow("not http") << QStringList{u"get"_s, u"file:///etc/passwd"_s} << 1;
    QTest::newRow("no host") << QStringList{u"get"_s, u"http://"_s} << 1;
    QTest::newRow("control characters") << QStringList{u"get"_s, u"http://a.org/\x1b[2J\nb"_s} << 1;
    QTest::newRow("contradiction")
        << QStringList{u"get"_s, u"-o"_s, u"x"_s, u"http://a.org/"_s, u"http://b.org/"_s} << 1;
    QTest::newRow("list with bad lines") << QStringList{u"get"_s, u"-i"_s, u"-"_s} << 3;
    QTest::newRow("no number") << QStringList{u"cancel"_s, u"all"_s} << 1;
}

void BhopTest::badInputDoesNothing()
{
    QFETCH(QStringList, arguments);
    BhopRun run(with(arguments), "http://ok.org/\nnothing\nftp://no.org/\n");
    QCOMPARE(run.exitCode(), 2);
    QCOMPARE(run.out(), QByteArray());
    QTEST(int(run.err().count('\n')), "sentences");
    QVERIFY(!run.err().contains('\x1b'));
    QVERIFY(!QFile::exists(m_home->filePath(u"state"_s)));
}

void BhopTest::theThreeQuestionsAreAskedAtTheTerminal()
{
    m_server->refuse("/old", 403);
    m_server->serve("/new", {Body::pattern(1, 1000)});
    BhopAtTerminal bhop(with({u"get"_s, u"-d"_s, m_folder, u"-o"_s, u"a.bin"_s, link(u"/old"_s)}));
    QVERIFY2(bhop.shows("Cancel job"), bhop.shown().constData());
    QVERIFY(bhop.shows("Accept partial"));
    QVERIFY(bhop.shows("Fix and resume"));
    QVERIFY(bhop.shows("Your choice: "));
    bhop.type("f\n");
    QVERIFY2(bhop.shows("Number of the repair"), bhop.shown().constData());
    bhop.type("1\n");
    QVERIFY2(bhop.shows("New link: "), bhop.shown().constData());
    bhop.type(link(u"/new"_s).toLatin1() + '\n');
    QCOMPARE(bhop.exitCode(), 0);
    QCOMPARE(contentOf(inFolder(u"a.bin"_s)).size(), 1000);
}

void BhopTest::linksNeitherGuiNorWidgets()
{
    QProcess ldd;
    ldd.start(u"ldd"_s, {QStringLiteral(BHOP_PROGRAM)});
    QVERIFY(ldd.waitForFinished());
    const QByteArray libraries = ldd.readAllStandardOutput();
    QVERIFY(libraries.contains("Qt6Core"));
    QVERIFY2(!libraries.contains("Qt6Gui") && !libraries.contains("Qt6Widgets"),
             libraries.constData());
}

BELLHOP_TEST(BhopTest)
#include "tst_bhop.moc"
