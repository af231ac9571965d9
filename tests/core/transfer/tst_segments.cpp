// SPDX-License-Identifier: Apache-2.0
#include "tests/core/transfer/attempt_rig.h"
#include "tests/support/pretty.h"
#include "tests/support/test_program.h"

#include <algorithm>
#include <array>

using namespace core;
using namespace std::chrono_literals;

namespace {

constexpr qint64 kShareBytes = qint64(64) * 1024;
constexpr qint64 kFilmBytes = 32 * kShareBytes;
constexpr int kAsOftenAsQtAsks = 4; ///< for what gets no answer at all
constexpr auto kFilm = AttemptRig::kPath;

Resource film()
{
    return {.body = Body::pattern(AttemptRig::kSeed, kFilmBytes)};
}

} // namespace

/// Several connections for one file.
class SegmentsTest : public QObject {
    Q_OBJECT

    std::unique_ptr<AttemptRig> m_rig;

    [[nodiscard]] static DownloadOrder over(DownloadOrder order, std::optional<int> connections)
    {
        order.options.connections = connections;
        order.limits.leastShareBytes = kShareBytes;
        return order;
    }
    [[nodiscard]] AttemptOutcome fetchOver(std::optional<int> connections)
    {
        return m_rig->attempt(over(m_rig->order(), connections));
    }
    /// What was asked of the server beside the first request.
    [[nodiscard]] QList<HttpRequest> further() const
    {
        return m_rig->server.requests(kFilm).sliced(1);
    }
    [[nodiscard]] bool isWholeOnDisk() const
    {
        return m_rig->content() == AttemptRig::film({0, kFilmBytes});
    }
    /// The first request is served half and then waits, so that others have something to do.
    void holdTheFirst()
    {
        m_rig->server.next(
            kFilm, {step::Send{headOfAll()}, step::SendBody{film().body, 0, 2 * kShareBytes},
                    step::WaitFor{"first"}, step::SendBody{film().body, 2 * kShareBytes}});
    }
    [[nodiscard]] static QByteArray headOfAll()
    {
        return "HTTP/1.1 206 Partial Content\r\nETag: \"v1\"\r\n"
               "Last-Modified: Thu, 01 Jan 2026 00:00:00 GMT\r\n"
               "Date: Thu, 15 Jan 2026 12:00:00 GMT\r\n"
               "Content-Length: " +
               QByteArray::number(kFilmBytes) + "\r\nContent-Range: bytes 0-" +
               QByteArray::number(kFilmBytes - 1) + '/' + QByteArray::number(kFilmBytes) +
               "\r\n\r\n";
    }

private Q_SLOTS:
    void init()
    {
        QTest::failOnWarning(QRegularExpression(QStringLiteral(".*")));
        m_rig = std::make_unique<AttemptRig>();
        m_rig->server.serve(kFilm, film());
    }

    void eachFetchesAShareOfWhatTheFirstHasNotComeTo()
    {
        holdTheFirst();
        QCoro::Task<AttemptOutcome> task = m_rig->begin(over(m_rig->order(), 4));
        QVERIFY(turnUntil([this] { return m_rig->server.requests(kFilm).size() >= 4; }, 10s));
        QVERIFY(m_rig->server.connectionsEver() > 1);
        m_rig->server.release("first");
        const auto outcome = runFor(std::move(task), 10s).value_or(Stopped{});
        QVERIFY(std::holds_alternative<Receipt>(outcome));
        QCOMPARE(std::get<Receipt>(outcome), (Receipt{kFilmBytes, SizeSource::Stated}));
        QVERIFY(isWholeOnDisk());
        QCOMPARE(m_rig->claims.last(), RangeSet::prefix(kFilmBytes));
        QCOMPARE(m_rig->notes, QList<Note>());
        QCOMPARE(m_rig->asked().first(2), (QList<QByteArray>{"bytes=0-", "bytes=1048576-"}));
        for (const HttpRequest &request : further()) {
            QCOMPARE(request.header("If-Range"), std::optional<QByteArray>("\"v1\""));
        }
    }

    void oneIsEnoughWhereNothingProvesThatMoreAreRight_data()
    {
        QTest::addColumn<Resource>("resource");
        QTest::addColumn<std::optional<int>>("connections");
        const auto row = [](const char *name, auto change, std::optional<int> connections = 8) {
            Resource resource = film();
            change(resource);
            QTest::newRow(name) << resource << connections;
        };
        row("no ranges", [](Resource &file) { file.ranges = RangeAnswer::Ignored; });
        row("no length", [](Resource &file) {
            file.ranges = RangeAnswer::Ignored;
            file.framing = Framing::Chunked;
        });
        row("nothing to tell versions apart by", [](Resource &file) {
            file.etag.clear();
            file.lastModified.clear();
        });
        row("a weak tag alone", [](Resource &file) {
            file.etag = "W/\"v1\"";
            file.lastModified.clear();
        });
        row("a small file",
            [](Resource &file) { file.body = Body::pattern(AttemptRig::kSeed, kShareBytes / 2); });
        row("one was asked for", [](Resource & /*file*/) {}, 1);
        row("nobody asked, and time stands still", [](Resource & /*file*/) {}, std::nullopt);
    }
    void oneIsEnoughWhereNothingProvesThatMoreAreRight()
    {
        QFETCH(Resource, resource);
        QFETCH(std::optional<int>, connections);
        m_rig->server.serve(kFilm, resource);
        const AttemptOutcome outcome = fetchOver(connections);
        QVERIFY(std::holds_alternative<Receipt>(outcome));
        QCOMPARE(m_rig->server.requests(kFilm).first().header("Range"),
                 std::optional<QByteArray>("bytes=0-"));
        QVERIFY(std::ranges::none_of(further(), [&resource](const HttpRequest &request) {
            return request.header("Range") != // but for the question whether that was all
                   "bytes=" + QByteArray::number(resource.body.sizeBytes()) + '-';
        }));
        QVERIFY(m_rig->content() == AttemptRig::film({0, resource.body.sizeBytes()}));
    }

    void aSecondOneThatIsRefusedIsNoHarm_data()
    {
        QTest::addColumn<Script>("answer");
        QTest::addColumn<Resource>("resource");
        for (const int status : {403, 404, 410, 416, 429, 500, 503}) {
            QTest::addRow("%d", status)
                << Script{step::Send{"HTTP/1.1 " + QByteArray::number(status) +
                                     " No\r\nContent-Length: 2\r\n\r\nno"}}
                << film();
        }
        QTest::newRow("a reset") << Script{step::Reset{}} << film();
        QTest::newRow("a close") << Script{step::Close{}} << film();
        QTest::newRow("a page to sign in")
            << Script{step::Send{
                   "HTTP/1.1 302 Found\r\nLocation: /login\r\nContent-Length: 0\r\n\r\n"}}
            << film();
        const auto row = [](const char *name, auto change) {
            Resource resource = film();
            change(resource);
            QTest::newRow(name) << Script{step::Serve{}} << resource;
        };
        row("200", [](Resource &file) { file.ranges = RangeAnswer::Ignored; });
        row("a range one byte on", [](Resource &file) { file.ranges = RangeAnswer::Shifted; });
        row("another total", [](Resource &file) { file.ranges = RangeAnswer::OtherTotal; });
        row("no Content-Range", [](Resource &file) { file.ranges = RangeAnswer::NoContentRange; });
        row("another version", [](Resource &file) { file.etag = "\"v2\""; });
        row("another version as a part", [](Resource &file) {
            file.etag = "\"v2\"";
            file.ranges = RangeAnswer::IgnoresIfRange;
        });
        row("no tag any more", [](Resource &file) {
            file.etag.clear();
            file.ranges = RangeAnswer::IgnoresIfRange;
        });
        row("a coding", [](Resource &file) { file.headers = {{"Content-Encoding", "gzip"}}; });
    }
    void aSecondOneThatIsRefusedIsNoHarm()
    {
        QFETCH(Script, answer);
        QFETCH(Resource, resource);
        holdTheFirst();
        const step::Do change{[this, resource] { m_rig->server.serve(kFilm, resource); }};
        m_rig->server.next(kFilm, Script{change} + answer, kAsOftenAsQtAsks);
        m_rig->server.refuse(QByteArrayLiteral("/login"), 200);
        QCoro::Task<AttemptOutcome> task = m_rig->begin(over(m_rig->order(), 4));
        QVERIFY(turnUntil([this] { return !m_rig->notes.isEmpty(); }, 10s));
        m_rig->server.release("first");
        QVERIFY(std::holds_alternative<Receipt>(runFor(std::move(task), 10s).value_or(Stopped{})));
        QVERIFY(isWholeOnDisk());
        QCOMPARE(m_rig->asked().first(2), (QList<QByteArray>{"bytes=0-", "bytes=1048576-"}));
        QVERIFY(m_rig->asked().sliced(2).count("bytes=1048576-") == m_rig->asked().size() - 2);
        QCOMPARE(m_rig->notes, QList<Note>{Note::FewerConnections});
    }

    void whatAHostRefusedIsNotAskedAgain()
    {
        holdTheFirst();
        m_rig->server.nextStatus(kFilm, 429);
        QCoro::Task<AttemptOutcome> task = m_rig->begin(over(m_rig->order(), 4));
        QVERIFY(turnUntil([this] { return !m_rig->notes.isEmpty(); }, 10s));
        m_rig->server.release("first");
        QVERIFY(std::holds_alternative<Receipt>(runFor(std::move(task), 10s).value_or(Stopped{})));
        QVERIFY(QFile::remove(m_rig->partPath()));
        QVERIFY(std::holds_alternative<Receipt>(fetchOver(4)));
        QCOMPARE(m_rig->asked(), (QList<QByteArray>{"bytes=0-", "bytes=1048576-", "bytes=0-"}));
        QCOMPARE(m_rig->notes.size(), 1);
    }

    void aFileHasItsOwnBesideThoseOfOthers()
    {
        const DownloadOrder order = over(m_rig->order(), 4);
        HostConnections *const hosts = &m_rig->managers.hosts();
        const auto use = [&] {
            return HostConnections::Use(hosts, originOf(order.url), JobId{9},
                                        HostConnections::Rank::First);
        };
        const std::array<HostConnections::Use, 4> ofAnother{use(), use(), use(), use()};
        holdTheFirst();
        QCoro::Task<AttemptOutcome> task = m_rig->begin(order);
        QVERIFY(turnUntil([this] { return m_rig->server.requests(kFilm).size() >= 4; }, 10s));
        m_rig->server.release("first");
        QVERIFY(std::holds_alternative<Receipt>(runFor(std::move(task), 10s).value_or(Stopped{})));
        QVERIFY(isWholeOnDisk());
    }

    void whoIsRefusedBesideFurtherOnesOfOthersIsGivenAPlace_data()
    {
        QTest::addColumn<int>("status");
        QTest::addColumn<std::optional<Reason>>("reason");
        QTest::newRow("busy") << 503 << std::optional<Reason>();
        QTest::newRow("forbidden") << 403 << std::optional(Reason::TooManyConnections);
    }
    void whoIsRefusedBesideFurtherOnesOfOthersIsGivenAPlace()
    {
        QFETCH(int, status);
        const DownloadOrder order = over(m_rig->order(), 4);
        const Origin host = originOf(order.url);
        HostConnections *const hosts = &m_rig->managers.hosts();
        const auto use = [&](HostConnections::Rank rank) {
            return HostConnections::Use(hosts, host, JobId{9}, rank);
        };
        const std::array<HostConnections::Use, 4> ofAnother{
            use(HostConnections::Rank::First), use(HostConnections::Rank::Further),
            use(HostConnections::Rank::Further), use(HostConnections::Rank::Further)};
        for (int i = 0; i < 2; ++i) { // it is asked plainly as well
            m_rig->server.nextStatus(kFilm, status);
        }
        const AttemptOutcome outcome = m_rig->attempt(order);
        const auto *error = std::get_if<JobError>(&outcome);
        QVERIFY(error != nullptr);
        QTEST(error->reason, "reason");
        QCOMPARE(hosts->borneBy(host), std::optional(3));
        QCOMPARE(hosts->surplus(host), 1);
    }

    void whatAHostBearsNoMoreIsGivenBackAtOnce()
    {
        const DownloadOrder order = over(m_rig->order(), 4);
        const Origin host = originOf(order.url);
        HostConnections *const hosts = &m_rig->managers.hosts();
        holdTheFirst();
        for (int i = 0; i < 3; ++i) {
            m_rig->server.next(kFilm, {step::WaitFor{"others"}, step::Serve{}});
        }
        QCoro::Task<AttemptOutcome> task = m_rig->begin(order);
        QVERIFY(turnUntil([this] { return m_rig->server.requests(kFilm).size() >= 2; }, 10s));
        hosts->recall(host, 1);
        m_rig->clock.advance(kLookedAtFor);
        QVERIFY(turnUntil([&] { return !hosts->hasFurther(host); }, 10s));
        m_rig->server.release("others");
        m_rig->server.release("first");
        QVERIFY(std::holds_alternative<Receipt>(runFor(std::move(task), 10s).value_or(Stopped{})));
        QVERIFY(isWholeOnDisk());
    }

    void anotherNumberHoldsForAFileThatIsFetched()
    {
        const DownloadOrder order = over(m_rig->order(), 1);
        holdTheFirst();
        QCoro::Task<AttemptOutcome> task = m_rig->begin(order);
        QVERIFY(turnUntil([this] { return m_rig->received > 0; }, 10s));
        QCOMPARE(m_rig->server.requests(kFilm).size(), 1);
        m_rig->managers.hosts().ask(order.file.job, 4);
        m_rig->clock.advance(kLookedAtFor);
        QVERIFY(turnUntil([this] { return m_rig->server.requests(kFilm).size() >= 4; }, 10s));
        m_rig->server.release("first");
        QVERIFY(std::holds_alternative<Receipt>(runFor(std::move(task), 10s).value_or(Stopped{})));
        QVERIFY(isWholeOnDisk());
    }

    void oneOfSeveralThatIsRefusedLeavesTheOthers()
    {
        holdTheFirst();
        m_rig->server.next(kFilm, {step::Serve{}});
        m_rig->server.nextStatus(kFilm, 503, {{"Retry-After", "120"}});
        QCoro::Task<AttemptOutcome> task = m_rig->begin(over(m_rig->order(), 8));
        QVERIFY(turnUntil([this] { return !m_rig->notes.isEmpty(); }, 10s));
        m_rig->server.release("first");
        QVERIFY(std::holds_alternative<Receipt>(runFor(std::move(task), 10s).value_or(Stopped{})));
        QVERIFY(isWholeOnDisk());
        QCOMPARE(m_rig->notes, QList<Note>{Note::FewerConnections});
    }

    void aSlowOneIsTakenFromUntilNothingIsLeftForIt()
    {
        holdTheFirst(); // and it stays held
        QCoro::Task<AttemptOutcome> task = m_rig->begin(over(m_rig->order(), 4));
        QVERIFY(turnUntil(
            [this] {
                m_rig->clock.advance(500ms);
                return isWholeOnDisk();
            },
            10s));
        const auto outcome = runFor(std::move(task), 10s).value_or(Stopped{});
        QVERIFY(std::holds_alternative<Receipt>(outcome));
        QVERIFY(isWholeOnDisk());
    }

    void oneThatIsFarSlowerThanTheOthersMakesWayForANewOne_data()
    {
        QTest::addColumn<bool>("isLetInAtOnce");
        QTest::newRow("served") << true;
        QTest::newRow("the server has not noticed yet that a place is free") << false;
    }
    void oneThatIsFarSlowerThanTheOthersMakesWayForANewOne()
    {
        QFETCH(const bool, isLetInAtOnce);
        constexpr qint64 kMarkBytes = kShareBytes / 16;
        const auto gate = [](qint64 i) { return "gate " + QByteArray::number(i); };
        m_rig->server.next(kFilm,
                           {step::Send{headOfAll()}, step::SendBody{film().body, 0, kShareBytes},
                            step::WaitFor{"first"}, step::SendBody{film().body, kShareBytes}});
        for (int further = 1; !isLetInAtOnce && further < 6; ++further) {
            m_rig->server.next(kFilm, {step::Serve{}});
        }
        if (!isLetInAtOnce) {
            m_rig->server.nextStatus(kFilm, 503);
        }
        for (qint64 i = 0; i < kFilmBytes / kMarkBytes; ++i) {
            m_rig->server.holdAfter(kFilm, kShareBytes + (i + 1) * kMarkBytes, gate(i));
        }
        QCoro::Task<AttemptOutcome> task = m_rig->begin(over(m_rig->order(), 6));
        qint64 next = 1; // whoever came to the first gate stays there
        qint64 seen = 0;
        const auto letAnotherGoOn = [&] {
            if (m_rig->server.isWaitingAt(gate(next)) && m_rig->received > seen) {
                seen = m_rig->received;
                m_rig->clock.advance(150ms);
                m_rig->server.release(gate(next++));
            }
            return m_rig->server.requests(kFilm).size() > 6;
        };
        QVERIFY(turnUntil(letAnotherGoOn, 10s));
        QVERIFY(m_rig->received < kFilmBytes / 2); // the others are not done yet
        QVERIFY(turnUntil([&] { return !m_rig->server.isWaitingAt(gate(0)); }, 10s));
        const auto isServedAnew = [&] {
            m_rig->clock.advance(10ms);
            return isLetInAtOnce || m_rig->server.requests(kFilm).size() > 7;
        };
        QVERIFY(turnUntil(isServedAnew, 10s));
        for (qint64 i = 0; i < kFilmBytes / kMarkBytes; ++i) {
            m_rig->server.release(gate(i));
        }
        m_rig->server.release("first");
        QVERIFY(std::holds_alternative<Receipt>(runFor(std::move(task), 10s).value_or(Stopped{})));
        QVERIFY(isWholeOnDisk());
        QCOMPARE(m_rig->notes, QList<Note>());
    }

    void aLostFirstOneIsGoneOnFromWithoutAnError()
    {
        m_rig->server.next(kFilm, {step::Send{headOfAll()},
                                   step::SendBody{film().body, 0, 2 * kShareBytes},
                                   step::WaitFor{"first"}, step::Reset{}});
        QCoro::Task<AttemptOutcome> task = m_rig->begin(over(m_rig->order(), 2));
        QVERIFY(turnUntil([this] { return m_rig->server.requests(kFilm).size() >= 2; }, 10s));
        m_rig->server.release("first");
        QVERIFY(std::holds_alternative<Receipt>(runFor(std::move(task), 10s).value_or(Stopped{})));
        QVERIFY(isWholeOnDisk());
    }

    void aStopLeavesHolesThatTheNextAttemptFills()
    {
        holdTheFirst();
        QCoro::Task<AttemptOutcome> task = m_rig->begin(over(m_rig->order(), 2));
        QVERIFY(turnUntil([this] { return m_rig->received > kFilmBytes / 2; }, 10s));
        m_rig->stop.request_stop();
        QVERIFY(std::holds_alternative<Stopped>(runFor(std::move(task), 10s).value_or(Receipt{})));
        const RangeSet claimed = m_rig->claims.last();
        QVERIFY(claimed.ranges().size() > 1);
        const QByteArray kept = m_rig->content();
        for (const ByteRange &range : claimed.ranges()) {
            QVERIFY(kept.sliced(range.first, range.sizeBytes()) == AttemptRig::film(range));
        }
        const qsizetype before = m_rig->server.requests(kFilm).size();
        m_rig->stop = std::stop_source();
        DownloadOrder again = over(m_rig->order(), 4);
        again.target.known = m_rig->identified;
        again.target.durable = claimed;
        QVERIFY(std::holds_alternative<Receipt>(m_rig->attempt(again)));
        QVERIFY(isWholeOnDisk());
        QCOMPARE(m_rig->asked().at(before),
                 "bytes=" + QByteArray::number(claimed.prefixBytes()) + '-' +
                     QByteArray::number(claimed.ranges().at(1).first - 1));
    }

    void aChangeBetweenSegmentsNeverMixesVersions()
    {
        const Resource other{.body = Body::pattern(8, kFilmBytes), .etag = "\"v2\""};
        m_rig->server.next(kFilm, {step::Serve{}});
        m_rig->server.next(
            kFilm, {step::Serve{}, step::Do{[this, other] { m_rig->server.serve(kFilm, other); }}});
        const AttemptOutcome outcome = fetchOver(4);
        if (const auto *error = std::get_if<JobError>(&outcome)) {
            QCOMPARE(error->cause, Cause::RemoteChanged);
        } else {
            QVERIFY(isWholeOnDisk());
        }
        const QByteArray kept = m_rig->content();
        for (const ByteRange &range : m_rig->claims.last().ranges()) {
            QVERIFY(kept.sliced(range.first, range.sizeBytes()) == AttemptRig::film(range));
        }
    }
};

BELLHOP_TEST(SegmentsTest)
#include "tst_segments.moc"
