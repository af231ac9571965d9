// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/disk/recheck.h"
#include "core/disk/volume.h"
#include "core/system/clock.h"
#include "core/transfer/file/file_order.h"
#include "core/transfer/file/file_ranges.h"
#include "core/transfer/file/flowing_hash.h"

#include <QObject>

namespace core {

class Volumes;

/// What a response states of the file it brings.
struct StatedFile {
    QString name;
    std::optional<qint64> sizeBytes;
    Validator validator;
    bool isCalledAnother = false; ///< another version than that of the bytes that are held
    std::optional<ExpectedHash> promisedHash;
};

/// One file while it is fetched: its part, which of its bytes are held, in flight and missing, what
/// is durable, and what is known of it. It knows of no connection: bytes come from whoever has
/// them. Lives in the frame of an attempt, on the engine's thread; what needs the disk is a step of
/// part_access.h, all else is decided here without waiting.
class FileTransfer {
public:
    FileTransfer(Clock *clock, Volumes *volumes, FileOrder order,
                 std::chrono::milliseconds syncEvery, AttemptEvents events);

    [[nodiscard]] const FileOrder &order() const { return m_order; }
    [[nodiscard]] const Identification &facts() const { return m_facts; }
    [[nodiscard]] Volumes *volumes() const { return m_volumes; }
    [[nodiscard]] Volume *volume() const { return m_volume; }
    [[nodiscard]] const std::optional<PartHandle> &part() const { return m_part; }

    void setVolume(Volume *volume) { m_volume = volume; }
    /// The part was made or opened again.
    void adopt(const OpenedPart &opened);
    /// It is to get another name than it was told of before.
    void rename(const PartIdentity &part) { m_facts.part = part; }
    /// There is a copy of the part, without a name yet. Ready once that is stored, or could not be.
    QFuture<bool> copied(const PartIdentity &copy) const { return m_events.copied(copy); }
    /// The part lies elsewhere from now on. Ready once that is stored, or could not
    /// be: false.
    QFuture<bool> moved(const PartIdentity &part);
    /// The coding of the part was undone, and this has its place. Ready once that is stored, or
    /// could not be: false.
    QFuture<bool> unpacked(const UnpackedPart &unpacked);
    /// All of it is here, and a person wants its coding undone.
    [[nodiscard]] bool isToBeUnpacked() const
    {
        return isWhole() && m_order.acceptance == Acceptance::Unpack;
    }
    /// What is said of the part on the disk.
    [[nodiscard]] PartClaim claimed() const { return {m_facts.part, m_durable, m_seal}; }
    /// What is left to be done is the disk's, and no connection waits for it.
    void arrived() const { m_events.arrived(); }
    /// Something that stops nothing.
    void note(Note note) const { m_events.noted(note); }
    /// The part was read: what is not sound is missing again; all of it, where it was unpacked and
    /// so can be had from no server. Ready once it is stored which file the part is.
    QFuture<bool> trust(const RecheckedPart &found);
    /// The part is gone: the file begins anew.
    void forgetPart();

    [[nodiscard]] FileRanges &ranges() { return m_ranges; }
    [[nodiscard]] const RangeSet &held() const { return m_ranges.held(); }
    [[nodiscard]] qint64 bytesHeld() const { return held().sizeBytes(); }
    /// Known to be complete without asking anyone.
    [[nodiscard]] bool isWhole() const { return m_ranges.isWhole(m_facts.sizeBytes); }
    [[nodiscard]] std::optional<OpenRange> missing() const
    {
        return m_ranges.missing(m_facts.sizeBytes);
    }
    /// What is held is of no use and fetched again.
    void holdNothing();
    /// Of what is held only this is there. Tells nobody.
    void holdOnly(const RangeSet &there);

    /// Takes what a response states. The validator is kept back until the bytes it is to stand for
    /// are proven to be of this version.
    void learn(const StatedFile &stated);
    /// The bytes we have are of the version that was stated last. Ready once that is stored.
    QFuture<bool> identify();

    [[nodiscard]] SizeSource sizeSource() const { return m_sizeSource; }
    /// Nobody stated the size: it is what came.
    void countSize(qint64 sizeBytes);
    /// A server has said that what was counted is all.
    void confirmSize() { m_sizeSource = SizeSource::Stated; }
    /// There is more than what was counted.
    void forgetSize();

    /// What the whole file is compared with: what a person has given counts, else what the server
    /// has promised.
    [[nodiscard]] std::optional<ExpectedHash> hashToVerify() const;
    /// A person has said that it is right: another checksum is told of, and stops nothing.
    [[nodiscard]] bool isTakenAsItIs() const { return m_order.acceptance == Acceptance::AsItIs; }

    /// What it is, as far as it has come.
    [[nodiscard]] FlowingHash &hash();

    /// The first failure of a write, as far as it is known here.
    [[nodiscard]] std::optional<DiskError> failure() const { return m_volume->failureOf(*m_part); }
    /// Hands bytes to the writer and counts them.
    void write(qint64 offset, QByteArray bytes);
    /// Starts a sync when it is time and none is under way; when it is not time yet, then. So what
    /// has come is durable soon, also if nothing more comes.
    void syncIfDue();
    /// So much was synced.
    void claim(const RangeSet &synced, const SyncedPart &proof);
    /// After a failed write: what was written before it is as good as ever.
    void claim(const DiskResult<SalvagedPart> &salvaged);

    /// Adds to an error what is known of the file.
    void describe(JobError *error) const;

private:
    QFuture<bool> tell();
    void packAgain();

    Clock *m_clock;
    Volumes *m_volumes;
    FileOrder m_order;
    std::chrono::milliseconds m_syncEvery;
    AttemptEvents m_events;

    Volume *m_volume = nullptr;
    std::optional<PartHandle> m_part;
    Identification m_facts;
    Validator m_offered; ///< of the response that is being read
    bool m_isCalledAnother = false;
    SizeSource m_sizeSource = SizeSource::Stated;
    FileRanges m_ranges;
    RangeSet m_durable;
    PartSeal m_seal;                   ///< of what is durable
    std::optional<FlowingHash> m_hash; ///< from when it is wanted

    QObject m_context; ///< of the continuations of syncs; they go with the transfer
    Alarm m_syncAlarm;
    BootTime m_lastSync;
    bool m_syncUnderWay = false;
};

} // namespace core
