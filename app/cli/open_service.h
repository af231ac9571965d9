// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/cli/args/invocation.h"
#include "core/keyring/keyring.h"
#include "core/service/job_service.h"

#include <memory>

namespace core {
class Log;
}

namespace cli {

/// The engine that a command is carried out with, not started yet: the one of all programs, or one
/// in this process, which has this keyring.
[[nodiscard]] std::unique_ptr<core::JobService> openService(const Invocation &invocation,
                                                            core::Log *log, core::Keyring *keyring);

/// For an engine in this process. To be made before that has other threads: for a moment the
/// environment is changed, since all but this one have Qt's own event loop.
[[nodiscard]] std::unique_ptr<core::Keyring> makeKeyring();

/// Starts the window program without a window, so that the person is told what needs them; nothing
/// where there is no desktop to tell it on. One that is there already is enough.
void startAnnouncer(const QString &stateFolder, const QStringList &desktop);

} // namespace cli
