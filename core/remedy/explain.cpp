// SPDX-License-Identifier: Apache-2.0
#include "core/remedy/explain.h"

#include "core/remedy/catalogue.h"
#include "core/remedy/error_words.h"

#include <QCoreApplication>
#include <QStringList>

#include <algorithm>
#include <array>

namespace core {

namespace {

QString said(const char *source, const JobError &error)
{
    return filled(translated(source), wordsOf(error));
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

QString together(const QString &first, const QString &second)
{
    return first.isEmpty() ? second : first + u' ' + second;
}

QString savedBytes(const JobError &error)
{
    if (error.jobBytesDone == 1) {
        return translated(
            QT_TRANSLATE_NOOP("explain", "1 byte is saved and will not be fetched again."));
    }
    return said(QT_TRANSLATE_NOOP("explain", "{saved} are saved and will not be fetched again."),
                error);
}

/// Where the bytes of this one file can no longer be counted on: what the others have.
QString othersSafe(const JobError &error)
{
    const QString whole = wholeFiles(error);
    return whole.isEmpty()
               ? translated(QT_TRANSLATE_NOOP("explain", "Nothing else on this computer was touched."))
               : whole + u' '
                     + translated(QT_TRANSLATE_NOOP("explain", "They will not be fetched again."));
}

/// Causes after which "saved and will not be fetched again" would not be the truth.
struct SpecialSafety {
    Cause cause;
    const char *sentence;
};

// clang-format off
constexpr std::array kSpecialSafety{
    SpecialSafety{Cause::RemoteChanged,  QT_TRANSLATE_NOOP("explain", "The {done} of the old version are kept until the new one is whole.")},
    SpecialSafety{Cause::RangeRefused,   QT_TRANSLATE_NOOP("explain", "{saved} are saved, and nothing wrong was added to them.")},
    SpecialSafety{Cause::FolderMissing,  QT_TRANSLATE_NOOP("explain", "If the folder comes back with the {saved} saved in it, they will not be fetched again.")},
    SpecialSafety{Cause::DiskFailed,     QT_TRANSLATE_NOOP("explain", "{saved} were safely on the drive before that.")},
    SpecialSafety{Cause::PartChanged,    QT_TRANSLATE_NOOP("explain", "The changed file is left as it is.")},
    SpecialSafety{Cause::NameExists,     QT_TRANSLATE_NOOP("explain", "The new file is here complete, and the one that was there before has not been touched.")},
    SpecialSafety{Cause::HashMismatch,   QT_TRANSLATE_NOOP("explain", "It was not given its final name, and it is kept until you decide.")},
    SpecialSafety{Cause::SizeMismatch,   QT_TRANSLATE_NOOP("explain", "It was not given its final name, and it is kept until you decide.")},
};
// clang-format on

const char *specialSafety(Cause cause)
{
    const auto *row = std::ranges::find(kSpecialSafety, cause, &SpecialSafety::cause);
    return row == kSpecialSafety.end() ? nullptr : row->sentence;
}

QString whatIsSafe(const JobError &error)
{
    if (error.cause == Cause::PartMissing) {
        return othersSafe(error);
    }
    const char *special = specialSafety(error.cause);
    const bool aboutBytes = special != nullptr && QLatin1StringView(special).contains(u'{');
    if (special != nullptr && !aboutBytes) {
        return together(wholeFiles(error), said(special, error));
    }
    if (error.jobBytesDone <= 0) {
        return translated(
            QT_TRANSLATE_NOOP("explain", "Nothing had been fetched yet, so nothing is lost."));
    }
    return together(wholeFiles(error), special != nullptr ? said(special, error) : savedBytes(error));
}

QString whatToDo(const JobError &error)
{
    const QString advice = said(sentencesFor(error).whatToDo, error);
    const bool mayGoOnWithout = catalogueRow(error.cause).scope == Scope::File
                                && fixesFor(error).contains(FixKind::SkipFile);
    if (!mayGoOnWithout) {
        return advice;
    }
    return advice + u' '
           + translated(QT_TRANSLATE_NOOP("explain", "You can also go on without this file."));
}

} // namespace

QString Explanation::oneLine() const
{
    QStringList parts{whatHappened, whatIsSafe, whatToDo};
    parts.removeAll(QString());
    return parts.join(u' ');
}

Explanation explain(const JobError &error)
{
    return {said(sentencesFor(error).whatHappened, error), whatIsSafe(error), whatToDo(error)};
}

} // namespace core
