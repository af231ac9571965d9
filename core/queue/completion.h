// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/disk/bring_part.h"
#include "core/disk/recheck.h"
#include "core/job/job_error.h"

#include <QCoroTask>

#include <functional>
#include <stop_token>

namespace core {

class Volumes;

/// What is to be done to the files of a job on the disk, as values.
struct CompletionOrder {
    struct File {
        int index = 0;
        PublishOrder publish;
        RangeSet durable;
        PartSeal seal;                        ///< of the durable bytes
        std::optional<ExpectedHash> unproven; ///< to be checked before the file gets its name
    };

    QList<File> publish; ///< whole files, in order
    MissingFolder missingFolder = MissingFolder::Refuse;
};

struct CompletionReport {
    std::optional<JobError> obstacle;             ///< the first file that could not be published
    QList<JobError> rejected;                     ///< files that are not what their checksum says
    QList<std::pair<int, RecheckedPart>> damaged; ///< index, what is left: to be fetched again
    bool isBrokenOff = false;                     ///< not every file was come to
};

/// Is told what becomes of the files of the order.
struct CompletionEvents {
    /// Who writes down where the part of a file lies.
    std::function<PartRecords(int index)> records;
    /// A file got its name, and that is on the disk. Told of several together.
    std::function<void(int index, const QString &path)> published;
};

/// Publishes every file it can, also after one met an obstacle or is not right, until it is to
/// stop, which it does between two files, and while it reads what somebody else may have written
/// to. Done again after that, a crash or an obstacle it goes on where it was, if the parts of the
/// order are on record.
[[nodiscard]] QCoro::Task<CompletionReport> carryOut(Volumes *volumes, CompletionOrder order,
                                                     std::stop_token stop, CompletionEvents events);

/// Removes parts that are still ours; those that could not be removed.
[[nodiscard]] QCoro::Task<QList<PartIdentity>> discardParts(Volumes *volumes,
                                                            QList<PartIdentity> parts);

} // namespace core
