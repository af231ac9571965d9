// SPDX-License-Identifier: Apache-2.0
// How following comes to its end, or begins anew.
#include "app/cli/follow/job_follower.h"

#include "app/cli/follow/exit_status.h"
#include "app/cli/follow/lookup.h"
#include "core/system/when_ready.h"
#include "core/words/describe_timeline.h"

namespace cli {

void JobFollower::finishCompleted(core::JobId id, const core::Manifest &manifest)
{
    Watch &watch = m_watches[id];
    m_context.reporter->completed(*watch.job.last(), manifest);
    const bool isWhole = manifest.partial.isEmpty() && manifest.missing.isEmpty();
    const core::ExitCode status =
        isWhole ? core::ExitCode::Done : watch.failedWith.value_or(core::ExitCode::Unfinished);
    ++watch.reports;
    withTimeline(m_context.service, this, id,
                 [this, id, status](const QList<core::TimelineEntry> &entries) {
                     if (m_onFinished) {
                         tellDoubts(id, entries);
                         --m_watches[id].reports;
                         settle(id, status);
                         acceptAttention(id);
                     }
                 });
}

/// What was accepted is not what somebody said that it is to be.
void JobFollower::tellDoubts(core::JobId id, const QList<core::TimelineEntry> &entries) const
{
    for (const core::TimelineEntry &entry : entries) {
        const auto *noted = std::get_if<core::happening::Noted>(&entry.what);
        if (noted != nullptr && noted->note == core::Note::HashDiffers) {
            m_context.reporter->notice(id, core::describe(entry, {.fileCount = 1}) + u'.');
        }
    }
}

void JobFollower::leaveResting()
{
    for (const core::JobId id : m_watches.keys()) {
        Watch &watch = m_watches[id];
        const core::JobSnapshot &job = *watch.job.last();
        watch.wasStarted = wantsToRun(job);
        if (!watch.wasStarted && !watch.outcome && watch.reports == 0) {
            m_context.reporter->paused(job, 0);
            settle(id, core::ExitCode::Unfinished);
        }
    }
}

core::JobIds JobFollower::awaited() const
{
    core::JobIds ids = m_watches.keys();
    ids.removeIf([this](core::JobId id) { return m_watches.value(id).outcome.has_value(); });
    return ids;
}

void JobFollower::goOn()
{
    const core::JobIds open = awaited();
    if (open.isEmpty()) {
        return;
    }
    withJobs(m_context.service, this, open,
             unlessFinished([this](const core::Answer<QList<core::JobSnapshot>> &jobs) {
                 core::JobIds stopped;
                 for (const core::JobSnapshot &job : jobs.value_or(QList<core::JobSnapshot>())) {
                     take(job);
                     if (!m_isInterrupted && !m_watches[job.id].outcome && wantsToRun(job)) {
                         stopped.append(job.id);
                     }
                 }
                 resume(stopped, {});
             }));
}

void JobFollower::interrupt()
{
    const core::JobIds open = awaited();
    if (m_isInterrupted || open.isEmpty()) {
        finish(m_isInterrupted || m_watches.isEmpty() ? core::ExitCode::Unfinished : status());
        return;
    }
    m_isInterrupted = true;
    m_prompts.dismiss();
    m_live.setHeld(false);
    core::whenReady(m_context.service->call<core::message::Suspend>({.jobs = open}), this,
                    [this, open](const core::Answer<core::SetOutcome> & /*seen below*/) {
                        leaveSuspended(open);
                    });
}

/// What it asks has been said, and can be answered later.
void JobFollower::leaveAsItIs(const core::JobSnapshot &job)
{
    const Watch &watch = m_watches[job.id];
    if (watch.outcome || core::isFinal(job.state)) {
        return;
    }
    if (!openQuestion(job) || !watch.failedWith) {
        m_context.reporter->suspended(job, watch.job.sentInVain());
    }
    settle(job.id, core::ExitCode::Unfinished);
}

void JobFollower::leaveSuspended(const core::JobIds &ids)
{
    withJobs(m_context.service, this, ids,
             unlessFinished([this](const core::Answer<QList<core::JobSnapshot>> &jobs) {
                 for (const core::JobSnapshot &job : jobs.value_or(QList<core::JobSnapshot>())) {
                     take(job);
                     leaveAsItIs(job);
                 }
                 if (!jobs) {
                     finish(core::ExitCode::Unfinished);
                 }
             }));
}

void JobFollower::settle(core::JobId id, core::ExitCode status)
{
    Watch &watch = m_watches[id];
    if (!watch.outcome) {
        watch.outcome = status;
        m_live.forget(id);
    }
    finishIfDone();
}

void JobFollower::finishIfDone()
{
    bool isAwaited = false;
    for (const Watch &watch : std::as_const(m_watches)) {
        if (!watch.outcome || watch.reports > 0) {
            return;
        }
        isAwaited = isAwaited || watch.expectsAttention;
    }
    if (!isAwaited) {
        finish(status());
    } else if (!m_grace.isActive()) {
        m_grace.start();
    }
}

void JobFollower::finish(core::ExitCode status)
{
    m_grace.stop();
    m_context.service->disconnect(this);
    if (const ExitHandler onFinished = std::exchange(m_onFinished, nullptr)) {
        onFinished(status);
    }
}

core::ExitCode JobFollower::status() const
{
    core::ExitCode all = core::ExitCode::Done;
    for (const Watch &watch : m_watches) {
        all = worst(all, watch.outcome.value_or(core::ExitCode::Unfinished));
    }
    return all;
}

} // namespace cli
