// SPDX-License-Identifier: Apache-2.0
#include "core/words/explain_several.h"

#include "core/remedy/question_group.h"
#include "tests/support/pretty.h"
#include "tests/support/test_program.h"

#include <QTest>

using namespace core;

namespace {

JobError failure(Cause cause, int file)
{
    JobError error;
    error.cause = cause;
    error.fileIndex = file;
    error.url = QUrl(QStringLiteral("https://host.example/file-%1.iso").arg(file));
    error.type = isOnlyOfUploads(cause) ? JobType::Upload : JobType::Download;
    error.proxy = QUrl(QStringLiteral("http://proxy.example:3128"));
    error.localPath = QStringLiteral("/home/me/Downloads");
    error.fileBytesDone = 1000 * (file + 1);
    error.jobFilesTotal = 9;
    error.certificate = SeenCertificate{.sha256Hex = QByteArray(64, 'a')};
    return error;
}

QString allSentences(Cause cause)
{
    const QList<JobError> errors{failure(cause, 0), failure(cause, 1)};
    QStringList all{explainAll(errors, 5000).oneLine()};
    for (const FixKind kind : fixesForAll(errors)) {
        all += labelForAll(kind, errors.first());
        all += describeForAll(kind, errors.first());
    }
    return all.join(u'\n');
}

} // namespace

class ExplainSeveralTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(QStringLiteral(".*"))); }

    void speaksOfAllOfThem_data()
    {
        QTest::addColumn<Cause>("cause");
        for (const Cause cause : kCauses) {
            QTest::newRow(name(cause)) << cause;
        }
    }
    void speaksOfAllOfThem()
    {
        QFETCH(Cause, cause);
        const QString text = allSentences(cause);
        for (const QString &ofOne :
             {QStringLiteral("this file"), QStringLiteral("the file "), QStringLiteral("the file."),
              QStringLiteral("this job"), QStringLiteral("a fresh link"), QStringLiteral("file-0"),
              QStringLiteral("{")}) {
            QVERIFY2(!text.contains(ofOne), qPrintable(ofOne + u'\n' + text));
        }
        QVERIFY(text.contains(isOnlyOfUploads(cause)
                                  ? QStringLiteral("Your files have not been touched")
                              : catalogueRow(cause).scope == Scope::Job
                                  ? QStringLiteral("5.0 kB")
                                  : QStringLiteral("3.0 kB"))); // of these two files alone
    }

    void speaksOfAllOfThemWhateverTheReason_data()
    {
        QTest::addColumn<Reason>("reason");
        for (const auto &row : EnumRows<Reason>::rows) {
            QTest::newRow(row.name) << row.value;
        }
    }
    void speaksOfAllOfThemWhateverTheReason()
    {
        QFETCH(const Reason, reason);
        const bool isOfSource = reason >= Reason::IsFolder && reason <= Reason::IsMadeWhenRead;
        QList<JobError> errors{failure(Cause::Forbidden, 0), failure(Cause::Forbidden, 1)};
        for (JobError &error : errors) {
            error.reason = reason;
            error.cause = isOfSource ? Cause::SourceNotAFile : error.cause;
            error.type = isOfSource ? JobType::Upload : error.type;
        }
        const QString text = explainAll(errors, 5000).oneLine();
        for (const QString &ofOne : {QStringLiteral("this file"), QStringLiteral("The new link "),
                                     QStringLiteral("a broken one"), QStringLiteral("Fetch it "),
                                     QStringLiteral("The link "), QStringLiteral("another file"),
                                     QStringLiteral("Downloads"), QStringLiteral("{")}) {
            QVERIFY2(!text.contains(ofOne), qPrintable(ofOne + u'\n' + text));
        }
    }

    void whoMayNotReplaceIsNotToldTo()
    {
        for (const Cause cause : {Cause::NameExists, Cause::RemoteNameTaken}) {
            QList<JobError> errors{failure(cause, 0), failure(cause, 0)};
            QVERIFY(explainAll(errors, 0).whatToDo.contains(QStringLiteral("take the others out")));
            QVERIFY(
                !explainAll(errors, 0).whatToDo.contains(QStringLiteral("eplace the old ones")));
            QVERIFY(!explainAll(errors, 0).whatToDo.contains(QStringLiteral("Replace them")));
            errors[1].url = QUrl(QStringLiteral("https://host.example/b.iso"));
            errors[1].localPath = QStringLiteral("/home/me/Downloads/b.iso");
            QVERIFY(explainAll(errors, 0).whatToDo.contains(QStringLiteral("eplace the")));
        }
    }

    void ofSeveralUploadsNoRepairSpeaksOfOne()
    {
        JobError error = failure(Cause::Unconfirmed, 0);
        error.type = JobType::Upload;
        for (const FixKind kind :
             {FixKind::Retry, FixKind::NewLink, FixKind::Restart, FixKind::Accept}) {
            const QString text = labelForAll(kind, error) + u'\n' + describeForAll(kind, error);
            QVERIFY2(!text.contains(QRegularExpression(QStringLiteral(
                         "\\b(Send it|Sends it|It is|all of it|what it has,|another address)\\b"))),
                     qPrintable(text));
        }
    }

    void ofUploadsNobodySpeaksOfFetching_data()
    {
        QTest::addColumn<Cause>("cause");
        for (const Cause cause : kCauses) {
            const bool isOfArrival =
                cause == Cause::EmptyAnswer || cause == Cause::WebPageInstead ||
                cause == Cause::RemoteChanged || cause == Cause::RangeRefused ||
                cause == Cause::EncodedAnswer ||
                (cause >= Cause::DiskFull && cause < Cause::SourceMissing &&
                 cause != Cause::DiskFailed);
            if (!isOfArrival) {
                QTest::newRow(name(cause)) << cause;
            }
        }
    }
    void ofUploadsNobodySpeaksOfFetching()
    {
        QFETCH(const Cause, cause);
        QList<JobError> errors{failure(cause, 0), failure(cause, 1)};
        QStringList all;
        for (JobError &error : errors) {
            error.type = JobType::Upload;
            error.localPath = QStringLiteral("/home/me/film.iso");
            all += explain(error).oneLine();
            error.url = QUrl(QStringLiteral("https://host.example/up?Expires=1700000000"));
            error.httpStatus = cause == Cause::Forbidden ? 403 : 0;
            all += explain(error).oneLine();
        }
        all += explainAll(errors, 5000).oneLine();
        for (const FixKind kind : fixesForAll(errors)) {
            all += {label(kind, errors.first()), describe(kind, errors.first()),
                    labelForAll(kind, errors.first()), describeForAll(kind, errors.first())};
        }
        static const QRegularExpression ofDownloads(
            QStringLiteral("[Ff]etch|[Dd]ownload|[Ss]aved|link"));
        const QString text = all.join(u'\n');
        QVERIFY2(!text.contains(ofDownloads), qPrintable(text));
    }

    void aReasonIsToldOfAllOfThem_data()
    {
        QTest::addColumn<Cause>("cause");
        QTest::addColumn<Reason>("reason");
        const auto row = [](Cause cause, Reason reason) {
            QTest::newRow(name(reason)) << cause << reason;
        };
        row(Cause::Forbidden, Reason::WantsReferer);
        row(Cause::Forbidden, Reason::WantsBrowser);
        row(Cause::Forbidden, Reason::TooManyConnections);
        row(Cause::RemoteChanged, Reason::OtherFile);
        row(Cause::Forbidden, Reason::AddressChanged);
        row(Cause::HashMismatch, Reason::NotUnpackable);
        row(Cause::HashMismatch, Reason::OfUnpacked);
        row(Cause::RequestRejected, Reason::SpeaksTls);
        row(Cause::HandshakeFailed, Reason::SpeaksNoTls);
    }
    void aReasonIsToldOfAllOfThem()
    {
        QFETCH(const Cause, cause);
        QFETCH(const Reason, reason);
        QList<JobError> errors{failure(cause, 0), failure(cause, 1)};
        for (JobError &error : errors) {
            error.reason = reason;
        }
        const QString text = explainAll(errors, 5000).oneLine();
        for (const char *ofOne : {"this file", "the file ", "the file,", "The link ", " it is "}) {
            QVERIFY2(!text.contains(QLatin1StringView(ofOne)), qPrintable(text));
        }
    }

    void aFolderWithTooLongANameIsNotTakenForTheFiles()
    {
        QList<JobError> errors{failure(Cause::NameTooLong, 0), failure(Cause::NameTooLong, 1)};
        QVERIFY(
            explainAll(errors, 0).whatHappened.startsWith(QStringLiteral("The names of these")));
        for (JobError &error : errors) {
            error.step = Step::Prepare;
        }
        QVERIFY(explainAll(errors, 0).whatHappened.startsWith(
            QStringLiteral("The name of the folder")));
    }

    void whatWasTriedOfAllIsNotSaidAgain()
    {
        QList<JobError> errors{failure(Cause::HashMismatch, 0), failure(Cause::HashMismatch, 1)};
        for (JobError &error : errors) {
            error.triedInVain = {QStringLiteral("Restart")};
        }
        const QString advice = explainAll(errors, 5000).whatToDo;
        QVERIFY2(advice.endsWith(QStringLiteral("Try “Use other links” instead.")),
                 qPrintable(advice));
    }

    void oneIsExplainedAsEver()
    {
        const JobError error = failure(Cause::Forbidden, 0);
        QCOMPARE(explainAll({error}, 1000), explain(error));
    }

    void saysSoWhenNothingIsSaved()
    {
        QList<JobError> errors{failure(Cause::NotFound, 0), failure(Cause::NotFound, 1)};
        for (JobError &error : errors) {
            error.fileBytesDone = 0;
        }
        QVERIFY(explainAll(errors, 9).whatIsSafe.startsWith(QStringLiteral("Nothing had been")));
        errors[1].fileBytesAside = 7;
        QCOMPARE(explainAll(errors, 9).whatIsSafe,
                 QStringLiteral("What was here of them before is kept until they are whole."));
    }

    void whatWasTriedOfOneIsNotSaidToHaveBeenTriedOfAll()
    {
        QList<JobError> errors{failure(Cause::LoginRequired, 0), failure(Cause::LoginRequired, 1)};
        const QString before = explainAll(errors, 0).whatToDo;
        errors[0].triedInVain = {QStringLiteral("Login")};
        QCOMPARE(explainAll(errors, 0).whatToDo, before);
        errors[1].triedInVain = errors.first().triedInVain;
        QVERIFY(explainAll(errors, 0).whatToDo.contains(QStringLiteral("was tried")));
    }

    /// Of bytes that are wrong nothing is kept.
    void whatIsWrongIsFetchedInItsOwnPlace()
    {
        JobError error{.cause = Cause::HashMismatch, .fileBytesDone = 5'000'000};
        for (const auto &describeFix : {describe, describeForAll}) {
            QVERIFY(describeFix(FixKind::Restart, error).contains(QStringLiteral("in place of")));
        }
        error.cause = Cause::RemoteChanged;
        for (const auto &describeFix : {describe, describeForAll}) {
            QVERIFY(describeFix(FixKind::Restart, error).contains(QStringLiteral("kept until")));
        }
    }
};

BELLHOP_TEST(ExplainSeveralTest)
#include "tst_explain_several.moc"
