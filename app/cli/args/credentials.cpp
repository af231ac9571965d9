// SPDX-License-Identifier: Apache-2.0
#include "app/cli/args/credentials.h"

#include "app/cli/print/terminal_text.h"
#include "app/cli/print/words.h"

#include <QDir>

namespace cli {

namespace {

Parsed<QString> readPassword(const Surroundings &surroundings)
{
    const auto line = surroundings.readInputLine();
    if (!line) {
        return misused(
            Words::tr("The password could not be read from standard input: %1.").arg(line.error()));
    }
    if (line->isEmpty()) {
        return misused(
            Words::tr("No password came on standard input; write it there as one line."));
    }
    return QString::fromUtf8(*line);
}

Parsed<core::HeaderFields> readHeaderFile(const QString &path, const Surroundings &surroundings)
{
    const auto content = surroundings.readFile(path);
    if (!content) {
        return misused(
            Words::tr("The headers in %1 cannot be read: %2.").arg(quoted(path), content.error()));
    }
    core::HeaderFields fields;
    qsizetype number = 0;
    for (const QByteArray &raw : content->split('\n')) {
        ++number;
        const QByteArray line = raw.trimmed();
        if (line.isEmpty()) {
            continue;
        }
        const auto field = parseHeader(QString::fromUtf8(line));
        if (!field) {
            return misused(
                Words::tr("%1, line %2: %3")
                    .arg(terminalText(path), QString::number(number), field.error().sentence));
        }
        fields.append(*field);
    }
    return fields;
}

} // namespace

Parsed<std::optional<core::Login>> readLogin(LoginFor what, const Arguments &arguments,
                                             const Surroundings &surroundings)
{
    const Option option = what == LoginFor::Server ? Option::User : Option::ProxyUser;
    const auto typed = arguments.value(option);
    const bool fromInput = arguments.has(Option::PasswordStdin);
    if (!typed) {
        if (fromInput && !arguments.has(Option::User) && !arguments.has(Option::ProxyUser)) {
            return misused(Words::tr("--password-stdin needs --user or --proxy-user: say whose "
                                     "password it is."));
        }
        return std::nullopt;
    }
    const auto user = parseUser(text(option), *typed);
    if (!user) {
        return tl::unexpected(user.error());
    }
    if (fromInput) {
        return readPassword(surroundings).map([&user](const QString &password) {
            return std::optional(core::Login{*user, password});
        });
    }
    const QString prompt = what == LoginFor::Server ? Words::tr("Password of %1: ")
                                                    : Words::tr("Password of %1 for the proxy: ");
    const auto password =
        surroundings.isInteractive ? surroundings.askPassword(prompt.arg(*user)) : std::nullopt;
    if (!password) {
        return misused(Words::tr("%1 needs a password: give it on standard input with "
                                 "--password-stdin.")
                           .arg(text(option)));
    }
    return std::optional(core::Login{*user, *password});
}

QUrl withLogin(QUrl proxy, const core::Login &login)
{
    proxy.setUserName(login.user, QUrl::DecodedMode);
    proxy.setPassword(login.password, QUrl::DecodedMode);
    return proxy;
}

Parsed<core::HeaderFields> readHeaders(const Arguments &arguments, const Surroundings &surroundings)
{
    core::HeaderFields fields;
    for (const QString &typed : arguments.values(Option::Header)) {
        if (typed.startsWith(u'@')) {
            const auto more = readHeaderFile(typed.mid(1), surroundings);
            if (!more) {
                return tl::unexpected(more.error());
            }
            fields += *more;
            continue;
        }
        const auto field = parseHeader(typed);
        if (!field) {
            return tl::unexpected(field.error());
        }
        fields.append(*field);
    }
    return fields;
}

Parsed<OnError> readOnError(const Arguments &arguments, const Surroundings &surroundings)
{
    const auto typed = arguments.value(Option::OnError);
    const bool canAsk = surroundings.isInteractive && !arguments.has(Option::Json);
    if (!typed) {
        return canAsk ? OnError::Ask : OnError::Stop;
    }
    const auto policy = parseOnError(*typed);
    if (policy && *policy == OnError::Ask && !canAsk) {
        return misused(Words::tr("--on-error ask needs a terminal to ask at, and no --json; choose "
                                 "stop, cancel or complete."));
    }
    return policy;
}

Parsed<QString> readFolder(const Arguments &arguments, const Surroundings &surroundings)
{
    const QString typed = arguments.value(Option::Dir).value_or(QStringLiteral("."));
    if (typed.isEmpty()) {
        return misused(Words::tr("--dir needs the name of a folder."));
    }
    return QDir::cleanPath(QDir(surroundings.currentFolder).absoluteFilePath(typed));
}

} // namespace cli
