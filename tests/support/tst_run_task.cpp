// SPDX-License-Identifier: Apache-2.0
#include "tests/support/await.h"
#include "tests/support/run_task.h"
#include "tests/support/test_program.h"

#include <QCoroSignal>
#include <QCoroTimer>
#include <QPromise>
#include <QTimer>

#include <stdexcept>
#include <string>

using namespace std::chrono_literals;

namespace {

QCoro::Task<int> answerAtOnce()
{
    co_return 42;
}

QCoro::Task<std::unique_ptr<int>> answerFromTheLoop()
{
    QTimer timer;
    timer.start(1ms);
    co_await timer;
    co_return std::make_unique<int>(42);
}

QCoro::Task<> endFromTheLoop()
{
    QTimer timer;
    timer.start(1ms);
    co_await timer;
}

QCoro::Task<int> throwAtOnce()
{
    throw std::runtime_error("no");
    co_return 1;
}

QCoro::Task<int> endWhenRenamed(QObject *object, bool *hasEnded)
{
    co_await qCoro(object, &QObject::objectNameChanged);
    *hasEnded = true;
    co_return 42;
}

} // namespace

class RunTaskTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(QStringLiteral(".*"))); }

    void givesTheResultOfATask()
    {
        QCOMPARE(runFor(answerAtOnce(), 5s), std::optional(42));
        const auto moved = runFor(answerFromTheLoop(), 5s);
        QVERIFY(moved && *moved && **moved == 42);
        QVERIFY(runFor(endFromTheLoop(), 5s));
    }

    void givesNothingForATaskThatThrows() { QVERIFY(!runFor(throwAtOnce(), 20ms)); }

    void aTaskMayEndAfterTheLimit()
    {
        QObject object;
        bool hasEnded = false;
        QVERIFY(!runFor(endWhenRenamed(&object, &hasEnded), 10ms));
        QVERIFY(!hasEnded);
        object.setObjectName(QStringLiteral("late"));
        QTRY_VERIFY(hasEnded);
    }

    void givesTheResultOfAFuture()
    {
        QPromise<int> promise;
        promise.start();
        QVERIFY(!await(promise.future(), 10ms));
        QTimer::singleShot(1ms, this, [&promise] {
            promise.addResult(7);
            promise.finish();
        });
        QCOMPARE(await(promise.future(), 5s), std::optional(7));
    }

    void givesNothingForACancelledFuture()
    {
        QPromise<void> promise;
        promise.start();
        promise.future().cancel();
        promise.finish();
        QVERIFY(!await(promise.future(), 5s));
    }
};

BELLHOP_TEST(RunTaskTest)
#include "tst_run_task.moc"
