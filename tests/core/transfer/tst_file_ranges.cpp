// SPDX-License-Identifier: Apache-2.0
#include "core/transfer/file/file_ranges.h"
#include "tests/support/test_program.h"

#include <QTest>

using namespace core;

namespace {

RangeSet rangesOf(const QString &text)
{
    return RangeSet::fromText(text).value_or(RangeSet());
}

QString textOf(const std::optional<OpenRange> &range)
{
    if (!range) {
        return QStringLiteral("none");
    }
    return QString::number(range->first) + u'-' +
           (range->end ? QString::number(*range->end) : QString());
}

/// "+0-10" is held, "-10-20" is not.
QString textOf(const QList<RangePiece> &pieces)
{
    QStringList texts;
    for (const RangePiece &piece : pieces) {
        texts.append((piece.isHeld ? u'+' : u'-') + QString::number(piece.range.first) + u'-' +
                     QString::number(piece.range.end));
    }
    return texts.join(u' ');
}

} // namespace

class FileRangesTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(QStringLiteral(".*"))); }

    void whatIsMissingAndNotInFlightComesNext_data()
    {
        QTest::addColumn<QString>("held");
        QTest::addColumn<QList<OpenRange>>("inFlight");
        QTest::addColumn<std::optional<qint64>>("size");
        QTest::addColumn<QString>("missing");
        const auto row = [](const char *name, const char *held, const QList<OpenRange> &inFlight,
                            std::optional<qint64> size, const char *missing) {
            QTest::newRow(name) << QString::fromLatin1(held) << inFlight << size
                                << QString::fromLatin1(missing);
        };
        row("all, of any length", "", {}, {}, "0-");
        row("all, of a length", "", {}, 100, "0-100");
        row("nothing of an empty file", "", {}, 0, "none");
        row("the rest, of any length", "0-10", {}, {}, "10-");
        row("the rest, of a length", "0-10", {}, 100, "10-100");
        row("nothing", "0-100", {}, 100, "none");
        row("a hole first", "0-10,20-30", {}, 100, "10-20");
        row("a hole first, of any length", "0-10,20-30", {}, {}, "10-20");
        row("the beginning", "20-30", {}, 100, "0-20");
        row("behind what is in flight", "0-10", {{10, 20}}, 100, "20-100");
        row("behind a hole in flight", "0-10,20-30", {{10, 20}}, 100, "30-100");
        row("between two in flight", "", {{0, 10}, {50, 100}}, 100, "10-50");
        row("all is in flight", "0-10", {{10, std::nullopt}}, 100, "none");
        row("all is in flight, of any length", "0-10", {{10, std::nullopt}}, {}, "none");
    }
    void whatIsMissingAndNotInFlightComesNext()
    {
        QFETCH(QString, held);
        QFETCH(QList<OpenRange>, inFlight);
        QFETCH(std::optional<qint64>, size);
        FileRanges ranges(rangesOf(held));
        for (const OpenRange &range : inFlight) {
            std::ignore = ranges.take(range);
        }
        QTEST(textOf(ranges.missing(size)), "missing");
    }

    void whatDidNotComeIsMissingAgain()
    {
        FileRanges ranges;
        const RangeLease first = ranges.take({0, 50});
        const RangeLease second = ranges.take({50, 100});
        QCOMPARE(textOf(ranges.missing(100)), QStringLiteral("none"));
        ranges.hold({0, 20});
        ranges.hold({50, 60});
        QCOMPARE(textOf(ranges.missing(100)), QStringLiteral("none"));
        ranges.giveBack(first);
        QCOMPARE(textOf(ranges.missing(100)), QStringLiteral("20-50"));
        ranges.hold({20, 50});
        QCOMPARE(textOf(ranges.missing(100)), QStringLiteral("none"));
        ranges.giveBack(second);
        QCOMPARE(textOf(ranges.missing(100)), QStringLiteral("60-100"));
        ranges.hold({60, 100});
        QVERIFY(ranges.isWhole(100));
    }

    void whatIsLeftOfALeaseMayGoToAnother()
    {
        FileRanges ranges;
        const RangeLease first = ranges.take({0, std::nullopt});
        ranges.hold({0, 20});
        QCOMPARE(ranges.left(first, 100), (ByteRange{20, 100}));
        QCOMPARE(ranges.leaseAt(60, 100), std::optional(first));
        QCOMPARE(ranges.leaseAt(10, 100), std::nullopt);
        QCOMPARE(ranges.cutOf(first), std::nullopt);
        const RangeLease second = ranges.split(first, 60);
        QCOMPARE(ranges.left(first, 100), (ByteRange{20, 60}));
        QCOMPARE(ranges.left(second, 100), (ByteRange{60, 100}));
        QCOMPARE(ranges.cutOf(first), std::optional<qint64>(60));
        QCOMPARE(ranges.cutOf(second), std::nullopt);
        QCOMPARE(ranges.leaseAt(60, 100), std::optional(second));
        const RangeLease between = ranges.split(first, 40);
        QCOMPARE(ranges.cutOf(between), std::optional<qint64>(60)); // as its other half was
        ranges.giveBack(second);
        QCOMPARE(ranges.left(second, 100), ByteRange());
        QCOMPARE(textOf(ranges.missing(100)), QStringLiteral("60-100"));
    }

    void aFileIsWholeWithEveryByteAndNoMore_data()
    {
        QTest::addColumn<QString>("held");
        QTest::addColumn<std::optional<qint64>>("size");
        QTest::addColumn<bool>("whole");
        QTest::newRow("all") << QStringLiteral("0-10") << std::optional<qint64>(10) << true;
        QTest::newRow("empty") << QString() << std::optional<qint64>(0) << true;
        QTest::newRow("too short") << QStringLiteral("0-9") << std::optional<qint64>(10) << false;
        QTest::newRow("too long") << QStringLiteral("0-11") << std::optional<qint64>(10) << false;
        QTest::newRow("a hole") << QStringLiteral("0-4,5-10") << std::optional<qint64>(10) << false;
        QTest::newRow("of any length")
            << QStringLiteral("0-10") << std::optional<qint64>() << false;
    }
    void aFileIsWholeWithEveryByteAndNoMore()
    {
        QFETCH(QString, held);
        QFETCH(std::optional<qint64>, size);
        QTEST(FileRanges(rangesOf(held)).isWhole(size), "whole");
    }

    void aRangeComesInPieces_data()
    {
        QTest::addColumn<QString>("held");
        QTest::addColumn<qint64>("first");
        QTest::addColumn<qint64>("end");
        QTest::addColumn<QString>("pieces");
        const auto row = [](const char *held, qint64 first, qint64 end, const char *pieces) {
            QTest::addRow("%lld to %lld of what has %s", first, end, held)
                << QString::fromLatin1(held) << first << end << QString::fromLatin1(pieces);
        };
        row("", 0, 10, "-0-10");
        row("0-10", 0, 10, "+0-10");
        row("0-10", 5, 8, "+5-8");
        row("0-10", 5, 20, "+5-10 -10-20");
        row("0-10", 10, 20, "-10-20");
        row("5-10", 0, 5, "-0-5");
        row("5-10", 0, 20, "-0-5 +5-10 -10-20");
        row("0-5,10-15,20-25", 3, 22, "+3-5 -5-10 +10-15 -15-20 +20-22");
        row("0-5,10-15,20-25", 7, 7, "");
    }
    void aRangeComesInPieces()
    {
        QFETCH(QString, held);
        QFETCH(qint64, first);
        QFETCH(qint64, end);
        QTEST(textOf(FileRanges(rangesOf(held)).pieces({first, end})), "pieces");
    }
};

BELLHOP_TEST(FileRangesTest)
#include "tst_file_ranges.moc"
