// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cerrno>
#include <csignal>
#include <string>

#include <unistd.h>

/// What is to become of the calls to the disk; see disk_faults.cpp.
namespace disk_fault {

enum Op : unsigned {
    Open,
    Create,
    Write,
    Truncate,
    Allocate,
    Sync,
    Rename,
    Link,
    Unlink,
    OpCount,
};

/// What the environment asks for.
enum class Kind { Count, KillBefore, KillAfter, Short, Error, Hang };
[[nodiscard]] Kind kind();
/// What the call that is hit fails with.
[[nodiscard]] int error();

/// Counts the call, if it is on a path that is looked at; true when it is the one.
[[nodiscard]] bool isHit(Op op, const std::string &path);

/// Reports, and the program is no more.
[[noreturn]] void end();
/// As a disk that does not answer.
[[noreturn]] void hang();

} // namespace disk_fault
