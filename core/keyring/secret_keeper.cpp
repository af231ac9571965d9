// SPDX-License-Identifier: Apache-2.0
#include "core/keyring/secret_keeper.h"

#include "core/system/when_ready.h"

#include <utility>

namespace core {

SecretKeeper::SecretKeeper(Keyring *keyring, Clock *clock, QString stateFolder, Mediator *mediator)
    : m_keyring(keyring)
    , m_stateFolder(std::move(stateFolder))
    , m_mediator(mediator)
    , m_alarm(clock)
{
    connect(keyring, &Keyring::opened, this, &SecretKeeper::tryAgain);
}

QString SecretKeeper::keyOf(JobId job) const
{
    return QStringLiteral("%1#%2").arg(m_stateFolder).arg(job.value);
}

void SecretKeeper::begin(const QList<JobRecord> &jobs, const JobIds &removed)
{
    for (const JobId job : removed) {
        m_entries[job] = {};
        step(job);
    }
    for (const JobRecord &job : jobs) {
        if (!job.options.keepSecrets) {
            continue;
        }
        Entry &entry = m_entries[job.id];
        if (isFinal(job.state)) {
            step(job.id);
        } else {
            // What is to be kept is known once it was read.
            entry.wanted = {.createdAt = job.createdAt};
            m_awaited.append(job.id);
            read(job.id);
        }
    }
    if (!m_awaited.isEmpty()) {
        m_alarm.setIn(kPatience, [this] { stopWaiting(); });
    }
}

void SecretKeeper::read(JobId job)
{
    m_entries.at(job).isBusy = true;
    whenReady(m_keyring->read(keyOf(job)), this,
              [this, job](const Found &found) { wasRead(job, found); });
}

void SecretKeeper::wasRead(JobId job, const Found &found)
{
    Entry &entry = m_entries.at(job);
    entry.isBusy = false;
    std::optional<JobSecrets> secrets;
    if (found) {
        secrets = found->has_value() ? parseJobSecrets(**found) : std::nullopt;
        if (secrets && secrets->createdAt != entry.wanted.createdAt) {
            secrets.reset(); // of another job of this number, in a list of before
        }
        entry.there = secrets.value_or(JobSecrets{.createdAt = entry.wanted.createdAt});
    } else {
        m_why = found.error();
    }
    const bool wasAwaited = m_awaited.removeAll(job) > 0;
    if (wasAwaited && !found) {
        m_unread.append(job);
    }
    if (wasAwaited || secrets) {
        m_mediator->secretsCame(job, secrets);
    }
    if (wasAwaited && m_awaited.isEmpty()) {
        stopWaiting();
    }
    step(job);
}

/// Those that wait go on without.
void SecretKeeper::stopWaiting()
{
    m_alarm.cancel();
    m_unread += m_awaited;
    for (const JobId job : std::exchange(m_awaited, {})) {
        m_mediator->secretsCame(job, std::nullopt);
    }
    if (const JobIds unread = std::exchange(m_unread, {}); !unread.isEmpty()) {
        m_mediator->secretsNotRead(m_why, unread);
    }
}

void SecretKeeper::keep(JobId job, const JobSecrets &secrets)
{
    const auto known = m_entries.find(job);
    if (known == m_entries.end() && !hasAny(secrets)) {
        return;
    }
    const bool isNew = known == m_entries.end();
    Entry &entry = m_entries[job];
    if (isNew) {
        entry.there = JobSecrets{.createdAt = secrets.createdAt};
    }
    if (entry.wanted != secrets) {
        entry.wanted = secrets;
        step(job);
    }
}

/// Does the next thing that is to be done, if nothing is under way.
void SecretKeeper::step(JobId job)
{
    const auto known = m_entries.find(job);
    if (known == m_entries.end()) {
        return;
    }
    Entry &entry = known->second;
    const bool hasEnded = !entry.wanted.createdAt.isValid();
    const bool isUnread = !entry.there && !hasAny(entry.wanted) && !hasEnded;
    const bool isSo = entry.there && *entry.there == entry.wanted;
    if (entry.isBusy || isUnread || isSo || entry.refused == entry.wanted) {
        return;
    }
    if (entry.there && !hasAny(*entry.there) && !hasAny(entry.wanted)) {
        noLonger(job);
        return;
    }
    entry.isBusy = true;
    const JobSecrets now = entry.wanted;
    whenReady(hasAny(now) ? m_keyring->write(keyOf(job), text(now)) : m_keyring->remove(keyOf(job)),
              this, [this, job, now](const KeyringAnswer<> &done) { wasDone(job, now, done); });
}

void SecretKeeper::wasDone(JobId job, const JobSecrets &secrets, const KeyringAnswer<> &done)
{
    Entry &entry = m_entries.at(job);
    entry.isBusy = false;
    if (done) {
        entry.there = secrets;
        entry.refused.reset();
    } else {
        entry.refused = secrets;
        if (hasAny(secrets)) {
            m_mediator->secretsNotKept(done.error(), job);
        }
    }
    if (done && !secrets.createdAt.isValid() && entry.wanted == secrets) {
        noLonger(job);
    } else {
        step(job);
    }
}

void SecretKeeper::noLonger(JobId job)
{
    m_entries.erase(job);
    m_mediator->secretsGone(job);
}

void SecretKeeper::tryAgain()
{
    JobIds jobs;
    for (auto &[job, entry] : m_entries) {
        entry.refused.reset();
        jobs.append(job);
    }
    for (const JobId job : std::as_const(jobs)) {
        const Entry &entry = m_entries.at(job);
        const bool isUnread = !entry.there && !hasAny(entry.wanted) &&
                              entry.wanted.createdAt.isValid() && !entry.isBusy;
        if (isUnread) {
            read(job);
        } else {
            step(job);
        }
    }
}

} // namespace core
