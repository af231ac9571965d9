// SPDX-License-Identifier: Apache-2.0
#include "core/words/describe_timeline.h"

#include "core/words/error_words.h"
#include "core/words/explain.h"

#include <QCoreApplication>

#include <algorithm>
#include <array>
#include <span>

namespace core {

namespace {

using namespace std::chrono_literals;

/// A change of state; the first row that fits is the one.
struct StateSentence {
    std::optional<JobEvent> event; ///< none: whatever led there
    JobState to = JobState::Suspended;
    const char *sentence = nullptr;
};

// clang-format off
constexpr std::array kStateSentences{
    StateSentence{JobEvent::RetryDue,          JobState::Queued,         QT_TRANSLATE_NOOP("explain", "Time for the next try")},
    StateSentence{JobEvent::NetworkBack,       JobState::Queued,         QT_TRANSLATE_NOOP("explain", "The network is back")},
    StateSentence{JobEvent::ObstacleGone,      JobState::Queued,         QT_TRANSLATE_NOOP("explain", "What stood in the way is gone")},
    StateSentence{JobEvent::Obstructed,        JobState::Transferred,    QT_TRANSLATE_NOOP("explain", "Waiting for your answer")},
    StateSentence{JobEvent::NoProgressExpired, JobState::Error,          QT_TRANSLATE_NOOP("explain", "Nothing moved for too long; it needs you")},
    StateSentence{JobEvent::Rejected,          JobState::Error,          QT_TRANSLATE_NOOP("explain", "What came is not right; it needs you")},
    StateSentence{std::nullopt,                JobState::Suspended,      QT_TRANSLATE_NOOP("explain", "Now paused")},
    StateSentence{std::nullopt,                JobState::Queued,         QT_TRANSLATE_NOOP("explain", "Now waiting for its turn")},
    StateSentence{std::nullopt,                JobState::Connecting,     QT_TRANSLATE_NOOP("explain", "Now connecting")},
    StateSentence{std::nullopt,                JobState::Transferring,   QT_TRANSLATE_NOOP("explain", "Now in transfer")},
    StateSentence{std::nullopt,                JobState::TransientError, QT_TRANSLATE_NOOP("explain", "Now waiting for the next try")},
    StateSentence{std::nullopt,                JobState::Error,          QT_TRANSLATE_NOOP("explain", "Stopped; it needs you")},
    StateSentence{std::nullopt,                JobState::Transferred,    QT_TRANSLATE_NOOP("explain", "Everything was transferred")},
    StateSentence{std::nullopt,                JobState::Acknowledged,   QT_TRANSLATE_NOOP("explain", "Finished")},
    StateSentence{std::nullopt,                JobState::Cancelled,      QT_TRANSLATE_NOOP("explain", "Cancelled")},
};

/// Of an upload, before those above.
constexpr std::array kUploadStateSentences{
    StateSentence{JobEvent::Rejected,          JobState::Error,          QT_TRANSLATE_NOOP("explain", "What the server has is not right; it needs you")},
    StateSentence{std::nullopt,                JobState::Transferred,    QT_TRANSLATE_NOOP("explain", "Everything was sent")},
};

struct NoteSentence {
    Note note;
    const char *sentence;
};

constexpr std::array kNoteSentences{
    NoteSentence{Note::NumberedName,     QT_TRANSLATE_NOOP("explain", "Another file of this download has the same name, so this one is called {file}")},
    NoteSentence{Note::Unencrypted,      QT_TRANSLATE_NOOP("explain", "The link did not say https:// or http://, and https was not to be had; going on unencrypted")},
    NoteSentence{Note::SameBytes,        QT_TRANSLATE_NOOP("explain", "The server calls this another version of {file}, but its bytes are the same")},
    NoteSentence{Note::UploadForgotten,  QT_TRANSLATE_NOOP("explain", "The server has forgotten the unfinished upload; sending from the start")},
    NoteSentence{Note::FoundStored,      QT_TRANSLATE_NOOP("explain", "No answer had come, but the server has the whole file")},
    NoteSentence{Note::PartLeftOnServer, QT_TRANSLATE_NOOP("explain", "The server could not be told to forget the unfinished upload; most remove it in time")},
    NoteSentence{Note::FolderMade,       QT_TRANSLATE_NOOP("explain", "A folder was made on the server")},
    NoteSentence{Note::NamesByServer,    QT_TRANSLATE_NOOP("explain", "The server speaks tus and gives names itself: nothing is replaced there, and no folder made")},
    NoteSentence{Note::FewerConnections, QT_TRANSLATE_NOOP("explain", "The server does not serve that many connections at once; fetching {file} over fewer")},
    NoteSentence{Note::Unpacked,         QT_TRANSLATE_NOOP("explain", "{file} came compressed and was unpacked")},
    NoteSentence{Note::RestLeftOut,      QT_TRANSLATE_NOOP("explain", "What came went on behind the end of {file}, with bytes that are no part of it; they were left out")},
    NoteSentence{Note::HashDiffers,      QT_TRANSLATE_NOOP("explain", "{file} has not the checksum that was given; it is kept because you accepted it as it is")},
};
static_assert(std::ranges::equal(kNoteSentences, allOf<Note>(), {}, &NoteSentence::note));

struct DecisionSentence {
    JobEvent command;
    Decider by;
    const char *sentence;
};

constexpr std::array kDecisionSentences{
    DecisionSentence{JobEvent::Resume,   Decider::Person, QT_TRANSLATE_NOOP("explain", "Started by you")},
    DecisionSentence{JobEvent::Resume,   Decider::Engine, QT_TRANSLATE_NOOP("explain", "Started again by itself")},
    DecisionSentence{JobEvent::Suspend,  Decider::Person, QT_TRANSLATE_NOOP("explain", "Paused by you")},
    DecisionSentence{JobEvent::Suspend,  Decider::Engine, QT_TRANSLATE_NOOP("explain", "Paused by itself")},
    DecisionSentence{JobEvent::Complete, Decider::Person, QT_TRANSLATE_NOOP("explain", "You accepted what is here")},
    DecisionSentence{JobEvent::Complete, Decider::Engine, QT_TRANSLATE_NOOP("explain", "Putting the files in place")},
    DecisionSentence{JobEvent::Cancel,   Decider::Person, QT_TRANSLATE_NOOP("explain", "Cancelled by you")},
    DecisionSentence{JobEvent::Cancel,   Decider::Engine, QT_TRANSLATE_NOOP("explain", "Cancelled by itself")},
};

constexpr std::array kUploadDecisionSentences{
    DecisionSentence{JobEvent::Complete, Decider::Person, QT_TRANSLATE_NOOP("explain", "You closed the job")},
    DecisionSentence{JobEvent::Complete, Decider::Engine, QT_TRANSLATE_NOOP("explain", "Closing the job")},
};

/// Sentences of an explanation end with a full stop, those of the list do not.
QString withoutStop(QString sentence)
{
    if (sentence.endsWith(u'.')) {
        sentence.chop(1);
    }
    return sentence;
}

/// "Connection lost at 24.0 of 40.0 MB": how far it had come, where anything had.
QString failureAt(const JobError &error)
{
    const QString reason = waitingReason(error);
    if (error.fileBytesDone <= 0) {
        return reason;
    }
    const QString amount = error.fileBytesTotal && *error.fileBytesTotal > 0
                               ? amountOf(error.fileBytesDone, *error.fileBytesTotal)
                               : formatBytes(error.fileBytesDone);
    return said(QT_TRANSLATE_NOOP("explain", "{reason} at {amount}"),
                {{QLatin1StringView("reason"), reason}, {QLatin1StringView("amount"), amount}});
}

const char *sentenceFor(const happening::AttemptStarted &what, JobType type)
{
    const bool isFirst = what.attempt <= 1;
    if (type == JobType::Upload) {
        return isFirst ? QT_TRANSLATE_NOOP("explain", "Sending to {host}")
                       : QT_TRANSLATE_NOOP("explain", "Sending to {host}, try {attempt}");
    }
    if (what.offsetBytes > 0) {
        return isFirst
                   ? QT_TRANSLATE_NOOP("explain", "Asking {host} for the rest after {done}")
                   : QT_TRANSLATE_NOOP("explain", "Asking {host} for the rest after {done}, try "
                                                  "{attempt}");
    }
    return isFirst ? QT_TRANSLATE_NOOP("explain", "Asking {host}")
                   : QT_TRANSLATE_NOOP("explain", "Asking {host}, try {attempt}");
}

/// How an attempt at an upload ended.
const char *uploadSentenceFor(const happening::AttemptEnded &what)
{
    switch (what.end) {
    case AttemptEnd::Whole:
    case AttemptEnd::Counted:
        return QT_TRANSLATE_NOOP("explain", "Sent in full, {done}");
    case AttemptEnd::Stopped:
        return what.bytesDone > 0
                   ? QT_TRANSLATE_NOOP("explain", "Interrupted; the server has confirmed {done}")
                   : QT_TRANSLATE_NOOP("explain", "Interrupted before the server had confirmed anything");
    case AttemptEnd::NotWanted:
        return QT_TRANSLATE_NOOP("explain", "Not sent, there is a file named {file} already");
    }
    Q_UNREACHABLE();
}

const StateSentence *findState(std::span<const StateSentence> rows,
                               const happening::StateChanged &what)
{
    const auto row = std::ranges::find_if(rows, [&what](const StateSentence &each) {
        return each.to == what.to && each.event.value_or(what.event) == what.event;
    });
    return row != rows.end() ? &*row : nullptr;
}

const DecisionSentence *findDecision(std::span<const DecisionSentence> rows,
                                     const happening::Decided &what)
{
    const auto row = std::ranges::find_if(rows, [&what](const DecisionSentence &each) {
        return each.command == what.command && each.by == what.by;
    });
    return row != rows.end() ? &*row : nullptr;
}

/// One overload per kind of entry.
struct Teller {
    JobType type = JobType::Download;

    [[nodiscard]] bool isUpload() const { return type == JobType::Upload; }

    QString operator()(const happening::Added &what) const
    {
        return counted(QT_TRANSLATE_NOOP("explain", "1 file was added"),
                       QT_TRANSLATE_N_NOOP("explain", "%n files were added"), what.files);
    }

    QString operator()(const happening::StateChanged &what) const
    {
        const StateSentence *row = isUpload() ? findState(kUploadStateSentences, what) : nullptr;
        row = row == nullptr ? findState(kStateSentences, what) : row;
        return row != nullptr ? said(row->sentence) : QString();
    }

    QString operator()(const happening::AttemptStarted &what) const
    {
        const QString host = what.url.host();
        return said(sentenceFor(what, type),
                    {{QLatin1StringView("host"),
                      host.isEmpty() ? translated(QT_TRANSLATE_NOOP("explain", "the server"))
                                     : plain(host)},
                     {QLatin1StringView("done"), formatBytes(what.offsetBytes)},
                     {QLatin1StringView("attempt"), QString::number(what.attempt)}});
    }

    QString operator()(const happening::AttemptEnded &what) const
    {
        const Fillings words{{QLatin1StringView("done"), formatBytes(what.bytesDone)},
                             {QLatin1StringView("file"), quoted(what.fileName)}};
        if (isUpload()) {
            return said(uploadSentenceFor(what), words);
        }
        switch (what.end) {
        case AttemptEnd::Whole:
            return said(QT_TRANSLATE_NOOP("explain", "Received in full, {done}"), words);
        case AttemptEnd::Counted:
            return said(QT_TRANSLATE_NOOP("explain", "Received, {done}; the server did not say "
                                                     "how long the file is"),
                        words);
        case AttemptEnd::Stopped:
            return what.bytesDone > 0
                       ? said(QT_TRANSLATE_NOOP("explain", "Interrupted at {done}"), words)
                       : said(QT_TRANSLATE_NOOP("explain", "Interrupted before anything came"));
        case AttemptEnd::NotWanted:
            return said(what.fileName.isEmpty()
                            ? QT_TRANSLATE_NOOP("explain", "Not fetched, there is a file of its name already")
                            : QT_TRANSLATE_NOOP("explain", "Not fetched, there is a file named {file} already"),
                        words);
        }
        Q_UNREACHABLE();
    }

    QString operator()(const happening::Rechecked &what) const
    {
        if (what.bytes == 0) {
            return said(QT_TRANSLATE_NOOP(
                "explain", "What is kept was read again; all of it is as it was received"));
        }
        const qint64 restBytes = what.bytes - what.missingBytes;
        // clang-format off
        const char *sentence =
            what.missingBytes <= 0 ? QT_TRANSLATE_NOOP("explain", "Up to {rest} of what was here had been damaged on this computer; fetching that again")
            : restBytes <= 0       ? QT_TRANSLATE_NOOP("explain", "{missing} of what was here were gone; fetching them again")
                                   : QT_TRANSLATE_NOOP("explain", "{missing} of what was here were gone; fetching them again, and {rest} that could not be checked without them");
        // clang-format on
        return said(sentence, {{QLatin1StringView("missing"), formatBytes(what.missingBytes)},
                               {QLatin1StringView("rest"), formatBytes(restBytes)}});
    }

    QString operator()(const happening::Noted &what) const
    {
        return said(kNoteSentences.at(std::size_t(what.note)).sentence,
                    {{QLatin1StringView("file"), quoted(what.fileName)}});
    }

    QString operator()(const happening::Failed &what) const
    {
        if (!what.nextTry) {
            return withoutStop(explain(what.error).whatHappened);
        }
        const auto delay = std::chrono::ceil<std::chrono::seconds>(*what.nextTry);
        return said(delay > 0s ? QT_TRANSLATE_NOOP("explain", "{what}; trying again in {duration}")
                               : QT_TRANSLATE_NOOP("explain", "{what}; trying again at once"),
                    {{QLatin1StringView("what"), failureAt(what.error)},
                     {QLatin1StringView("duration"), formatDuration(delay)}});
    }

    QString operator()(const happening::FixApplied &what) const
    {
        const auto kind = parse<FixKind>(what.fix);
        const char *ofUpload = kind && isUpload() ? uploadMadeSentence(*kind) : nullptr;
        return said(ofUpload ? ofUpload
                    : kind   ? madeSentence(*kind)
                           : QT_TRANSLATE_NOOP("explain", "A repair of a newer version was made"));
    }

    QString operator()(const happening::Decided &what) const
    {
        const DecisionSentence *row =
            isUpload() ? findDecision(kUploadDecisionSentences, what) : nullptr;
        row = row == nullptr ? findDecision(kDecisionSentences, what) : row;
        return row != nullptr ? said(row->sentence)
                              : said(QT_TRANSLATE_NOOP("explain", "Something was decided"));
    }

    QString operator()(const happening::Fetched &what) const
    {
        return filled(counted(QT_TRANSLATE_NOOP("explain", "1 file was received in full, {amount}"),
                              QT_TRANSLATE_N_NOOP("explain", "%n files were received, {amount}"),
                              what.files),
                      {{QLatin1StringView("amount"), formatBytes(what.bytes)}});
    }

    QString operator()(const happening::FilesChosen &what) const
    {
        return what.leftOut > 0
                   ? counted(QT_TRANSLATE_NOOP("explain", "You left 1 file out"),
                             QT_TRANSLATE_N_NOOP("explain", "You left %n files out"), what.leftOut)
                   : counted(QT_TRANSLATE_NOOP("explain", "You want 1 file after all"),
                             QT_TRANSLATE_N_NOOP("explain", "You want %n files after all"),
                             what.takenIn);
    }

    QString operator()(const happening::Completed &what) const
    {
        if (what.obstacle) {
            return withoutStop(explain(*what.obstacle).whatHappened);
        }
        if (isUpload()) {
            return said(QT_TRANSLATE_NOOP("explain", "The file is on the server"));
        }
        if (what.kept == 0) {
            return said(QT_TRANSLATE_NOOP("explain", "No file was whole, so none was kept"));
        }
        const QString kept =
            counted(QT_TRANSLATE_NOOP("explain", "1 file is in place"),
                    QT_TRANSLATE_N_NOOP("explain", "%n files are in place"), what.kept);
        const int lost = what.partial + what.missing;
        if (lost == 0) {
            return kept;
        }
        return said(QT_TRANSLATE_NOOP("explain", "{kept}, {missing}"),
                    {{QLatin1StringView("kept"), kept},
                     {QLatin1StringView("missing"),
                      counted(QT_TRANSLATE_NOOP("explain", "1 is missing"),
                              QT_TRANSLATE_N_NOOP("explain", "%n are missing"), lost)}});
    }
};

} // namespace

QString describe(const TimelineEntry &entry, const ToldJob &job)
{
    const QString sentence = std::visit(Teller{job.type}, entry.what);
    if (!entry.fileIndex || job.fileCount <= 1) {
        return sentence;
    }
    return said(QT_TRANSLATE_NOOP("explain", "File {number}: {what}"),
                {{QLatin1StringView("number"), QString::number(*entry.fileIndex + 1)},
                 {QLatin1StringView("what"), sentence}});
}

} // namespace core
