// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/disk/found_part.h"
#include "core/http/origin.h"
#include "core/job/job_change.h"
#include "core/job/refusal.h"
#include "core/keyring/job_secrets.h"
#include "core/queue/abandoned_uploads.h"
#include "core/queue/checks.h"
#include "core/queue/job_finisher.h"
#include "core/queue/job_queries.h"
#include "core/queue/space_watch.h"
#include "core/remedy/fix.h"

namespace core {

/// What became of a command on a set of jobs, and what still has to end before it may be told.
struct SetWork {
    SetOutcome outcome;
    QList<QFuture<void>> pending;

    /// Saved or not: a failure is told of by itself.
    void await(const QFuture<StoreResult<>> &save) { pending.append(QFuture<void>(save)); }
};

/// The only thing that changes a job. Commands come from the service and are carried out by the
/// parts: the life of a job, its files under way, its end. All of them go through the transition
/// table; what changed is saved, and announced after that. Lives on the engine's thread. A command
/// that is refused has changed nothing.
class JobManager final : public QObject,
                         private JobLife::Mediator,
                         private FileRunner::Mediator,
                         private JobFinisher::Mediator {
public:
    struct World {
        Clock *clock = nullptr;
        StoreThread *store = nullptr;
        TransferWorld transfer;
        TransferLimits limits;
        QString stateFolder;            ///< by which parts tell whose they are
        std::function<double()> random; ///< in [0, 1): jitter
        RunPolicy run = RunPolicy::Everything;
        NetworkOutage::IsThisComputer isThisComputer = isLoopbackHost;
        bool hasKeyring = false; ///< jobs whose secrets are in there wait for takeSecrets()
    };

    JobManager(const World &world, JobListener *listener);

    /// Takes up the jobs as they were left; those that were under way go on, if the policy lets
    /// them.
    void load(StoredState state);
    /// What of the job was kept in the keyring, or that it will not come: the job goes on, from a
    /// question for a login too if that is what came.
    void takeSecrets(JobId id, const std::optional<JobSecrets> &secrets);
    /// Nothing of the job is in the keyring any more.
    void secretsGone(JobId id);
    /// As if the policy had been so from the beginning.
    void runEverything(const std::optional<ClientEnvironment> &environment);
    /// Stops all attempts and waits for what is being completed; ready when nothing runs any more.
    [[nodiscard]] QCoro::Task<> shutdown();
    /// Whether the list on the disk says all that is true of the jobs.
    [[nodiscard]] bool isSaved() const;

    /// What becomes of a new job.
    enum class Beginning {
        Later,  ///< it is Suspended
        AtOnce, ///< it is resumed, and taken off the list again where that is refused
    };
    [[nodiscard]] QFuture<Answer<JobId>> add(const JobSpec &spec, Beginning beginning);
    /// A job of one file that goes on with a part which no job has. What there is of it is claimed
    /// and, as there is nothing that vouches for it, compared with what the server sends.
    [[nodiscard]] QFuture<Answer<JobId>> adopt(const JobSpec &spec, const FoundPart &found);
    [[nodiscard]] QFuture<Answer<void>> addFiles(JobId id, const QList<FileSpec> &files);
    [[nodiscard]] SetWork suspend(const JobIds &ids);
    /// Of what failed, all but the files left is tried again; these keep their error, and the job
    /// asks about them once nothing else of it can run.
    [[nodiscard]] SetWork resume(const JobIds &ids, const Fixes &fixes,
                                 const std::optional<ClientEnvironment> &environment,
                                 const QList<FileId> &left = {});
    /// What resume() would meet with these repairs: in this file, or in the one they are for.
    /// Changes nothing.
    [[nodiscard]] QFuture<Answer<CheckReport>>
    check(JobId id, const Fixes &fixes, std::optional<int> fileIndex,
          const std::optional<ClientEnvironment> &environment);
    [[nodiscard]] SetWork change(const JobIds &ids, const JobChange &change);
    [[nodiscard]] SetWork cancel(const JobIds &ids);
    /// Takes final jobs off the list.
    [[nodiscard]] SetWork remove(const JobIds &ids);
    [[nodiscard]] Answer<QFuture<Completion>> complete(JobId id, PartialFiles partial);
    [[nodiscard]] QFuture<Answer<void>> setSettings(const Settings &settings);
    /// The one of them that is changed most; 0 for none.
    [[nodiscard]] QFuture<Answer<void>> limitAll(qint64 bytesPerSecond);
    /// What the system says of the network. When it goes, what is under way and needs it waits;
    /// when it comes back, all that waits is tried at once.
    void setConnectivity(Connectivity connectivity) { m_runner.setConnectivity(connectivity); }
    /// What there is to tell of the job, if there is anything, was accepted by these.
    void acceptNotice(JobId id, bool Untold::*by);

    /// How many jobs it may run and has not come to rest with.
    [[nodiscard]] int jobsUnderWay() const;
    /// Bytes move, or will in a moment.
    [[nodiscard]] bool isTransferring() const;

    [[nodiscard]] const JobQueries &queries() const { return m_queries; }

private:
    [[nodiscard]] std::optional<Refusal> refusalOf(JobId id, JobEvent command) const;
    [[nodiscard]] std::optional<Refusal> refusalOf(JobId id, const JobChange &change) const;
    void chooseFiles(JobId id, const QList<FileChange> &changes);
    void completeAnew(JobId id);
    /// Carries a command out on each job that takes it; what it returns is a refusal after all.
    template <typename Command>
    [[nodiscard]] SetWork onEach(const JobIds &ids, JobEvent event, Command command);
    [[nodiscard]] QFuture<Answer<JobId>> keep(JobRecord record, const JobSpec &spec,
                                              Beginning beginning);
    [[nodiscard]] Answer<JobId> begun(JobId id, Beginning beginning);
    void takeUp(JobId id);
    void recallHosts();
    void takeUpAll(const JobIds &ids);
    void setEnvironment(JobId id, const std::optional<ClientEnvironment> &environment);
    [[nodiscard]] std::optional<Refusal> resumeOne(JobId id, const Fixes &fixes,
                                                   const QList<FileId> &left);
    [[nodiscard]] Answer<JobId> unmake(JobId id, const Refusal &refusal);
    void onRoom(JobId id);

    void entered(const JobRecord &job) override;
    [[nodiscard]] bool isBusy(JobId id) const override { return m_finisher.isBusy(id); }
    void proven(FileId file) override { m_finisher.proven(file); }
    void transferred(JobId id) override;
    [[nodiscard]] QFuture<void> halt(JobId id) override;
    void finished(JobId id) override;

    Clock *m_clock;
    TransferWorld m_transfer;
    TransferLimits m_limits;
    JobListener *m_listener;
    bool m_hasKeyring;
    RunScope m_scope;
    JobRecords m_records;
    JobLife m_life;
    FileRunner m_runner;
    JobFinisher m_finisher;
    SpaceWatch m_space;
    Checks m_checks;
    AbandonedUploads m_abandoned;
    JobQueries m_queries;
};

} // namespace core
