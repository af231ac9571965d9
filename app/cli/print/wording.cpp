// SPDX-License-Identifier: Apache-2.0
#include "app/cli/print/wording.h"

#include "app/cli/print/terminal_text.h"
#include "app/cli/print/words.h"
#include "core/remedy/catalogue.h"
#include "core/remedy/question_group.h"
#include "core/remedy/reason.h"
#include "core/words/explain_several.h"
#include "core/words/sentence.h"

#include <algorithm>

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

using Facts = QList<std::pair<QString, QString>>;

/// A certificate may be made out to thousands.
constexpr qsizetype kNamesShown = 4;

QString someNames(const QStringList &names)
{
    const QString shown = names.first(std::min(names.size(), kNamesShown)).join(", "_L1);
    return names.size() <= kNamesShown ? shown : core::andMore(shown, names.size() - kNamesShown);
}

Facts factsOf(const core::SeenCertificate &certificate)
{
    const bool isItsOwnIssuer = certificate.issuer == certificate.subject;
    Facts facts{{Words::tr("Certificate of"),
                 certificate.subject.isEmpty() ? Words::tr("nobody") : certificate.subject}};
    if (!certificate.names.isEmpty()) {
        facts.append({Words::tr("Good for"), someNames(certificate.names)});
    }
    facts.append({Words::tr("Vouched for by"), isItsOwnIssuer ? Words::tr("nobody but itself")
                                               : certificate.issuer.isEmpty()
                                                   ? Words::tr("nobody")
                                                   : certificate.issuer});
    facts.append({Words::tr("Good"), Words::tr("from %1 until %2")
                                         .arg(core::formatDay(certificate.notBefore),
                                              core::formatDay(certificate.notAfter))});
    return facts;
}

QString factLines(const Facts &facts)
{
    Facts shown;
    for (const auto &[label, value] : facts) {
        shown.append({label.isEmpty() ? label : label + u':', terminalText(value)});
    }
    return twoColumns(shown, 3);
}

/// Filled in where the server has said which one.
QString linkOption(const core::JobError &problem)
{
    const auto named = problem.cause == core::Cause::UploadElsewhere ? std::optional(problem.url)
                                                                     : core::likelyLink(problem);
    return u"--url "_s +
           (named ? shellWord(terminalText(named->toString(QUrl::FullyEncoded))) : u"LINK"_s);
}

/// The same for all files of the question. Of the repairs that name a file, a link is for the
/// first.
QString optionsForAll(core::FixKind fix, const QList<core::JobError> &problems)
{
    QString options = optionsFor(fix, problems.first());
    if (problems.size() > 1 && fix == core::FixKind::NewLink) {
        options += u" --file "_s + QString::number(problems.first().fileIndex + 1);
    }
    for (const core::JobError &other : problems.sliced(1)) {
        options += fix == core::FixKind::SkipFile ? u' ' + optionsFor(fix, other) : QString();
    }
    return options;
}

QString labelOf(core::FixKind fix, const QList<core::JobError> &problems)
{
    return problems.size() == 1 ? core::label(fix, problems.first())
                                : core::labelForAll(fix, problems.first());
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

QString jobLabel(const core::JobSnapshot &job)
{
    return core::text(job.id) + u" ("_s + terminalText(job.name) + u')';
}

QString problemText(const core::JobSnapshot &job, const QList<AskedFile> &files)
{
    constexpr qsizetype kFilesShown = 20;
    QString text = Words::tr("Job %1 needs you.").arg(jobLabel(job)) + u'\n';
    for (const AskedFile &file : files.first(std::min(files.size(), kFilesShown))) {
        if (job.progress.filesTotal > 1 && !file.name.isEmpty()) {
            text += u"  "_s +
                    Words::tr("File %1: %2")
                        .arg(QString::number(file.error.fileIndex + 1), terminalText(file.name)) +
                    u'\n';
        }
    }
    if (files.size() > kFilesShown) {
        text += u"  "_s +
                Words::tr("and %1 more files").arg(QString::number(files.size() - kFilesShown)) +
                u'\n';
    }
    const core::Explanation explanation = core::explainAll(errorsOf(files), job.progress.bytesDone);
    for (const QString &sentence :
         {explanation.whatHappened, explanation.whatIsSafe, explanation.whatToDo}) {
        if (!sentence.isEmpty()) {
            text += u"  "_s + terminalText(sentence) + u'\n';
        }
    }
    return text;
}

QString factsText(const core::JobError &problem)
{
    Facts facts;
    if (problem.certificate) {
        facts = factsOf(*problem.certificate);
        facts.append({Words::tr("SHA-256"), QString::fromLatin1(problem.certificate->sha256Hex)});
    }
    if (!problem.pageTitle.isEmpty()) {
        facts.append({Words::tr("Page"), problem.pageTitle});
    }
    if (!problem.serverWords.isEmpty()) {
        facts.append({Words::tr("It says"), problem.serverWords});
    }
    if (!problem.proxy.isEmpty()) {
        facts.append({Words::tr("Proxy"), problem.proxy.toDisplayString(QUrl::RemoveUserInfo)});
    }
    if (problem.wantedHash) {
        facts.append({Words::tr("Expected"), core::text(*problem.wantedHash)});
    }
    if (problem.foundHash) {
        facts.append({Words::tr("It has"), core::text(*problem.foundHash)});
    }
    return factLines(facts);
}

QString certificateText(const core::SeenCertificate &certificate)
{
    constexpr qsizetype kHalf = 48; // 16 pairs and their colons
    const QString fingerprint = core::formatFingerprint(certificate.sha256Hex);
    Facts facts = factsOf(certificate);
    facts.append({Words::tr("SHA-256"), fingerprint.first(std::min(kHalf, fingerprint.size()))});
    facts.append({QString(), fingerprint.sliced(std::min(kHalf, fingerprint.size()))});
    return factLines(facts);
}

QString answersText(const core::JobSnapshot &job, const QList<core::JobError> &problems,
                    const CommandStyle &style)
{
    QList<std::pair<QString, QString>> rows;
    for (const core::FixKind fix : core::fixesForAll(problems)) {
        const QString command = style.command("resume"_L1, job.id, optionsForAll(fix, problems));
        const bool isThere =
            std::ranges::any_of(rows, [&command](const auto &row) { return row.first == command; });
        if (isThere) {
            continue; // trying again and going on waiting are the same here
        }
        rows.append(
            {command,
             terminalText(fix == core::FixKind::FreeSpace ? Words::tr("Make room first, then go on")
                          : fix == core::FixKind::NewLink ? core::label(fix, problems.first())
                                                          : labelOf(fix, problems))});
    }
    if (core::next(job.type, job.state, core::JobEvent::Complete)) {
        rows.append(
            {style.command("complete"_L1, job.id), terminalText(core::describeComplete(job))});
    }
    rows.append({style.command("cancel"_L1, job.id), terminalText(core::describeCancel(job))});
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

QString bytesOfTotal(qint64 done, std::optional<qint64> total)
{
    if (!total || *total == done) {
        return core::formatBytes(done);
    }
    return Words::tr("%1 of %2").arg(core::formatBytes(done), core::formatBytes(*total));
}

QString limitText(std::optional<qint64> bytesPerSecond)
{
    return bytesPerSecond ? Words::tr("%1 at most").arg(core::formatRate(*bytesPerSecond))
                          : Words::tr("no speed limit");
}

QString connectionsText(int wanted)
{
    return wanted == 1 ? Words::tr("one connection for each file")
                       : Words::tr("%1 connections for each file at most").arg(wanted);
}

QString changedText(const core::JobSnapshot &job, const core::JobChange &change)
{
    QStringList parts{Words::tr("priority %1").arg(core::priorityWord(job.priority))};
    if (change.move) {
        parts.append(*change.move == core::QueueEnd::First
                         ? Words::tr("before all others of that priority")
                         : Words::tr("behind all others of that priority"));
    }
    if (job.queuePlace) {
        parts.append(Words::tr("number %1 in the queue").arg(*job.queuePlace));
    }
    parts.append(limitText(job.limitBytesPerSecond));
    if (job.connectionsWanted) {
        parts.append(connectionsText(*job.connectionsWanted));
    }
    if (!change.files.isEmpty()) {
        parts.append(Words::tr("%1 of %2 files done")
                         .arg(job.progress.filesDone)
                         .arg(job.progress.filesTotal));
    }
    const bool leavesOut = std::ranges::any_of(
        change.files, [](const core::FileChange &each) { return each.wanted == false; });
    if (leavesOut) {
        parts.append(Words::tr("what is here of those left out goes when the job ends"));
    }
    return parts.join(", "_L1);
}

QString percent(qint64 done, std::optional<qint64> total)
{
    if (!total || *total <= 0) {
        return {};
    }
    const double share = 100.0 * double(done) / double(*total);
    const int shown = done >= *total ? 100 : std::clamp(int(share), 0, 99);
    return Words::tr("%1 %").arg(shown);
}

} // namespace cli
