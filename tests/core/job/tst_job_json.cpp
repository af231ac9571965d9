// SPDX-License-Identifier: Apache-2.0
#include "core/job/job_fields.h"

#include "tests/support/test_program.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QTest>
#include <QTimeZone>

using namespace core;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

constexpr qint64 kLargest = qint64(1) << 53;

QDateTime noonOfJob()
{
    return QDateTime(QDate(2026, 1, 15), QTime(12, 0, 0, 7), QTimeZone::utc());
}

JobError fullError()
{
    return {
        .cause = Cause::Forbidden,
        .step = Step::Verify,
        .fileIndex = 99'999,
        .url = QUrl(u"https://example.org/a%20b?c=%26#d"_s),
        .localPath = u"/home/ä/\u202e.zip"_s,
        .httpStatus = 403,
        .fileBytesDone = kLargest,
        .fileBytesTotal = kLargest - 1,
        .bytesSent = 17,
        .jobBytesDone = 4'294'967'297,
        .jobFilesDone = 3,
        .jobFilesTotal = 100'000,
        .bytesMissing = 1,
        .retryAfter = 1500ms,
        .certificate = SeenCertificate{.sha256Hex = QByteArray(64, 'a'),
                                       .subject = u"ä\n.example"_s,
                                       .issuer = u"Example Authority"_s,
                                       .names = {u"a.example"_s, u"*.example"_s},
                                       .notBefore = noonOfJob().addYears(-1),
                                       .notAfter = noonOfJob().addYears(1)},
        .pageTitle = u"Sign in – <b>ä</b>"_s,
        .serverWords = u"Only <b>photos</b>\n"_s,
        .proxy = QUrl(u"socks5://[::1]:1080"_s),
        .wantedHash = ExpectedHash{ExpectedHash::Algorithm::Sha512, QByteArray(128, '0')},
        .foundHash = ExpectedHash{ExpectedHash::Algorithm::Sha512, QByteArray(128, 'f')},
        .time = noonOfJob(),
        .evidence =
            {.redirects = {QUrl(u"https://b.example.org/"_s), QUrl(u"http://[::1]:8080/"_s)},
             .headers = {{"Server", "x"}, {"X-Bytes", "\xe4\xff\x80 \xe2\x82\xac"}, {"Empty", ""}},
             .attempt = 4,
             .offsetBytes = kLargest,
             .detail = u"line\nbreak \"quoted\""_s,
             .osError = 28},
    };
}

JobOptions fullOptions()
{
    JobOptions options;
    options.existing = ExistingFile::KeepBoth;
    options.complete = CompleteMode::OnRequest;
    options.firstError = FirstError::StopJob;
    options.minRetryDelay = 5s;
    options.noProgressTimeout = 0ms;
    options.limitBytesPerSecond = kLargest;
    options.headers = {{"Referer", "https://example.org/"}, {"X-Bytes", "\xe4\xff"}};
    options.proxy = QUrl(u"http://proxy.example.org:3128"_s);
    options.caFile = u"/etc/ä.pem"_s;
    options.trusted = {{.host = u"a.example"_s,
                        .port = 8443,
                        .sha256Hex = QByteArray(64, 'b'),
                        .trustedAt = noonOfJob()}};
    options.insecureRedirect = InsecureRedirect::Follow;
    return options;
}

/// As it comes back from the store or over a pipe.
QJsonObject throughText(const QJsonObject &json)
{
    return QJsonDocument::fromJson(QJsonDocument(json).toJson(QJsonDocument::Compact)).object();
}

QJsonObject with(QJsonObject json, const QString &key, const QJsonValue &value)
{
    json.insert(key, value);
    return json;
}

} // namespace

class JobJsonTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(QStringLiteral(".*"))); }

    void anErrorComesBackAsItWas()
    {
        QVERIFY(fromJson<JobError>(throughText(toJson(fullError()))) == fullError());
        QVERIFY(fromJson<JobError>(throughText(toJson(JobError()))) == JobError());
    }

    void everyCauseComesBack()
    {
        for (const Cause cause : kCauses) {
            JobError error = fullError();
            error.cause = cause;
            QVERIFY2(fromJson<JobError>(throughText(toJson(error))) == error, name(cause));
        }
    }

    void anErrorSaysItsContext()
    {
        JobError error = fullError();
        QCOMPARE(toJson(error)["context"_L1].toString(), u"RemoteFile"_s);
        error.httpStatus = 404;
        QCOMPARE(toJson(error)["context"_L1].toString(), u"None"_s);
    }

    void theNamesOfAnErrorAreStable()
    {
        const QJsonObject json = toJson(fullError());
        QStringList keys = json.keys();
        QCOMPARE(keys, QStringList({u"bytesMissing"_s,  u"bytesSent"_s,      u"cause"_s,
                                    u"certificate"_s,   u"context"_s,        u"device"_s,
                                    u"evidence"_s,      u"file"_s,           u"fileBytesAside"_s,
                                    u"fileBytesDone"_s, u"fileBytesTotal"_s, u"foundHash"_s,
                                    u"httpStatus"_s,    u"jobBytesDone"_s,   u"jobFilesDone"_s,
                                    u"jobFilesTotal"_s, u"localPath"_s,      u"otherScheme"_s,
                                    u"pageTitle"_s,     u"proxy"_s,          u"reason"_s,
                                    u"retryAfterMs"_s,  u"serverTime"_s,     u"serverWords"_s,
                                    u"signIn"_s,        u"similarHost"_s,    u"step"_s,
                                    u"time"_s,          u"triedInVain"_s,    u"type"_s,
                                    u"url"_s,           u"wantedHash"_s,     u"wholeAside"_s}));
        QCOMPARE(json["certificate"_L1].toObject().keys(),
                 QStringList({u"issuer"_s, u"names"_s, u"notAfter"_s, u"notBefore"_s, u"sha256"_s,
                              u"subject"_s}));
        QCOMPARE(json["foundHash"_L1].toString(), u"sha512:"_s + QString(128, u'f'));
        QCOMPARE(json["evidence"_L1].toObject().keys(),
                 QStringList({u"attempt"_s, u"detail"_s, u"headers"_s, u"offsetBytes"_s,
                              u"osError"_s, u"redirects"_s}));
        QCOMPARE(json["time"_L1].toString(), u"2026-01-15T12:00:00.007Z"_s);
        QCOMPARE(json["step"_L1].toString(), u"Verify"_s);
        for (const char *key : {"bytesMissing", "certificate", "wantedHash", "foundHash"}) {
            QVERIFY2(toJson(JobError())[QLatin1StringView(key)].isNull(), key);
        }
        QVERIFY(toJson(JobError())["time"_L1].isNull());
    }

    void whatIsNoErrorIsRefused_data()
    {
        QTest::addColumn<QString>("key");
        QTest::addColumn<QJsonValue>("value");
        const auto row = [](const QString &key, const QJsonValue &value) {
            QTest::addRow(
                "%s: %s", qPrintable(key),
                QJsonDocument(QJsonArray{value}).toJson(QJsonDocument::Compact).constData())
                << key << value;
        };
        for (const char *key : {"cause", "step"}) {
            for (const QJsonValue &value :
                 QList<QJsonValue>{u""_s, u"forbidden"_s, u"Nonsense"_s, 5, true, QJsonValue(),
                                   QJsonArray(), QJsonObject()}) {
                row(QString::fromLatin1(key), value);
            }
        }
        for (const char *key :
             {"file", "httpStatus", "fileBytesDone", "fileBytesTotal", "bytesSent", "jobBytesDone",
              "jobFilesDone", "jobFilesTotal", "bytesMissing", "retryAfterMs"}) {
            for (const QJsonValue &value :
                 QList<QJsonValue>{-1, 0.5, 1e300, 9007199254740994.0, u"1"_s, true, QJsonArray{1},
                                   QJsonObject()}) {
                row(QString::fromLatin1(key), value);
            }
        }
        row(u"httpStatus"_s, 1000);
        row(u"file"_s, 100'000);
        row(u"jobFilesTotal"_s, 100'001);
        for (const char *key : {"url", "localPath", "time", "evidence"}) {
            row(QString::fromLatin1(key), 5);
            row(QString::fromLatin1(key), true);
            row(QString::fromLatin1(key), QJsonArray());
        }
        row(u"url"_s, u"http://a b/"_s);
        row(u"proxy"_s, 5);
        row(u"pageTitle"_s, 5);
        row(u"serverWords"_s, 5);
        for (const QJsonValue &value :
             QList<QJsonValue>{u"aa"_s, 5, QJsonObject(), QJsonObject{{u"sha256"_s, u"aa"_s}}}) {
            row(u"certificate"_s, value);
        }
        for (const QJsonValue &value :
             QList<QJsonValue>{u""_s, u"sha256:aa"_s, u"crc32:00000000"_s, 5}) {
            row(u"foundHash"_s, value);
            row(u"wantedHash"_s, value);
        }
        for (const char *time :
             {"", "now", "2026-01-15", "2026-01-15T12:00:00Z", "2026-01-15T12:00:00.007",
              "2026-01-15T12:00:00.007+01:00", "2026-13-15T12:00:00.007Z"}) {
            row(u"time"_s, QString::fromLatin1(time));
        }
    }
    void whatIsNoErrorIsRefused()
    {
        QFETCH(QString, key);
        QFETCH(QJsonValue, value);
        QVERIFY(!fromJson<JobError>(with(toJson(fullError()), key, value)));
    }

    void whatIsNoEvidenceIsRefused_data()
    {
        QTest::addColumn<QString>("key");
        QTest::addColumn<QJsonValue>("value");
        QTest::newRow("attempt") << u"attempt"_s << QJsonValue(-1);
        QTest::newRow("attempt beyond int") << u"attempt"_s << QJsonValue(2147483648.0);
        QTest::newRow("offset") << u"offsetBytes"_s << QJsonValue(u"1"_s);
        QTest::newRow("detail") << u"detail"_s << QJsonValue(1);
        QTest::newRow("osError") << u"osError"_s << QJsonValue(1.5);
        QTest::newRow("redirects of no list") << u"redirects"_s << QJsonValue(u"http://a/"_s);
        QTest::newRow("redirects of no text") << u"redirects"_s << QJsonValue(QJsonArray{5});
        QTest::newRow("redirects of no address")
            << u"redirects"_s << QJsonValue(QJsonArray{u"http://a b/"_s});
        QTest::newRow("headers of no list") << u"headers"_s << QJsonValue(QJsonObject());
        QTest::newRow("headers of texts") << u"headers"_s << QJsonValue(QJsonArray{u"a: b"_s});
        QTest::newRow("headers without value")
            << u"headers"_s << QJsonValue(QJsonArray{QJsonObject{{u"name"_s, u"a"_s}}});
        QTest::newRow("headers of no bytes")
            << u"headers"_s
            << QJsonValue(QJsonArray{QJsonObject{{u"name"_s, u"a"_s}, {u"value"_s, u"€"_s}}});
    }
    void whatIsNoEvidenceIsRefused()
    {
        QFETCH(QString, key);
        QFETCH(QJsonValue, value);
        const QJsonObject error = toJson(fullError());
        QVERIFY(!fromJson<JobError>(
            with(error, u"evidence"_s, with(error["evidence"_L1].toObject(), key, value))));
    }

    void whatANewerVersionAddsIsIgnored()
    {
        QVERIFY(fromJson<JobError>(with(toJson(fullError()), u"mood"_s, 5)) == fullError());
        QVERIFY(fromJson<JobOptions>(with(toJson(fullOptions()), u"mood"_s, 5)) == fullOptions());
    }

    void whatIsAbsentHasItsDefault()
    {
        QVERIFY(fromJson<JobOptions>(QJsonObject()) == JobOptions());
        QVERIFY(!fromJson<JobError>(QJsonObject()));
        const auto least =
            fromJson<JobError>(QJsonObject{{u"cause"_s, u"Gone"_s}, {u"step"_s, u"Receive"_s}});
        QVERIFY(least == JobError{.cause = Cause::Gone});
    }

    void optionsComeBackAsTheyWere()
    {
        QVERIFY(fromJson<JobOptions>(throughText(toJson(fullOptions()))) == fullOptions());
        QVERIFY(fromJson<JobOptions>(throughText(toJson(JobOptions()))) == JobOptions());
    }

    void aLoginIsNeverWritten()
    {
        JobOptions options = fullOptions();
        options.login = Login{u"user"_s, u"hunter2"_s};
        options.proxy = QUrl(u"http://user:hunter2@proxy.example.org:3128"_s);
        JobError error = fullError();
        error.url = QUrl(u"https://user:hunter2@example.org/"_s);
        error.evidence.redirects = {error.url};
        error.proxy = options.proxy;
        JobSnapshot job;
        job.firstUrl = error.url;
        job.error = error;
        FileSnapshot file;
        file.url = error.url;
        for (const QJsonObject &json :
             {toJson(options), toJson(error), toJson(job), toJson(file)}) {
            QVERIFY(!QJsonDocument(json).toJson().contains("hunter2"));
        }
        QVERIFY(fromJson<JobOptions>(throughText(toJson(options))) == fullOptions());
    }

    void whatAreNoOptionsIsRefused_data()
    {
        QTest::addColumn<QString>("key");
        QTest::addColumn<QJsonValue>("value");
        const auto row = [](const char *key, const QJsonValue &value) {
            QTest::addRow(
                "%s: %s", key,
                QJsonDocument(QJsonArray{value}).toJson(QJsonDocument::Compact).constData())
                << QString::fromLatin1(key) << value;
        };
        for (const char *key : {"existing", "complete", "firstError", "insecureRedirect"}) {
            row(key, u"Nonsense"_s);
            row(key, u""_s);
            row(key, 0);
            row(key, QJsonArray());
        }
        for (const char *key : {"minRetryDelayMs", "noProgressTimeoutMs", "limitBytesPerSecond"}) {
            row(key, -1);
            row(key, 0.5);
            row(key, 1e17);
            row(key, u"1"_s);
        }
        row("headers", u"a: b"_s);
        row("headers", QJsonArray{QJsonObject{{u"name"_s, 1}, {u"value"_s, u"b"_s}}});
        row("proxy", 1);
        row("proxy", u"http://a b/"_s);
        row("caFile", true);
    }
    void whatAreNoOptionsIsRefused()
    {
        QFETCH(QString, key);
        QFETCH(QJsonValue, value);
        QVERIFY(!fromJson<JobOptions>(with(toJson(fullOptions()), key, value)));
    }

    void aJobIsWrittenWhole()
    {
        JobSnapshot job;
        job.id = JobId{7};
        job.state = JobState::TransientError;
        job.progress = {
            .bytesDone = 5, .bytesTotal = 10, .filesDone = 1, .filesTotal = 2, .filesFailed = 1};
        job.completeEffect.filesKept = 1;
        job.remaining = 90s;
        job.due = Due{noonOfJob(), 4000ms};
        job.troubleSince = noonOfJob();
        job.error = fullError();
        const QJsonObject json = toJson(job);
        QCOMPARE(json["id"_L1].toInteger(), 7);
        QCOMPARE(json["type"_L1].toString(), u"Download"_s);
        QCOMPARE(json["state"_L1].toString(), u"TransientError"_s);
        QCOMPARE(json["priority"_L1].toString(), u"Normal"_s);
        QCOMPARE(json["complete"_L1].toString(), u"WhenTransferred"_s);
        QCOMPARE(json["progress"_L1]["bytesTotal"_L1].toInteger(), 10);
        QCOMPARE(json["progress"_L1]["filesFailed"_L1].toInteger(), 1);
        QCOMPARE(json["completeEffect"_L1]["filesKept"_L1].toInteger(), 1);
        QCOMPARE(json["remainingSeconds"_L1].toInteger(), 90);
        QCOMPARE(json["due"_L1]["delayMs"_L1].toInteger(), 4000);
        QCOMPARE(json["due"_L1]["at"_L1].toString(), u"2026-01-15T12:00:00.007Z"_s);
        QCOMPARE(json["troubleSince"_L1].toString(), u"2026-01-15T12:00:00.007Z"_s);
        QCOMPARE(json["error"_L1].toObject(), toJson(fullError()));
        QVERIFY(json["obstacle"_L1].isNull() && json["transferredAt"_L1].isNull());
        QVERIFY(json["bytesPerSecond"_L1].isNull());
    }

    void aFileAndAManifestAreWrittenWhole()
    {
        FileSnapshot file;
        file.id = {JobId{7}, 3};
        file.state = FileState::Whole;
        file.name = u"a.txt"_s;
        file.sizeBytes = kLargest;
        const QJsonObject json = toJson(file);
        QCOMPARE(json["job"_L1].toInteger(), 7);
        QCOMPARE(json["file"_L1].toInteger(), 3);
        QCOMPARE(json["state"_L1].toString(), u"Whole"_s);
        QCOMPARE(json["sizeBytes"_L1].toInteger(), kLargest);

        Manifest manifest;
        manifest.kept = {
            {.fileIndex = 0, .name = u"a"_s, .path = u"/x/a"_s, .bytes = 5, .sizeBytes = 5}};
        manifest.missing = {{.fileIndex = 1, .name = u"b"_s}, {.fileIndex = 2}};
        const QJsonObject written = toJson(manifest);
        QCOMPARE(written["kept"_L1][0]["path"_L1].toString(), u"/x/a"_s);
        QCOMPARE(written["kept"_L1][0]["bytes"_L1].toInteger(), 5);
        QCOMPARE(written["partial"_L1].toArray().size(), 0);
        QCOMPARE(written["missing"_L1].toArray().size(), 2);
        QVERIFY(written["missing"_L1][0]["sizeBytes"_L1].isNull());
    }
};

BELLHOP_TEST(JobJsonTest)
#include "tst_job_json.moc"
