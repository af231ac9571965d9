// SPDX-License-Identifier: Apache-2.0
#include "app/cli/follow/question.h"

#include "app/cli/print/words.h"
#include "core/remedy/catalogue.h"
#include "core/remedy/question_group.h"
#include "core/remedy/reason.h"

#include <algorithm>

namespace cli {

namespace {

using namespace Qt::StringLiterals;

Question::Step decide(Decision::Verb verb)
{
    return {.complaint = {}, .decision = Decision{verb, {}}};
}

/// What nobody else should see.
bool hasSecret(const core::Fix &fix)
{
    if (const auto *proxy = std::get_if<core::fix::Proxy>(&fix)) {
        return !proxy->proxy.userName().isEmpty();
    }
    return std::holds_alternative<core::fix::Login>(fix) ||
           std::holds_alternative<core::fix::Headers>(fix);
}

} // namespace

Question::Question(core::JobSnapshot job, QList<AskedFile> files, QString currentFolder,
                   core::KeyringState keyring)
    : m_job(std::move(job))
    , m_files(std::move(files))
    , m_problem(m_files.first().error)
    , m_currentFolder(std::move(currentFolder))
    , m_keyring(keyring)
    , m_fixes(core::fixesForAll(errorsOf(m_files)))
{
}

bool Question::canComplete() const
{
    return core::next(m_job.type, m_job.state, core::JobEvent::Complete).has_value();
}

bool Question::isAddressNamed() const
{
    return m_problem.cause == core::Cause::UploadElsewhere;
}

Question::Step Question::take(const QString &line)
{
    Step step = takeAnswer(line);
    const bool isToBeAsked = step.decision && m_stage != Stage::Keep && !m_job.keepSecrets &&
                             m_keyring == core::KeyringState::Open &&
                             std::ranges::any_of(step.decision->fixes, hasSecret);
    if (!isToBeAsked) {
        return step;
    }
    m_decided = step.decision->fixes;
    return ask(Stage::Keep);
}

Question::Step Question::takeKeeping(const QString &answer)
{
    const bool isKept = answer.compare(Words::tr("y"), Qt::CaseInsensitive) == 0 ||
                        answer.compare(Words::tr("yes"), Qt::CaseInsensitive) == 0;
    for (core::Fix &fix : m_decided) {
        core::setKeep(isKept, &fix);
    }
    return resumeWith(m_decided);
}

Question::Step Question::takeAnswer(const QString &line)
{
    const QString typed = line.trimmed();
    if (typed.isEmpty() && m_stage != Stage::Verb && m_stage != Stage::Keep && !isSecret()) {
        return takeNothing();
    }
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
        return resumeWith({core::fix::Login{.login = {m_user, line}, // white space may belong to it
                                            .origin = core::serverOf(m_problem.url)}});
    case Stage::Folder:
        return takeFolder(typed);
    case Stage::Source:
        return takeSource(typed);
    case Stage::Name:
        return takeName(typed);
    case Stage::Certificate:
        return takeCertificate(typed);
    case Stage::Proxy:
        return takeProxy(typed);
    case Stage::ProxyUser:
        return takeProxyUser(typed);
    case Stage::ProxyPassword:
        return resumeWith({core::fix::Proxy{withLogin(m_problem.proxy, {m_user, line})}});
    case Stage::Hash:
        return takeHash(typed);
    case Stage::Keep:
        return takeKeeping(typed);
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
    return ask(Stage::Fix);
}

/// A step back; on, where there is something to go on with.
Question::Step Question::takeNothing()
{
    const core::JobError &problem = linkless().error;
    const auto likely = core::likelyLink(problem);
    if (m_stage == Stage::Link && likely) {
        return addLink({core::fix::NewLink{*likely, problem.fileIndex}});
    }
    if (m_stage == Stage::Header && m_headers.isEmpty()) {
        m_headers = core::missingFields(m_problem);
    }
    if (m_stage == Stage::Header && !m_headers.isEmpty()) {
        return resumeWith({core::fix::Headers{m_headers}});
    }
    if (m_stage == Stage::Link && isAddressNamed()) {
        return takeLink(m_problem.url.toString(QUrl::FullyEncoded));
    }
    if (m_stage == Stage::Fix) {
        return ask(Stage::Verb);
    }
    return ask(m_stage == Stage::ProxyUser ? Stage::Proxy : Stage::Fix);
}

Question::Step Question::takeFix(const QString &answer)
{
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
        return repairAll(core::fix::KeepBoth{file});
    case core::FixKind::Replace:
        return repairAll(core::fix::Replace{file});
    case core::FixKind::Restart:
        return repairAll(core::fix::Restart{file});
    case core::FixKind::Recheck:
        return resumeWith({core::fix::Recheck{}});
    case core::FixKind::SkipFile:
        return repairAll(core::fix::SkipFile{file});
    case core::FixKind::AllowInsecure:
        return resumeWith({core::fix::AllowInsecure{}});
    case core::FixKind::OtherProtocol:
        return resumeWith({core::fix::OtherProtocol{
            core::protocolInstead(m_problem).value_or(core::UploadProtocol::Auto)}});
    case core::FixKind::Accept:
        return repairAll(core::fix::Accept{file});
    case core::FixKind::Unpack:
        return repairAll(core::fix::Unpack{file});
    case core::FixKind::NewLink:
        m_links.clear();
        return ask(Stage::Link);
    case core::FixKind::Headers:
        m_headers.clear();
        return ask(Stage::Header);
    case core::FixKind::Login:
        return ask(Stage::User);
    case core::FixKind::OtherFolder:
        return ask(Stage::Folder);
    case core::FixKind::OtherSource:
        return ask(Stage::Source);
    case core::FixKind::OtherName:
        return ask(Stage::Name);
    case core::FixKind::TrustCertificate:
        return ask(Stage::Certificate);
    case core::FixKind::Proxy:
        return ask(m_problem.cause == core::Cause::ProxyLoginRequired &&
                           core::isProxyAddress(m_problem.proxy)
                       ? Stage::ProxyUser
                       : Stage::Proxy);
    case core::FixKind::OtherHash:
        return ask(Stage::Hash);
    }
    Q_UNREACHABLE();
}

Question::Step Question::repairAll(const core::Fix &fix) const
{
    core::Fixes fixes;
    for (const AskedFile &file : m_files) {
        fixes.append(core::forFile(fix, file.error.fileIndex));
    }
    return resumeWith(fixes);
}

const AskedFile &Question::linkless() const
{
    const auto given = std::ranges::count_if(
        m_links, [](const core::Fix &fix) { return core::kindOf(fix) == core::FixKind::NewLink; });
    return m_files.at(std::min<qsizetype>(given, m_files.size() - 1));
}

Question::Step Question::addLink(const core::Fixes &fixes)
{
    const bool isLast = linkless().error.fileIndex == m_files.last().error.fileIndex;
    m_links += fixes;
    return isLast ? resumeWith(m_links) : Step{};
}

Question::Step Question::ask(Stage stage)
{
    m_stage = stage;
    return {};
}

} // namespace cli
