// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/cli/args/usage_error.h"
#include "core/http/link.h"

#include <QByteArray>
#include <QList>

namespace cli {

/// The links of a list, one a line in UTF-8; empty lines and lines that begin with "#" are passed
/// over. Lines end as on any system. When any line is not a link, every such line is named with its
/// number and nothing is returned. `source` is how messages call the list.
[[nodiscard]] Parsed<QList<core::Link>> parseLinkList(const QByteArray &content,
                                                      const QString &source);

} // namespace cli
