// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/disk/disk_error.h"
#include "core/job/job_error.h"

#include <QNetworkReply>

namespace core {

/// The cause a final HTTP status stands for, when it is not the file (RFC 9110, section 15).
[[nodiscard]] Cause causeOfStatus(int httpStatus);

/// The cause an error of the transport stands for. What our own watchdogs or a person aborted must
/// be told apart before: QNetworkReply reports all of them as OperationCanceledError.
[[nodiscard]] Cause causeOfTransport(QNetworkReply::NetworkError error);

/// A disk error as an error of the job.
[[nodiscard]] JobError diagnose(const DiskError &error);

} // namespace core
