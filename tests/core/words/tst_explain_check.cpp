// SPDX-License-Identifier: Apache-2.0
#include "core/words/explain_check.h"

#include "tests/support/pretty.h"
#include "tests/support/test_program.h"

#include <QTest>

using namespace core;

using Proof = ServerFinding::Proof;

/// What the answer of a check is called.
class ExplainCheckTest : public QObject {
    Q_OBJECT

    static CheckReport found(Proof proof, std::optional<qint64> size, qint64 kept = 4'100'000'000)
    {
        return {.server = ServerFinding{.proof = proof, .sizeBytes = size, .bytesKept = kept}};
    }
    static CheckReport stopped(const JobError &problem, std::optional<PlaceFinding> place = {})
    {
        return {.place = std::move(place), .problem = problem};
    }
    static PlaceFinding room(qint64 needed, qint64 free)
    {
        return {.folder = QStringLiteral("/srv/films"), .neededBytes = needed, .freeBytes = free};
    }

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(QStringLiteral(".*"))); }

    void theAnswerSaysWhatIsKept_data()
    {
        QTest::addColumn<CheckReport>("report");
        QTest::addColumn<QString>("text");
        const auto row = [](const CheckReport &report, const char *text) {
            QTest::newRow(text) << report << QString::fromUtf8(text);
        };
        row(found(Proof::Compared, 9'800'000'000), "Same file: 4.1 GB of 9.8 GB are kept.");
        row(found(Proof::Validator, std::nullopt), "Same file: 4.1 GB are kept.");
        row(found(Proof::None, 9'800'000'000, 0), "The server has the file: 9.8 GB.");
        row(found(Proof::None, std::nullopt, 0),
            "The server has the file, and does not say how large it is.");
        CheckReport paced = found(Proof::Compared, 9'800'000'000);
        paced.server->remaining = std::chrono::minutes(6);
        row(paced, "Same file: 4.1 GB of 9.8 GB are kept, about 6 min to go.");
        CheckReport whole = found(Proof::Compared, 9'800'000'000);
        whole.server->isWholeSent = true;
        row(whole, "Same file: 4.1 GB of 9.8 GB are kept. The server can only send it from the "
                   "start, so what is here is compared on the way.");
        row({.place = room(4'900'000, 30'000'000)}, "4.9 MB are needed there, 30.0 MB are free.");
        PlaceFinding made = room(0, 30'000'000);
        made.isToBeMade = true;
        row({.place = made}, "The folder “/srv/films” will be made. 30.0 MB are free there.");
        CheckReport packed = found(Proof::None, 300'000, 0);
        packed.server->isPacked = true;
        row(packed, "The server has the file: 300 kB. That is how large it comes, compressed.");
        packed.isHashOnlyTold = true;
        packed.server->sizeBytes.reset();
        row(packed, "The server has the file, and does not say how large it is. It comes "
                    "compressed. Its checksum is compared all the same, and you are told if it "
                    "differs.");
        row({}, "");
        UploadFinding upload{.there = UploadFinding::There::Nothing, .sizeBytes = 3'000'000};
        row({.upload = upload}, "The place is free. 3.0 MB will be sent.");
        upload.isFolderMissing = true;
        row({.upload = upload}, "The server seems to have no folder for it, and may refuse the "
                                "file then. 3.0 MB will be sent.");
        upload.isFolderToBeMade = true;
        row({.upload = upload}, "The folder will be made on the server. 3.0 MB will be sent.");
        CheckReport changed = found(Proof::Validator, 9'800'000'000);
        changed.server->isToBeReread = true;
        row(changed, "Same file: at most 4.1 GB of 9.8 GB are kept. What is here does not look as "
                     "it was left, so it is read again first, and what is not as it came is "
                     "fetched once more.");
    }
    void theAnswerSaysWhatIsKept()
    {
        QFETCH(CheckReport, report);
        QCOMPARE(explain(report, std::nullopt).verdict, CheckWords::Verdict::Good);
        QTEST(explain(report, std::nullopt).text, "text");
    }

    void whereNobodyWasAskedItIsSaidWhatWillBeDone_data()
    {
        QTest::addColumn<Fixes>("fixes");
        QTest::addColumn<QString>("begin");
        const ExpectedHash hash{ExpectedHash::Algorithm::Md5, QByteArray(32, 'a')};
        QTest::newRow("checksum") << Fixes{fix::OtherHash{hash, {}}} << "Compares the file";
        QTest::newRow("replace") << Fixes{fix::Replace{0}, fix::Replace{1}}
                                 << "Puts the new file in the place of the old one, which is gone "
                                    "then. 30.0 MB";
        QTest::newRow("accept") << Fixes{fix::Accept{}} << "Keeps “a.bin” although";
        QTest::newRow("folder") << Fixes{fix::OtherFolder{QStringLiteral("/srv/films")}}
                                << "Puts the finished files in place. Nothing is fetched again. "
                                   "30.0 MB";
        QTest::newRow("none") << Fixes{} << "Puts the finished files in place.";
    }
    void whereNobodyWasAskedItIsSaidWhatWillBeDone()
    {
        QFETCH(Fixes, fixes);
        QFETCH(QString, begin);
        const JobError wrong{.cause = Cause::HashMismatch,
                             .localPath = QStringLiteral("/srv/a.bin.part")};
        const JobSnapshot job{.state = JobState::Transferred, .obstacle = wrong};
        const CheckReport report{.place = room(0, 30'000'000)};
        const CheckWords words = explainFor(job, fixes, report, wrong);
        QCOMPARE(words.verdict, CheckWords::Verdict::Good);
        QVERIFY2(words.text.startsWith(begin), qPrintable(words.text));
        QCOMPARE(words.text.count(QStringLiteral("Puts the new")), begin.count(u"Puts the new"));
        const CheckReport asked = found(Proof::Compared, std::nullopt);
        QCOMPARE(explainFor(job, fixes, asked, wrong), explain(asked, wrong));
    }

    void aNoOfTheSameCauseIsCalledSo()
    {
        const JobError forbidden{.cause = Cause::Forbidden, .httpStatus = 403};
        const JobError gone{.cause = Cause::Gone, .httpStatus = 410};
        QCOMPARE(explain(stopped(forbidden), forbidden),
                 (CheckWords{CheckWords::Verdict::SameNo,
                             QStringLiteral("Still the same (HTTP 403): The server refuses access "
                                            "to this file.")}));
        QCOMPARE(explain(stopped(gone), forbidden),
                 (CheckWords{CheckWords::Verdict::OtherNo,
                             QStringLiteral("The server says that this file has been removed for "
                                            "good.")}));
        QCOMPARE(explain(stopped(forbidden), std::nullopt).verdict, CheckWords::Verdict::OtherNo);
    }

    void aFullDiskSaysBothFigures()
    {
        const JobError full{.cause = Cause::DiskFull};
        QCOMPARE(
            explain(stopped(full, room(4'900'000, 3'100'000)), full).text,
            QStringLiteral("Still too little room. 4.9 MB are needed there, 3.1 MB are free."));
    }

    void anotherFileIsSaidToBeOne()
    {
        JobError changed{.cause = Cause::RemoteChanged};
        QVERIFY(explain(stopped(changed), std::nullopt)
                    .text.startsWith(QStringLiteral("A different file:")));
        changed.fileBytesTotal = 12'300'000'000;
        QVERIFY(explain(stopped(changed), std::nullopt)
                    .text.startsWith(QStringLiteral("A different file (12.3 GB):")));
    }
};

BELLHOP_TEST(ExplainCheckTest)
#include "tst_explain_check.moc"
