// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/disk/disk_fault_hook.h"
#include "core/http/origin.h"
#include "core/queue/run_policy.h"
#include "core/transfer/attempt.h"

#include <QStringList>

#include <chrono>
#include <functional>

namespace core {

class Clock;
class Keyring;
class Log;

/// How an engine is to be made.
struct EngineConfig {
    QString stateFolder; ///< empty: StateFolder::defaultPath()
    RunPolicy run = RunPolicy::Everything;
    TransferLimits limits;
    std::function<bool(const QString &host)> isThisComputer = isLoopbackHost;
    Log *log = nullptr;         ///< outlives the engine; none: one of its own
    Clock *clock = nullptr;     ///< outlives the engine, on its thread; none: the computer's time
    Keyring *keyring = nullptr; ///< outlives the engine; none: secrets are in memory only
    DiskFaultHook disk;         ///< before every volume; none: the disks as they are
    /// How long the end of the program waits for disks to come to the end of what they were told.
    std::chrono::milliseconds patience = std::chrono::seconds(5);
    /// By which this computer is known to servers; empty: those of the system.
    std::function<QStringList()> ownAddresses;
    std::function<double()> random; ///< in [0, 1]: jitter; empty: the computer's chance
};

} // namespace core
