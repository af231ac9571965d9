// SPDX-License-Identifier: Apache-2.0
#include "core/words/explain.h"

#include "core/words/sentence.h"

#include <QCoreApplication>
#include <QLocale>

namespace core {

namespace {

/// A SHA-256 fingerprint with its colons has 95, and a part of one cannot be compared.
constexpr int kSubjectChars = 100;

const char *sentenceForCommand(JobEvent event)
{
    switch (event) {
    case JobEvent::Resume:
        return QT_TRANSLATE_NOOP(
            "explain", "{job} cannot go on just now. Look at what it is doing and try again.");
    case JobEvent::Suspend:
        return QT_TRANSLATE_NOOP(
            "explain", "{job} cannot be paused just now. Look at what it is doing and try again.");
    case JobEvent::Complete:
        return QT_TRANSLATE_NOOP(
            "explain",
            "{job} cannot be completed just now. Look at what it is doing and try again.");
    case JobEvent::Cancel:
        return QT_TRANSLATE_NOOP(
            "explain",
            "{job} cannot be cancelled just now. Look at what it is doing and try again.");
    case JobEvent::Start:
    case JobEvent::FirstByte:
    case JobEvent::AllWhole:
    case JobEvent::Preempt:
    case JobEvent::FailForNow:
    case JobEvent::FailForGood:
    case JobEvent::RetryDue:
    case JobEvent::NetworkBack:
    case JobEvent::NoProgressExpired:
    case JobEvent::ObstacleGone:
    case JobEvent::Obstructed:
    case JobEvent::Rejected:
        return QT_TRANSLATE_NOOP(
            "explain", "{job} cannot do that just now. Look at what it is doing and try again.");
    }
    Q_UNREACHABLE();
}

const char *sentenceForState(const Refusal &refusal)
{
    switch (refusal.state) {
    case JobState::Acknowledged:
        return QT_TRANSLATE_NOOP("explain", "{job} is finished, so nothing is left to do with it. "
                                            "Make a new job to fetch or send it again.");
    case JobState::Cancelled:
        return QT_TRANSLATE_NOOP("explain",
                                 "{job} was cancelled. Make a new job to fetch or send it again.");
    case JobState::Suspended:
    case JobState::Queued:
    case JobState::Connecting:
    case JobState::Transferring:
    case JobState::TransientError:
    case JobState::Error:
    case JobState::Transferred:
        return sentenceForCommand(refusal.event);
    }
    Q_UNREACHABLE();
}

// clang-format off
const char *sentenceFor(const Refusal &refusal)
{
    switch (refusal.kind) {
    case RefusalKind::EngineGone:
        return QT_TRANSLATE_NOOP("explain", "The part of Bellhop that does the work has ended. Start Bellhop again; what was saved is still there.");
    case RefusalKind::UnknownJob:
        return QT_TRANSLATE_NOOP("explain", "{job} is not on the list. Look at the list for its number.");
    case RefusalKind::InvalidState:
        return sentenceForState(refusal);
    case RefusalKind::Empty:
        return QT_TRANSLATE_NOOP("explain", "{job} has nothing left to do. Complete it, or add files to it first.");
    case RefusalKind::OneFilePerUpload:
        return QT_TRANSLATE_NOOP("explain", "An upload has exactly one file. Make a job of its own for each.");
    case RefusalKind::UploadInPart:
        return QT_TRANSLATE_NOOP("explain", "{job} is an upload, which cannot be completed in part. Resume it to send the rest, or cancel it.");
    case RefusalKind::Busy:
        return QT_TRANSLATE_NOOP("explain", "{job} is just being completed or cancelled. Wait a moment and look again.");
    case RefusalKind::PlaceTaken:
        return refusal.job == JobId()
                   ? QT_TRANSLATE_NOOP("explain", "Nothing was added: job {subject} sends to this address, or may have its file there. Wait for it, cancel it, or use another address.")
                   : QT_TRANSLATE_NOOP("explain", "{job} does not begin: job {subject} is sending to this very address, or may have what it sent there. Wait for it, cancel it, or send to another address.");
    case RefusalKind::UnderWay:
        return QT_TRANSLATE_NOOP("explain", "{job} is running, so there is nothing to check. Pause it first.");
    case RefusalKind::Superseded:
        return QT_TRANSLATE_NOOP("explain", "Something else was done with {job} before the check came to its end. Check it again if it still needs that.");
    case RefusalKind::Ended:
        return QT_TRANSLATE_NOOP("explain", "{job} has come to its end: nothing of it can be changed any more.");
    case RefusalKind::NotFinished:
        return refusal.state == JobState::Error
                   ? QT_TRANSLATE_NOOP("explain", "{job} has stopped and waits for your answer, so it stays on the list. Cancel it, or accept what is whole, first.")
                   : QT_TRANSLATE_NOOP("explain", "{job} is not finished, so it stays on the list. Cancel it, or accept what is whole, first.");
    case RefusalKind::BadLink:
        return QT_TRANSLATE_NOOP("explain", "{subject} cannot be used. A link must begin with http:// or https:// and name a server.");
    case RefusalKind::BadHeader:
        return QT_TRANSLATE_NOOP("explain", "The header {subject} cannot be sent. Write it as “Name: value” on a single line.");
    case RefusalKind::BadFolder:
        return QT_TRANSLATE_NOOP("explain", "Nothing can be saved in {subject}. Choose an existing folder that you may write to.");
    case RefusalKind::BadName:
        return QT_TRANSLATE_NOOP("explain", "{subject} cannot be the name of a file. Use one that has no slash, does not begin with a dot or a hyphen nor end with a dot or a space, is no name of a device, and is not too long.");
    case RefusalKind::BadFingerprint:
        return QT_TRANSLATE_NOOP("explain", "{subject} is not the fingerprint of a certificate. Write its SHA-256 as 64 hexadecimal digits.");
    case RefusalKind::OtherCertificate:
        return QT_TRANSLATE_NOOP("explain", "The server did not show the certificate with the fingerprint {subject}. Compare it again; if it really differs, someone may be in between.");
    case RefusalKind::WhichServer:
        return QT_TRANSLATE_NOOP("explain", "Several servers ask {job} for this: {subject}. Say which one it is for, by a file of it.");
    case RefusalKind::BadValue:
        return QT_TRANSLATE_NOOP("explain", "{subject} is not a value that can be used here. Check it and try again.");
    case RefusalKind::TooManyFiles:
        return QT_TRANSLATE_NOOP("explain", "One job takes {limit} files at most. Split the list into several jobs.");
    case RefusalKind::UnknownFile:
        return QT_TRANSLATE_NOOP("explain", "{job} has no such file. Look at its list of files for the number.");
    case RefusalKind::FileInPlace:
        return QT_TRANSLATE_NOOP("explain", "All of {subject} is here already, so it cannot be left out. Delete it from its folder in the end if you do not want it.");
    case RefusalKind::LastFile:
        return QT_TRANSLATE_NOOP("explain", "No file of {job} would be left to fetch. Keep at least one, or cancel the job.");
    case RefusalKind::FilesOfUpload:
        return QT_TRANSLATE_NOOP("explain", "{job} is an upload, which has one file and nothing to choose. Cancel it if the file is not to be sent.");
    case RefusalKind::NoLonePart:
        return QT_TRANSLATE_NOOP("explain", "{subject} cannot be taken on as a job. Choose an unfinished file of yours, ending in .part, that no job has.");
    case RefusalKind::FixDoesNotApply:
        return QT_TRANSLATE_NOOP("explain", "This repair does not fit what stopped {job}. Look at what it needs and choose another.");
    case RefusalKind::StoreFailed:
        return QT_TRANSLATE_NOOP("explain", "The list of jobs could not be saved, so nothing was changed. Make sure that there is room on your drive, then try again.");
    }
    Q_UNREACHABLE();
}
// clang-format on

Filling jobWord(const Refusal &refusal)
{
    if (refusal.job.value == 0) {
        return {QLatin1StringView("job"), translated(QT_TRANSLATE_NOOP("explain", "this job")),
                true};
    }
    return {QLatin1StringView("job"),
            said(QT_TRANSLATE_NOOP("explain", "job {id}"),
                 {{QLatin1StringView("id"), text(refusal.job)}}),
            true};
}

Filling subjectWord(const Refusal &refusal)
{
    if (refusal.subject.isEmpty()) {
        return {QLatin1StringView("subject"), translated(QT_TRANSLATE_NOOP("explain", "this")),
                true};
    }
    return {QLatin1StringView("subject"),
            u'\u201C' + plain(refusal.subject, kSubjectChars) + u'\u201D'};
}

} // namespace

QString explain(const Refusal &refusal)
{
    return said(sentenceFor(refusal),
                {jobWord(refusal),
                 subjectWord(refusal),
                 {QLatin1StringView("limit"), QLocale().toString(kMaxFilesPerJob)}});
}

} // namespace core
