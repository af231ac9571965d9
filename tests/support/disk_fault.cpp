// SPDX-License-Identifier: Apache-2.0
#include "tests/support/disk_fault.h"

#include <algorithm>
#include <array>
#include <atomic>
#include <cstdlib>
#include <string_view>

#include <fcntl.h>
#include <sys/syscall.h>

namespace disk_fault {

namespace {

constexpr std::array<const char *, OpCount> kNames{
    "open", "create", "write", "truncate", "allocate", "sync", "rename", "link", "unlink"};

constexpr unsigned bit(Op op)
{
    return 1U << op;
}
constexpr unsigned kEvery = (1U << OpCount) - 1;
constexpr unsigned kNeedsRoom =
    bit(Create) | bit(Write) | bit(Truncate) | bit(Allocate) | bit(Sync) | bit(Rename) | bit(Link);
constexpr unsigned kByName = bit(Open) | bit(Create) | bit(Rename) | bit(Link) | bit(Unlink);
constexpr unsigned kSlow =
    bit(Open) | bit(Create) | bit(Write) | bit(Truncate) | bit(Allocate) | bit(Sync);

/// What happens, and to which calls it can.
struct Fault {
    const char *name;
    Kind kind;
    int error;
    unsigned to;
};
constexpr std::array kFaults{
    Fault{"", Kind::Count, 0, kEvery},
    Fault{"kill-before", Kind::KillBefore, 0, kEvery},
    Fault{"kill-after", Kind::KillAfter, 0, kEvery},
    Fault{"short", Kind::Short, 0, bit(Write)},
    Fault{"hang", Kind::Hang, 0, bit(Write) | bit(Sync)},
    Fault{"ENOSPC", Kind::Error, ENOSPC, kNeedsRoom},
    Fault{"EDQUOT", Kind::Error, EDQUOT, kNeedsRoom},
    Fault{"EIO", Kind::Error, EIO, kEvery},
    Fault{"EACCES", Kind::Error, EACCES, kByName},
    Fault{"EINTR", Kind::Error, EINTR, kSlow},
};

const char *valueOf(const char *variable)
{
    const char *value = std::getenv(variable);
    return value != nullptr ? value : "";
}

/// Nothing in it has to be destroyed: calls come until the very end.
struct Plan {
    Fault fault = kFaults.front();
    long at = 0;
    bool isOnwards = false;
    std::string_view folders;
    const char *report = "";
};

const Plan &plan()
{
    static const Plan made = [] {
        Plan plan;
        const std::string_view wanted = valueOf("BELLHOP_DISK_FAULT");
        for (const Fault &fault : kFaults) {
            plan.fault = wanted == fault.name ? fault : plan.fault;
        }
        plan.at = std::atol(valueOf("BELLHOP_DISK_AT"));
        plan.isOnwards = *valueOf("BELLHOP_DISK_ONWARDS") != '\0';
        plan.folders = valueOf("BELLHOP_DISK_FOLDERS");
        plan.report = valueOf("BELLHOP_DISK_REPORT");
        return plan;
    }();
    return made;
}

std::atomic<long> g_calls = 0;
std::array<std::atomic<long>, OpCount> g_callsOf{};

/// With calls of its own, which nobody counts.
void report(const std::string &text)
{
    if (plan().report[0] != '/') {
        return;
    }
    const long file = ::syscall(SYS_openat, AT_FDCWD, plan().report,
                                O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, S_IRUSR | S_IWUSR);
    if (file >= 0) {
        [[maybe_unused]] const long wrote = ::syscall(SYS_write, file, text.data(), text.size());
        ::close(int(file));
    }
}

[[gnu::destructor]] void reportCounts()
{
    std::string text;
    for (unsigned op = 0; op < OpCount; ++op) {
        text += std::string(kNames.at(op)) + ' ' + std::to_string(g_callsOf.at(op)) + '\n';
    }
    report(text);
}

/// The log is no promise to anybody.
bool isLookedAt(const std::string &path)
{
    if (path.find("/bellhop.log") != std::string::npos) {
        return false;
    }
    std::string_view rest = plan().folders;
    while (!rest.empty()) {
        const std::string_view folder = rest.substr(0, rest.find(':'));
        rest.remove_prefix(std::min(folder.size() + 1, rest.size()));
        if (path.starts_with(folder) &&
            (path.size() == folder.size() || path[folder.size()] == '/')) {
            return true;
        }
    }
    return false;
}

} // namespace

Kind kind()
{
    return plan().fault.kind;
}

int error()
{
    return plan().fault.error;
}

bool isHit(Op op, const std::string &path)
{
    if ((plan().fault.to & bit(op)) == 0 || !isLookedAt(path)) {
        return false;
    }
    const long number = ++g_calls;
    ++g_callsOf.at(op);
    const bool hits =
        plan().at > 0 && (plan().isOnwards ? number >= plan().at : number == plan().at);
    if (hits) {
        report(std::string("hit ") + kNames.at(op) + ' ' + path + '\n');
    }
    return hits;
}

void end()
{
    reportCounts();
    ::kill(::getpid(), SIGKILL);
    hang();
}

void hang()
{
    for (;;) {
        ::pause();
    }
}

} // namespace disk_fault
