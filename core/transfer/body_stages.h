// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/transfer/download_session.h"
#include "core/transfer/stage.h"

#include <QCoroTask>

namespace core {

// The steps of an attempt that concern the body of a response, from its verdict to its last byte.

/// Reads one body that may be read: compares what we have, writes what is new, and decides what its
/// end means.
[[nodiscard]] QCoro::Task<Stage<>> receive(DownloadSession *session, BodyPlan plan);
/// An empty file has no body to make a part for.
[[nodiscard]] QCoro::Task<Stage<>> receiveNothing(DownloadSession *session, qint64 sizeBytes);

} // namespace core
