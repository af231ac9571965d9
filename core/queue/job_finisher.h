// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/queue/completion.h"
#include "core/queue/job_life.h"

#include <QCoroTask>
#include <QPromise>

#include <map>
#include <memory>
#include <vector>

namespace core {

/// Completes jobs, and clears away what cancelled ones leave. Meanwhile such a job is busy: it is
/// neither run nor removed, and takes no command.
class JobFinisher final : public QObject {
public:
    class Mediator {
    public:
        /// Nothing of the job is begun any more; ready when nothing of it is under way either.
        [[nodiscard]] virtual QFuture<void> halt(JobId id) = 0;
        /// The job is not busy any more.
        virtual void finished(JobId id) = 0;

    protected:
        ~Mediator() = default;
    };

    JobFinisher(JobRecords *records, JobLife *life, Volumes *volumes, Mediator *mediator);

    /// Publishes what is whole. What is about to be done is in the list before it is done, so that
    /// a program that was killed knows its own files again. Ready when all is saved.
    QFuture<Completion> complete(JobId id, PartialFiles partial, Decider by);
    /// Ends the publishing of the job after the file it is at; what is left is published when the
    /// job is completed again. Ready when it has ended, and all is saved; nothing when none is
    /// under way.
    [[nodiscard]] std::optional<QFuture<void>> breakOff(JobId id);
    /// The program ends: breaks off whatever is being published, or read for long before that.
    void close();
    /// Removes what a job that has ended does not need any more, once the list says so: all parts
    /// of one that is cancelled, those given up of one that is complete. Those of a cancelled one
    /// go also when the list cannot be saved.
    QFuture<void> discard(JobId id);

    /// The whole file was checked against the checksum that a person gave for it, if one did.
    void proven(FileId file);
    void forget(JobId id);

    [[nodiscard]] bool isPublishing(JobId id) const { return m_publishing.contains(id); }
    [[nodiscard]] bool isBusy(JobId id) const { return m_busy.contains(id); }
    /// Ready when no job is busy.
    [[nodiscard]] QFuture<void> idle();

private:
    void keepBesideWhatIsThere(JobId id);
    [[nodiscard]] QCoro::Task<Completion> carryOutComplete(JobId id, PartialFiles partial,
                                                           Decider by);
    [[nodiscard]] QCoro::Task<bool> carryOutDiscard(JobId id);
    [[nodiscard]] CompletionEvents eventsOf(JobId id);
    [[nodiscard]] PartRecords recordsOf(FileId file);
    [[nodiscard]] CompletionOrder orderOf(JobId id) const;
    [[nodiscard]] bool isProven(FileId file) const;
    void closeUploads(JobId id);
    void takeDamage(JobId id, CompletionReport *report, Decider by);
    void settle(JobId id, const CompletionReport &report, PartialFiles partial);
    void noteNumber(FileId file, const QString &published);
    void giveUpParts(JobId id, PartialFiles partial);
    [[nodiscard]] QCoro::Task<> removeParts(JobId id);
    void forgetParts(JobId id, const QList<PartIdentity> &left);
    void end(JobId id);

    struct Publishing {
        std::stop_source stop;
        std::vector<std::shared_ptr<QPromise<void>>> awaitingEnd;
    };

    JobRecords *m_records;
    JobLife *m_life;
    Volumes *m_volumes;
    Mediator *m_mediator;
    QSet<JobId> m_busy;
    std::map<JobId, Publishing> m_publishing;
    std::map<FileId, ExpectedHash> m_proven; ///< a checksum may be given when a file is whole
    std::vector<std::shared_ptr<QPromise<void>>> m_awaitingIdle;
};

} // namespace core
