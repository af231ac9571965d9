// SPDX-License-Identifier: Apache-2.0
#include "core/queue/file_retries.h"

#include "core/http/origin.h"
#include "core/queue/file_names.h"
#include "core/queue/job_orders.h"
#include "core/queue/network_outage.h"
#include "core/queue/timeline_entries.h"
#include "core/remedy/catalogue.h"
#include "core/remedy/reason.h"
#include "core/transfer/exchange/answer_history.h"
#include "core/transfer/exchange/proxy_rules.h"

#include <algorithm>
#include <array>

namespace core {

namespace {

constexpr auto becomePending = [](FileRecord &file) {
    file.state = FileState::Pending;
    file.due.reset();
};

bool isAnswered(const FileRecord &file)
{
    return file.sizeBytes || !file.validator.isEmpty();
}

/// What has to work for the file: its server, or the proxy where the error is about that.
QString whatIsNeeded(const JobRecord &job, const FileRecord &file, Cause cause)
{
    const QUrl &url = file.spec.url;
    return cause == Cause::ProxyUnreachable
               ? proxyFor(url, job.options).toString(QUrl::RemoveUserInfo)
               : text(originOf(url));
}

/// Whether it has brought something in this job, for this file or for another one.
bool hasWorked(const JobRecord &job, const FileRecord &failed, Cause cause)
{
    const QString needed = whatIsNeeded(job, failed, cause);
    return isAnswered(failed) || std::ranges::any_of(job.files, [&](const FileRecord &file) {
               return isAnswered(file) && whatIsNeeded(job, file, cause) == needed;
           });
}

} // namespace

FileRetries::FileRetries(JobRecords *records, JobLife *life, JobPace *pace, Clock *clock,
                         Mediator *mediator)
    : m_records(records)
    , m_life(life)
    , m_pace(pace)
    , m_clock(clock)
    , m_mediator(mediator)
    , m_timers(clock, [this](FileId file) { onDue(file); })
{
}

bool FileRetries::isOtherSchemeTried(FileId file, const JobError &error)
{
    static constexpr std::array kNoTls{Cause::ConnectionRefused, Cause::ConnectionLost,
                                       Cause::ServerSilent, Cause::NotHttp, Cause::HandshakeFailed};
    const FileRecord &record = m_records->find(file.job)->files.at(file.index);
    const bool isNoTls = error.httpStatus == 0 && !isAnswered(record) &&
                         std::ranges::find(kNoTls, error.cause) != kNoTls.end();
    if (m_guessed.erase(file) == 0 || !isNoTls) {
        return false;
    }
    m_records->changeFile(file, [](FileRecord &changed) {
        changed.spec.url.setScheme(QStringLiteral("http"));
        changed.state = FileState::Pending;
    });
    m_life->note(file.job,
                 happening::Noted{.note = Note::Unencrypted, .fileName = displayName(record)},
                 file.index);
    return true;
}

void FileRetries::failed(FileId file, JobError error)
{
    if (isOtherSchemeTried(file, error)) {
        return;
    }
    const JobRecord &job = *m_records->find(file.job);
    const FileRecord &record = job.files.at(file.index);
    error = withProgress(error, m_records->totals(file.job).progress());
    noteAside(record, &error);
    m_pace->troubled(file.job);
    if (!isOfThisComputersNetwork(error.cause)) {
        m_records->change(file.job, [](JobRecord &row) { ++row.errorCount; });
    }
    const auto retry = retryDelay({
        .error = error,
        .failures = record.failures + 1,
        .hasWorked = hasWorked(job, record, error.cause),
        .troubleFor = m_pace->troubleFor(file.job),
        .minDelay = job.options.minRetryDelay,
        .noProgressTimeout = job.options.noProgressTimeout,
        .jitter = m_mediator->random(),
    });
    if (!retry) {
        explain(file, &error);
    }
    m_life->note(file.job,
                 timeline_entry::failed(error, retry ? std::optional(*retry) : std::nullopt),
                 file.index);
    if (error.cause == Cause::NetworkSignIn) {
        askAgainForNetwork(error);
    }
    if (retry) {
        delay(file, error, *retry);
    } else {
        giveUp(file, error, retry.error());
    }
}

/// Jobs that took the page of the network for one of their servers wait for it as well.
void FileRetries::askAgainForNetwork(const JobError &page)
{
    JobIds misled;
    for (const auto &[id, job] : m_records->jobs()) {
        const bool isMisled = job.state == JobState::Error && job.error &&
                              job.error->cause == Cause::WebPageInstead &&
                              !page.pageTitle.isEmpty() && job.error->pageTitle == page.pageTitle &&
                              job.error->time.addDuration(AnswerHistory::kShortWhile) > page.time;
        if (isMisled) {
            misled.append(id);
        }
    }
    for (const JobId id : misled) {
        m_life->goOn(id);
        static_cast<void>(m_records->commit(id));
    }
}

void FileRetries::delay(FileId file, const JobError &error, std::chrono::milliseconds delay)
{
    const Due due{m_clock->utcNow().addMSecs(delay.count()), delay};
    m_records->changeFile(file, [&](FileRecord &record) {
        record.state = FileState::Waiting;
        record.error = error;
        record.due = due;
        ++record.failures;
    });
    m_timers.set(file, m_clock->now() + delay);
}

/// A server of the list that has answered, and whose name is spelt nearly so.
QString FileRetries::hostLike(const QString &host) const
{
    for (const auto &[id, job] : m_records->jobs()) {
        const auto like = std::ranges::find_if(job.files, [&host](const FileRecord &file) {
            return isAnswered(file) && isSpeltNearlyAs(host, file.spec.url.host());
        });
        if (like != job.files.end()) {
            return like->spec.url.host();
        }
    }
    return {};
}

void FileRetries::giveUp(FileId file, const JobError &error, GiveUp why)
{
    const auto made = m_repaired.find(file);
    if (made != m_repaired.end() && made->second.cause != error.cause) {
        m_repaired.erase(made); // it has got past what was repaired
    }
    m_records->changeFile(file, [&error](FileRecord &record) {
        record.state = FileState::Failed;
        record.error = error;
        ++record.failures;
    });
    if (why == GiveUp::NoProgress) {
        m_outOfTime.insert(file);
    }
    const Scope scope = catalogueRow(error.cause).scope;
    const bool stopsJob = scope == Scope::Job ||
                          (scope == Scope::Server && isOfOneServer(file, error)) ||
                          m_records->find(file.job)->options.firstError == FirstError::StopJob;
    if (stopsJob) {
        failJob(file.job);
        m_mediator->gaveUp(file.job);
    }
}

/// Holds what else would come from the server; whether nothing comes from elsewhere.
bool FileRetries::isOfOneServer(FileId file, const JobError &error)
{
    const JobRecord &job = *m_records->find(file.job);
    QSet<Origin> &held = m_held[file.job];
    held += {originOf(job.files.at(file.index).spec.url), originOf(error.url)};
    return std::ranges::none_of(job.files, [&held](const FileRecord &other) {
        return isUnderWay(other.state) && !held.contains(originOf(other.spec.url));
    });
}

void FileRetries::settle(JobId id)
{
    if (m_records->totals(id).count(FileState::Waiting) == 0) {
        failJob(id);
        return;
    }
    const auto file = next(id);
    m_life->fail(id, JobEvent::FailForNow,
                 file ? m_records->find(id)->files.at(file->index).error : std::nullopt);
}

/// Into Error, with the error of the first file that failed.
void FileRetries::failJob(JobId id)
{
    m_held.erase(id); // whatever takes it out of Error, all of it is tried
    const JobRecord &job = *m_records->find(id);
    const auto file = std::ranges::find(job.files, FileState::Failed, &FileRecord::state);
    const bool isOutOfTime = m_outOfTime.contains({id, int(file - job.files.begin())});
    if (isOutOfTime && job.state != JobState::TransientError) {
        m_life->fail(id, JobEvent::FailForNow, file->error); // the wait that was too long
    }
    m_life->fail(id, isOutOfTime ? JobEvent::NoProgressExpired : JobEvent::FailForGood,
                 file->error);
}

void FileRetries::filesChosen(JobId id)
{
    const JobRecord &job = *m_records->find(id);
    for (int i = 0; i < int(job.files.size()); ++i) {
        if (job.files.at(i).state == FileState::Unwanted) {
            m_timers.cancel(FileId{id, i});
        }
    }
    m_held.erase(id); // what asked may be left out
    const JobTotals &totals = m_records->totals(id);
    if (job.state == JobState::Error) {
        askAnew(id);
    } else if (job.state == JobState::TransientError) {
        if (!totals.pending().empty() || totals.count(FileState::Waiting) == 0) {
            m_life->transition(id, JobEvent::Resume);
        } else if (const auto file = next(id)) {
            m_records->change(
                id, [&file](JobRecord &row) { row.error = row.files.at(file->index).error; });
        }
    }
}

/// What is asked about may be left out, or be all that was.
void FileRetries::askAnew(JobId id)
{
    const JobRecord &job = *m_records->find(id);
    const auto failed = std::ranges::find(job.files, FileState::Failed, &FileRecord::state);
    if (failed == job.files.end()) {
        m_life->goOn(id);
        return;
    }
    const auto asked = job.error ? job.error->fileIndex : -1;
    const bool isAsked =
        asked >= 0 && asked < job.files.size() && job.files.at(asked).state == FileState::Unwanted;
    if (isAsked) {
        m_life->ask(id, *failed->error);
    }
}

void FileRetries::takeUp(const JobRecord &job)
{
    for (int i = 0; i < int(job.files.size()); ++i) {
        const FileRecord &file = job.files.at(i);
        if (file.state == FileState::Waiting && file.due) {
            const std::chrono::milliseconds left(m_clock->utcNow().msecsTo(file.due->at));
            m_timers.set({job.id, i}, m_clock->now() + left);
        }
    }
}

void FileRetries::tryNow(JobId id, JobEvent why)
{
    m_timers.cancel(id);
    const JobRecord &job = *m_records->find(id);
    for (int i = 0; i < int(job.files.size()); ++i) {
        if (job.files.at(i).state == FileState::Waiting) {
            m_records->changeFile({id, i}, becomePending);
        }
    }
    if (job.state == JobState::TransientError) {
        m_life->transition(id, why);
    }
}

void FileRetries::onDue(FileId file)
{
    const JobRecord *job = m_records->find(file.job);
    if (job == nullptr || job->files.at(file.index).state != FileState::Waiting) {
        return;
    }
    m_records->changeFile(file, becomePending);
    if (job->state == JobState::TransientError) {
        m_life->transition(file.job, JobEvent::RetryDue);
    }
    static_cast<void>(m_records->commit(file.job));
    m_mediator->retryDue(file.job);
}

void FileRetries::cancel(JobId id)
{
    m_timers.cancel(id);
}

void FileRetries::forgive(JobId id)
{
    m_timers.cancel(id);
    m_held.erase(id);
    m_pace->relieved(id);
    std::erase_if(m_outOfTime, [id](FileId file) { return file.job == id; });
}

} // namespace core
