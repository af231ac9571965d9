// SPDX-License-Identifier: Apache-2.0
#include "tests/support/curl.h"
#include "tests/support/file_facts.h"
#include "tests/support/nginx.h"
#include "tests/support/slow_relay.h"
#include "tests/support/test_program.h"

#include <QElapsedTimer>
#include <QTcpSocket>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

class SlowRelayTest : public QObject {
    Q_OBJECT

private:
    static constexpr qint64 kSizeBytes = 4'000'000;

    Nginx m_nginx;
    const QByteArray m_bytes = patternBytes(3, 0, kSizeBytes);

    [[nodiscard]] quint16 target() const { return quint16(m_nginx.url({}).port()); }
    static QString at(const SlowRelay &relay, const QString &path)
    {
        return u"http://127.0.0.1:%1%2"_s.arg(relay.port()).arg(path);
    }
    CurlAnswer put(const SlowRelay &relay, const QStringList &options = {}) const
    {
        // Without a wait for 100.
        return curl(QStringList{u"-T"_s, u"-"_s, u"-H"_s, u"Expect:"_s} + options +
                        QStringList{at(relay, u"/dav/new"_s)},
                    m_bytes);
    }
    static qint64 took(const std::function<void()> &work)
    {
        QElapsedTimer timer;
        timer.start();
        work();
        return timer.elapsed();
    }

private Q_SLOTS:
    void initTestCase()
    {
        QVERIFY(m_nginx.addFile(u"file"_s, m_bytes));
        QVERIFY2(m_nginx.start(), qPrintable(m_nginx.error()));
    }

    void init() { QTest::failOnWarning(QRegularExpression(u".*"_s)); }

    void passesOnEveryByteBothWays()
    {
        const SlowRelay relay(target());
        QCOMPARE(put(relay).status, 201);
        QCOMPARE(contentOf(m_nginx.uploaded(u"/dav/new"_s)), m_bytes);
        QVERIFY(curl({at(relay, u"/file"_s)}).out.endsWith(m_bytes));
        QVERIFY(relay.bytesPassed(RelayWay::Up) > kSizeBytes);
        QVERIFY(relay.bytesPassed(RelayWay::Down) > kSizeBytes);
        QCOMPARE(relay.connectionsEver(), 2);
    }

    void aRequestTakesTwoRoundTrips()
    {
        // One to connect, one to ask.
        const SlowRelay relay(target(), {.delay = 50ms});
        const qint64 ms = took([&] {
            QCOMPARE(curl({u"-r"_s, u"0-9"_s, at(relay, u"/file"_s)}).status, 206);
        });
        QVERIFY2(ms >= 200, qPrintable(QString::number(ms)));
        QVERIFY2(ms < 1000, qPrintable(QString::number(ms)));
    }

    void noMoreIsOnTheWayThanTheWindow()
    {
        // Forty windows of 100 kB need forty round trips of 20 ms.
        const SlowRelay relay(target(), {.delay = 10ms, .windowBytes = 100'000});
        const qint64 ms =
            took([&] { QVERIFY(curl({at(relay, u"/file"_s)}).out.endsWith(m_bytes)); });
        QVERIFY2(ms >= 39 * 20, qPrintable(QString::number(ms)));
    }

    void isAsFastAsItIsTold()
    {
        const SlowRelay relay(target(), {.bytesPerSecond = 8'000'000});
        const qint64 ms = took([&] { QVERIFY(put(relay).status / 100 == 2); });
        QVERIFY2(ms >= 450, qPrintable(QString::number(ms)));
        QVERIFY2(ms < 3000, qPrintable(QString::number(ms)));
    }

    void stallsAtTheByteAndGoesOn()
    {
        SlowRelay relay(target());
        relay.stallAfter(RelayWay::Down, 1000);
        QTcpSocket socket;
        socket.connectToHost(u"127.0.0.1"_s, relay.port());
        socket.write("GET /file HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
        QTRY_COMPARE(socket.bytesAvailable(), 1000);
        QVERIFY(relay.isStalled());
        QTest::qWait(50);
        QCOMPARE(socket.bytesAvailable(), 1000);
        QCOMPARE(socket.state(), QAbstractSocket::ConnectedState);
        relay.goOn();
        QTRY_COMPARE(socket.state(), QAbstractSocket::UnconnectedState);
        QVERIFY(socket.readAll().endsWith(m_bytes));
    }

    void resetsAtTheByteOnce()
    {
        SlowRelay relay(target());
        relay.resetAfter(RelayWay::Up, 1'000'000);
        const CurlAnswer broken = put(relay);
        QVERIFY(broken.exitStatus == 55 || broken.exitStatus == 56); // send or receive failed
        QCOMPARE(broken.status, 0);
        QCOMPARE(relay.bytesPassed(RelayWay::Up), 1'000'000);
        QVERIFY(put(relay).status / 100 == 2);
    }

    void refusesWhereTheServerIsGone()
    {
        const SlowRelay relay(1);
        QCOMPARE(curl({at(relay, u"/file"_s)}).status, 0);
    }
};

BELLHOP_TEST(SlowRelayTest)
#include "tst_slow_relay.moc"
