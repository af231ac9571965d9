// SPDX-License-Identifier: Apache-2.0
#include "core/transfer/exchange/watchdog.h"

#include "tests/support/manual_clock.h"
#include "tests/support/test_program.h"

#include <QNetworkReply>

using namespace core;

namespace {

/// A reply that nothing comes of but what the test says.
class SilentReply final : public QNetworkReply {
    Q_OBJECT
public:
    void abort() override { isAborted = true; }

    bool isAborted = false;

private:
    qint64 readData(char * /*data*/, qint64 /*maxSize*/) override { return -1; }
};

} // namespace

class WatchdogTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(QStringLiteral(".*"))); }

    void whatGetsOnWithSendingIsNotSilent()
    {
        const ExchangeLimits limits;
        const auto nearly = limits.connect - std::chrono::seconds(1);
        ManualClock clock;
        SilentReply reply;
        Watchdog watchdog(&clock, limits);
        watchdog.watch(&reply);
        QVERIFY(!watchdog.isConnected());
        for (int i = 0; i < 5; ++i) {
            clock.advance(nearly);
            Q_EMIT reply.uploadProgress(i, 10);
        }
        QVERIFY(watchdog.isConnected());
        QVERIFY(!reply.isAborted);
        clock.advance(limits.firstByte); // a slow server has not got all of it yet
        QVERIFY(!reply.isAborted);
        clock.advance(limits.drain);
        QVERIFY(reply.isAborted);
        QVERIFY(watchdog.hasBitten());
    }

    void sendingTriesNobodysPatience()
    {
        ExchangeLimits limits;
        limits.patience = std::chrono::seconds(20);
        ManualClock clock;
        SilentReply reply;
        Watchdog watchdog(&clock, limits);
        watchdog.watch(&reply);
        for (int i = 1; i < 10; ++i) {
            clock.advance(std::chrono::seconds(15));
            Q_EMIT reply.uploadProgress(i, 10);
        }
        Q_EMIT reply.requestSent();
        clock.advance(std::chrono::seconds(15));
        QVERIFY(!reply.isAborted);
        clock.advance(std::chrono::seconds(10));
        QVERIFY(reply.isAborted);
    }

    void whatWasHandedOverMayTakeItsTimeToArrive()
    {
        const ExchangeLimits limits;
        ManualClock clock;
        SilentReply reply;
        Watchdog watchdog(&clock, limits);
        watchdog.watch(&reply);
        Q_EMIT reply.uploadProgress(10, 10);
        Q_EMIT reply.requestSent();
        clock.advance(limits.drain - std::chrono::seconds(1));
        QVERIFY(!reply.isAborted);
        clock.advance(std::chrono::seconds(2));
        QVERIFY(reply.isAborted);
    }

    void itDoesNotCountWhatWeDoNotRead()
    {
        const ExchangeLimits limits;
        ManualClock clock;
        SilentReply reply;
        Watchdog watchdog(&clock, limits);
        watchdog.watch(&reply);
        watchdog.bodyBegins();
        watchdog.pause();
        clock.advance(limits.silence * 10);
        QVERIFY(!reply.isAborted);
        watchdog.resume();
        clock.advance(limits.silence);
        QVERIFY(reply.isAborted);
    }
};

BELLHOP_TEST(WatchdogTest)
#include "tst_watchdog.moc"
