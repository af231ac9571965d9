// SPDX-License-Identifier: Apache-2.0
#include "app/cli/args/argument_reader.h"
#include "app/cli/args/invocation.h"
#include "app/cli/args/list_file.h"
#include "app/cli/print/terminal_text.h"
#include "app/cli/print/words.h"
#include "core/http/origin.h"
#include "core/words/explain_link.h"
#include "core/words/job_name.h"

#include <QDir>

#include <array>

namespace cli {

namespace {

/// Without --no-progress-timeout, when somebody waits at the terminal.
constexpr std::chrono::minutes kPatience{2};

/// Reads `bhop get` step by step; each step looks at what belongs together.
class GetReader {
public:
    GetReader(const Arguments &arguments, const Surroundings &surroundings)
        : m_arguments(arguments)
        , m_surroundings(surroundings)
        , m_in(arguments, surroundings)
    {
    }

    [[nodiscard]] Parsed<GetRequest> read();

private:
    void checkInput();
    void readOutcome();
    void readPlace();
    void readTimes();
    void readNetwork();
    void readCertificates();
    void readNotifyCommand();
    void readLinks();
    void readList(const QString &path);
    void readFiles();
    void readTrust();
    void readJobLogin();
    void readProxyLogin();
    void takeLoginFromLinks();

    [[nodiscard]] core::JobOptions &options() { return m_request.spec.options; }

    const Arguments &m_arguments;
    const Surroundings &m_surroundings;
    ArgumentReader m_in;
    QList<core::Link> m_links;
    GetRequest m_request;
};

Parsed<GetRequest> GetReader::read()
{
    // What the words alone decide comes before files are read and passwords asked for.
    static constexpr std::array kSteps{
        &GetReader::checkInput,        &GetReader::readOutcome,  &GetReader::readPlace,
        &GetReader::readTimes,         &GetReader::readNetwork,  &GetReader::readCertificates,
        &GetReader::readNotifyCommand, &GetReader::readLinks,    &GetReader::readFiles,
        &GetReader::readTrust,         &GetReader::readJobLogin, &GetReader::readProxyLogin,
    };
    for (const auto step : kSteps) {
        if (m_in.isGood()) {
            (this->*step)();
        }
    }
    return m_in.result(m_request);
}

void GetReader::checkInput()
{
    const auto fromInput = m_arguments.values(Option::InputFile).count("-");
    if (fromInput + (m_in.has(Option::PasswordStdin) ? 1 : 0) > 1) {
        m_in.refuse(Words::tr("Standard input can bring one thing only: either a list of links or "
                              "the password."));
    }
}

void GetReader::readOutcome()
{
    m_request.detach = m_in.has(Option::Detach);
    if (m_request.detach && m_in.has(Option::OnError)) {
        m_in.refuse(Words::tr("--on-error cannot be had together with --detach: nobody waits for "
                              "the job then."));
    }
    m_request.onError = m_in.onError();
}

void GetReader::readPlace()
{
    if (m_in.has(Option::StopAtFirstError)) {
        options().firstError = core::FirstError::StopJob;
    }
    m_request.spec.folder = m_in.folder();
    m_in.read(Option::Priority, parsePriorityOption, m_request.spec.priority);
    m_in.read(Option::Existing, parseExisting, options().existing);
}

void GetReader::readTimes()
{
    if (!m_request.detach) {
        options().noProgressTimeout = kPatience;
    }
    m_in.read(Option::NoProgressTimeout, parseSeconds, options().noProgressTimeout);
    m_in.read(Option::MinRetryDelay, parseSeconds, options().minRetryDelay);
}

void GetReader::readNetwork()
{
    m_in.read(Option::Connections, parseConnections, options().connections);
    m_in.read(Option::Limit, parseRate, options().limitBytesPerSecond);
    m_in.read(Option::Proxy, parseProxy, options().proxy);
    if (m_in.has(Option::ProxyUser) && !core::isProxyAddress(options().proxy)) {
        m_in.refuse(Words::tr("--proxy-user needs --proxy with an address: say which proxy the "
                              "name is for."));
    }
    if (m_in.has(Option::AllowInsecure)) {
        options().insecureRedirect = core::InsecureRedirect::Follow;
    }
}

void GetReader::readCertificates()
{
    const auto path = m_arguments.value(Option::CaFile);
    if (!path) {
        return;
    }
    const auto content = m_surroundings.readFile(*path);
    if (!content) {
        m_in.refuse(Words::tr("The certificates in %1 cannot be read: %2.")
                        .arg(quoted(*path), content.error()));
    } else if (!content->contains("-----BEGIN CERTIFICATE-----")) {
        m_in.refuse(Words::tr("There is no certificate in %1; --ca-file takes the PEM form.")
                        .arg(quoted(*path)));
    }
    options().caFile = QDir(m_surroundings.currentFolder).absoluteFilePath(*path);
}

void GetReader::readNotifyCommand()
{
    const auto typed = m_arguments.value(Option::NotifyCommand);
    if (!typed) {
        return;
    }
    const auto program = m_surroundings.findProgram(*typed);
    if (!program) {
        m_in.refuse(Words::tr("%1 is no program that can be started: --notify-command takes the "
                              "path of one, or its name, without arguments.")
                        .arg(quoted(*typed)));
    }
    options().notifyCommand = program.value_or(QString());
}

void GetReader::readLinks()
{
    QStringList problems;
    for (const QByteArray &typed : m_arguments.operands) {
        if (auto link = parseTypedLink(linkText(typed))) {
            m_links.append(*std::move(link));
        } else {
            problems.append(link.error().sentence);
        }
    }
    if (!problems.isEmpty()) {
        m_in.refuse(problems.join(u'\n'));
    }
    for (const QString &path : textOf(m_arguments.values(Option::InputFile))) {
        readList(path);
    }
    if (m_links.isEmpty()) {
        m_in.refuse(Words::tr("There is no link to download; write \"bhop get LINK\"."));
    }
}

void GetReader::readList(const QString &path)
{
    if (!m_in.isGood()) {
        return;
    }
    const bool isInput = path == u'-';
    const QString source = isInput ? Words::tr("standard input") : path;
    const auto content = isInput ? m_surroundings.readInput() : m_surroundings.readFile(path);
    if (!content) {
        m_in.refuse(Words::tr("The list of links %1 cannot be read: %2.")
                        .arg(quoted(source), content.error()));
    } else if (const auto links = m_in.take(parseLinkList(*content, source))) {
        m_links += *links;
    }
}

void GetReader::readFiles()
{
    for (const Option option : {Option::Output, Option::Hash}) {
        if (m_in.has(option) && m_links.size() != 1) {
            m_in.refuse(Words::tr("%1 is for one file; there are %2 links.")
                            .arg(text(option), QString::number(m_links.size())));
        }
    }
    for (const core::Link &link : std::as_const(m_links)) {
        QUrl url = link.url;
        if (link.isSchemeGuessed) {
            url.setScheme(QString()); // for the engine to find out
        }
        m_request.spec.files.append(core::FileSpec{.url = url});
    }
    m_request.spec.name = core::orderedName(m_request.spec);
    core::FileSpec &first = m_request.spec.files.first();
    m_in.read(Option::Output, parseFileName, first.name);
    m_in.read(Option::Hash, parseHash, first.hash);
}

/// For each server that the links name: who knows one certificate knows where it is from.
void GetReader::readTrust()
{
    const auto fingerprint = m_in.value(Option::TrustCert, parseTrustCert);
    if (!fingerprint) {
        return;
    }
    QList<core::Origin> origins;
    for (const core::Link &link : std::as_const(m_links)) {
        const core::Origin origin = core::originOf(link.url);
        if (origin.scheme == QLatin1StringView("https") && !origins.contains(origin)) {
            origins.append(origin);
            options().trusted.append({.host = origin.host,
                                      .port = origin.port,
                                      .sha256Hex = *fingerprint,
                                      .trustedAt = QDateTime::currentDateTimeUtc()});
        }
    }
    if (origins.isEmpty()) {
        m_in.refuse(
            Words::tr("--trust-cert is for links that begin with https://; there is none."));
    }
}

void GetReader::readJobLogin()
{
    options().headers = m_in.headers();
    options().login = m_in.login(LoginFor::Server);
    if (!options().login) {
        takeLoginFromLinks();
    }
}

void GetReader::readProxyLogin()
{
    if (const auto login = m_in.login(LoginFor::Proxy)) {
        options().proxy = withLogin(options().proxy, *login);
    }
}

/// A login in a link becomes that of the job, as long as no other server would be given it.
void GetReader::takeLoginFromLinks()
{
    for (const core::Link &link : std::as_const(m_links)) {
        if (link.user.isEmpty() && link.password.isEmpty()) {
            continue;
        }
        const core::Login login{link.user, link.password};
        if (options().login && *options().login != login) {
            m_in.refuse(Words::tr("The links carry different logins; download them with one "
                                  "command for each login."));
        }
        options().login = login;
    }
    const auto first = core::originOf(m_links.first().url);
    for (const core::Link &link : std::as_const(m_links)) {
        if (options().login && core::originOf(link.url) != first) {
            m_in.refuse(Words::tr("A login in a link would go to %1 as well as to %2; download "
                                  "from each server with a command of its own.")
                            .arg(core::text(core::originOf(link.url)), core::text(first)));
        }
    }
}

} // namespace

Parsed<GetRequest> readGet(const Arguments &arguments, const Surroundings &surroundings)
{
    return GetReader(arguments, surroundings).read();
}

} // namespace cli
