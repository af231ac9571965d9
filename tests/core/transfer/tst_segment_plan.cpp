// SPDX-License-Identifier: Apache-2.0
#include "core/transfer/connection_count.h"
#include "core/transfer/segment_plan.h"
#include "tests/support/pretty.h"
#include "tests/support/test_program.h"

#include <QTest>

using namespace core;
using namespace std::chrono_literals;

namespace {

constexpr qint64 kMiB = qint64(1024) * 1024;

} // namespace

/// Who takes over what of whom, and how many there are to be.
class SegmentPlanTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(QStringLiteral(".*"))); }

    void theRemainderThatWouldTakeLongestIsShared_data()
    {
        QTest::addColumn<QList<Remainder>>("others");
        QTest::addColumn<std::optional<qint64>>("own");
        QTest::addColumn<std::optional<ByteRange>>("share");
        const auto row = [](const char *name, const QList<Remainder> &others,
                            std::optional<qint64> own, std::optional<ByteRange> share) {
            QTest::newRow(name) << others << own << share;
        };
        const std::optional<qint64> unknown;
        row("of nobody nothing", {}, unknown, {});
        row("half, where nothing is known", {{{0, 16 * kMiB}, unknown}}, unknown,
            ByteRange{8 * kMiB, 16 * kMiB});
        row("of the largest", {{{0, 2 * kMiB}, unknown}, {{8 * kMiB, 16 * kMiB}, unknown}}, unknown,
            ByteRange{12 * kMiB, 16 * kMiB});
        row("of a slow one more than half", {{{0, 16 * kMiB}, kMiB}}, 3 * kMiB,
            ByteRange{4 * kMiB, 16 * kMiB});
        row("of a fast one less", {{{0, 16 * kMiB}, 48 * kMiB}}, 16 * kMiB,
            ByteRange{12 * kMiB, 16 * kMiB});
        row("rather of a slow one than of a large one",
            {{{0, 64 * kMiB}, 64 * kMiB}, {{64 * kMiB, 68 * kMiB}, kMiB}}, 64 * kMiB,
            ByteRange{64 * kMiB + 64 * 1024, 68 * kMiB});
        row("all of one that has stalled", {{{kMiB + 5, 2 * kMiB}, 0}}, kMiB,
            ByteRange{kMiB + 5, 2 * kMiB});
        row("all of one that has been silent for long",
            {{{0, 16 * kMiB}, 16 * kMiB, 0ms}, {{16 * kMiB, 16 * kMiB + 4096}, kMiB, 2s}},
            16 * kMiB, ByteRange{16 * kMiB, 16 * kMiB + 4096});
        row("nothing of a little that comes soon", {{{0, 4096}, kMiB, 300ms}}, 16 * kMiB, {});
        row("half of a fast one, by one that has brought nothing yet",
            {{{0, 16 * kMiB}, 48 * kMiB}}, unknown, ByteRange{8 * kMiB, 16 * kMiB});
        row("nothing that is not worth a request", {{{0, kMiB}, unknown}}, unknown, {});
    }
    void theRemainderThatWouldTakeLongestIsShared()
    {
        QFETCH(QList<Remainder>, others);
        QFETCH(std::optional<qint64>, own);
        QTEST(shareOf(others, own, kMiB, kMiB), "share");
    }

    void whatIsFarSlowerThanTheOthersIsSeen_data()
    {
        QTest::addColumn<std::optional<qint64>>("speed");
        QTest::addColumn<QList<qint64>>("all");
        QTest::addColumn<bool>("isFarSlower");
        const auto row = [](const char *name, std::optional<qint64> speed, const QList<qint64> &all,
                            bool isFarSlower) {
            QTest::newRow(name) << speed << all << isFarSlower;
        };
        row("a twentieth", 1, {20, 1, 20, 20}, true);
        row("stalled", 0, {20, 20, 0, 20, 20}, true);
        row("a quarter", 5, {20, 5, 20, 20}, false);
        row("not known", {}, {20, 20, 20, 20}, false);
        row("of too few", 1, {20, 1, 20}, false);
        row("half of them are", 1, {1, 20, 1, 20, 1}, false);
    }
    void whatIsFarSlowerThanTheOthersIsSeen()
    {
        QFETCH(std::optional<qint64>, speed);
        QFETCH(QList<qint64>, all);
        QTEST(isFarSlower(speed, all), "isFarSlower");
    }

    void theNumberGrowsAsLongAsItHelps_data()
    {
        QTest::addColumn<QList<int>>("mibPerSecond"); // second by second
        QTest::addColumn<QList<int>>("wanted");
        QTest::newRow("each is held to a speed")
            << QList<int>{20, 40, 80, 160, 320, 320} << QList<int>{2, 4, 8, 16, 16, 16};
        QTest::newRow("the line is full with one")
            << QList<int>{20, 21, 20, 20, 21, 21, 20, 21, 21, 21}
            << QList<int>{2, 1, 2, 1, 2, 1, 1, 2, 2, 1};
        QTest::newRow("the line is full with two")
            << QList<int>{20, 40, 41, 40} << QList<int>{2, 4, 2, 4};
        QTest::newRow("the first second comes in a gust")
            << QList<int>{80, 40, 20, 40, 80} << QList<int>{2, 1, 2, 4, 8};
        QTest::newRow("it is done before") << QList<int>{3000, 1000} << QList<int>{1, 1};
        QTest::newRow("nothing comes") << QList<int>{0, 0} << QList<int>{1, 1};
    }
    void theNumberGrowsAsLongAsItHelps()
    {
        QFETCH(QList<int>, mibPerSecond);
        ConnectionCount count{std::nullopt};
        BootTime now{1h};
        qint64 held = 0;
        count.begin(now, held);
        QList<int> wanted;
        for (const int speed : mibPerSecond) {
            held += speed * kMiB;
            now += 1s;
            count.look(now, held, 4096 * kMiB);
            wanted.append(count.wanted());
        }
        QTEST(wanted, "wanted");
    }

    void aLineThatWaitsForItsServerIsFilledAtOnce()
    {
        ConnectionCount count{std::nullopt};
        BootTime now{1h};
        count.begin(now, 0);
        const auto look = [&](qint64 mibHeld) {
            count.look(now += count.lookAgainIn(), mibHeld * kMiB, 4096 * kMiB);
            return count.wanted();
        };
        QCOMPARE(look(8), 1);
        QCOMPARE(look(8), 1);
        QCOMPARE(look(10), 1);
        QCOMPARE(look(10), 16);
    }

    void noRoomIsSeenWhereLittleComes()
    {
        ConnectionCount count{std::nullopt};
        BootTime now{1h};
        count.begin(now, 0);
        for (const qint64 held : {kMiB / 4, kMiB / 4, kMiB / 2, kMiB / 2, kMiB / 2}) {
            count.look(now += count.lookAgainIn(), held, 4096 * kMiB);
        }
        QCOMPARE(count.wanted(), 1);
    }

    void whatWasFilledTooFullIsGivenBack_data()
    {
        QTest::addColumn<QList<int>>("mibIn2s");
        QTest::addColumn<QList<int>>("wanted");
        QTest::newRow("one is enough")
            << QList<int>{100, 99, 101, 100, 98, 100} << QList<int>{8, 4, 2, 1, 1, 1};
        QTest::newRow("eight are needed")
            << QList<int>{100, 99, 60, 100, 98} << QList<int>{8, 4, 8, 8, 8};
        QTest::newRow("it is done before") << QList<int>{1000} << QList<int>{16};
    }
    void whatWasFilledTooFullIsGivenBack()
    {
        QFETCH(QList<int>, mibIn2s);
        ConnectionCount count{std::nullopt};
        BootTime now{1h};
        qint64 held = 0;
        count.begin(now, held);
        for (const int mib : {20, 0, 0}) {
            held += mib * kMiB;
            count.look(now += count.lookAgainIn(), held, 4096 * kMiB);
        }
        QCOMPARE(count.wanted(), 16);
        QList<int> wanted;
        for (const int mib : mibIn2s) {
            held += mib * kMiB;
            count.look(now += 2s, held, 4096 * kMiB);
            wanted.append(count.wanted());
        }
        QTEST(wanted, "wanted");
    }

    void whatAPersonAskedForIsBegunAtOnce()
    {
        QCOMPARE(ConnectionCount(16).wanted(), 16);
        ConnectionCount count{std::nullopt};
        const BootTime now{1h};
        count.ask(8, now, 0);
        QCOMPARE(count.wanted(), 8);
        count.ask(2, now, 0);
        QCOMPARE(count.wanted(), 2);
        QCOMPARE(count.most(), 2);
        count.ask(std::nullopt, now, 0);
        QCOMPARE(count.wanted(), 2);
        QCOMPARE(count.most(), ConnectionCount::kMostUnlessAsked);
    }

    void whatComesFasterThanItIsReadNeedsNoMore()
    {
        ConnectionCount count{std::nullopt};
        BootTime now{1h};
        count.begin(now, 0);
        count.look(now += 1s, 9 * kMiB, 4096 * kMiB, true);
        QCOMPARE(count.wanted(), 1);
        for (const qint64 mib : {11, 11, 11}) { // a limit lets it through in gusts
            count.look(now += count.lookAgainIn(), mib * kMiB, 4096 * kMiB, true);
        }
        QCOMPARE(count.wanted(), 1);
        count.look(now += 1s, 12 * kMiB, 4096 * kMiB);
        count.look(now += 1s, 15 * kMiB, 4096 * kMiB);
        QCOMPARE(count.wanted(), 2);
    }

    void aConnectionThatBringsNothingForAWhileHasStalled()
    {
        LeaseSpeed speed;
        BootTime now{1h};
        speed.look(now, {1}, 0);
        QCOMPARE(speed.bytesPerSecond(), std::nullopt);
        speed.look(now += 500ms, {1}, kMiB);
        QCOMPARE(speed.bytesPerSecond(), std::optional<qint64>(2 * kMiB));
        speed.look(now += 500ms, {1}, kMiB);
        QCOMPARE(speed.bytesPerSecond(), std::optional<qint64>(2 * kMiB));
        speed.look(now += 500ms, {1}, kMiB); // as much as came at once before is late
        QCOMPARE(speed.bytesPerSecond(), std::optional<qint64>(kMiB));
        speed.look(now += 2s, {1}, kMiB);
        QCOMPARE(speed.bytesPerSecond(), std::optional<qint64>(0));
    }
};

BELLHOP_TEST(SegmentPlanTest)
#include "tst_segment_plan.moc"
