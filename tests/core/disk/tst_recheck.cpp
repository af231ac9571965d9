// SPDX-License-Identifier: Apache-2.0
#include "core/disk/recheck.h"

#include "core/disk/our_file.h"
#include "core/disk/piece_hasher.h"
#include "core/disk/publish.h"
#include "tests/core/disk/planted.h"
#include "tests/support/pattern_bytes.h"
#include "tests/support/test_program.h"

#include <QTemporaryDir>

#include <cerrno>
#include <fcntl.h>

using namespace core;

namespace {

constexpr qint64 kBlock = BlockHashes::kBlockBytes;
constexpr qint64 kSize = 2 * kBlock + 500'000; ///< two blocks and a piece of one

QByteArray film(qint64 first = 0, qint64 end = kSize)
{
    return patternBytes(3, first, end - first);
}

BlockHashes hashesOf(qint64 first, qint64 end)
{
    PieceHasher hasher;
    hasher.add(first, film(first, end));
    return hasher.hashes();
}

} // namespace

/// A part that somebody else may have written to.
class RecheckTest : public QObject {
    Q_OBJECT

    std::unique_ptr<QTemporaryDir> m_folder;
    QString m_path;

    [[nodiscard]] PartStamp stamp() const { return stampOf(planted::facts(m_path)); }
    [[nodiscard]] PartClaim claim() const
    {
        return {planted::identity(m_path), RangeSet::prefix(kSize), {hashesOf(0, kSize), stamp()}};
    }
    void overwrite(qint64 offset, const QByteArray &bytes) const
    {
        QFile part(m_path);
        QVERIFY(part.open(QIODevice::ReadWrite) && part.seek(offset));
        QCOMPARE(part.write(bytes), bytes.size());
    }
    /// Another file of these bytes stands there now.
    void replaceBy(const QByteArray &bytes) const
    {
        planted::file(m_path + QStringLiteral(".new"), bytes, 0600);
        QCOMPARE(::rename(QFile::encodeName(m_path + QStringLiteral(".new")).constData(),
                          QFile::encodeName(m_path).constData()),
                 0);
    }

private Q_SLOTS:
    void init()
    {
        QTest::failOnWarning(QRegularExpression(QStringLiteral(".*")));
        m_folder = std::make_unique<QTemporaryDir>();
        m_path = m_folder->filePath(QStringLiteral("film.part"));
        planted::file(m_path, film(), 0600);
    }

    void piecesAreTheSameHoweverTheBytesCame()
    {
        PieceHasher hasher;
        for (qint64 at = kSize / 2; at < kSize; at += 10'007) {
            hasher.add(at, film(at, std::min(at + 10'007, kSize)));
        }
        for (qint64 at = 0; at < kSize / 2; at += 70'001) {
            hasher.add(at, film(at, std::min(at + 70'001, kSize / 2)));
        }
        // The block in which the second go met the first is in two pieces.
        BlockHashes wanted = hashesOf(0, kSize / 2);
        wanted.insert(hashesOf(kSize / 2, kSize));
        QCOMPARE(hasher.hashes(), wanted);
        QCOMPARE(hasher.hashes().pieces().size(), 4);
        QCOMPARE(hasher.hashes().ranges(), RangeSet::prefix(kSize));
    }

    void piecesGrowSideBySide()
    {
        PieceHasher hasher;
        constexpr qint64 kStep = 10'000;
        const qint64 half = BlockHashes::kBlockBytes;
        for (qint64 at = 0; at < 10 * kStep; at += kStep) {
            hasher.add(at, film(at, at + kStep));
            hasher.add(half + at, film(half + at, half + at + kStep));
        }
        QCOMPARE(hasher.hashes().pieces().size(), 2);
        BlockHashes wanted = hashesOf(0, 10 * kStep);
        wanted.insert(hashesOf(half, half + 10 * kStep));
        QCOMPARE(hasher.hashes(), wanted);
    }

    void whatIsWrittenOnceMoreIsHashedOnceMore()
    {
        PieceHasher hasher;
        hasher.add(0, QByteArray(1000, 'x'));
        hasher.add(0, film(0, 2000));
        QCOMPARE(hasher.hashes(), hashesOf(0, 2000));
        hasher.add(500, film(500, 600)); // in the middle: nothing vouches for what is around it
        QCOMPARE(hasher.hashes(), hashesOf(500, 600));
    }

    void aPartThatNobodyTouchedIsAsClaimed()
    {
        QCOMPARE(isAsClaimed(claim()).value(), true);
        PartClaim unsealed = claim();
        unsealed.seal = {};
        overwrite(0, "x");
        QCOMPARE(isAsClaimed(unsealed).value(), true); // nothing is known of it
    }

    void aPartThatSomebodyTouchedIsNotAsClaimed_data()
    {
        QTest::addColumn<int>("how");
        QTest::newRow("written to") << 0;
        QTest::newRow("longer") << 1;
        QTest::newRow("another file") << 2;
    }
    void aPartThatSomebodyTouchedIsNotAsClaimed()
    {
        QFETCH(int, how);
        PartClaim before = claim();
        before.seal.stamp->modifiedNs -= how == 0 ? 1 : 0;
        before.seal.stamp->sizeBytes -= how == 1 ? 1 : 0;
        before.part.inode += how == 2 ? 1 : 0;
        QCOMPARE(isAsClaimed(before).value(), false);
    }

    void aPartThatIsGoneIsSaidToBe()
    {
        const PartClaim before = claim();
        QVERIFY(QFile::remove(m_path));
        COMPARE_CAUSE(isAsClaimed(before), Cause::PartMissing);
        COMPARE_CAUSE(recheck(before), Cause::PartMissing);
    }

    void onlyDamagedPiecesLoseTheirClaim()
    {
        const PartClaim before = claim();
        overwrite(kBlock + 17, "????????");
        const auto found = recheck(before);
        QVERIFY(found);
        QCOMPARE(found->damagedBytes, kBlock);
        RangeSet sound = RangeSet::prefix(kBlock);
        sound.insert({2 * kBlock, kSize});
        QCOMPARE(found->sound, sound);
        QCOMPARE(found->seal.hashes, before.seal.hashes.within(sound));
        QCOMPARE(found->seal.stamp, stamp());
        QCOMPARE(found->part, before.part);
        QCOMPARE(isAsClaimed({found->part, found->sound, found->seal}).value(), true);
    }

    void ofAPartThatWasCutOffWhatIsLeftCounts()
    {
        const PartClaim before = claim();
        QVERIFY(QFile::resize(m_path, kBlock + 1000));
        const auto found = recheck(before);
        QVERIFY(found);
        QCOMPARE(found->sound, RangeSet::prefix(kBlock));
        QCOMPARE(found->damagedBytes, kSize - kBlock);
        QCOMPARE(found->missingBytes, kSize - kBlock - 1000);
    }

    void whatWasAppendedIsOfNoConsequence()
    {
        const PartClaim before = claim();
        overwrite(kSize, "more");
        const auto found = recheck(before);
        QVERIFY(found);
        QCOMPARE(found->sound, RangeSet::prefix(kSize));
        QCOMPARE(found->damagedBytes, 0);
    }

    void aCopyInItsPlaceIsTakenForItIfEveryByteIsKnownAgain()
    {
        const PartClaim before = claim();
        replaceBy(film() + "more");
        const auto found = recheck(before);
        QVERIFY(found);
        QCOMPARE(found->part, planted::identity(m_path));
        QVERIFY(found->part.inode != before.part.inode);
        QCOMPARE(found->sound, RangeSet::prefix(kSize));
    }

    void anotherFileInItsPlaceIsNot_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<qint64>("hashed");
        QTest::newRow("one byte differs") << '?' + film().sliced(1) << kSize;
        QTest::newRow("shorter") << film().chopped(1) << kSize;
        QTest::newRow("not all of it has a hash") << film() << kBlock;
        QTest::newRow("none of it has") << film() << qint64(0);
    }
    void anotherFileInItsPlaceIsNot()
    {
        QFETCH(QByteArray, bytes);
        QFETCH(qint64, hashed);
        PartClaim before = claim();
        before.seal.hashes = before.seal.hashes.within(RangeSet::prefix(hashed));
        replaceBy(bytes);
        COMPARE_CAUSE(recheck(before), Cause::PartChanged);
        before.durable = {}; // nothing to know it by either
        COMPARE_CAUSE(recheck(before), Cause::PartChanged);
    }

    void bytesWithoutAHashAreBelievedAsLongAsTheyAreThere()
    {
        PartClaim before = claim();
        before.seal.hashes = before.seal.hashes.within(RangeSet::prefix(kBlock));
        overwrite(0, "?");
        const auto found = recheck(before);
        QVERIFY(found);
        RangeSet sound = RangeSet::prefix(kSize);
        sound.remove({0, kBlock});
        QCOMPARE(found->sound, sound);
        QVERIFY(QFile::resize(m_path, kSize - 1));
        COMPARE_CAUSE(recheck(before), Cause::PartChanged);
    }

    void aSecondNameMakesItNotOurs()
    {
        const PartClaim before = claim();
        planted::hardLink(m_path, m_path + QStringLiteral(".too"));
        COMPARE_CAUSE(recheck(before), Cause::PartChanged);
    }

    void itStopsWhenItIsToldTo()
    {
        std::stop_source stop;
        stop.request_stop();
        const auto found = recheck(claim(), stop.get_token());
        QVERIFY(!found);
        QCOMPARE(found.error().osError, ECANCELED);
    }
};

BELLHOP_TEST(RecheckTest)
#include "tst_recheck.moc"
