// SPDX-License-Identifier: Apache-2.0
#include "core/words/explain.h"

#include "core/remedy/catalogue.h"
#include "tests/support/pretty.h"
#include "tests/support/test_program.h"

#include <QLocale>
#include <QTest>
#include <QTimeZone>

using namespace core;

namespace {

/// Half a file of a job of one, over a link with a name in it.
JobError errorOf(Cause cause)
{
    JobError error;
    error.cause = cause;
    error.url = QUrl(QStringLiteral("https://files.example.org/movie.mkv"));
    error.localPath = QStringLiteral("/home/a/Downloads/movie.mkv");
    error.fileBytesDone = 4'100'000'000;
    error.fileBytesTotal = 9'800'000'000;
    error.jobBytesDone = 4'100'000'000;
    error.jobFilesTotal = 1;
    error.time = QDateTime(QDate(2026, 1, 15), QTime(12, 0), QTimeZone::utc());
    return error;
}

/// As it is before there is a file: the path is that of the folder.
JobError inFolder(JobError error)
{
    error.step = Step::Prepare;
    error.localPath = QStringLiteral("/home/a/Downloads");
    return error;
}

JobError freshErrorOf(Cause cause)
{
    JobError error = errorOf(cause);
    error.fileBytesDone = 0;
    error.fileBytesTotal.reset();
    error.jobBytesDone = 0;
    return error;
}

/// Every way an error may look: fresh, in the middle, one of many, without any context.
QList<JobError> shapesOf(Cause cause)
{
    JobError many = errorOf(cause);
    many.jobFilesDone = 7;
    many.jobFilesTotal = 12;
    many.bytesMissing = 1'500'000'000;
    many.retryAfter = std::chrono::minutes(5);
    many.httpStatus = 403;
    many.url = QUrl(QStringLiteral("https://[::1]:8443/a%20b.iso?e=1700000000"));
    many.certificate = SeenCertificate{.notBefore = many.time.addYears(1), .notAfter = many.time};
    many.pageTitle = QStringLiteral("Sign in");
    many.proxy = QUrl(QStringLiteral("http://proxy.example:3128"));
    JobError bare;
    bare.cause = cause;
    return {errorOf(cause), freshErrorOf(cause), many, bare};
}

SeenCertificate certificateOf(const QString &subject)
{
    return {.sha256Hex = QByteArray(64, 'a'),
            .subject = subject,
            .issuer = QStringLiteral("Example Authority"),
            .names = {QStringLiteral("other.example.net")},
            .notBefore = QDateTime(QDate(2026, 2, 1), QTime(9, 0), QTimeZone::utc()),
            .notAfter = QDateTime(QDate(2025, 12, 24), QTime(9, 0), QTimeZone::utc())};
}

JobError withCertificate(Cause cause, const QString &subject)
{
    JobError error = freshErrorOf(cause);
    error.certificate = certificateOf(subject);
    return error;
}

JobError behindProxy(Cause cause, const char *proxy)
{
    JobError error = freshErrorOf(cause);
    error.proxy = QUrl(QString::fromLatin1(proxy));
    return error;
}

QString savedSentence()
{
    return QStringLiteral("4.1 GB are saved and will not be fetched again.");
}

} // namespace

class ExplainTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        QTest::failOnWarning(QRegularExpression(QStringLiteral(".*")));
        QLocale::setDefault(QLocale::c());
    }

    /// What was tried in vain is not what is said to do next.
    void anotherRepairIsNamedThanTheOneThatWasTried()
    {
        for (const Cause cause : kCauses) {
            JobError error = errorOf(cause);
            error.jobFilesTotal = 12;
            if (!fixesFor(error).contains(FixKind::Restart) || isOnlyOfUploads(cause)) {
                continue;
            }
            error.triedInVain = {QStringLiteral("Restart")};
            const QString advice = explain(error).whatToDo;
            const FixKind first = fixesFor(error).first();
            const QString next = first == FixKind::Retry ? QString() : label(first, error);
            QVERIFY2(!advice.contains(QStringLiteral("from its start")), qPrintable(advice));
            QVERIFY2(
                advice.startsWith(
                    QStringLiteral(
                        "“Fetch it from the start” was tried, and it is the same again. Try “%1")
                        .arg(next)),
                qPrintable(advice));
        }
        JobError link = errorOf(Cause::NotFound); // another one may be right
        const QString usual = explain(link).whatToDo;
        link.triedInVain = {QStringLiteral("NewLink")};
        QVERIFY(explain(link).whatToDo.endsWith(usual));
    }

    void anAnswerOfNoUseSaysWhatIsWrongWithIt_data()
    {
        QTest::addColumn<int>("status");
        QTest::addColumn<QByteArray>("length");
        QTest::addColumn<QString>("words");
        const auto row = [](const char *title, int status, const char *length, const char *words) {
            QTest::newRow(title) << status << QByteArray(length) << QString::fromLatin1(words);
        };
        row("a notice", 103, "", "sent a notice ahead of its answer");
        row("an odd status", 304, "", "is no answer to a request for a file");
        row("a length with a sign", 200, "+5", "for the file is no number");
        row("a length beyond all numbers", 200, "99999999999999999999999", "is no number");
        row("two lengths", 200, "5, 3", "contradicts itself");
    }
    void anAnswerOfNoUseSaysWhatIsWrongWithIt()
    {
        QFETCH(const int, status);
        QFETCH(const QByteArray, length);
        QFETCH(const QString, words);
        JobError error = errorOf(Cause::BadAnswer);
        error.httpStatus = status;
        error.evidence.headers = {{"Server", "x"}};
        if (!length.isEmpty()) {
            error.evidence.headers.emplaceBack("Content-Length", length);
        }
        const QString told = explain(error).whatHappened;
        QVERIFY2(told.contains(words), qPrintable(told));
    }

    void whatBrokeOffAtItsEndIsNotSaidToBeWhole()
    {
        JobError error = errorOf(Cause::ConnectionLost);
        error.fileBytesDone = 300'000;
        error.fileBytesTotal = 300'005;
        QVERIFY(!explain(error).whatHappened.contains(QStringLiteral("300 kB")));
        error.fileBytesTotal = 400'000;
        QVERIFY(explain(error).whatHappened.contains(QStringLiteral("at 300 kB of 400 kB")));
    }

    /// By its name there, which may be another one than here.
    void aNameThatIsTakenOnTheServerIsSaid()
    {
        JobError error{.cause = Cause::RemoteNameTaken,
                       .type = JobType::Upload,
                       .url = QUrl(QStringLiteral("https://host.example/up/q.bin?key=1")),
                       .localPath = QStringLiteral("/home/me/film")};
        QCOMPARE(explain(error).whatHappened,
                 QStringLiteral("“q.bin” is on host.example already."));
        error.url = {};
        QCOMPARE(explain(error).whatHappened,
                 QStringLiteral("A file of this name is on the server already."));
    }

    void whatCannotBeSentSaysWhatItIs_data()
    {
        QTest::addColumn<Reason>("reason");
        QTest::addColumn<QString>("word");
        QTest::newRow("folder") << Reason::IsFolder << QStringLiteral("is a folder");
        QTest::newRow("pipe") << Reason::IsPipe << QStringLiteral("is a pipe between programs");
        QTest::newRow("device") << Reason::IsDevice << QStringLiteral("is a device");
        QTest::newRow("made up") << Reason::IsMadeWhenRead
                                 << QStringLiteral("made up by the system while it is read");
    }
    void whatCannotBeSentSaysWhatItIs()
    {
        QFETCH(const Reason, reason);
        QFETCH(const QString, word);
        JobError error = errorOf(Cause::SourceNotAFile);
        error.type = JobType::Upload;
        error.localPath = QStringLiteral("/home/me/film");
        error.reason = reason;
        const Explanation told = explain(error);
        QVERIFY2(told.whatHappened.startsWith(QStringLiteral("“film” in “/home/me” ")),
                 qPrintable(told.whatHappened));
        QVERIFY2(told.whatHappened.contains(word), qPrintable(told.whatHappened));
    }

    void everyCauseIsToldInThreeWholeSentences()
    {
        static const QRegularExpression leftover(
            QStringLiteral("[{}]|%[0-9nL]|\\(s\\)|!|  |^ | $"));
        for (const Cause cause : kCauses) {
            for (const JobError &error : shapesOf(cause)) {
                const Explanation told = explain(error);
                for (const QString &part : {told.whatHappened, told.whatIsSafe, told.whatToDo}) {
                    QVERIFY2(part.endsWith(u'.'), name(cause));
                    QVERIFY2(!part.contains(leftover), qPrintable(part));
                }
                QCOMPARE(told.oneLine(),
                         told.whatHappened + u' ' + told.whatIsSafe + u' ' + told.whatToDo);
            }
        }
    }

    void noSentenceBlamesOrSpeaksInCodes()
    {
        static const QRegularExpression harsh(
            QStringLiteral("\\b(invalid|illegal|failed|error|fatal|HTTP|4[0-9][0-9]|5[0-9][0-9]|"
                           "you (did|must not|entered))\\b"));
        for (const Cause cause : kCauses) {
            if (cause == Cause::DiskFailed) {
                continue; // the drive did report an error
            }
            for (JobError error : shapesOf(cause)) {
                error.url = QUrl(QStringLiteral("https://files.example.org/movie.mkv"));
                const QString told = explain(error).oneLine();
                QVERIFY2(!told.contains(harsh), qPrintable(told));
            }
        }
    }

    void theFirstCausesReadLikeThis_data()
    {
        QTest::addColumn<JobError>("error");
        QTest::addColumn<QString>("happened");
        QTest::addColumn<QString>("safe");
        QTest::addColumn<QString>("todo");
        const QString nothingYet =
            QStringLiteral("Nothing had been fetched yet, so nothing is lost.");

        QTest::newRow("403, fresh")
            << freshErrorOf(Cause::Forbidden)
            << QStringLiteral("files.example.org refuses access to this file.") << nothingYet
            << QStringLiteral(
                   "Get a fresh link from the page where you found this one. Some "
                   "servers want an extra header instead, such as the cookie of your browser.");
        QTest::newRow("403, half-way")
            << errorOf(Cause::Forbidden)
            << QStringLiteral("files.example.org gave access to this file before and now refuses "
                              "it.")
            << savedSentence()
            << QStringLiteral("Most likely the link has run out. Get a fresh one from the page "
                              "where you found it.");
        JobError ranOut = errorOf(Cause::Forbidden);
        ranOut.httpStatus = 403;
        ranOut.url = QUrl(QStringLiteral("https://files.example.org/movie.mkv?Expires=1768471200"));
        QTest::newRow("403, signed link")
            << ranOut
            << QStringLiteral("This download link has run out. It was good until 15 Jan 2026 "
                              "10:00.")
            << savedSentence()
            << QStringLiteral("Get a fresh link from the page where you found this one.");
        QTest::newRow("404, fresh")
            << freshErrorOf(Cause::NotFound)
            << QStringLiteral("files.example.org has no file at this address.") << nothingYet
            << QStringLiteral("Check the address, or look for a current link on the page where you "
                              "found this one.");
        QTest::newRow("404, half-way")
            << errorOf(Cause::NotFound)
            << QStringLiteral("The file is no longer at this address on files.example.org.")
            << savedSentence()
            << QStringLiteral("Look for its new link on the page where you found this one.");
        QTest::newRow("410")
            << freshErrorOf(Cause::Gone)
            << QStringLiteral("files.example.org says that this file has been removed for good.")
            << nothingYet << QStringLiteral("Use a link to another copy of it, if you know one.");
        QTest::newRow("401")
            << freshErrorOf(Cause::LoginRequired)
            << QStringLiteral("files.example.org asks for a name and a password.") << nothingYet
            << QStringLiteral(
                   "Enter the name and the password that you have for files.example.org.");
        QTest::newRow("name not found")
            << freshErrorOf(Cause::NameNotFound)
            << QStringLiteral("files.example.org cannot be found. The address may be misspelt, or "
                              "this computer is not connected to the internet.")
            << nothingYet
            << QStringLiteral("Check the address and your connection, then try again, or use "
                              "another link.");
        JobError refused = errorOf(Cause::ConnectionRefused);
        refused.url = QUrl(QStringLiteral("http://127.0.0.1:8080/movie.mkv"));
        QTest::newRow("refused")
            << refused << QStringLiteral("127.0.0.1:8080 is not accepting connections right now.")
            << savedSentence()
            << QStringLiteral("This often passes. Try again in a while, or use another link.");
        QTest::newRow("5xx")
            << errorOf(Cause::ServerFailed)
            << QStringLiteral("files.example.org has a problem of its own and could not send the "
                              "file.")
            << savedSentence()
            << QStringLiteral("There is nothing wrong on your side. Try again later, or use "
                              "another link.");
        JobError busy = errorOf(Cause::ServerBusy);
        busy.retryAfter = std::chrono::minutes(125);
        QTest::newRow("503 with Retry-After")
            << busy << QStringLiteral("files.example.org is busy and asked us to wait until 14:05.")
            << savedSentence() << QStringLiteral("Try again after that, or use another link.");
        busy.retryAfter = std::chrono::hours(24) + std::chrono::minutes(125);
        const QDate tomorrow = busy.time.toLocalTime().date().addDays(1);
        QTest::newRow("503 with Retry-After till another day")
            << busy
            << QStringLiteral("files.example.org is busy and asked us to wait until %1 14:05.")
                   .arg(QLocale().toString(tomorrow, QLocale::ShortFormat))
            << savedSentence() << QStringLiteral("Try again after that, or use another link.");
        QTest::newRow("connection lost")
            << errorOf(Cause::ConnectionLost)
            << QStringLiteral("The connection to files.example.org broke off at 4.1 GB of 9.8 GB.")
            << savedSentence()
            << QStringLiteral("Check your connection and try again. If it keeps breaking off, "
                              "another link may serve you better.");
        QTest::newRow("silence")
            << errorOf(Cause::ServerSilent)
            << QStringLiteral("files.example.org stopped sending in the middle of the file.")
            << savedSentence()
            << QStringLiteral("Check your connection and try again, or use another link.");
        JobError full = errorOf(Cause::DiskFull);
        full.localPath = QStringLiteral("/home/a/Downloads/movie.mkv.part");
        full.bytesMissing = 5'700'000'000;
        QTest::newRow("disk full")
            << full
            << QStringLiteral(
                   "There is not enough room on the drive that holds “/home/a/Downloads”.")
            << savedSentence()
            << QStringLiteral("Free at least 5.7 GB and try again, or choose another folder.");
        QTest::newRow("no permission")
            << inFolder(freshErrorOf(Cause::NoPermission))
            << QStringLiteral("Your account is not allowed to write to “/home/a/Downloads”.")
            << nothingYet
            << QStringLiteral("Choose another folder, or change the permissions of this one and "
                              "try again.");
        JobError closed = errorOf(Cause::NoPermission);
        closed.localPath = QStringLiteral("/home/a/Downloads/movie.mkv.part");
        QTest::newRow("no permission for the part")
            << closed
            << QStringLiteral("Your account is not allowed to open the unfinished file for "
                              "“movie.mkv” in “/home/a/Downloads”.")
            << savedSentence()
            << QStringLiteral("Change the permissions of that file and try again.");
        QTest::newRow("not a folder")
            << inFolder(freshErrorOf(Cause::NotAFolder))
            << QStringLiteral("In the place of “/home/a/Downloads” there is a file, or a link to "
                              "another place, and not a folder.")
            << nothingYet
            << QStringLiteral("Choose another folder. If there was a folder in that place before, "
                              "put it back and try again.");
        QTest::newRow("drive missing")
            << inFolder(errorOf(Cause::DriveMissing))
            << QStringLiteral("“/home/a/Downloads” is on a drive that is not connected now.")
            << QStringLiteral("If the drive comes back with the 4.1 GB saved on it, they will not "
                              "be fetched again.")
            << QStringLiteral("Connect the drive and try again, or choose another folder.");
        QTest::newRow("folder missing, fresh")
            << inFolder(freshErrorOf(Cause::FolderMissing))
            << QStringLiteral("“/home/a/Downloads” does not exist.") << nothingYet
            << QStringLiteral("Create it or choose another folder. If it is on a drive that was "
                              "unplugged, plug that in and try again.");
        QTest::newRow("folder missing, half-way")
            << inFolder(errorOf(Cause::FolderMissing))
            << QStringLiteral("“/home/a/Downloads” is not there.")
            << QStringLiteral("If the folder comes back with the 4.1 GB saved in it, they will not "
                              "be fetched again.")
            << QStringLiteral("If it is on a drive that was unplugged, plug that in and try again. "
                              "If it was moved or has another name, choose where it is now. "
                              "Created again, it is empty.");
        JobError exists = errorOf(Cause::NameExists);
        exists.localPath = QStringLiteral("/home/a/Downloads/film.mkv");
        QTest::newRow("name exists")
            << exists
            << QStringLiteral("There is already a file named “film.mkv” in “/home/a/Downloads”.")
            << QStringLiteral("The new file has arrived whole, and the one that was there before "
                              "has not been touched.")
            << QStringLiteral("Keep both files, replace the old one, or choose another name.");
        QTest::newRow("changed on the server")
            << errorOf(Cause::RemoteChanged)
            << QStringLiteral("The file on files.example.org was changed after you began to fetch "
                              "it. Joining old and new parts would break it.")
            << QStringLiteral("The 4.1 GB of the old version are kept until the new one is whole.")
            << QStringLiteral("Fetch the new version from its start, or use a link to the old "
                              "one.");
        QTest::newRow("range refused")
            << errorOf(Cause::RangeRefused)
            << QStringLiteral("files.example.org sent another part of the file than the one that "
                              "is missing.")
            << QStringLiteral("4.1 GB are saved, and nothing wrong was added to them.")
            << QStringLiteral("Fetch the file again from its start, or use another link.");
    }
    void theFirstCausesReadLikeThis()
    {
        QFETCH(JobError, error);
        const Explanation told = explain(error);
        QTEST(told.whatHappened, "happened");
        QTEST(told.whatIsSafe, "safe");
        QTEST(told.whatToDo, "todo");
    }

    void connectionsThatCannotBeTrustedReadLikeThis_data()
    {
        QTest::addColumn<JobError>("error");
        QTest::addColumn<QString>("happened");
        const auto row = [](const char *what, const JobError &error, const char *happened) {
            QTest::newRow(what) << error << QString::fromUtf8(happened);
        };
        const QString cdn = QStringLiteral("*.cdn.example");
        row("nobody vouches", withCertificate(Cause::Untrusted, cdn),
            "Nobody this computer trusts vouches for files.example.org. It may be a private "
            "server, or somebody in between who poses as it.");
        row("ran out", withCertificate(Cause::CertificateExpired, cdn),
            "The security certificate of files.example.org ran out on 24 December 2025.");
        JobError chain = withCertificate(Cause::CertificateExpired, cdn);
        chain.certificate->notAfter = chain.time.addYears(1);
        row("another one of the chain ran out", chain,
            "The security certificate of files.example.org has run out.");
        row("ran out, not seen", freshErrorOf(Cause::CertificateExpired),
            "The security certificate of files.example.org has run out.");
        row("not good yet", withCertificate(Cause::CertificateNotYetValid, cdn),
            "By the clock of this computer, the security certificate of files.example.org is good "
            "only from 1 February 2026.");
        row("not good yet, not seen", freshErrorOf(Cause::CertificateNotYetValid),
            "By the clock of this computer, the security certificate of files.example.org is not "
            "good yet.");
        row("of another host", withCertificate(Cause::CertificateOfOtherHost, cdn),
            "The certificate that files.example.org showed belongs to “*.cdn.example”.");
        row("of another host, titled as the one that was asked",
            withCertificate(Cause::CertificateOfOtherHost, QStringLiteral("Files.example.org")),
            "The certificate that files.example.org showed belongs to “other.example.net”.");
        row("of another host, not seen", freshErrorOf(Cause::CertificateOfOtherHost),
            "The certificate that files.example.org showed belongs to another server.");
        row("changed", withCertificate(Cause::CertificateChanged, cdn),
            "files.example.org showed another certificate than the one that was trusted for this "
            "job.");
        row("no agreement", freshErrorOf(Cause::HandshakeFailed),
            "No secure connection to files.example.org could be agreed on. It may offer only "
            "outdated encryption, or want a certificate from you.");
        row("proxy away", behindProxy(Cause::ProxyUnreachable, "http://proxy.example:8080"),
            "The proxy proxy.example:8080 cannot be reached. The internet itself may be fine.");
        row("proxy without a port", behindProxy(Cause::ProxyUnreachable, "socks5://[::1]"),
            "The proxy [::1]:1080 cannot be reached. The internet itself may be fine.");
        row("proxy that is not known", freshErrorOf(Cause::ProxyUnreachable),
            "The proxy of this computer cannot be reached. The internet itself may be fine.");
        row("proxy that cannot go on", behindProxy(Cause::ProxyFailed, "http://proxy.example:8080"),
            "The proxy proxy.example:8080 did not get through to files.example.org.");
        row("proxy with a door", behindProxy(Cause::ProxyLoginRequired, "http://proxy.example"),
            "The proxy proxy.example:3128 asks for a name and a password.");
        row("proxy that refuses", behindProxy(Cause::ProxyRefused, "http://proxy.example:8080"),
            "The proxy proxy.example:8080 does not let us through to files.example.org.");
    }
    void connectionsThatCannotBeTrustedReadLikeThis()
    {
        QFETCH(JobError, error);
        QTEST(explain(error).whatHappened, "happened");
    }

    void whatCameInsteadOfTheFileIsNamed()
    {
        JobError error = freshErrorOf(Cause::WebPageInstead);
        QCOMPARE(explain(error).whatHappened,
                 QStringLiteral("files.example.org sent a web page instead of “movie.mkv”, "
                                "probably one to sign in."));
        error.pageTitle = QStringLiteral("Sign in – <b>Example</b>\n");
        QCOMPARE(explain(error).whatHappened,
                 QStringLiteral("files.example.org sent the web page “Sign in – "
                                "<b>Example</b>\uFFFD” instead of “movie.mkv”."));
        QVERIFY(explain(error).whatToDo.endsWith(
            QStringLiteral("If the page is what you want, accept it as it is.")));
    }

    void aFileThatDiffersFromItsChecksumMayBeRightAllTheSame()
    {
        const Explanation told = explain(errorOf(Cause::HashMismatch));
        QCOMPARE(told.whatHappened,
                 QStringLiteral("“movie.mkv” does not match its checksum. It is damaged, or not "
                                "the version you expect."));
        QCOMPARE(told.whatToDo,
                 QStringLiteral("Fetch it again from its start, or use another link. If the "
                                "checksum itself is wrong, correct it."));
    }

    void whatIsAllowedIsSaidWithItsDanger()
    {
        QVERIFY(explain(freshErrorOf(Cause::InsecureRedirect))
                    .whatToDo.endsWith(QStringLiteral("only if it does not matter who reads or "
                                                      "changes the file.")));
        QCOMPARE(describe(FixKind::AllowInsecure, freshErrorOf(Cause::InsecureRedirect)),
                 QStringLiteral("Follows to the unencrypted address, in this job only. Others on "
                                "the way can read and change the file."));
        QCOMPARE(describe(FixKind::Accept, errorOf(Cause::HashMismatch)),
                 QStringLiteral("Keeps “movie.mkv” although its checksum differs. It may be "
                                "damaged, or not what it seems."));
        QCOMPARE(describe(FixKind::Accept, freshErrorOf(Cause::WebPageInstead)),
                 QStringLiteral("Fetches the page and saves it under the name “movie.mkv”."));
    }

    void aJobOfManyFilesCountsWhatIsWhole()
    {
        JobError error = errorOf(Cause::NotFound);
        error.jobFilesTotal = 12;
        error.jobBytesDone += 1'000'000'000; // of the others, which is not what is asked about
        const QString ofFile =
            QStringLiteral("4.1 GB of this file are saved and will not be fetched again.");
        QCOMPARE(explain(error).whatIsSafe, ofFile);
        error.jobFilesDone = 1;
        QCOMPARE(explain(error).whatIsSafe, QStringLiteral("1 of 12 files is whole. ") + ofFile);
        error.jobFilesDone = 7;
        QCOMPARE(explain(error).whatIsSafe, QStringLiteral("7 of 12 files are whole. ") + ofFile);
        error.fileBytesDone = 0;
        QCOMPARE(explain(error).whatIsSafe,
                 QStringLiteral("7 of 12 files are whole. Nothing of this file had been fetched "
                                "yet."));
        QVERIFY(explain(error).whatToDo.endsWith(
            QStringLiteral(" You can also go on without this file.")));
    }

    void whatIsKeptOfAnOlderFormIsSaidAndOffered()
    {
        JobError error = freshErrorOf(Cause::NotFound);
        error.fileBytesAside = 4'100'000'000;
        QCOMPARE(
            explain(error).whatIsSafe,
            QStringLiteral("The 4.1 GB that were here before are kept until the file is whole."));
        QVERIFY(!fixesFor(error).contains(FixKind::Accept)); // half a file is none
        error.isWholeAside = true;
        QVERIFY(fixesFor(error).contains(FixKind::Accept));
        QCOMPARE(label(FixKind::Accept, error), QStringLiteral("Keep what was here before"));
    }

    void wholeFilesAreNotCountedWhereTheyAreOutOfReach()
    {
        JobError error = errorOf(Cause::FolderMissing);
        error.jobFilesTotal = 12;
        error.jobFilesDone = 7;
        QVERIFY(!explain(error).whatIsSafe.contains(QStringLiteral("7 of 12")));
        error.cause = Cause::HashMismatch;
        QCOMPARE(explain(error).whatIsSafe,
                 QStringLiteral("The file was not given its final name and is kept until you "
                                "decide. 7 of 12 files are whole."));
        error.cause = Cause::Forbidden;
        error.fileBytesDone = 0;
        error.jobBytesDone = 0; // as it was when this file stopped
        QCOMPARE(explain(error).whatIsSafe,
                 QStringLiteral("7 of 12 files are whole. Nothing of this file had been fetched "
                                "yet."));
    }

    void whatMayBeSomebodyElsesIsNotCalledOurs()
    {
        JobError error{.cause = Cause::Unconfirmed, .type = JobType::Upload, .httpStatus = 404};
        error.url = QUrl(QStringLiteral("https://host.example/up/film.iso"));
        error.localPath = QStringLiteral("/home/me/film.iso");
        QVERIFY(explain(error).whatHappened.contains(QStringLiteral("has no file")));
        error.httpStatus = 200;
        QVERIFY(explain(error).whatHappened.contains(QStringLiteral("nothing tells whether")));
        QVERIFY(explain(error).whatToDo.contains(QStringLiteral("replaces what is there")));
        QCOMPARE(explain(error).whatIsSafe, QStringLiteral("Your file has not been touched."));
    }

    void ofAnUploadItIsToldWhatIsTrue_data()
    {
        QTest::addColumn<JobError>("error");
        QTest::addColumn<QString>("happened");
        JobError error{.type = JobType::Upload};
        error.url = QUrl(QStringLiteral("https://host.example/up/film.iso"));
        error.localPath = QStringLiteral("/home/me/film.iso");
        error.fileBytesTotal = 9'800'000'000;
        error.time = QDateTime(QDate(2026, 1, 15), QTime(12, 0), QTimeZone::utc());
        const auto row = [&error](const char *what, Cause cause, const auto &change,
                                  const char *happened) {
            JobError made = error;
            made.cause = cause;
            change(&made);
            QTest::newRow(what) << made << QString::fromUtf8(happened);
        };
        row(
            "silence after all", Cause::ServerSilent,
            [](JobError *each) { each->bytesSent = each->fileBytesTotal; },
            "All of “film.iso” was sent, but host.example did not answer, and has nothing new at "
            "this address.");
        row(
            "silence", Cause::ServerSilent, [](JobError *each) { each->bytesSent = 1; },
            "host.example takes nothing any more, or does not answer.");
        row(
            "closed after all", Cause::ConnectionLost,
            [](JobError *each) { each->bytesSent = each->fileBytesTotal; },
            "All of “film.iso” was sent, but host.example closed the connection without an "
            "answer, and has nothing new at this address.");
        row(
            "closed early", Cause::ConnectionLost, [](JobError *each) { each->bytesSent = 8'192; },
            "The connection to host.example broke off when 8.2 kB of 9.8 GB had been sent.");
        row(
            "closed with a part confirmed", Cause::ConnectionLost,
            [](JobError *each) {
                each->bytesSent = 8'000'000;
                each->fileBytesDone = 4'000'000;
            },
            "The connection to host.example broke off at 4.0 MB of 9.8 GB.");
        row(
            "perhaps a folder", Cause::RemoteFolderMissing,
            [](JobError *each) { each->httpStatus = 500; },
            "host.example answers with an error instead of taking “film.iso”, and has no folder "
            "where it is to go.");
        row(
            "to another server", Cause::UploadElsewhere,
            [](JobError *each) {
                each->url = QUrl(QStringLiteral("https://b.example:8443/in/film.iso?sig=abc"));
                each->evidence.redirects = {each->url};
            },
            "The file is to go to https://b.example:8443/in/film.iso?sig=…, on another "
            "server. Nothing was sent there.");
        row(
            "to another place", Cause::BadRedirect,
            [](JobError *each) {
                each->evidence.redirects = {
                    QUrl(QStringLiteral("https://host.example/new/film.iso"))};
            },
            "host.example does not take the file here and names another address: "
            "https://host.example/new/film.iso. Nothing was sent there.");
        row(
            "no checksum of ours", Cause::HashMismatch, [](JobError *) {},
            "“film.iso” does not have the checksum that it should have. Nothing of it was sent.");
        row(
            "busy", Cause::ServerBusy,
            [](JobError *each) { each->retryAfter = std::chrono::minutes(5); },
            qPrintable(
                QStringLiteral("host.example is busy and asked us to wait until %1.")
                    .arg(error.time.addSecs(300).toLocalTime().toString(QStringLiteral("HH:mm")))));
        row(
            "busy for no time that is named", Cause::ServerBusy, [](JobError *) {},
            "host.example is busy and asked us to come back later.");
        row(
            "misspelt", Cause::NameNotFound,
            [](JobError *each) { each->similarHost = QStringLiteral("most.example"); },
            "host.example cannot be found. The list has other files from most.example, which is "
            "spelt nearly the same.");
        row(
            "to be paid", Cause::RequestRejected, [](JobError *each) { each->httpStatus = 402; },
            "host.example wants to be paid before it takes this file.");
        row(
            "no tus", Cause::UploadNotTaken, [](JobError *each) { each->step = Step::Prepare; },
            "host.example does not speak tus at this address, which this job asks for.");
    }
    void ofAnUploadItIsToldWhatIsTrue()
    {
        QFETCH(const JobError, error);
        QTEST(explain(error).whatHappened, "happened");
        QVERIFY(!explain(error).whatToDo.contains(QStringLiteral("link")));
    }

    void theOtherWayToSendIsNamed()
    {
        JobError error{.cause = Cause::UploadNotTaken, .type = JobType::Upload};
        QVERIFY(!fixesFor(error).contains(FixKind::OtherProtocol));
        error.step = Step::Prepare;
        QCOMPARE(fixesFor(error).value(0), FixKind::OtherProtocol);
        QCOMPARE(label(FixKind::OtherProtocol, error), QStringLiteral("Send it in the plain way"));
        error.step = Step::Send;
        error.evidence.headers = {{"Tus-Version", "1.0.0"}};
        QCOMPARE(fixesFor(error).value(0), FixKind::OtherProtocol);
        QCOMPARE(label(FixKind::OtherProtocol, error), QStringLiteral("Send it by tus"));
        error.cause = Cause::UploadTooLarge;
        QVERIFY(!fixesFor(error).contains(FixKind::OtherProtocol));
    }

    void whatMayNotBeginIsNotSaidToBeThere()
    {
        const Refusal refusal{.kind = RefusalKind::PlaceTaken,
                              .subject = QStringLiteral("3 (film.iso)")};
        QVERIFY(
            explain(refusal).startsWith(QStringLiteral("Nothing was added: job “3 (film.iso)”")));
        Refusal ofOne = refusal;
        ofOne.job = {4};
        QVERIFY(explain(ofOne).startsWith(QStringLiteral("Job 4 does not begin: ")));
    }

    void anAnswerWithoutAnyFieldIsCalledThat()
    {
        JobError error = freshErrorOf(Cause::BadAnswer);
        error.httpStatus = 200;
        error.evidence.headers.clear();
        QVERIFY(explain(error).whatHappened.endsWith(
            QStringLiteral(" sent the file without a word about it that could be read, so nobody "
                           "can tell whether it is whole.")));
        QCOMPARE(explain(error).whatToDo,
                 QStringLiteral("Use another link, or accept it as it is."));
    }

    void aRedirectWithoutAnAddressIsCalledThat()
    {
        JobError error = freshErrorOf(Cause::BadRedirect);
        error.httpStatus = 301;
        error.evidence.headers.clear();
        QCOMPARE(explain(error).whatHappened,
                 QStringLiteral("files.example.org says that the file is somewhere else, but not "
                                "where, as far as its answer can be read."));
        error.evidence.headers = {{"Location", "https://"}};
        QVERIFY(explain(error).whatHappened.contains(
            QStringLiteral("pointed to an address that cannot be used")));
    }

    void whoHasBegunToAnswerIsNotSaidToBeSilent()
    {
        JobError error = freshErrorOf(Cause::ServerSilent);
        error.step = Step::Connect;
        QCOMPARE(explain(error).whatHappened, QStringLiteral("files.example.org does not answer."));
        error.step = Step::Receive;
        QCOMPARE(explain(error).whatHappened,
                 QStringLiteral("files.example.org began to answer, and then sent nothing more."));
    }

    void oneByteIsSingular()
    {
        JobError error = errorOf(Cause::Forbidden);
        error.jobBytesDone = 1;
        QCOMPARE(explain(error).whatIsSafe,
                 QStringLiteral("1 byte is saved and will not be fetched again."));
    }

    void nothingIsPromisedThatIsNotThere()
    {
        for (const Cause cause : kCauses) {
            const QString safe = explain(freshErrorOf(cause)).whatIsSafe;
            QVERIFY2(!safe.contains(QStringLiteral("0 bytes")), name(cause));
        }
        QVERIFY(
            !explain(errorOf(Cause::PartMissing)).whatIsSafe.contains(QStringLiteral("4.1 GB")));
        QVERIFY(
            !explain(errorOf(Cause::PartChanged)).whatIsSafe.contains(QStringLiteral("4.1 GB")));
    }

    void theNameOfAnUnfinishedFileIsTheOneItWillHave_data()
    {
        QTest::addColumn<QString>("path");
        QTest::addColumn<QString>("shown");
        const auto row = [](const char *path, const char *shown) {
            QTest::newRow(path) << QString::fromUtf8(path) << QString::fromUtf8(shown);
        };
        row("/d/a.mkv.part", "“a.mkv”");
        row("/d/a.mkv.2.part", "“a.mkv”");
        row("/d/a.mkv.2.part.old", "“a.mkv”");
        row("/d/setup-1.2.part", "“setup-1.2”");
        row("/d/a.part.part", "“a.part”");
        row("/d/", "“movie.mkv”");
        row("a.mkv", "“a.mkv”");
        row("", "“movie.mkv”");
    }
    void theNameOfAnUnfinishedFileIsTheOneItWillHave()
    {
        QFETCH(QString, path);
        QFETCH(QString, shown);
        JobError error = errorOf(Cause::PartMissing);
        error.localPath = path;
        QCOMPARE(explain(error).whatHappened,
                 QStringLiteral("The unfinished file for %1 was moved or deleted.").arg(shown));
    }

    void theFolderIsNamedWhateverThePathIs_data()
    {
        QTest::addColumn<QString>("path");
        QTest::addColumn<Step>("step");
        QTest::addColumn<QString>("shown");
        const auto row = [](const char *path, Step step, const char *shown) {
            QTest::newRow(path) << QString::fromUtf8(path) << step << QString::fromUtf8(shown);
        };
        row("/d/e", Step::Prepare, "“/d/e”");
        row("/d/e/a.mkv.part", Step::Prepare, "“/d/e”");
        row("/d/e/a.mkv.part.old", Step::Write, "“/d/e”");
        row("/d/e/a.mkv", Step::Publish, "“/d/e”");
        row("a.mkv", Step::Publish, "The folder");
        row("", Step::Prepare, "The folder");
    }
    void theFolderIsNamedWhateverThePathIs()
    {
        QFETCH(QString, path);
        QFETCH(Step, step);
        QFETCH(QString, shown);
        JobError error = freshErrorOf(Cause::FolderMissing);
        error.localPath = path;
        error.step = step;
        QCOMPARE(explain(error).whatHappened, shown + QStringLiteral(" does not exist."));
    }

    void whatComesFromOutsideStaysText()
    {
        JobError error = errorOf(Cause::NameExists);
        error.localPath = QStringLiteral("/d/<b>{host} %1 &amp;\n\u202Ex.mkv");
        QCOMPARE(
            explain(error).whatHappened,
            QStringLiteral("There is already a file named “<b>{host} %1 &amp;\uFFFD\uFFFDx.mkv”"
                           " in “/d”."));
    }

    void anAddressWithoutAHostReadsAsAServer()
    {
        JobError error = freshErrorOf(Cause::Forbidden);
        error.url = QUrl();
        QCOMPARE(explain(error).whatHappened,
                 QStringLiteral("The server refuses access to this file."));
    }

    void secretsOfTheAddressAreNotSpoken()
    {
        for (const Cause cause : kCauses) {
            JobError error = errorOf(cause);
            error.url =
                QUrl(QStringLiteral("https://user:s3cret@a.example/f.iso?token=s3cret#s3cret"));
            error.proxy = QUrl(QStringLiteral("http://user:s3cret@proxy.example:3128"));
            QVERIFY2(!explain(error).oneLine().contains(QStringLiteral("s3cret")), name(cause));
        }
    }
};

BELLHOP_TEST(ExplainTest)
#include "tst_explain.moc"
