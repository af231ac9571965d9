// SPDX-License-Identifier: Apache-2.0
#include "core/disk/recheck.h"

#include "core/disk/our_file.h"
#include "core/disk/piece_hasher.h"
#include "core/disk/system_error.h"

#include <algorithm>
#include <fcntl.h>

namespace core {

namespace {

/// The file that stands where the part was, whichever it is: regular and owned by us.
DiskResult<OurFile> openInPlaceOf(const PartIdentity &part)
{
    auto file = openOurFile(part, O_RDONLY, Step::Verify);
    if (file || causeOf(file.error()) != Cause::PartChanged) {
        return file;
    }
    const qsizetype slash = part.path.lastIndexOf(u'/');
    const auto folder = openFolder(part.path.first(slash + 1), Step::Verify);
    struct stat facts = {};
    if (!folder || entryFacts(*folder, part.path.sliced(slash + 1), &facts) != 0) {
        return file;
    }
    return openOurFile({.path = part.path, .device = facts.st_dev, .inode = facts.st_ino}, O_RDONLY,
                       Step::Verify);
}

/// A piece that ends before it should is not as it was.
DiskResult<bool> isAsItWas(const OurFile &file, const HashedPiece &piece, QByteArray *buffer)
{
    qint64 done = 0;
    const qint64 size = piece.range.sizeBytes();
    while (done < size) {
        const ssize_t got = uninterrupted([&] {
            return ::pread(file.descriptor.number(), buffer->data() + done, size_t(size - done),
                           piece.range.first + done);
        });
        if (got < 0) {
            return systemError(Step::Verify, file.folder.pathOf(file.name));
        }
        if (got == 0) {
            return false;
        }
        done += got;
    }
    return xxh3Of(QByteArrayView(*buffer).first(size)) == piece.xxh3;
}

/// Whether what is left of the claim can be gone on with.
bool isOurs(const RecheckedPart &found, const PartClaim &claim, const struct stat &facts)
{
    if (facts.st_nlink != 1 || facts.st_size < found.sound.end()) {
        return false;
    }
    const bool isKnownAgain = found.damagedBytes == 0 && !claim.durable.isEmpty() &&
                              found.seal.hashes.ranges() == claim.durable;
    return isSameFile(facts, claim.part) || isKnownAgain;
}

} // namespace

DiskResult<bool> isAsClaimed(const PartClaim &claim)
{
    if (claim.seal == PartSeal{}) {
        return true;
    }
    const auto file = openOurFile(claim.part, O_RDONLY, Step::Verify);
    if (!file) {
        return causeOf(file.error()) == Cause::PartChanged ? DiskResult<bool>(false)
                                                           : tl::unexpected(file.error());
    }
    return stampOf(file->facts) == claim.seal.stamp;
}

DiskResult<RangeSet> notCutOff(const PartClaim &claim)
{
    const auto file = openOurFile(claim.part, O_RDONLY, Step::Verify);
    if (!file) {
        return tl::unexpected(file.error());
    }
    const qint64 end = file->facts.st_size;
    RangeSet there = claim.durable;
    there.remove({end, std::max(end, there.end())});
    for (const HashedPiece &piece : claim.seal.hashes.pieces()) {
        if (piece.range.end > end) {
            there.remove(piece.range);
        }
    }
    return there;
}

DiskResult<RecheckedPart> recheck(const PartClaim &claim, const std::stop_token &stop)
{
    const auto file = openInPlaceOf(claim.part);
    if (!file) {
        return tl::unexpected(file.error());
    }
    (void)::posix_fadvise(file->descriptor.number(), 0, 0, POSIX_FADV_SEQUENTIAL);
    RecheckedPart found{.part = identityOf(file->folder, file->name, file->facts),
                        .sound = claim.durable,
                        .seal = {claim.seal.hashes.within(claim.durable), stampOf(file->facts)}};
    const QList<HashedPiece> pieces = found.seal.hashes.pieces();
    QByteArray buffer(BlockHashes::kBlockBytes, Qt::Uninitialized);
    for (const HashedPiece &piece : pieces) {
        if (stop.stop_requested()) {
            return systemError(Step::Verify, claim.part.path, ECANCELED);
        }
        const auto isGood = isAsItWas(*file, piece, &buffer);
        if (!isGood) {
            return tl::unexpected(isGood.error());
        }
        if (!*isGood) {
            found.sound.remove(piece.range);
            found.seal.hashes.remove(piece.range);
            found.damagedBytes += piece.range.sizeBytes();
            found.missingBytes +=
                piece.range.end -
                std::clamp<qint64>(file->facts.st_size, piece.range.first, piece.range.end);
        }
    }
    if (!isOurs(found, claim, file->facts)) {
        return refusal(Step::Verify, claim.part.path, Cause::PartChanged);
    }
    return found;
}

} // namespace core
