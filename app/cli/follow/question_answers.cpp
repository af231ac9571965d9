// SPDX-License-Identifier: Apache-2.0
// What is typed where a question wants a value.
#include "app/cli/args/arguments.h"
#include "app/cli/args/typed_values.h"
#include "app/cli/follow/question.h"
#include "app/cli/print/terminal_text.h"
#include "app/cli/print/words.h"
#include "core/remedy/question_group.h"

#include <QDir>

namespace cli {

Question::Step Question::complaint(const QString &sentence)
{
    return {.complaint = terminalText(sentence), .decision = std::nullopt};
}

Question::Step Question::resumeWith(core::Fixes fixes)
{
    return {.complaint = {}, .decision = Decision{Decision::Verb::Resume, std::move(fixes)}};
}

Question::Step Question::takeLink(const QString &typed)
{
    const auto link = parseTypedLink(typed);
    if (!link) {
        return complaint(link.error().sentence);
    }
    core::Fixes fixes{core::fix::NewLink{link->url, linkless().error.fileIndex}};
    if (!link->user.isEmpty() || !link->password.isEmpty()) {
        fixes.append(core::fix::Login{.login = {link->user, link->password},
                                      .origin = core::serverOf(link->url)});
    }
    return addLink(fixes);
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
        return resumeWith({core::fix::TrustCertificate{seen, core::serverOf(m_problem.url)}});
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
