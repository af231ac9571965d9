// SPDX-License-Identifier: Apache-2.0
#include "core/keyring/job_secrets.h"
#include "core/store/without_secrets.h"
#include "tests/support/test_program.h"

#include <QRegularExpression>
#include <QTest>
#include <QTimeZone>

using namespace core;
using namespace Qt::StringLiterals;

namespace {

JobRecord jobWithSecrets()
{
    JobRecord job;
    job.createdAt = QDateTime(QDate(2026, 1, 15), QTime(12, 0), QTimeZone::utc()).toUTC();
    job.options.keepSecrets = true;
    job.options.login = Login{u"anna"_s, u"p:w ä"_s};
    job.options.otherLogins = {{u"https://cdn.example"_s, {u"anna"_s, u"other"_s}}};
    job.options.headers = {{"Referer", "https://a.example/"}, {"Cookie", "id=\xe9"}};
    job.options.proxy = QUrl(u"http://me:p%20w@proxy.example:3128"_s);
    return job;
}

} // namespace

class JobSecretsTest final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u".*"_s)); }

    /// Nothing is in both, and nothing in neither.
    void whatIsNotStoredIsGivenBack()
    {
        const JobRecord job = jobWithSecrets();
        const auto kept = parseJobSecrets(text(secretsOf(job)));
        QVERIFY(kept.has_value());
        QCOMPARE(*kept, secretsOf(job));
        JobOptions stored = withoutSecrets(job.options);
        QVERIFY(stored != job.options);
        giveBack(*kept, &stored);
        QCOMPARE(stored, job.options);
    }

    void whatIsNoSecretIsNotKept()
    {
        JobRecord job = jobWithSecrets();
        job.options = {.headers = {{"Referer", "https://a.example/"}},
                       .proxy = QUrl(u"http://proxy.example:3128"_s),
                       .environment = ClientEnvironment{.httpProxy = u"http://a:b@c:1"_s}};
        QVERIFY(!hasAny(secretsOf(job)));
    }

    void whatAJobHasOfItsOwnByNowCounts()
    {
        const JobSecrets kept = secretsOf(jobWithSecrets());
        JobOptions options = jobWithSecrets().options;
        options.login = Login{u"bert"_s, u"new"_s};
        options.otherLogins.first().login.password = u"new"_s;
        options.headers.last().second = "id=new";
        options.proxy = QUrl(u"http://elsewhere.example:3128"_s);
        const JobOptions before = options;
        giveBack(kept, &options);
        QCOMPARE(options, before);
    }

    void onlyWhatSomebodyWantsKeptIs_data()
    {
        QTest::addColumn<bool>("isWanted");
        QTest::addColumn<int>("state");
        QTest::addColumn<bool>("isKept");
        QTest::newRow("wanted") << true << int(JobState::Error) << true;
        QTest::newRow("not wanted") << false << int(JobState::Error) << false;
        QTest::newRow("done") << true << int(JobState::Acknowledged) << false;
        QTest::newRow("cancelled") << true << int(JobState::Cancelled) << false;
    }
    void onlyWhatSomebodyWantsKeptIs()
    {
        QFETCH(bool, isWanted);
        QFETCH(int, state);
        JobRecord job = jobWithSecrets();
        job.options.keepSecrets = isWanted;
        job.state = JobState(state);
        QTEST(hasAny(secretsToKeep(job)), "isKept");
    }

    void whatIsNoneOfOursIsNotTaken_data()
    {
        QTest::addColumn<QString>("text");
        QTest::newRow("empty") << QString();
        QTest::newRow("a password") << u"hunter2"_s;
        QTest::newRow("a list") << u"[]"_s;
        QTest::newRow("another value") << u"{\"user\":\"a\"}"_s;
    }
    void whatIsNoneOfOursIsNotTaken()
    {
        QFETCH(QString, text);
        QVERIFY(!parseJobSecrets(text));
    }
};

BELLHOP_TEST(JobSecretsTest)
#include "tst_job_secrets.moc"
