// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/job/job_spec.h"

namespace core {

/// An end of the queue of jobs of one priority.
enum class QueueEnd { First, Last };
template <>
struct EnumRows<QueueEnd> {
    static constexpr std::array rows{
        EnumRow{QueueEnd::First, "First"},
        EnumRow{QueueEnd::Last, "Last"},
    };
};

/// What may be changed of files of a download; what is not there stays as it is.
struct FileChange {
    QList<int> files;           ///< by index
    std::optional<bool> wanted; ///< false: left out, unless it is in its place already
    std::optional<FilePriority> priority;

    bool operator==(const FileChange &) const = default;
};

/// What may be changed of a job as long as it has not ended; what is not there stays as it is.
struct JobChange {
    std::optional<Priority> priority;
    std::optional<QueueEnd> move;
    std::optional<qint64> limitBytesPerSecond; ///< 0: none; holds at once
    std::optional<int> connections; ///< as JobOptions::connections, 0: absent; of what begins later
    QList<FileChange> files;        ///< one after the other

    bool operator==(const JobChange &) const = default;
};

} // namespace core

Q_DECLARE_METATYPE(core::JobChange)
