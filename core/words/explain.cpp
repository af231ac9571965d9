// SPDX-License-Identifier: Apache-2.0
#include "core/words/explain.h"

#include "core/remedy/catalogue.h"
#include "core/remedy/link_expiry.h"
#include "core/words/error_words.h"

#include <QCoreApplication>
#include <QStringList>

#include <algorithm>
#include <array>

namespace core {

namespace {

QString saidOf(const char *source, const JobError &error)
{
    return said(source, wordsOf(error));
}

/// "7 of 12 files are whole." for a job of several, once one is.
QString wholeFiles(const JobError &error)
{
    if (error.jobFilesTotal <= 1 || error.jobFilesDone <= 0) {
        return {};
    }
    return filled(counted(QT_TRANSLATE_NOOP("explain", "1 of {all} files is whole."),
                          QT_TRANSLATE_N_NOOP("explain", "%n of {all} files are whole."),
                          error.jobFilesDone),
                  {{QLatin1StringView("all"), QString::number(error.jobFilesTotal)}});
}

/// Two sentences, of which either may be missing.
QString together(const QString &first, const QString &second)
{
    return first.isEmpty() || second.isEmpty() ? first + second : first + u' ' + second;
}

/// That file alone has stopped: how much there is of the others is not what is asked.
bool isOfOneAmongSeveral(const JobError &error)
{
    return error.jobFilesTotal > 1 && catalogueRow(error.cause).scope != Scope::Job;
}

QString savedBytesOfFile(const JobError &error)
{
    if (error.fileBytesDone == 0) {
        return translated(
            QT_TRANSLATE_NOOP("explain", "Nothing of this file had been fetched yet."));
    }
    return error.fileBytesDone == 1
               ? translated(QT_TRANSLATE_NOOP(
                     "explain", "1 byte of this file is saved and will not be fetched again."))
               : saidOf(
                     QT_TRANSLATE_NOOP(
                         "explain", "{done} of this file are saved and will not be fetched again."),
                     error);
}

QString savedBytes(const JobError &error)
{
    if (isOfOneAmongSeveral(error)) {
        return savedBytesOfFile(error);
    }
    if (error.jobBytesDone == 1) {
        return translated(
            QT_TRANSLATE_NOOP("explain", "1 byte is saved and will not be fetched again."));
    }
    return saidOf(QT_TRANSLATE_NOOP("explain", "{saved} are saved and will not be fetched again."),
                  error);
}

/// What a sentence about safety counts. It is left out when there is nothing to count.
enum class Counts { Nothing, BytesOfFile, BytesOfJob };

/// Whether the count of whole files follows. Not where they are out of reach too, or where the
/// whole ones are what the sentence is about.
enum class WholeFiles { Told, Untold };

/// Causes after which "saved and will not be fetched again" would not be the truth.
struct SpecialSafety {
    Cause cause;
    Counts counts;
    WholeFiles whole;
    const char *sentence;
};

// clang-format off
constexpr std::array kSpecialSafety{
    SpecialSafety{Cause::RemoteChanged, Counts::BytesOfFile, WholeFiles::Told,   QT_TRANSLATE_NOOP("explain", "The {done} of the old version are kept until the new one is whole.")},
    SpecialSafety{Cause::RangeRefused,  Counts::BytesOfFile, WholeFiles::Told,   QT_TRANSLATE_NOOP("explain", "{done} are saved, and nothing wrong was added to them.")},
    SpecialSafety{Cause::FolderMissing, Counts::BytesOfJob,  WholeFiles::Untold, QT_TRANSLATE_NOOP("explain", "If the folder comes back with the {saved} saved in it, they will not be fetched again.")},
    SpecialSafety{Cause::DriveMissing,  Counts::BytesOfJob,  WholeFiles::Untold, QT_TRANSLATE_NOOP("explain", "If the drive comes back with the {saved} saved on it, they will not be fetched again.")},
    SpecialSafety{Cause::NotAFolder,    Counts::BytesOfJob,  WholeFiles::Untold, QT_TRANSLATE_NOOP("explain", "If the folder comes back with the {saved} saved in it, they will not be fetched again.")},
    SpecialSafety{Cause::DiskFailed,    Counts::BytesOfJob,  WholeFiles::Told,   QT_TRANSLATE_NOOP("explain", "{saved} were safely on the drive before that.")},
    SpecialSafety{Cause::PartMissing,   Counts::Nothing,     WholeFiles::Told,   QT_TRANSLATE_NOOP("explain", "Nothing else on this computer was touched.")},
    SpecialSafety{Cause::PartChanged,   Counts::Nothing,     WholeFiles::Told,   QT_TRANSLATE_NOOP("explain", "The changed file is left as it is.")},
    SpecialSafety{Cause::NameExists,    Counts::Nothing,     WholeFiles::Untold, QT_TRANSLATE_NOOP("explain", "The new file has arrived whole, and the one that was there before has not been touched.")},
    SpecialSafety{Cause::HashMismatch,  Counts::Nothing,     WholeFiles::Told,   QT_TRANSLATE_NOOP("explain", "The file was not given its final name and is kept until you decide.")},
    SpecialSafety{Cause::SizeMismatch,  Counts::Nothing,     WholeFiles::Told,   QT_TRANSLATE_NOOP("explain", "The file was not given its final name and is kept until you decide.")},
};
// clang-format on

bool hasWhatItCounts(Counts counts, const JobError &error)
{
    switch (counts) {
    case Counts::Nothing:
        return true;
    case Counts::BytesOfFile:
        return error.fileBytesDone > 0;
    case Counts::BytesOfJob:
        return error.jobBytesDone > 0;
    }
    Q_UNREACHABLE();
}

QString whatIsSafe(const JobError &error)
{
    if (error.type == JobType::Upload) {
        return whatIsSafeOfUpload(error);
    }
    const QString whole = wholeFiles(error);
    if (error.fileBytesAside > 0 && error.fileBytesDone == 0) {
        return together(saidOf(QT_TRANSLATE_NOOP("explain", "The {aside} that were here before are "
                                                            "kept until the file is whole."),
                               error),
                        whole);
    }
    if (error.cause == Cause::NameExists && error.step == Step::Prepare) {
        return together(
            translated(QT_TRANSLATE_NOOP("explain", "Nothing was fetched yet, and the one that "
                                                    "is there has not been touched.")),
            whole);
    }
    const auto *special = std::ranges::find(kSpecialSafety, error.cause, &SpecialSafety::cause);
    const bool isOfOtherFile = error.reason == Reason::OtherFile; // it has no old version here
    if (special != kSpecialSafety.end() && !isOfOtherFile &&
        hasWhatItCounts(special->counts, error)) {
        return together(saidOf(special->sentence, error),
                        special->whole == WholeFiles::Told ? whole : QString());
    }
    if (error.jobBytesDone > 0 || isOfOneAmongSeveral(error)) {
        return together(whole, savedBytes(error));
    }
    return whole.isEmpty() ? translated(QT_TRANSLATE_NOOP(
                                 "explain", "Nothing had been fetched yet, so nothing is lost."))
                           : whole;
}

/// Once more it cannot come to anything else: what is typed for it may be right the next time, and
/// what is only tried again comes at another time.
bool bringsTheSame(FixKind kind)
{
    static constexpr std::array kWithoutValue{
        FixKind::Restart,  FixKind::Recheck,       FixKind::Unpack,       FixKind::Accept,
        FixKind::KeepBoth, FixKind::AllowInsecure, FixKind::CreateFolder, FixKind::OtherProtocol,
    };
    return std::ranges::find(kWithoutValue, kind) != kWithoutValue.end();
}

/// What is good until or from some time is told by the clock of whoever looks.
QString clockWords(const JobError &error)
{
    const bool isOfTime = error.cause == Cause::CertificateExpired ||
                          error.cause == Cause::CertificateNotYetValid || isAboutRunOutLink(error);
    if (!isOfTime || !error.serverTime.isValid()) {
        return {};
    }
    return saidOf(QT_TRANSLATE_NOOP("explain",
                                    "By the last answer of a server it was {theirTime} "
                                    "then, and {ourTime} by the clock of this computer."),
                  error);
}

QString whatToDo(const JobError &error)
{
    const QString advice = together(
        clockWords(error), adviceFor(error, sentencesFor(error).whatToDo, fixesFor(error), label));
    const bool mayGoOnWithout = catalogueRow(error.cause).scope != Scope::Job &&
                                fixesFor(error).contains(FixKind::SkipFile);
    if (!mayGoOnWithout) {
        return advice;
    }
    return advice + u' ' +
           translated(QT_TRANSLATE_NOOP("explain", "You can also go on without this file."));
}

} // namespace

QString adviceFor(const JobError &error, const char *usual, const QList<FixKind> &offered,
                  QString (*labelOf)(FixKind, const JobError &))
{
    const auto tried = parse<FixKind>(error.triedInVain.value(error.triedInVain.size() - 1));
    const QString advice = saidOf(usual, error);
    if (!tried) {
        return advice;
    }
    const QLatin1StringView repair("repair");
    const QString told = said(QT_TRANSLATE_NOOP("explain", "“{repair}” was tried, and it is the "
                                                           "same again."),
                              {{repair, labelOf(*tried, error)}});
    const auto other = std::ranges::find_if(offered, [&error](FixKind kind) {
        return kind != FixKind::Retry && !error.triedInVain.contains(QLatin1StringView(name(kind)));
    });
    return together(told, bringsTheSame(*tried) && other != offered.end()
                              ? said(QT_TRANSLATE_NOOP("explain", "Try “{repair}” instead."),
                                     {{repair, labelOf(*other, error)}})
                              : advice);
}

QString Explanation::oneLine() const
{
    QStringList parts{whatHappened, whatIsSafe, whatToDo};
    parts.removeAll(QString());
    return parts.join(u' ');
}

Explanation explain(const JobError &error)
{
    return {saidOf(sentencesFor(error).whatHappened, error), whatIsSafe(error), whatToDo(error)};
}

} // namespace core
