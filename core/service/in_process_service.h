// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/service/engine_config.h"
#include "core/service/job_service.h"

#include <memory>

namespace core {

/// The engine on a thread of its own inside this process.
class InProcessService final : public JobService {
    Q_OBJECT
public:
    explicit InProcessService(EngineConfig config, QObject *parent = nullptr);
    /// Stops the engine: running attempts are stopped and their durable bytes saved; calls still
    /// unanswered get EngineGone.
    ~InProcessService() override;

    /// Takes the lock, opens the store, loads the jobs.
    [[nodiscard]] QFuture<Started> start() override;
    [[nodiscard]] bool outlivesFrontEnd() const override { return false; }
    [[nodiscard]] bool close() override;

protected:
    void post(AnyCall call) override;

private:
    class Private;
    std::unique_ptr<Private> d;
};

} // namespace core
