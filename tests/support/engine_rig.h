// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/service/in_process_service.h"
#include "tests/support/job_rig.h"

/// An engine in this process, on a thread of its own and by the computer's clock. Can be ended and
/// begun again on the same folders, as after a restart.
class EngineRig final : public JobRig {
public:
    explicit EngineRig(core::RunPolicy policy = core::RunPolicy::Everything)
        : m_policy(policy)
    {
        start();
    }

    void start()
    {
        auto engine = std::make_unique<core::InProcessService>(
            core::EngineConfig{.stateFolder = state.path(), .run = m_policy});
        core::InProcessService *const starting = engine.get();
        service = std::move(engine);
        listen();
        const auto started = await(starting->start());
        QVERIFY(started.has_value());
        QVERIFY2(started->has_value(),
                 qPrintable(started->has_value() ? QString() : started->error().explanation));
    }
    void restart() { restart(m_policy); }
    void restart(core::RunPolicy policy)
    {
        service.reset();
        m_policy = policy;
        start();
    }

private:
    core::RunPolicy m_policy;
};
