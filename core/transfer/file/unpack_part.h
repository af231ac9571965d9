// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/transfer/file/part_access.h"

namespace core {

/// Undoes the coding of the whole, closed part, beside it: what comes out takes its place once all
/// of it is on the disk and that is written down, so that whatever ends the program, one of the two
/// is there and the list says which. HashMismatch with Reason::NotUnpackable where the part is no
/// sound stream. Asked to stop it leaves the part as it is.
[[nodiscard]] QCoro::Task<FileResult<>> unpackPart(FileTransfer *file, std::stop_token stop);

} // namespace core
