// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/service/engine_config.h"
#include "core/service/job_service.h"

#include <QDeadlineTimer>

#include <memory>

namespace core {

/// The engine on a thread of its own inside this process.
class InProcessService final : public JobService {
    Q_OBJECT
public:
    explicit InProcessService(EngineConfig config, QObject *parent = nullptr);
    /// Stops the engine, however long that takes: running attempts are stopped and their durable
    /// bytes saved; calls still unanswered get EngineGone.
    ~InProcessService() override;

    /// Takes the lock, opens the store, loads the jobs.
    [[nodiscard]] QFuture<Started> start() override;
    [[nodiscard]] bool outlivesFrontEnd() const override { return false; }
    /// Stops the engine, which waits for disks no longer than EngineConfig::patience.
    [[nodiscard]] Ending close() override;

protected:
    void post(AnyCall call) override;

private:
    [[nodiscard]] bool endsBefore(QDeadlineTimer deadline);

    class Private;
    std::unique_ptr<Private> d;
};

} // namespace core
