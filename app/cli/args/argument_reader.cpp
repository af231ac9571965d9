// SPDX-License-Identifier: Apache-2.0
#include "app/cli/args/argument_reader.h"

#include "app/cli/print/terminal_text.h"
#include "app/cli/print/words.h"

#include <QDir>

namespace cli {

namespace {

Option nameOption(LoginFor what)
{
    return what == LoginFor::Server ? Option::User : Option::ProxyUser;
}

} // namespace

void ArgumentReader::refuse(const UsageError &error)
{
    if (!m_wrong) {
        m_wrong = error;
    }
}

std::optional<core::Login> ArgumentReader::login(LoginFor what)
{
    if (has(Option::PasswordStdin) && !has(Option::User) && !has(Option::ProxyUser)) {
        refuse(Words::tr("--password-stdin needs --user or --proxy-user: say whose password it "
                         "is."));
    }
    const Option option = nameOption(what);
    const auto user =
        value(option, [option](const QString &typed) { return parseUser(text(option), typed); });
    const auto secret = user && isGood() ? password(what, *user) : std::nullopt;
    return secret ? std::optional(core::Login{*user, *secret}) : std::nullopt;
}

std::optional<QString> ArgumentReader::password(LoginFor what, const QString &user)
{
    if (has(Option::PasswordStdin)) {
        const auto line = m_surroundings.readInputLine();
        if (!line) {
            refuse(Words::tr("The password could not be read from standard input: %1.")
                       .arg(line.error()));
            return std::nullopt;
        }
        if (line->isEmpty()) {
            refuse(Words::tr("No password came on standard input; write it there as one line."));
        }
        return QString::fromUtf8(*line);
    }
    const QString prompt = what == LoginFor::Server ? Words::tr("Password of %1: ")
                                                    : Words::tr("Password of %1 for the proxy: ");
    const auto typed =
        m_surroundings.isInteractive ? m_surroundings.askPassword(prompt.arg(user)) : std::nullopt;
    if (!typed) {
        refuse(Words::tr("%1 needs a password: give it on standard input with --password-stdin.")
                   .arg(text(nameOption(what))));
    }
    return typed;
}

core::HeaderFields ArgumentReader::headers()
{
    core::HeaderFields fields;
    for (const QString &typed : textOf(m_arguments.values(Option::Header))) {
        if (typed.startsWith(u'@')) {
            fields += headersIn(typed.mid(1));
        } else if (const auto field = take(parseHeader(typed))) {
            fields.append(*field);
        }
    }
    return fields;
}

core::HeaderFields ArgumentReader::headersIn(const QString &path)
{
    if (!isGood()) {
        return {};
    }
    const auto content = m_surroundings.readFile(path);
    if (!content) {
        refuse(
            Words::tr("The headers in %1 cannot be read: %2.").arg(quoted(path), content.error()));
        return {};
    }
    core::HeaderFields fields;
    qsizetype number = 0;
    for (const QByteArray &raw : content->split('\n')) {
        ++number;
        const QByteArray line = raw.trimmed();
        if (line.isEmpty()) {
            continue;
        }
        if (const auto field = parseHeader(QString::fromUtf8(line))) {
            fields.append(*field);
        } else {
            refuse(Words::tr("%1, line %2: %3")
                       .arg(terminalText(path), QString::number(number), field.error().sentence));
        }
    }
    return fields;
}

OnError ArgumentReader::onError()
{
    const bool canAsk = m_surroundings.isInteractive && !has(Option::Json);
    const auto typed = value(Option::OnError, parseOnError);
    if (typed == OnError::Ask && !canAsk) {
        refuse(Words::tr("--on-error ask needs a terminal to ask at, and no --json; choose stop, "
                         "cancel or complete."));
    }
    return typed.value_or(canAsk ? OnError::Ask : OnError::Stop);
}

QString ArgumentReader::folder()
{
    const QString typed = m_arguments.value(Option::Dir).value_or(QStringLiteral("."));
    if (typed.isEmpty()) {
        refuse(Words::tr("--dir needs the name of a folder."));
    }
    const QString path = absolute(typed);
    if (path.contains(QChar::ReplacementCharacter)) { // what stands for bytes that are no text
        refuse(Words::tr("The name of the folder %1 is not in UTF-8, and Bellhop can use no other; "
                         "choose another folder with --dir.")
                   .arg(quoted(path)));
    }
    return path;
}

QString ArgumentReader::source(const QString &typed)
{
    if (typed == u'-') {
        refuse(Words::tr("Bhop does not send standard input: an upload that breaks off is gone on "
                         "with from its file. Name a file."));
    }
    if (typed.isEmpty()) {
        refuse(Words::tr("The name of the file to send is empty."));
    }
    const QString path = absolute(typed);
    if (path.contains(QChar::ReplacementCharacter)) {
        refuse(Words::tr("The name of the file %1 is not in UTF-8, and Bellhop can use no other; "
                         "rename it, or send a link to it.")
                   .arg(quoted(path)));
    }
    return path;
}

QString ArgumentReader::absolute(const QString &typed) const
{
    return QDir::cleanPath(QDir(m_surroundings.currentFolder).absoluteFilePath(typed));
}

} // namespace cli
