// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/transfer/exchange/exchange.h"
#include "core/transfer/file/file_transfer.h"
#include "core/transfer/step_result.h"

#include <QCoroTask>

namespace core {

class Throttles;

/// A body that may be read, and where its bytes go. What is pointed to belongs to the frame of the
/// attempt, or outlives it.
struct BodyRead {
    Exchange *exchange = nullptr;
    FileTransfer *file = nullptr;
    BodyPlan plan;
    RangeLease lease; ///< what of the body is wanted: up to where it is cut
    Clock *clock = nullptr;
    Throttles *throttles = nullptr;
    FileId id;
    bool mayBeEmpty = false;  ///< a person has said so: damaged chunks look the same
    bool mayBreakOff = false; ///< when the connection is too slow and nothing need be fetched twice
};

enum class BodyEnd {
    Complete,
    BrokenOff,
    HandedOver, ///< the rest is fetched by another exchange
};

/// Reads a body to its end, as fast as disk and speed limit take it, and decides what its end
/// means: QNetworkAccessManager's word alone proves nothing.
[[nodiscard]] QCoro::Task<StepResult<BodyEnd>> readBody(BodyRead read);

} // namespace core
