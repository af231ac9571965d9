// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/job/job_id.h"
#include "core/job/job_record.h"

#include <QFuture>

#include <chrono>
#include <functional>
#include <variant>

namespace core {

/// How long an attempt waits, and for what. Counted only while we are willing to read.
struct TransferLimits {
    std::chrono::milliseconds connect{std::chrono::seconds(30)};   ///< until the request is sent
    std::chrono::milliseconds firstByte{std::chrono::seconds(60)}; ///< until the response begins
    std::chrono::milliseconds silence{std::chrono::seconds(60)};   ///< between two bytes of it
    std::chrono::milliseconds syncEvery{
        std::chrono::seconds(2)};      ///< at most this much is refetched
    qint64 floorBytesPerSecond = 1024; ///< below it for floorWindow, another connection is tried
    std::chrono::milliseconds floorWindow{std::chrono::seconds(120)};
    qint64 readBufferBytes = qint64(2) * 1024 * 1024;
};

/// What one attempt at one file is given. A copy, so that nothing it uses can change under it.
struct DownloadOrder {
    FileId file;
    int attempt = 1;
    QUrl url;
    JobOptions options;
    QString folder;
    QString name;                    ///< fixed or wished for; empty: as the response says
    std::optional<qint64> sizeBytes; ///< as an earlier response proved it
    Validator validator;
    RangeSet durable;
    PartIdentity part;
    ExistingFile existing = ExistingFile::Ask;
    std::optional<ExpectedHash> hash;         ///< as asked for
    std::optional<ExpectedHash> promisedHash; ///< as an earlier response promised it
    Acceptance acceptance = Acceptance::Checked;
    TransferLimits limits;
};

/// What is known of a file once its response was judged and its part stands on the disk.
struct Identification {
    QString name;
    std::optional<qint64> sizeBytes;
    Validator validator;
    std::optional<ExpectedHash> promisedHash;
    PartIdentity part;

    bool operator==(const Identification &) const = default;
};

/// What an attempt tells while it runs, on the engine's thread. Plain callbacks: none may delete
/// what the attempt stands on.
struct AttemptEvents {
    /// Ready once it is stored; a new part has no name before that.
    std::function<QFuture<void>(Identification)> identified;
    std::function<void(qint64 bytesDone)> received; ///< received so far of the whole file
    std::function<void(RangeSet durable)> durable;  ///< synced so far
    std::function<void()> partLost;                 ///< the part is gone: begun anew at byte 0
};

/// The file is whole and synced.
struct Receipt {
    qint64 sizeBytes = 0;
    SizeSource sizeSource = SizeSource::Stated;

    bool operator==(const Receipt &) const = default;
};
/// A person or the engine asked the attempt to end.
struct Stopped {};
/// The final name is taken and the job says to skip such files.
struct NotWanted {};

/// How an attempt ended. It always ends, and always by returning one of these.
using AttemptOutcome = std::variant<Receipt, Stopped, NotWanted, JobError>;

} // namespace core
