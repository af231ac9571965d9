// SPDX-License-Identifier: Apache-2.0
#include "app/cli/print/terminal_text.h"
#include "app/cli/print/wording.h"
#include "app/cli/print/words.h"
#include "core/remedy/catalogue.h"
#include "core/remedy/question_group.h"
#include "core/remedy/reason.h"
#include "core/words/explain.h"
#include "core/words/explain_several.h"

#include <algorithm>

// The commands that answer a question.

namespace cli {

namespace {

using namespace Qt::StringLiterals;

/// In single quotes where a shell would read more than a word.
QString shellWord(const QString &word)
{
    const bool isPlain = !word.isEmpty() && std::ranges::all_of(word, [](QChar c) {
        return c.isLetterOrNumber() || "/._-+,:@%="_L1.contains(c);
    });
    return isPlain ? word : u'\'' + QString(word).replace(u'\'', "'\\''"_L1) + u'\'';
}

/// Filled in where the server has said which one.
QString linkOption(const core::JobError &problem)
{
    const auto named = problem.cause == core::Cause::UploadElsewhere ? std::optional(problem.url)
                                                                     : core::likelyLink(problem);
    return u"--url "_s +
           (named ? shellWord(terminalText(named->toString(QUrl::FullyEncoded))) : u"LINK"_s);
}

QString fileOption(const core::JobError &problem)
{
    return u" --file "_s + QString::number(problem.fileIndex + 1);
}

QString labelOf(core::FixKind fix, const QList<core::JobError> &problems)
{
    return problems.size() == 1 ? core::label(fix, problems.first())
                                : core::labelForAll(fix, problems.first());
}

/// Whom `bhop resume` takes a repair to be for that says nothing of files.
enum class MeantFor {
    Job,      ///< all of it
    Question, ///< what the job asks: for another question it is no answer
    Server,   ///< that of the file that --file names
    File,     ///< the file that --file names
};

MeantFor meantFor(core::FixKind fix, const core::JobError &problem)
{
    switch (fix) {
    case core::FixKind::Retry:
    case core::FixKind::Headers:
    case core::FixKind::FreeSpace:
    case core::FixKind::OtherFolder:
    case core::FixKind::CreateFolder:
    case core::FixKind::Recheck:
    case core::FixKind::SkipFile: // names its files itself
    case core::FixKind::AllowInsecure:
    case core::FixKind::OtherSource: // of an upload, which has one file
    case core::FixKind::OtherProtocol:
    case core::FixKind::Wait:
        return MeantFor::Job;
    case core::FixKind::Login:
    case core::FixKind::TrustCertificate:
        return MeantFor::Server;
    case core::FixKind::Proxy:
        return problem.cause == core::Cause::ProxyLoginRequired ? MeantFor::Question
                                                                : MeantFor::Job;
    case core::FixKind::NewLink:
    case core::FixKind::OtherName:
    case core::FixKind::KeepBoth:
    case core::FixKind::Replace:
    case core::FixKind::Restart:
    case core::FixKind::OtherHash:
    case core::FixKind::Accept:
    case core::FixKind::Unpack:
        return MeantFor::File;
    }
    Q_UNREACHABLE();
}

/// The same for all files of the question. Of the repairs that name a file, a link is for the
/// first; what is for one server says by a file which one that is.
QString optionsForAll(core::FixKind fix, const QList<core::JobError> &problems)
{
    QString options = optionsFor(fix, problems.first());
    const bool isOfServer = meantFor(fix, problems.first()) == MeantFor::Server;
    if ((problems.size() > 1 && fix == core::FixKind::NewLink) ||
        (isOfServer && problems.first().jobFilesTotal > 1)) {
        options += fileOption(problems.first());
    }
    for (const core::JobError &other : problems.sliced(1)) {
        options += fix == core::FixKind::SkipFile ? u' ' + optionsFor(fix, other) : QString();
    }
    return options;
}

/// With the files that it is for, where the job itself asks something else.
QString aimedOptions(core::FixKind fix, const QList<core::JobError> &problems)
{
    if (meantFor(fix, problems.first()) != MeantFor::File) {
        return optionsForAll(fix, problems);
    }
    QString options = optionsFor(fix, problems.first());
    const bool isForAll = core::reachOf(fix) == core::Reach::All;
    for (const core::JobError &each : problems.first(isForAll ? problems.size() : 1)) {
        options += fileOption(each);
    }
    return options;
}

using Rows = QList<std::pair<QString, QString>>;

/// A command once: trying again and going on waiting are the same here.
void addRepair(const QString &command, core::FixKind fix, const QList<core::JobError> &problems,
               Rows *rows)
{
    const bool isThere =
        std::ranges::any_of(*rows, [&command](const auto &row) { return row.first == command; });
    if (isThere) {
        return;
    }
    rows->append(
        {command,
         terminalText(fix == core::FixKind::FreeSpace ? Words::tr("Make room first, then go on")
                      : fix == core::FixKind::NewLink ? core::label(fix, problems.first())
                                                      : labelOf(fix, problems))});
}

} // namespace

QString CommandStyle::command(QLatin1StringView name, core::JobId job, const QString &options) const
{
    QString text = u"bhop "_s + name + u' ' + core::text(job);
    if (!options.isEmpty()) {
        text += u' ' + options;
    }
    if (!stateFolder.isEmpty()) {
        text += u" --state-dir "_s + shellWord(terminalText(stateFolder));
    }
    return text;
}

QString answersText(const core::JobSnapshot &job, const QList<core::JobError> &problems,
                    const CommandStyle &style)
{
    Rows rows;
    for (const core::FixKind fix : core::fixesForAll(problems)) {
        addRepair(style.command("resume"_L1, job.id, optionsForAll(fix, problems)), fix, problems,
                  &rows);
    }
    if (core::next(job.type, job.state, core::JobEvent::Complete)) {
        rows.append(
            {style.command("complete"_L1, job.id), terminalText(core::describeComplete(job))});
    }
    rows.append({style.command("cancel"_L1, job.id), terminalText(core::describeCancel(job))});
    return twoColumns(rows, 3);
}

QString otherAnswersText(const core::JobSnapshot &job, const QList<core::JobError> &problems,
                         const CommandStyle &style)
{
    Rows rows;
    for (const core::FixKind fix : core::fixesForAll(problems)) {
        if (meantFor(fix, problems.first()) != MeantFor::Question) {
            addRepair(style.command("resume"_L1, job.id, aimedOptions(fix, problems)), fix,
                      problems, &rows);
        }
    }
    return twoColumns(rows, 3);
}

QString repairText(core::FixKind fix, const QList<core::JobError> &problems)
{
    // Nobody watches the drive once the program has ended.
    const QString effect =
        fix == core::FixKind::FreeSpace
            ? Words::tr("Make it before you choose this; the job goes on at once.")
        : problems.size() == 1 ? core::describe(fix, problems.first())
                               : core::describeForAll(fix, problems.first());
    return terminalText(labelOf(fix, problems) + u": "_s + effect);
}

QString optionsFor(core::FixKind fix, const core::JobError &problem)
{
    switch (fix) {
    case core::FixKind::Retry:
    case core::FixKind::FreeSpace:
    case core::FixKind::Wait:
        return {};
    case core::FixKind::NewLink:
        return linkOption(problem);
    case core::FixKind::Headers:
        return u"--header 'NAME: VALUE'"_s;
    case core::FixKind::Login:
        return u"--user NAME"_s;
    case core::FixKind::OtherFolder:
        return u"--dir DIR"_s;
    case core::FixKind::CreateFolder:
        return u"--create-dir"_s;
    case core::FixKind::OtherName:
        return u"--name NAME"_s;
    case core::FixKind::KeepBoth:
        return u"--existing keep-both"_s;
    case core::FixKind::Replace:
        return u"--existing replace"_s;
    case core::FixKind::Restart:
        return u"--restart"_s;
    case core::FixKind::Recheck:
        return u"--recheck"_s;
    case core::FixKind::SkipFile:
        return u"--skip "_s + QString::number(problem.fileIndex + 1);
    case core::FixKind::TrustCertificate:
        return u"--trust-cert SHA256"_s; // not filled in: it is to be compared first
    case core::FixKind::Proxy:
        return problem.cause == core::Cause::ProxyLoginRequired ? u"--proxy-user NAME"_s
                                                                : u"--proxy URL"_s;
    case core::FixKind::AllowInsecure:
        return u"--allow-insecure"_s;
    case core::FixKind::OtherHash:
        return u"--hash ALGO:HEX"_s;
    case core::FixKind::Accept:
        return u"--accept"_s;
    case core::FixKind::Unpack:
        return u"--unpack"_s;
    case core::FixKind::OtherSource:
        return u"--source FILE"_s;
    case core::FixKind::OtherProtocol:
        return core::protocolInstead(problem) == core::UploadProtocol::Tus ? u"--protocol tus"_s
                                                                           : u"--protocol put"_s;
    }
    Q_UNREACHABLE();
}

} // namespace cli
