// SPDX-License-Identifier: Apache-2.0
#include "core/job/job_state.h"
#include "tests/support/pretty.h"
#include "tests/support/test_program.h"

#include <QSet>
#include <QTest>

using namespace core;

class JobStateTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(QStringLiteral(".*"))); }

    void everyPairIsDecidedAtMostOnce()
    {
        for (const JobState from : kJobStates) {
            for (const JobEvent event : kJobEvents) {
                int rows = 0;
                for (const Transition &row : kTransitions) {
                    rows += row.from == from && row.event == event ? 1 : 0;
                }
                QVERIFY2(rows <= 1, qPrintable(QStringLiteral("%1 on %2")
                                                   .arg(QLatin1StringView(name(event)),
                                                        QLatin1StringView(name(from)))));
            }
        }
    }

    void finalStatesHaveNoWayOut()
    {
        for (const JobEvent event : kJobEvents) {
            QVERIFY(!next(JobState::Acknowledged, event));
            QVERIFY(!next(JobState::Cancelled, event));
        }
    }

    void everyStateCanBeReachedFromANewJob()
    {
        QSet<int> reached{int(JobState::Suspended)};
        for (size_t round = 0; round < kJobStates.size(); ++round) {
            for (const Transition &row : kTransitions) {
                if (reached.contains(int(row.from))) {
                    reached.insert(int(row.to));
                }
            }
        }
        QCOMPARE(size_t(reached.size()), kJobStates.size());
    }

    void everyStateThatIsNotFinalCanBeCancelledAndCompleted()
    {
        for (const JobState from : kJobStates) {
            if (!isFinal(from)) {
                QCOMPARE(next(from, JobEvent::Cancel), std::optional(JobState::Cancelled));
                QCOMPARE(next(from, JobEvent::Complete), std::optional(JobState::Acknowledged));
            }
        }
    }

    void anUploadIsCompletedOnlyWhenTransferred()
    {
        for (const JobState from : kJobStates) {
            const auto to = next(JobType::Upload, from, JobEvent::Complete);
            QCOMPARE(to.has_value(), from == JobState::Transferred);
        }
    }

    void suspendOfAParkedJobAndResumeOfARunningOneChangeNothing()
    {
        for (const JobState parked : {JobState::Error, JobState::Transferred}) {
            QCOMPARE(next(parked, JobEvent::Suspend), std::optional(parked));
        }
        for (const JobState running :
             {JobState::Queued, JobState::Connecting, JobState::Transferring}) {
            QCOMPARE(next(running, JobEvent::Resume), std::optional(running));
        }
    }

    void namesCanBeReadBack()
    {
        for (const JobState state : kJobStates) {
            QCOMPARE(parse<JobState>(QLatin1StringView(name(state)).toString()),
                     std::optional(state));
        }
        QVERIFY(!parse<JobState>(u"suspended"));
        QVERIFY(!parse<JobState>(u""));
    }
};

BELLHOP_TEST(JobStateTest)
#include "tst_job_state.moc"
