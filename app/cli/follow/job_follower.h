// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/cli/args/typed_values.h"
#include "app/cli/follow/asker.h"
#include "app/cli/follow/followed_job.h"
#include "app/cli/print/live_pane.h"
#include "app/cli/print/reporter.h"
#include "core/remedy/catalogue.h"
#include "core/service/job_service.h"

#include <QMap>
#include <QObject>
#include <QTimer>

#include <optional>

namespace cli {

/// Follows jobs until each is Acknowledged or Cancelled, or stopped and left as it is. Reports what
/// happens, answers what the engine wants accepted, and does what --on-error says.
class JobFollower final : public QObject {
    Q_OBJECT
public:
    struct Tools {
        core::JobService *service = nullptr;
        Reporter *reporter = nullptr;
        Screen *screen = nullptr;
        int input = 0; ///< where answers are typed
    };
    struct Policy {
        OnError onError = OnError::Stop;
        QString currentFolder;
    };

    JobFollower(Tools tools, Policy policy, QObject *parent = nullptr);

    /// Takes up a job that has just been made: the state it is in is news.
    void watchNew(const core::JobSnapshot &job);
    /// Takes up a job that was there before.
    void watchKnown(const core::JobSnapshot &job);
    /// Sends Resume for jobs that are watched.
    void resume(const core::JobIds &jobs, const core::Fixes &fixes);
    /// Suspends what still runs and says how to go on; at once when called again.
    void interrupt();

Q_SIGNALS:
    /// Every job has come to its end, or was left.
    void finished(core::ExitCode status);

private:
    struct Watch {
        FollowedJob job;
        std::optional<core::ExitCode> outcome;    ///< set: nothing more is waited for
        std::optional<core::ExitCode> failedWith; ///< of the last problem
        std::optional<core::Manifest> manifest;   ///< when Complete was called here
        std::optional<quint64> attention;         ///< to be accepted
        int reports = 0;                          ///< under way
        bool isCompleting = false;
        bool expectsAttention = false;
    };

    void onJobsChanged(const QList<core::JobSnapshot> &jobs);
    void onAttention(const core::Attention &attention);
    void take(const core::JobSnapshot &job);
    void takeProblem(const core::JobSnapshot &job, const core::JobError &problem);
    void takeAcknowledged(core::JobId id);
    void finishCompleted(core::JobId id, const core::Manifest &manifest);
    void acceptAttention(core::JobId id);

    void apply(core::JobId id, const core::JobError &problem);
    void askNext();
    void onDecided(core::JobId id, const Decision &decision);
    void cancel(core::JobId id);
    void complete(core::JobId id);
    void takeRefusals(const QList<core::Refusal> &refusals);
    void leaveSuspended(const core::JobIds &ids);

    void settle(core::JobId id, core::ExitCode status);
    void finishIfDone();
    [[nodiscard]] core::ExitCode status() const;

    Tools m_tools;
    Policy m_policy;
    LivePane m_live;
    Asker m_asker;
    QMap<core::JobId, Watch> m_watches;
    core::JobIds m_toAsk;
    QTimer m_grace;
    bool m_isInterrupted = false;
};

} // namespace cli
