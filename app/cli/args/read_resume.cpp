// SPDX-License-Identifier: Apache-2.0
#include "app/cli/args/argument_reader.h"
#include "app/cli/args/invocation.h"
#include "app/cli/print/words.h"
#include "core/http/origin.h"

#include <algorithm>
#include <array>

namespace cli {

namespace {

/// Reads `bhop resume`: the fixes in the order in which the engine should apply them.
class ResumeReader {
public:
    ResumeReader(const Arguments &arguments, const Surroundings &surroundings)
        : m_arguments(arguments)
        , m_in(arguments, surroundings)
    {
    }

    [[nodiscard]] Parsed<ResumeRequest> read();

private:
    void readJobs();
    void checkCombination();
    void readFiles();
    void readPlace();
    void readName();
    void readLink();
    void readJudgement();
    void readRequest();
    void readProxy();
    void readKeeping();

    /// One fix where the option was given.
    void fixIf(Option option, core::Fix fix);

    const Arguments &m_arguments;
    ArgumentReader m_in;
    std::optional<core::Login> m_linkLogin;
    QString m_linkOrigin; ///< of the new link: a login that comes with it is for that
    ResumeRequest m_request;
};

Parsed<ResumeRequest> ResumeReader::read()
{
    readJobs();
    checkCombination();
    m_request.onError = m_in.onError();
    readFiles();
    readPlace();
    readName();
    readLink();
    readJudgement();
    readRequest();
    readProxy();
    readKeeping();
    return m_in.result(m_request);
}

void ResumeReader::readJobs()
{
    if (const auto ids = m_in.take(parseJobIds(textOf(m_arguments.operands)))) {
        m_request.jobs = *ids;
    }
}

void ResumeReader::checkCombination()
{
    static constexpr std::array kOfOneJob{Option::Url,  Option::Name, Option::Skip,
                                          Option::File, Option::Hash, Option::Source};
    for (const Option option : kOfOneJob) {
        if (m_in.has(option) && m_request.jobs.size() > 1) {
            m_in.refuse(Words::tr("%1 is for one job; name one.").arg(text(option)));
        }
    }
    if (m_in.has(Option::Name) && m_in.has(Option::Existing)) {
        m_in.refuse(
            Words::tr("--name and --existing are two answers to one question; choose one."));
    }
    if (m_in.has(Option::Hash) && m_in.has(Option::Accept)) {
        m_in.refuse(Words::tr("--hash and --accept are two answers to one question; choose one."));
    }
    if (m_in.has(Option::Unpack) && m_in.has(Option::Accept)) {
        m_in.refuse(
            Words::tr("--unpack and --accept are two answers to one question; choose one."));
    }
    static constexpr std::array kOfOneFile{Option::Url, Option::Name, Option::Hash};
    for (const Option option : kOfOneFile) {
        if (m_in.has(option) && m_arguments.values(Option::File).size() > 1) {
            m_in.refuse(Words::tr("%1 is for one file; give --file once.").arg(text(option)));
        }
    }
    static constexpr std::array kAimed{Option::Url,     Option::Name, Option::Existing,
                                       Option::Restart, Option::Hash, Option::Accept,
                                       Option::Unpack,  Option::User, Option::TrustCert};
    const bool aimed =
        std::ranges::any_of(kAimed, [this](Option option) { return m_in.has(option); });
    if (m_in.has(Option::File) && !aimed) {
        m_in.refuse(
            Words::tr("--file says which file --url, --name, --existing, --restart, --hash, "
                      "--accept, --unpack, --user or --trust-cert is meant for; give one of "
                      "them, or --skip alone."));
    }
}

void ResumeReader::readFiles()
{
    for (const QString &typed : textOf(m_arguments.values(Option::Skip))) {
        if (const auto file = m_in.take(parseFileReference(typed))) {
            m_request.skip.append(*file);
        }
    }
    for (const QString &typed : textOf(m_arguments.values(Option::File))) {
        if (const auto file = m_in.take(parseFileReference(typed))) {
            m_request.files.append(*file);
        }
    }
}

void ResumeReader::fixIf(Option option, core::Fix fix)
{
    if (m_in.has(option)) {
        m_request.fixes.append(std::move(fix));
    }
}

void ResumeReader::readPlace()
{
    if (m_in.has(Option::Dir)) {
        m_request.fixes.append(core::fix::OtherFolder{m_in.folder()});
    }
    if (const auto typed = m_arguments.value(Option::Source)) {
        m_request.fixes.append(core::fix::OtherSource{m_in.source(*typed)});
    }
    if (const auto protocol = m_in.value(Option::Protocol, parseProtocol)) {
        m_request.fixes.append(core::fix::OtherProtocol{*protocol});
    }
    fixIf(Option::CreateDir, core::fix::CreateFolder{});
    fixIf(Option::Restart, core::fix::Restart{});
    fixIf(Option::Recheck, core::fix::Recheck{});
}

void ResumeReader::readName()
{
    if (const auto name = m_in.value(Option::Name, parseFileName)) {
        m_request.fixes.append(core::fix::OtherName{*name, std::nullopt});
    }
    const auto existing = m_in.value(Option::Existing, parseExisting);
    if (!existing) {
        return;
    }
    switch (*existing) {
    case core::ExistingFile::KeepBoth:
        m_request.fixes.append(core::fix::KeepBoth{});
        return;
    case core::ExistingFile::Replace:
        m_request.fixes.append(core::fix::Replace{});
        return;
    case core::ExistingFile::Skip:
        m_request.fixes.append(core::fix::SkipFile{});
        return;
    case core::ExistingFile::Ask:
        m_in.refuse(
            Words::tr("--existing fail repairs nothing; choose keep-both, replace or skip."));
        return;
    }
    Q_UNREACHABLE();
}

void ResumeReader::readLink()
{
    for (const QByteArray &typed : m_arguments.values(Option::Url)) {
        if (const auto link = m_in.take(parseTypedLink(linkText(typed)))) {
            m_request.fixes.append(core::fix::NewLink{link->url, std::nullopt});
            m_linkOrigin = core::text(core::originOf(link->url));
            if (!link->user.isEmpty() || !link->password.isEmpty()) {
                m_linkLogin = core::Login{link->user, link->password};
            }
        }
    }
}

void ResumeReader::readJudgement()
{
    if (const auto hash = m_in.value(Option::Hash, parseHashOrNone)) {
        m_request.fixes.append(core::fix::OtherHash{*hash, std::nullopt});
    }
    fixIf(Option::Accept, core::fix::Accept{});
    fixIf(Option::Unpack, core::fix::Unpack{});
    if (const auto fingerprint = m_in.value(Option::TrustCert, parseTrustCert)) {
        m_request.fixes.append(core::fix::TrustCertificate{*fingerprint});
    }
    fixIf(Option::AllowInsecure, core::fix::AllowInsecure{});
}

void ResumeReader::readRequest()
{
    if (const auto headers = m_in.headers(); !headers.isEmpty()) {
        m_request.fixes.append(core::fix::Headers{headers});
    }
    const auto login = m_in.login(LoginFor::Server);
    if (const auto &chosen = login ? login : m_linkLogin) {
        m_request.fixes.append(core::fix::Login{.login = *chosen, .origin = m_linkOrigin});
    }
}

void ResumeReader::readProxy()
{
    const auto proxy = m_in.value(Option::Proxy, parseProxy);
    if (proxy && m_in.has(Option::ProxyUser) && !core::isProxyAddress(*proxy)) {
        m_in.refuse(Words::tr("--proxy-user needs the address of a proxy; leave out --proxy, or "
                              "name one."));
    }
    if (!proxy && m_in.has(Option::ProxyUser) && m_request.jobs.size() > 1) {
        m_in.refuse(Words::tr("%1 is for one job; name one.").arg(text(Option::ProxyUser)));
    }
    const auto login = m_in.login(LoginFor::Proxy);
    if (proxy) {
        m_request.fixes.append(core::fix::Proxy{login ? withLogin(*proxy, *login) : *proxy});
    } else {
        m_request.proxyLogin = login;
    }
}

void ResumeReader::readKeeping()
{
    m_request.keepLogin = m_in.has(Option::KeepLogin);
    const bool hasSecrets = m_request.proxyLogin || m_in.has(Option::Proxy) ||
                            m_in.has(Option::Header) || m_in.has(Option::User) || m_linkLogin;
    if (m_request.keepLogin && !hasSecrets) {
        m_in.refuse(Words::tr("--keep-login needs something to keep: --user, --proxy-user or "
                              "--header."));
    }
}

} // namespace

Parsed<ResumeRequest> readResume(const Arguments &arguments, const Surroundings &surroundings)
{
    return ResumeReader(arguments, surroundings).read();
}

} // namespace cli
