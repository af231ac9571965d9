// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/transfer/exchange/exchange.h"
#include "core/transfer/file/file_order.h"

#include <chrono>
#include <variant>

namespace core {

/// How patient an attempt is.
struct TransferLimits {
    ExchangeLimits exchange;
    std::chrono::milliseconds syncEvery{
        std::chrono::seconds(2)}; ///< at most this much is fetched twice
    /// Another connection for a file is worth it where so much is left for each.
    qint64 leastShareBytes = qint64(4) * 1024 * 1024;
};

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
};

/// What an attempt is given: one kind of order for each kind of transfer.
using AttemptOrder = std::variant<DownloadOrder>;

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
