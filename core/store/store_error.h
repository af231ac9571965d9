// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/job/enum_rows.h"

#include <QString>

#include <tl/expected.hpp>

namespace core {

/// What can be wrong with the store, split as we would speak differently.
enum class StoreFault {
    CannotOpen, ///< no permission, no room, not a file
    Newer,      ///< written by a newer version of the program
    Damaged,    ///< not a database, or its check fails
    Locked,     ///< another program holds it
    CannotSave, ///< a write failed; what was saved before stands
};

template <>
struct EnumRows<StoreFault> {
    static constexpr std::array rows{
        EnumRow{StoreFault::CannotOpen, "CannotOpen"}, EnumRow{StoreFault::Newer, "Newer"},
        EnumRow{StoreFault::Damaged, "Damaged"},       EnumRow{StoreFault::Locked, "Locked"},
        EnumRow{StoreFault::CannotSave, "CannotSave"},
    };
};

struct StoreError {
    static constexpr auto kName = "Store";
    StoreFault fault = StoreFault::CannotOpen;
    QString path;
    QString detail; ///< what the database or the system said, for the log

    bool operator==(const StoreError &) const = default;
};

template <typename T = void>
using StoreResult = tl::expected<T, StoreError>;

} // namespace core
