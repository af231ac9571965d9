// SPDX-License-Identifier: Apache-2.0
#include "core/job/question.h"
#include "tests/support/pretty.h"
#include "tests/support/test_program.h"

#include <QTest>
#include <QTimeZone>

using namespace core;
using namespace std::chrono_literals;

namespace {

const QDateTime kNow(QDate(2026, 1, 15), QTime(12, 0), QTimeZone::utc());

JobError errorAbout(Cause cause, int fileIndex)
{
    return {.cause = cause, .fileIndex = fileIndex};
}

const JobError kError = errorAbout(Cause::Forbidden, 2);
const JobError kObstacle = errorAbout(Cause::NameExists, 4);

struct Row {
    JobState state;
    std::optional<JobError> question; ///< of a job with kError and kObstacle
    bool mustBeAnswered;
};

const std::array kRows{
    Row{JobState::Suspended, std::nullopt, false},
    Row{JobState::Queued, std::nullopt, false},
    Row{JobState::Connecting, std::nullopt, false},
    Row{JobState::Transferring, std::nullopt, false},
    Row{JobState::TransientError, kError, false},
    Row{JobState::Error, kError, true},
    Row{JobState::Transferred, kObstacle, true},
    Row{JobState::Acknowledged, std::nullopt, false},
    Row{JobState::Cancelled, std::nullopt, false},
};
static_assert(kRows.size() == kJobStates.size());

/// The same life told by the engine's record and by what a front end sees of it. Both have an error
/// and an obstacle, whatever the state: which one counts is what is decided here.
template <typename Job>
Job jobIn(JobState state)
{
    Job job;
    job.state = state;
    job.error = kError;
    job.obstacle = kObstacle;
    return job;
}

JobSnapshot tryingFor(std::chrono::milliseconds duration)
{
    auto job = jobIn<JobSnapshot>(JobState::TransientError);
    job.troubleSince = kNow.addMSecs(-duration.count());
    return job;
}

} // namespace

class QuestionTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(QStringLiteral(".*"))); }

    void everyStateHasItsQuestion_data()
    {
        QTest::addColumn<int>("row");
        for (size_t row = 0; row < kRows.size(); ++row) {
            QCOMPARE(kRows[row].state, kJobStates[row]);
            QTest::newRow(name(kRows[row].state)) << int(row);
        }
    }
    void everyStateHasItsQuestion()
    {
        QFETCH(int, row);
        const auto &[state, question, mustBeAnswered] = kRows[size_t(row)];
        const auto job = jobIn<JobSnapshot>(state);
        QVERIFY(questionOf(job) == question);
        QVERIFY(questionOf(jobIn<JobRecord>(state)) == question);
        QCOMPARE(needsAnswer(job), mustBeAnswered);
        QCOMPARE(needsAttention(job, kNow), mustBeAnswered);
    }

    void whatIsTriedAgainIsOfferedAfterAWhile()
    {
        QVERIFY(!needsAttention(tryingFor(0ms), kNow));
        QVERIFY(!needsAttention(tryingFor(15min), kNow));
        QVERIFY(needsAttention(tryingFor(15min + 1ms), kNow));
        QVERIFY(!needsAnswer(tryingFor(24h)));
    }

    void onlyTheWaitThatGoesOnIsCounted()
    {
        for (const JobState state : kJobStates) {
            JobSnapshot job = tryingFor(1h);
            job.state = state;
            QCOMPARE(needsAttention(job, kNow),
                     needsAnswer(job) || state == JobState::TransientError);
        }
    }

    void aJobThatNeedsAttentionHasAQuestion()
    {
        for (const JobState state : kJobStates) {
            JobSnapshot job;
            job.state = state;
            job.troubleSince = kNow.addDays(-1);
            QCOMPARE(questionOf(job).has_value(),
                     state == JobState::Error || state == JobState::TransientError);
            QVERIFY(!needsAttention(job, kNow) || questionOf(job));
        }
    }
};

BELLHOP_TEST(QuestionTest)
#include "tst_question.moc"
