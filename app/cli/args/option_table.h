// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QByteArrayView>

#include <optional>
#include <span>

namespace cli {

enum class Command {
    Get,
    Put,
    List,
    Show,
    Errors,
    Suspend,
    Set,
    Resume,
    Check,
    Cancel,
    Complete,
    Remove,
    Follow,
    Watch,
    Adopt,
    Engine,
    Help
};

/// What follows the options of a command.
enum class Operands { None, Links, FileAndAddress, OneJob, Jobs, AnyJobs, OnePath, CommandName };

struct CommandRow {
    Command command;
    const char *name;
    Operands operands;
    const char *synopsis; ///< what follows the name on the usage line
    const char *summary;  ///< one sentence, marked for translation
};

enum class Option {
    Dir,
    Output,
    InputFile,
    Connections,
    Limit,
    First,
    Last,
    Hash,
    Header,
    User,
    PasswordStdin,
    Proxy,
    ProxyUser,
    KeepLogin,
    Priority,
    OnError,
    StopAtFirstError,
    MinRetryDelay,
    NoProgressTimeout,
    Existing,
    CaFile,
    TrustCert,
    AllowInsecure,
    Protocol,
    IfExists,
    MakeFolders,
    NotifyCommand,
    Detach,
    Url,
    Link,
    Source,
    File,
    Name,
    CreateDir,
    Restart,
    Recheck,
    Accept,
    Unpack,
    Skip,
    Want,
    FilePriority,
    KeepPartial,
    Background,
    InProcess,
    StateDir,
    Json,
    Quiet,
    Help,
    Version,
};

/// How often an option may be given.
enum class Repeat { Once, Often };

/// The commands that take an option, as bits of `1 << Command`.
using CommandSet = unsigned;

struct OptionRow {
    Option option;
    const char *name;      ///< without the dashes
    char shortName;        ///< 0: none
    const char *valueName; ///< nullptr: takes no value
    CommandSet commands;
    Repeat repeat;
    const char *help; ///< marked for translation
};

[[nodiscard]] std::span<const CommandRow> commandTable();
[[nodiscard]] std::span<const OptionRow> optionTable();

[[nodiscard]] const CommandRow &rowOf(Command command);
[[nodiscard]] const OptionRow &rowOf(Option option);
[[nodiscard]] const CommandRow *findCommand(QByteArrayView name);
[[nodiscard]] const OptionRow *findOption(QByteArrayView longName);
[[nodiscard]] const OptionRow *findShortOption(char shortName);

[[nodiscard]] constexpr CommandSet setOf(Command command)
{
    return 1U << static_cast<unsigned>(command);
}
[[nodiscard]] inline bool takes(const OptionRow &row, Command command)
{
    return (row.commands & setOf(command)) != 0;
}

} // namespace cli
