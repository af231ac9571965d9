// SPDX-License-Identifier: Apache-2.0
#include "app/cli/args/option_table.h"

#include <QCoreApplication>

#include <algorithm>
#include <array>

namespace cli {

namespace {

constexpr CommandSet kGet = setOf(Command::Get);
constexpr CommandSet kPut = setOf(Command::Put);
constexpr CommandSet kNew = kGet | kPut;
constexpr CommandSet kSet = setOf(Command::Set);
constexpr CommandSet kResume = setOf(Command::Resume);
constexpr CommandSet kRepair = kResume | setOf(Command::Check);
constexpr CommandSet kComplete = setOf(Command::Complete);
constexpr CommandSet kAdopt = setOf(Command::Adopt);
constexpr CommandSet kEngine = setOf(Command::Engine);
constexpr CommandSet kAll = ~0U;

// clang-format off
constexpr std::array kCommands{
    CommandRow{Command::Get,      "get",      Operands::Links,       "[options] LINK…",
        QT_TRANSLATE_NOOP("bhop", "Download the files as one job and wait until they are there.")},
    CommandRow{Command::Put,      "put",      Operands::FileAndAddress, "[options] FILE URL",
        QT_TRANSLATE_NOOP("bhop", "Send a file to a server as a job and wait until it is there.")},
    CommandRow{Command::List,     "list",     Operands::None,        "[options]",
        QT_TRANSLATE_NOOP("bhop", "List the jobs.")},
    CommandRow{Command::Show,     "show",     Operands::OneJob,      "[options] ID",
        QT_TRANSLATE_NOOP("bhop", "Show one job and its files.")},
    CommandRow{Command::Errors,   "errors",   Operands::None,        "[options]",
        QT_TRANSLATE_NOOP("bhop", "Show the jobs that need you, and what each one needs.")},
    CommandRow{Command::Suspend,  "suspend",  Operands::Jobs,        "[options] ID…",
        QT_TRANSLATE_NOOP("bhop", "Stop jobs and keep what they have.")},
    CommandRow{Command::Set,      "set",      Operands::AnyJobs,     "[options] [ID…]",
        QT_TRANSLATE_NOOP("bhop", "Change jobs while they are there: speed limit, priority, place, which files. Without a number, the limit of all together.")},
    CommandRow{Command::Resume,   "resume",   Operands::Jobs,        "[options] ID…",
        QT_TRANSLATE_NOOP("bhop", "Go on with jobs, with something repaired if need be, and wait for them.")},
    CommandRow{Command::Check,    "check",    Operands::OneJob,      "[options] ID",
        QT_TRANSLATE_NOOP("bhop", "Say what resume would meet with the same repairs, and change nothing.")},
    CommandRow{Command::Cancel,   "cancel",   Operands::Jobs,        "[options] ID…",
        QT_TRANSLATE_NOOP("bhop", "Give jobs up: remove what was fetched, and have servers forget unfinished uploads.")},
    CommandRow{Command::Complete, "complete", Operands::Jobs,        "[options] ID…",
        QT_TRANSLATE_NOOP("bhop", "Accept jobs as they are: keep the whole files, remove the unfinished ones.")},
    CommandRow{Command::Remove,   "remove",   Operands::Jobs,        "[options] ID…",
        QT_TRANSLATE_NOOP("bhop", "Take finished or cancelled jobs off the list. Their files stay.")},
    CommandRow{Command::Follow,   "follow",   Operands::Jobs,        "[options] ID…",
        QT_TRANSLATE_NOOP("bhop", "Look on at jobs that run until they have come to an end.")},
    CommandRow{Command::Watch,    "watch",    Operands::None,        "[options]",
        QT_TRANSLATE_NOOP("bhop", "Tell what happens to any job, until Ctrl-C.")},
    CommandRow{Command::Adopt,    "adopt",    Operands::OnePath,     "[options] [FOLDER | PART]",
        QT_TRANSLATE_NOOP("bhop", "List the unfinished files that no job knows of, or go on with one from a link.")},
    CommandRow{Command::Engine,   "engine",   Operands::None,        "[options]",
        QT_TRANSLATE_NOOP("bhop", "Do the work for the other commands and the window, until nobody needs it. They start it by themselves.")},
    CommandRow{Command::Help,     "help",     Operands::CommandName, "[COMMAND]",
        QT_TRANSLATE_NOOP("bhop", "Explain the program or one command.")},
};

constexpr std::array kOptions{
    OptionRow{Option::Dir,               "dir",                 'd', "DIR",       kGet | kRepair, Repeat::Once,
        QT_TRANSLATE_NOOP("bhop", "The folder for the files; the current one by default.")},
    OptionRow{Option::Output,            "output",              'o', "NAME",      kGet,           Repeat::Once,
        QT_TRANSLATE_NOOP("bhop", "The name of the file; only with one link.")},
    OptionRow{Option::InputFile,         "input-file",          'i', "LIST",      kGet,           Repeat::Often,
        QT_TRANSLATE_NOOP("bhop", "Take further links from a file, one a line; \"-\" is standard input.")},
    OptionRow{Option::Connections,       "connections",         'x', "N",         kGet | kSet,    Repeat::Once,
        QT_TRANSLATE_NOOP("bhop", "Connections for each file at most, up to 32; by default as many as help, up to 16.")},
    OptionRow{Option::Limit,             "limit",                0,  "RATE",      kNew | kSet,    Repeat::Once,
        QT_TRANSLATE_NOOP("bhop", "Bytes a second at most, such as 500K or 1.5M; 0 for no limit.")},
    OptionRow{Option::First,             "first",                0,  nullptr,     kSet,           Repeat::Once,
        QT_TRANSLATE_NOOP("bhop", "Before all other jobs of its priority.")},
    OptionRow{Option::Last,              "last",                 0,  nullptr,     kSet,           Repeat::Once,
        QT_TRANSLATE_NOOP("bhop", "Behind all other jobs of its priority.")},
    OptionRow{Option::Hash,              "hash",                 0,  "ALGO:HEX",  kNew | kRepair, Repeat::Once,
        QT_TRANSLATE_NOOP("bhop", "The checksum the file must have: md5, sha1, sha256, sha512 or blake2b; with resume also none. What is to be sent is compared before.")},
    OptionRow{Option::Header,            "header",               0,  "FIELD",     kNew | kRepair, Repeat::Often,
        QT_TRANSLATE_NOOP("bhop", "A request header 'Name: value', or @FILE with one a line.")},
    OptionRow{Option::User,              "user",                 0,  "NAME",      kNew | kRepair, Repeat::Once,
        QT_TRANSLATE_NOOP("bhop", "Log in by this name; asks for the password.")},
    OptionRow{Option::PasswordStdin,     "password-stdin",       0,  nullptr,     kNew | kRepair, Repeat::Once,
        QT_TRANSLATE_NOOP("bhop", "Read the password for --user, then that for --proxy-user, from standard input, one a line.")},
    OptionRow{Option::Proxy,             "proxy",                0,  "URL",       kNew | kRepair, Repeat::Once,
        QT_TRANSLATE_NOOP("bhop", "The proxy to use; direct for none, system for what the environment says (the default).")},
    OptionRow{Option::ProxyUser,         "proxy-user",           0,  "NAME",      kNew | kRepair, Repeat::Once,
        QT_TRANSLATE_NOOP("bhop", "Log in to the proxy by this name; asks for the password.")},
    OptionRow{Option::KeepLogin,         "keep-login",           0,  nullptr,     kNew | kResume, Repeat::Once,
        QT_TRANSLATE_NOOP("bhop", "Put logins and secret headers of the job into the keyring of the desktop until it ends; else they are kept in memory.")},
    OptionRow{Option::Priority,          "priority",             0,  "P",         kNew | kSet,    Repeat::Once,
        QT_TRANSLATE_NOOP("bhop", "foreground, high, normal or low. Foreground jobs run beside all others; of the rest one level at a time.")},
    OptionRow{Option::OnError,           "on-error",             0,  "WHAT",      kNew | kResume, Repeat::Once,
        QT_TRANSLATE_NOOP("bhop", "When a job needs you: stop, cancel, complete or ask (the default on a terminal).")},
    OptionRow{Option::StopAtFirstError,  "stop-at-first-error",  0,  nullptr,     kGet,           Repeat::Once,
        QT_TRANSLATE_NOOP("bhop", "Do not finish the other files when one has failed.")},
    OptionRow{Option::MinRetryDelay,     "min-retry-delay",      0,  "SECONDS",   kNew,           Repeat::Once,
        QT_TRANSLATE_NOOP("bhop", "The first wait before trying again; 1 by default.")},
    OptionRow{Option::NoProgressTimeout, "no-progress-timeout",  0,  "SECONDS",   kNew,           Repeat::Once,
        QT_TRANSLATE_NOOP("bhop", "Give up trying after so long without a byte; 120 by default.")},
    OptionRow{Option::Existing,          "existing",             0,  "WHAT",      kGet | kRepair, Repeat::Once,
        QT_TRANSLATE_NOOP("bhop", "When the name is taken: keep-both, replace, skip or fail (the default).")},
    OptionRow{Option::CaFile,            "ca-file",              0,  "PEM",       kNew,           Repeat::Once,
        QT_TRANSLATE_NOOP("bhop", "A file with further authorities to trust.")},
    OptionRow{Option::TrustCert,         "trust-cert",           0,  "SHA256",    kNew | kRepair, Repeat::Once,
        QT_TRANSLATE_NOOP("bhop", "Trust the certificate of the server that has this fingerprint, in this job alone.")},
    OptionRow{Option::AllowInsecure,     "allow-insecure",       0,  nullptr,     kNew | kRepair, Repeat::Once,
        QT_TRANSLATE_NOOP("bhop", "Follow from an encrypted address to an unencrypted one; others can read and change the file.")},
    OptionRow{Option::Protocol,          "protocol",             0,  "P",         kPut | kRepair, Repeat::Once,
        QT_TRANSLATE_NOOP("bhop", "How to send: tus, put, or auto for tus where the address speaks it and else put (the default of put).")},
    OptionRow{Option::IfExists,          "if-exists",            0,  "WHAT",      kPut,           Repeat::Once,
        QT_TRANSLATE_NOOP("bhop", "When the name is taken on the server: replace, fail or ask (the default on a terminal).")},
    OptionRow{Option::MakeFolders,       "make-folders",         0,  nullptr,     kPut,           Repeat::Once,
        QT_TRANSLATE_NOOP("bhop", "Make the folders of the address that are missing on the server (WebDAV).")},
    OptionRow{Option::NotifyCommand,     "notify-command",       0,  "PROGRAM",   kNew,           Repeat::Once,
        QT_TRANSLATE_NOOP("bhop", "A program to tell when the job needs you or is done: one line of JSON on its standard input.")},
    OptionRow{Option::Detach,            "detach",               0,  nullptr,     kNew,           Repeat::Once,
        QT_TRANSLATE_NOOP("bhop", "Leave the job running and print its number; \"bhop follow\" looks on.")},
    OptionRow{Option::Url,               "url",                  0,  "LINK",      kRepair,        Repeat::Once,
        QT_TRANSLATE_NOOP("bhop", "Another link to the same file; for an upload, another address to send to.")},
    OptionRow{Option::Link,              "link",                 0,  "LINK",      kAdopt,         Repeat::Once,
        QT_TRANSLATE_NOOP("bhop", "Take the unfinished file on as a job that goes on from this link.")},
    OptionRow{Option::Source,            "source",               0,  "FILE",      kRepair,        Repeat::Once,
        QT_TRANSLATE_NOOP("bhop", "Another place of the file to send, or another file in its stead.")},
    OptionRow{Option::Name,              "name",                 0,  "NAME",      kPut | kRepair,       Repeat::Once,
        QT_TRANSLATE_NOOP("bhop", "Another name for the finished file; for an upload, its name on the server.")},
    OptionRow{Option::CreateDir,         "create-dir",           0,  nullptr,     kRepair,        Repeat::Once,
        QT_TRANSLATE_NOOP("bhop", "Make the missing folder; for an upload, those on the server.")},
    OptionRow{Option::Restart,           "restart",              0,  nullptr,     kRepair,        Repeat::Once,
        QT_TRANSLATE_NOOP("bhop", "Fetch the file, or send it, again from its first byte.")},
    OptionRow{Option::Recheck,           "recheck",              0,  nullptr,     kRepair,        Repeat::Once,
        QT_TRANSLATE_NOOP("bhop", "Read what is kept once more and fetch again what is not as it was received.")},
    OptionRow{Option::Accept,            "accept",               0,  nullptr,     kRepair,        Repeat::Once,
        QT_TRANSLATE_NOOP("bhop", "Take the file as it is: the web page, the file whose checksum differs, or the upload that nobody confirmed.")},
    OptionRow{Option::Unpack,            "unpack",               0,  nullptr,     kRepair,        Repeat::Once,
        QT_TRANSLATE_NOOP("bhop", "Fetch the file compressed as the server sends it, and unpack it when all of it is here.")},
    OptionRow{Option::Skip,              "skip",                 0,  "FILE",      kRepair | kSet, Repeat::Often,
        QT_TRANSLATE_NOOP("bhop", "Go on without this file: its number, or its name.")},
    OptionRow{Option::Want,              "want",                 0,  "FILE",      kSet,           Repeat::Often,
        QT_TRANSLATE_NOOP("bhop", "Fetch this file after all.")},
    OptionRow{Option::FilePriority,      "file-priority",        0,  "P:FILE",    kSet,           Repeat::Often,
        QT_TRANSLATE_NOOP("bhop", "What comes first in its job: high, normal or low, a colon, and the file, as in high:2.")},
    OptionRow{Option::File,              "file",                 0,  "FILE",      kRepair,        Repeat::Often,
        QT_TRANSLATE_NOOP("bhop", "The file that --url, --name, --existing, --restart, --hash, --accept and --unpack are meant for; of --user and --trust-cert, one of the server they are for.")},
    OptionRow{Option::KeepPartial,       "keep-partial",         0,  nullptr,     kComplete,      Repeat::Once,
        QT_TRANSLATE_NOOP("bhop", "Keep unfinished files under their .part names.")},
    OptionRow{Option::Background,        "background",           0,  nullptr,     kEngine,         Repeat::Once,
        QT_TRANSLATE_NOOP("bhop", "Leave the terminal once it can be reached.")},
    OptionRow{Option::InProcess,         "in-process",           0,  nullptr,     kAll & ~kEngine, Repeat::Once,
        QT_TRANSLATE_NOOP("bhop", "Do the work in this program, which no other can use the list beside.")},
    OptionRow{Option::StateDir,          "state-dir",            0,  "DIR",       kAll,           Repeat::Once,
        QT_TRANSLATE_NOOP("bhop", "The folder that holds the list of jobs.")},
    OptionRow{Option::Json,              "json",                 0,  nullptr,     kAll,           Repeat::Once,
        QT_TRANSLATE_NOOP("bhop", "Print one JSON object a line. Links are printed whole, with the keys in them.")},
    OptionRow{Option::Quiet,             "quiet",               'q', nullptr,     kAll,           Repeat::Once,
        QT_TRANSLATE_NOOP("bhop", "Print only what went wrong; with --json, no progress lines.")},
    OptionRow{Option::Help,              "help",                'h', nullptr,     kAll,           Repeat::Once,
        QT_TRANSLATE_NOOP("bhop", "Explain the command.")},
    OptionRow{Option::Version,           "version",              0,  nullptr,     kAll,           Repeat::Once,
        QT_TRANSLATE_NOOP("bhop", "Print the version.")},
};
// clang-format on

} // namespace

std::span<const CommandRow> commandTable()
{
    return kCommands;
}

std::span<const OptionRow> optionTable()
{
    return kOptions;
}

const CommandRow &rowOf(Command command)
{
    return *std::ranges::find(kCommands, command, &CommandRow::command);
}

const OptionRow &rowOf(Option option)
{
    return *std::ranges::find(kOptions, option, &OptionRow::option);
}

const CommandRow *findCommand(QByteArrayView name)
{
    const auto row =
        std::ranges::find_if(kCommands, [name](const CommandRow &r) { return name == r.name; });
    return row == kCommands.end() ? nullptr : &*row;
}

const OptionRow *findOption(QByteArrayView longName)
{
    const auto row = std::ranges::find_if(
        kOptions, [longName](const OptionRow &r) { return longName == r.name; });
    return row == kOptions.end() ? nullptr : &*row;
}

const OptionRow *findShortOption(char shortName)
{
    const auto row = std::ranges::find(kOptions, shortName, &OptionRow::shortName);
    return row == kOptions.end() || shortName == 0 ? nullptr : &*row;
}

} // namespace cli
