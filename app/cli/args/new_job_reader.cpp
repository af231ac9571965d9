// SPDX-License-Identifier: Apache-2.0
#include "app/cli/args/new_job_reader.h"

#include "app/cli/print/terminal_text.h"
#include "app/cli/print/words.h"
#include "core/http/origin.h"

#include <QDir>

namespace cli {

namespace {

/// Without --no-progress-timeout, when somebody waits at the terminal.
constexpr std::chrono::minutes kPatience{2};

} // namespace

void NewJobReader::readOutcome()
{
    m_made.detach = m_in.has(Option::Detach);
    if (m_made.detach && m_in.has(Option::OnError)) {
        m_in.refuse(Words::tr("--on-error cannot be had together with --detach: nobody waits for "
                              "the job then."));
    }
    m_made.onError = m_in.onError();
    m_in.read(Option::Priority, parsePriorityOption, spec().priority);
}

void NewJobReader::readTimes()
{
    if (!m_made.detach) {
        options().noProgressTimeout = kPatience;
    }
    m_in.read(Option::NoProgressTimeout, parseSeconds, options().noProgressTimeout);
    m_in.read(Option::MinRetryDelay, parseSeconds, options().minRetryDelay);
}

void NewJobReader::readNetwork()
{
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

void NewJobReader::readCertificates()
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

void NewJobReader::readNotifyCommand()
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

/// For each server that the links name: who knows one certificate knows where it is from.
void NewJobReader::readTrust()
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

void NewJobReader::readJobLogin()
{
    options().keepSecrets = m_in.has(Option::KeepLogin);
    options().headers = m_in.headers();
    options().login = m_in.login(LoginFor::Server);
    if (!options().login) {
        takeLoginFromLinks();
    }
}

void NewJobReader::readProxyLogin()
{
    if (const auto login = m_in.login(LoginFor::Proxy)) {
        options().proxy = withLogin(options().proxy, *login);
    }
}

/// A login in a link becomes that of the job, as long as no other server would be given it.
void NewJobReader::takeLoginFromLinks()
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

} // namespace cli
