// SPDX-License-Identifier: Apache-2.0
#include "app/cli/follow/question.h"

#include "app/cli/args/arguments.h"
#include "app/cli/args/typed_values.h"
#include "app/cli/print/terminal_text.h"
#include "app/cli/print/words.h"
#include "core/remedy/catalogue.h"
#include "core/remedy/reason.h"
#include "core/words/explain_link.h"

#include <QDir>

#include <algorithm>

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

Question::Question(core::JobSnapshot job, core::JobError problem, QString currentFolder,
                   core::KeyringState keyring)
    : m_job(std::move(job))
    , m_problem(std::move(problem))
    , m_currentFolder(std::move(currentFolder))
    , m_keyring(keyring)
    , m_fixes(core::fixesFor(m_problem))
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
        return resumeWith({core::fix::Login{{m_user, line}}}); // white space may belong to it
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
    const auto likely = core::likelyLink(m_problem);
    if (m_stage == Stage::Link && likely) {
        return resumeWith({core::fix::NewLink{*likely, m_problem.fileIndex}});
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
        return resumeWith({core::fix::KeepBoth{file}});
    case core::FixKind::Replace:
        return resumeWith({core::fix::Replace{file}});
    case core::FixKind::Restart:
        return resumeWith({core::fix::Restart{file}});
    case core::FixKind::Recheck:
        return resumeWith({core::fix::Recheck{}});
    case core::FixKind::SkipFile:
        return resumeWith({core::fix::SkipFile{file}});
    case core::FixKind::AllowInsecure:
        return resumeWith({core::fix::AllowInsecure{}});
    case core::FixKind::OtherProtocol:
        return resumeWith({core::fix::OtherProtocol{
            core::protocolInstead(m_problem).value_or(core::UploadProtocol::Auto)}});
    case core::FixKind::Accept:
        return resumeWith({core::fix::Accept{file}});
    case core::FixKind::NewLink:
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

Question::Step Question::ask(Stage stage)
{
    m_stage = stage;
    return {};
}

Question::Step Question::takeLink(const QString &typed)
{
    const auto link = parseTypedLink(typed);
    if (!link) {
        return complaint(link.error().sentence);
    }
    core::Fixes fixes{core::fix::NewLink{link->url, m_problem.fileIndex}};
    if (!link->user.isEmpty() || !link->password.isEmpty()) {
        fixes.append(core::fix::Login{{link->user, link->password}});
    }
    return resumeWith(fixes);
}

Question::Step Question::takeHeader(const QString &typed)
{
    const auto field = parseHeader(typed);
    if (!field) {
        return complaint(field.error().sentence);
    }
    m_headers.append(*field);
    return {};
}

Question::Step Question::takeUser(const QString &typed)
{
    const auto user = parseUser(text(Option::User), typed);
    if (!user) {
        return complaint(Words::tr("A user name has no colon and no control characters."));
    }
    m_user = *user;
    return ask(Stage::Password);
}

Question::Step Question::takeFolder(const QString &typed)
{
    const QString path = QDir(m_currentFolder).absoluteFilePath(typed);
    return resumeWith({core::fix::OtherFolder{QDir::cleanPath(path)}});
}

Question::Step Question::takeSource(const QString &typed)
{
    const QString path = QDir(m_currentFolder).absoluteFilePath(typed);
    return resumeWith({core::fix::OtherSource{QDir::cleanPath(path)}});
}

Question::Step Question::takeName(const QString &typed)
{
    const auto name = parseFileName(typed);
    if (!name) {
        return complaint(name.error().sentence);
    }
    return resumeWith({core::fix::OtherName{*name, m_problem.fileIndex}});
}

Question::Step Question::takeCertificate(const QString &typed)
{
    if (!m_problem.certificate) {
        return ask(Stage::Fix);
    }
    const QByteArray &seen = m_problem.certificate->sha256Hex;
    const QByteArray given = core::parseFingerprint(typed);
    if (typed.compare(Words::tr("yes"), Qt::CaseInsensitive) == 0 || given == seen) {
        return resumeWith({core::fix::TrustCertificate{seen}});
    }
    return complaint(given.isEmpty()
                         ? Words::tr("Type the whole word \"yes\", or all 64 digits.")
                         : Words::tr("This is the fingerprint of another certificate. Do not trust "
                                     "the one above."));
}

Question::Step Question::takeProxy(const QString &typed)
{
    const auto proxy = parseProxy(typed);
    if (!proxy) {
        return complaint(Words::tr("Write it like http://proxy.example:3128 or "
                                   "socks5://localhost:1080, without a name and a password."));
    }
    return resumeWith({core::fix::Proxy{*proxy}});
}

Question::Step Question::takeProxyUser(const QString &typed)
{
    const auto user = parseUser(text(Option::ProxyUser), typed);
    if (!user) {
        return complaint(Words::tr("A user name has no colon and no control characters."));
    }
    m_user = *user;
    return ask(Stage::ProxyPassword);
}

Question::Step Question::takeHash(const QString &typed)
{
    const auto hash = parseHashOrNone(typed);
    if (!hash) {
        return complaint(
            Words::tr("This is no checksum; write md5:, sha1:, sha256:, sha512: or blake2b: and "
                      "all its hexadecimal digits."));
    }
    return resumeWith({core::fix::OtherHash{*hash, m_problem.fileIndex}});
}

} // namespace cli
