// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/job/enum_rows.h"

#include <QMetaType>

namespace core {

/// What the keyring of the desktop would do with a secret.
enum class KeyringState {
    Open,    ///< keep it, and give it back
    Locked,  ///< nothing, until a person unlocks it
    Missing, ///< there is none, or it does not answer
};
template <>
struct EnumRows<KeyringState> {
    static constexpr std::array rows{
        EnumRow{KeyringState::Open, "Open"},
        EnumRow{KeyringState::Locked, "Locked"},
        EnumRow{KeyringState::Missing, "Missing"},
    };
};

} // namespace core

Q_DECLARE_METATYPE(core::KeyringState)
