// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/disk/place.h"
#include "core/job/job_error.h"
#include "core/transfer/file/file_transfer.h"

#include <QCoroTask>

#include <tl/expected.hpp>

namespace core {

// The steps of a transfer that concern the disk. The file belongs to the frame of the attempt,
// which awaits each of them. An error has what the disk said; see FileTransfer::describe().

template <typename T = void>
using FileResult = tl::expected<T, JobError>;

/// Finds the volume and proves that the folder takes files, before a server is asked for anything.
[[nodiscard]] QCoro::Task<FileResult<>> prepareFolder(FileTransfer *file, MissingFolder missing);
/// Opens the part again, if there is one; in the meantime the job may have been given another
/// folder. What is durable stays where it is in the part, also behind a hole. If somebody else may
/// have written to it, it is rechecked before. Asked to stop it may leave the part closed.
[[nodiscard]] QCoro::Task<FileResult<>> reopenPart(FileTransfer *file, std::stop_token stop);
/// Reads the closed part again: what is not as it was received is missing from now on.
[[nodiscard]] QCoro::Task<FileResult<>> recheckPart(FileTransfer *file, std::stop_token stop);
/// Bytes of the closed part, wherever it lies now. Changes nothing.
[[nodiscard]] QCoro::Task<FileResult<QByteArray>> peekPart(FileTransfer *file, ByteRange range);
/// Finds out, without reading it, what of the closed part is not cut off: the rest is missing.
/// Tells nobody. Whether it looks as it was claimed: else it is read again before bytes are added.
[[nodiscard]] QCoro::Task<bool> lookAtPart(FileTransfer *file);
/// What stands under a name in the folder.
[[nodiscard]] QCoro::Task<NameUse> useOfName(FileTransfer *file, QString fileName);
/// Makes the part, and has it written down before it gets its name.
[[nodiscard]] QCoro::Task<FileResult<>> makePart(FileTransfer *file);

/// Takes bytes that have come for this offset: what is held is compared, what is missing is
/// written. A difference means another version of the file. Where `comparedUntil` is reached, the
/// version is proven.
[[nodiscard]] QCoro::Task<FileResult<>> takeBytes(FileTransfer *file, qint64 offset,
                                                  QByteArray bytes, qint64 comparedUntil);

/// Makes sure of the bytes, whatever happened, and closes the part.
[[nodiscard]] QCoro::Task<FileResult<>> closePart(FileTransfer *file);
/// Compares the finished file with the checksum it must have.
[[nodiscard]] QCoro::Task<FileResult<>> verifyHash(FileTransfer *file, ExpectedHash wanted);

} // namespace core
