// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/queue/job_life.h"
#include "core/system/connectivity.h"
#include "core/transfer/attempt.h"

#include <QSet>

#include <functional>

namespace core {

/// What the computer itself has to say against using the network, whatever the server is like.
[[nodiscard]] constexpr bool isOfThisComputersNetwork(Cause cause)
{
    return cause == Cause::Offline || cause == Cause::Metered;
}

/// The network goes and comes back, or is one that costs money. The system's word that it is gone
/// stops what is under way and names the cause of what fails; it never keeps a try from being made,
/// since it may be wrong. A metered one is left alone by jobs in the background, where the settings
/// say so, unless a person had them go on since it became that.
class NetworkOutage {
public:
    class Mediator {
    public:
        /// Files of the job that are being fetched.
        [[nodiscard]] virtual QList<FileId> underWay(JobId job) const = 0;
        /// The file of the job that is tried again next.
        [[nodiscard]] virtual std::optional<FileId> nextRetry(JobId job) const = 0;
        virtual void stop(JobId job) = 0;
        virtual void fail(FileId file, const JobError &error) = 0;
        virtual void tryNow(JobId job, JobEvent why) = 0;

    protected:
        ~Mediator() = default;
    };
    /// Whether a host is reached without any network.
    using IsThisComputer = std::function<bool(const QString &host)>;

    NetworkOutage(const JobRecords *records, JobLife *life, const Clock *clock,
                  IsThisComputer isThisComputer, Mediator *mediator);

    /// What the system says; whether that is news.
    [[nodiscard]] bool become(Connectivity connectivity);
    /// A person wants the job to go on, whatever it costs.
    void allow(JobId id) { m_allowed.insert(id); }
    /// The network is there, and jobs wait for a cheaper one: some, or this one.
    [[nodiscard]] bool isDear() const;
    [[nodiscard]] bool isSpared(const JobRecord &job) const;
    /// Brings a job that is there in line with what the system and the settings say.
    void apply(JobId id);

    /// One of its files waits for the network; the others would fare no better.
    [[nodiscard]] bool isCutOff(JobId id) const;
    /// How an attempt ended, seen with what the system says. `wasCut`: nobody but this class can
    /// have stopped it.
    [[nodiscard]] AttemptOutcome explained(FileId file, const AttemptOutcome &outcome,
                                           bool wasCut) const;

private:
    /// Not to use the network just now.
    [[nodiscard]] bool isShut(const JobRecord &job) const;
    [[nodiscard]] bool needsNetwork(const JobRecord &job, int fileIndex) const;
    [[nodiscard]] Cause cause() const;
    [[nodiscard]] JobError errorOf(const JobRecord &job, int fileIndex) const;
    void cutOff(const JobRecord &job);
    void takeUp(const JobRecord &job);

    const JobRecords *m_records;
    JobLife *m_life;
    const Clock *m_clock;
    IsThisComputer m_isThisComputer;
    Mediator *m_mediator;
    Connectivity m_connectivity = Connectivity::Free;
    QSet<JobId> m_allowed; ///< since it is metered
};

} // namespace core
