// SPDX-License-Identifier: Apache-2.0
#include "app/cli/print/wording.h"

#include "app/cli/print/terminal_text.h"
#include "app/cli/print/words.h"
#include "core/words/explain_several.h"
#include "core/words/sentence.h"

#include <algorithm>

namespace cli {

namespace {

using namespace Qt::StringLiterals;

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

} // namespace

QString jobLabel(const core::JobSnapshot &job)
{
    return core::text(job.id) + u" ("_s + terminalText(job.name) + u')';
}

namespace {

/// The files, and the three sentences of explain().
QString questionText(const core::JobSnapshot &job, const QList<AskedFile> &files)
{
    constexpr qsizetype kFilesShown = 20;
    QString text;
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

} // namespace

QString problemText(const core::JobSnapshot &job, const QList<AskedFile> &files)
{
    return Words::tr("Job %1 needs you.").arg(jobLabel(job)) + u'\n' + questionText(job, files);
}

QString otherProblemText(const core::JobSnapshot &job, const QList<AskedFile> &files)
{
    return Words::tr("Something else has stopped files of job %1, too:").arg(jobLabel(job)) +
           u'\n' + questionText(job, files);
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
