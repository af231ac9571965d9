// SPDX-License-Identifier: Apache-2.0
#include "core/disk/volumes.h"
#include "core/system/when_ready.h"
#include "core/transfer/download.h"
#include "core/transfer/exchange/held_exchanges.h"
#include "core/transfer/exchange/network_manager_pool.h"
#include "core/transfer/range_manners.h"
#include "core/transfer/throttle.h"
#include "tests/core/disk/planted.h"
#include "tests/support/http_server.h"
#include "tests/support/manual_clock.h"
#include "tests/support/run_task.h"
#include "tests/support/test_program.h"

#include <QTemporaryDir>

using namespace core;
using namespace std::chrono_literals;

namespace {

constexpr qint64 kSizeBytes = 1'000'000;
constexpr ByteRange kHole{300'000, 500'000};
constexpr qint64 kBehind = 800'000; ///< held from the end of the hole up to here
constexpr auto kPath = "/film.bin";

QByteArray film(ByteRange range)
{
    return patternBytes(7, range.first, range.sizeBytes());
}

} // namespace

/// A part whose durable bytes are not all in one piece.
class HolesTest : public QObject {
    Q_OBJECT

    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<HttpServer> m_server;
    QList<RangeSet> m_claims;

    /// Bytes of the film where they are said to be held, and rubbish in between.
    [[nodiscard]] PartIdentity plant(const RangeSet &held) const
    {
        QByteArray bytes(held.end(), '?');
        for (const ByteRange &range : held.ranges()) {
            bytes.replace(range.first, range.sizeBytes(), film(range));
        }
        const QString path = m_folder->filePath(QStringLiteral("film.bin.part"));
        planted::file(path, bytes, 0600);
        return planted::identity(path);
    }
    [[nodiscard]] DownloadOrder order(const RangeSet &held, const Validator &validator) const
    {
        DownloadOrder made{.url = m_server->url(QString::fromLatin1(kPath))};
        made.target = {.folder = m_folder->path(),
                       .known = {.name = QStringLiteral("film.bin"),
                                 .sizeBytes = kSizeBytes,
                                 .validator = validator,
                                 .part = plant(held)},
                       .durable = held};
        return made;
    }
    AttemptEvents events()
    {
        return {.named = [](const QString &proposed) { return proposed; },
                .noted = [](Note) {},
                .identified = [](const Identification &) { return readyFuture(true); },
                .copied = [](const PartIdentity &) { return readyFuture(false); },
                .received = [](qint64) {},
                .durable = [this](const RangeSet &claimed,
                                  const PartSeal & /*seal*/) { m_claims.append(claimed); },
                .damaged = [](qint64) { QFAIL("nobody touched the part"); },
                .partLost = [] { QFAIL("the part was there"); }};
    }
    AttemptOutcome attempt(DownloadOrder order)
    {
        ManualClock clock;
        NetworkManagerPool managers;
        Throttles throttles;
        RangeManners manners;
        Volumes volumes;
        HeldExchanges held(&clock);
        const TransferWorld world{&clock, &managers, &throttles, &volumes, &manners, &held};
        return runFor(attemptDownload(world, std::move(order), {}, events()), 10s)
            .value_or(Stopped{});
    }
    [[nodiscard]] QList<QByteArray> asked() const
    {
        QList<QByteArray> fields;
        for (const HttpRequest &request : m_server->requests(kPath)) {
            fields.append(request.header("Range").value_or("none"));
        }
        return fields;
    }
    [[nodiscard]] QByteArray content() const
    {
        return planted::content(m_folder->filePath(QStringLiteral("film.bin.part")));
    }

private Q_SLOTS:
    void init()
    {
        QTest::failOnWarning(QRegularExpression(QStringLiteral(".*")));
        m_folder = std::make_unique<QTemporaryDir>();
        m_server = std::make_unique<HttpServer>();
        m_server->serve(kPath, {.body = Body::pattern(7, kSizeBytes)});
        m_claims.clear();
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
            m_server->serve(
                kPath, {.body = Body::pattern(7, kSizeBytes), .etag = etag, .lastModified = {}});
        }
        const RangeSet durable = RangeSet::fromText(held).value_or(RangeSet());
        const AttemptOutcome outcome = attempt(order(durable, {.etag = etag}));
        QVERIFY(std::holds_alternative<Receipt>(outcome));
        QCOMPARE(std::get<Receipt>(outcome), (Receipt{kSizeBytes, SizeSource::Stated}));
        QTEST(asked(), "requests");
        QVERIFY(content() == film({0, kSizeBytes}));
        QCOMPARE(m_claims.last(), RangeSet::prefix(kSizeBytes));
    }

    void whatLiesBehindAHoleStaysWhenTheHoleIsNotFilled()
    {
        m_server->cutAfter(kPath, 100'000);
        const RangeSet durable = RangeSet::fromText(u"0-300000,500000-800000").value_or(RangeSet());
        const AttemptOutcome outcome = attempt(order(durable, {.etag = "\"v1\""}));
        const auto *error = std::get_if<JobError>(&outcome);
        QVERIFY(error != nullptr);
        QCOMPARE(error->cause, Cause::ConnectionLost);
        const qint64 filledTo = error->evidence.offsetBytes;
        QVERIFY(filledTo <= kHole.first + 100'000);
        RangeSet left = durable;
        left.insert({kHole.first, filledTo});
        QCOMPARE(m_claims.value(0, durable), left);
        QCOMPARE(error->fileBytesDone, left.sizeBytes());
        for (const ByteRange &range : left.ranges()) {
            QVERIFY(content().sliced(range.first, range.sizeBytes()) == film(range));
        }
    }

    void aServerWithoutRangesIsComparedAllTheWay()
    {
        m_server->serve(kPath,
                        {.body = Body::pattern(7, kSizeBytes), .ranges = RangeAnswer::Ignored});
        const RangeSet durable = RangeSet::fromText(u"0-300000,500000-800000").value_or(RangeSet());
        const AttemptOutcome outcome = attempt(order(durable, {.etag = "\"v1\""}));
        QVERIFY(std::holds_alternative<Receipt>(outcome));
        QCOMPARE(asked(), QList<QByteArray>{"bytes=300000-499999"});
        QVERIFY(content() == film({0, kSizeBytes}));
    }

    void otherBytesBehindTheHoleAreAnotherVersion()
    {
        m_server->serve(kPath,
                        {.body = Body::pattern(7, kSizeBytes), .ranges = RangeAnswer::Ignored});
        const RangeSet durable = RangeSet::fromText(u"0-300000,500000-800000").value_or(RangeSet());
        DownloadOrder given = order(durable, {});
        QFile part(given.target.known.part.path);
        QVERIFY(part.open(QIODevice::ReadWrite));
        QVERIFY(part.seek(kBehind - 1));
        QCOMPARE(part.write("?", 1), 1);
        part.close();
        const AttemptOutcome outcome = attempt(given);
        const auto *error = std::get_if<JobError>(&outcome);
        QVERIFY(error != nullptr);
        QCOMPARE(error->cause, Cause::RemoteChanged);
    }
};

BELLHOP_TEST(HolesTest)
#include "tst_holes.moc"
