// SPDX-License-Identifier: Apache-2.0
#include "core/http/content_disposition.h"

namespace core {

std::optional<QString> fileNameIn(const QByteArray &)
{
    return std::nullopt;
}

} // namespace core
