// SPDX-License-Identifier: Apache-2.0
#include "core/queue/apply_fix.h"
#include "core/queue/job_orders.h"
#include "core/remedy/catalogue.h"
#include "core/transfer/exchange/attempt_logins.h"
#include "tests/support/pretty.h"
#include "tests/support/test_program.h"

using namespace core;
using namespace Qt::StringLiterals;

namespace {

const QByteArray kSeen = QByteArray("0123456789abcdef").repeated(4);
const QByteArray kOld = QByteArray("fedcba9876543210").repeated(4);

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

JobRecord refusedCertificate()
{
    JobRecord job = stopped();
    job.error->cause = Cause::Untrusted;
    job.error->url = QUrl(u"https://A.example/1"_s);
    job.error->certificate = SeenCertificate{.sha256Hex = kSeen};
    return job;
}

TrustedCertificate trusted(const QString &host, int port, const QByteArray &sha256Hex)
{
    TrustedCertificate made{.host = host, .port = port, .sha256Hex = sha256Hex};
    made.trustedAt = sha256Hex == kSeen ? stopped().error->time : QDateTime();
    return made;
}

} // namespace

class ApplyFixTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(QStringLiteral(".*"))); }

    void whatWouldLeaveNothingToFetchIsRefused()
    {
        QVERIFY(withFixes(stopped(), {fix::SkipFile{0}, fix::SkipFile{1}}));
        const auto none =
            withFixes(stopped(), {fix::SkipFile{0}, fix::SkipFile{1}, fix::SkipFile{2}});
        QVERIFY(!none);
        QCOMPARE(none.error().kind, RefusalKind::LastFile);
    }

    void acceptingDropsAChecksumOnlyWhereThatIsWhatDiffers_data()
    {
        QTest::addColumn<Cause>("cause");
        QTest::addColumn<std::optional<Reason>>("reason");
        QTest::addColumn<bool>("isKept");
        QTest::newRow("it differs") << Cause::HashMismatch << std::optional<Reason>() << false;
        QTest::newRow("unpacked") << Cause::HashMismatch << std::optional(Reason::OfUnpacked)
                                  << false;
        QTest::newRow("not unpackable")
            << Cause::HashMismatch << std::optional(Reason::NotUnpackable) << true;
        QTest::newRow("compressed") << Cause::EncodedAnswer << std::optional<Reason>() << true;
        QTest::newRow("a page") << Cause::WebPageInstead << std::optional<Reason>() << true;
    }
    void acceptingDropsAChecksumOnlyWhereThatIsWhatDiffers()
    {
        QFETCH(const Cause, cause);
        QFETCH(const std::optional<Reason>, reason);
        JobRecord job = stopped();
        job.files[1].spec.hash = ExpectedHash{ExpectedHash::Algorithm::Md5, QByteArray(32, 'a')};
        job.files[1].error->cause = cause;
        job.files[1].error->reason = reason;
        job.files[1].error->wantedHash = job.files[1].spec.hash;
        job.error = job.files[1].error;
        const auto fixed = withFixes(job, {fix::Accept{}});
        QVERIFY(fixed);
        QTEST(fixed->files.at(1).spec.hash.has_value(), "isKept");
        QCOMPARE(fixed->files.at(1).acceptance, Acceptance::AsItIs);
    }

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
        const QUrl url = fixed->files.at(1).spec.url;
        const QUrl old = stopped().files.at(0).spec.url;
        QCOMPARE(loginFor(fixed->options, url, url),
                 std::optional(Login{QStringLiteral("me"), QStringLiteral("secret")}));
        QCOMPARE(loginFor(fixed->options, old, old), std::optional<Login>());
    }

    void aLoginThatIsGivenTakesThePlaceOfTheOldOneWhereverThatWas_data()
    {
        QTest::addColumn<Fixes>("fixes");
        QTest::addColumn<QUrl>("url");
        const QUrl ofFile(u"https://a.example/1"_s);
        const QUrl other(u"https://b.example/1"_s);
        const QString inLink = u"https://ann:new@%1/1"_s;
        QTest::newRow("typed") << Fixes{fix::Login{{u"ann"_s, u"new"_s}}} << ofFile;
        QTest::newRow("typed for another")
            << Fixes{fix::NewLink{other},
                     fix::Login{.login = {u"ann"_s, u"new"_s}, .origin = u"https://b.example"_s}}
            << other;
        QTest::newRow("in a new link")
            << Fixes{fix::NewLink{QUrl(inLink.arg(u"a.example"_s))}} << ofFile;
        QTest::newRow("in a new link elsewhere")
            << Fixes{fix::NewLink{QUrl(inLink.arg(u"b.example"_s))}} << other;
    }
    void aLoginThatIsGivenTakesThePlaceOfTheOldOneWhereverThatWas()
    {
        QFETCH(const Fixes, fixes);
        QFETCH(const QUrl, url);
        const Login old{u"old"_s, u"old"_s};
        for (const bool isElsewhere : {true, false}) {
            JobRecord job = stopped();
            job.options.login = old;
            if (isElsewhere) {
                job.options.otherLogins = {{u"https://a.example"_s, old},
                                           {u"https://b.example"_s, old}};
            }
            const auto fixed = withFixes(job, fixes);
            QVERIFY(fixed);
            QCOMPARE(loginFor(fixed->options, url, url), std::optional(Login{u"ann"_s, u"new"_s}));
        }
    }

    void aLoginDoesNotMoveToAnotherServerWithItsFile()
    {
        JobRecord job = stopped();
        const Login login{u"ann"_s, u"secret"_s};
        job.options.login = login;
        const QUrl url(u"https://b.example/new"_s);
        const auto fixed = withFixes(job, {fix::NewLink{url}});
        QVERIFY(fixed);
        QCOMPARE(loginFor(fixed->options, url, url), std::optional<Login>());
        const QUrl old = job.files.at(0).spec.url;
        QCOMPARE(loginFor(fixed->options, old, old), std::optional(login));
    }

    void ofTwoServersThatAskEachGetsItsOwnLogin()
    {
        JobRecord job = stopped();
        for (int i = 1; i < 3; ++i) {
            JobError asking{.cause = Cause::LoginRequired, .fileIndex = i};
            asking.url = QUrl(u"https://s%1.example/x"_s.arg(i));
            job.files[i].spec.url = asking.url;
            job.files[i].state = FileState::Failed;
            job.files[i].error = asking;
        }
        job.error = job.files.at(1).error;
        const Login first{u"ann"_s, u"1"_s};
        const Login second{u"bob"_s, u"2"_s};
        const auto unnamed = withFixes(job, {fix::Login{second}});
        QVERIFY(!unnamed);
        QCOMPARE(unnamed.error().kind, RefusalKind::WhichServer);
        QCOMPARE(unnamed.error().subject, u"https://s1.example, https://s2.example"_s);
        const auto ofNobody =
            withFixes(job, {fix::Login{.login = second, .origin = u"https://evil.example"_s}});
        QVERIFY(!ofNobody);
        QCOMPARE(ofNobody.error().kind, RefusalKind::FixDoesNotApply);
        const auto fixed =
            withFixes(job, {fix::Login{.login = second, .origin = u"https://s2.example"_s},
                            fix::Login{.login = first, .origin = u"https://s1.example"_s}});
        QVERIFY(fixed);
        const auto loginOf = [&](int file) {
            const QUrl url = fixed->files.at(file).spec.url;
            return loginFor(fixed->options, url, url);
        };
        QCOMPARE(loginOf(0), std::optional<Login>());
        QCOMPARE(loginOf(1), std::optional(first));
        QCOMPARE(loginOf(2), std::optional(second));
    }

    void oneCertificateOfTwoServersIsTrustedForTheOneThatIsNamed()
    {
        JobRecord job = refusedCertificate();
        job.files[2].state = FileState::Failed;
        job.files[2].error = job.error;
        job.files[2].error->fileIndex = 2;
        job.files[2].error->url = QUrl(u"https://b.example/2"_s);
        const auto unnamed = withFixes(job, {fix::TrustCertificate{kSeen}});
        QVERIFY(!unnamed);
        QCOMPARE(unnamed.error().kind, RefusalKind::WhichServer);
        const auto fixed = withFixes(job, {fix::TrustCertificate{kSeen, u"https://b.example"_s}});
        QVERIFY(fixed);
        QCOMPARE(fixed->options.trusted,
                 (QList<TrustedCertificate>{trusted(u"b.example"_s, 443, kSeen)}));
    }

    void whatWasWholeBeforeItWasFetchedAnewCanBeHadBack()
    {
        JobRecord job = stopped();
        FileRecord &file = job.files[1];
        file.durable = RangeSet::prefix(100);
        const PartIdentity part = file.part;
        auto fixed = withFixes(job, {fix::Restart{}});
        QVERIFY(fixed);
        QVERIFY(fixed->files.at(1).superseded.first().isWhole);
        JobError error{.cause = Cause::NotFound, .fileIndex = 1};
        noteAside(fixed->files.at(1), &error);
        QCOMPARE(error.fileBytesAside, 100);
        QVERIFY(fixesFor(error).contains(FixKind::Accept));
        fixed->files[1].error = error;
        fixed->files[1].state = FileState::Failed;
        fixed->error = error;
        const auto accepted = withFixes(*fixed, {fix::Accept{}});
        QVERIFY(accepted);
        QCOMPARE(accepted->files.at(1).part, part);
        QCOMPARE(accepted->files.at(1).durable, RangeSet::prefix(100));
        QCOMPARE(accepted->files.at(1).acceptance, Acceptance::AsItIs);
        QVERIFY(accepted->files.at(1).superseded.isEmpty());
    }

    void aLoginForOneOfSeveralServersIsForThatOneAlone()
    {
        JobRecord job = stopped();
        job.files[0].spec.url = QUrl(QStringLiteral("https://other.example/a"));
        JobError asking{.cause = Cause::LoginRequired};
        asking.url = job.files.at(1).spec.url;
        asking.fileIndex = 1;
        job.files[1].error = asking;
        job.error = asking;
        const Login login{QStringLiteral("ann"), QStringLiteral("secret")};
        const auto fixed = withFixes(job, {fix::Login{login}});
        QVERIFY(fixed);
        QCOMPARE(fixed->options.login, std::optional<Login>());
        QCOMPARE(loginFor(fixed->options, asking.url, asking.url), std::optional(login));
        const QUrl other = job.files.at(0).spec.url;
        QCOMPARE(loginFor(fixed->options, other, other), std::optional<Login>());
    }

    void restartSetsThePartAsideAndForgetsNothingOnTheDisk()
    {
        const auto fixed = withFixes(stopped(), {fix::Restart{}});
        QVERIFY(fixed);
        const FileRecord &file = fixed->files.at(1);
        QVERIFY(file.part.isEmpty());
        QVERIFY(file.durable.isEmpty());
        QCOMPARE(file.superseded, (QList<OlderPart>{{stopped().files.at(1).part,
                                                     stopped().files.at(1).durable.sizeBytes()}}));
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

    void aCertificateIsTrustedForTheHostAndPortItWasSeenAt()
    {
        JobRecord job = refusedCertificate();
        job.options.trusted = {trusted(u"a.example"_s, 443, kOld),
                               trusted(u"b.example"_s, 443, kOld),
                               trusted(u"a.example"_s, 8443, kOld)};
        // As programs print it, and as people copy it.
        const QByteArray typed = formatFingerprint(kSeen).toLatin1();
        const auto fixed = withFixes(job, {fix::TrustCertificate{typed}});
        QVERIFY(fixed);
        QCOMPARE(fixed->options.trusted,
                 (QList<TrustedCertificate>{trusted(u"b.example"_s, 443, kOld),
                                            trusted(u"a.example"_s, 8443, kOld),
                                            trusted(u"a.example"_s, 443, kSeen)}));
        QCOMPARE(fixed->files, job.files);
    }

    void aCertificateIsTrustedWhereTheJobAsksAboutAnotherFileFirst()
    {
        JobRecord job = stopped();
        job.files[2].state = FileState::Failed;
        job.files[2].error = refusedCertificate().error;
        job.files[2].error->url = QUrl(u"https://b.example/2"_s);
        const auto fixed = withFixes(job, {fix::TrustCertificate{kSeen}});
        QVERIFY(fixed);
        QCOMPARE(fixed->options.trusted,
                 (QList<TrustedCertificate>{trusted(u"b.example"_s, 443, kSeen)}));
    }

    void aCertificateThatIsNotTheOneInQuestionIsRefused_data()
    {
        QTest::addColumn<QByteArray>("typed");
        QTest::addColumn<bool>("isSeen");
        QTest::addColumn<RefusalKind>("kind");
        QTest::newRow("another one") << kOld << true << RefusalKind::OtherCertificate;
        QTest::newRow("none") << QByteArray() << true << RefusalKind::BadFingerprint;
        QTest::newRow("part of it") << kSeen.chopped(2) << true << RefusalKind::BadFingerprint;
        QTest::newRow("no certificate in question")
            << kSeen << false << RefusalKind::FixDoesNotApply;
    }
    void aCertificateThatIsNotTheOneInQuestionIsRefused()
    {
        QFETCH(QByteArray, typed);
        QFETCH(bool, isSeen);
        QFETCH(RefusalKind, kind);
        const auto fixed =
            withFixes(isSeen ? refusedCertificate() : stopped(), {fix::TrustCertificate{typed}});
        QVERIFY(!fixed);
        QCOMPARE(fixed.error().kind, kind);
    }

    void aProxyIsAnAddressOrNone_data()
    {
        QTest::addColumn<QString>("proxy");
        QTest::addColumn<bool>("isOne");
        for (const char *good : {"", "direct:", "http://proxy.example:3128", "http://127.0.0.1",
                                 "http://me:secret@proxy.example:8080", "socks5://[::1]:1080"}) {
            QTest::addRow("good: %s", good) << QString::fromLatin1(good) << true;
        }
        for (const char *bad : {"proxy.example:3128", "https://proxy.example", "http://",
                                "ftp://proxy.example", "direct:x", "file:///proxy"}) {
            QTest::addRow("bad: %s", bad) << QString::fromLatin1(bad) << false;
        }
    }
    void aProxyIsAnAddressOrNone()
    {
        QFETCH(QString, proxy);
        QFETCH(bool, isOne);
        const auto fixed = withFixes(stopped(), {fix::Proxy{QUrl(proxy)}});
        QCOMPARE(fixed.has_value(), isOne);
        if (isOne) {
            QCOMPARE(fixed->options.proxy, QUrl(proxy));
        } else {
            QCOMPARE(fixed.error().kind, RefusalKind::BadValue);
        }
    }

    void theWayToHttpIsAllowedToTheJobAlone()
    {
        const auto fixed = withFixes(stopped(), {fix::AllowInsecure{}});
        QVERIFY(fixed);
        JobRecord expected = stopped();
        expected.options.insecureRedirect = InsecureRedirect::Follow;
        QCOMPARE(*fixed, expected);
    }

    void anotherChecksumKeepsTheBytesAndAcceptToo_data()
    {
        QTest::addColumn<Fix>("repair");
        QTest::addColumn<bool>("hasHash");
        QTest::addColumn<Acceptance>("acceptance");
        const ExpectedHash other{ExpectedHash::Algorithm::Md5, QByteArray(32, 'a')};
        QTest::newRow("another one")
            << Fix(fix::OtherHash{other, {}}) << true << Acceptance::Checked;
        QTest::newRow("none") << Fix(fix::OtherHash{}) << false << Acceptance::Checked;
        QTest::newRow("of the file by its number")
            << Fix(fix::OtherHash{other, 1}) << true << Acceptance::Checked;
        QTest::newRow("as it is") << Fix(fix::Accept{}) << true << Acceptance::AsItIs;
    }
    void anotherChecksumKeepsTheBytesAndAcceptToo()
    {
        QFETCH(Fix, repair);
        QFETCH(bool, hasHash);
        QFETCH(Acceptance, acceptance);
        JobRecord job = stopped();
        job.files[1].spec.hash = {ExpectedHash::Algorithm::Md5, QByteArray(32, '0')};
        job.files[1].error->cause = Cause::HashMismatch;
        const auto fixed = withFixes(job, {repair});
        QVERIFY(fixed);
        const FileRecord &file = fixed->files.at(1);
        QCOMPARE(file.spec.hash.has_value(), hasHash);
        QCOMPARE(file.acceptance, acceptance);
        QVERIFY(!file.error); // else going on would begin anew
        QCOMPARE(file.durable, job.files.at(1).durable);
        QCOMPARE(file.part, job.files.at(1).part);
        QCOMPARE(fixed->files.at(0), job.files.at(0));
    }

    void onlyAFileInQuestionIsAcceptedAsItIs_data()
    {
        QTest::addColumn<std::optional<Cause>>("cause");
        QTest::addColumn<bool>("isAccepted");
        const auto row = [](std::optional<Cause> cause, bool isAccepted) {
            QTest::newRow(cause ? name(*cause) : "nothing") << cause << isAccepted;
        };
        row(Cause::WebPageInstead, true);
        row(Cause::HashMismatch, true);
        row(Cause::NotFound, false);
        row(Cause::DiskFull, false);
        row(std::nullopt, false);
    }
    void onlyAFileInQuestionIsAcceptedAsItIs()
    {
        QFETCH(std::optional<Cause>, cause);
        QFETCH(bool, isAccepted);
        JobRecord job = stopped();
        job.files[1].error.reset();
        if (cause) {
            job.files[1].error = JobError{.cause = *cause};
        }
        const auto fixed = withFixes(job, {fix::Accept{1}});
        QCOMPARE(fixed.has_value(), isAccepted);
        if (!fixed) {
            QCOMPARE(fixed.error().kind, RefusalKind::FixDoesNotApply);
        }
    }

    void aRefererGoesInWithoutItsLogin()
    {
        const QByteArray typed = "https://me:pw@page.example/a";
        const auto fixed = withFixes(stopped(), {fix::Headers{{{"Referer", typed}}}});
        QVERIFY(fixed);
        QCOMPARE(fixed->options.headers, (HeaderFields{{"Referer", "https://page.example/a"}}));
    }

    void oneRepairGoesToAllFilesThatAskTheSame()
    {
        JobRecord job = stopped();
        job.files[0].state = FileState::Failed;
        job.files[0].error = JobError{.cause = Cause::Forbidden, .fileIndex = 0};
        job.files[2].state = FileState::Failed;
        job.files[2].error = JobError{.cause = Cause::NotFound, .fileIndex = 2};
        const auto left = withFixes(job, {fix::SkipFile{}});
        QVERIFY(left);
        QCOMPARE(left->files.at(0).state, FileState::Unwanted);
        QCOMPARE(left->files.at(1).state, FileState::Unwanted);
        QCOMPARE(left->files.at(2).state, FileState::Failed); // another question
        const auto one = withFixes(job, {fix::SkipFile{0}});
        QVERIFY(one);
        QCOMPARE(one->files.at(1).state, FileState::Failed);
        const auto linked = withFixes(job, {fix::NewLink{QUrl(u"https://b.example/new"_s)}});
        QVERIFY(linked);
        QCOMPARE(linked->files.at(0).spec.url, job.files.at(0).spec.url);
        QCOMPARE(linked->files.at(1).spec.url, QUrl(u"https://b.example/new"_s));
    }

    void theFirstFileOfAJobIsNeverReplacedByTheSecond()
    {
        JobRecord job = stopped();
        job.files[0].state = FileState::Published;
        job.files[0].publishedPath = u"/old/FILM.mp4"_s;
        job.files[1].name = u"film.mp4"_s;
        const auto beside = withFixes(job, {fix::Replace{1}});
        QVERIFY(beside);
        QCOMPARE(beside->files.at(1).existing, std::optional(ExistingFile::KeepBoth));
        job.files[0].publishedPath = u"/old/other.mp4"_s;
        QCOMPARE(withFixes(job, {fix::Replace{1}})->files.at(1).existing,
                 std::optional(ExistingFile::Replace));
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
        QTest::newRow("a proxy that is none") << 6;
        QTest::newRow("a certificate where none is in question") << 7;
        QTest::newRow("to accept a file that is not there") << 8;
        QTest::newRow("the checksum of a file that is not there") << 9;
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
            fix::Proxy{QUrl(QStringLiteral("ftp://a.example"))},
            fix::TrustCertificate{kSeen},
            fix::Accept{-1},
            fix::OtherHash{{}, 3},
        };
        const auto fixed =
            withFixes(stopped(), {fix::Login{{QStringLiteral("a"), {}}}, fixes.at(bad)});
        QVERIFY(!fixed);
    }
};

BELLHOP_TEST(ApplyFixTest)
#include "tst_apply_fix.moc"
