// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/transfer/exchange/exchange.h"
#include "core/transfer/file/file_order.h"
#include "core/transfer/transfer_limits.h"
#include "core/transfer/upload_order.h"

#include <variant>

namespace core {

/// What one attempt at the download of one file is given. A copy, so that nothing it uses can
/// change under it.
struct DownloadOrder {
    FileId file;
    int attempt = 1;
    QUrl url;
    JobOptions options;
    FileOrder target;
    ExistingFile existing = ExistingFile::Ask;
    TransferLimits limits;
    /// Another file of the job has the name that is in the link: this one will be numbered.
    bool hasNamesake = false;
};

/// What an attempt is given: one kind of order for each kind of transfer.
using AttemptOrder = std::variant<DownloadOrder, UploadOrder>;

/// The file is whole and synced.
struct Receipt {
    qint64 sizeBytes = 0;
    SizeSource sizeSource = SizeSource::Stated;

    bool operator==(const Receipt &) const = default;
};
/// The final name is taken and the job says to skip such files.
struct NotWanted {};

/// How an attempt ended. It always ends, and always by returning one of these.
using AttemptOutcome = std::variant<Receipt, Stopped, NotWanted, JobError>;

} // namespace core
