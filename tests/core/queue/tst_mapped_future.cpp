// SPDX-License-Identifier: Apache-2.0
#include "core/system/mapped_future.h"
#include "tests/support/test_program.h"
#include "tests/support/turn_until.h"

#include <atomic>
#include <thread>
#include <vector>

using namespace core;
using namespace std::chrono_literals;

class MappedFutureTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(QStringLiteral(".*"))); }

    /// QFuture::then() crashes here, sooner or later.
    void eachResultComesOnceHoweverTheThreadsMeet()
    {
        constexpr int kRounds = 20'000;
        std::vector<QPromise<int>> promises(kRounds);
        for (QPromise<int> &promise : promises) {
            promise.start();
        }
        std::atomic<int> turn = -1;
        std::thread other([&] {
            for (int i = 0; i < kRounds; ++i) {
                while (turn.load() < i) {
                }
                promises[size_t(i)].addResult(i);
                promises[size_t(i)].finish();
            }
        });
        QList<QFuture<int>> mapped;
        for (int i = 0; i < kRounds; ++i) {
            const QFuture<int> future = promises[size_t(i)].future();
            turn = i;
            mapped.append(mappedFuture(future, [](int value) { return value + 1; }));
        }
        other.join();
        QVERIFY(turnUntil([&] { return mapped.last().isFinished(); }, 30s));
        for (int i = 0; i < kRounds; ++i) {
            QCOMPARE(mapped.at(i).resultCount(), 1);
            QCOMPARE(mapped.at(i).result(), i + 1);
        }
    }

    void whatEndsWithoutAResultHasNone()
    {
        QFuture<int> mapped;
        {
            QPromise<int> promise;
            promise.start();
            mapped = mappedFuture(promise.future(), [](int value) { return value; });
        }
        QVERIFY(turnUntil([&] { return mapped.isFinished(); }, 10s));
        QCOMPARE(mapped.resultCount(), 0);
    }
};

BELLHOP_TEST(MappedFutureTest)
#include "tst_mapped_future.moc"
