// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/job/refusal.h"
#include "core/keyring/job_secrets.h"
#include "core/queue/file_runner.h"
#include "core/queue/waiting_files.h"

namespace core {

/// What can be asked of the jobs: values as they are at this moment. Changes nothing.
class JobQueries {
public:
    JobQueries(const JobRecords *records, const FileRunner *runner, StoreThread *store)
        : m_records(records)
        , m_runner(runner)
        , m_store(store)
    {
    }

    [[nodiscard]] const Settings &settings() const { return m_records->settings(); }
    [[nodiscard]] WaitingFiles waitingFiles() const { return WaitingFiles(*m_records); }
    /// Whether a job has this very file, as its part or as one that it superseded.
    [[nodiscard]] bool hasPart(const PartIdentity &part) const;
    /// The folders of all jobs and the default one, each once.
    [[nodiscard]] QStringList folders() const;
    [[nodiscard]] JobIds ids() const { return m_records->ids(); }
    [[nodiscard]] std::optional<JobSnapshot> snapshot(JobId id) const;
    [[nodiscard]] std::optional<int> fileCount(JobId id) const;
    /// Those that there are of the files from number `first` on.
    [[nodiscard]] QList<FileSnapshot> files(JobId id, int first, int count) const;
    /// The indexes of the files in this state, rising.
    [[nodiscard]] QList<int> filesIn(JobId id, FileState state) const;
    /// What of the job belongs into the keyring; nothing of one that is not there.
    [[nodiscard]] JobSecrets secretsToKeep(JobId id) const;
    /// What happened to a job; from the store, since none of it is kept in memory.
    [[nodiscard]] QFuture<Answer<TimelinePage>> timeline(JobId id, int first, int count) const;

private:
    const JobRecords *m_records;
    const FileRunner *m_runner;
    StoreThread *m_store;
};

} // namespace core
