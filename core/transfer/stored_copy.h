// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/transfer/upload_frame.h"

#include <QCoroTask>

namespace core {

/// What there is where a PUT was sent to, against what there was before its first byte.
enum class Stored {
    Nothing,   ///< nothing that is new, or no answer is missing, or the server does not say
    Ours,      ///< new, as large as ours, and made after it was sent, or proven by its digest
    OfSomeone, ///< new and as large as ours; somebody else may have put it there meanwhile
    Differs,   ///< new, and not as large as ours
};

/// Whose the file is that is there now, where all was sent and no answer came. Of a request that
/// was refused, or broke off before its end, nothing can be ours. To be asked right after
/// askCopy(): the digest that the same answer states counts.
[[nodiscard]] QCoro::Task<StepResult<Stored>> whatIsStored(UploadFrame *frame,
                                                           std::optional<RemoteCopy> now);

} // namespace core
