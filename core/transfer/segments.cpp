// SPDX-License-Identifier: Apache-2.0
#include "core/transfer/segments.h"

#include "core/transfer/body_reader.h"
#include "core/transfer/exchange/network_manager_pool.h"
#include "core/transfer/throttle.h"

#include <QCoroFuture>

#include <algorithm>
#include <utility>

namespace core {

namespace {

constexpr int kLossesMax = 3; ///< of one connection in a row, each after some bytes
constexpr auto kJudgedAfter = std::chrono::seconds(1);
constexpr auto kLookEveryAtTheEnd = std::chrono::milliseconds(100);
constexpr qint64 kSegmentBufferBytes = qint64(1024) * 1024;

} // namespace

Segments::Segments(TransferWorld world, const DownloadOrder *order, FileTransfer *file,
                   std::stop_token stop)
    : m_world(world)
    , m_order(order)
    , m_file(file)
    , m_host(originOf(order->url))
    , m_count(m_world.managers->hosts().askedFor(order->file.job))
    , m_lookAlarm(world.clock)
    , m_onStop(std::move(stop), [this] { m_stop.request_stop(); })
{
    m_changed.start();
}

bool Segments::isWorthSharing(const Exchange &first, const BodyPlan &plan) const
{
    return !m_stop.stop_requested() && first.head().status == 206 &&
           m_order->target.acceptance == Acceptance::Checked &&
           isProof(m_file->facts().validator) && plan.validator == m_file->facts().validator &&
           plan.compareUntil <= plan.firstByte && plan.sizeBytes &&
           plan.sizeBytes == m_file->facts().sizeBytes &&
           sizeBytes() - m_file->bytesHeld() >= m_order->limits.leastShareBytes;
}

void Segments::begin(Exchange *first, const BodyPlan &plan, RangeLease lease)
{
    const bool isOfLease =
        m_file->ranges().left(lease, plan.sizeBytes.value_or(0)).first == plan.firstByte;
    if (!isOfLease || !isWorthSharing(*first, plan)) {
        return;
    }
    m_session = first->order().session;
    m_connections.push_back(std::make_unique<Connection>());
    m_connections.back()->lease = lease;
    m_connections.back()->exchange = first;
    m_count.begin(m_world.clock->now(), m_file->bytesHeld());
    look();
}

QCoro::Task<> Segments::finish()
{
    if (!m_connections.empty()) {
        m_connections.front()->isOver = true;
        m_file->ranges().giveBack(*m_connections.front()->lease);
    }
    if (countOpen() > 0) {
        widen(); // its place is free
    }
    while (countOpen() > 0) {
        const QFuture<void> changed = m_changed.future();
        co_await changed;
    }
    m_lookAlarm.cancel();
    m_connections.clear();
}

int Segments::countOpen() const
{
    return int(
        std::ranges::count(m_connections, false, [](const auto &each) { return each->isOver; }));
}

int Segments::countServing() const
{
    return int(std::ranges::count_if(
        m_connections, [](const auto &each) { return !each->isOver && each->lease.has_value(); }));
}

/// Whether some of what comes has to wait for the disk or a speed limit.
bool Segments::isBehind() const
{
    return std::ranges::any_of(m_connections, [](const auto &each) {
        return each->exchange != nullptr && each->exchange->watchdog().isPaused();
    });
}

/// The last of those that others have begun: what they were to fetch is for the rest.
void Segments::giveBack(int surplus)
{
    for (auto each = m_connections.rbegin(); each != m_connections.rend() && surplus > 0; ++each) {
        if (!(*each)->isOver && *each != m_connections.front() && (*each)->exchange != nullptr) {
            (*each)->exchange->giveUp();
            --surplus;
        }
    }
}

/// What is left of each lease, less what others are asking for.
QList<Remainder> Segments::remainders() const
{
    const BootTime now = m_world.clock->now();
    QList<Remainder> leased;
    QList<ByteRange> asked;
    for (const auto &each : m_connections) {
        const ByteRange left =
            each->lease ? m_file->ranges().left(*each->lease, sizeBytes()) : ByteRange{};
        if (!each->isOver && left.sizeBytes() > 0) {
            leased.append(
                {left, each->speed.bytesPerSecond(), each->speed.silentFor(now, left.first)});
        }
        if (each->asking) {
            asked.append(*each->asking);
        }
    }
    return lessAsked(leased, asked);
}

bool Segments::mayOpenAnother() const
{
    if (m_connections.empty() || m_stop.stop_requested() || countOpen() >= m_count.wanted()) {
        return false;
    }
    const bool isOneTried =
        !m_isProven && m_connections.size() > 1 && !m_connections.back()->isOver;
    const int placesFreed = m_connections.front()->isOver ? 1 : 0; // the frame counts it still
    const int ofHost = std::max(m_count.most(), ConnectionCount::kMostUnlessAsked);
    return !isOneTried && m_world.managers->hosts().mayOpen(m_host, ofHost + placesFreed);
}

/// Begins connections as long as they are wanted, borne, and have enough to fetch.
// NOLINTNEXTLINE(misc-no-recursion): a new connection is begun from the loop, not from within
void Segments::widen()
{
    while (mayOpenAnother()) {
        auto connection = std::make_unique<Connection>();
        const auto piece = nextPiece(connection.get(), m_order->limits.leastShareBytes / 2);
        if (!piece) {
            return;
        }
        Connection *const begun = connection.get();
        m_connections.push_back(std::move(connection));
        begun->work = work(begun, *piece);
    }
}

/// What nobody fetches, else a share of what would take longest.
std::optional<ByteRange> Segments::nextPiece(Connection *idle, qint64 leastBytes)
{
    idle->lease.reset();
    if (const auto missing = m_file->missing()) {
        idle->lease = m_file->ranges().take(*missing);
        return ByteRange{missing->first, missing->end.value_or(sizeBytes())};
    }
    const qint64 grain = std::max<qint64>(1, m_order->limits.leastShareBytes / 4);
    idle->asking = shareOf(remainders(), idle->speed.bytesPerSecond(), leastBytes, grain);
    return idle->asking;
}

/// The piece is about to come. False: whoever was to bring it has come so far already.
bool Segments::takeOver(Connection *connection, ByteRange piece)
{
    if (!connection->asking) {
        return true;
    }
    connection->asking.reset();
    const auto from = m_file->ranges().leaseAt(piece.first, sizeBytes());
    if (!from) {
        return false;
    }
    connection->lease = m_file->ranges().split(*from, piece.first);
    wakeIfDone(*from);
    return true;
}

/// One that has stalled would not notice that nothing is left for it. It is worth no other try.
void Segments::wakeIfDone(RangeLease lease)
{
    for (const auto &each : m_connections) {
        const bool isDone = each->lease == lease && !each->isOver &&
                            m_file->ranges().left(lease, sizeBytes()).sizeBytes() <= 0;
        if (isDone && each->exchange != nullptr) {
            m_count.settleFor(m_count.wanted() - 1);
            each->begun.reset();
            each->exchange->giveUp();
        }
    }
}

// NOLINTNEXTLINE(misc-no-recursion): a new connection is begun from the loop, not from within
QCoro::Task<> Segments::work(Connection *connection, ByteRange piece)
{
    const HostConnections::Use use(&m_world.managers->hosts(), m_host, m_order->file.job,
                                   HostConnections::Rank::Further);
    std::optional<ByteRange> next = piece;
    while (next) {
        const bool goesOn = co_await fetch(connection, *next);
        connection->asking.reset();
        m_file->ranges().giveBack(connection->lease.value_or(RangeLease{}));
        const bool isWanted = goesOn && countOpen() <= m_count.wanted() && !m_stop.stop_requested();
        next = isWanted ? nextPiece(connection, m_order->limits.leastShareBytes / 4) : std::nullopt;
    }
    connection->isOver = true;
    QPromise<void> changed = std::exchange(m_changed, QPromise<void>());
    m_changed.start();
    changed.finish();
}

ExchangeOrder Segments::orderFor(ByteRange piece) const
{
    const Identification &facts = m_file->facts();
    const KnownVersion known{.held = m_file->held(),
                             .sizeBytes = facts.sizeBytes,
                             .validator = facts.validator,
                             .name = facts.name};
    ExchangeLimits limits = m_order->limits.exchange;
    limits.readBufferBytes = std::min(limits.readBufferBytes, kSegmentBufferBytes);
    return {.job = m_order->file.job,
            .url = m_order->url,
            .options = m_order->options,
            .content = askForPiece(known, piece),
            .limits = limits,
            .session = m_session};
}

/// Whether the connection is worth another piece.
// NOLINTNEXTLINE(misc-no-recursion): a new connection is begun from the loop, not from within
QCoro::Task<bool> Segments::fetch(Connection *connection, ByteRange piece)
{
    Exchange exchange(m_world.clock, m_world.managers, orderFor(piece), m_stop.get_token());
    connection->exchange = &exchange;
    connection->begun = m_world.clock->now();
    const auto verdict = co_await exchange.verdict();
    const bool isServed =
        verdict && isPiece(*verdict, exchange.head(), exchange.order().content->known, piece);
    m_isProven = m_isProven || isServed;
    bool isRead = isServed;
    if (isServed && takeOver(connection, piece)) {
        widen();
        isRead = co_await read(connection, std::get<BodyPlan>(*verdict));
    }
    exchange.end();
    connection->exchange = nullptr;
    const qint64 reached =
        connection->lease ? m_file->ranges().left(*connection->lease, sizeBytes()).first : 0;
    co_return isRead || isWorthAnotherTry(connection, reached - piece.first);
}

QCoro::Task<bool> Segments::read(Connection *connection, BodyPlan plan)
{
    const HostConnections::Serving serving(&m_world.managers->hosts(), m_host);
    const BodyRead read{.exchange = connection->exchange,
                        .file = m_file,
                        .plan = std::move(plan),
                        .lease = *connection->lease,
                        .clock = m_world.clock,
                        .throttles = m_world.throttles,
                        .id = m_order->file};
    const auto end = co_await readBody(read);
    if (end) {
        connection->losses = 0;
    }
    co_return end.has_value();
}

/// After a failure. One that brought nothing was refused, unless it was not to go on.
bool Segments::isWorthAnotherTry(Connection *connection, qint64 bytesBrought)
{
    if (m_stop.stop_requested() || m_file->failure() || countOpen() > m_count.wanted()) {
        return false;
    }
    if (!connection->begun) { // nobody refused it
        return ++connection->losses < kLossesMax;
    }
    if (bytesBrought > 0 && ++connection->losses < kLossesMax) {
        return true;
    }
    if (bytesBrought <= 0 && connection->losses > 0) {
        return false; // its own place may not be free yet: the next one finds out
    }
    m_world.managers->hosts().refused(m_host);
    m_count.settleFor(countOpen() - 1);
    if (!std::exchange(m_hasSaidSo, true)) {
        m_file->note(Note::FewerConnections);
    }
    return false;
}

/// What is far slower than the others may have come by a bad way: a new connection may fare better.
void Segments::replaceSlow(BootTime now)
{
    QList<qint64> speeds;
    for (const auto &each : m_connections) {
        if (!each->isOver && each->speed.bytesPerSecond()) {
            speeds.append(*each->speed.bytesPerSecond());
        }
    }
    for (const auto &each : m_connections) {
        const bool isReplaceable = !each->isOver && each->exchange != nullptr && each->lease &&
                                   each != m_connections.front() && each->losses + 1 < kLossesMax &&
                                   each->begun && now - *each->begun >= kJudgedAfter;
        if (isReplaceable && isFarSlower(each->speed.bytesPerSecond(), speeds)) {
            each->speed = {};
            each->begun.reset();
            each->exchange->giveUp();
        }
    }
}

/// Every now and then.
void Segments::look()
{
    const BootTime now = m_world.clock->now();
    m_count.ask(m_world.managers->hosts().askedFor(m_order->file.job), now, m_file->bytesHeld());
    for (const auto &each : m_connections) {
        if (each->lease) {
            const ByteRange left = m_file->ranges().left(*each->lease, sizeBytes());
            each->speed.look(now, *each->lease, left.first);
        }
    }
    if (countServing() < std::min(m_count.wanted(), countOpen())) {
        m_count.begin(now, m_file->bytesHeld()); // what a new one brings is yet to come
    } else {
        m_count.look(now, m_file->bytesHeld(), sizeBytes(), isBehind());
    }
    giveBack(std::max(countOpen() - m_count.wanted(), m_world.managers->hosts().surplus(m_host)));
    widen();
    replaceSlow(now);
    const bool isAtTheEnd = countOpen() < m_count.wanted();
    m_lookAlarm.setIn(isAtTheEnd ? kLookEveryAtTheEnd : m_count.lookAgainIn(), [this] { look(); });
}

} // namespace core
