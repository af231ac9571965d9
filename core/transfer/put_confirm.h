// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/transfer/stored_copy.h"

namespace core {

// What became of a PUT whose last byte was sent. All of these run on the engine's thread, in the
// frame of the attempt.

/// The answer says that it is there: whether the server has all of it, as far as it says.
[[nodiscard]] QCoro::Task<StepResult<>> confirmAnswered(UploadFrame *frame, QUrl url);

/// No answer came, or none that says what became of it (202): the server is asked. What it has
/// nothing of is refused, if it says so now, or sent again, once; then a person is asked.
[[nodiscard]] QCoro::Task<StepResult<>> confirmUnanswered(UploadFrame *frame, ExchangeOrder asked,
                                                          bool isWithoutAnswer);

/// The same where it is known what is there.
[[nodiscard]] QCoro::Task<StepResult<>>
concludeUnanswered(UploadFrame *frame, QUrl url, std::optional<RemoteCopy> found, Stored stored);

/// That it is not certain that the server has it, with how much of it there is.
[[nodiscard]] JobError sentError(Cause cause, const UploadFrame &frame,
                                 const std::optional<RemoteCopy> &found);

} // namespace core
