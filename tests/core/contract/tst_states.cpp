// SPDX-License-Identifier: Apache-2.0
#include "tests/core/contract/stage_set.h"
#include "tests/support/pretty.h"
#include "tests/support/test_program.h"

using namespace core;

namespace {

/// What a person or a program may ask of a job.
enum class Command { Resume, Suspend, Complete, Cancel, AddFiles, Remove };

struct CommandRow {
    Command command;
    const char *name;
    JobEvent event; ///< by which the table decides
};

constexpr std::array kCommands{
    CommandRow{Command::Resume, "Resume", JobEvent::Resume},
    CommandRow{Command::Suspend, "Suspend", JobEvent::Suspend},
    CommandRow{Command::Complete, "Complete", JobEvent::Complete},
    CommandRow{Command::Cancel, "Cancel", JobEvent::Cancel},
    CommandRow{Command::AddFiles, "AddFiles", JobEvent::Cancel}, // as long as it is not final
    CommandRow{Command::Remove, "Remove", JobEvent::Cancel},     // as soon as it is
};

std::optional<RefusalKind> refusalIn(const SetOutcome &outcome)
{
    return outcome.refused.isEmpty() ? std::nullopt : std::optional(outcome.refused.first().kind);
}

/// Carries it out; the kind of the refusal when it was refused.
std::optional<RefusalKind> carryOut(ManualRig *rig, const StageSet &stage, Command command,
                                    JobId id)
{
    switch (command) {
    case Command::Resume:
        return refusalIn(rig->resume(id));
    case Command::Suspend:
        return refusalIn(rig->suspend(id));
    case Command::Cancel:
        return refusalIn(rig->cancel(id));
    case Command::Complete: {
        const CompleteOutcome outcome = rig->complete(id);
        return outcome.refused.isEmpty() ? std::nullopt
                                         : std::optional(outcome.refused.first().kind);
    }
    case Command::AddFiles: {
        const auto answer = rig->ask<message::AddFiles>(
            {id, {FileSpec{.url = stage.server.url(QStringLiteral("/mute"))}}});
        return answer ? std::nullopt : std::optional(answer.error().kind);
    }
    case Command::Remove:
        return refusalIn(
            rig->ask<message::Remove>({{id}}).value_or(SetOutcome{.refused = {Refusal{}}}));
    }
    Q_UNREACHABLE();
}

/// The refusal the contract has for the pair.
std::optional<RefusalKind> refusalFor(const CommandRow &row, JobState state)
{
    if (row.command == Command::Remove) {
        return isFinal(state) ? std::nullopt : std::optional(RefusalKind::NotFinished);
    }
    if (!next(state, row.event)) {
        return RefusalKind::InvalidState;
    }
    const bool hasNothingToDo = row.command == Command::Resume && state == JobState::Transferred;
    return hasNothingToDo ? std::optional(RefusalKind::Empty) : std::nullopt;
}

JobState stateAfter(const CommandRow &row, JobState state)
{
    return row.command == Command::AddFiles ? state : next(state, row.event).value_or(state);
}

} // namespace

class StatesTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(QStringLiteral(".*"))); }

    void aCommandLeadsWhereTheTableSaysOrIsRefusedAndChangesNothing_data()
    {
        QTest::addColumn<JobState>("state");
        QTest::addColumn<CommandRow>("row");
        for (const JobState state : kJobStates) {
            for (const CommandRow &row : kCommands) {
                QTest::addRow("%s on %s", row.name, name(state)) << state << row;
            }
        }
    }
    void aCommandLeadsWhereTheTableSaysOrIsRefusedAndChangesNothing()
    {
        QFETCH(const JobState, state);
        QFETCH(const CommandRow, row);
        ManualRig rig;
        StageSet stage(&rig);
        const JobId id = stage.jobIn(state);
        QCOMPARE(rig.job(id).state, state);
        if (!isRunning(state) && state != JobState::Queued) {
            QVERIFY(stage.block());
        }
        rig.settle();
        const JobSnapshot before = rig.job(id);
        const QList<FileSnapshot> filesBefore = rig.files(id);
        const QStringList listingBefore = rig.listing();
        const qsizetype requestsBefore = stage.server.requests().size();
        rig.clock.advance(std::chrono::milliseconds(1)); // any change would show in modifiedAt

        const auto expected = refusalFor(row, state);
        const auto refusal = carryOut(&rig, stage, row.command, id);
        QCOMPARE(refusal.has_value(), expected.has_value());
        rig.settle();
        if (expected) {
            QCOMPARE(name(*refusal), name(*expected));
        } else if (row.command == Command::Remove) {
            QVERIFY(!rig.ask<message::Jobs>({.ids = {id}}).has_value());
            return;
        } else {
            QCOMPARE(rig.job(id).state, stateAfter(row, state));
        }
        const bool hasNoEffect =
            expected || (stateAfter(row, state) == state && row.command != Command::AddFiles);
        if (hasNoEffect) {
            QVERIFY(rig.job(id) == before);
            QCOMPARE(rig.files(id), filesBefore);
            QCOMPARE(rig.listing(), listingBefore);
            QCOMPARE(stage.server.requests().size(), requestsBefore);
        }
        if (row.command == Command::AddFiles && !expected) {
            QCOMPARE(rig.files(id).size(), filesBefore.size() + 1);
        }
    }

    void aRefusalNamesTheJobItsStateAndTheCommand()
    {
        ManualRig rig;
        StageSet stage(&rig);
        const JobId id = stage.jobIn(JobState::Cancelled);
        const SetOutcome outcome = rig.suspend(id);
        QCOMPARE(outcome.refused.size(), 1);
        QCOMPARE(outcome.refused.first().job, id);
        QCOMPARE(outcome.refused.first().state, JobState::Cancelled);
        QCOMPARE(outcome.refused.first().event, JobEvent::Suspend);
    }

    void aCommandOnAJobThatIsNotThereIsRefusedAsUnknown_data()
    {
        QTest::addColumn<CommandRow>("row");
        for (const CommandRow &row : kCommands) {
            QTest::addRow("%s", row.name) << row;
        }
    }
    void aCommandOnAJobThatIsNotThereIsRefusedAsUnknown()
    {
        QFETCH(const CommandRow, row);
        ManualRig rig;
        StageSet stage(&rig);
        const auto refusal = carryOut(&rig, stage, row.command, JobId{99});
        QVERIFY(refusal);
        QCOMPARE(name(*refusal), name(RefusalKind::UnknownJob));
    }

    void aJobThatIsJustBeingCompletedIsBusyForEveryCommand_data()
    {
        aCommandOnAJobThatIsNotThereIsRefusedAsUnknown_data();
    }
    void aJobThatIsJustBeingCompletedIsBusyForEveryCommand()
    {
        QFETCH(const CommandRow, row);
        ManualRig rig;
        StageSet stage(&rig);
        const JobId id = stage.jobIn(JobState::Transferred);
        const auto completing = rig.service->call<message::Complete>({{id}});
        const auto refusal = carryOut(&rig, stage, row.command, id);
        QVERIFY(refusal);
        QCOMPARE(name(*refusal), name(RefusalKind::Busy));
        QVERIFY(await(completing).has_value());
        QCOMPARE(rig.job(id).state, JobState::Acknowledged);
        QCOMPARE(rig.content(QStringLiteral("file")), patternBytes(1, 0, StageSet::kSize));
    }

    void anUploadCannotBeCompletedBeforeItIsTransferred()
    {
        ManualRig rig;
        StageSet stage(&rig);
        const JobId id = rig.add(
            rig.uploadSpec(QStringLiteral("here"), stage.server.url(QStringLiteral("/file"))));
        const JobSnapshot before = rig.job(id);
        const CompleteOutcome outcome = rig.complete(id);
        QCOMPARE(outcome.refused.size(), 1);
        QCOMPARE(name(outcome.refused.first().kind), name(RefusalKind::UploadInPart));
        QVERIFY(rig.job(id) == before);
    }

    void aDownloadGoesThroughQueuedConnectingTransferringAndTransferredOnly()
    {
        ManualRig rig;
        StageSet stage(&rig);
        const JobId id = stage.jobIn(JobState::Transferring);
        stage.server.release("half");
        QVERIFY(rig.reaches(id, JobState::Transferred));
        rig.clock.advance(std::chrono::seconds(1));
        for (const JobState told : std::as_const(rig.states)) {
            QVERIFY2(told == JobState::Suspended || told == JobState::Queued || isRunning(told) ||
                         told == JobState::Transferred,
                     name(told));
        }
        QVERIFY(rig.states.contains(JobState::Transferred));
    }

    void afterSuccessThereIsNoErrorToShow()
    {
        ManualRig rig;
        StageSet stage(&rig);
        stage.server.nextStatus("/file", 500);
        const JobId id = rig.download({stage.server.url(QStringLiteral("/file"))});
        QVERIFY(rig.reaches(id, JobState::TransientError));
        QVERIFY(rig.job(id).error);
        rig.clock.advance(std::chrono::seconds(1));
        QVERIFY(rig.reaches(id, JobState::Acknowledged));
        QVERIFY(!rig.job(id).error);
        QVERIFY(!rig.job(id).obstacle);
        QVERIFY(!rig.file(id).error);
    }

    void everyStateSurvivesARestartAndThoseThatWereRunningAreQueued_data()
    {
        QTest::addColumn<JobState>("state");
        for (const JobState state : kJobStates) {
            QTest::addRow("%s", name(state)) << state;
        }
    }
    void everyStateSurvivesARestartAndThoseThatWereRunningAreQueued()
    {
        QFETCH(const JobState, state);
        ManualRig rig;
        StageSet stage(&rig);
        const JobId id = stage.jobIn(state);
        QCOMPARE(rig.job(id).state, state);
        const qint64 bytes = rig.job(id).progress.bytesDone;
        rig.restart(RunPolicy::Nothing);
        QCOMPARE(rig.job(id).state, isRunning(state) ? JobState::Queued : state);
        QCOMPARE(rig.job(id).progress.bytesDone, bytes);
    }
};

BELLHOP_TEST(StatesTest)
#include "tst_states.moc"
