// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/transfer/download_frame.h"
#include "core/transfer/step_result.h"

namespace core {

/// Asks for bytes that are missing until there is a body that may be read (BodyPlan), or nothing is
/// missing (NothingMissing): every other answer, a web page among them, is the end of the attempt.
[[nodiscard]] QCoro::Task<StepResult<ResponseVerdict>> askForRange(DownloadFrame *frame,
                                                                   OpenRange range);

/// Before an answer is the last word: whether the file is asked for once more, in the plainest way
/// there is. It is so from now on.
[[nodiscard]] bool isAskedPlainly(DownloadFrame *frame, const AttemptOutcome &outcome);

/// So it ended when it was asked for plainly.
void notePlainAnswer(DownloadFrame *frame, const AttemptOutcome &outcome);

/// Takes the step and, where what it met may be owed to the Range of its request, once more
/// without; what comes of that counts.
template <typename T>
[[nodiscard]] QCoro::Task<StepResult<T>>
plainlyIfNeeded(DownloadFrame *frame, OpenRange range,
                QCoro::Task<StepResult<T>> (*step)(DownloadFrame *, OpenRange))
{
    const auto first = co_await step(frame, range);
    if (first || !isAskedPlainly(frame, first.error())) {
        co_return first;
    }
    const auto again = co_await step(frame, range);
    if (!again) {
        notePlainAnswer(frame, again.error());
    }
    co_return again;
}

} // namespace core
