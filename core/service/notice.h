// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/job/job_id.h"
#include "core/job/keyring_state.h"
#include "core/store/restored_list.h"
#include "core/store/store_error.h"

#include <QMetaType>
#include <QStringList>

#include <variant>

namespace core {

/// Something that concerns no one job and asks no question: the list could not be saved, say.
namespace notice {

/// What was changed could not be written down.
struct NotSaved {
    static constexpr auto kName = "NotSaved";
    StoreError error;
    bool operator==(const NotSaved &) const = default;
};
/// Rows of the stored list that could not be read.
struct LeftOut {
    static constexpr auto kName = "LeftOut";
    QStringList details; ///< one for each, in English, as in the log
    bool operator==(const LeftOut &) const = default;
};

/// The stored list was damaged, and a copy of it is used instead.
struct Restored {
    static constexpr auto kName = "Restored";
    RestoredList list;
    bool operator==(const Restored &) const = default;
};

/// Secrets that were to be kept in the keyring are not there: they end with the engine.
struct SecretsNotKept {
    static constexpr auto kName = "SecretsNotKept";
    KeyringState keyring = KeyringState::Missing;
    JobIds jobs;
    bool operator==(const SecretsNotKept &) const = default;
};

/// Secrets that were put into the keyring could not be had from it: the jobs go on without.
struct SecretsNotRead {
    static constexpr auto kName = "SecretsNotRead";
    KeyringState keyring = KeyringState::Missing;
    JobIds jobs;
    bool operator==(const SecretsNotRead &) const = default;
};

} // namespace notice

using Notice = std::variant<notice::NotSaved, notice::LeftOut, notice::Restored,
                            notice::SecretsNotKept, notice::SecretsNotRead>;

} // namespace core

Q_DECLARE_METATYPE(core::Notice)
