// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QString>

#include <tl/expected.hpp>

namespace core {

enum class StateFolderFault { CannotCreate, NotOurs, InUse };

struct StateFolderError {
    static constexpr auto kName = "StateFolder";
    StateFolderFault fault = StateFolderFault::CannotCreate;
    QString path;
    QString detail; ///< what the system said, or why it is not ours; for the log

    bool operator==(const StateFolderError &) const = default;
};

/// The folder that holds everything the engine remembers, held by this process alone: mode 0700,
/// locked with flock() on a file inside it for as long as this object lives. The lock goes with the
/// process, however it ends.
class StateFolder {
public:
    /// Makes the folder if it is missing.
    [[nodiscard]] static tl::expected<StateFolder, StateFolderError> acquire(const QString &path);
    /// $XDG_STATE_HOME/bellhop, or ~/.local/state/bellhop; empty where there is no home.
    [[nodiscard]] static QString defaultPath();

    StateFolder(StateFolder &&other) noexcept;
    StateFolder &operator=(StateFolder &&other) noexcept;
    StateFolder(const StateFolder &) = delete;
    StateFolder &operator=(const StateFolder &) = delete;
    ~StateFolder();

    [[nodiscard]] const QString &path() const { return m_path; }
    [[nodiscard]] QString databasePath() const;
    /// The same of any state folder.
    [[nodiscard]] static QString databaseIn(const QString &folder);

private:
    StateFolder(QString path, int lock);

    QString m_path;
    int m_lock = -1;
};

} // namespace core
