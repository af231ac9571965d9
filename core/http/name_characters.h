// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QString>

namespace core {

/// Without what cannot be seen in a file name or turns it round: control characters, bidirectional
/// marks, zero-width characters, blank letters, half surrogate pairs. Every run of spaces, of
/// whatever width, is one plain space. The characters that other systems forbid become "_".
/// Slashes and backslashes are not looked at.
[[nodiscard]] QString withPlainCharacters(QStringView name);

} // namespace core
