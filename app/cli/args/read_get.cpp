// SPDX-License-Identifier: Apache-2.0
#include "app/cli/args/credentials.h"
#include "app/cli/args/invocation.h"
#include "app/cli/args/list_file.h"
#include "app/cli/print/terminal_text.h"
#include "app/cli/print/words.h"
#include "core/http/link.h"
#include "core/http/origin.h"
#include "core/words/explain_link.h"
#include "core/words/job_name.h"

#include <QDir>

#include <array>

namespace cli {

namespace {

/// Without --no-progress-timeout, when somebody waits at the terminal.
constexpr std::chrono::minutes kPatience{2};

using Wrong = std::optional<UsageError>;

/// Puts a parsed value where it belongs, or hands back what is wrong with it.
template <typename T, typename U>
Wrong store(Parsed<T> parsed, U &into)
{
    if (!parsed) {
        return parsed.error();
    }
    into = *std::move(parsed);
    return std::nullopt;
}

/// Reads `bhop get` step by step; each step looks at what belongs together.
class GetReader {
public:
    GetReader(const Arguments &arguments, const Surroundings &surroundings)
        : m_arguments(arguments)
        , m_surroundings(surroundings)
    {
    }

    [[nodiscard]] Parsed<GetRequest> read();

private:
    /// Reads one option with the given parser when it was given.
    template <typename Parse, typename T>
    [[nodiscard]] Wrong readOption(Option option, Parse parse, T &into) const
    {
        const auto typed = m_arguments.value(option);
        return typed ? store(parse(*typed), into) : std::nullopt;
    }

    [[nodiscard]] Wrong checkInput();
    [[nodiscard]] Wrong readOutcome();
    [[nodiscard]] Wrong readManner();
    [[nodiscard]] Wrong readTimes();
    [[nodiscard]] Wrong readNetwork();
    [[nodiscard]] Wrong readTrust();
    [[nodiscard]] Wrong readConnections();
    [[nodiscard]] Wrong readLinks();
    [[nodiscard]] Wrong readList(const QString &path);
    [[nodiscard]] Wrong readFiles();
    [[nodiscard]] Wrong readJobLogin();
    [[nodiscard]] Wrong readProxyLogin();
    [[nodiscard]] Wrong takeLoginFromLinks();

    [[nodiscard]] core::JobOptions &options() { return m_request.spec.options; }

    const Arguments &m_arguments;
    const Surroundings &m_surroundings;
    QList<core::Link> m_links;
    GetRequest m_request;
};

Parsed<GetRequest> GetReader::read()
{
    // What the words alone decide comes before files are read and passwords asked for.
    static constexpr std::array kSteps{
        &GetReader::checkInput,   &GetReader::readOutcome,     &GetReader::readManner,
        &GetReader::readTimes,    &GetReader::readConnections, &GetReader::readNetwork,
        &GetReader::readLinks,    &GetReader::readFiles,       &GetReader::readTrust,
        &GetReader::readJobLogin, &GetReader::readProxyLogin,
    };
    for (const auto step : kSteps) {
        if (const Wrong wrong = (this->*step)()) {
            return tl::unexpected(*wrong);
        }
    }
    return m_request;
}

Wrong GetReader::checkInput()
{
    const auto fromInput = m_arguments.values(Option::InputFile).count(QStringLiteral("-"));
    if (fromInput + (m_arguments.has(Option::PasswordStdin) ? 1 : 0) > 1) {
        return UsageError{
            Words::tr("Standard input can bring one thing only: either a list of links "
                      "or the password.")};
    }
    return std::nullopt;
}

Wrong GetReader::readOutcome()
{
    m_request.detach = m_arguments.has(Option::Detach);
    if (m_request.detach && m_arguments.has(Option::OnError)) {
        return UsageError{Words::tr("--on-error cannot be had together with --detach: nobody waits "
                                    "for the job then.")};
    }
    return store(readOnError(m_arguments, m_surroundings), m_request.onError);
}

Wrong GetReader::readManner()
{
    if (m_arguments.has(Option::StopAtFirstError)) {
        options().firstError = core::FirstError::StopJob;
    }
    if (const Wrong wrong = store(readFolder(m_arguments, m_surroundings), m_request.spec.folder)) {
        return wrong;
    }
    if (const Wrong wrong =
            readOption(Option::Priority, parsePriorityOption, m_request.spec.priority)) {
        return wrong;
    }
    return readOption(Option::Existing, parseExisting, options().existing);
}

Wrong GetReader::readTimes()
{
    if (!m_request.detach) {
        options().noProgressTimeout = kPatience;
    }
    if (const Wrong wrong =
            readOption(Option::NoProgressTimeout, parseSeconds, options().noProgressTimeout)) {
        return wrong;
    }
    return readOption(Option::MinRetryDelay, parseSeconds, options().minRetryDelay);
}

Wrong GetReader::readConnections()
{
    int connections = 1;
    if (const Wrong wrong = readOption(Option::Connections, parseConnections, connections)) {
        return wrong;
    }
    if (connections > 1) {
        m_request.notices.append(
            Words::tr("This version uses one connection for each file, not %1.").arg(connections));
    }
    return std::nullopt;
}

Wrong GetReader::readNetwork()
{
    if (const Wrong wrong = readOption(Option::Limit, parseRate, options().limitBytesPerSecond)) {
        return wrong;
    }
    if (const Wrong wrong = readOption(Option::Proxy, parseProxy, options().proxy)) {
        return wrong;
    }
    if (m_arguments.has(Option::ProxyUser) && !core::isProxyAddress(options().proxy)) {
        return UsageError{Words::tr("--proxy-user needs --proxy with an address: say which proxy "
                                    "the name is for.")};
    }
    if (m_arguments.has(Option::AllowInsecure)) {
        options().insecureRedirect = core::InsecureRedirect::Follow;
    }
    const auto path = m_arguments.value(Option::CaFile);
    if (!path) {
        return std::nullopt;
    }
    const auto content = m_surroundings.readFile(*path);
    if (!content) {
        return UsageError{Words::tr("The certificates in %1 cannot be read: %2.")
                              .arg(quoted(*path), content.error())};
    }
    if (!content->contains("-----BEGIN CERTIFICATE-----")) {
        return UsageError{Words::tr("There is no certificate in %1; --ca-file takes the PEM form.")
                              .arg(quoted(*path))};
    }
    options().caFile = QDir(m_surroundings.currentFolder).absoluteFilePath(*path);
    return std::nullopt;
}

Wrong GetReader::readLinks()
{
    QStringList problems;
    for (const QString &typed : m_arguments.operands) {
        if (auto link = core::parseLink(typed)) {
            m_links.append(*std::move(link));
        } else {
            problems.append(core::explain(link.error(), typed));
        }
    }
    if (!problems.isEmpty()) {
        return UsageError{problems.join(u'\n')};
    }
    for (const QString &path : m_arguments.values(Option::InputFile)) {
        if (const Wrong wrong = readList(path)) {
            return wrong;
        }
    }
    if (m_links.isEmpty()) {
        return UsageError{Words::tr("There is no link to download; write \"bhop get LINK\".")};
    }
    return std::nullopt;
}

Wrong GetReader::readList(const QString &path)
{
    const bool isInput = path == u'-';
    const QString source = isInput ? Words::tr("standard input") : path;
    const auto content = isInput ? m_surroundings.readInput() : m_surroundings.readFile(path);
    if (!content) {
        return UsageError{Words::tr("The list of links %1 cannot be read: %2.")
                              .arg(quoted(source), content.error())};
    }
    QList<core::Link> links;
    if (const Wrong wrong = store(parseLinkList(*content, source), links)) {
        return wrong;
    }
    m_links += links;
    return std::nullopt;
}

Wrong GetReader::readFiles()
{
    const bool single = m_links.size() == 1;
    for (const Option option : {Option::Output, Option::Hash}) {
        if (m_arguments.has(option) && !single) {
            return UsageError{Words::tr("%1 is for one file; there are %2 links.")
                                  .arg(text(option), QString::number(m_links.size()))};
        }
    }
    for (const core::Link &link : std::as_const(m_links)) {
        m_request.spec.files.append(core::FileSpec{.url = link.url});
    }
    m_request.spec.name = core::orderedName(m_request.spec);
    core::FileSpec &first = m_request.spec.files.first();
    if (const Wrong wrong = readOption(Option::Output, parseFileName, first.name)) {
        return wrong;
    }
    return readOption(Option::Hash, parseHash, first.hash);
}

/// For each server that the links name: who knows one certificate knows where it is from.
Wrong GetReader::readTrust()
{
    QByteArray fingerprint;
    if (const Wrong wrong = readOption(Option::TrustCert, parseTrustCert, fingerprint)) {
        return wrong;
    }
    if (fingerprint.isEmpty()) {
        return std::nullopt;
    }
    QList<core::Origin> origins;
    for (const core::Link &link : std::as_const(m_links)) {
        const core::Origin origin = core::originOf(link.url);
        if (origin.scheme == QLatin1StringView("https") && !origins.contains(origin)) {
            origins.append(origin);
            options().trusted.append({.host = origin.host,
                                      .port = origin.port,
                                      .sha256Hex = fingerprint,
                                      .trustedAt = QDateTime::currentDateTimeUtc()});
        }
    }
    if (origins.isEmpty()) {
        return UsageError{Words::tr("--trust-cert is for links that begin with https://; there is "
                                    "none.")};
    }
    return std::nullopt;
}

Wrong GetReader::readProxyLogin()
{
    std::optional<core::Login> login;
    if (const Wrong wrong = store(readLogin(LoginFor::Proxy, m_arguments, m_surroundings), login)) {
        return wrong;
    }
    if (login) {
        options().proxy = withLogin(options().proxy, *login);
    }
    return std::nullopt;
}

Wrong GetReader::readJobLogin()
{
    if (const Wrong wrong = store(readHeaders(m_arguments, m_surroundings), options().headers)) {
        return wrong;
    }
    if (const Wrong wrong =
            store(readLogin(LoginFor::Server, m_arguments, m_surroundings), options().login)) {
        return wrong;
    }
    return options().login ? std::nullopt : takeLoginFromLinks();
}

/// A login in a link becomes that of the job, as long as no other server would be given it.
Wrong GetReader::takeLoginFromLinks()
{
    for (const core::Link &link : std::as_const(m_links)) {
        if (link.user.isEmpty() && link.password.isEmpty()) {
            continue;
        }
        const core::Login login{link.user, link.password};
        if (options().login && *options().login != login) {
            return UsageError{Words::tr("The links carry different logins; download them with one "
                                        "command for each login.")};
        }
        options().login = login;
    }
    const auto first = core::originOf(m_links.first().url);
    for (const core::Link &link : std::as_const(m_links)) {
        if (options().login && core::originOf(link.url) != first) {
            return UsageError{
                Words::tr("A login in a link would go to %1 as well as to %2; download "
                          "from each server with a command of its own.")
                    .arg(core::text(core::originOf(link.url)), core::text(first))};
        }
    }
    return std::nullopt;
}

} // namespace

Parsed<GetRequest> readGet(const Arguments &arguments, const Surroundings &surroundings)
{
    return GetReader(arguments, surroundings).read();
}

} // namespace cli
