// SPDX-License-Identifier: Apache-2.0
#include "app/cli/follow/question.h"

#include "app/cli/print/terminal_text.h"
#include "app/cli/print/wording.h"
#include "app/cli/print/words.h"
#include "core/remedy/reason.h"
#include "core/words/explain.h"
#include "core/words/job_name.h"

namespace cli {

using namespace Qt::StringLiterals;

QString Question::prompt() const
{
    switch (m_stage) {
    case Stage::Verb:
        return verbPrompt();
    case Stage::Fix:
        return fixPrompt();
    case Stage::Link:
        return linkPrompt();
    case Stage::Header:
        return headerPrompt();
    case Stage::User:
        return Words::tr("User name: ");
    case Stage::Password:
        return Words::tr("Password: ");
    case Stage::Folder:
        return Words::tr("Folder: ");
    case Stage::Source:
        return Words::tr("File to send: ");
    case Stage::Name:
        return Words::tr("New name: ");
    case Stage::Certificate:
        return certificatePrompt();
    case Stage::Proxy:
        return Words::tr("Proxy, like http://proxy.example:3128, or \"direct\" for none: ");
    case Stage::ProxyUser:
        return Words::tr("Name for the proxy, or nothing to use another proxy: ");
    case Stage::ProxyPassword:
        return Words::tr("Password for the proxy: ");
    case Stage::Hash:
        return hashPrompt();
    case Stage::Keep:
        return Words::tr("Keep it in the keyring until the job has ended? y for yes: ");
    }
    Q_UNREACHABLE();
}

QString Question::linkPrompt() const
{
    if (isAddressNamed()) {
        return Words::tr("New address, or nothing for %1: ")
            .arg(terminalText(m_problem.url.toString(QUrl::FullyEncoded)));
    }
    if (const auto likely = core::likelyLink(linkless().error)) {
        return Words::tr("New link, or nothing for '%1': ")
            .arg(terminalText(likely->toString(QUrl::RemoveUserInfo)));
    }
    if (m_files.size() > 1) {
        QList<core::FileInQuestion> files;
        for (const AskedFile &file : m_files) {
            files.append({m_job.name, m_job.folder, file.name, file.error});
        }
        return Words::tr("New link for %1: ")
            .arg(terminalText(core::toldApart(files).at(m_files.indexOf(linkless()))));
    }
    return m_problem.type == core::JobType::Upload ? Words::tr("New address: ")
                                                   : Words::tr("New link: ");
}

QString Question::headerPrompt() const
{
    if (!m_headers.isEmpty()) {
        return Words::tr("Another header, or nothing to go on: ");
    }
    const core::HeaderFields missing = core::missingFields(m_problem);
    if (missing.isEmpty()) {
        return Words::tr("Header, like 'Name: value': ");
    }
    const core::HeaderField &field = missing.first();
    return Words::tr("Header, or nothing for '%1': ")
        .arg(terminalText(QString::fromLatin1(field.first + ": " + field.second)));
}

QString Question::verbPrompt() const
{
    QString text;
    const auto add = [&text](char16_t key, const QString &label, const QString &effect) {
        text += u"  "_s + QChar(key) + u"  "_s + padded(label, 16) + terminalText(effect) + u'\n';
    };
    add(u'c', Words::tr("Cancel job"), core::describeCancel(m_job));
    if (canComplete()) {
        add(u'a', Words::tr("Accept partial"), core::describeComplete(m_job));
    }
    add(u'f', Words::tr("Fix and resume"), core::describeResume(m_job));
    add(u'l', Words::tr("Decide later"), Words::tr("Leaves the job as it is."));
    return text + Words::tr("Your choice: ");
}

QString Question::fixPrompt() const
{
    QString text;
    for (qsizetype i = 0; i < m_fixes.size(); ++i) {
        text += u"  "_s + QString::number(i + 1) + u"  "_s +
                repairText(m_fixes.at(i), errorsOf(m_files)) + u'\n';
    }
    return text + Words::tr("Number of the repair, or nothing to go back: ");
}

/// As ssh asks: whoever has the fingerprint gives it, and it is compared without a slip.
QString Question::certificatePrompt() const
{
    const QString seen =
        m_problem.certificate ? certificateText(*m_problem.certificate) : QString();
    return seen +
           Words::tr("Compare this with what the owner of the server tells you. To trust it, type\n"
                     "\"yes\" or paste the fingerprint you were given; nothing to go back: ");
}

QString Question::hashPrompt() const
{
    return factsText(m_problem) + Words::tr("The right checksum, or \"none\": ");
}

} // namespace cli
