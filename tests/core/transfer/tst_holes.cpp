// SPDX-License-Identifier: Apache-2.0
#include "tests/core/transfer/attempt_rig.h"
#include "tests/support/test_program.h"

using namespace core;
using namespace std::chrono_literals;

namespace {

constexpr qint64 kSizeBytes = 1'000'000;
constexpr ByteRange kHole{300'000, 500'000};
constexpr qint64 kBehind = 800'000; ///< held from the end of the hole up to here

} // namespace

/// A part whose durable bytes are not all in one piece.
class HolesTest : public QObject {
    Q_OBJECT

    std::unique_ptr<AttemptRig> m_rig;

    [[nodiscard]] DownloadOrder order(const RangeSet &held, const Validator &validator) const
    {
        return m_rig->order(held, validator, kSizeBytes);
    }

private Q_SLOTS:
    void init()
    {
        QTest::failOnWarning(QRegularExpression(QStringLiteral(".*")));
        m_rig = std::make_unique<AttemptRig>();
        m_rig->server.serve(AttemptRig::kPath,
                            {.body = Body::pattern(AttemptRig::kSeed, kSizeBytes)});
    }

    void onlyWhatIsMissingIsFetched_data()
    {
        QTest::addColumn<QString>("held");
        QTest::addColumn<QByteArray>("etag");
        QTest::addColumn<QList<QByteArray>>("requests");
        const QString holed = QStringLiteral("0-300000,500000-800000");
        QTest::newRow("a hole and the rest")
            << holed << QByteArray("\"v1\"")
            << QList<QByteArray>{"bytes=300000-499999", "bytes=800000-"};
        QTest::newRow("the beginning") << QStringLiteral("500000-1000000") << QByteArray("\"v1\"")
                                       << QList<QByteArray>{"bytes=0-499999"};
        QTest::newRow("what is before them is compared where nothing vouches for it")
            << holed << QByteArray("W/\"v1\"")
            << QList<QByteArray>{"bytes=234464-499999", "bytes=734464-"};
        QTest::newRow("all, where there is nothing to compare either")
            << QStringLiteral("500000-800000") << QByteArray() << QList<QByteArray>{"bytes=0-"};
    }
    void onlyWhatIsMissingIsFetched()
    {
        QFETCH(QString, held);
        QFETCH(QByteArray, etag);
        if (etag.isEmpty() || etag.startsWith('W')) {
            m_rig->server.serve(AttemptRig::kPath,
                                {.body = Body::pattern(AttemptRig::kSeed, kSizeBytes),
                                 .etag = etag,
                                 .lastModified = {}});
        }
        const RangeSet durable = RangeSet::fromText(held).value_or(RangeSet());
        const AttemptOutcome outcome = m_rig->attempt(order(durable, {.etag = etag}));
        QVERIFY(std::holds_alternative<Receipt>(outcome));
        QCOMPARE(std::get<Receipt>(outcome), (Receipt{kSizeBytes, SizeSource::Stated}));
        QTEST(m_rig->asked(), "requests");
        QVERIFY(m_rig->content() == AttemptRig::film({0, kSizeBytes}));
        QCOMPARE(m_rig->claims.last(), RangeSet::prefix(kSizeBytes));
    }

    void whatLiesBehindAHoleStaysWhenTheHoleIsNotFilled()
    {
        m_rig->server.cutAfter(AttemptRig::kPath, 100'000);
        const RangeSet durable = RangeSet::fromText(u"0-300000,500000-800000").value_or(RangeSet());
        const AttemptOutcome outcome = m_rig->attempt(order(durable, {.etag = "\"v1\""}));
        const auto *error = std::get_if<JobError>(&outcome);
        QVERIFY(error != nullptr);
        QCOMPARE(error->cause, Cause::ConnectionLost);
        const qint64 filledTo = error->evidence.offsetBytes;
        QVERIFY(filledTo <= kHole.first + 100'000);
        RangeSet left = durable;
        left.insert({kHole.first, filledTo});
        QCOMPARE(m_rig->claims.value(0, durable), left);
        QCOMPARE(error->fileBytesDone, left.sizeBytes());
        for (const ByteRange &range : left.ranges()) {
            QVERIFY(m_rig->content().sliced(range.first, range.sizeBytes()) ==
                    AttemptRig::film(range));
        }
    }

    void aServerWithoutRangesIsComparedAllTheWay()
    {
        m_rig->server.serve(
            AttemptRig::kPath,
            {.body = Body::pattern(AttemptRig::kSeed, kSizeBytes), .ranges = RangeAnswer::Ignored});
        const RangeSet durable = RangeSet::fromText(u"0-300000,500000-800000").value_or(RangeSet());
        const AttemptOutcome outcome = m_rig->attempt(order(durable, {.etag = "\"v1\""}));
        QVERIFY(std::holds_alternative<Receipt>(outcome));
        QCOMPARE(m_rig->asked(), QList<QByteArray>{"bytes=300000-499999"});
        QVERIFY(m_rig->content() == AttemptRig::film({0, kSizeBytes}));
    }

    void otherBytesBehindTheHoleAreAnotherVersion()
    {
        m_rig->server.serve(
            AttemptRig::kPath,
            {.body = Body::pattern(AttemptRig::kSeed, kSizeBytes), .ranges = RangeAnswer::Ignored});
        const RangeSet durable = RangeSet::fromText(u"0-300000,500000-800000").value_or(RangeSet());
        DownloadOrder given = order(durable, {});
        QFile part(given.target.known.part.path);
        QVERIFY(part.open(QIODevice::ReadWrite));
        QVERIFY(part.seek(kBehind - 1));
        QCOMPARE(part.write("?", 1), 1);
        part.close();
        const AttemptOutcome outcome = m_rig->attempt(given);
        const auto *error = std::get_if<JobError>(&outcome);
        QVERIFY(error != nullptr);
        QCOMPARE(error->cause, Cause::RemoteChanged);
    }
};

BELLHOP_TEST(HolesTest)
#include "tst_holes.moc"
