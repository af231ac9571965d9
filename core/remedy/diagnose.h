// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/disk/disk_error.h"
#include "core/job/job_error.h"

#include <QNetworkReply>

namespace core {

/// The cause a final HTTP status stands for, when it is not the file (RFC 9110, section 15).
[[nodiscard]] Cause causeOfStatus(int httpStatus);

/// Whom we talk to before there is an answer.
enum class Way {
    Direct,       ///< the server; or a SOCKS proxy, which tells on its own
    ThroughProxy, ///< an HTTP proxy that fetches for us: what fails on the way is the proxy
    Tunnel,       ///< an HTTP proxy that is asked to CONNECT us to the server
};

/// The cause an error of the transport stands for, with the text that comes with it. What our own
/// watchdogs or a person aborted must be told apart before: QNetworkReply reports all of them as
/// OperationCanceledError.
[[nodiscard]] Cause causeOfTransport(QNetworkReply::NetworkError error, Way way = Way::Direct,
                                     const QString &text = {});

/// Why, where the text that came with the error tells.
[[nodiscard]] std::optional<Reason> reasonOfTransport(QNetworkReply::NetworkError error,
                                                      const QString &text);

/// A disk error as an error of the job.
[[nodiscard]] JobError diagnose(const DiskError &error);

} // namespace core
