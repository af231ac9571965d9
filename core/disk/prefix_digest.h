// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/disk/disk_error.h"
#include "core/disk/message_digest.h"
#include "core/job/job_record.h"

namespace core {

/// The digest of a part that is read in several goes, each of which goes on where the last one
/// ended. One thread at a time; its calls block: pool threads only.
class PrefixDigest {
public:
    explicit PrefixDigest(ExpectedHash::Algorithm algorithm)
        : m_digest(algorithm)
    {
    }

    /// Reads on up to this byte, or to the end of the file where that comes first: how many bytes
    /// of the file have been read. After a failure it is of no use any more.
    [[nodiscard]] DiskResult<qint64> readUpTo(const PartIdentity &part, qint64 end);
    /// Of the whole file, in lower-case hex: reads on to its end. ENOTSUP where this system does
    /// not allow the algorithm. To be called once.
    [[nodiscard]] DiskResult<QByteArray> finish(const PartIdentity &part);

private:
    MessageDigest m_digest;
    qint64 m_bytes = 0;
};

} // namespace core
