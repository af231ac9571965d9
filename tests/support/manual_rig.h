// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/service/engine.h"
#include "core/words/explain_service.h"
#include "tests/support/job_rig.h"
#include "tests/support/manual_clock.h"
#include "tests/support/run_task.h"
#include "tests/support/turn_until.h"

/// The whole engine in the thread of the test, on a clock that the test turns: no delay passes by
/// itself, no timeout strikes unasked, and nothing sleeps. The network and the disk go on whenever
/// the event loop turns.
class ManualRig final : public JobRig {
public:
    explicit ManualRig(core::RunPolicy policy = core::RunPolicy::Everything,
                       core::TransferLimits limits = {})
        : m_policy(policy)
        , m_limits(limits)
    {
        start();
    }
    ~ManualRig() override
    {
        if (!end()) {
            QTest::qFail("the engine does not end", __FILE__, __LINE__);
        }
    }

    void start()
    {
        auto made = std::make_unique<ServiceHere>(core::EngineConfig{
            .stateFolder = state.path(),
            .run = m_policy,
            .limits = m_limits,
            .clock = &clock,
            .keyring = keyring,
            .ownAddresses = [this] { return addresses; },
            .random = [this] { return jitter; },
        });
        m_engine = &made->engine;
        service = std::move(made);
        listen();
        const auto started = runFor(m_engine->start(), std::chrono::seconds(10));
        require(started.has_value(), QStringLiteral("the engine does not begin"));
        require(started->has_value(),
                started->has_value() ? QString() : core::explain(started->error()));
    }
    void stop() { require(end(), QStringLiteral("the engine does not end")); }
    void restart()
    {
        stop();
        start();
    }
    void restart(core::RunPolicy policy)
    {
        m_policy = policy;
        restart();
    }

    [[nodiscard]] core::Engine &engine() { return *m_engine; }

    /// Lets what is due now happen, and the network and the disk go on, until this holds. Time
    /// stands still.
    template <typename Predicate>
    bool comesTo(Predicate predicate, int limitMs = 10'000)
    {
        return turnUntil(
            [&] {
                clock.advance(std::chrono::milliseconds(0));
                return predicate();
            },
            std::chrono::milliseconds(limitMs));
    }
    /// The same while time goes by, a tenth of a second in a hundredth: for what happens only after
    /// some tries.
    bool reachesInTime(core::JobId id, core::JobState wanted, int limitMs = 30'000)
    {
        QDeadlineTimer next(0);
        return turnUntil(
            [&] {
                if (next.hasExpired()) {
                    clock.advance(std::chrono::milliseconds(100));
                    next.setRemainingTime(10);
                }
                return job(id).state == wanted;
            },
            std::chrono::milliseconds(limitMs));
    }
    /// Everything that can happen without time passing has happened: nothing is on its way between
    /// the threads. To show that something does not come.
    void settle()
    {
        for (int round = 0; round < 3; ++round) {
            clock.advance(std::chrono::milliseconds(0));
            // An answer from the store comes after all that was saved before it, be it a refusal.
            const auto settings = ask<core::message::GetSettings>({});
            require(settings.has_value(), QStringLiteral("the engine does not answer"));
            std::ignore = ask<core::message::SetSettings>({*settings});
        }
    }

    ManualClock clock;
    QStringList addresses{QStringLiteral("192.0.2.1")}; ///< of this computer
    core::Keyring *keyring = nullptr;                   ///< of the next start
    double jitter = 1.0; ///< the upper end: delays are 1, 2, 4 … s sharp

private:
    class ServiceHere final : public core::JobService {
    public:
        explicit ServiceHere(core::EngineConfig config)
            : engine(std::move(config))
        {
            connect(&engine, &core::Engine::jobsChanged, this, &JobService::jobsChanged);
            connect(&engine, &core::Engine::jobsRemoved, this, &JobService::jobsRemoved);
            connect(&engine, &core::Engine::attention, this, &JobService::attention);
            connect(&engine, &core::Engine::notice, this, &JobService::notice);
            connect(&engine, &core::Engine::settingsChanged, this, &JobService::settingsChanged);
        }

        /// The rig starts the engine itself, by its clock.
        [[nodiscard]] QFuture<Started> start() override
        {
            return core::readyFuture(Started(core::Done{}));
        }
        [[nodiscard]] bool outlivesFrontEnd() const override { return false; }

        core::Engine engine;

    protected:
        void post(core::AnyCall call) override { engine.take(std::move(call)); }
    };

    /// Whether it has ended in time, everything that was under way with it.
    [[nodiscard]] bool end()
    {
        const bool hasEnded = !service || runFor(m_engine->shutdown(), std::chrono::seconds(10));
        service.reset();
        return hasEnded;
    }

    core::RunPolicy m_policy;
    core::TransferLimits m_limits;
    core::Engine *m_engine = nullptr;
};
