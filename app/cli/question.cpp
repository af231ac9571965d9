// SPDX-License-Identifier: Apache-2.0
#include "app/cli/question.h"

#include "app/cli/terminal_text.h"
#include "app/cli/typed_values.h"
#include "app/cli/words.h"
#include "core/http/link.h"
#include "core/remedy/catalogue.h"
#include "core/remedy/explain.h"

#include <QDir>

namespace cli {

namespace {

using namespace Qt::StringLiterals;

Question::Step complaint(const QString &sentence)
{
    return {.complaint = terminalText(sentence), .decision = std::nullopt};
}

Question::Step resumeWith(core::Fixes fixes)
{
    return {.complaint = {}, .decision = Decision{Decision::Verb::Resume, std::move(fixes)}};
}

Question::Step decide(Decision::Verb verb)
{
    return {.complaint = {}, .decision = Decision{verb, {}}};
}

} // namespace

Question::Question(core::JobSnapshot job, core::JobError problem, QString currentFolder)
    : m_job(std::move(job))
    , m_problem(std::move(problem))
    , m_currentFolder(std::move(currentFolder))
    , m_fixes(core::fixesFor(m_problem))
{
}

QString Question::prompt() const
{
    switch (m_stage) {
    case Stage::Verb:
        return verbPrompt();
    case Stage::Fix:
        return fixPrompt();
    case Stage::Link:
        return Words::tr("New link: ");
    case Stage::Header:
        return m_headers.isEmpty() ? Words::tr("Header, like 'Name: value': ")
                                   : Words::tr("Another header, or nothing to go on: ");
    case Stage::User:
        return Words::tr("User name: ");
    case Stage::Password:
        return Words::tr("Password: ");
    case Stage::Folder:
        return Words::tr("Folder: ");
    case Stage::Name:
        return Words::tr("New name: ");
    }
    Q_UNREACHABLE();
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
                terminalText(core::label(m_fixes.at(i)) + u": "_s +
                             core::describe(m_fixes.at(i), m_problem)) +
                u'\n';
    }
    return text + Words::tr("Number of the repair, or nothing to go back: ");
}

bool Question::canComplete() const
{
    return core::next(m_job.type, m_job.state, core::JobEvent::Complete).has_value();
}

Question::Step Question::take(const QString &line)
{
    const QString typed = line.trimmed();
    switch (m_stage) {
    case Stage::Verb:
        return takeVerb(typed.toLower());
    case Stage::Fix:
        return takeFix(typed);
    case Stage::Link:
        return takeLink(typed);
    case Stage::Header:
        return takeHeader(typed);
    case Stage::User:
        return takeUser(typed);
    case Stage::Password:
        return takePassword(line); // white space may belong to it
    case Stage::Folder:
        return takeFolder(typed);
    case Stage::Name:
        return takeName(typed);
    }
    Q_UNREACHABLE();
}

Question::Step Question::takeVerb(const QString &answer)
{
    if (answer == u'c') {
        return decide(Decision::Verb::Cancel);
    }
    if (answer == u'a' && canComplete()) {
        return decide(Decision::Verb::Complete);
    }
    if (answer == u'l') {
        return decide(Decision::Verb::Later);
    }
    if (answer != u'f') {
        return complaint(Words::tr("Type one of the letters at the left."));
    }
    if (m_fixes.isEmpty()) {
        return resumeWith({});
    }
    m_stage = Stage::Fix;
    return {};
}

Question::Step Question::takeFix(const QString &answer)
{
    if (answer.isEmpty()) {
        m_stage = Stage::Verb;
        return {};
    }
    bool isNumber = false;
    const int number = answer.toInt(&isNumber);
    if (!isNumber || number < 1 || number > m_fixes.size()) {
        return complaint(Words::tr("Type one of the numbers at the left."));
    }
    return choose(m_fixes.at(number - 1));
}

Question::Step Question::choose(core::FixKind kind)
{
    const int file = m_problem.fileIndex;
    switch (kind) {
    case core::FixKind::Retry:
    case core::FixKind::FreeSpace:
    case core::FixKind::Wait:
        return resumeWith({core::fix::Retry{}});
    case core::FixKind::CreateFolder:
        return resumeWith({core::fix::CreateFolder{}});
    case core::FixKind::KeepBoth:
        return resumeWith({core::fix::KeepBoth{file}});
    case core::FixKind::Replace:
        return resumeWith({core::fix::Replace{file}});
    case core::FixKind::Restart:
        return resumeWith({core::fix::Restart{file}});
    case core::FixKind::SkipFile:
        return resumeWith({core::fix::SkipFile{file}});
    case core::FixKind::NewLink:
        m_stage = Stage::Link;
        return {};
    case core::FixKind::Headers:
        m_headers.clear();
        m_stage = Stage::Header;
        return {};
    case core::FixKind::Login:
        m_stage = Stage::User;
        return {};
    case core::FixKind::OtherFolder:
        m_stage = Stage::Folder;
        return {};
    case core::FixKind::OtherName:
        m_stage = Stage::Name;
        return {};
    }
    Q_UNREACHABLE();
}

Question::Step Question::takeLink(const QString &typed)
{
    if (typed.isEmpty()) {
        return back();
    }
    const auto link = core::parseLink(typed);
    if (!link) {
        return complaint(core::explain(link.error(), typed));
    }
    core::Fixes fixes{core::fix::NewLink{link->url, m_problem.fileIndex}};
    if (!link->user.isEmpty() || !link->password.isEmpty()) {
        fixes.append(core::fix::Login{{link->user, link->password}});
    }
    return resumeWith(fixes);
}

Question::Step Question::takeHeader(const QString &typed)
{
    if (typed.isEmpty()) {
        return m_headers.isEmpty() ? back() : resumeWith({core::fix::Headers{m_headers}});
    }
    const auto field = parseHeader(typed);
    if (!field) {
        return complaint(field.error().sentence);
    }
    m_headers.append(*field);
    return {};
}

Question::Step Question::takeUser(const QString &typed)
{
    if (typed.isEmpty()) {
        return back();
    }
    const auto user = parseUser(typed);
    if (!user) {
        return complaint(Words::tr("A user name has no colon and no control characters."));
    }
    m_user = *user;
    m_stage = Stage::Password;
    return {};
}

Question::Step Question::takePassword(const QString &typed)
{
    return resumeWith({core::fix::Login{{m_user, typed}}});
}

Question::Step Question::takeFolder(const QString &typed)
{
    if (typed.isEmpty()) {
        return back();
    }
    const QString path = QDir(m_currentFolder).absoluteFilePath(typed);
    return resumeWith({core::fix::OtherFolder{QDir::cleanPath(path)}});
}

Question::Step Question::takeName(const QString &typed)
{
    if (typed.isEmpty()) {
        return back();
    }
    const auto name = parseFileName(typed);
    if (!name) {
        return complaint(name.error().sentence);
    }
    return resumeWith({core::fix::OtherName{*name, m_problem.fileIndex}});
}

Question::Step Question::back()
{
    m_stage = Stage::Fix;
    return {};
}

} // namespace cli
