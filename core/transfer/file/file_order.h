// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/job/job_record.h"
#include "core/job/part_mark.h"
#include "core/job/timeline.h"

#include <QFuture>

#include <functional>
#include <optional>

namespace core {

/// What is known of a file once a response was judged and its part stands on the disk.
struct Identification {
    QString name; ///< fixed; before the first response a wish, or empty
    std::optional<qint64> sizeBytes;
    Validator validator; ///< of the version that the durable bytes belong to
    std::optional<ExpectedHash> promisedHash;
    PartIdentity part;

    bool operator==(const Identification &) const = default;
};

/// A part whose coding was undone, and which takes the place of the one that came.
struct UnpackedPart {
    PartIdentity part;
    qint64 sizeBytes = 0;
    PartSeal seal; ///< of all its bytes
};

/// A file that is to be fetched, as a copy: nothing that is used can change under an attempt.
struct FileOrder {
    QString folder;
    Identification known; ///< from earlier attempts
    PartMark mark;        ///< for a part that is made
    PartIdentity sibling; ///< another part in the folder: where it is gone, its drive may be, too
    RangeSet durable;
    PartSeal seal;                    ///< of the durable bytes
    std::optional<ExpectedHash> hash; ///< as asked for
    Acceptance acceptance = Acceptance::Checked;
};

/// What an attempt tells of its file while it runs, on the engine's thread. Plain callbacks: none
/// may delete what the attempt stands on.
struct AttemptEvents {
    /// A response proposes this name for the file, which has none yet: the one it gets.
    std::function<QString(const QString &proposed)> named;
    std::function<void(Note note)> noted; ///< what stops nothing, but a person may want to know
    /// Ready once it is stored, or could not be: false. A new part has no name before that.
    std::function<QFuture<bool>(Identification)> identified;
    /// There is a copy of the part, which will be it. Ready once that is stored, or could not be;
    /// false: the copy is not to be used.
    std::function<QFuture<bool>(PartIdentity copy)> copied;
    /// The part is this from now on. Ready once that is stored, or could not be: false.
    std::function<QFuture<bool>(UnpackedPart)> unpacked;
    std::function<void()> arrived; ///< as far as can be seen, nothing more is asked of the network
    std::function<void(qint64 bytesDone)> received; ///< received so far of the whole file
    /// Synced so far, and by what it is known again.
    std::function<void(RangeSet durable, PartSeal seal)> durable;
    /// What is claimed was read again: so many bytes are not what was received, or are gone, like
    /// so many of them.
    std::function<void(qint64 damagedBytes, qint64 missingBytes)> rechecked;
    std::function<void()> partLost; ///< the part is gone: begun anew at byte 0
};

} // namespace core
