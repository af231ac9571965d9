// SPDX-License-Identifier: Apache-2.0
#include "tests/core/disk/planted.h"
#include "tests/support/manual_rig.h"
#include "tests/support/test_program.h"

using namespace core;

/// What a job is before anything was fetched, and what is refused before it is one.
class NewJobsTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(QStringLiteral(".*"))); }

    void aNewJobIsSuspendedWithNoFilesAndAllZeroProgress()
    {
        ManualRig rig;
        const JobId id = rig.add(rig.spec({}));
        const JobSnapshot job = rig.job(id);
        QCOMPARE(job.id, id);
        QCOMPARE(job.state, JobState::Suspended);
        QVERIFY((job.progress == Progress{.bytesTotal = 0}));
        QVERIFY(job.completeEffect == CompleteEffect{});
        QCOMPARE(job.errorCount, 0);
        QVERIFY(!job.error);
        QVERIFY(!job.transferredAt.isValid());
        QVERIFY(rig.files(id).isEmpty());
    }

    void filesAreListedInTheOrderInWhichTheyWereAddedWithTheirNames()
    {
        ManualRig rig;
        JobSpec spec = rig.spec({});
        const auto file = [](int number) {
            return FileSpec{.url = QUrl(QStringLiteral("http://127.0.0.1:9/%1").arg(100 - number)),
                            .name = QStringLiteral("name %1").arg(number)};
        };
        spec.files = {file(0), file(1)};
        const JobId id = rig.add(spec);
        QVERIFY(rig.ask<message::AddFiles>({id, {file(2)}}).has_value());
        QVERIFY(rig.ask<message::AddFiles>({id, {file(3), file(4), file(5)}}).has_value());
        const QList<FileSnapshot> files = rig.files(id);
        QCOMPARE(files.size(), 6);
        for (int i = 0; i < int(files.size()); ++i) {
            QCOMPARE(files.at(i).id.index, i);
            QCOMPARE(files.at(i).name, file(i).name);
            QCOMPARE(files.at(i).url, file(i).url);
        }
        QCOMPARE(rig.job(id).progress.filesTotal, 6);
    }

    void resumeOfAJobWithoutFilesIsRefusedAsEmptyAndItStaysSuspended()
    {
        ManualRig rig;
        const JobId id = rig.add(rig.spec({}));
        const JobSnapshot before = rig.job(id);
        const SetOutcome outcome = rig.resume(id);
        QVERIFY(outcome.done.isEmpty());
        QCOMPARE(name(outcome.refused.first().kind), name(RefusalKind::Empty));
        QVERIFY(rig.job(id) == before);
    }

    void aFreshFileHasAnUnknownTotalNoBytesAndIsNotComplete()
    {
        ManualRig rig;
        const JobId id = rig.add(rig.spec({QUrl(QStringLiteral("http://127.0.0.1:9/file"))}));
        const FileSnapshot file = rig.file(id);
        QVERIFY(!file.sizeBytes);
        QCOMPARE(file.bytesDone, 0);
        QVERIFY(file.state == FileState::Pending);
        QVERIFY(file.path.isEmpty());
        QVERIFY(!rig.job(id).progress.bytesTotal);
    }

    void jobsAreNumberedInOrderAndAFreedNumberIsNotGivenAgain()
    {
        ManualRig rig;
        const JobId first = rig.add(rig.spec({}));
        const JobId second = rig.add(rig.spec({}));
        QVERIFY(second > first);
        rig.cancel(second);
        QVERIFY(rig.ask<message::Remove>({{second}}).has_value());
        rig.restart();
        QVERIFY(rig.add(rig.spec({})) > second);
        QVERIFY(!rig.ask<message::Jobs>({.ids = {second}}).has_value());
    }

    void aLinkThatIsNotHttpIsRefusedWhenTheJobIsMadeWhenAFileIsAddedAndAsANewLink_data()
    {
        QTest::addColumn<QUrl>("url");
        const auto row = [](const char *url) {
            QTest::newRow(url) << QUrl(QString::fromLatin1(url));
        };
        row("ftp://a.example/file");
        row("file:///etc/passwd");
        row("data:text/plain,x");
        row("qrc:/file");
        row("nothing://a.example/file");
        row("http:///file");
        row("https://");
        row("http://:80/file");
        row("/only/a/path");
        row("");
    }
    void aLinkThatIsNotHttpIsRefusedWhenTheJobIsMadeWhenAFileIsAddedAndAsANewLink()
    {
        QFETCH(const QUrl, url);
        ManualRig rig;
        const auto added = rig.ask<message::Add>({rig.spec({url})});
        QVERIFY(!added);
        QCOMPARE(name(added.error().kind), name(RefusalKind::BadLink));
        QVERIFY(rig.ask<message::Jobs>({})->isEmpty());

        const JobId id = rig.add(rig.spec({QUrl(QStringLiteral("http://127.0.0.1:9/file"))}));
        const auto extended = rig.ask<message::AddFiles>({id, {FileSpec{.url = url}}});
        QVERIFY(!extended);
        QCOMPARE(name(extended.error().kind), name(RefusalKind::BadLink));
        QCOMPARE(rig.files(id).size(), 1);

        const QUrl before = rig.file(id).url;
        const SetOutcome outcome = rig.resume(id, {fix::NewLink{url, 0}});
        QCOMPARE(outcome.refused.size(), 1);
        QCOMPARE(name(outcome.refused.first().kind), name(RefusalKind::BadLink));
        QCOMPARE(rig.file(id).url, before);
        QCOMPARE(rig.job(id).state, JobState::Suspended);
    }

    void oneBadFileAmongManyAddsNone()
    {
        ManualRig rig;
        const JobId id = rig.add(rig.spec({}));
        const auto answer = rig.ask<message::AddFiles>(
            {id,
             {FileSpec{.url = QUrl(QStringLiteral("http://127.0.0.1:9/a"))},
              FileSpec{.url = QUrl(QStringLiteral("ftp://127.0.0.1/b"))}}});
        QVERIFY(!answer);
        QVERIFY(rig.files(id).isEmpty());
    }

    void aFolderThatIsNotThereIsAnErrorBeforeAServerIsAskedAndCarriesTheErrorOfTheSystem()
    {
        HttpServer server;
        server.serve("/file", {.body = Body::pattern(1, 1000)});
        ManualRig rig;
        JobSpec spec = rig.spec({server.url(QStringLiteral("/file"))});
        spec.folder = rig.path(QStringLiteral("not/there"));
        const JobId id = rig.download(spec);
        QVERIFY(rig.reaches(id, JobState::Error));
        QCOMPARE(rig.job(id).error->cause, Cause::FolderMissing);
        QVERIFY(server.requests().isEmpty());
        QVERIFY(rig.listing().isEmpty());
        QCOMPARE(rig.job(id).error->localPath, spec.folder);
        QCOMPARE(rig.job(id).error->evidence.osError, ENOENT);
    }

    void aFolderThatMayNotBeWrittenToIsAnErrorBeforeAServerIsAsked()
    {
        HttpServer server;
        server.serve("/file", {.body = Body::pattern(1, 1000)});
        ManualRig rig;
        const JobId id = rig.add(rig.spec({server.url(QStringLiteral("/file"))}));
        {
            const planted::AsNobody nobody; // who may not look into the folder of somebody else
            if (!nobody.worked()) {
                QSKIP("needs root, to become somebody else");
            }
            rig.resume(id);
            QVERIFY(rig.reaches(id, JobState::Error));
        }
        QCOMPARE(rig.job(id).error->cause, Cause::NoPermission);
        QCOMPARE(rig.job(id).error->evidence.osError, EACCES);
        QVERIFY(server.requests().isEmpty());
        rig.resume(id);
        QVERIFY(rig.reaches(id, JobState::Acknowledged));
    }

    void theFolderIsMadeOnlyWhenAPersonHasSaidSo()
    {
        HttpServer server;
        server.serve("/file", {.body = Body::pattern(1, 1000)});
        ManualRig rig;
        JobSpec spec = rig.spec({server.url(QStringLiteral("/file"))});
        spec.folder = rig.path(QStringLiteral("new"));
        const JobId id = rig.download(spec);
        QVERIFY(rig.reaches(id, JobState::Error));
        rig.resume(id, {fix::CreateFolder{}});
        QVERIFY(rig.reaches(id, JobState::Acknowledged));
        QCOMPARE(rig.content(QStringLiteral("new/file")), patternBytes(1, 0, 1000));
    }
};

BELLHOP_TEST(NewJobsTest)
#include "tst_new_jobs.moc"
