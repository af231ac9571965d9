// SPDX-License-Identifier: Apache-2.0
#include "core/words/explain.h"

#include "core/job/question.h"
#include "core/words/error_words.h"

#include <QCoreApplication>

#include <algorithm>
#include <array>

namespace core {

namespace {

using namespace std::chrono_literals;

/// Why a job waits, without a full stop: more follows.
struct WaitingReason {
    Cause cause;
    const char *reason;
};

// clang-format off
constexpr std::array kWaitingReasons{
    WaitingReason{Cause::Offline,           QT_TRANSLATE_NOOP("explain", "No network")},
    WaitingReason{Cause::Metered,           QT_TRANSLATE_NOOP("explain", "This network is metered")},
    WaitingReason{Cause::NameNotFound,      QT_TRANSLATE_NOOP("explain", "{host} cannot be found")},
    WaitingReason{Cause::ConnectionRefused, QT_TRANSLATE_NOOP("explain", "{server} takes no connections")},
    WaitingReason{Cause::ConnectionLost,    QT_TRANSLATE_NOOP("explain", "Connection lost")},
    WaitingReason{Cause::ServerSilent,      QT_TRANSLATE_NOOP("explain", "{host} does not answer")},
    WaitingReason{Cause::ServerBusy,        QT_TRANSLATE_NOOP("explain", "{host} is busy")},
    WaitingReason{Cause::ServerFailed,      QT_TRANSLATE_NOOP("explain", "{host} has a problem")},
    WaitingReason{Cause::NetworkSignIn,     QT_TRANSLATE_NOOP("explain", "This network wants you to sign in")},
    WaitingReason{Cause::HandshakeFailed,   QT_TRANSLATE_NOOP("explain", "No secure connection to {host}")},
    WaitingReason{Cause::ProxyUnreachable,  QT_TRANSLATE_NOOP("explain", "The proxy {proxy} cannot be reached")},
    WaitingReason{Cause::ProxyFailed,       QT_TRANSLATE_NOOP("explain", "The proxy got no answer from {host}")},
};
// clang-format on

/// How long until the next try. A clock that was set back must not show years: never more than
/// the delay that was set.
std::chrono::seconds untilDue(const Due &due, const QDateTime &nowUtc)
{
    const std::chrono::milliseconds left(nowUtc.msecsTo(due.at));
    return std::chrono::ceil<std::chrono::seconds>(std::clamp(left, 0ms, std::max(due.delay, 0ms)));
}

QString waitingFor(const JobSnapshot &job, const QDateTime &nowUtc, const QString &reason)
{
    Fillings words{{QLatin1StringView("reason"), reason}};
    if (!job.due) {
        return said(QT_TRANSLATE_NOOP("explain", "{reason}, trying again soon"), words);
    }
    const std::chrono::seconds left = untilDue(*job.due, nowUtc);
    if (left <= 0s) {
        return said(QT_TRANSLATE_NOOP("explain", "{reason}, trying again now"), words);
    }
    words.append({QLatin1StringView("time"), clockTime(nowUtc.addSecs(left.count()), nowUtc)});
    words.append({QLatin1StringView("duration"), formatDuration(left)});
    if (needsAttention(job, nowUtc)) {
        return said(QT_TRANSLATE_NOOP("explain", "{reason}, still trying, next at {time}"), words);
    }
    return left < 10min
               ? said(QT_TRANSLATE_NOOP("explain", "{reason}, trying again in {duration}"), words)
               : said(QT_TRANSLATE_NOOP("explain", "{reason}, trying again at {time}"), words);
}

QString describeWaiting(const JobSnapshot &job, const QDateTime &nowUtc)
{
    if (!job.error) {
        return waitingFor(job, nowUtc, translated(QT_TRANSLATE_NOOP("explain", "Interrupted")));
    }
    const bool told = job.error->cause == Cause::ServerBusy && job.error->retryAfter && job.due;
    if (told && untilDue(*job.due, nowUtc) > 0s) {
        const QDateTime at = nowUtc.addSecs(untilDue(*job.due, nowUtc).count());
        return said(QT_TRANSLATE_NOOP("explain", "Server asked to wait until {time}"),
                    {{QLatin1StringView("time"), clockTime(at, nowUtc)}});
    }
    return waitingFor(job, nowUtc, waitingReason(*job.error));
}

/// "1 of 500 files will need you", or nothing.
QString filesInTrouble(const Progress &progress)
{
    if (progress.filesFailed <= 0) {
        return {};
    }
    return filled(counted(QT_TRANSLATE_NOOP("explain", "1 of {all} files will need you"),
                          QT_TRANSLATE_N_NOOP("explain", "%n of {all} files will need you"),
                          progress.filesFailed),
                  {{QLatin1StringView("all"), QString::number(progress.filesTotal)}});
}

QString describeQueued(const JobSnapshot &job)
{
    if (!job.queuePlace) {
        return translated(QT_TRANSLATE_NOOP("explain", "Waiting for its turn"));
    }
    return *job.queuePlace == 1
               ? translated(QT_TRANSLATE_NOOP("explain", "Waiting for its turn, the next one"))
               : said(QT_TRANSLATE_NOOP("explain", "Waiting for its turn, number {place}"),
                      {{QLatin1StringView("place"), QString::number(*job.queuePlace)}});
}

/// All of an upload is on its way, and the server has not said that it has it.
bool isAnswerAwaited(const JobSnapshot &job)
{
    const Progress &progress = job.progress;
    return job.type == JobType::Upload && progress.bytesUnconfirmed > 0 &&
           progress.bytesTotal == progress.bytesDone;
}

QString describeTransferring(const JobSnapshot &job)
{
    if (isAnswerAwaited(job)) {
        return said(QT_TRANSLATE_NOOP("explain", "All is on its way, waiting for {host}"),
                    {{QLatin1StringView("host"), plain(job.firstUrl.host())}});
    }
    const QString verb = job.type == JobType::Upload
                             ? translated(QT_TRANSLATE_NOOP("explain", "Uploading"))
                             : translated(QT_TRANSLATE_NOOP("explain", "Downloading"));
    const QString trouble = filesInTrouble(job.progress);
    return trouble.isEmpty() ? verb : verb + QStringLiteral(" · ") + trouble;
}

QString describeConnecting(const JobSnapshot &job)
{
    const QString host = job.firstUrl.host();
    if (host.isEmpty()) {
        return translated(QT_TRANSLATE_NOOP("explain", "Connecting"));
    }
    if (job.percentCompared) {
        return said(QT_TRANSLATE_NOOP("explain", "Reading the file to compare its checksum, "
                                                 "{percent} %"),
                    {{QLatin1StringView("percent"), QString::number(*job.percentCompared)}});
    }
    // A file that is to have a checksum is read before anybody is asked.
    return said(job.type == JobType::Upload
                    ? QT_TRANSLATE_NOOP("explain", "Preparing to send to {host}")
                    : QT_TRANSLATE_NOOP("explain", "Connecting to {host}"),
                {{QLatin1StringView("host"), plain(host)}});
}

QString describeError(const JobSnapshot &job)
{
    const QString reason =
        job.error ? explain(*job.error).whatHappened
                  : translated(QT_TRANSLATE_NOOP("explain", "Stopped, and needs you."));
    if (job.progress.filesFailed <= 1 || job.progress.filesTotal <= 1) {
        return reason;
    }
    const QString count = counted(QT_TRANSLATE_NOOP("explain", "1 of {all} files needs you."),
                                  QT_TRANSLATE_N_NOOP("explain", "%n of {all} files need you."),
                                  job.progress.filesFailed);
    return filled(count, {{QLatin1StringView("all"), QString::number(job.progress.filesTotal)}}) +
           u' ' +
           said(QT_TRANSLATE_NOOP("explain", "The first: {reason}"),
                {{QLatin1StringView("reason"), reason}});
}

QString describeTransferred(const JobSnapshot &job)
{
    if (job.obstacle) {
        return explain(*job.obstacle).whatHappened;
    }
    if (job.type == JobType::Upload) {
        return job.complete == CompleteMode::WhenTransferred
                   ? translated(QT_TRANSLATE_NOOP("explain", "Everything was sent"))
                   : translated(QT_TRANSLATE_NOOP(
                         "explain", "Everything is on the server, ready to be completed"));
    }
    return job.complete == CompleteMode::WhenTransferred
               ? translated(QT_TRANSLATE_NOOP("explain", "Putting the files in place"))
               : translated(
                     QT_TRANSLATE_NOOP("explain", "Everything is here, ready to be completed"));
}

/// A size that nobody has stated may hide that the end is missing.
QString sizesNotStated(const Progress &progress)
{
    if (progress.filesTotal <= 1) {
        return translated(
            QT_TRANSLATE_NOOP("explain", "the server did not say how long the file is"));
    }
    return counted(QT_TRANSLATE_NOOP("explain", "the server did not say how long 1 of them is"),
                   QT_TRANSLATE_N_NOOP("explain", "the server did not say how long %n of them are"),
                   progress.filesCounted);
}

QString describeAllFinished(const JobSnapshot &job)
{
    const QString finished = translated(QT_TRANSLATE_NOOP("explain", "Finished"));
    return job.progress.filesCounted <= 0
               ? finished
               : finished + QStringLiteral("; ") + sizesNotStated(job.progress);
}

QString describeFinished(const JobSnapshot &job)
{
    if (job.type == JobType::Upload) {
        return said(QT_TRANSLATE_NOOP("explain", "Sent; it is on {host}"),
                    {{QLatin1StringView("host"), plain(job.firstUrl.host())}});
    }
    if (job.progress.filesTotal == 0) {
        return translated(
            QT_TRANSLATE_NOOP("explain", "Ended without a file; every one was left out"));
    }
    if (job.progress.filesDone == 0) {
        return translated(QT_TRANSLATE_NOOP("explain", "Ended without a file; none was whole"));
    }
    if (job.progress.filesDone >= job.progress.filesTotal) {
        return describeAllFinished(job);
    }
    const QString count = counted(QT_TRANSLATE_NOOP("explain", "Finished with 1 of {all} files"),
                                  QT_TRANSLATE_N_NOOP("explain", "Finished with %n of {all} files"),
                                  job.progress.filesDone);
    return filled(count, {{QLatin1StringView("all"), QString::number(job.progress.filesTotal)}});
}

} // namespace

QString waitingReason(const JobError &error)
{
    if (error.reason == Reason::TooManyConnections) {
        return said(QT_TRANSLATE_NOOP("explain", "{host} bears no more at once"), wordsOf(error));
    }
    if (error.cause == Cause::ServerSilent && error.step == Step::Receive) {
        return said(QT_TRANSLATE_NOOP("explain", "{host} has stopped sending"), wordsOf(error));
    }
    const auto *row = std::ranges::find(kWaitingReasons, error.cause, &WaitingReason::cause);
    const char *reason = row != kWaitingReasons.end()
                             ? row->reason
                             : QT_TRANSLATE_NOOP("explain", "Unusable answer from {host}");
    return said(reason, wordsOf(error));
}

QString describeConnections(const JobSnapshot &job)
{
    const bool isAllAllowed = job.connectionsBorne && job.connections >= *job.connectionsBorne;
    if (job.connections < (isAllAllowed ? 1 : 2)) {
        return {};
    }
    const QString count =
        counted(QT_TRANSLATE_NOOP("explain", "1 connection"),
                QT_TRANSLATE_N_NOOP("explain", "%n connections"), job.connections);
    return isAllAllowed ? said(QT_TRANSLATE_NOOP("explain", "{count}, this server allows no more"),
                               {{QLatin1StringView("count"), count}})
                        : count;
}

QString priorityWord(Priority priority)
{
    static constexpr std::array kWords{
        QT_TRANSLATE_NOOP("explain", "foreground"),
        QT_TRANSLATE_NOOP("explain", "high"),
        QT_TRANSLATE_NOOP("explain", "normal"),
        QT_TRANSLATE_NOOP("explain", "low"),
    };
    static_assert(kWords.size() == allOf<Priority>().size());
    return translated(kWords.at(std::size_t(priority)));
}

QString describePriority(const JobSnapshot &job)
{
    if (isFinal(job.state) || job.priority == Priority::Normal) {
        return {};
    }
    return said(QT_TRANSLATE_NOOP("explain", "{word} priority"),
                {{QLatin1StringView("word"), priorityWord(job.priority)}});
}

QString describeState(const JobSnapshot &job, const QDateTime &nowUtc)
{
    switch (job.state) {
    case JobState::Suspended:
        return translated(QT_TRANSLATE_NOOP("explain", "Paused"));
    case JobState::Queued:
        return describeQueued(job);
    case JobState::Connecting:
        return describeConnecting(job);
    case JobState::Transferring:
        return describeTransferring(job);
    case JobState::TransientError:
        return describeWaiting(job, nowUtc);
    case JobState::Error:
        return describeError(job);
    case JobState::Transferred:
        return describeTransferred(job);
    case JobState::Acknowledged:
        return describeFinished(job);
    case JobState::Cancelled:
        return translated(QT_TRANSLATE_NOOP("explain", "Cancelled"));
    }
    Q_UNREACHABLE();
}

} // namespace core
