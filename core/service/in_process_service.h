// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/disk/volume.h"
#include "core/http/origin.h"
#include "core/queue/run_policy.h"
#include "core/service/job_service.h"
#include "core/transfer/attempt.h"

#include <functional>
#include <memory>

namespace core {

class Clock;
class Log;

struct EngineConfig {
    QString stateFolder; ///< empty: StateFolder::defaultPath()
    RunPolicy run = RunPolicy::Everything;
    TransferLimits limits;
    std::function<bool(const QString &host)> isThisComputer = isLoopbackHost;
    Log *log = nullptr;     ///< outlives the engine; none: one of its own
    Clock *clock = nullptr; ///< outlives the engine, on its thread; none: the computer's time
    DiskGate disk; ///< before every volume; none: the disks as they are
    std::function<double()> random; ///< in [0, 1]: jitter; empty: the computer's chance
};

/// Why there is no engine: one sentence to show.
struct StartFailure {
    QString explanation;
};

/// The engine on a thread of its own inside this process.
class InProcessService final : public JobService {
    Q_OBJECT
public:
    explicit InProcessService(EngineConfig config, QObject *parent = nullptr);
    /// Stops the engine: running attempts are stopped and their durable bytes saved; calls still
    /// unanswered get EngineGone.
    ~InProcessService() override;

    /// Takes the lock, opens the store, loads the jobs. To be called once, before any call().
    [[nodiscard]] QFuture<tl::expected<Done, StartFailure>> start();

protected:
    void post(AnyCall call) override;

private:
    class Private;
    std::unique_ptr<Private> d;
};

} // namespace core
