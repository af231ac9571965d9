// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/queue/attempts.h"
#include "core/queue/file_retries.h"
#include "core/queue/job_snapshots.h"
#include "core/queue/network_outage.h"
#include "core/queue/scheduler.h"
#include "core/queue/turns.h"

namespace core {

/// The files under way: which are started, and what becomes of what their attempts tell. Nothing of
/// a job that is not there is touched.
class FileRunner final : public QObject,
                         private Attempts::Mediator,
                         private FileRetries::Mediator,
                         private NetworkOutage::Mediator {
public:
    class Mediator {
    public:
        /// It is being completed or cleared away: its files are not for us.
        [[nodiscard]] virtual bool isBusy(JobId id) const = 0;
        /// The file is whole, and right by all that is known of it.
        virtual void proven(FileId file) = 0;
        /// Every file of the job is whole.
        virtual void transferred(JobId id) = 0;

    protected:
        ~Mediator() = default;
    };
    struct World {
        Clock *clock = nullptr;
        TransferWorld transfer;
        TransferLimits limits;
        QString stateFolder;            ///< by which parts tell whose they are
        std::function<double()> random; ///< in [0, 1): jitter
        NetworkOutage::IsThisComputer isThisComputer;
    };

    FileRunner(World world, JobRecords *records, JobLife *life, const RunScope *scope,
               JobListener *listener, Mediator *mediator);

    /// Starts what may be started.
    void schedule();
    /// What the files of a job mean for it when nothing of it runs any more.
    void settle(JobId id);
    /// A job as it was stored goes on where it was.
    void takeUp(const JobRecord &job);
    /// Other files of the job are wanted than before.
    void filesChosen(JobId id);
    /// Its files have another order: what is to come first begins now, and of what is fetched the
    /// last makes way for it, unless it would have to begin anew.
    void takeInOrder(JobId id);
    /// Attempts are asked to end, and nothing is tried again by itself.
    void stop(JobId id) override;
    /// A person took care of the job: what went wrong before does not count any more.
    void forgive(JobId id);
    /// What a person made good before the job goes on.
    void repaired(const JobRecord &job, const Fixes &fixes, const QList<FileId> &left)
    {
        m_retries.repaired(job, fixes, left);
    }
    /// The scheme of its address is a guess.
    void findScheme(FileId file) { m_retries.findScheme(file); }
    /// What the system says of the network.
    void setConnectivity(Connectivity connectivity);
    /// The settings that concern the network may have changed.
    void reconsiderNetwork();
    /// Ends all attempts and starts no more.
    void close();
    /// Ready when no attempt of the job holds a frame any more; of all jobs for id 0.
    [[nodiscard]] QFuture<void> idle(JobId id) { return m_attempts.idle(id); }

    /// The options of the job are other ones: what holds at once does so.
    void changed(JobId id);
    /// The job has left the states in which it runs.
    void parked(JobId id) { m_pace.measureAnew(id); }
    void forget(JobId id);

    [[nodiscard]] LiveFigures live(const JobRecord &job) const;
    [[nodiscard]] std::optional<qint64> lastBytesPerSecond(JobId id) const
    {
        return m_pace.lastBytesPerSecond(id);
    }
    [[nodiscard]] qint64 bytesDone(FileId file) const { return m_attempts.bytesDone(file); }

private:
    [[nodiscard]] static bool isUnderWay(const JobRecord &job);
    [[nodiscard]] QList<Candidate> candidates() const;
    void setQueue(const JobIds &queue);
    void sparePaidNetwork();
    [[nodiscard]] bool mayYield(const JobRecord &job) const;
    [[nodiscard]] bool mayYield(const JobRecord &job, FileId id) const;
    void start(FileId file);
    void scheduleWhenSaved(JobId id);
    void takeReceipt(FileId file, const Receipt &receipt);
    void noteEnd(FileId file, const AttemptOutcome &outcome);
    void noteStart(FileId file);
    [[nodiscard]] qint64 bytesNotYetDurable(const JobRecord &job) const;
    void rememberServer(const JobRecord &job, const FileRecord &file);
    void countConnections(const JobRecord &job, const QList<FileId> &active,
                          LiveFigures *figures) const;

    // Attempts::Mediator
    [[nodiscard]] QString named(FileId file, const QString &proposed) override;
    void noted(FileId file, Note note) override;
    [[nodiscard]] QFuture<bool> identified(FileId file, const Identification &what) override;
    void arrived(FileId /*file*/) override { schedule(); }
    void received(FileId file) override;
    void compared(FileId file) override { m_listener->jobChanged(file.job); }
    void durable(FileId file, const RangeSet &ranges, const PartSeal &seal) override;
    void rechecked(FileId file, qint64 damagedBytes, qint64 missingBytes) override;
    [[nodiscard]] QFuture<bool> copied(FileId file, const PartIdentity &copy) override;
    [[nodiscard]] QFuture<bool> unpacked(FileId file, const UnpackedPart &what) override;
    void partLost(FileId file) override;
    [[nodiscard]] QFuture<bool> learned(FileId file, const UploadMark &mark,
                                        qint64 sizeBytes) override;
    void ended(FileId file, const AttemptOutcome &outcome) override;
    // FileRetries::Mediator
    [[nodiscard]] double random() override { return m_world.random(); }
    void retryDue(JobId id) override
    {
        schedule();
        settle(id); // nothing is begun of what its server asks about
    }
    void gaveUp(JobId id) override { stop(id); }
    // NetworkOutage::Mediator
    [[nodiscard]] QList<FileId> underWay(JobId id) const override { return m_attempts.filesOf(id); }
    [[nodiscard]] std::optional<FileId> nextRetry(JobId id) const override;
    void fail(FileId file, const JobError &error) override { m_retries.failed(file, error); }
    void tryNow(JobId id, JobEvent why) override { m_retries.tryNow(id, why); }

    World m_world;
    JobRecords *m_records;
    JobLife *m_life;
    const RunScope *m_scope;
    JobListener *m_listener;
    FileRunner::Mediator *m_mediator;
    JobPace m_pace;
    FileRetries m_retries;
    NetworkOutage m_outage;
    Attempts m_attempts;
    Turns m_turns;
    QSet<FileId> m_quiet;                ///< whose attempt the timeline does not tell of by itself
    QHash<FileId, Happening> m_unasked;  ///< starts to be told once more than a name is looked at
    QHash<JobId, quint64> m_bearingSeen; ///< HostConnections::changes() when it was looked at
    JobIds m_queue;                      ///< Schedule::queue as it was told last
    Alarm m_nextTurn;
    QSet<JobId> m_awaitingSaved; ///< with a part to be moved
    bool m_isClosing = false;
};

} // namespace core
