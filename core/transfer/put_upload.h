// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/job/check_report.h"
#include "core/transfer/upload_frame.h"

#include <QCoroTask>

namespace core {

/// Sends the whole file with one PUT (RFC 9110, 9.3.4), never over a file that nobody wanted
/// replaced, and makes sure as far as the server lets it that it holds all of it. A PUT that broke
/// off is not gone on with; whether it came to its end after all is found out before anything is
/// sent again.
[[nodiscard]] QCoro::Task<StepResult<>> sendByPut(UploadFrame *frame);

/// What there is where it is to go, as sendByPut() would find it: an error is what would end it.
[[nodiscard]] QCoro::Task<StepResult<UploadFinding>> lookByPut(UploadFrame *frame);

/// Where it goes: an address that ends in a slash is a folder, and the name of the file is added.
[[nodiscard]] QUrl putAddress(const QUrl &url, const QString &path);

} // namespace core
