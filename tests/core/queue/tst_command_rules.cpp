// SPDX-License-Identifier: Apache-2.0
#include "core/queue/command_rules.h"
#include "tests/support/pretty.h"
#include "tests/support/test_program.h"

using namespace core;
using namespace Qt::StringLiterals;

namespace {

JobRecord job(JobState state, const QList<FileState> &files)
{
    JobRecord made{.id = {1}, .state = state, .name = u"job"_s};
    for (const FileState file : files) {
        FileRecord record;
        record.state = file;
        record.spec.url = QUrl(u"https://a.example/x"_s);
        record.name = u"x"_s;
        made.files.append(record);
    }
    return made;
}

JobRecord withObstacle(JobRecord made)
{
    made.obstacle = JobError{.cause = Cause::NameExists, .fileIndex = 0};
    return made;
}

JobRecord onRequest(JobRecord made)
{
    made.options.complete = CompleteMode::OnRequest;
    return made;
}

/// "Running", "Fetch", "Complete" or the name of the refusal.
QByteArray planned(const JobRecord &record, const Fixes &fixes)
{
    const auto plan = planResume(record, fixes);
    if (!plan) {
        return name(plan.error().kind);
    }
    switch (plan->how) {
    case Resumption::How::Running:
        return "Running";
    case Resumption::How::Fetch:
        return "Fetch";
    case Resumption::How::Complete:
        return "Complete";
    }
    Q_UNREACHABLE();
}

} // namespace

class CommandRulesTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(QStringLiteral(".*"))); }

    void theTableDecidesWhetherACommandIsRefused()
    {
        for (const JobState state : kJobStates) {
            for (const JobEvent event : kJobEvents) {
                const auto refusal = refusalByTable(job(state, {}), event);
                QCOMPARE(refusal.has_value(), !next(state, event).has_value());
                if (refusal) {
                    QCOMPARE(name(refusal->kind), name(RefusalKind::InvalidState));
                    QCOMPARE(refusal->state, state);
                    QCOMPARE(refusal->event, event);
                    QCOMPARE(refusal->subject, u"job"_s);
                }
            }
        }
        JobRecord upload = job(JobState::Suspended, {});
        upload.type = JobType::Upload;
        QCOMPARE(name(refusalByTable(upload, JobEvent::Complete).value().kind),
                 name(RefusalKind::UploadInPart));
    }

    void whatResumeLeadsTo_data()
    {
        QTest::addColumn<JobRecord>("record");
        QTest::addColumn<Fixes>("fixes");
        QTest::addColumn<QByteArray>("expected");
        using enum FileState;
        const Fixes keepBoth{fix::KeepBoth{}};
        const auto row = [](const char *title, const JobRecord &record, const Fixes &fixes,
                            const char *expected) {
            QTest::newRow(title) << record << fixes << QByteArray(expected);
        };
        row("a file to fetch", job(JobState::Suspended, {Pending}), {}, "Fetch");
        row("a file that failed", job(JobState::Error, {Failed}), {}, "Fetch");
        row("no file at all", job(JobState::Suspended, {}), {}, "Empty");
        row("all is whole already, it only has to be found out", job(JobState::Suspended, {Whole}),
            {}, "Fetch");
        row("transferred, and a person is to complete it",
            onRequest(job(JobState::Transferred, {Whole})), {}, "Empty");
        row("transferred, and nothing is left to do", job(JobState::Transferred, {Published}), {},
            "Empty");
        row("transferred, and a file was added", job(JobState::Transferred, {Whole, Pending}), {},
            "Fetch");
        row("an obstacle to try once more", withObstacle(job(JobState::Transferred, {Whole})), {},
            "Complete");
        row("an obstacle that is repaired", withObstacle(job(JobState::Transferred, {Whole})),
            keepBoth, "Complete");
        row("transferred, and a name to change before it is given",
            job(JobState::Transferred, {Whole}), {fix::OtherName{u"y"_s, 0}}, "Complete");
        row("an obstacle, and the file is to be fetched once more",
            withObstacle(job(JobState::Transferred, {Whole, Pending})), {fix::Restart{}}, "Fetch");
        row("an obstacle of a part of the job, which is all that is wanted",
            withObstacle(job(JobState::Transferred, {Whole, Pending})), keepBoth, "Complete");
        JobRecord interrupted = job(JobState::Transferred, {Whole, Published});
        interrupted.options.complete = CompleteMode::WhenTransferred;
        row("interrupted while it was published", interrupted, {}, "Complete");
        row("it runs already", job(JobState::Transferring, {Active}), {}, "Running");
        row("it runs, and a repair would change what it runs by",
            job(JobState::Transferring, {Active}), {fix::Retry{}}, "FixDoesNotApply");
        JobRecord upload = job(JobState::Suspended, {Pending});
        upload.type = JobType::Upload;
        row("an upload", upload, {}, "Fetch");
        row("an upload, by a repair for what arrives here", upload, {fix::KeepBoth{}},
            "FixDoesNotApply");
        upload.error = JobError{.cause = Cause::ConnectionLost, .type = JobType::Upload};
        row("an upload that did not ask for a folder", upload, {fix::CreateFolder{}},
            "FixDoesNotApply");
        upload.error->cause = Cause::RemoteFolderMissing;
        row("an upload that asked for one", upload, {fix::CreateFolder{}}, "Fetch");
        row("another name on a server", upload, {fix::OtherName{u"y"_s, 0}}, "Fetch");
        upload.files[0].upload.protocol = UploadProtocol::Tus;
        row("a folder on a server that has none", upload, {fix::CreateFolder{}}, "FixDoesNotApply");
        row("a name where the server gives it", upload, {fix::OtherName{u"y"_s, 0}},
            "FixDoesNotApply");
        row("a repair that cannot be", job(JobState::Error, {Failed}),
            {fix::OtherName{u"../y"_s, 0}}, "BadName");
    }
    void whatResumeLeadsTo()
    {
        QFETCH(const JobRecord, record);
        QFETCH(const Fixes, fixes);
        QTEST(planned(record, fixes), "expected");
    }

    void oneUploadAtATimeGoesToAnAddress_data()
    {
        QTest::addColumn<JobState>("state");
        QTest::addColumn<bool>("isUnanswered");
        QTest::addColumn<bool>("isRefused");
        for (const JobState state : kJobStates) {
            const bool isAtWork =
                state == JobState::Queued || state == JobState::TransientError || isRunning(state);
            const bool isOpen = state == JobState::Suspended || state == JobState::Error;
            QTest::addRow("%s", name(state)) << state << false << isAtWork;
            QTest::addRow("%s, unanswered", name(state)) << state << true << (isAtWork || isOpen);
        }
    }
    void oneUploadAtATimeGoesToAnAddress()
    {
        QFETCH(const JobState, state);
        QFETCH(const bool, isUnanswered);
        QFETCH(const bool, isRefused);
        JobRecord other = job(state, {FileState::Pending});
        other.type = JobType::Upload;
        other.files[0].upload.isUnanswered = isUnanswered;
        JobRecord upload = job(JobState::Suspended, {FileState::Pending});
        upload.type = JobType::Upload;
        upload.id = {2};
        const std::map<JobId, JobRecord> jobs{{other.id, other}, {upload.id, upload}};
        const auto refusal = refusalByPlace(upload, jobs);
        QCOMPARE(refusal.has_value(), isRefused);
        if (refusal) {
            QCOMPARE(name(refusal->kind), name(RefusalKind::PlaceTaken));
            QCOMPARE(refusal->job, upload.id);
            QVERIFY(refusal->subject.startsWith(text(other.id)));
        }
        upload.files[0].spec.url = QUrl(u"http://A.example:80//./x"_s); // written otherwise
        QCOMPARE(refusalByPlace(upload, jobs).has_value(), isRefused);
        upload.files[0].spec.url = QUrl(u"https://a.example/y"_s);
        QVERIFY(!refusalByPlace(upload, jobs));
        upload.files[0].spec.url = other.files.at(0).spec.url;
        upload.options.protocol = UploadProtocol::Tus;
        QVERIFY(!refusalByPlace(upload, jobs));
    }

    void whatFailedIsTriedAsIfForTheFirstTime()
    {
        JobRecord record = job(JobState::Error, {FileState::Failed, FileState::Whole});
        record.files[0].failures = 7;
        const auto plan = planResume(record, {});
        QVERIFY(plan);
        QCOMPARE(plan->record.files.at(0).state, FileState::Pending);
        QCOMPARE(plan->record.files.at(0).failures, 0);
        QCOMPARE(plan->record.files.at(1), record.files.at(1));
    }

    void filesAreAddedAllOrNone()
    {
        const JobRecord record = job(JobState::Suspended, {FileState::Pending});
        const FileSpec good{.url = QUrl(u"https://a.example/y"_s)};
        const FileSpec bad{.url = QUrl(u"ftp://a.example/y"_s)};
        QCOMPARE(filesToAdd(record, {good, good}).value().size(), 2);
        QCOMPARE(name(filesToAdd(record, {good, bad}).error().kind), name(RefusalKind::BadLink));
        const auto tooMany = filesToAdd(record, QList<FileSpec>(kMaxFilesPerJob, good));
        QCOMPARE(name(tooMany.error().kind), name(RefusalKind::TooManyFiles));
        JobRecord nearlyFull = record;
        nearlyFull.files.resize(kMaxFilesPerJob - 1);
        QVERIFY(filesToAdd(nearlyFull, {good}));
    }
};

BELLHOP_TEST(CommandRulesTest)
#include "tst_command_rules.moc"
