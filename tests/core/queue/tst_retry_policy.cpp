// SPDX-License-Identifier: Apache-2.0
#include "core/queue/retry_policy.h"
#include "core/remedy/catalogue.h"
#include "tests/support/pretty.h"
#include "tests/support/test_program.h"

using namespace core;
using namespace std::chrono_literals;

namespace {

RetryQuestion after(Cause cause, int failures)
{
    return {.error = {.cause = cause}, .failures = failures, .hasWorked = true, .jitter = 1.0};
}

} // namespace

class RetryPolicyTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(QStringLiteral(".*"))); }

    void backOffDoublesFromOneSecondToFiveMinutes()
    {
        const QList<qint64> expected{1, 2, 4, 8, 16, 32, 64, 128, 256, 300, 300, 300};
        for (int failures = 1; failures <= expected.size(); ++failures) {
            const auto delay = retryDelay(after(Cause::ConnectionLost, failures));
            QVERIFY(delay);
            QCOMPARE(delay->count(), expected.at(failures - 1) * 1000);
        }
    }

    void aFirstWaitBelowASecondIsWhereItBegins()
    {
        RetryQuestion question = after(Cause::ConnectionLost, 1);
        question.minDelay = 20ms;
        QCOMPARE(retryDelay(question).value(), 20ms);
        question.failures = 3;
        QCOMPARE(retryDelay(question).value(), 80ms);
        question.minDelay = 0ms;
        QCOMPARE(retryDelay(question).value(), std::chrono::milliseconds(4s));
    }

    void chanceTakesAtMostTheUpperHalf()
    {
        RetryQuestion question = after(Cause::ConnectionLost, 5);
        question.jitter = 0.0;
        QCOMPARE(retryDelay(question).value(), std::chrono::milliseconds(8s));
        question.jitter = 0.5;
        QCOMPARE(retryDelay(question).value(), std::chrono::milliseconds(12s));
    }

    void whatTheServerAskedForWins()
    {
        RetryQuestion question = after(Cause::ServerBusy, 1);
        question.error.retryAfter = 90s;
        QCOMPARE(retryDelay(question).value(), std::chrono::milliseconds(90s));
    }

    void aDelayThatOutlastsTheNoProgressTimeoutIsNotWaitedFor()
    {
        RetryQuestion question = after(Cause::ServerBusy, 1);
        question.error.retryAfter = 300s;
        question.noProgressTimeout = 120s;
        QVERIFY(!retryDelay(question));
        question.error.retryAfter = 100s;
        QVERIFY(retryDelay(question));
        question.troubleFor = 30s;
        QVERIFY(!retryDelay(question));
    }

    void whyThereIsNoOtherTryIsSaid_data()
    {
        QTest::addColumn<RetryQuestion>("question");
        QTest::addColumn<GiveUp>("expected");
        RetryQuestion question = after(Cause::NotFound, 1);
        QTest::newRow("a cause that does not pass by itself") << question << GiveUp::NoTryHelps;
        question = after(Cause::RangeRefused, 2);
        QTest::newRow("tried often enough") << question << GiveUp::NoTryHelps;
        question = after(Cause::ConnectionLost, 1);
        question.noProgressTimeout = 0ms;
        QTest::newRow("no wait fits into the timeout") << question << GiveUp::TooLong;
        question = after(Cause::ConnectionLost, 4);
        question.noProgressTimeout = 10s;
        question.troubleFor = 7s;
        QTest::newRow("nothing moved for too long") << question << GiveUp::NoProgress;
        question.error.cause = Cause::NotFound;
        QTest::newRow("the cause decides before the time does") << question << GiveUp::NoTryHelps;
    }
    void whyThereIsNoOtherTryIsSaid()
    {
        QFETCH(const RetryQuestion, question);
        QFETCH(const GiveUp, expected);
        const auto delay = retryDelay(question);
        QVERIFY(!delay);
        QCOMPARE(delay.error(), expected);
    }

    void withATimeoutOfZeroEveryErrorIsFinalAtOnce()
    {
        for (const Cause cause : kCauses) {
            RetryQuestion question = after(cause, 1);
            question.noProgressTimeout = 0ms;
            QVERIFY2(!retryDelay(question), name(cause));
        }
    }

    void whatWorkedOnceIsWorthMorePatience_data()
    {
        QTest::addColumn<Cause>("cause");
        QTest::addColumn<int>("triesUntilItWorked");
        QTest::newRow("proxy") << Cause::ProxyUnreachable << 3;
        QTest::newRow("handshake") << Cause::HandshakeFailed << 2;
        QTest::newRow("not HTTP") << Cause::NotHttp << 2;
    }
    void whatWorkedOnceIsWorthMorePatience()
    {
        QFETCH(const Cause, cause);
        QFETCH(const int, triesUntilItWorked);
        RetryQuestion question = after(cause, triesUntilItWorked);
        QVERIFY(retryDelay(question));
        question.hasWorked = false;
        QVERIFY(!retryDelay(question));
        question.hasWorked = true;
        question.failures = 9;
        QCOMPARE(retryDelay(question).value(), std::chrono::milliseconds(256s));
        question.failures = 10;
        QVERIFY(!retryDelay(question));
    }

    void aNameThatNeverResolvedIsFinalAfterThreeTries()
    {
        RetryQuestion question = after(Cause::NameNotFound, 2);
        question.hasWorked = false;
        QVERIFY(retryDelay(question));
        question.failures = 3;
        QVERIFY(!retryDelay(question));
        question.hasWorked = true;
        QVERIFY(retryDelay(question));
    }

    void fatalCausesAreNeverTriedAgain()
    {
        int fatal = 0;
        for (const CauseRow &row : causeCatalogue()) {
            if (row.recovery == Recovery::Fatal) {
                QVERIFY2(!retryDelay(after(row.cause, 1)), name(row.cause));
                ++fatal;
            } else {
                QVERIFY2(retryDelay(after(row.cause, 1)), name(row.cause));
            }
        }
        QVERIFY(fatal > 10);
    }

    void theLeastDelayOfTheJobIsKept()
    {
        RetryQuestion question = after(Cause::ConnectionLost, 1);
        question.minDelay = 60s;
        QCOMPARE(retryDelay(question).value(), std::chrono::milliseconds(60s));
    }
};

BELLHOP_TEST(RetryPolicyTest)
#include "tst_retry_policy.moc"
