// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QStringList>

namespace core {

/// Who can be found beside a state folder.
enum class Role {
    Engine,
    Window, ///< the one that is open, or hidden
};

/// Where the socket of a state folder may lie, the better place first: in the runtime folder of the
/// person (XDG Base Directory Specification) when it is theirs alone, and in the state folder
/// itself. Named by device and inode, so that one folder is one place, whatever it is called.
/// Empty when there is no such folder.
[[nodiscard]] QStringList endpointPaths(const QString &stateFolder, Role role);

/// A file by what it is, whatever its name.
struct FileIdentity {
    quint64 device = 0;
    quint64 inode = 0;

    bool operator==(const FileIdentity &) const = default;
};

/// A listening socket at the first of the places that takes one; whatever a program that was killed
/// left there is replaced. To be called by the holder of the lock alone. Less than 0: nowhere,
/// `problem` says what the system said last.
struct Listening {
    int descriptor = -1;
    QString path;
    FileIdentity identity; ///< of the socket there
    QString problem;
};
[[nodiscard]] Listening listenAtFirst(const QStringList &paths);

/// Whether it can still be found there: nobody has removed it, or put another in its place.
[[nodiscard]] bool isStillThere(const Listening &listening);
/// Removes the socket from its place, but not another one.
void takeAway(const Listening &listening);

/// Whether the process at the other end belongs to the same person (SO_PEERCRED).
[[nodiscard]] bool isOwnPeer(qintptr socket);
/// The number of that process; 0 when it is not known.
[[nodiscard]] qint64 peerProcess(qintptr socket);

} // namespace core
