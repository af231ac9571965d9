// SPDX-License-Identifier: Apache-2.0
#include "core/transfer/file/file_transfer.h"

#include "core/remedy/catalogue.h"
#include "core/system/when_ready.h"

#include <utility>

namespace core {

FileTransfer::FileTransfer(Clock *clock, Volumes *volumes, FileOrder order,
                           std::chrono::milliseconds syncEvery, AttemptEvents events)
    : m_clock(clock)
    , m_volumes(volumes)
    , m_order(std::move(order))
    , m_syncEvery(syncEvery)
    , m_events(std::move(events))
    , m_facts(m_order.known)
    , m_ranges(m_order.durable)
    , m_durable(m_order.durable)
    , m_seal(m_order.seal)
    , m_syncAlarm(clock)
    , m_lastSync(clock->now())
{
}

void FileTransfer::adopt(const OpenedPart &opened)
{
    m_part = opened.handle;
    m_facts.part = opened.identity;
}

QFuture<bool> FileTransfer::moved(const PartIdentity &part)
{
    m_facts.part = part;
    return tell();
}

QFuture<bool> FileTransfer::unpacked(const UnpackedPart &unpacked)
{
    m_order.acceptance = Acceptance::Unpacked;
    m_facts.part = unpacked.part;
    m_facts.sizeBytes = unpacked.sizeBytes;
    m_facts.promisedHash.reset();
    m_sizeSource = SizeSource::Stated;
    m_durable = RangeSet::prefix(unpacked.sizeBytes);
    m_ranges = FileRanges(m_durable);
    m_seal = unpacked.seal;
    m_hash.reset();
    return m_events.unpacked(unpacked);
}

/// The bytes that are to come have their coding again.
void FileTransfer::packAgain()
{
    if (m_order.acceptance == Acceptance::Unpacked) {
        m_order.acceptance = Acceptance::Unpack;
        m_facts = {.name = m_facts.name, .part = m_facts.part};
    }
}

QFuture<bool> FileTransfer::trust(const RecheckedPart &found)
{
    const bool isOfUse = found.damagedBytes == 0 || m_order.acceptance != Acceptance::Unpacked;
    m_durable = isOfUse ? found.sound : RangeSet();
    m_seal = isOfUse ? found.seal : PartSeal();
    m_ranges = FileRanges(m_durable);
    if (!isOfUse) {
        packAgain();
    }
    m_events.durable(m_durable, m_seal);
    m_events.rechecked(found.damagedBytes, found.missingBytes);
    m_hash.reset();
    return found.part == m_facts.part ? readyFuture(true) : moved(found.part);
}

void FileTransfer::forgetPart()
{
    packAgain();
    m_facts = {.name = m_facts.name};
    m_ranges = FileRanges();
    m_durable = {};
    m_seal = {};
    m_hash.reset();
    m_events.partLost();
}

void FileTransfer::holdNothing()
{
    m_ranges = FileRanges();
    m_durable = {};
    m_seal = {};
    m_hash.reset();
    m_events.durable(m_durable, m_seal);
}

void FileTransfer::holdOnly(const RangeSet &there)
{
    m_ranges = FileRanges(there);
    m_durable = there;
}

void FileTransfer::learn(const StatedFile &stated)
{
    if (stated.sizeBytes) {
        m_facts.sizeBytes = stated.sizeBytes;
    }
    m_sizeSource = SizeSource::Stated;
    m_offered = stated.validator;
    m_isCalledAnother = stated.isCalledAnother;
    if (stated.promisedHash) {
        m_facts.promisedHash = stated.promisedHash;
    }
    if (m_facts.name.isEmpty()) {
        m_facts.name = m_events.named(stated.name);
    }
}

QFuture<bool> FileTransfer::identify()
{
    if (std::exchange(m_isCalledAnother, false)) {
        m_events.noted(Note::SameBytes);
    }
    m_facts.validator = m_offered;
    return tell();
}

QFuture<bool> FileTransfer::tell()
{
    return m_events.identified(m_facts);
}

void FileTransfer::countSize(qint64 sizeBytes)
{
    m_sizeSource = SizeSource::Counted;
    m_facts.sizeBytes = sizeBytes;
}

void FileTransfer::forgetSize()
{
    m_sizeSource = SizeSource::Stated;
    m_facts.sizeBytes.reset();
}

std::optional<ExpectedHash> FileTransfer::hashToVerify() const
{
    switch (m_order.acceptance) {
    case Acceptance::AsItIs:
        return m_order.hash;
    case Acceptance::Unpack: // what a server promises is of the file as it comes
        return m_facts.promisedHash;
    case Acceptance::Checked:
    case Acceptance::Unpacked:
        return m_order.hash ? m_order.hash : m_facts.promisedHash;
    }
    Q_UNREACHABLE();
}

void FileTransfer::write(qint64 offset, QByteArray bytes)
{
    m_ranges.hold({offset, offset + bytes.size()});
    m_volume->write(*m_part, offset, std::move(bytes));
    m_events.received(bytesHeld());
}

void FileTransfer::syncIfDue()
{
    if (m_syncUnderWay || m_syncAlarm.isSet() || bytesHeld() <= m_durable.sizeBytes()) {
        return;
    }
    const BootTime now = m_clock->now();
    const BootTime due = m_lastSync + m_syncEvery;
    if (now < due) {
        m_syncAlarm.set(due, [this] { syncIfDue(); });
        return;
    }
    m_syncUnderWay = true;
    m_lastSync = now;
    whenReady(m_volume->sync(*m_part), &m_context,
              [this, all = held()](const DiskResult<SyncedPart> &synced) {
                  m_syncUnderWay = false;
                  if (synced) {
                      claim(all, *synced);
                      syncIfDue();
                  }
              });
}

/// The stamp changes without new bytes as well: what lay beyond the claim was cut off.
void FileTransfer::claim(const RangeSet &synced, const SyncedPart &proof)
{
    const qint64 gainBytes = synced.sizeBytes() - m_durable.sizeBytes();
    if (gainBytes > 0 || (gainBytes == 0 && proof.stamp != m_seal.stamp)) {
        m_durable = synced;
        m_seal.hashes.insert(proof.hashes.within(synced));
        m_seal.stamp = proof.stamp;
        m_events.durable(m_durable, m_seal);
        if (const auto wanted = hashToVerify()) {
            hash().follow(m_facts.part, wanted->algorithm, m_durable.prefixBytes());
        }
    }
}

void FileTransfer::claim(const DiskResult<SalvagedPart> &salvaged)
{
    if (!salvaged) {
        return;
    }
    RangeSet there = held();
    for (const ByteRange &range : salvaged->lost.ranges()) {
        there.remove(range);
    }
    claim(there, salvaged->synced);
}

void FileTransfer::describe(JobError *error) const
{
    if (error->localPath.isEmpty()) {
        error->localPath = m_order.folder + u'/' + m_facts.name;
    }
    error->fileBytesDone = m_durable.sizeBytes();
    if (!error->fileBytesTotal) {
        error->fileBytesTotal = m_facts.sizeBytes;
    }
    error->evidence.offsetBytes = held().prefixBytes();
    if (!error->wantedHash && fixesFor(*error).contains(FixKind::Accept)) {
        error->wantedHash = m_order.hash; // for who accepts it to know
    }
}

FlowingHash &FileTransfer::hash()
{
    return m_hash ? *m_hash : m_hash.emplace(m_volumes, m_order.folder);
}

} // namespace core
