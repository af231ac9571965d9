// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/http/origin.h"
#include "core/job/refusal.h"
#include "core/queue/attempts.h"
#include "core/queue/job_view.h"
#include "core/queue/ledger.h"
#include "core/queue/run_policy.h"
#include "core/queue/scheduler.h"
#include "core/queue/space_watch.h"
#include "core/queue/vitals.h"
#include "core/queue/waits.h"
#include "core/remedy/fix.h"

#include <QCoroTask>

namespace core {

/// What became of a command on a set of jobs, and what still has to end before it may be told.
struct SetWork {
    SetOutcome outcome;
    QList<QFuture<void>> pending;
};

/// The only thing that changes a job. Commands come from the service, observations from the
/// attempts; both go through the transition table, are saved, and are announced after that. Lives
/// on the engine's thread. A command that is refused has changed nothing.
class JobManager final : public QObject {
    Q_OBJECT
public:
    struct World {
        Clock *clock = nullptr;
        StoreThread *store = nullptr;
        TransferWorld transfer;
        TransferLimits limits;
        std::function<double()> random; ///< in [0, 1): jitter
        RunPolicy run = RunPolicy::Everything;
        /// Whether a host is reached without any network.
        std::function<bool(const QString &host)> isThisComputer = isLoopbackHost;
    };

    explicit JobManager(World world, QObject *parent = nullptr);
    ~JobManager() override;

    /// Takes up the jobs as they were left; those that were under way go on, if the policy lets
    /// them.
    void load(StoredState state);
    /// Stops all attempts and waits for what is being completed; ready when nothing runs any more.
    [[nodiscard]] QCoro::Task<> shutdown();

    [[nodiscard]] QFuture<Answer<JobId>> add(const JobSpec &spec);
    [[nodiscard]] QFuture<Answer<void>> addFiles(JobId id, const QList<FileSpec> &files);
    [[nodiscard]] SetWork suspend(const JobIds &ids);
    [[nodiscard]] SetWork resume(const JobIds &ids, const Fixes &fixes);
    [[nodiscard]] SetWork cancel(const JobIds &ids);
    /// Takes final jobs off the list.
    [[nodiscard]] SetWork remove(const JobIds &ids);
    [[nodiscard]] Answer<QFuture<Completion>> complete(JobId id, PartialFiles partial);
    [[nodiscard]] QFuture<Answer<void>> setSettings(const Settings &settings);
    /// What the system says of the network. When it goes, what is under way and needs it waits;
    /// when it comes back, all that waits is tried at once.
    void setOnline(bool isOnline);
    /// The pending notification of the job, if there is one, was accepted.
    void acceptNotice(JobId id);

    [[nodiscard]] const Settings &settings() const { return m_ledger.settings(); }
    [[nodiscard]] JobIds ids() const;
    [[nodiscard]] std::optional<JobSnapshot> snapshot(JobId id) const;
    [[nodiscard]] std::optional<int> fileCount(JobId id) const;
    [[nodiscard]] QList<FileSnapshot> files(JobId id, int first, int count) const;
    /// What happened to a job; from the store, since none of it is kept in memory.
    [[nodiscard]] QFuture<Answer<TimelinePage>> timeline(JobId id, int first, int count) const;
    /// Whether this session may run the job and speak of it.
    [[nodiscard]] bool isOurs(JobId id) const;

Q_SIGNALS:
    void jobChanged(core::JobId id);
    void jobRemoved(core::JobId id);
    /// The job needs to be told of, until accepted or void.
    void noticeDue(core::JobId id, core::NoticeKind kind);
    void noticeVoid(core::JobId id);
    void saveFailed(const core::StoreError &error);
    /// Another entry of the timeline of a job; it is saved with the next commit of the job.
    void noted(core::JobId id, const core::TimelineEntry &entry);

private:
    // job_manager.cpp: commands
    [[nodiscard]] std::optional<Refusal> refusalOf(JobId id, JobEvent event) const;
    [[nodiscard]] std::optional<Refusal> tryResume(JobId id, const Fixes &fixes);
    void resumeTransferred(JobId id);
    [[nodiscard]] Answer<JobId> unmake(JobId id, const StoreError &error);
    static void track(SetWork *work, QFuture<StoreResult<>> save);

    // job_manager_queries.cpp, and what is told of a job
    void note(JobId id, const Happening &what, std::optional<int> file = std::nullopt);
    void noteDecision(JobId id, JobEvent command, Decider by);

    // job_manager_moves.cpp: the life of a job
    void move(JobId id, JobEvent event);
    void enter(JobId id, JobState state, JobEvent event);
    void tell(JobId id, NoticeKind kind);
    void reconsider(JobId id);
    void raise(JobId id);
    void failJob(JobId id, JobEvent event);
    void watchForRoom(JobId id);
    QFuture<Completion> beginCompletion(JobId id, PartialFiles partial, Decider by);
    [[nodiscard]] QCoro::Task<Completion> completeJob(JobId id, PartialFiles partial, Decider by);
    void settleCompletion(JobId id, const CompletionReport &report, PartialFiles partial);
    void forgetParts(JobId id, const QList<PartIdentity> &left, PartialFiles partial);
    QFuture<void> beginDiscard(JobId id);
    [[nodiscard]] QCoro::Task<bool> discardJob(JobId id);
    void endBusiness(JobId id);

    // job_manager_attempts.cpp: files under way
    void schedule();
    [[nodiscard]] QList<Candidate> candidates() const;
    void startFile(FileId file);
    QFuture<void> identify(FileId file, const Identification &what);
    void onReceived(FileId file);
    void onDurable(FileId file, const RangeSet &ranges);
    void onPartLost(FileId file);
    void onEnded(FileId file, const AttemptOutcome &outcome);
    void noteEnd(FileId file, const AttemptOutcome &outcome);
    void takeReceipt(FileId file, const Receipt &receipt);
    void takeError(FileId file, JobError error);
    void failFile(FileId file, const JobError &error);
    void delayFile(FileId file, const JobError &error, std::chrono::milliseconds delay);
    void onRetryDue(FileId file);
    void onRoom(JobId id);
    [[nodiscard]] LiveFigures live(const JobRecord &job) const;
    [[nodiscard]] qint64 liveBytes(const JobRecord &job) const;

    // job_manager_network.cpp
    [[nodiscard]] bool needsNetwork(const JobRecord &job, int fileIndex) const;
    [[nodiscard]] bool isCutOff(JobId id) const;
    [[nodiscard]] AttemptOutcome withNetwork(FileId file, const AttemptOutcome &outcome) const;
    [[nodiscard]] JobError offlineError(const JobRecord &job, int fileIndex) const;
    void cutOff(JobId id);
    void takeUp(JobId id);

    World m_world;
    Ledger m_ledger;
    Attempts m_attempts;
    Waits m_waits;
    Vitals m_vitals;
    SpaceWatch m_space;
    QSet<JobId> m_busy;      ///< being completed or cleared away
    QSet<JobId> m_commanded; ///< added or resumed in this session
    std::vector<std::shared_ptr<QPromise<void>>> m_awaitingIdle;
    bool m_isOnline = true;
    bool m_isClosing = false;
};

} // namespace core
