// SPDX-License-Identifier: Apache-2.0
// Words that stand for secrets are planted in everything that comes from a person or a server. What
// is made to be shown to others has none of them; the list of jobs has those in links alone.
#include "core/http/curl_command.h"
#include "core/job/question.h"
#include "core/words/describe_timeline.h"
#include "tests/integration/bhop_run.h"
#include "tests/integration/engine_processes.h"
#include "tests/support/engine_rig.h"
#include "tests/support/file_facts.h"
#include "tests/support/pretty.h"
#include "tests/support/test_program.h"
#include "ui/dialogs/evidence_text.h"
#include "ui/tray/notification_words.h"

#include <QDirIterator>
#include <QFile>

using namespace core;
using namespace Qt::StringLiterals;

namespace {

/// Where a secret was put decides where it may be found.
enum class Put {
    InLink, ///< the list of jobs has it, or the link could not be used again
    InName, ///< a person has named a file so: the list has it, and the disk
    Elsewhere,
};

struct Planted {
    QString word;
    QString where;
    Put put;
};

class Garden {
public:
    [[nodiscard]] QString plant(const char *where, Put put = Put::Elsewhere)
    {
        m_all.append({u"hush%1hush"_s.arg(m_all.size()), QLatin1StringView(where), put});
        return m_all.last().word;
    }
    [[nodiscard]] QByteArray bytes(const char *where) { return plant(where).toLatin1(); }
    [[nodiscard]] const QList<Planted> &all() const { return m_all; }

    /// What of it stands in the text and may not; empty when all is well.
    [[nodiscard]] QString foundIn(const QString &text, const QList<Put> &mayStand = {}) const
    {
        QStringList found;
        for (const Planted &each : m_all) {
            if (!mayStand.contains(each.put) && text.contains(each.word)) {
                found.append(each.where);
            }
        }
        return found.join(u", "_s);
    }

private:
    QList<Planted> m_all;
};

void mayNotStand(const Garden &garden, const QString &text, const char *place,
                 const QList<Put> &mayStand = {})
{
    const QString found = garden.foundIn(text, mayStand);
    QVERIFY2(found.isEmpty(), qPrintable(found + u" stands in "_s + QLatin1StringView(place) +
                                         u": "_s + text.left(2000)));
}

} // namespace

class PlantedSecretsTest final : public QObject {
    Q_OBJECT

    /// A job with secrets in its link, its headers and its logins, which a server answers with
    /// secrets of its own.
    JobSpec plantedJob(JobRig *rig, HttpServer *server, Garden *garden, int status)
    {
        const QString path = u"/%1.bin"_s.arg(status);
        QUrl url = server->url(path);
        url.setUserName(garden->plant("user of a link"));
        url.setPassword(garden->plant("password of a link"));
        url.setQuery(u"sig=%1&%2"_s.arg(garden->plant("query of a link", Put::InLink),
                                        garden->plant("bare query of a link", Put::InLink)));
        const QByteArray elsewhere = "//" + garden->bytes("user of a Location") + ':' +
                                     garden->bytes("password of a Location") +
                                     "@127.0.0.1/x?k=" + garden->bytes("query of a Location") +
                                     "#" + garden->bytes("fragment of a Location");
        server->refuse(path.toLatin1(), status,
                       {{"Set-Cookie", "sid=" + garden->bytes("Set-Cookie")},
                        {"X-Session-Id", garden->bytes("X-Session-Id")},
                        {"X-Auth-Token", garden->bytes("X-Auth-Token of an answer")},
                        {"Content-Location", "http:" + elsewhere},
                        {"Link", "<http:" + elsewhere + ">; rel=next"},
                        {"Warning", "199 - \"token=" + garden->bytes("words of a server") + "\""}});
        JobSpec spec = rig->spec({url});
        spec.options.noProgressTimeout = std::chrono::milliseconds(0);
        spec.options.headers = {{"Authorization", "Bearer " + garden->bytes("Authorization")},
                                {"Cookie", "a=" + garden->bytes("Cookie")},
                                {"X-Api-Key", garden->bytes("X-Api-Key")},
                                {"Referer", "http://" + garden->bytes("user of a Referer") + ':' +
                                                garden->bytes("password of a Referer") +
                                                "@page.example/"}};
        spec.options.login = Login{garden->plant("user given"), garden->plant("password given")};
        return spec;
    }

    /// Everything that a person may show to others of a job.
    void lookAtWhatIsShown(JobRig *rig, const Garden &garden, JobId id)
    {
        const JobSnapshot job = rig->job(id);
        const auto question = questionOf(job);
        QVERIFY(question.has_value());
        mayNotStand(garden, ui::reportText(job, *question), "a report");
        mayNotStand(garden, ui::evidenceText(*question), "the details");
        const auto group = questionGroupOf(job);
        const ui::Notification shown = ui::notificationOfQuestion(*group, {{id, job}});
        mayNotStand(garden, shown.summary + u'\n' + shown.body, "a notification");
        for (const TimelineEntry &entry :
             rig->ask<message::Timeline>({.job = id}).value_or(TimelinePage{}).entries) {
            mayNotStand(garden, describe(entry, {}), "the timeline", {Put::InName});
        }
    }

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u".*"_s)); }

    void nothingThatIsShownToOthersHasOne()
    {
        HttpServer server;
        Garden garden;
        EngineRig rig;
        JobIds jobs;
        for (const int status : {400, 401, 403, 404, 503}) {
            const JobSpec spec = plantedJob(&rig, &server, &garden, status);
            jobs.append(rig.download(spec));
        }
        // A page with secrets in its title, in place of a file with a name given by hand.
        server.serve("/page.mp4",
                     {.body = "<!DOCTYPE html><title>Your token=" +
                              garden.bytes("title of a page") + "</title><input type=password>",
                      .contentType = "text/html"});
        JobSpec page = rig.spec({server.url(u"/page.mp4"_s)});
        page.files.first().name =
            u"password=%1.mp4"_s.arg(garden.plant("name given by hand", Put::InName));
        jobs.append(rig.download(page));
        // A redirect, with a login, a query and a fragment, to where nothing is.
        server.redirect("/moved.bin",
                        "http://" + garden.bytes("user of a redirect") + ':' +
                            garden.bytes("password of a redirect") +
                            "@127.0.0.1:" + QByteArray::number(server.port()) + "/gone?key=" +
                            garden.plant("query of a redirect", Put::InLink).toLatin1() + '#' +
                            garden.bytes("fragment of a redirect"));
        jobs.append(rig.download({server.url(u"/moved.bin"_s)}));
        // A proxy that refuses, with its login.
        JobSpec proxied = rig.spec({QUrl(u"http://elsewhere.example/f.bin"_s)});
        proxied.options.proxy = QUrl(u"http://%1:%2@127.0.0.1:%3"_s.arg(
            garden.plant("user of a proxy"), garden.plant("password of a proxy"),
            QString::number(HttpServer::closedPort())));
        proxied.options.noProgressTimeout = std::chrono::milliseconds(0);
        jobs.append(rig.download(proxied));
        for (const JobId id : std::as_const(jobs)) {
            QVERIFY(rig.reaches(id, JobState::Error));
            lookAtWhatIsShown(&rig, garden, id);
        }

        // What is given as a repair, among it a command that was copied from a browser.
        const auto copied = parseCurlCommand(
            u"curl 'http://127.0.0.1:%1/copied?sig=%2' -H 'Cookie: s=%3' -u '%4:%5' -b 'c=%6'"_s
                .arg(QString::number(server.port()),
                     garden.plant("query of a command", Put::InLink),
                     garden.plant("cookie header of a command"), garden.plant("user of a command"),
                     garden.plant("password of a command"), garden.plant("cookie of a command")));
        QVERIFY(copied.has_value());
        server.refuse("/copied", 403,
                      {{"Set-Cookie", "t=" + garden.bytes("Set-Cookie of a repair")}});
        HeaderFields fields(copied->headers.begin(), copied->headers.end());
        rig.resume(jobs.at(2), {fix::NewLink{copied->url, {}}, fix::Headers{fields},
                                fix::Login{{copied->user, copied->password}}});
        QVERIFY(rig.reaches(jobs.at(2), JobState::Error));
        QTRY_COMPARE(rig.job(jobs.at(2)).error->httpStatus, 403);
        lookAtWhatIsShown(&rig, garden, jobs.at(2));
        rig.service.reset();

        QVERIFY2(garden.all().size() >= 50, qPrintable(QString::number(garden.all().size())));
        QDirIterator each(rig.state.path(), QDir::Files | QDir::Hidden,
                          QDirIterator::Subdirectories);
        while (each.hasNext()) {
            const QString path = each.next();
            const bool isList = path.contains(u"jobs.sqlite"_s);
            mayNotStand(garden, QString::fromLatin1(contentOf(path)), qPrintable(path),
                        isList ? QList{Put::InLink, Put::InName} : QList<Put>{});
            QCOMPARE(QFile::permissions(path) & (QFile::ReadGroup | QFile::ReadOther),
                     QFile::Permissions());
        }
    }

    void noProgramThatIsStartedHasOneInItsArguments()
    {
        HttpServer server;
        Garden garden;
        QTemporaryDir home;
        const QString told = home.filePath(u"told"_s);
        const QString command = home.filePath(u"tell"_s);
        QFile script(command);
        QVERIFY(script.open(QIODevice::WriteOnly));
        script.write("#!/bin/sh\n{ tr '\\0' '\\n' < /proc/$$/cmdline; env; } > \"" + told.toUtf8() +
                     "\"\n");
        script.close();
        QVERIFY(script.setPermissions(QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner));
        QFile headers(home.filePath(u"headers"_s));
        QVERIFY(headers.open(QIODevice::WriteOnly));
        headers.write("Cookie: a=" + garden.bytes("cookie in a file") +
                      "\nX-Api-Key: " + garden.bytes("key in a file") + '\n');
        headers.close();
        QFile links(home.filePath(u"links"_s));
        QVERIFY(links.open(QIODevice::WriteOnly));
        links.write("http://" + garden.bytes("user in a list") + ':' +
                    garden.bytes("password in a list") +
                    "@127.0.0.1:" + QByteArray::number(server.port()) +
                    "/f.bin?sig=" + garden.bytes("query in a list") + '\n');
        links.close();
        server.script("/f.bin", {step::WaitFor{"look"}, step::Send{response(403)}});
        BhopRun run({u"get"_s, u"--state-dir"_s, home.filePath(u"state"_s), u"-d"_s, home.path(),
                     u"--notify-command"_s, command, u"--header"_s, u'@' + headers.fileName(),
                     u"--user"_s, u"anna"_s, u"--password-stdin"_s, u"-i"_s, links.fileName()},
                    garden.bytes("password on standard input") + '\n');
        QTRY_VERIFY(server.isWaitingAt("look"));
        int programs = 0;
        for (const QString &process : QDir(u"/proc"_s).entryList({u"[0-9]*"_s}, QDir::Dirs)) {
            const QString line = QString::fromLocal8Bit(
                contentOf(u"/proc/%1/cmdline"_s.arg(process)).replace('\0', ' '));
            programs += line.contains(home.path()) ? 1 : 0;
            mayNotStand(garden, line, "the arguments of a program");
        }
        QVERIFY(programs >= 2); // the one that was started, and the engine that it has started
        server.release("look");
        std::ignore = run.exitCode();
        QTRY_VERIFY(QFile::exists(told) && !contentOf(told).isEmpty());
        mayNotStand(garden, QString::fromLocal8Bit(contentOf(told)),
                    "the arguments and surroundings of a program that is told");
        mayNotStand(garden,
                    QString::fromLocal8Bit(contentOf(home.filePath(u"state/bellhop.log"_s))),
                    "the log");
        endEngines(home.filePath(u"state"_s)); // before their folder goes
    }
};

BELLHOP_TEST(PlantedSecretsTest)
#include "tst_planted_secrets.moc"
