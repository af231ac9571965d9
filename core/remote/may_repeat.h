// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/service/messages.h"

namespace core {

/// Whether a message may be sent again when nobody knows whether it was carried out: what it does
/// when it comes twice is what it does when it comes once.
template <typename Message>
inline constexpr bool kMayRepeat = true;
template <>
inline constexpr bool kMayRepeat<message::Add> = false;
template <>
inline constexpr bool kMayRepeat<message::AddFiles> = false;
template <>
inline constexpr bool kMayRepeat<message::Adopt> = false;
template <>
inline constexpr bool kMayRepeat<message::Cancel> = false; // the second time it is refused
template <>
inline constexpr bool kMayRepeat<message::Complete> = false;
template <>
inline constexpr bool kMayRepeat<message::Remove> = false;

} // namespace core
