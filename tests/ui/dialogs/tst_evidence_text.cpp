// SPDX-License-Identifier: Apache-2.0
#include "ui/dialogs/evidence_text.h"

#include "tests/support/test_program.h"
#include "tests/ui/dialogs/sample_jobs.h"

#include <QDir>
#include <QTest>

class EvidenceTextTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(QStringLiteral(".*"))); }

    void saysWhatWasSeen()
    {
        core::JobSnapshot job = stoppedJob(core::Cause::DiskFull);
        const QString text = ui::evidenceText(*job.error);
        for (const char *part : {"DiskFull", "Write", "downloads.example.org", "mirror.example.net",
                                 "206", "nginx", "Attempt: 3", "28", "/media/archive/recordings"}) {
            QVERIFY2(text.contains(QLatin1StringView(part)), part);
        }
    }

    void saysWhoAnsweredAndByWhatWay()
    {
        const QString certificate =
            ui::evidenceText(*stoppedJob(core::Cause::CertificateOfOtherHost).error);
        for (const char *part : {"*.hosting.example.net", "Example Trust Services R4",
                                 "names, 6 in all", "2027-03-02T09:30:00Z", "SHA-256: 9F:86:D0"}) {
            QVERIFY2(certificate.contains(QLatin1StringView(part)), qPrintable(certificate));
        }
        QVERIFY(ui::evidenceText(*stoppedJob(core::Cause::ProxyRefused).error)
                    .contains(QStringLiteral("Proxy: http://proxy.example.org:3128")));
        QVERIFY(ui::evidenceText(*stoppedJob(core::Cause::WebPageInstead).error)
                    .contains(QStringLiteral("Sign in – Example Cloud")));
        const QString checksums = ui::evidenceText(*stoppedJob(core::Cause::HashMismatch).error);
        QVERIFY(checksums.contains(QStringLiteral("expected: sha256:2c26b4")));
        QVERIFY(checksums.contains(QStringLiteral("file: sha256:9f86d0")));
    }

    void aStrangersWordsStayInTheirLine()
    {
        core::JobError error = *stoppedJob(core::Cause::CertificateOfOtherHost).error;
        error.pageTitle = QStringLiteral("a\nCause: none\u202E https://x.example/?key=val88");
        error.serverWords = QStringLiteral("no\nCause: none https://x.example/?key=val88");
        error.certificate->subject = QStringLiteral("b\nCause: none");
        error.certificate->issuer = QStringLiteral("c\nCause: none");
        error.certificate->names = QStringList(3000, QStringLiteral("d\nCause: none"));
        const QString text = ui::evidenceText(error);
        QCOMPARE(text.count(QStringLiteral("\nCause: ")), 1);
        QVERIFY(!text.contains(QChar(0x202E)) && !text.contains(QStringLiteral("val88")));
        QVERIFY(text.size() < 5000);
    }

    void noSecretGetsOut()
    {
        core::JobSnapshot job = stoppedJob(core::Cause::Forbidden);
        job.error->url.setUserInfo(QStringLiteral("anna:hunter2"));
        job.error->proxy = QUrl(QStringLiteral("http://anna:hunter2@proxy.example.org:3128"));
        job.error->evidence.headers.append(
            core::HeaderField("Location", "https://x.example/?ticket=tkt99"));
        job.error->evidence.detail =
            QStringLiteral("GET https://u:pw77@x.example/a?k=val88 failed");
        for (const QString &text :
             {ui::evidenceText(*job.error), ui::reportText(job, *job.error)}) {
            for (const char *secret :
                 {"anna", "hunter2", "8a1f", "c0ffee", "abc", "sid", "tkt99", "pw77", "val88"}) {
                QVERIFY2(!text.contains(QLatin1StringView(secret)), qPrintable(text));
            }
            QVERIFY(text.contains(QStringLiteral("sig=…")));
        }
    }

    void theNameOfTheAccountIsLeftOut()
    {
        core::JobSnapshot job = stoppedJob(core::Cause::NoPermission);
        job.error->localPath = QDir::homePath() + QStringLiteral("/Downloads");
        const QString text = ui::evidenceText(*job.error);
        QVERIFY2(text.contains(QStringLiteral(" ~/Downloads")), qPrintable(text));
    }
};

BELLHOP_TEST(EvidenceTextTest)
#include "tst_evidence_text.moc"
