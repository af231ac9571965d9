// SPDX-License-Identifier: Apache-2.0
#include "core/queue/apply_fix.h"
#include "tests/support/pretty.h"

using namespace core;

namespace {

JobRecord stopped()
{
    JobRecord job{.id = JobId{1}, .state = JobState::Error, .folder = QStringLiteral("/old")};
    for (int i = 0; i < 3; ++i) {
        FileRecord file;
        file.spec.url = QUrl(QStringLiteral("https://a.example/%1").arg(i));
        file.name = QString::number(i);
        job.files.append(file);
    }
    FileRecord &failed = job.files[1];
    failed.state = FileState::Failed;
    failed.sizeBytes = 100;
    failed.durable = RangeSet::prefix(40);
    failed.validator.etag = "\"v1\"";
    failed.part = {QStringLiteral("/old/1.part"), 1, 2};
    failed.error = JobError{.cause = Cause::Forbidden, .fileIndex = 1};
    job.error = failed.error;
    return job;
}

} // namespace

class ApplyFixTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(QStringLiteral(".*"))); }

    void aNewLinkKeepsTheBytesAndForgetsTheOldValidator()
    {
        const auto fixed =
            withFixes(stopped(), {fix::NewLink{QUrl(QStringLiteral("https://b.example/new"))}});
        QVERIFY(fixed);
        const FileRecord &file = fixed->files.at(1);
        QCOMPARE(file.spec.url, QUrl(QStringLiteral("https://b.example/new")));
        QCOMPARE(file.durable.prefixBytes(), 40);
        QCOMPARE(file.sizeBytes, std::optional<qint64>(100));
        QVERIFY(file.validator.isEmpty());
        QCOMPARE(fixed->files.at(0), stopped().files.at(0));
    }

    void aNewLinkWithALoginKeepsTheLoginOutOfTheAddress()
    {
        const auto fixed = withFixes(
            stopped(), {fix::NewLink{QUrl(QStringLiteral("https://me:secret@b.example/new"))}});
        QVERIFY(fixed);
        QCOMPARE(fixed->files.at(1).spec.url, QUrl(QStringLiteral("https://b.example/new")));
        QCOMPARE(fixed->options.login,
                 std::optional(Login{QStringLiteral("me"), QStringLiteral("secret")}));
    }

    void restartSetsThePartAsideAndForgetsNothingOnTheDisk()
    {
        const auto fixed = withFixes(stopped(), {fix::Restart{}});
        QVERIFY(fixed);
        const FileRecord &file = fixed->files.at(1);
        QVERIFY(file.part.isEmpty());
        QVERIFY(file.durable.isEmpty());
        QCOMPARE(file.superseded, QList<PartIdentity>{stopped().files.at(1).part});
        QCOMPARE(file.state, FileState::Pending);
    }

    void skipMeansTheFileInQuestionOnly()
    {
        const auto fixed = withFixes(stopped(), {fix::SkipFile{}});
        QVERIFY(fixed);
        QCOMPARE(fixed->files.at(1).state, FileState::Unwanted);
        QCOMPARE(fixed->files.at(0).state, FileState::Pending);
    }

    void anotherChecksumForgetsTheOneThatWasPromised()
    {
        JobRecord job = stopped();
        job.error->cause = Cause::HashMismatch;
        job.files[1].promisedHash =
            ExpectedHash{ExpectedHash::Algorithm::Sha256, QByteArray(64, 'a')};
        const ExpectedHash right{ExpectedHash::Algorithm::Md5, QByteArray(32, 'b')};
        for (const auto &hash : {std::optional<ExpectedHash>(), std::optional(right)}) {
            const auto fixed = withFixes(job, {fix::OtherHash{hash, std::nullopt}});
            QVERIFY(fixed);
            const FileRecord &file = fixed->files.at(1);
            QCOMPARE(file.spec.hash, hash);
            QCOMPARE(file.promisedHash, std::nullopt);
            QCOMPARE(file.durable.prefixBytes(), 40); // nothing is fetched again
            QVERIFY(!file.error);
        }
    }

    void newHeadersReplaceThoseOfTheSameName()
    {
        JobRecord job = stopped();
        job.options.headers = {{"Referer", "old"}, {"X-A", "1"}};
        const auto fixed = withFixes(job, {fix::Headers{{{"referer", "new"}}}});
        QVERIFY(fixed);
        QCOMPARE(fixed->options.headers, (HeaderFields{{"X-A", "1"}, {"referer", "new"}}));
    }

    void ofSeveralRepairsAllAreAppliedOrNone_data()
    {
        QTest::addColumn<int>("bad");
        QTest::newRow("a link that is none") << 0;
        QTest::newRow("a header with a line break") << 1;
        QTest::newRow("a header that is ours") << 2;
        QTest::newRow("a folder that is not absolute") << 3;
        QTest::newRow("a name that leaves the folder") << 4;
        QTest::newRow("a file that is not there") << 5;
    }
    void ofSeveralRepairsAllAreAppliedOrNone()
    {
        QFETCH(int, bad);
        const QList<Fix> fixes{
            fix::NewLink{QUrl(QStringLiteral("ftp://a.example/x"))},
            fix::Headers{{{"X-A", "1\r\nEvil: 2"}}},
            fix::Headers{{{"Range", "bytes=0-"}}},
            fix::OtherFolder{QStringLiteral("relative")},
            fix::OtherName{QStringLiteral("../x"), 1},
            fix::SkipFile{7},
        };
        const auto fixed =
            withFixes(stopped(), {fix::Login{{QStringLiteral("a"), {}}}, fixes.at(bad)});
        QVERIFY(!fixed);
    }
};

QTEST_GUILESS_MAIN(ApplyFixTest)
#include "tst_apply_fix.moc"
