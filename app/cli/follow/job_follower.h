// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/cli/args/typed_values.h"
#include "app/cli/follow/command_runner.h"
#include "app/cli/follow/followed_job.h"
#include "app/cli/follow/prompt_loop.h"
#include "app/cli/print/live_pane.h"

#include <QMap>
#include <QObject>
#include <QSet>
#include <QTimer>

#include <optional>

namespace cli {

/// Follows jobs until each is Acknowledged or Cancelled, or stopped and left as it is. Reports what
/// happens, answers what the engine wants accepted, and does what --on-error says. Once it has
/// finished it prints nothing more.
class JobFollower final : public QObject {
    Q_OBJECT
public:
    /// `onFinished` is called when every job has come to its end, or was left.
    JobFollower(CommandContext context, OnError onError, ExitHandler onFinished);

    /// Takes up a job that has just been made: the state it is in is news.
    void watchNew(const core::JobSnapshot &job);
    /// Takes up a job that was made to begin at once.
    void watchBegun(core::JobId id);
    /// Takes up a job that was there before.
    void watchKnown(const core::JobSnapshot &job);
    /// Leaves those that stand still, as what they are.
    void leaveResting();
    /// Sends Resume for jobs that are watched.
    void resume(const core::JobIds &jobs, const core::Fixes &fixes,
                const QList<core::FileId> &left = {});
    /// Suspends what still runs and says how to go on; at once when called again, or when there is
    /// nothing to suspend.
    void interrupt();

private:
    /// To what a job asks, as far as they are given.
    struct Answers {
        Questions asked;
        qsizetype turn = 0; ///< of the one that is asked now
        core::Fixes fixes;
        QList<core::FileId> left;
        bool isAnyGiven = false;
    };
    struct Watch {
        FollowedJob job;
        std::optional<core::ExitCode> outcome;    ///< set: nothing more is waited for
        std::optional<core::ExitCode> failedWith; ///< of the last problem
        Answers answers;
        QSet<int> later;                        ///< files whose question was left
        std::optional<core::Manifest> manifest; ///< when Complete was called here
        std::optional<quint64> attention;       ///< to be accepted
        int told = 0;                           ///< times the engine told of it by itself
        int reports = 0;                        ///< under way
        bool wasStarted = false;                ///< by this program, or before it
        bool isCompleting = false;
        bool expectsAttention = false;
        bool isWaitTold = false;
    };

    template <typename Action>
    [[nodiscard]] auto unlessFinished(Action action);

    void takeResumed(const core::Answer<core::SetOutcome> &outcome, bool isRepeated);
    void expectRunning(const core::JobIds &jobs);
    void onJobsChanged(const QList<core::JobSnapshot> &jobs);
    /// Another engine runs by now, and none of the jobs unless it is told to.
    void goOn();
    void onAttention(const core::Attention &attention);
    void take(const core::JobSnapshot &job);
    void tellWaits();
    void takeProblem(const core::JobSnapshot &job, const core::JobError &problem);
    void takeAcknowledged(core::JobId id);
    void finishCompleted(core::JobId id, const core::Manifest &manifest);
    void tellDoubts(core::JobId id, const QList<core::TimelineEntry> &entries) const;
    void acceptAttention(core::JobId id);

    void apply(core::JobId id, const core::JobError &problem);
    void ask(core::JobId id, core::KeyringState keyring);
    /// Those of the questions that were not left for later.
    [[nodiscard]] Questions notLeft(core::JobId id, Questions questions) const;
    void askNext();
    void onDecided(core::JobId id, const Decision &decision);
    void takeAnswer(core::JobId id, const Decision &decision);
    void complete(core::JobId id);
    void tellRefusals(const QFuture<core::Answer<core::SetOutcome>> &answer);
    void takeRefusals(const QList<core::Refusal> &refusals);
    /// Those that have not come to their end, and were not left.
    [[nodiscard]] core::JobIds awaited() const;
    void leaveAsItIs(const core::JobSnapshot &job);
    void leaveSuspended(const core::JobIds &ids);

    void settle(core::JobId id, core::ExitCode status);
    void finishIfDone();
    void finish(core::ExitCode status);
    [[nodiscard]] core::ExitCode status() const;

    CommandContext m_context;
    OnError m_onError;
    ExitHandler m_onFinished;
    LivePane m_live;
    PromptLoop m_prompts;
    QMap<core::JobId, Watch> m_watches;
    core::JobIds m_toAsk;
    bool m_isAboutToAsk = false;
    QTimer m_grace;
    QTimer m_waits;
    bool m_isInterrupted = false;
    int m_timesLost = 0; ///< the engine
};

/// What comes after the end is not told.
template <typename Action>
auto JobFollower::unlessFinished(Action action)
{
    return [this, action = std::move(action)](const auto &answer) {
        if (m_onFinished) {
            action(answer);
        }
    };
}

} // namespace cli
