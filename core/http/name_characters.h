// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QString>

namespace core {

/// Joiners: not seen themselves, but they say how the letters beside them are written.
inline constexpr char16_t kZeroWidthNonJoiner = 0x200c;
inline constexpr char16_t kZeroWidthJoiner = 0x200d;

/// Whether there is a joiner at this place that changes how the letters beside it are written.
[[nodiscard]] bool isMeantJoiner(QStringView text, qsizetype at);

/// Without what cannot be seen in a file name or turns it round: control characters, bidirectional
/// marks, zero-width characters, blank letters, half surrogate pairs. A joiner stays between
/// letters that it joins or keeps apart (RFC 5892, A.1 and A.2) and within an emoji. Every run of
/// spaces, of whatever width, is one plain space. The characters that other systems forbid become
/// "_". Slashes and backslashes are not looked at.
[[nodiscard]] QString withPlainCharacters(QStringView name);

} // namespace core
