// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/job/job_record.h"
#include "core/job/timeline.h"
#include "core/transfer/transfer_limits.h"

#include <QFuture>

#include <functional>

namespace core {

/// What one attempt at the upload of a file is given. A copy, so that nothing it uses can change
/// under it.
struct UploadOrder {
    FileId file;
    int attempt = 1;
    QUrl url;
    JobOptions options;
    QString path;                     ///< of the local file
    std::optional<ExpectedHash> hash; ///< that it has to have
    UploadMark known;
    qint64 confirmedBytes = 0;
    ExistingFile existing = ExistingFile::Ask;
    Acceptance acceptance = Acceptance::Checked;
    TransferLimits limits;
};

/// What an attempt tells of its file while it runs, on the engine's thread. Plain callbacks: none
/// may delete what the attempt stands on.
struct UploadEvents {
    std::function<void(Note note)> noted;
    /// Ready once it is stored, or could not be: false. Nothing is sent that it speaks of before.
    std::function<QFuture<bool>(UploadMark mark, qint64 sizeBytes)> learned;
    /// So much of the file was read to compare its checksum; nothing: that is over.
    std::function<void(std::optional<int> percent)> compared;
    std::function<void(qint64 bytesSent)> sent;           ///< so far, of the whole file
    std::function<void(qint64 bytesConfirmed)> confirmed; ///< the server has them
};

} // namespace core
