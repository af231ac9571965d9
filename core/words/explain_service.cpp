// SPDX-License-Identifier: Apache-2.0
#include "core/words/explain_service.h"

#include "core/words/explain.h"
#include "core/words/explain_link.h"
#include "core/words/explain_store.h"
#include "core/words/sentence.h"

#include <QCoreApplication>

namespace core {

namespace {

QString noticeSentence(const notice::NotSaved &notice)
{
    return explain(notice.error);
}

QString noticeSentence(const notice::LeftOut &notice)
{
    return QCoreApplication::translate(
               "explain", "Some jobs of the list could not be read and are left out: %1")
        .arg(notice.details.join(QStringLiteral("; ")));
}

QString noticeSentence(const notice::Restored &notice)
{
    return explain(notice.list);
}

QString jobsText(const JobIds &jobs)
{
    QStringList ids;
    for (const JobId id : jobs) {
        ids += text(id);
    }
    return ids.join(QStringLiteral(", "));
}

QString noticeSentence(const notice::SecretsNotKept &notice)
{
    const QString sentence =
        notice.keyring == KeyringState::Locked
            ? QCoreApplication::translate(
                  "explain", "The keyring is locked, so the login of job %1 is kept only until the "
                             "engine of Bellhop ends; then it has to be given again.")
            : QCoreApplication::translate(
                  "explain", "No keyring answers here, so the login of job %1 is kept only until "
                             "the engine of Bellhop ends; then it has to be given again.");
    return sentence.arg(jobsText(notice.jobs));
}

QString noticeSentence(const notice::SecretsNotRead &notice)
{
    const bool isOne = notice.jobs.size() == 1;
    QString sentence;
    if (notice.keyring == KeyringState::Locked) {
        sentence =
            isOne ? QCoreApplication::translate(
                        "explain", "The keyring is locked, so the login that job %1 may have in "
                                   "it cannot be read. Unlock the keyring, or sign in "
                                   "again where the job asks for it.")
                  : QCoreApplication::translate(
                        "explain", "The keyring is locked, so the logins that the jobs %1 may "
                                   "have in it cannot be read. Unlock the keyring, or sign "
                                   "in again where they ask for it.");
    } else {
        sentence =
            isOne ? QCoreApplication::translate(
                        "explain", "No keyring answers here, so job %1 has no login that was "
                                   "to be kept. Sign in again where it asks for it.")
                  : QCoreApplication::translate(
                        "explain", "No keyring answers here, so the jobs %1 have no logins that "
                                   "were to be kept. Sign in again where they ask for it.");
    }
    return sentence.arg(jobsText(notice.jobs));
}

} // namespace

QString explain(const LinkReport &report)
{
    return report.problem ? explain(*report.problem, report.typed) : QString();
}

QString explain(const FolderReport &report)
{
    if (report.problem && report.problem->cause == Cause::NotAFolder) { // links were followed
        return QCoreApplication::translate("explain", "%1 is a file, and not a folder.")
            .arg(quoted(report.problem->localPath));
    }
    return report.problem ? explain(*report.problem).whatHappened : QString();
}

QString explain(const SourceReport &report)
{
    if (report.problem && report.problem->cause == Cause::SourceMissing) { // it may never have been
        return QCoreApplication::translate("explain", "There is no file %1.")
            .arg(quoted(report.path));
    }
    return report.problem ? explain(*report.problem).whatHappened : QString();
}

QString explain(const Notice &notice)
{
    return std::visit([](const auto &what) { return noticeSentence(what); }, notice);
}

QString explain(Ending ending)
{
    // A list that could not be saved is told when it happens: NotSaved.
    return ending == Ending::Unfinished
               ? QCoreApplication::translate(
                     "Engine", "A disk is still not done with what it was told, so Bellhop ends "
                               "without waiting for it any longer; what was saved is kept.")
               : QString();
}

QString explain(const EngineError &error)
{
    switch (error.fault) {
    case EngineFault::CannotStart:
        return QCoreApplication::translate(
                   "Engine",
                   "The engine of Bellhop could not be started%1, so this program does the "
                   "work itself, and no other can use the list meanwhile.")
            .arg(error.detail.isEmpty() ? QString() : QStringLiteral(" (%1)").arg(error.detail));
    case EngineFault::CannotListen:
        return QCoreApplication::translate(
                   "Engine",
                   "Programs cannot reach the engine of Bellhop here (%1), so this one does "
                   "the work itself, and no other can use the list meanwhile.")
            .arg(error.detail);
    case EngineFault::OtherVersion:
        return QCoreApplication::translate(
                   "Engine",
                   "The engine that runs is of another version of Bellhop (%1). Close the "
                   "other windows and terminals of Bellhop; it ends by itself when nothing "
                   "is under way. Then start again.")
            .arg(error.detail);
    case EngineFault::NoAnswer:
        return QCoreApplication::translate(
                   "Engine",
                   "The engine of Bellhop does not answer (process %1). When it does not come "
                   "back, end that process and start again; what was saved is still there.")
            .arg(error.detail);
    case EngineFault::OtherUser:
        return QCoreApplication::translate("Engine", "The jobs in “%1” belong to another user of "
                                                     "this computer. Give a folder of your "
                                                     "own with --state-dir, or leave it out.")
            .arg(error.detail);
    }
    Q_UNREACHABLE();
}

QString explain(const Shortage &shortage)
{
    switch (shortage.what) {
    case Scarce::OpenFiles:
        return QCoreApplication::translate(
                   "explain", "Bellhop has to be allowed at least %1 open files (ulimit -n).")
            .arg(shortage.needed);
    case Scarce::Addresses:
        return QCoreApplication::translate(
                   "explain", "Bellhop has to be allowed at least %1 kB of memory addresses "
                              "(ulimit -v).")
            .arg(shortage.needed / 1024);
    case Scarce::Threads:
        return QCoreApplication::translate(
                   "explain", "Bellhop cannot begin the %1 threads that it needs; end other "
                              "programs, or raise the limit (ulimit -u).")
            .arg(shortage.needed);
    }
    Q_UNREACHABLE();
}

QString explain(const StartFailure &failure)
{
    return std::visit([](const auto &error) { return explain(error); }, failure);
}

} // namespace core
