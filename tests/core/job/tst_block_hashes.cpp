// SPDX-License-Identifier: Apache-2.0
#include "core/job/block_hashes.h"

#include "tests/support/test_program.h"

#include <QTest>

using namespace core;

class BlockHashesTest : public QObject {
    Q_OBJECT

    static constexpr qint64 kBlock = BlockHashes::kBlockBytes;

    static BlockHashes of(const QList<HashedPiece> &pieces)
    {
        BlockHashes made;
        for (const HashedPiece &piece : pieces) {
            made.insert(piece);
        }
        return made;
    }

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(QStringLiteral(".*"))); }

    void aPieceIsPartOfOneBlock_data()
    {
        QTest::addColumn<qint64>("first");
        QTest::addColumn<qint64>("end");
        QTest::addColumn<bool>("isPiece");
        QTest::newRow("a block") << qint64(0) << kBlock << true;
        QTest::newRow("the next block") << kBlock << 2 * kBlock << true;
        QTest::newRow("within one") << kBlock + 5 << kBlock + 6 << true;
        QTest::newRow("across two") << kBlock - 1 << kBlock + 1 << false;
        QTest::newRow("nothing") << qint64(5) << qint64(5) << false;
        QTest::newRow("backwards") << qint64(5) << qint64(4) << false;
        QTest::newRow("below zero") << qint64(-1) << qint64(4) << false;
    }
    void aPieceIsPartOfOneBlock()
    {
        QFETCH(qint64, first);
        QFETCH(qint64, end);
        QTEST(BlockHashes::isPiece({first, end}), "isPiece");
    }

    void piecesStandInOrderHoweverTheyCame()
    {
        const BlockHashes hashes =
            of({{{kBlock, 2 * kBlock}, 2}, {{0, 10}, 1}, {{2 * kBlock, 2 * kBlock + 1}, 3}});
        QCOMPARE(hashes.pieces(),
                 QList<HashedPiece>(
                     {{{0, 10}, 1}, {{kBlock, 2 * kBlock}, 2}, {{2 * kBlock, 2 * kBlock + 1}, 3}}));
        QCOMPARE(hashes.ranges().toText(), QStringLiteral("0-10,1048576-2097153"));
    }

    void whatIsWrittenAnewReplacesWhatItOverlaps()
    {
        BlockHashes hashes = of({{{0, 10}, 1}, {{10, 20}, 2}, {{20, 30}, 3}});
        hashes.insert({{0, 15}, 4}); // the first piece has grown into the second
        QCOMPARE(hashes.pieces(), QList<HashedPiece>({{{0, 15}, 4}, {{20, 30}, 3}}));
        hashes.insert({{20, 40}, 5});
        QCOMPARE(hashes.pieces(), QList<HashedPiece>({{{0, 15}, 4}, {{20, 40}, 5}}));
        hashes.insert(of({{{15, 20}, 6}, {{0, 1}, 7}}));
        QCOMPARE(hashes.pieces(), QList<HashedPiece>({{{0, 1}, 7}, {{15, 20}, 6}, {{20, 40}, 5}}));
    }

    void whatIsTakenOutTakesItsPieceAlong()
    {
        BlockHashes hashes = of({{{0, 10}, 1}, {{10, 20}, 2}, {{20, 30}, 3}});
        hashes.remove({19, 20});
        QCOMPARE(hashes.pieces(), QList<HashedPiece>({{{0, 10}, 1}, {{20, 30}, 3}}));
        hashes.remove({10, 20});
        QCOMPARE(hashes.pieces().size(), 2);
    }

    void onlyWholePiecesLieWithinASet()
    {
        const BlockHashes hashes = of({{{0, 10}, 1}, {{10, 20}, 2}, {{20, 30}, 3}});
        RangeSet set = RangeSet::prefix(19);
        set.insert({20, 30});
        QCOMPARE(hashes.within(set).pieces(), QList<HashedPiece>({{{0, 10}, 1}, {{20, 30}, 3}}));
    }
};

BELLHOP_TEST(BlockHashesTest)
#include "tst_block_hashes.moc"
