// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/transfer/upload_frame.h"

#include <QCoroTask>

namespace core {

// What an upload asks of the place that its file is to go to, beside sending it. All of these run
// on the engine's thread, in the frame of an attempt.

/// What a server says of an address when it is asked which ways of sending it knows there.
struct PlaceManners {
    bool speaksTus = false;         ///< version 1.0.0
    std::optional<qint64> maxBytes; ///< Tus-Max-Size
    QByteArray checksum;            ///< an algorithm of the checksum extension; empty: none
    bool canTerminate = false;      ///< the termination extension
};

/// Asks OPTIONS. A server that does not know that says nothing; what stands in the way of any
/// request is an error.
[[nodiscard]] QCoro::Task<StepResult<PlaceManners>> askManners(UploadFrame *frame, QUrl url);

/// What is at the address now, by HEAD; nothing where the server does not say.
[[nodiscard]] QCoro::Task<StepResult<std::optional<RemoteCopy>>> askCopy(UploadFrame *frame,
                                                                         QUrl url);

/// Whether the server says of the folder that the file is to be in that it is not there. So does
/// one that needs no folders.
[[nodiscard]] QCoro::Task<bool> isFolderUnknown(UploadFrame *frame, QUrl fileUrl);
/// Whether the folder that the file is to be in is not there, as far as the server says: one that
/// has nothing at any address of a folder says nothing.
[[nodiscard]] QCoro::Task<bool> isFolderMissing(UploadFrame *frame, QUrl fileUrl);

/// Makes the folders on the way to the file that are not there (RFC 4918, 9.3), the uppermost
/// first.
[[nodiscard]] QCoro::Task<StepResult<>> makeFolders(UploadFrame *frame, QUrl fileUrl);

/// After a request broke off while its body was being sent: asks again with the head alone (RFC
/// 9110, 10.1.1), since an answer that came early was lost with the connection. Where the server
/// has nothing against it, it waits for the body, and this ends without an error.
[[nodiscard]] QCoro::Task<StepResult<>> askWhyRefused(UploadFrame *frame, ExchangeOrder asked,
                                                      qint64 bodyBytes);

/// What the answer of the exchange means for an upload, where it is no success.
[[nodiscard]] JobError uploadErrorOf(const Exchange &exchange, const ResponseVerdict &verdict);

/// The same, with what the server itself writes of it.
[[nodiscard]] QCoro::Task<JobError> refusalIn(UploadFrame *frame, ResponseVerdict verdict);

} // namespace core
