// SPDX-License-Identifier: Apache-2.0
#include "core/job/timeline_fields.h"
#include "core/words/describe_timeline.h"
#include "tests/support/engine_rig.h"
#include "tests/support/test_program.h"

#include <QJsonDocument>

using namespace core;

namespace {

/// Where a secret may be found afterwards.
enum class May { BeNowhere, BeInTheDatabase };

struct Secret {
    QString text;
    May may = May::BeNowhere;
};

/// Gives out words that stand nowhere else.
class Secrets {
public:
    /// A login, or the value of a field that opens doors.
    QString never() { return made(May::BeNowhere); }
    /// What belongs to a link: without it the job would not survive a restart.
    QString ofLink() { return made(May::BeInTheDatabase); }

    [[nodiscard]] const QList<Secret> &all() const { return m_all; }

private:
    QString made(May may)
    {
        const QString text = QStringLiteral("SeCrEt%1x").arg(m_all.size(), 2, 10, QLatin1Char('0'));
        m_all.append({text, may});
        return text;
    }

    QList<Secret> m_all;
};

QUrl withSecrets(QUrl url, Secrets *secrets)
{
    url.setUserName(secrets->never());
    url.setPassword(secrets->never());
    url.setQuery(QStringLiteral("sig=%1&key=%2&%3")
                     .arg(secrets->ofLink(), secrets->ofLink(), secrets->ofLink()));
    url.setFragment(secrets->ofLink());
    return url;
}

QUrl proxyWithSecrets(Secrets *secrets)
{
    QUrl proxy(QStringLiteral("http://127.0.0.1:%1").arg(HttpServer::closedPort()));
    proxy.setUserName(secrets->never());
    proxy.setPassword(secrets->never());
    return proxy;
}

HeaderFields fieldsWithSecrets(Secrets *secrets)
{
    HeaderFields fields;
    for (const char *field : {"Authorization", "Cookie", "X-Api-Key", "X-Auth-Token",
                              "X-Amz-Security-Token", "X-Session-Id", "X-Secret"}) {
        fields.append(HeaderField(field, secrets->never().toLatin1()));
    }
    return fields;
}

Login loginWithSecrets(Secrets *secrets)
{
    const QString user = secrets->never();
    return {user, secrets->never()};
}

/// What a server may say to get its words, or ours, written down.
HeaderFields answerWithSecrets(Secrets *secrets)
{
    const auto text = [secrets] { return secrets->never().toLatin1(); };
    return {
        {"Set-Cookie", "id=" + text() + "; token=" + text()},
        {"Set-Cookie2", text()},
        {"Authentication-Info", "nextnonce=\"" + text() + "\""},
        {"X-Token", text()},
        {"Content-Location", "http://" + text() + ":" + text() + "@a.example/x"},
        {"Link", "<https://" + text() + ":" + text() + "@a.example/y>; rel=next"},
        {"WWW-Authenticate", "Basic realm=\"here\""},
    };
}

QByteArray locationWithSecrets(QUrl url, Secrets *secrets)
{
    return withSecrets(std::move(url), secrets).toEncoded();
}

bool isIn(const QByteArray &bytes, const QString &secret)
{
    const QByteArray plain = secret.toLatin1();
    // As it is, and where it begins a group of Base64: enough to see "user:password" sent.
    return bytes.toLower().contains(plain.toLower()) ||
           bytes.contains((plain + ':').toBase64(QByteArray::OmitTrailingEquals).chopped(1));
}

} // namespace

/// Whatever is told to the engine as a secret, or by a server, stays where it belongs.
class KeptSecretsTest : public QObject {
    Q_OBJECT

private:
    Secrets m_secrets;
    HttpServer m_server;

    [[nodiscard]] JobSpec specOf(EngineRig &rig, const QString &path)
    {
        JobSpec spec = rig.spec({withSecrets(m_server.url(path), &m_secrets)});
        spec.options.noProgressTimeout = std::chrono::milliseconds(0);
        return spec;
    }

    /// A job that is refused in every way there is, and repaired in every way that takes a secret.
    JobIds tellTheStory(EngineRig &rig)
    {
        JobIds ids;
        // Fields, a login and a link of its own; a server that answers with secrets of its own.
        m_server.refuse("/refused", 403, answerWithSecrets(&m_secrets));
        JobSpec refused = specOf(rig, QStringLiteral("/refused"));
        refused.options.headers = fieldsWithSecrets(&m_secrets);
        refused.options.login = loginWithSecrets(&m_secrets);
        ids.append(rig.add(refused));
        rig.resume(ids.last());

        m_server.refuse("/login", 401, answerWithSecrets(&m_secrets));
        ids.append(rig.add(specOf(rig, QStringLiteral("/login"))));
        rig.resume(ids.last());

        m_server.redirect("/moved",
                          locationWithSecrets(m_server.url(QStringLiteral("/gone")), &m_secrets));
        m_server.refuse("/gone", 404, answerWithSecrets(&m_secrets));
        ids.append(rig.add(specOf(rig, QStringLiteral("/moved"))));
        rig.resume(ids.last());

        m_server.redirect("/badly", "ftp://" + m_secrets.never().toLatin1() + ':' +
                                        m_secrets.never().toLatin1() + "@a.example/x");
        ids.append(rig.add(specOf(rig, QStringLiteral("/badly"))));
        rig.resume(ids.last());

        JobSpec proxied = specOf(rig, QStringLiteral("/proxied"));
        proxied.options.proxy = proxyWithSecrets(&m_secrets);
        ids.append(rig.add(proxied));
        rig.resume(ids.last());
        return ids;
    }

    void repair(EngineRig &rig, const JobIds &ids)
    {
        rig.resume(ids.at(0),
                   {fix::NewLink{withSecrets(m_server.url(QStringLiteral("/gone")), &m_secrets)}});
        rig.resume(ids.at(1), {fix::Login{loginWithSecrets(&m_secrets)}});
        rig.resume(ids.at(2), {fix::Headers{fieldsWithSecrets(&m_secrets)}});
        rig.resume(ids.at(4), {fix::Proxy{proxyWithSecrets(&m_secrets)}});
    }

    void nothingIsFoundIn(const QDir &folder, const char *when)
    {
        const QFileInfoList files = folder.entryInfoList(QDir::Files | QDir::Hidden | QDir::System);
        QVERIFY(files.size() >= 3);
        for (const QFileInfo &info : files) {
            QFile file(info.filePath());
            QVERIFY(file.open(QIODevice::ReadOnly));
            const QByteArray bytes = file.readAll();
            const bool isDatabase = info.fileName().startsWith(QStringLiteral("jobs.sqlite"));
            for (const Secret &secret : m_secrets.all()) {
                const bool mayBeHere = isDatabase && secret.may == May::BeInTheDatabase;
                QVERIFY2(mayBeHere || !isIn(bytes, secret.text),
                         qPrintable(QStringLiteral("%1 in %2, %3: …%4…")
                                        .arg(secret.text, info.fileName(), QLatin1StringView(when),
                                             QString::fromLatin1(bytes.mid(
                                                 std::max<qsizetype>(
                                                     0, bytes.indexOf(secret.text.toLatin1()) - 60),
                                                 120)))));
            }
        }
    }

    void nothingIsFoundIn(const TimelinePage &page)
    {
        QVERIFY(!page.entries.isEmpty());
        for (const TimelineEntry &entry : page.entries) {
            const QByteArray text =
                QJsonDocument(toJson(entry)).toJson() + describe(entry, {2}).toUtf8();
            for (const Secret &secret : m_secrets.all()) {
                QVERIFY2(!isIn(text, secret.text), text.constData());
            }
        }
    }

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(QStringLiteral(".*"))); }

    void noneIsInAnyFileAfterwards()
    {
        EngineRig rig;
        const JobIds ids = tellTheStory(rig);
        for (const JobId id : ids) {
            QVERIFY(rig.reaches(id, JobState::Error, 20'000));
        }
        nothingIsFoundIn(QDir(rig.state.path()), "after the errors");
        const qsizetype fails = rig.attentions.size();
        repair(rig, ids);
        QTRY_VERIFY(rig.attentions.size() >= fails + 4);
        for (const JobId id : ids) {
            QVERIFY(rig.reaches(id, JobState::Error, 20'000));
        }
        QVERIFY(m_secrets.all().size() >= 50);
        nothingIsFoundIn(QDir(rig.state.path()), "after the repairs");
        rig.restart();
        for (const JobId id : ids) {
            nothingIsFoundIn(rig.ask<message::Timeline>({.job = id}).value_or(TimelinePage()));
            QVERIFY(rig.file(id).url.query().contains(QStringLiteral("SeCrEt"))); // it was kept
        }
        rig.service.reset();
        nothingIsFoundIn(QDir(rig.state.path()), "at the end");
        // The log was written, or it would prove nothing.
        QFile log(rig.state.filePath(QStringLiteral("bellhop.log")));
        QVERIFY(log.open(QIODevice::ReadOnly));
        QVERIFY(log.readAll().contains("failed, no further try"));
    }
};

BELLHOP_TEST(KeptSecretsTest)
#include "tst_kept_secrets.moc"
