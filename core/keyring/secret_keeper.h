// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/job/job_id.h"
#include "core/keyring/job_secrets.h"
#include "core/keyring/keyring.h"
#include "core/system/clock.h"

#include <chrono>
#include <map>
#include <optional>

namespace core {

/// Sees to it that the keyring has of each job what is to be kept of it, and nothing of a job that
/// has ended; and gives back at the beginning what is there. One entry a job, named after it and
/// the state folder. What the keyring refuses is said once, and done as soon as it opens. Lives on
/// the engine's thread.
class SecretKeeper final : public QObject {
public:
    /// So long jobs wait for what the keyring has of them; then they go on without.
    static constexpr std::chrono::seconds kPatience{5};

    class Mediator {
    public:
        /// What the keyring has of this job, once for each that awaits it and again if it comes
        /// late; nothing: not in time, or not at all.
        virtual void secretsCame(JobId job, const std::optional<JobSecrets> &secrets) = 0;
        /// The keyring has nothing of this job any more.
        virtual void secretsGone(JobId job) = 0;
        virtual void secretsNotRead(KeyringState why, const JobIds &jobs) = 0;
        virtual void secretsNotKept(KeyringState why, JobId job) = 0;

    protected:
        ~Mediator() = default;
    };

    SecretKeeper(Keyring *keyring, Clock *clock, QString stateFolder, Mediator *mediator);

    /// Begins to read what is there of these jobs, as they were stored; of those that have ended it
    /// is removed, as of those that are not on the list any more.
    void begin(const QList<JobRecord> &jobs, const JobIds &removed);
    /// This is to be kept of the job from now on; what is empty is removed.
    void keep(JobId job, const JobSecrets &secrets);

private:
    struct Entry {
        JobSecrets wanted;
        std::optional<JobSecrets> there;   ///< in the keyring; absent: not read yet
        std::optional<JobSecrets> refused; ///< it would not do this
        bool isBusy = false;
    };
    using Found = KeyringAnswer<std::optional<QString>>;

    [[nodiscard]] QString keyOf(JobId job) const;
    void read(JobId job);
    void wasRead(JobId job, const Found &found);
    void step(JobId job);
    void wasDone(JobId job, const JobSecrets &secrets, const KeyringAnswer<> &done);
    void noLonger(JobId job);
    void stopWaiting();
    void tryAgain();

    Keyring *m_keyring;
    QString m_stateFolder;
    Mediator *m_mediator;
    Alarm m_alarm;
    std::map<JobId, Entry> m_entries;
    JobIds m_awaited; ///< those that wait for what is read
    JobIds m_unread;  ///< of those that waited, what the keyring would not give
    KeyringState m_why = KeyringState::Missing;
};

} // namespace core
