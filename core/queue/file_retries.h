// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/http/origin.h"
#include "core/queue/job_life.h"
#include "core/queue/job_pace.h"
#include "core/queue/retry_policy.h"
#include "core/queue/retry_timers.h"
#include "core/remedy/fix.h"

namespace core {

/// What becomes of a file whose attempt failed: it waits and is tried again, or it has failed for
/// good; and what that means for its job. All functions are for jobs that are there.
class FileRetries {
public:
    class Mediator {
    public:
        /// In [0, 1): jitter.
        [[nodiscard]] virtual double random() = 0;
        /// There is a file to be tried again.
        virtual void retryDue(JobId id) = 0;
        /// The job needs a person at once, whatever else of it is under way.
        virtual void gaveUp(JobId job) = 0;

    protected:
        ~Mediator() = default;
    };

    FileRetries(JobRecords *records, JobLife *life, JobPace *pace, Clock *clock,
                Mediator *mediator);

    /// Of a job that is under way.
    void failed(FileId file, JobError error);
    /// No more of the job can run: it waits for its next retry, or needs a person.
    void settle(JobId id);
    /// Other files of the job are wanted than before: it waits, or asks, for those of them that
    /// have failed, and goes on where none has.
    void filesChosen(JobId id);
    /// Sets the timers of a job as it was stored.
    void takeUp(const JobRecord &job);
    /// Whatever its files wait for, now is a good time to try.
    void tryNow(JobId id, JobEvent why);
    /// Nothing of the job is tried again by itself.
    void cancel(JobId id);
    /// A person took care: what went wrong before does not count any more.
    void forgive(JobId id);
    /// These repairs are made, none means to try again: if the same stops a file again, they were
    /// in vain. Not so the files left.
    void repaired(const JobRecord &job, const Fixes &fixes, const QList<FileId> &left);

    /// The address of the file is https because nobody said; http is tried where that is not to be
    /// had. Forgotten when the program ends.
    void findScheme(FileId file) { m_guessed.insert(file); }

    /// Whether the server of the file asks something for another file of the job: until that is
    /// answered, no more is begun of what comes from there.
    [[nodiscard]] bool isHeld(const JobRecord &job, int file) const
    {
        const auto held = m_held.find(job.id);
        return held != m_held.end() && held->second.contains(originOf(job.files.at(file).spec.url));
    }

    /// The file whose time comes next.
    [[nodiscard]] std::optional<FileId> next(JobId id) const { return m_timers.earliestFile(id); }

private:
    /// What stopped a file before, and what was done about it; not worth remembering for long.
    struct Repaired {
        Cause cause = Cause::Internal;
        QStringList fixes;
        qint64 bytesHeld = 0; ///< of the file then
    };

    void delay(FileId file, const JobError &error, std::chrono::milliseconds delay);
    void askAgainForNetwork(const JobError &page);
    void explain(FileId file, JobError *error) const;
    void remember(FileId id, const FileRecord &file, FixKind kind);
    [[nodiscard]] QString hostLike(const QString &host) const;
    void giveUp(FileId file, const JobError &error, GiveUp why);
    [[nodiscard]] bool isOfOneServer(FileId file, const JobError &error);
    void failJob(JobId id);
    void askAnew(JobId id);
    /// Whether the file is to be asked for unencrypted now.
    [[nodiscard]] bool isOtherSchemeTried(FileId file, const JobError &error);
    void onDue(FileId file);

    JobRecords *m_records;
    JobLife *m_life;
    JobPace *m_pace;
    Clock *m_clock;
    Mediator *m_mediator;
    RetryTimers m_timers;
    std::map<FileId, Repaired> m_repaired;
    std::map<JobId, QSet<Origin>> m_held; ///< servers that ask something
    std::set<FileId> m_guessed;           ///< https, for want of a scheme
    std::set<FileId> m_outOfTime;         ///< given up because nothing moved for too long
};

} // namespace core
