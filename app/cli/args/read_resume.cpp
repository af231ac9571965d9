// SPDX-License-Identifier: Apache-2.0
#include "app/cli/args/credentials.h"
#include "app/cli/args/invocation.h"
#include "app/cli/print/terminal_text.h"
#include "app/cli/print/words.h"
#include "core/http/link.h"
#include "core/words/explain_link.h"

#include <algorithm>
#include <array>

namespace cli {

namespace {

using Wrong = std::optional<UsageError>;

Parsed<FileReference> parseFileReference(const QString &typed)
{
    bool isNumber = false;
    const int number = typed.toInt(&isNumber);
    if (typed.isEmpty() || (isNumber && number < 1)) {
        return misused(Words::tr("%1 names no file; write its number, from 1, or its name.")
                           .arg(quoted(typed)));
    }
    if (isNumber) {
        return FileReference{.index = number - 1};
    }
    return FileReference{.index = std::nullopt, .name = typed};
}

/// Reads `bhop resume`: the fixes in the order in which the engine should apply them.
class ResumeReader {
public:
    ResumeReader(const Arguments &arguments, const Surroundings &surroundings)
        : m_arguments(arguments)
        , m_surroundings(surroundings)
    {
    }

    [[nodiscard]] Parsed<ResumeRequest> read();

private:
    [[nodiscard]] Wrong readJobs();
    [[nodiscard]] Wrong checkCombination();
    [[nodiscard]] Wrong readPolicy();
    [[nodiscard]] Wrong readFiles();
    [[nodiscard]] Wrong readPlace();
    [[nodiscard]] Wrong readName();
    [[nodiscard]] Wrong readLink();
    [[nodiscard]] Wrong readJudgement();
    [[nodiscard]] Wrong readRequest();
    [[nodiscard]] Wrong readWay();

    const Arguments &m_arguments;
    const Surroundings &m_surroundings;
    std::optional<core::Login> m_linkLogin;
    ResumeRequest m_request;
};

Parsed<ResumeRequest> ResumeReader::read()
{
    static constexpr std::array kSteps{
        &ResumeReader::readJobs,  &ResumeReader::checkCombination, &ResumeReader::readPolicy,
        &ResumeReader::readFiles, &ResumeReader::readPlace,        &ResumeReader::readName,
        &ResumeReader::readLink,  &ResumeReader::readJudgement,    &ResumeReader::readRequest,
        &ResumeReader::readWay,
    };
    for (const auto step : kSteps) {
        if (const Wrong wrong = (this->*step)()) {
            return tl::unexpected(*wrong);
        }
    }
    return m_request;
}

Wrong ResumeReader::readJobs()
{
    const auto ids = parseJobIds(m_arguments.operands);
    if (!ids) {
        return ids.error();
    }
    m_request.jobs = *ids;
    return std::nullopt;
}

Wrong ResumeReader::checkCombination()
{
    static constexpr std::array kOfOneJob{Option::Url, Option::Name, Option::Skip, Option::File,
                                          Option::Hash};
    for (const Option option : kOfOneJob) {
        if (m_arguments.has(option) && m_request.jobs.size() > 1) {
            return UsageError{Words::tr("%1 is for one job; name one.").arg(text(option))};
        }
    }
    if (m_arguments.has(Option::Name) && m_arguments.has(Option::Existing)) {
        return UsageError{Words::tr("--name and --existing are two answers to one question; choose "
                                    "one.")};
    }
    if (m_arguments.has(Option::Hash) && m_arguments.has(Option::Accept)) {
        return UsageError{Words::tr("--hash and --accept are two answers to one question; choose "
                                    "one.")};
    }
    static constexpr std::array kAimed{Option::Url,     Option::Name, Option::Existing,
                                       Option::Restart, Option::Hash, Option::Accept};
    const bool aimed =
        std::ranges::any_of(kAimed, [this](Option option) { return m_arguments.has(option); });
    if (m_arguments.has(Option::File) && !aimed) {
        return UsageError{
            Words::tr("--file says which file --url, --name, --existing, --restart, --hash or "
                      "--accept is meant for; give one of them, or --skip alone.")};
    }
    return std::nullopt;
}

Wrong ResumeReader::readPolicy()
{
    const auto policy = readOnError(m_arguments, m_surroundings);
    if (!policy) {
        return policy.error();
    }
    m_request.onError = *policy;
    return std::nullopt;
}

Wrong ResumeReader::readFiles()
{
    for (const QString &typed : m_arguments.values(Option::Skip)) {
        const auto file = parseFileReference(typed);
        if (!file) {
            return file.error();
        }
        m_request.skip.append(*file);
    }
    if (const auto typed = m_arguments.value(Option::File)) {
        const auto file = parseFileReference(*typed);
        if (!file) {
            return file.error();
        }
        m_request.file = *file;
    }
    return std::nullopt;
}

Wrong ResumeReader::readPlace()
{
    if (m_arguments.has(Option::Dir)) {
        const auto folder = readFolder(m_arguments, m_surroundings);
        if (!folder) {
            return folder.error();
        }
        m_request.fixes.append(core::fix::OtherFolder{*folder});
    }
    if (m_arguments.has(Option::CreateDir)) {
        m_request.fixes.append(core::fix::CreateFolder{});
    }
    if (m_arguments.has(Option::Restart)) {
        m_request.fixes.append(core::fix::Restart{});
    }
    return std::nullopt;
}

Wrong ResumeReader::readName()
{
    if (const auto typed = m_arguments.value(Option::Name)) {
        const auto name = parseFileName(*typed);
        if (!name) {
            return name.error();
        }
        m_request.fixes.append(core::fix::OtherName{*name, std::nullopt});
    }
    const auto typed = m_arguments.value(Option::Existing);
    if (!typed) {
        return std::nullopt;
    }
    const auto existing = parseExisting(*typed);
    if (!existing) {
        return existing.error();
    }
    switch (*existing) {
    case core::ExistingFile::KeepBoth:
        m_request.fixes.append(core::fix::KeepBoth{});
        return std::nullopt;
    case core::ExistingFile::Replace:
        m_request.fixes.append(core::fix::Replace{});
        return std::nullopt;
    case core::ExistingFile::Skip:
        m_request.fixes.append(core::fix::SkipFile{});
        return std::nullopt;
    case core::ExistingFile::Ask:
        return UsageError{Words::tr("--existing fail repairs nothing; choose keep-both, replace or "
                                    "skip.")};
    }
    Q_UNREACHABLE();
}

Wrong ResumeReader::readLink()
{
    const auto typed = m_arguments.value(Option::Url);
    if (!typed) {
        return std::nullopt;
    }
    const auto link = core::parseLink(*typed);
    if (!link) {
        return UsageError{core::explain(link.error(), *typed)};
    }
    m_request.fixes.append(core::fix::NewLink{link->url, std::nullopt});
    if (!link->user.isEmpty() || !link->password.isEmpty()) {
        m_linkLogin = core::Login{link->user, link->password};
    }
    return std::nullopt;
}

Wrong ResumeReader::readJudgement()
{
    if (const auto typed = m_arguments.value(Option::Hash)) {
        const auto hash = parseHashOrNone(*typed);
        if (!hash) {
            return hash.error();
        }
        m_request.fixes.append(core::fix::OtherHash{*hash, std::nullopt});
    }
    if (m_arguments.has(Option::Accept)) {
        m_request.fixes.append(core::fix::Accept{});
    }
    if (const auto typed = m_arguments.value(Option::TrustCert)) {
        const auto fingerprint = parseTrustCert(*typed);
        if (!fingerprint) {
            return fingerprint.error();
        }
        m_request.fixes.append(core::fix::TrustCertificate{*fingerprint});
    }
    if (m_arguments.has(Option::AllowInsecure)) {
        m_request.fixes.append(core::fix::AllowInsecure{});
    }
    return std::nullopt;
}

Wrong ResumeReader::readWay()
{
    const auto typed = m_arguments.value(Option::Proxy);
    const auto proxy = typed ? parseProxy(*typed) : Parsed<QUrl>(QUrl());
    if (!proxy) {
        return proxy.error();
    }
    if (typed && m_arguments.has(Option::ProxyUser) && !core::isProxyAddress(*proxy)) {
        return UsageError{Words::tr("--proxy-user needs the address of a proxy; leave out --proxy, "
                                    "or name one.")};
    }
    if (!typed && m_arguments.has(Option::ProxyUser) && m_request.jobs.size() > 1) {
        return UsageError{Words::tr("%1 is for one job; name one.").arg(text(Option::ProxyUser))};
    }
    const auto login = readLogin(LoginFor::Proxy, m_arguments, m_surroundings);
    if (!login) {
        return login.error();
    }
    if (typed) {
        m_request.fixes.append(core::fix::Proxy{*login ? withLogin(*proxy, **login) : *proxy});
    } else {
        m_request.proxyLogin = *login;
    }
    return std::nullopt;
}

Wrong ResumeReader::readRequest()
{
    const auto headers = readHeaders(m_arguments, m_surroundings);
    if (!headers) {
        return headers.error();
    }
    if (!headers->isEmpty()) {
        m_request.fixes.append(core::fix::Headers{*headers});
    }
    const auto login = readLogin(LoginFor::Server, m_arguments, m_surroundings);
    if (!login) {
        return login.error();
    }
    if (const auto &chosen = login->has_value() ? *login : m_linkLogin) {
        m_request.fixes.append(core::fix::Login{*chosen});
    }
    return std::nullopt;
}

} // namespace

Parsed<ResumeRequest> readResume(const Arguments &arguments, const Surroundings &surroundings)
{
    return ResumeReader(arguments, surroundings).read();
}

} // namespace cli
