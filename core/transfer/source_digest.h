// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/transfer/upload_frame.h"

#include <QCoroTask>

namespace core {

/// The digest of a range of the local file, not encoded. Read beside what is sent, not in its way;
/// a file that is not as it was ends the attempt.
[[nodiscard]] QCoro::Task<StepResult<QByteArray>>
digestOfSource(UploadFrame *frame, ByteRange range, ExpectedHash::Algorithm algorithm);

/// Whether the whole local file has that digest.
[[nodiscard]] QCoro::Task<StepResult<bool>> hasDigest(UploadFrame *frame, ExpectedHash stated);

} // namespace core
