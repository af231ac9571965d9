// SPDX-License-Identifier: Apache-2.0
#include "core/disk/unpack.h"

#include "core/disk/part_file.h"
#include "core/disk/publish.h"
#include "core/disk/recheck.h"
#include "tests/core/disk/planted.h"
#include "tests/support/packed.h"
#include "tests/support/pattern_bytes.h"
#include "tests/support/test_program.h"

#include <QDir>
#include <QTemporaryDir>

#include <cerrno>

using namespace core;

namespace {

constexpr qint64 kPlainBytes = 3 * BlockHashes::kBlockBytes + 123'456;

QByteArray plain()
{
    QByteArray text;
    for (int line = 0; text.size() < kPlainBytes; ++line) {
        text += "line " + QByteArray::number(line) + " of a file that can be packed\n";
    }
    return text.first(kPlainBytes);
}

QByteArray withByte(QByteArray bytes, qsizetype at, char value)
{
    bytes[at] = value;
    return bytes;
}

} // namespace

/// A part in a coding, and the file without it.
class UnpackTest final : public QObject {
    Q_OBJECT

    std::unique_ptr<QTemporaryDir> m_folder;

    [[nodiscard]] UnpackOrder planted(const QByteArray &bytes) const
    {
        const QString path = m_folder->filePath(QStringLiteral("film.part"));
        planted::file(path, bytes, 0600);
        return {.part = planted::identity(path),
                .sizeBytes = bytes.size(),
                .fileName = QStringLiteral("film")};
    }
    [[nodiscard]] QStringList names() const
    {
        return QDir(m_folder->path()).entryList(QDir::Files, QDir::Name);
    }

private Q_SLOTS:
    void init()
    {
        QTest::failOnWarning(QRegularExpression(QStringLiteral(".*")));
        m_folder = std::make_unique<QTemporaryDir>();
    }

    void aStreamIsUndoneOrSaidToBeBroken_data()
    {
        QTest::addColumn<QByteArray>("coded");
        QTest::addColumn<std::optional<QByteArray>>("expected");
        const auto row = [](const char *title, const QByteArray &coded,
                            const std::optional<QByteArray> &expected) {
            QTest::newRow(title) << coded << expected;
        };
        const QByteArray all = plain();
        const QByteArray gzip = packed::gzip(all);
        const QByteArray random = patternBytes(7, 0, 300'000);
        const std::optional<QByteArray> broken;
        row("one member", gzip, all);
        row("what cannot be made smaller", packed::gzip(random), random);
        row("several members", packed::gzip(all) + packed::gzip("and") + packed::gzip(random),
            all + "and" + random);
        row("a member of nothing between", packed::gzip("a") + packed::gzip({}) + packed::gzip("b"),
            QByteArray("ab"));
        row("a file without bytes", packed::gzip({}), QByteArray());
        row("zeros behind the end", gzip + QByteArray(700'000, '\0'), all);
        row("garbage behind the end", gzip + "garbage", all);
        row("garbage behind zeros", gzip + QByteArray(300'000, '\0') + 'x', all);
        row("a member behind garbage", gzip + "garbage" + packed::gzip("more"), all);
        row("with a name and a comment",
            QByteArray::fromHex("1f8b08180000000000ff") + QByteArray("n\0c\0", 4) + gzip.sliced(10),
            all);
        row("zlib", packed::zlib(all), all);
        row("deflate without a frame", packed::deflate(all), all);
        // More than a thousand times as much, over many blocks of output for one of input.
        row("all of one byte", packed::gzip(QByteArray(5'000'000, 'x')),
            QByteArray(5'000'000, 'x'));

        row("nothing", {}, broken);
        row("not packed", all, broken);
        row("one byte", "\x1f", broken);
        row("cut in its head", gzip.first(6), broken);
        row("cut in the middle", gzip.first(gzip.size() / 2), broken);
        row("cut in its end", gzip.chopped(1), broken);
        row("cut in the second member", gzip + gzip.chopped(9), broken);
        row("a wrong check value", withByte(gzip, gzip.size() - 8, char(~gzip.at(gzip.size() - 8))),
            broken);
        row("a wrong length", withByte(gzip, gzip.size() - 2, char(~gzip.at(gzip.size() - 2))),
            broken);
        row("begun like a member behind the end", gzip + "\x1fgarbage", broken);
        row("zlib and more", packed::zlib(all) + '\0', broken);
        row("zlib with a wrong check value",
            packed::zlib(all).chopped(1) + char(~packed::zlib(all).back()), broken);
        row("deflate and more", packed::deflate(all) + "more", broken);
    }

    void aStreamIsUndoneOrSaidToBeBroken()
    {
        QFETCH(const QByteArray, coded);
        QFETCH(const std::optional<QByteArray>, expected);
        const auto unpacked = unpack(planted(coded));
        QCOMPARE(planted::content(m_folder->filePath(QStringLiteral("film.part"))), coded);
        if (!expected) {
            COMPARE_CAUSE(unpacked, Cause::HashMismatch);
            QCOMPARE(names(), QStringList{QStringLiteral("film.part")});
            return;
        }
        QVERIFY(unpacked);
        QCOMPARE(unpacked->sizeBytes, expected->size());
        QCOMPARE(unpacked->hasRest, coded.contains("garbage") || coded.endsWith('x'));
        const auto named = nameCopy(unpacked->copy.get());
        QVERIFY(named);
        QVERIFY(planted::content(named->path) == *expected);
        const PartClaim claim{*named,
                              RangeSet::prefix(expected->size()),
                              {unpacked->seal.hashes, unpacked->copy->stamp()}};
        QCOMPARE(isAsClaimed(claim).value(), true);
        QCOMPARE(unpacked->seal.hashes.ranges(), claim.durable);
        QCOMPARE(recheck(claim)->damagedBytes, 0);
    }

    /// Before it has its name there is nothing of it that anybody could take for the file.
    void aCopyWithoutItsNameIsGoneWithIt()
    {
        {
            const auto unpacked = unpack(planted(packed::gzip(plain())));
            QVERIFY(unpacked);
        }
        QCOMPARE(names(), QStringList{QStringLiteral("film.part")});
    }

    void itEndsWhenAskedTo()
    {
        std::stop_source stop;
        stop.request_stop();
        const auto unpacked = unpack(planted(packed::gzip(plain())), stop.get_token());
        QVERIFY(!unpacked);
        QCOMPARE(unpacked.error().osError, ECANCELED);
        QCOMPARE(names(), QStringList{QStringLiteral("film.part")});
    }

    /// A thousand times as much, and more than there is.
    void withoutRoomItSaysHowMuchIsWanted()
    {
        const planted::SmallDisk disk(m_folder->path(), "size=1m");
        if (!disk.worked()) {
            QSKIP("needs root and a kernel that lets it mount");
        }
        constexpr qint64 kWanted = qint64(40) * 1024 * 1024;
        const auto unpacked = unpack(planted(packed::gzip(QByteArray(kWanted, 'x'))));
        COMPARE_CAUSE(unpacked, Cause::DiskFull);
        const double guessed = double(unpacked.error().bytesWanted.value_or(0)) / double(kWanted);
        QVERIFY2(guessed > 0.5 && guessed < 2, qPrintable(QString::number(guessed)));
        QVERIFY(unpacked.error().bytesMissing.value_or(0) > kWanted / 3);
        QCOMPARE(names(), QStringList{QStringLiteral("film.part")});
    }

    void aPartThatIsLongerThanItWasIsNotTaken()
    {
        UnpackOrder order = planted(packed::gzip("a") + packed::gzip("b"));
        order.sizeBytes = packed::gzip("a").size();
        COMPARE_CAUSE(unpack(order), Cause::HashMismatch);
    }

    void aPartThatIsGoneIsSaidToBe()
    {
        const UnpackOrder order = planted(packed::gzip("a"));
        QVERIFY(QFile::remove(order.part.path));
        COMPARE_CAUSE(unpack(order), Cause::PartMissing);
    }
};

Q_DECLARE_METATYPE(std::optional<QByteArray>)
BELLHOP_TEST(UnpackTest)
#include "tst_unpack.moc"
