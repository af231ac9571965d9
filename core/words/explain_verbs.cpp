// SPDX-License-Identifier: Apache-2.0
#include "core/words/explain.h"

#include "core/remedy/catalogue.h"
#include "core/words/sentence.h"

#include <QCoreApplication>

namespace core {

namespace {

Fillings bytesWord(qint64 bytes)
{
    return {{QLatin1StringView("bytes"), formatBytes(bytes)}};
}

bool isUpload(const JobSnapshot &job)
{
    return job.type == JobType::Upload;
}

QString finalEffect(const JobSnapshot &job)
{
    return job.state == JobState::Cancelled
               ? translated(QT_TRANSLATE_NOOP("explain", "This job was cancelled already."))
               : translated(QT_TRANSLATE_NOOP("explain", "This job is finished already."));
}

QString uploadCompleteEffect(const JobSnapshot &job)
{
    return job.state == JobState::Transferred
               ? translated(QT_TRANSLATE_NOOP("explain",
                                              "Everything is on the server. This closes the job."))
               : translated(QT_TRANSLATE_NOOP(
                     "explain",
                     "Not possible for an upload: half a file is of no use to the server."));
}

QString uploadCancelEffect(const JobSnapshot &job)
{
    const QString effect =
        job.progress.bytesDone <= 0
            ? translated(QT_TRANSLATE_NOOP("explain", "Stops sending."))
            : translated(QT_TRANSLATE_NOOP("explain",
                                           "Stops sending, and has the server forget an unfinished "
                                           "upload if it keeps such."));
    return effect + u' ' +
           (job.progress.filesTotal > 1
                ? translated(
                      QT_TRANSLATE_NOOP("explain", "The files on this computer are not touched."))
                : translated(
                      QT_TRANSLATE_NOOP("explain", "The file on this computer is not touched.")));
}

qint64 bytesGoing(const CompleteEffect &effect)
{
    return effect.bytesPartial + effect.bytesAside;
}

QString nothingKept(const CompleteEffect &effect)
{
    const QString kept =
        translated(QT_TRANSLATE_NOOP("explain", "Nothing is whole yet: nothing would be kept."));
    if (bytesGoing(effect) <= 0) {
        return kept;
    }
    return kept + u' ' +
           said(QT_TRANSLATE_NOOP("explain", "The {bytes} fetched so far would be removed."),
                bytesWord(bytesGoing(effect)));
}

QString everythingKept(const CompleteEffect &effect)
{
    return filled(counted(QT_TRANSLATE_NOOP("explain", "Keeps the file, {bytes}."),
                          QT_TRANSLATE_N_NOOP("explain", "Keeps all %n files, {bytes}."),
                          effect.filesKept),
                  bytesWord(effect.bytesKept));
}

QString someKept(const CompleteEffect &effect, int missing)
{
    Fillings words = bytesWord(effect.bytesKept);
    words.append({QLatin1StringView("all"), QString::number(effect.filesKept + missing)});
    QString text =
        filled(counted(QT_TRANSLATE_NOOP("explain", "Keeps 1 of {all} files, {bytes}."),
                       QT_TRANSLATE_N_NOOP("explain", "Keeps %n of {all} files, {bytes}."),
                       effect.filesKept),
               words);
    text += u' ' + counted(QT_TRANSLATE_NOOP("explain", "1 will be missing."),
                           QT_TRANSLATE_N_NOOP("explain", "%n will be missing."), missing);
    if (bytesGoing(effect) > 0) {
        text += u' ' +
                said(QT_TRANSLATE_NOOP("explain", "{bytes} of unfinished files will be removed."),
                     bytesWord(bytesGoing(effect)));
    }
    return text;
}

bool mustStartAgain(const JobSnapshot &job)
{
    return job.state == JobState::Error && job.error &&
           fixesFor(*job.error).value(0, FixKind::Retry) == FixKind::Restart;
}

QString restartEffect(const JobSnapshot &job)
{
    return job.progress.filesTotal > 1
               ? translated(QT_TRANSLATE_NOOP("explain",
                                              "Fetches what failed again from its start. Files "
                                              "that are whole are not fetched again."))
               : translated(QT_TRANSLATE_NOOP("explain", "Fetches the file again from its start."));
}

QString sendEffect(const JobSnapshot &job)
{
    if (mustStartAgain(job)) {
        return job.progress.filesTotal > 1
                   ? translated(
                         QT_TRANSLATE_NOOP("explain", "Sends the files again from their start."))
                   : translated(
                         QT_TRANSLATE_NOOP("explain", "Sends the file again from its start."));
    }
    if (job.progress.bytesDone <= 0 || !job.progress.bytesTotal) {
        return job.progress.filesTotal > 1
                   ? translated(QT_TRANSLATE_NOOP(
                         "explain",
                         "Sends the files. What the server has kept of them is not sent twice."))
                   : translated(QT_TRANSLATE_NOOP(
                         "explain",
                         "Sends the file. What the server has kept of it is not sent twice."));
    }
    Fillings words = bytesWord(job.progress.bytesDone);
    words.append({QLatin1StringView("total"), formatBytes(*job.progress.bytesTotal)});
    return said(
        QT_TRANSLATE_NOOP("explain", "Goes on at {bytes} of {total}. Nothing is sent twice."),
        words);
}

QString goOnEffect(const JobSnapshot &job)
{
    if (isUpload(job)) {
        return sendEffect(job);
    }
    if (mustStartAgain(job)) {
        return restartEffect(job);
    }
    if (job.progress.bytesDone <= 0) {
        return translated(QT_TRANSLATE_NOOP(
            "explain", "Starts from the beginning; nothing has been fetched yet."));
    }
    Fillings words = bytesWord(job.progress.bytesDone);
    if (!job.progress.bytesTotal) {
        return filled(
            translated(QT_TRANSLATE_NOOP("explain", "Goes on after the {bytes} already here.")),
            words);
    }
    words.append({QLatin1StringView("total"), formatBytes(*job.progress.bytesTotal)});
    return said(
        QT_TRANSLATE_NOOP("explain", "Goes on at {bytes} of {total}. Nothing is fetched twice."),
        words);
}

} // namespace

qint64 bytesSentInVain(const JobSnapshot &job)
{
    const Progress &progress = job.progress;
    return progress.bytesUnconfirmed == progress.bytesDone ? progress.bytesDone : 0;
}

QString describeSentInVain(qint64 bytes)
{
    return said(QT_TRANSLATE_NOOP("explain", "The {bytes} that were sent do not count: no server "
                                             "has confirmed them, so they are sent once more."),
                bytesWord(bytes));
}

QString describeCancel(const JobSnapshot &job)
{
    if (isFinal(job.state)) {
        return finalEffect(job);
    }
    if (isUpload(job)) {
        return uploadCancelEffect(job);
    }
    if (job.bytesOnCancel <= 0 && job.progress.bytesDone > 0) {
        return translated(QT_TRANSLATE_NOOP(
            "explain", "All that was fetched is in place and stays. Files you already had are not "
                       "touched."));
    }
    if (job.bytesOnCancel <= 0) {
        return translated(QT_TRANSLATE_NOOP(
            "explain", "Nothing has been fetched yet. Files you already had are not touched."));
    }
    return filled(
        translated(QT_TRANSLATE_NOOP(
            "explain",
            "Removes the {bytes} fetched so far. Files you already had are not touched.")),
        bytesWord(job.bytesOnCancel));
}

QString describeComplete(const JobSnapshot &job)
{
    if (isFinal(job.state)) {
        return finalEffect(job);
    }
    if (isUpload(job)) {
        return uploadCompleteEffect(job);
    }
    const CompleteEffect &effect = job.completeEffect;
    if (effect.filesKept <= 0) {
        return nothingKept(effect);
    }
    const int missing = effect.filesPartial + effect.filesMissing;
    const QString kept = missing > 0 ? someKept(effect, missing) : everythingKept(effect);
    const bool isTaken = job.obstacle && job.obstacle->cause == Cause::NameExists;
    return isTaken ? kept + u' ' +
                         translated(QT_TRANSLATE_NOOP(
                             "explain", "What has the name stays, and the new file gets a number."))
                   : kept;
}

QString describeLastLeftOut(int filesKept, qint64 bytesLost)
{
    return translated(QT_TRANSLATE_NOOP(
               "explain", "Nothing else of this job is left to do, so it ends with that.")) +
           u' ' +
           counted(QT_TRANSLATE_NOOP("explain", "Keeps the file that is whole."),
                   QT_TRANSLATE_N_NOOP("explain", "Keeps the %n files that are whole."),
                   filesKept) +
           u' ' +
           said(QT_TRANSLATE_NOOP("explain", "Removes the {bytes} that are here of what is left "
                                             "out."),
                bytesWord(bytesLost));
}

QString describeResume(const JobSnapshot &job)
{
    switch (job.state) {
    case JobState::Queued:
    case JobState::Connecting:
    case JobState::Transferring:
        return translated(QT_TRANSLATE_NOOP("explain", "This job is running already."));
    case JobState::Transferred:
        if (isUpload(job)) {
            return translated(QT_TRANSLATE_NOOP("explain", "Nothing is left to send."));
        }
        return job.obstacle
                   ? translated(QT_TRANSLATE_NOOP(
                         "explain", "Puts the finished files in place. Nothing is fetched again."))
                   : translated(QT_TRANSLATE_NOOP("explain", "Nothing is left to fetch."));
    case JobState::Acknowledged:
    case JobState::Cancelled:
        return finalEffect(job);
    case JobState::Suspended:
    case JobState::TransientError:
    case JobState::Error:
        return goOnEffect(job);
    }
    Q_UNREACHABLE();
}

} // namespace core
