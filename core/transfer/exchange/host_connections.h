// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/http/origin.h"
#include "core/job/job_id.h"

#include <QHash>

#include <numeric>
#include <optional>
#include <utility>

namespace core {

/// How many connections files have to each host, by the origin of their links, and how many it was
/// seen to bear; and how many each job has. Lives on the engine's thread and as long as the engine:
/// what a host refused once is not asked of it again.
class HostConnections {
public:
    enum class Rank {
        First,   ///< of its file
        Further, ///< beside the first one: it can be done without
    };

    /// One connection, as long as this lives.
    class Use {
    public:
        Use(HostConnections *hosts, Origin host, JobId job, Rank rank)
            : m_hosts(hosts)
            , m_host(std::move(host))
            , m_job(job)
            , m_rank(rank)
        {
            ++m_hosts->m_open[m_host];
            ++m_hosts->m_ofJob[m_job];
            if (m_rank == Rank::Further) {
                ++m_hosts->m_further[m_host];
            }
        }
        ~Use()
        {
            takeOne(&m_hosts->m_open, m_host);
            takeOne(&m_hosts->m_ofJob, m_job);
            if (m_rank == Rank::Further) {
                takeOne(&m_hosts->m_further, m_host);
            }
        }
        Use(const Use &) = delete;
        Use &operator=(const Use &) = delete;

    private:
        HostConnections *m_hosts;
        Origin m_host;
        JobId m_job;
        Rank m_rank;
    };

    /// One of them brings a file, as long as this lives.
    class Serving {
    public:
        Serving(HostConnections *hosts, Origin host)
            : m_hosts(hosts)
            , m_host(std::move(host))
        {
            ++m_hosts->m_serving[m_host];
        }
        ~Serving() { takeOne(&m_hosts->m_serving, m_host); }
        Serving(const Serving &) = delete;
        Serving &operator=(const Serving &) = delete;

    private:
        HostConnections *m_hosts;
        Origin m_host;
    };

    /// Whether one more is within what is wanted and what the host bears.
    [[nodiscard]] bool mayOpen(const Origin &host, int wanted) const;
    /// Whether something comes from there now.
    [[nodiscard]] bool isServing(const Origin &host) const { return m_serving.contains(host); }
    /// Whether some of those that are open can be done without.
    [[nodiscard]] bool hasFurther(const Origin &host) const { return m_further.contains(host); }
    /// So many more are open than the host bears.
    [[nodiscard]] int surplus(const Origin &host) const;
    /// How many there are, to all hosts.
    [[nodiscard]] int open() const { return std::accumulate(m_open.begin(), m_open.end(), 0); }
    /// How many the job has, to any host.
    [[nodiscard]] int openOf(JobId job) const { return m_ofJob.value(job); }
    /// How many the host bears at once; absent as long as it refused none.
    [[nodiscard]] std::optional<int> borneBy(const Origin &host) const;
    /// Another number whenever some host is seen to bear fewer.
    [[nodiscard]] quint64 changes() const { return m_changes; }
    /// So it was seen before this engine began.
    void recall(const Origin &host, int borne);
    /// The host did not serve one of those that are open: it bears fewer, at least one.
    void refused(const Origin &host);
    /// It did not serve the first connection of a file beside further ones of others: those are to
    /// leave a place for the file, and for the next one.
    void refusedFirst(const Origin &host);
    /// How many connections for each file a person asks for in the job; absent for as many as help.
    void ask(JobId job, std::optional<int> perFile);
    [[nodiscard]] std::optional<int> askedFor(JobId job) const;

private:
    template <typename Key>
    static void takeOne(QHash<Key, int> *counts, const Key &key)
    {
        if (--(*counts)[key] <= 0) {
            counts->remove(key);
        }
    }

    QHash<Origin, int> m_open;
    QHash<Origin, int> m_further;
    QHash<Origin, int> m_serving;
    QHash<JobId, int> m_ofJob;
    QHash<JobId, int> m_asked;
    QHash<Origin, int> m_borne; ///< at most; absent for a host that never refused one
    quint64 m_changes = 0;
};

} // namespace core
