// SPDX-License-Identifier: Apache-2.0
#include "core/words/explain_check.h"

#include "core/words/error_words.h"
#include "core/words/explain.h"
#include "core/words/sentence.h"

#include <QStringList>

#include <algorithm>

namespace core {

namespace {

const QLatin1StringView kSize("size");
const QLatin1StringView kKept("kept");
const QLatin1StringView kNeeded("needed");
const QLatin1StringView kFree("free");
const QLatin1StringView kFolder("folder");

const char *sameSentence(bool hasSize, bool isToBeReread)
{
    if (isToBeReread) {
        return hasSize
                   ? QT_TRANSLATE_NOOP("explain", "Same file: at most {kept} of {size} are kept.")
                   : QT_TRANSLATE_NOOP("explain", "Same file: at most {kept} are kept.");
    }
    return hasSize ? QT_TRANSLATE_NOOP("explain", "Same file: {kept} of {size} are kept{toGo}.")
                   : QT_TRANSLATE_NOOP("explain", "Same file: {kept} are kept.");
}

/// What the server has.
QString fileWords(const ServerFinding &found)
{
    const bool hasSize = found.sizeBytes.has_value();
    const QString toGo = found.remaining && found.remaining->count() > 0
                             ? said(QT_TRANSLATE_NOOP("explain", ", about {time} to go"),
                                    {{QLatin1StringView("time"), formatDuration(*found.remaining)}})
                             : QString();
    const Fillings amounts{{kSize, formatBytes(found.sizeBytes.value_or(0))},
                           {kKept, formatBytes(found.bytesKept)},
                           {QLatin1StringView("toGo"), toGo}};
    if (found.proof == ServerFinding::Proof::None) {
        return said(
            hasSize ? QT_TRANSLATE_NOOP("explain", "The server has the file: {size}{toGo}.")
                    : QT_TRANSLATE_NOOP(
                          "explain", "The server has the file, and does not say how large it is."),
            amounts);
    }
    QStringList sentences{said(sameSentence(hasSize, found.isToBeReread), amounts)};
    if (found.isToBeReread) {
        sentences += translated(QT_TRANSLATE_NOOP(
            "explain", "What is here does not look as it was left, so it is read again first, and "
                       "what is not as it came is fetched once more."));
    }
    if (found.isWholeSent) {
        sentences += translated(QT_TRANSLATE_NOOP(
            "explain", "The server can only send it from the start, so what is here is compared "
                       "on the way."));
    }
    return sentences.join(u' ');
}

/// What the server has, where it can be used.
QString serverWords(const ServerFinding &found)
{
    const QString words = fileWords(found);
    if (!found.isPacked) {
        return words;
    }
    return words + u' ' +
           translated(found.sizeBytes
                          ? QT_TRANSLATE_NOOP("explain", "That is how large it comes, compressed.")
                          : QT_TRANSLATE_NOOP("explain", "It comes compressed."));
}

const char *freePlaceSentence(const UploadFinding &found)
{
    if (found.isFolderToBeMade) {
        return QT_TRANSLATE_NOOP("explain",
                                 "The folder will be made on the server. {size} will be sent.");
    }
    return found.isFolderMissing
               ? QT_TRANSLATE_NOOP("explain", "The server seems to have no folder for it, and may "
                                              "refuse the file then. {size} will be sent.")
               : QT_TRANSLATE_NOOP("explain", "The place is free. {size} will be sent.");
}

QString uploadWords(const UploadFinding &found)
{
    const Fillings amounts{{kSize, formatBytes(found.sizeBytes)},
                           {kKept, formatBytes(found.bytesThere)}};
    switch (found.there) {
    case UploadFinding::There::Unsaid:
        return said(QT_TRANSLATE_NOOP("explain", "The server answers, and does not say what is "
                                                 "there. {size} will be sent."),
                    amounts);
    case UploadFinding::There::Nothing:
        return said(freePlaceSentence(found), amounts);
    case UploadFinding::There::Other:
        return said(QT_TRANSLATE_NOOP("explain", "The file that is there will be replaced. {size} "
                                                 "will be sent."),
                    amounts);
    case UploadFinding::There::Part:
        return said(QT_TRANSLATE_NOOP("explain", "The server has {kept} of {size}. The rest will "
                                                 "be sent."),
                    amounts);
    case UploadFinding::There::Whole:
        return said(QT_TRANSLATE_NOOP("explain", "The server has the whole file. Nothing more will "
                                                 "be sent."),
                    amounts);
    }
    Q_UNREACHABLE();
}

/// Whether it fits, where that is known.
QString placeWords(const PlaceFinding &place)
{
    QStringList sentences;
    if (place.isToBeMade) {
        sentences += said(QT_TRANSLATE_NOOP("explain", "The folder {folder} will be made."),
                          {{kFolder, quoted(place.folder)}});
    }
    if (place.freeBytes && place.neededBytes > 0) {
        sentences += said(
            QT_TRANSLATE_NOOP("explain", "{needed} are needed there, {free} are free."),
            {{kNeeded, formatBytes(place.neededBytes)}, {kFree, formatBytes(*place.freeBytes)}});
    } else if (place.freeBytes) {
        sentences += said(QT_TRANSLATE_NOOP("explain", "{free} are free there."),
                          {{kFree, formatBytes(*place.freeBytes)}});
    }
    return sentences.join(u' ');
}

QString otherFileWords(const JobError &problem)
{
    const auto size = problem.fileBytesTotal;
    return said(
        size ? QT_TRANSLATE_NOOP("explain", "A different file ({size}): what is here does not "
                                            "belong to it. It can only be fetched from the start.")
             : QT_TRANSLATE_NOOP("explain", "A different file: what is here does not belong to it. "
                                            "It can only be fetched from the start."),
        {{kSize, formatBytes(size.value_or(0))}});
}

QString problemWords(const CheckReport &report, bool isSame)
{
    const JobError &problem = *report.problem;
    if (problem.cause == Cause::RemoteChanged) {
        return otherFileWords(problem);
    }
    if (problem.cause == Cause::DiskFull && report.place) {
        const QString room = placeWords(*report.place);
        return isSame ? said(QT_TRANSLATE_NOOP("explain", "Still too little room.")) + u' ' + room
                      : said(QT_TRANSLATE_NOOP("explain", "Too little room.")) + u' ' + room;
    }
    const QString what = explain(problem).whatHappened;
    if (!isSame) {
        return what;
    }
    return problem.httpStatus > 0
               ? said(QT_TRANSLATE_NOOP("explain", "Still the same (HTTP {status}): {what}"),
                      {{QLatin1StringView("status"), QString::number(problem.httpStatus)},
                       {QLatin1StringView("what"), what}})
               : said(QT_TRANSLATE_NOOP("explain", "Still the same: {what}"),
                      {{QLatin1StringView("what"), what}});
}

/// What the repairs do, but for those of the place, which is spoken of.
QStringList effectsOf(const Fixes &fixes, const JobError &question)
{
    QStringList effects;
    for (const Fix &fix : fixes) {
        const FixKind kind = kindOf(fix);
        const bool isOfPlace = kind == FixKind::OtherFolder || kind == FixKind::CreateFolder;
        const QString effect = describe(kind, question);
        if (!isOfPlace && kind != FixKind::Retry && !effects.contains(effect)) {
            effects.append(effect);
        }
    }
    return effects;
}

/// What came of comparing what is here, and what another checksum would make of that.
QString comparisonWords(const Fixes &fixes, const JobError &question)
{
    const bool isOfComparison = question.cause == Cause::HashMismatch &&
                                question.type == JobType::Download && question.wantedHash &&
                                question.foundHash;
    if (!isOfComparison) {
        return {};
    }
    const Fillings words{{QLatin1StringView("wanted"), text(*question.wantedHash)},
                         {QLatin1StringView("found"), text(*question.foundHash)}};
    for (const Fix &fix : fixes) {
        const auto *other = std::get_if<fix::OtherHash>(&fix);
        if (other == nullptr || !other->hash ||
            other->hash->algorithm != question.foundHash->algorithm) {
            continue;
        }
        return said(other->hash == question.foundHash
                        ? QT_TRANSLATE_NOOP("explain", "What is here has just that checksum.")
                        : QT_TRANSLATE_NOOP("explain", "What is here has the checksum {found}, "
                                                       "which is not that one either."),
                    words);
    }
    const bool isPlain = std::ranges::all_of(fixes, [](const Fix &fix) {
        return kindOf(fix) == FixKind::Retry || kindOf(fix) == FixKind::Restart;
    });
    return isPlain
               ? said(QT_TRANSLATE_NOOP("explain", "What is here has the checksum {found} and "
                                                   "was to have {wanted}, so it is fetched from "
                                                   "the start."),
                      words)
               : QString();
}

/// Files of one job do not replace each other.
QString numberedWords(const Fixes &fixes, const CheckReport &report)
{
    for (const Fix &fix : fixes) {
        const auto *other = std::get_if<fix::OtherName>(&fix);
        const bool isNumbered = other != nullptr && report.place &&
                                other->fileIndex.value_or(report.fileIndex) == report.fileIndex &&
                                !report.place->fileName.isEmpty() &&
                                report.place->fileName != other->name;
        if (isNumbered) {
            return said(QT_TRANSLATE_NOOP("explain",
                                          "Another file of this job has the name {name}, "
                                          "so this one will be called {numbered}."),
                        {{QLatin1StringView("name"), quoted(other->name)},
                         {QLatin1StringView("numbered"), quoted(report.place->fileName)}});
        }
    }
    return {};
}

} // namespace

CheckWords explain(const CheckReport &report, const std::optional<JobError> &question)
{
    if (report.problem) {
        const bool isSame = question && question->cause == report.problem->cause;
        return {isSame ? CheckWords::Verdict::SameNo : CheckWords::Verdict::OtherNo,
                problemWords(report, isSame)};
    }
    QStringList sentences;
    if (report.server) {
        sentences += serverWords(*report.server);
    }
    if (report.isHashOnlyTold) {
        sentences += hashOnlyTold();
    }
    if (report.upload) {
        sentences += uploadWords(*report.upload);
    }
    if (report.place && (!report.server || report.place->isToBeMade)) {
        sentences += placeWords(*report.place);
    }
    return {CheckWords::Verdict::Good, sentences.join(u' ')};
}

CheckWords explainFor(const JobSnapshot &job, const Fixes &fixes, const CheckReport &report,
                      const std::optional<JobError> &question)
{
    CheckWords words = explain(report, question);
    QStringList sentences{numberedWords(fixes, report),
                          comparisonWords(fixes, question.value_or(JobError{}))};
    if (!report.problem && !report.server && !report.upload) {
        const QStringList effects = effectsOf(fixes, question.value_or(JobError{.type = job.type}));
        sentences += effects.isEmpty() ? QStringList{describeResume(job)} : effects;
    }
    sentences.append(words.text);
    sentences.removeAll(QString());
    words.text = sentences.join(u' ');
    return words;
}

} // namespace core
