// SPDX-License-Identifier: Apache-2.0
// Files sent from the terminal: a real process and real servers.
#include "tests/integration/bhop_run.h"
#include "tests/integration/engine_processes.h"
#include "tests/support/apache.h"
#include "tests/support/file_facts.h"
#include "tests/support/nginx.h"
#include "tests/support/test_program.h"
#include "tests/support/tus_server.h"

#include <QCryptographicHash>
#include <QDir>
#include <QFile>
#include <QJsonArray>
#include <QRegularExpression>
#include <QTemporaryDir>
#include <QTest>

#include <sys/stat.h>

#include <algorithm>
#include <memory>

using namespace Qt::StringLiterals;

namespace {

constexpr qint64 kFilmBytes = 3'000'000;

} // namespace

class BhopUploadTest final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init();
    void cleanup()
    {
        endEngines(m_home->filePath(u"state"_s));
        m_home.reset();
    }

    void aFileIsSentAndThere();
    void peopleAreToldOfSendingOnly();
    void aNameThatIsTakenIsAskedAndReplaced();
    void aFileThatIsTooLargeGoesElsewhere();
    void anotherFileTakesTheStead();
    void aLoginIsAskedForAndGiven();
    void aRefusalIsTheOneErrorWithContextRemoteFile();
    void foldersAreMadeWhenThatIsAllowed();
    void aLockIsTold();
    void ctrlCKeepsWhatTheServerHas();
    void whatIsSentInVainIsSaidWhereItIsPaused();
    void cancelHasTheServerForgetIt();
    void anUploadCannotBeCompletedInPart();
    void whatMayNotBeginIsNotLeftOnTheList();
    void aFileWithAnotherChecksumIsNotSent();
    void anAddressWithoutASchemeGoesByHttpWhereThatIsAll();
    void aServerWithoutTusIsSentToPlainly();
    void badInputSendsNothing_data();
    void badInputSendsNothing();

private:
    [[nodiscard]] QStringList with(const QStringList &arguments) const
    {
        return arguments + QStringList{u"--state-dir"_s, m_home->filePath(u"state"_s)};
    }
    [[nodiscard]] QStringList put(const QString &file, const QUrl &to,
                                  const QStringList &options = {}) const
    {
        return with(QStringList{u"put"_s, file, to.toString(), u"--json"_s, u"--min-retry-delay"_s,
                                u"0.05"_s} +
                    options);
    }
    [[nodiscard]] QStringList resume(const QStringList &repairs) const
    {
        return with(QStringList{u"resume"_s, u"1"_s, u"--json"_s} + repairs);
    }
    [[nodiscard]] QString made(const QString &name, const QByteArray &bytes) const
    {
        const QString path = m_home->filePath(name);
        QFile file(path);
        require(file.open(QIODevice::WriteOnly) && file.write(bytes) == bytes.size(), path);
        return path;
    }
    /// The one job stopped with this cause.
    static void stops(BhopRun *run, int exitStatus, QLatin1StringView cause)
    {
        QCOMPARE(run->exitCode(), exitStatus);
        QCOMPARE(run->lines(u"error").size(), 1);
        QCOMPARE(run->lines(u"error").first()["cause"_L1].toString(), cause);
    }

    std::unique_ptr<QTemporaryDir> m_home;
    Nginx m_nginx;
    Apache m_apache;
    const QByteArray m_film = patternBytes(7, 0, kFilmBytes);
    QString m_file;
    int m_number = 0;
    QString m_name; ///< on the server, another one for each test
};

void BhopUploadTest::initTestCase()
{
    QVERIFY2(m_nginx.start(), qPrintable(m_nginx.error()));
    QVERIFY2(m_apache.start(), qPrintable(m_apache.error()));
}

void BhopUploadTest::init()
{
    QTest::failOnWarning(QRegularExpression(u".*"_s));
    m_home = std::make_unique<QTemporaryDir>();
    m_file = made(u"film.bin"_s, m_film);
    m_name = u"film-%1"_s.arg(++m_number);
}

void BhopUploadTest::aFileIsSentAndThere()
{
    BhopRun run(put(m_file, m_nginx.url(u"/dav/"_s), {u"--name"_s, m_name}));
    QCOMPARE(run.exitCode(), 0);
    QVERIFY(contentOf(m_nginx.uploaded(u"/dav/"_s + m_name)) == m_film);
    QCOMPARE(run.lines(u"completed").size(), 1);
    QCOMPARE(run.lines(u"completed").first()["kept"_L1][0]["bytes"_L1].toInteger(), kFilmBytes);
    const auto requests = m_nginx.requests("/dav/" + m_name.toLatin1());
    QCOMPARE(std::ranges::count(requests, QByteArray("PUT"), &NginxRequest::method), 1);
    QVERIFY(contentOf(m_file) == m_film);
}

void BhopUploadTest::peopleAreToldOfSendingOnly()
{
    const QString to = m_nginx.url(u"/dav/"_s + m_name).toString();
    BhopRun run(with({u"put"_s, m_file, to}));
    QCOMPARE(run.exitCode(), 0);
    QCOMPARE(QString::fromUtf8(run.out()), u"Sent     film.bin to %1 (3.0 MB)\n"_s.arg(to));
    BhopRun show(with({u"show"_s, u"1"_s}));
    QCOMPARE(show.exitCode(), 0);
    const QString told = QString::fromUtf8(show.out());
    QVERIFY2(told.contains(u"Sending to 127.0.0.1"_s), qPrintable(told));
    static const QRegularExpression ofDownloads(u"ownload|etch|eceive"_s);
    QVERIFY2(!told.contains(ofDownloads), qPrintable(told));
}

void BhopUploadTest::aNameThatIsTakenIsAskedAndReplaced()
{
    const QUrl to = m_apache.url(u"/dav/"_s + m_name);
    const QString there = m_apache.uploaded(u"/dav/"_s + m_name);
    BhopRun first(put(made(u"other"_s, "other"), to));
    QCOMPARE(first.exitCode(), 0);
    BhopRun second(with({u"remove"_s, u"1"_s}));
    QCOMPARE(second.exitCode(), 0);
    BhopRun third(put(m_file, to));
    stops(&third, 4, "RemoteNameTaken"_L1);
    QCOMPARE(contentOf(there), "other");
    BhopRun last(with({u"resume"_s, u"2"_s, u"--existing"_s, u"replace"_s, u"--json"_s}));
    QCOMPARE(last.exitCode(), 0);
    QVERIFY(contentOf(there) == m_film);
    BhopRun over(put(m_file, to, {u"--if-exists"_s, u"replace"_s}));
    QCOMPARE(over.exitCode(), 0);
}

void BhopUploadTest::aFileThatIsTooLargeGoesElsewhere()
{
    BhopRun run(put(m_file, m_nginx.url(u"/dav-small/"_s + m_name)));
    stops(&run, 4, "UploadTooLarge"_L1);
    BhopRun again(resume({u"--url"_s, m_nginx.url(u"/dav/"_s + m_name).toString()}));
    QCOMPARE(again.exitCode(), 0);
    QVERIFY(contentOf(m_nginx.uploaded(u"/dav/"_s + m_name)) == m_film);
}

void BhopUploadTest::anotherFileTakesTheStead()
{
    BhopRun run(put(m_file, m_nginx.url(u"/dav-small/"_s + m_name)));
    stops(&run, 4, "UploadTooLarge"_L1);
    BhopRun again(resume({u"--source"_s, made(u"small.bin"_s, "small"), u"--restart"_s}));
    QCOMPARE(again.exitCode(), 0);
    QCOMPARE(contentOf(m_nginx.uploaded(u"/dav-small/"_s + m_name)), "small");
}

void BhopUploadTest::aLoginIsAskedForAndGiven()
{
    BhopRun run(put(m_file, m_nginx.url(u"/dav-login/"_s + m_name)));
    stops(&run, 5, "LoginRequired"_L1);
    BhopRun again(resume({u"--user"_s, QLatin1StringView(Nginx::kUser), u"--password-stdin"_s}),
                  Nginx::kPassword);
    QCOMPARE(again.exitCode(), 0);
    QVERIFY(contentOf(m_nginx.uploaded(u"/dav-login/"_s + m_name)) == m_film);
}

void BhopUploadTest::aRefusalIsTheOneErrorWithContextRemoteFile()
{
    BhopRun run(put(m_file, m_nginx.url(u"/dav-readonly/"_s + m_name)));
    stops(&run, 4, "Forbidden"_L1);
    QCOMPARE(run.lines(u"error").first()["context"_L1].toString(), u"RemoteFile"_s);
}

void BhopUploadTest::foldersAreMadeWhenThatIsAllowed()
{
    const QString path = u"/dav/%1/deep/film"_s.arg(m_name);
    BhopRun run(put(m_file, m_apache.url(path)));
    stops(&run, 4, "RemoteFolderMissing"_L1);
    BhopRun check(with({u"check"_s, u"1"_s, u"--create-dir"_s}));
    QCOMPARE(check.exitCode(), 0);
    QVERIFY2(check.out().contains("The folder will be made on the server."),
             check.out().constData());
    BhopRun again(resume({u"--create-dir"_s}));
    QCOMPARE(again.exitCode(), 0);
    QVERIFY(contentOf(m_apache.uploaded(path)) == m_film);
    const QString other = u"/dav/%1/other/film"_s.arg(m_name);
    BhopRun atOnce(put(m_file, m_nginx.url(other), {u"--make-folders"_s}));
    QCOMPARE(atOnce.exitCode(), 0);
    QVERIFY(contentOf(m_nginx.uploaded(other)) == m_film);
}

void BhopUploadTest::aLockIsTold()
{
    const QString path = u"/dav/"_s + m_name;
    BhopRun first(put(made(u"other"_s, "other"), m_apache.url(path)));
    QCOMPARE(first.exitCode(), 0);
    QVERIFY(m_apache.lock(path));
    BhopRun run(put(m_file, m_apache.url(path), {u"--if-exists"_s, u"replace"_s}));
    stops(&run, 4, "RemoteLocked"_L1);
    QCOMPARE(contentOf(m_apache.uploaded(path)), "other");
}

void BhopUploadTest::ctrlCKeepsWhatTheServerHas()
{
    if (!TusServer::whyNotHere().isEmpty()) {
        QSKIP(qPrintable(TusServer::whyNotHere()));
    }
    TusServer server;
    QVERIFY2(server.start(), qPrintable(server.error()));
    BhopRun run(put(m_file, server.url(), {u"--limit"_s, u"1M"_s}));
    QTRY_VERIFY_WITH_TIMEOUT(std::ranges::any_of(run.lines(u"progress"),
                                                 [](const QJsonObject &line) {
                                                     return line["bytesDone"_L1].toInteger() > 0;
                                                 }),
                             10'000);
    run.interrupt();
    QCOMPARE(run.exitCode(), 10);
    QCOMPARE(server.uploads().size(), 1);
    const QUrl upload = server.uploads().first();
    QVERIFY(QFileInfo(server.uploaded(upload)).size() < kFilmBytes);
    BhopRun again(resume({}));
    QCOMPARE(again.exitCode(), 0);
    QCOMPARE(server.uploads().size(), 1);
    QVERIFY(contentOf(server.uploaded(upload)) == m_film);
    const auto first = server.requests("PATCH").last().offset;
    QVERIFY(first.value_or(0) > 0); // not from the start
}

void BhopUploadTest::whatIsSentInVainIsSaidWhereItIsPaused()
{
    BhopRun run(put(m_file, m_nginx.url(u"/dav/"_s + m_name), {u"--limit"_s, u"300K"_s}));
    const auto isSending = [&run] {
        return std::ranges::any_of(run.lines(u"progress"), [](const QJsonObject &line) {
            return line["bytesUnconfirmed"_L1].toInteger() > 0;
        });
    };
    QTRY_VERIFY_WITH_TIMEOUT(isSending(), 10'000);
    BhopRun pause(with({u"suspend"_s, u"1"_s}));
    QCOMPARE(pause.exitCode(), 0);
    QVERIFY2(pause.out().contains("that were sent do not count"), pause.out().constData());
    QCOMPARE(run.exitCode(), 10);
    QVERIFY2(run.out().contains("that were sent do not count"), run.out().constData());
}

void BhopUploadTest::cancelHasTheServerForgetIt()
{
    if (!TusServer::whyNotHere().isEmpty()) {
        QSKIP(qPrintable(TusServer::whyNotHere()));
    }
    TusServer server;
    QVERIFY2(server.start(), qPrintable(server.error()));
    BhopRun run(put(m_file, server.url(), {u"--limit"_s, u"500K"_s}));
    QTRY_COMPARE_WITH_TIMEOUT(server.uploads().size(), 1, 10'000);
    const QUrl upload = server.uploads().first();
    BhopRun cancel(with({u"cancel"_s, u"1"_s}));
    QCOMPARE(cancel.exitCode(), 0);
    QVERIFY(cancel.out().contains("the file on this computer is not touched"));
    QCOMPARE(run.exitCode(), 10);
    QTRY_VERIFY(!QFile::exists(server.uploaded(upload)));
    QVERIFY(contentOf(m_file) == m_film);
}

void BhopUploadTest::anUploadCannotBeCompletedInPart()
{
    BhopRun run(put(m_file, m_nginx.url(u"/dav-readonly/"_s + m_name)));
    QCOMPARE(run.exitCode(), 4);
    BhopRun complete(with({u"complete"_s, u"1"_s}));
    QCOMPARE(complete.exitCode(), 1);
    QVERIFY(complete.err().contains("is an upload, which cannot be completed in part"));
    BhopRun errors(with({u"errors"_s}));
    QCOMPARE(errors.exitCode(), 0);
    QVERIFY2(!errors.out().contains("bhop complete"), errors.out().constData());
}

void BhopUploadTest::whatMayNotBeginIsNotLeftOnTheList()
{
    BhopRun first(put(m_file, m_nginx.url(u"/dav/"_s + m_name), {u"--limit"_s, u"100K"_s}));
    QTRY_VERIFY_WITH_TIMEOUT(!first.lines(u"progress").isEmpty(), 10'000);
    const QUrl same = m_nginx.url(u"//dav/./"_s + m_name); // written otherwise
    BhopRun second(with({u"put"_s, made(u"other"_s, "other"), same.toString()}));
    QCOMPARE(second.exitCode(), 1);
    QVERIFY2(second.err().contains("Nothing was added: job “1 (film.bin)” sends to this address"),
             second.err().constData());
    BhopRun detached(with({u"put"_s, u"--detach"_s, m_file, same.toString()}));
    QCOMPARE(detached.exitCode(), 1);
    BhopRun list(with({u"list"_s, u"--json"_s}));
    QCOMPARE(list.exitCode(), 0);
    QCOMPARE(list.lines(u"state").size(), 1);
    first.interrupt();
    QCOMPARE(first.exitCode(), 10);
}

void BhopUploadTest::aFileWithAnotherChecksumIsNotSent()
{
    const QUrl to = m_nginx.url(u"/dav/"_s + m_name);
    BhopRun run(put(m_file, to, {u"--hash"_s, u"sha256:"_s + QString(64, u'0')}));
    stops(&run, 9, "HashMismatch"_L1);
    const QString told = run.lines(u"error").first()["explanation"_L1].toString();
    QVERIFY2(told.contains(u"Nothing of it was sent"_s), qPrintable(told));
    QVERIFY(m_nginx.requests("/dav/" + m_name.toLatin1()).isEmpty());
    const QByteArray right = QCryptographicHash::hash(m_film, QCryptographicHash::Sha512).toHex();
    BhopRun again(resume({u"--hash"_s, u"sha512:"_s + QString::fromLatin1(right)}));
    QCOMPARE(again.exitCode(), 0);
    QVERIFY(contentOf(m_nginx.uploaded(u"/dav/"_s + m_name)) == m_film);
}

void BhopUploadTest::anAddressWithoutASchemeGoesByHttpWhereThatIsAll()
{
    const QString address = u"127.0.0.1:%1/dav/%2"_s.arg(m_nginx.url({}).port()).arg(m_name);
    BhopRun run(with({u"put"_s, m_file, address}));
    QCOMPARE(run.exitCode(), 0);
    QVERIFY2(run.err().contains("or by http where that is not to be had"), run.err().constData());
    QVERIFY2(run.out().contains("to http://127.0.0.1:"), run.out().constData());
    QVERIFY(contentOf(m_nginx.uploaded(u"/dav/"_s + m_name)) == m_film);
}

void BhopUploadTest::aServerWithoutTusIsSentToPlainly()
{
    BhopRun run(put(m_file, m_nginx.url(u"/dav/"_s + m_name), {u"--protocol"_s, u"tus"_s}));
    stops(&run, 4, "UploadNotTaken"_L1);
    QCOMPARE(run.lines(u"error").first()["fixes"_L1][0].toString(), u"OtherProtocol"_s);
    BhopRun errors(with({u"errors"_s}));
    QCOMPARE(errors.exitCode(), 0);
    QVERIFY2(errors.out().contains("bhop resume 1 --protocol put"), errors.out().constData());
    BhopRun again(resume({u"--protocol"_s, u"put"_s}));
    QCOMPARE(again.exitCode(), 0);
    QVERIFY(contentOf(m_nginx.uploaded(u"/dav/"_s + m_name)) == m_film);
}

void BhopUploadTest::badInputSendsNothing_data()
{
    QTest::addColumn<QString>("file");
    QTest::addColumn<QString>("url");
    QTest::addColumn<int>("status");
    const auto row = [](const char *what, const char *file, const char *url, int status) {
        QTest::newRow(what) << QString::fromUtf8(file) << QString::fromUtf8(url) << status;
    };
    row("standard input", "-", "/dav/x", 2);
    row("a fragment", "film.bin", "/dav/x#part", 2);
    row("a missing file", "none.bin", "/dav/x", 8);
    row("a folder", ".", "/dav/x", 8);
    row("a pipe", "pipe", "/dav/x", 8);
    row("a device", "/dev/null", "/dav/x", 8);
}

void BhopUploadTest::badInputSendsNothing()
{
    QFETCH(QString, file);
    QFETCH(QString, url);
    QFETCH(int, status);
    QCOMPARE(::mkfifo(QFile::encodeName(m_home->filePath(u"pipe"_s)).constData(), 0600), 0);
    const QString path = file == u'-' || file.startsWith(u'/') ? file : m_home->filePath(file);
    BhopRun run(with({u"put"_s, path, m_nginx.url({}).toString() + url}));
    QCOMPARE(run.exitCode(), status);
    QCOMPARE(run.err().count('\n'), 1);
    QVERIFY2(run.err().startsWith("bhop: "), run.err().constData());
    BhopRun list(with({u"list"_s}));
    QCOMPARE(list.exitCode(), 0);
    QCOMPARE(list.out(), QByteArray());
    QVERIFY(m_nginx.requests(url.toLatin1()).isEmpty());
}

BELLHOP_TEST(BhopUploadTest)
#include "tst_bhop_upload.moc"
