// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QString>

namespace core {

/// What the environment of a front end says about the jobs that it commands: it goes with the
/// command, since the engine was perhaps started by somebody else. Kept in memory only: a proxy may
/// have a login in it.
struct ClientEnvironment {
    QString httpProxy; ///< http_proxy, and so on: as they stand there
    QString httpsProxy;
    QString allProxy;
    QString noProxy;
    int umask = 077; ///< what new files are not to be

    bool operator==(const ClientEnvironment &) const = default;
};

/// That of this process.
[[nodiscard]] ClientEnvironment systemClientEnvironment();

} // namespace core
