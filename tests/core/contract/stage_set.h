// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "tests/support/manual_rig.h"

/// Brings a job of one file into any state and keeps it there: nothing that moves it on happens
/// without the test. What it takes to do that is of no interest to the test itself.
class StageSet {
public:
    static constexpr qint64 kSize = 500'000;

    explicit StageSet(ManualRig *rig)
        : m_rig(rig)
    {
        const Resource file{.body = Body::pattern(1, kSize)};
        server.serve("/file", file);
        server.serve("/held", file);
        server.holdAfter("/held", 200'000, "half");
        server.script("/mute", {step::Stall{}});
        server.script("/blocker", {step::Stall{}});
        server.refuse("/busy", 503);
        server.refuse("/none", 404);
    }

    /// Ends the engine before the server: a connection that breaks while it is being given up is
    /// one more story than these tests tell.
    ~StageSet() { m_rig->stop(); }
    StageSet(const StageSet &) = delete;
    StageSet &operator=(const StageSet &) = delete;

    /// A job of that state; 0 when it could not be brought there.
    [[nodiscard]] core::JobId jobIn(core::JobState state)
    {
        const core::JobId id = prepare(state);
        return m_rig->reaches(id, state) ? id : core::JobId{};
    }
    /// From now on nothing new is begun, so that a job that becomes Queued stays so.
    [[nodiscard]] bool block()
    {
        const core::JobId blocker = m_rig->download({server.url(QStringLiteral("/blocker"))});
        m_rig->limitTo(6, 1);
        // Its request is on its way by then; what is counted later must not find it arriving.
        return m_rig->reaches(blocker, core::JobState::Connecting) &&
               turnUntil([this] { return server.requests("/blocker").size() == 1; },
                         std::chrono::seconds(5));
    }

    HttpServer server;

private:
    [[nodiscard]] core::JobSpec spec(const char *path) const
    {
        core::JobSpec made = m_rig->spec({server.url(QString::fromLatin1(path))});
        made.options.complete = core::CompleteMode::OnRequest;
        return made;
    }

    [[nodiscard]] core::JobId prepare(core::JobState state)
    {
        using core::JobState;
        switch (state) {
        case JobState::Suspended:
            return m_rig->add(spec("/file"));
        case JobState::Queued:
            return block() ? m_rig->download(spec("/file")) : core::JobId{};
        case JobState::Connecting:
            return waitFor(m_rig->download(spec("/mute")),
                           [this] { return server.requests("/mute").size() == 1; });
        case JobState::Transferring:
            return waitFor(m_rig->download(spec("/held")), [this] {
                return server.isWaitingAt("half") &&
                       m_rig->job(core::JobId{1}).progress.bytesDone == 200'000;
            });
        case JobState::TransientError:
            return m_rig->download(spec("/busy"));
        case JobState::Error:
            return m_rig->download(spec("/none"));
        case JobState::Transferred:
            return m_rig->download(spec("/file"));
        case JobState::Acknowledged: {
            const core::JobId id = jobIn(JobState::Transferred);
            m_rig->complete(id);
            return id;
        }
        case JobState::Cancelled: {
            const core::JobId id = jobIn(JobState::Suspended);
            m_rig->cancel(id);
            return id;
        }
        }
        Q_UNREACHABLE();
    }

    template <typename Predicate>
    core::JobId waitFor(core::JobId id, Predicate predicate)
    {
        return turnUntil(predicate, std::chrono::seconds(10)) ? id : core::JobId{};
    }

    ManualRig *m_rig;
};
