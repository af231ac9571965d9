// SPDX-License-Identifier: Apache-2.0
#include "core/remedy/question_group.h"

#include "core/remedy/catalogue.h"
#include "tests/support/pretty.h"
#include "tests/support/test_program.h"

#include <QTest>

using namespace core;

namespace {

const QString kFolder = QStringLiteral("/home/me/Downloads");

JobError failure(Cause cause)
{
    JobError error;
    error.cause = cause;
    error.url = QUrl(QStringLiteral("https://host.example/a/one.iso"));
    error.proxy = QUrl(QStringLiteral("http://proxy.example:3128"));
    error.certificate = SeenCertificate{.sha256Hex = QByteArray(64, 'a')};
    error.jobFilesTotal = 2;
    return error;
}

/// What may be another thing than before, and of which causes that makes another question.
struct Difference {
    const char *what;
    void (*make)(JobError &error, QString &folder);
    QList<Cause> splits;
};

QList<Cause> between(Cause first, Cause last)
{
    QList<Cause> found;
    for (const Cause cause : kCauses) {
        if (cause >= first && cause <= last) {
            found.append(cause);
        }
    }
    return found;
}

QList<Cause> without(QList<Cause> all, const QList<Cause> &some)
{
    all.removeIf([&some](Cause cause) { return some.contains(cause); });
    return all;
}

const QList<Cause> kOfServer =
    without(between(Cause::NameNotFound, Cause::EncodedAnswer), {Cause::NetworkSignIn}) +
    between(Cause::Untrusted, Cause::HandshakeFailed) +
    between(Cause::RemoteNameTaken, Cause::StoredDiffers) +
    QList{Cause::ProxyFailed, Cause::ProxyRefused, Cause::HashMismatch, Cause::SizeMismatch};

const QList<Cause> kOfOrigin =
    QList{Cause::ConnectionRefused, Cause::NotHttp, Cause::LoginRequired, Cause::RemoteNameTaken} +
    between(Cause::Untrusted, Cause::HandshakeFailed);

const std::array kDifferences{
    Difference{"another file of the same server",
               [](JobError &error, QString &) {
                   error.url = QUrl(QStringLiteral("https://host.example/b/two.iso"));
                   error.fileIndex = 1;
                   error.fileBytesDone = 17;
               },
               {Cause::RemoteNameTaken}}, // what is replaced is said for each
    Difference{"another server",
               [](JobError &error, QString &) { error.url.setHost(QStringLiteral("x.example")); },
               kOfServer},
    Difference{"another port", [](JobError &error, QString &) { error.url.setPort(8443); },
               kOfOrigin},
    Difference{
        "another certificate",
        [](JobError &error, QString &) { error.certificate->sha256Hex = QByteArray(64, 'b'); },
        between(Cause::Untrusted, Cause::CertificateRevoked)},
    Difference{"another proxy", [](JobError &error, QString &) { error.proxy.setPort(3129); },
               between(Cause::ProxyUnreachable, Cause::ProxyRefused)},
    Difference{"another folder",
               [](JobError &, QString &folder) { folder += QStringLiteral("/films"); },
               between(Cause::DiskFull, Cause::PartChanged) +
                   between(Cause::SourceMissing, Cause::SourceChanged)},
    Difference{"another drive",
               [](JobError &error, QString &) { error.device = 7; },
               {Cause::DiskFull, Cause::QuotaExceeded, Cause::ReadOnlyDisk, Cause::DiskFailed}},
    Difference{"another realm",
               [](JobError &error, QString &) {
                   error.evidence.headers = {{"WWW-Authenticate", "Basic realm=\"staff\""}};
               },
               {Cause::LoginRequired}},
    Difference{"a reason of its own",
               [](JobError &error, QString &) { error.reason = Reason::WantsReferer; },
               QList<Cause>(kCauses.begin(), kCauses.end())},
};

} // namespace

class QuestionGroupTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(QStringLiteral(".*"))); }

    void everyCauseIsAboutOneThing_data()
    {
        QTest::addColumn<int>("row");
        for (size_t row = 0; row < kDifferences.size(); ++row) {
            QTest::newRow(kDifferences[row].what) << int(row);
        }
    }
    void everyCauseIsAboutOneThing()
    {
        QFETCH(int, row);
        const Difference &difference = kDifferences[size_t(row)];
        for (const Cause cause : kCauses) {
            JobError error = failure(cause);
            QString folder = kFolder;
            difference.make(error, folder);
            const bool isSame =
                questionGroupOf(error, folder) == questionGroupOf(failure(cause), kFolder);
            QVERIFY2(isSame != difference.splits.contains(cause), name(cause));
        }
    }

    void twoCausesAreNeverOneQuestion()
    {
        for (const Cause cause : kCauses) {
            for (const Cause other : kCauses) {
                QCOMPARE(questionGroupOf(failure(cause), kFolder) ==
                             questionGroupOf(failure(other), kFolder),
                         cause == other);
            }
        }
    }

    void whatIsMetDifferentlyIsAskedApart()
    {
        JobError unknown = failure(Cause::LoginRequired);
        unknown.signIn = SignIn::Unknown;
        JobError refused = failure(Cause::LoginRequired);
        refused.signIn = SignIn::NotAccepted;
        const auto plain = questionGroupOf(failure(Cause::LoginRequired), kFolder);
        QVERIFY(questionGroupOf(unknown, kFolder) != plain);
        QCOMPARE(questionGroupOf(refused, kFolder), plain); // the same login answers both

        JobError part = failure(Cause::NoPermission);
        part.localPath = kFolder + QStringLiteral("/one.iso.part");
        QVERIFY(questionGroupOf(part, kFolder) !=
                questionGroupOf(failure(Cause::NoPermission), kFolder));
    }

    void aDriveIsAskedAboutOnceWhateverTheFolder()
    {
        JobError full = failure(Cause::DiskFull);
        full.device = 7;
        QCOMPARE(questionGroupOf(full, kFolder), questionGroupOf(full, QStringLiteral("/srv")));
        full.device = 0;
        QVERIFY(questionGroupOf(full, kFolder) != questionGroupOf(full, QStringLiteral("/srv")));
    }

    void aJobThatAsksNothingHasNoGroup()
    {
        JobSnapshot job;
        job.folder = kFolder;
        QVERIFY(!questionGroupOf(job));
        job.state = JobState::Error;
        job.error = failure(Cause::DiskFull);
        QCOMPARE(questionGroupOf(job), questionGroupOf(*job.error, kFolder));
    }

    void severalFilesAreOfferedWhatAnswersAllOfThem()
    {
        for (const Cause cause : kCauses) {
            const QList<FixKind> offered = fixesForAll({failure(cause), failure(cause)});
            QVERIFY2(!offered.isEmpty(), name(cause));
            for (const FixKind kind : offered) {
                QVERIFY(reachOf(kind) != Reach::OneFile);
                QVERIFY(fixesFor(failure(cause)).contains(kind));
            }
            QCOMPARE(fixesForAll({failure(cause)}), fixesFor(failure(cause)));
        }
        JobError lone = failure(Cause::NotFound);
        lone.jobFilesTotal = 1; // it cannot be left out
        const QList<FixKind> offered = fixesForAll({failure(Cause::NotFound), lone});
        QVERIFY(offered.contains(FixKind::NewLink));
        QVERIFY(!offered.contains(FixKind::SkipFile));
    }

    void newFilesOfOneNameAreNotToReplaceEachOther()
    {
        JobError one = failure(Cause::NameExists);
        one.localPath = kFolder + QStringLiteral("/film.mp4");
        JobError other = one;
        QVERIFY(!fixesForAll({one, other}).contains(FixKind::Replace));
        other.localPath = kFolder + QStringLiteral("/talk.mp4");
        QVERIFY(fixesForAll({one, other}).contains(FixKind::Replace));
        JobError sent = failure(Cause::RemoteNameTaken);
        sent.type = JobType::Upload;
        QVERIFY(!fixesForAll({sent, sent}).contains(FixKind::Replace));
        QVERIFY(fixesForAll({sent}).contains(FixKind::Replace));
    }

    void leavingAllOutIsNotOffered()
    {
        QList<JobError> errors;
        for (int i = 0; i < 3; ++i) {
            JobError error = failure(Cause::NotFound);
            error.fileIndex = i;
            error.jobFilesTotal = 3;
            errors.append(error);
        }
        QVERIFY(!fixesForAll(errors).contains(FixKind::SkipFile));
        QVERIFY(fixesForAll(errors.first(2)).contains(FixKind::SkipFile));
        errors.first().jobFilesTotal = 2; // of another job
        errors[1].jobFilesTotal = 4;
        QVERIFY(fixesForAll(errors).contains(FixKind::SkipFile));
    }

    void aRepairIsAddressedToItsFile()
    {
        QCOMPARE(forFile(fix::Restart{}, 3), Fix(fix::Restart{3}));
        QCOMPARE(forFile(fix::SkipFile{1}, 3), Fix(fix::SkipFile{3}));
        QCOMPARE(forFile(fix::Retry{}, 3), Fix(fix::Retry{}));
    }
};

BELLHOP_TEST(QuestionGroupTest)
#include "tst_question_group.moc"
