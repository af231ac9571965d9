// SPDX-License-Identifier: Apache-2.0
#include "core/notify/notice_delivery.h"
#include "tests/support/listener.h"
#include "tests/support/manual_clock.h"
#include "tests/support/test_program.h"

#include <QTest>

using namespace core;
using namespace std::chrono_literals;

namespace {

class Jobs final : public NoticeDelivery::Mediator {
public:
    std::optional<JobSnapshot> job(JobId id) const override
    {
        return JobSnapshot{
            .id = id, .state = JobState::Error, .error = JobError{.cause = Cause::Forbidden}};
    }
    void accepted(JobId id) override { acceptedJobs.append(id.value); }

    QList<qint64> acceptedJobs;
};

} // namespace

class NoticeDeliveryTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(QStringLiteral(".*"))); }

    void aCallbackThatRefusesNTimesIsCalledNPlusOneTimes()
    {
        ManualClock clock;
        Jobs jobs;
        Listener listener;
        listener.refusals = 4;
        NoticeDelivery delivery(&clock, &jobs);
        delivery.setCallback(&listener);
        delivery.tell(JobId{1});
        QCOMPARE(listener.errors, 0); // never from inside the change
        clock.advance(0ms);
        QCOMPARE(listener.errors, 1);
        clock.advance(999ms);
        QCOMPARE(listener.errors, 1);
        clock.advance(1ms); // 1 s
        QCOMPARE(listener.errors, 2);
        clock.advance(2s);
        QCOMPARE(listener.errors, 3);
        clock.advance(4s);
        QCOMPARE(listener.errors, 4);
        clock.advance(24h);
        QCOMPARE(listener.errors, 5);
        QCOMPARE(jobs.acceptedJobs, QList<qint64>{1});
    }

    void repetitionsGetNoRarerThanEveryFiveMinutes()
    {
        ManualClock clock;
        Jobs jobs;
        Listener listener;
        listener.refusals = 1000;
        NoticeDelivery delivery(&clock, &jobs);
        delivery.setCallback(&listener);
        delivery.tell(JobId{1});
        clock.advance(1h);
        const int before = listener.errors;
        clock.advance(1h);
        QCOMPARE(listener.errors - before, 12);
    }

    void aThrowIsARefusal()
    {
        ManualClock clock;
        Jobs jobs;
        Listener listener;
        listener.throws = true;
        NoticeDelivery delivery(&clock, &jobs);
        delivery.setCallback(&listener);
        delivery.tell(JobId{1});
        clock.advance(1s);
        QCOMPARE(listener.errors, 2);
        QVERIFY(jobs.acceptedJobs.isEmpty());
    }

    void aLateRegistrationStillGetsIt()
    {
        ManualClock clock;
        Jobs jobs;
        NoticeDelivery delivery(&clock, &jobs);
        delivery.tell(JobId{1});
        clock.advance(1h);
        Listener listener;
        delivery.setCallback(&listener);
        clock.advance(0ms);
        QCOMPARE(listener.errors, 1);
        QCOMPARE(listener.lastError.cause, Cause::Forbidden);
    }

    void aReplacedCallbackGetsNothingMore()
    {
        ManualClock clock;
        Jobs jobs;
        Listener first;
        first.refusals = 1000;
        Listener second;
        NoticeDelivery delivery(&clock, &jobs);
        delivery.setCallback(&first);
        delivery.tell(JobId{1});
        clock.advance(0ms);
        delivery.setCallback(&second);
        clock.advance(1h);
        QCOMPARE(first.errors, 1);
        QCOMPARE(second.errors, 1);
    }

    void aWithdrawnNoticeIsNotToldAgain()
    {
        ManualClock clock;
        Jobs jobs;
        Listener listener;
        listener.refusals = 1000;
        NoticeDelivery delivery(&clock, &jobs);
        delivery.setCallback(&listener);
        delivery.tell(JobId{1});
        clock.advance(0ms);
        delivery.withdraw(JobId{1});
        clock.advance(1h);
        QCOMPARE(listener.errors, 1);
    }

    void aCallbackMayChangeEverythingWhileItIsCalled()
    {
        ManualClock clock;
        Jobs jobs;
        Listener listener;
        NoticeDelivery delivery(&clock, &jobs);
        listener.refusals = 1;
        listener.onError = [&] {
            delivery.withdraw(JobId{1});
            if (listener.errors == 1) {
                delivery.tell(JobId{1});
            }
        };
        delivery.setCallback(&listener);
        delivery.tell(JobId{1});
        clock.advance(1h);
        QCOMPARE(listener.errors, 2);
    }

    void anAcceptanceFromOutsideEndsIt()
    {
        ManualClock clock;
        Jobs jobs;
        Listener listener;
        listener.refusals = 1000;
        NoticeDelivery delivery(&clock, &jobs);
        delivery.setCallback(&listener);
        delivery.tell(JobId{1});
        clock.advance(0ms);
        const quint64 notice = delivery.noticeOf(JobId{1}).value_or(0);
        delivery.accept(notice + 100);
        QVERIFY(delivery.noticeOf(JobId{1}));
        delivery.accept(notice);
        clock.advance(1h);
        QCOMPARE(listener.errors, 1);
        QCOMPARE(jobs.acceptedJobs, QList<qint64>{1});
    }

    void modificationsAreGatheredAndNeverComeBeforeSomethingImportant()
    {
        ManualClock clock;
        Jobs jobs;
        Listener listener;
        listener.refusals = 1000;
        NoticeDelivery delivery(&clock, &jobs);
        delivery.setCallback(&listener);
        for (int i = 0; i < 100; ++i) {
            delivery.modified(JobId{1});
        }
        clock.advance(10s);
        QCOMPARE(listener.modified, 1);
        delivery.modified(JobId{1});
        delivery.tell(JobId{1});
        delivery.modified(JobId{1});
        clock.advance(10s);
        QCOMPARE(listener.modified, 1);
        QVERIFY(listener.errors > 0);
    }
};

BELLHOP_TEST(NoticeDeliveryTest)
#include "tst_notice_delivery.moc"
