// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QStringList>

namespace core {

/// By which addresses others may know this computer, sorted: those of version 4, and the networks
/// of those of version 6, whose other half changes by itself (RFC 8981). Nothing that leads
/// nowhere.
[[nodiscard]] QStringList ownAddresses();

} // namespace core
