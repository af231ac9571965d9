// SPDX-License-Identifier: Apache-2.0
// The jobs that tests and pictures of the dialogs show have to be such as there can be.
#include "tests/support/test_program.h"
#include "tests/ui/dialogs/sample_jobs.h"

#include <QTest>

using namespace core;

class SampleJobsTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(QStringLiteral(".*"))); }

    void figuresAgree_data()
    {
        QTest::addColumn<JobSnapshot>("job");
        for (const Cause cause : kCauses) {
            QTest::newRow(name(cause)) << stoppedJob(cause);
            if (stoppedJob(cause).error->step != Step::Verify) {
                QTest::addRow("%s before the first byte", name(cause))
                    << stoppedBeforeTheFirstByte(cause);
            }
        }
        QTest::newRow("a name that is taken") << jobWithNameTaken();
        QTest::newRow("an upload") << stoppedUpload();
    }
    void figuresAgree()
    {
        QFETCH(JobSnapshot, job);
        const JobError error = job.error ? *job.error : *job.obstacle;
        const CompleteEffect &effect = job.completeEffect;
        QCOMPARE(effect.bytesKept + effect.bytesPartial, job.progress.bytesDone);
        QCOMPARE(effect.filesKept + effect.filesPartial + effect.filesMissing,
                 job.progress.filesTotal);
        QCOMPARE(effect.filesKept, job.progress.filesDone);
        QCOMPARE(error.jobBytesDone, job.progress.bytesDone);
        QCOMPARE(error.jobFilesDone, job.progress.filesDone);
        QCOMPARE(error.jobFilesTotal, job.progress.filesTotal);
        QVERIFY(error.fileIndex < job.progress.filesTotal);
        QVERIFY(error.fileBytesDone <= error.fileBytesTotal.value_or(error.fileBytesDone));
        QVERIFY(error.fileBytesDone <= error.jobBytesDone);
        QVERIFY(error.evidence.offsetBytes <= error.fileBytesDone);
        if (error.bytesMissing) {
            QCOMPARE(*error.bytesMissing, *error.fileBytesTotal - error.fileBytesDone);
        }
    }

    void onlyWholeFilesAreVerified()
    {
        const JobError error = *stoppedJob(Cause::HashMismatch).error;
        QCOMPARE(error.step, Step::Verify);
        QCOMPARE(error.fileBytesDone, *error.fileBytesTotal);
    }

    void aRefusedConnectionBringsNoAnswer()
    {
        int refused = 0;
        for (const Cause cause : kCauses) {
            const JobError error = *stoppedJob(cause).error;
            if (error.certificate) {
                ++refused;
                QCOMPARE(error.step, Step::Connect);
                QCOMPARE(error.httpStatus, 0);
                QVERIFY(error.evidence.headers.isEmpty());
            }
        }
        QCOMPARE(refused, 5);
    }
};

BELLHOP_TEST(SampleJobsTest)
#include "tst_sample_jobs.moc"
