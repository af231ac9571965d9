// SPDX-License-Identifier: Apache-2.0
#include "app/cli/args/help.h"

#include "app/cli/print/terminal_text.h"
#include "app/cli/print/words.h"

#include <QStringList>

#include <algorithm>
#include <array>

namespace cli {

namespace {

/// Options of every command are listed apart.
bool isCommon(const OptionRow &row)
{
    return std::ranges::all_of(commandTable(),
                               [&row](const CommandRow &c) { return takes(row, c.command); });
}

QString optionLabel(const OptionRow &row)
{
    QString label = row.shortName == 0
                        ? QStringLiteral("    ")
                        : u'-' + QString(QLatin1Char(row.shortName)) + QStringLiteral(", ");
    label += QStringLiteral("--") + QString::fromLatin1(row.name);
    if (row.valueName != nullptr) {
        label += u' ' + QString::fromUtf8(row.valueName);
    }
    return label;
}

/// Options that do something else with this command than with get.
struct OwnHelp {
    Command command;
    Option option;
    const char *help;
};

// clang-format off
constexpr std::array kOwnHelp{
    OwnHelp{Command::Resume, Option::Dir,  QT_TRANSLATE_NOOP("bhop", "Another folder for the job; what it has fetched is taken along.")},
    OwnHelp{Command::Resume, Option::Hash, QT_TRANSLATE_NOOP("bhop", "Another checksum for the file: md5, sha1, sha256, sha512 or blake2b; none for no check.")},
    OwnHelp{Command::Resume, Option::Existing, QT_TRANSLATE_NOOP("bhop", "What to do about the name that is taken: keep-both, replace or skip.")},
    OwnHelp{Command::Check, Option::Dir,  QT_TRANSLATE_NOOP("bhop", "Another folder for the job: whether what is still to come fits there.")},
    OwnHelp{Command::Check, Option::Hash, QT_TRANSLATE_NOOP("bhop", "Another checksum for the file: md5, sha1, sha256, sha512 or blake2b; none for no check.")},
    OwnHelp{Command::Check, Option::Existing, QT_TRANSLATE_NOOP("bhop", "What to do about the name that is taken: keep-both, replace or skip.")},
    OwnHelp{Command::Check, Option::Proxy, QT_TRANSLATE_NOOP("bhop", "Another proxy for the job; direct for none, system for what the environment says.")},
    OwnHelp{Command::Resume, Option::Proxy, QT_TRANSLATE_NOOP("bhop", "Another proxy for the job; direct for none, system for what the environment says.")},
    OwnHelp{Command::Put, Option::NoProgressTimeout, QT_TRANSLATE_NOOP("bhop", "Give up trying after so long without a byte sent; 120 by default, a day with --detach.")},
    OwnHelp{Command::Get, Option::NoProgressTimeout, QT_TRANSLATE_NOOP("bhop", "Give up trying after so long without a byte; 120 by default, a day with --detach.")},
    OwnHelp{Command::Put, Option::Name, QT_TRANSLATE_NOOP("bhop", "The name on the server; for an address that ends in a slash.")},
    OwnHelp{Command::Put, Option::OnError, QT_TRANSLATE_NOOP("bhop", "When the job needs you: stop, cancel or ask (the default on a terminal).")},
};
// clang-format on

QString helpOf(const OptionRow &row, std::optional<Command> command)
{
    const auto *own = std::ranges::find_if(kOwnHelp, [&](const OwnHelp &each) {
        return command == each.command && row.option == each.option;
    });
    return Words::tr(own != kOwnHelp.end() ? own->help : row.help);
}

template <typename Wanted>
QString optionList(Wanted wanted, std::optional<Command> command = std::nullopt)
{
    QList<std::pair<QString, QString>> rows;
    for (const OptionRow &row : optionTable()) {
        if (wanted(row)) {
            rows.append({optionLabel(row), helpOf(row, command)});
        }
    }
    return twoColumns(rows, 2);
}

QString exitStatuses()
{
    return Words::tr(
        "Exit status: 0 done, 1 other, 2 wrong usage, 3 network or proxy, 4 the server "
        "refuses or has\nit not, 5 login needed, 6 TLS, 7 changed or cannot resume, "
        "8 storage, 9 verification\nfailed, 10 stopped unfinished, 11 the list of jobs "
        "is not available.\n");
}

QString overview()
{
    QList<std::pair<QString, QString>> commands;
    for (const CommandRow &row : commandTable()) {
        const QString call = QLatin1StringView(row.name) + u' ' + QString::fromUtf8(row.synopsis);
        commands.append({call, Words::tr(row.summary)});
    }
    return Words::tr(
               "bhop downloads and sends files as jobs that can be stopped, repaired and gone on "
               "with.\n") +
           u'\n' + twoColumns(commands, 2) + u'\n' + Words::tr("Options of every command:\n") +
           optionList(isCommon) + u'\n' +
           Words::tr("\"bhop help COMMAND\" explains the options of one command.\n") +
           exitStatuses();
}

QString commandHelp(const CommandRow &command)
{
    const auto isOwn = [&command](const OptionRow &row) {
        return takes(row, command.command) && !isCommon(row);
    };
    QString text = Words::tr("Usage: bhop %1 %2\n")
                       .arg(QLatin1StringView(command.name), QString::fromUtf8(command.synopsis));
    text += Words::tr(command.summary) + QStringLiteral("\n\n");
    if (std::ranges::any_of(optionTable(), isOwn)) {
        text += optionList(isOwn, command.command) + u'\n';
    }
    return text + Words::tr("Options of every command:\n") + optionList(isCommon);
}

} // namespace

QString helpText(std::optional<Command> command)
{
    return command ? commandHelp(rowOf(*command)) : overview();
}

QString versionText()
{
    return QStringLiteral("bhop " BELLHOP_VERSION);
}

} // namespace cli
