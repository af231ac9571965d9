// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QHashFunctions>
#include <QList>
#include <QMetaType>
#include <QString>

#include <compare>
#include <optional>

namespace core {

/// Names one job for ever within one state folder. Numbers are handed out in order and never used
/// again, so that a person can type them. 0 names no job.
struct JobId {
    qint64 value = 0;

    friend constexpr auto operator<=>(const JobId &, const JobId &) = default;
};

using JobIds = QList<JobId>;

[[nodiscard]] inline size_t qHash(JobId id, size_t seed = 0)
{
    return ::qHash(id.value, seed);
}

/// "7": what a person types and reads.
[[nodiscard]] inline QString text(JobId id)
{
    return QString::number(id.value);
}

/// The reverse of text(); nothing for anything but a positive decimal number.
[[nodiscard]] inline std::optional<JobId> parseJobId(QStringView typed)
{
    bool ok = false;
    const qint64 value = typed.toLongLong(&ok);
    if (!ok || value <= 0) {
        return std::nullopt;
    }
    return JobId{value};
}

/// One file of one job. The index is its place in the order of insertion and never changes.
struct FileId {
    JobId job;
    int index = 0;

    friend constexpr auto operator<=>(const FileId &, const FileId &) = default;
};

[[nodiscard]] inline size_t qHash(FileId id, size_t seed = 0)
{
    return qHashMulti(seed, id.job, id.index);
}

} // namespace core

Q_DECLARE_METATYPE(core::JobId)
