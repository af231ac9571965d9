// SPDX-License-Identifier: Apache-2.0
#include "tests/support/engine_rig.h"
#include "tests/support/file_facts.h"
#include "tests/support/pretty.h"
#include "tests/support/test_program.h"

#include <QDirIterator>

using namespace core;

namespace {

/// Words that stand for secrets, each to be found in no other place than where it was put.
class Secrets {
public:
    [[nodiscard]] QString next(const char *where)
    {
        m_all.append({QStringLiteral("hush%1hush").arg(m_all.size()), QLatin1StringView(where)});
        return m_all.last().first;
    }
    [[nodiscard]] const QList<std::pair<QString, QString>> &all() const { return m_all; }

private:
    QList<std::pair<QString, QString>> m_all;
};

} // namespace

/// Secrets go in by every way there is; none may lie about afterwards.
class SecretsTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(QStringLiteral(".*"))); }

    void noLoginHeaderOrCookieIsFoundInAnyFileOfTheStateFolder()
    {
        HttpServer server;
        Secrets secrets;
        EngineRig rig;
        JobSpec spec = rig.spec({});
        const auto addLink = [&](QUrl url, int status, const HeaderFields &fields) {
            server.refuse(url.path().toLatin1(), status, fields);
            spec.files.append({.url = url});
        };
        for (int i = 0; i < 10; ++i) {
            QUrl url = server.url(QStringLiteral("/%1").arg(i));
            url.setUserName(secrets.next("user of a link"));
            url.setPassword(secrets.next("password of a link"));
            addLink(url, i % 2 == 0 ? 403 : 404,
                    {{"Set-Cookie", "sid=" + secrets.next("Set-Cookie").toLatin1()},
                     {"Authentication-Info", secrets.next("Authentication-Info").toLatin1()}});
        }
        spec.options.headers = {
            {"Authorization", "Bearer " + secrets.next("Authorization").toLatin1()},
            {"Cookie", "a=" + secrets.next("Cookie").toLatin1()},
            {"X-Api-Key", secrets.next("X-Api-Key").toLatin1()},
            {"X-Auth-Token", secrets.next("X-Auth-Token").toLatin1()},
            {"Referer",
             QStringLiteral("http://%1:%2@page.example/")
                 .arg(secrets.next("user in a Referer"), secrets.next("password in a Referer"))
                 .toLatin1()}};
        spec.options.login = Login{secrets.next("user"), secrets.next("password")};
        const JobId id = rig.download(spec);
        QVERIFY(rig.reaches(id, JobState::Error));
        QUrl fresh = server.url(QStringLiteral("/fresh"));
        fresh.setUserName(secrets.next("user of a new link"));
        fresh.setPassword(secrets.next("password of a new link"));
        rig.resume(id, {fix::NewLink{fresh},
                        fix::Login{{secrets.next("user given"), secrets.next("password given")}},
                        fix::Headers{{{"Cookie", secrets.next("Cookie given").toLatin1()}}},
                        fix::Proxy{QUrl(QStringLiteral("http://%1:%2@127.0.0.1:%3")
                                            .arg(secrets.next("user of a proxy"),
                                                 secrets.next("password of a proxy"))
                                            .arg(HttpServer::closedPort()))}});
        QTRY_VERIFY(rig.job(id).state != JobState::Queued);
        rig.service.reset();

        QVERIFY(secrets.all().size() > 50);
        int files = 0;
        QDirIterator each(rig.state.path(), QDir::Files | QDir::Hidden,
                          QDirIterator::Subdirectories);
        while (each.hasNext()) {
            const QString path = each.next();
            const QByteArray content = contentOf(path);
            ++files;
            for (const auto &[secret, where] : secrets.all()) {
                QVERIFY2(!content.contains(secret.toLatin1()),
                         qPrintable(where + QStringLiteral(" stands in ") + path));
            }
        }
        QVERIFY(files >= 2); // the list and the log
    }

    void theKeyInALinkIsInTheListAloneAndTheLogNamesWhatHappened()
    {
        HttpServer server;
        server.refuse("/file", 302,
                      {{"Location", "/elsewhere?signature=hushhopped&expires=1#hushfragment"}});
        server.refuse("/elsewhere", 403, {{"Link", "<http://x.example/?k=hushheader>"}});
        EngineRig rig;
        const JobId id = rig.download({server.url(QStringLiteral("/file?token=hushquery"))});
        QVERIFY(rig.reaches(id, JobState::Error));
        QTRY_COMPARE(rig.attentions.size(), 1);
        const auto page = rig.ask<message::Timeline>({.job = id});
        QVERIFY(page && !page->entries.isEmpty());
        rig.service.reset();
        const QByteArray log = contentOf(rig.state.filePath(QStringLiteral("bellhop.log")));
        QVERIFY2(log.contains("Forbidden") && log.contains("/file"), log.constData());
        for (const char *secret : {"hushquery", "hushhopped", "hushfragment", "hushheader"}) {
            QVERIFY2(!log.contains(secret), secret);
        }
    }
};

BELLHOP_TEST(SecretsTest)
#include "tst_secrets.moc"
