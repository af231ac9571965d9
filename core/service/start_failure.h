// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/store/state_folder.h"
#include "core/store/store_error.h"

#include <variant>

namespace core {

enum class EngineFault {
    CannotStart,  ///< its process did not come up
    CannotListen, ///< it cannot be reached from other processes here
    OtherVersion, ///< one is there that speaks another protocol
    NoAnswer,     ///< one is there that says nothing
    OtherUser,    ///< one is there that belongs to somebody else
};

/// What is wrong with the process of the engine.
struct EngineError {
    static constexpr auto kName = "Engine";
    EngineFault fault = EngineFault::CannotStart;
    QString detail; ///< what the system said; OtherVersion: the version; NoAnswer: the
                    ///< process; OtherUser: the state folder

    bool operator==(const EngineError &) const = default;
};

/// Why there is no engine.
using StartFailure = std::variant<StateFolderError, StoreError, EngineError>;

/// Whether another program holds the list.
[[nodiscard]] inline bool isHeldByAnother(const StartFailure &failure)
{
    const auto *folder = std::get_if<StateFolderError>(&failure);
    return folder != nullptr && folder->fault == StateFolderFault::InUse;
}

/// Whether an engine inside of the program would do: that of a process cannot be had here.
[[nodiscard]] inline bool canDoWithoutProcess(const StartFailure &failure)
{
    const auto *engine = std::get_if<EngineError>(&failure);
    return engine != nullptr && (engine->fault == EngineFault::CannotStart ||
                                 engine->fault == EngineFault::CannotListen);
}

} // namespace core
