// SPDX-License-Identifier: Apache-2.0
#include "ui/dialogs/evidence_text.h"

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

    void noSecretGetsOut()
    {
        core::JobSnapshot job = stoppedJob(core::Cause::Forbidden);
        job.error->url.setUserInfo(QStringLiteral("anna:hunter2"));
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

QTEST_GUILESS_MAIN(EvidenceTextTest)
#include "tst_evidence_text.moc"
