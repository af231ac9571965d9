// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/disk/descriptor.h"
#include "core/disk/disk_error.h"
#include "core/disk/message_digest.h"
#include "core/job/range_set.h"
#include "core/job/upload_mark.h"

#include <QByteArray>

#include <memory>
#include <stop_token>

namespace core {

/// A local file that is open to be sent, and how it was then. Shared by the engine's thread, which
/// only holds it, and the one that reads.
struct SourceFile {
    Descriptor descriptor;
    QString path;
    SourceStamp stamp;
};
using OpenSource = std::shared_ptr<const SourceFile>;

/// Opens an ordinary file for reading; links are followed, for a person has named it.
/// SourceMissing, SourceUnreadable, or SourceNotAFile for folders, pipes, devices, and what reading
/// brings more or less of than it says: none of these is waited for. Blocks.
[[nodiscard]] DiskResult<OpenSource> openSource(const QString &path);

/// The bytes of the range, all of them. SourceChanged where the file is not, after they were read,
/// what it was when it was opened. Blocks.
[[nodiscard]] DiskResult<QByteArray> readSource(const OpenSource &source, ByteRange range);

/// Adds the range to the digest; fails as readSource() does. Blocks for as long as it takes to
/// read, or until `stop` is requested: then the digest is of no use.
[[nodiscard]] DiskResult<> digestSource(const OpenSource &source, ByteRange range,
                                        MessageDigest *digest, const std::stop_token &stop = {});

/// Whether the very file that was opened still stands under its path, as it was: SourceChanged if
/// not. Blocks.
[[nodiscard]] DiskResult<> verifySource(const OpenSource &source);

} // namespace core
