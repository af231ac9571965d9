// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/queue/job_records.h"
#include "core/queue/run_scope.h"
#include "core/system/clock.h"

namespace core {

/// The life of a job: every step of it goes through the table, here, with what belongs to the new
/// state and with the entry in the timeline. Saving is left to the caller, who may have more to
/// change. All functions are for jobs that are there.
class JobLife final : public QObject {
public:
    /// What else follows from a state.
    class Mediator {
    public:
        virtual void entered(const JobRecord &job) = 0;

    protected:
        ~Mediator() = default;
    };

    JobLife(JobRecords *records, const RunScope *scope, const Clock *clock, JobListener *listener,
            Mediator *mediator);

    /// The table must have the event for the state of the job.
    void transition(JobId id, JobEvent event);
    /// What stood in its way is gone: it goes on without being told to.
    void goOn(JobId id);
    /// With what keeps it from going on, for now or for good.
    void fail(JobId id, JobEvent event, std::optional<JobError> error);
    /// What a job in Error asks is another thing now.
    void ask(JobId id, const JobError &error);
    /// Other files are wanted of the job: what is asked of it has other numbers.
    void recount(JobId id);
    /// Complete met something that stands in the way.
    void obstruct(JobId id, JobError obstacle);
    /// What was whole is not what it should be: nothing else of the job is asked first.
    void reject(JobId id, const QList<JobError> &files);
    /// Keeps the notice until it is accepted or void, and tells it once it is saved.
    void tell(JobId id);

    void note(JobId id, const Happening &what, std::optional<int> file = std::nullopt);
    /// A file of a job of very many was fetched in one go. Told with others like it, before
    /// whatever else is noted of the job, and when there are many or the first is from long ago.
    void gather(JobId id, qint64 bytes);
    /// Notes what is gathered.
    void noteGathered(JobId id);
    /// A command that is accepted and changes nothing is no news.
    void noteDecision(JobId id, JobEvent command, Decider by);

private:
    struct Gathered {
        happening::Fetched what;
        QDateTime since;
    };

    void enter(JobId id, JobState state, JobEvent event);

    JobRecords *m_records;
    const RunScope *m_scope;
    const Clock *m_clock;
    JobListener *m_listener;
    Mediator *m_mediator;
    QHash<JobId, Gathered> m_gathered;
};

} // namespace core
