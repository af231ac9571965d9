// SPDX-License-Identifier: Apache-2.0
#include "core/remedy/catalogue.h"
#include "core/remedy/fix.h"
#include "tests/support/pretty.h"
#include "tests/support/test_program.h"

#include <QSet>
#include <QTest>
#include <QTimeZone>

using namespace core;

namespace core {

inline char *toString(FixKind kind)
{
    return qstrdup(name(kind));
}

} // namespace core

using Kinds = QList<FixKind>;

namespace {

JobError errorOfMany(Cause cause, int filesTotal)
{
    JobError error;
    error.cause = cause;
    error.jobFilesTotal = filesTotal;
    error.localPath = QStringLiteral("/home/a/Downloads");
    error.certificate = SeenCertificate{.sha256Hex = QByteArray(64, 'a')};
    return error;
}

} // namespace

class CatalogueTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(QStringLiteral(".*"))); }

    void everyCauseHasExactlyOneRowInTheOrderOfTheEnum()
    {
        QCOMPARE(causeCatalogue().size(), kCauses.size());
        for (size_t i = 0; i < kCauses.size(); ++i) {
            QCOMPARE(causeCatalogue()[i].cause, kCauses[i]);
            QCOMPARE(catalogueRow(kCauses[i]).cause, kCauses[i]);
        }
    }

    void onlyWhatMayPassByItselfIsTriedAgain()
    {
        const QSet<int> transient{
            int(Cause::Offline),          int(Cause::NameNotFound),  int(Cause::ConnectionRefused),
            int(Cause::ConnectionLost),   int(Cause::ServerSilent),  int(Cause::NotHttp),
            int(Cause::ServerBusy),       int(Cause::ServerFailed),  int(Cause::BadAnswer),
            int(Cause::RangeRefused),     int(Cause::NetworkSignIn), int(Cause::HandshakeFailed),
            int(Cause::ProxyUnreachable), int(Cause::ProxyFailed),   int(Cause::Metered),
            int(Cause::RemoteLocked)};
        for (const CauseRow &row : causeCatalogue()) {
            QVERIFY2((row.recovery == Recovery::Transient) == transient.contains(int(row.cause)),
                     name(row.cause));
        }
    }

    void patienceIsOnlyForWhatIsTriedAgain()
    {
        for (const CauseRow &row : causeCatalogue()) {
            const bool limited = row.patience.triesUntilItWorked != 0 || row.patience.tries != 0 ||
                                 row.patience.duration.count() != 0;
            QVERIFY2(!limited || row.recovery == Recovery::Transient, name(row.cause));
        }
        QCOMPARE(catalogueRow(Cause::NameNotFound).patience.triesUntilItWorked, 3);
        QCOMPARE(catalogueRow(Cause::NameNotFound).patience.tries, 0);
        QCOMPARE(catalogueRow(Cause::ServerFailed).patience.tries, 10);
        QCOMPARE(catalogueRow(Cause::ServerBusy).patience.duration, std::chrono::minutes(30));
        QCOMPARE(catalogueRow(Cause::RangeRefused).patience.tries, 2);
        QCOMPARE(catalogueRow(Cause::ConnectionLost).patience.tries, 0);
        QCOMPARE(catalogueRow(Cause::ProxyUnreachable).patience.triesUntilItWorked, 3);
        QCOMPARE(catalogueRow(Cause::ProxyUnreachable).patience.tries, 10);
        QCOMPARE(catalogueRow(Cause::ProxyFailed).patience.tries, 10);
        QCOMPARE(catalogueRow(Cause::HandshakeFailed).patience.triesUntilItWorked, 2);
        QCOMPARE(catalogueRow(Cause::NetworkSignIn).patience.tries, 0);
    }

    void aServersWordOnOneFileLeavesItsSiblingsAlone()
    {
        for (const Cause cause :
             {Cause::Forbidden, Cause::NotFound, Cause::Gone, Cause::RemoteChanged,
              Cause::NameExists, Cause::HashMismatch, Cause::WebPageInstead,
              Cause::InsecureRedirect, Cause::ProxyFailed, Cause::ProxyRefused}) {
            QVERIFY2(catalogueRow(cause).scope == Scope::File, name(cause));
        }
        for (const Cause cause :
             {Cause::DiskFull, Cause::QuotaExceeded, Cause::NoPermission, Cause::FolderMissing,
              Cause::DriveMissing, Cause::ReadOnlyDisk, Cause::DiskFailed, Cause::NetworkSignIn,
              Cause::ProxyUnreachable, Cause::ProxyLoginRequired}) {
            QVERIFY2(catalogueRow(cause).scope == Scope::Job, name(cause));
        }
        for (const Cause cause : {Cause::LoginRequired, Cause::Untrusted, Cause::CertificateExpired,
                                  Cause::CertificateChanged}) {
            QVERIFY2(catalogueRow(cause).scope == Scope::Server, name(cause));
        }
    }

    void exitCodesTellTheKindOfTrouble_data()
    {
        QTest::addColumn<Cause>("cause");
        QTest::addColumn<int>("code");
        const auto row = [](Cause cause, int code) { QTest::newRow(name(cause)) << cause << code; };
        row(Cause::NameNotFound, 3);
        row(Cause::ConnectionRefused, 3);
        row(Cause::ConnectionLost, 3);
        row(Cause::ServerSilent, 3);
        row(Cause::ProxyUnreachable, 3);
        row(Cause::ProxyFailed, 3);
        row(Cause::Forbidden, 4);
        row(Cause::NotFound, 4);
        row(Cause::Gone, 4);
        row(Cause::ServerBusy, 4);
        row(Cause::ServerFailed, 4);
        row(Cause::LoginRequired, 5);
        row(Cause::ProxyLoginRequired, 3);
        row(Cause::ProxyRefused, 3);
        row(Cause::NetworkSignIn, 3);
        row(Cause::WebPageInstead, 4);
        row(Cause::Untrusted, 6);
        row(Cause::CertificateExpired, 6);
        row(Cause::CertificateNotYetValid, 6);
        row(Cause::CertificateOfOtherHost, 6);
        row(Cause::CertificateChanged, 6);
        row(Cause::HandshakeFailed, 6);
        row(Cause::InsecureRedirect, 6);
        row(Cause::RemoteChanged, 7);
        row(Cause::RangeRefused, 7);
        row(Cause::DiskFull, 8);
        row(Cause::NoPermission, 8);
        row(Cause::FolderMissing, 8);
        row(Cause::DriveMissing, 8);
        row(Cause::NotAFolder, 8);
        row(Cause::NameExists, 8);
        row(Cause::HashMismatch, 9);
        row(Cause::SizeMismatch, 9);
        row(Cause::SourceMissing, 8);
        row(Cause::SourceChanged, 7);
        row(Cause::RemoteNameTaken, 4);
        row(Cause::UploadTooLarge, 4);
        row(Cause::Unconfirmed, 9);
        row(Cause::StoredDiffers, 9);
        row(Cause::Internal, 1);
    }
    void exitCodesTellTheKindOfTrouble()
    {
        QFETCH(Cause, cause);
        QTEST(int(exitCodeFor(errorOfMany(cause, 1))), "code");
    }

    void repairsAreOfferedBestFirst_data()
    {
        using enum FixKind;
        QTest::addColumn<Cause>("cause");
        QTest::addColumn<Kinds>("fixes");
        const auto row = [](Cause cause, const Kinds &fixes) {
            QTest::newRow(name(cause)) << cause << fixes;
        };
        row(Cause::Forbidden, {NewLink, Headers, SkipFile, Retry});
        row(Cause::NotFound, {NewLink, SkipFile, Retry});
        row(Cause::Gone, {NewLink, SkipFile, Retry});
        row(Cause::LoginRequired, {Login, NewLink, SkipFile});
        row(Cause::NameNotFound, {NewLink, Retry, SkipFile, Wait});
        row(Cause::ConnectionRefused, {Retry, NewLink, SkipFile, Wait});
        row(Cause::ServerFailed, {Retry, NewLink, SkipFile, Wait});
        row(Cause::DiskFull, {FreeSpace, OtherFolder, SkipFile});
        row(Cause::QuotaExceeded, {FreeSpace, OtherFolder, Retry, SkipFile});
        row(Cause::NoPermission, {OtherFolder, Retry});
        row(Cause::FolderMissing, {CreateFolder, OtherFolder, Retry});
        row(Cause::DriveMissing, {Retry, OtherFolder});
        row(Cause::NotAFolder, {OtherFolder, Retry});
        row(Cause::NameExists, {KeepBoth, Replace, OtherName, SkipFile});
        row(Cause::RemoteChanged, {Restart, NewLink, SkipFile});
        row(Cause::RangeRefused, {NewLink, Retry, SkipFile});
        row(Cause::BadAnswer, {Retry, NewLink, SkipFile});
        row(Cause::EncodedAnswer, {Accept, NewLink, SkipFile});
        row(Cause::RedirectLoop, {NewLink, Headers, SkipFile, Retry});
        row(Cause::PartMissing, {Restart, Retry, SkipFile});
        row(Cause::HashMismatch, {Restart, NewLink, OtherHash, Accept, SkipFile});
        row(Cause::WebPageInstead, {NewLink, Headers, Accept, SkipFile, Retry});
        row(Cause::NetworkSignIn, {Retry, Wait});
        row(Cause::InsecureRedirect, {NewLink, AllowInsecure, SkipFile, Retry});
        row(Cause::Untrusted, {NewLink, TrustCertificate, Retry, SkipFile});
        row(Cause::CertificateExpired, {Retry, TrustCertificate, NewLink, SkipFile});
        row(Cause::CertificateNotYetValid, {Retry, TrustCertificate, NewLink, SkipFile});
        row(Cause::CertificateOfOtherHost, {NewLink, TrustCertificate, Retry, SkipFile});
        row(Cause::CertificateChanged, {NewLink, TrustCertificate, Retry, SkipFile});
        row(Cause::HandshakeFailed, {NewLink, Retry, SkipFile});
        row(Cause::ProxyUnreachable, {FixKind::Proxy, Retry, Wait});
        row(Cause::ProxyFailed, {Retry, FixKind::Proxy, NewLink, SkipFile, Wait});
        row(Cause::ProxyLoginRequired, {FixKind::Proxy, Retry});
        row(Cause::ProxyRefused, {FixKind::Proxy, NewLink, Retry, SkipFile});
    }
    void repairsAreOfferedBestFirst()
    {
        QFETCH(Cause, cause);
        QTEST(fixesFor(errorOfMany(cause, 12)), "fixes");
    }

    void everyErrorCanBeMetAndNoRepairIsOfferedTwice()
    {
        for (const Cause cause : kCauses) {
            const Kinds fixes = fixesFor(errorOfMany(cause, 1));
            QVERIFY2(!fixes.isEmpty(), name(cause));
            QSet<int> distinct;
            for (const FixKind kind : fixes) {
                distinct.insert(int(kind));
            }
            QCOMPARE(distinct.size(), fixes.size());
        }
    }

    void whatCanDoHarmIsNeverOfferedFirst()
    {
        for (const Cause cause : kCauses) {
            const FixKind first = fixesFor(errorOfMany(cause, 12)).constFirst();
            for (const FixKind harmful :
                 {FixKind::AllowInsecure, FixKind::Accept, FixKind::OtherHash, FixKind::Replace,
                  FixKind::TrustCertificate}) {
                // Compressed bytes are the file all the same.
                const bool isHarmless = cause == Cause::EncodedAnswer && harmful == FixKind::Accept;
                QVERIFY2(isHarmless || first != harmful, name(cause));
            }
        }
    }

    void aCertificateNobodySawIsNotTrusted()
    {
        JobError error = errorOfMany(Cause::Untrusted, 1);
        error.certificate.reset();
        QCOMPARE(fixesFor(error), (Kinds{FixKind::NewLink, FixKind::Retry}));
    }

    void aFolderThatHadSomethingInItIsRatherSomewhereElse()
    {
        JobError error{.cause = Cause::FolderMissing, .localPath = QStringLiteral("/home/me")};
        QCOMPARE(fixesFor(error).first(), FixKind::CreateFolder);
        error.jobBytesDone = 1000;
        QCOMPARE(fixesFor(error).first(), FixKind::OtherFolder);
    }

    void whatCanBeUnpackedIsToBeUnpackedFirst()
    {
        using enum FixKind;
        JobError error = errorOfMany(Cause::EncodedAnswer, 1);
        for (const char *coding : {"gzip", " X-Gzip", "deflate "}) {
            error.evidence.headers = {{"Content-Encoding", coding}};
            QCOMPARE(fixesFor(error), (Kinds{Unpack, Accept, NewLink}));
        }
        for (const char *coding : {"br", "gzip, gzip", "deflate, gzip", ""}) {
            error.evidence.headers = {{"Content-Encoding", coding}};
            QCOMPARE(fixesFor(error), (Kinds{Accept, NewLink}));
        }
        error.evidence.headers = {{"Transfer-Encoding", "gzip, chunked"}};
        QCOMPARE(fixesFor(error), (Kinds{Unpack, Accept, NewLink}));
        error.evidence.headers.emplaceBack("Content-Encoding", "gzip");
        QCOMPARE(fixesFor(error), (Kinds{Accept, NewLink}));
        error = errorOfMany(Cause::HashMismatch, 1);
        error.reason = Reason::NotUnpackable;
        QCOMPARE(fixesFor(error), (Kinds{Restart, NewLink, Accept}));
    }

    void aRepairIsOfferedWhereItChangesSomething()
    {
        using enum FixKind;
        JobError error = errorOfMany(Cause::RangeRefused, 1);
        error.fileBytesDone = 1;
        QCOMPARE(fixesFor(error), (Kinds{Restart, NewLink, Retry}));
        error.cause = Cause::BadAnswer;
        QCOMPARE(fixesFor(error), (Kinds{Restart, Retry, NewLink}));
        error.triedInVain = {QStringLiteral("Restart"), QStringLiteral("of a newer version")};
        QCOMPARE(fixesFor(error), (Kinds{Retry, NewLink, Restart}));
        error.httpStatus = 103; // from the start it is the same again
        QCOMPARE(fixesFor(error), (Kinds{Retry, NewLink}));
        JobError tls = errorOfMany(Cause::RequestRejected, 1);
        tls.reason = Reason::SpeaksTls;
        QCOMPARE(fixesFor(tls), (Kinds{NewLink}));
        tls = errorOfMany(Cause::HandshakeFailed, 1);
        tls.reason = Reason::SpeaksNoTls;
        QCOMPARE(fixesFor(tls), (Kinds{NewLink, Retry}));
        JobError bare = errorOfMany(Cause::BadAnswer, 1);
        bare.httpStatus = 200;
        bare.evidence.headers.clear();
        QCOMPARE(fixesFor(bare), (Kinds{Retry, Accept, NewLink}));
        JobError login = errorOfMany(Cause::LoginRequired, 1);
        login.signIn = SignIn::Unknown;
        QCOMPARE(fixesFor(login), (Kinds{Headers, NewLink}));
        login.signIn = SignIn::NotAccepted;
        login.triedInVain = {QStringLiteral("Login")}; // another password is another try
        QCOMPARE(fixesFor(login), (Kinds{FixKind::Login, NewLink}));
        JobError misspelt = errorOfMany(Cause::NameNotFound, 1);
        QCOMPARE(fixesFor(misspelt).first(), NewLink);
        misspelt.jobBytesDone = 1;
        QCOMPARE(fixesFor(misspelt).first(), Retry);
        JobError redirect = errorOfMany(Cause::BadRedirect, 1);
        redirect.otherScheme = QStringLiteral("magnet");
        QCOMPARE(fixesFor(redirect), Kinds{NewLink});
    }

    void theOnlyFileOfAJobIsNotSkipped()
    {
        for (const Cause cause : kCauses) {
            QVERIFY2(!fixesFor(errorOfMany(cause, 1)).contains(FixKind::SkipFile), name(cause));
        }
    }

    void aFolderWithoutAPathIsNotCreated()
    {
        JobError error = errorOfMany(Cause::FolderMissing, 1);
        error.localPath.clear();
        QCOMPARE(fixesFor(error), (Kinds{FixKind::OtherFolder, FixKind::Retry}));
    }

    void aPartThatIsClosedToUsIsNotTakenToAnotherFolder()
    {
        JobError error = errorOfMany(Cause::NoPermission, 1);
        error.localPath = QStringLiteral("/home/a/Downloads/film.mp4.part");
        QCOMPARE(fixesFor(error), Kinds{FixKind::Retry});
    }

    void aLinkThatRanOutIsNotTriedAgain()
    {
        JobError error = errorOfMany(Cause::Forbidden, 1);
        error.httpStatus = 403;
        error.time = QDateTime(QDate(2026, 1, 15), QTime(12, 0), QTimeZone::utc());
        error.url = QUrl(QStringLiteral("https://a.example/f?Expires=1700000000"));
        QVERIFY(!fixesFor(error).contains(FixKind::Retry));
        QCOMPARE(fixesFor(error).constFirst(), FixKind::NewLink);
    }

    void namesOfRepairsCanBeReadBack()
    {
        for (const FixKind kind : kFixKinds) {
            QCOMPARE(parse<FixKind>(QLatin1StringView(name(kind)).toString()), std::optional(kind));
        }
        QVERIFY(!parse<FixKind>(u"newLink"));
        QVERIFY(!parse<FixKind>(u""));
    }
};

BELLHOP_TEST(CatalogueTest)
#include "tst_catalogue.moc"
