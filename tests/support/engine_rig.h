// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/service/in_process_service.h"
#include "core/words/explain_service.h"
#include "tests/support/job_rig.h"

/// An engine in this process, on a thread of its own and by the computer's clock. Can be ended and
/// begun again on the same folders, as after a restart.
class EngineRig final : public JobRig {
public:
    explicit EngineRig(core::RunPolicy policy = core::RunPolicy::Everything)
        : EngineRig(core::EngineConfig{.run = policy})
    {
    }
    /// With its own folder for the state, whatever the configuration says.
    explicit EngineRig(core::EngineConfig config)
        : m_config(std::move(config))
    {
        m_config.stateFolder = state.path();
        start();
    }

    void start()
    {
        auto engine = std::make_unique<core::InProcessService>(m_config);
        core::InProcessService *const starting = engine.get();
        service = std::move(engine);
        listen();
        const auto started = await(starting->start());
        require(started.has_value(), QStringLiteral("the engine does not begin"));
        require(started->has_value(),
                started->has_value() ? QString() : core::explain(started->error()));
    }
    void restart() { restart(m_config.run); }
    void restart(core::RunPolicy policy)
    {
        service.reset();
        m_config.run = policy;
        start();
    }

private:
    core::EngineConfig m_config;
};
