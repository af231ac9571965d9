// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/job/job_record.h"
#include "core/job/job_snapshot.h"

#include <array>
#include <compare>
#include <set>

namespace core {

/// Whether a file in that state is fetched or sent, or is to be, by itself.
[[nodiscard]] constexpr bool isUnderWay(FileState state)
{
    return state == FileState::Pending || state == FileState::Active || state == FileState::Waiting;
}

/// A file that waits for its turn; the lesser one comes first.
struct PendingFile {
    FilePriority priority = FilePriority::Normal;
    int index = 0;

    auto operator<=>(const PendingFile &) const = default;
};

/// Running sums over the files of one job, so that nothing has to walk 100 000 of them to answer
/// how far it is. Kept by the JobRecords at every change of a file.
class JobTotals {
public:
    JobTotals() = default;
    explicit JobTotals(const QList<FileRecord> &files);

    void add(int index, const FileRecord &file);
    void remove(int index, const FileRecord &file);

    [[nodiscard]] int count(FileState state) const { return m_byState.at(size_t(state)); }
    /// Files that are not Unwanted.
    [[nodiscard]] int wanted() const;
    [[nodiscard]] int done() const { return count(FileState::Whole) + count(FileState::Published); }
    /// In the order in which they are fetched.
    [[nodiscard]] const std::set<PendingFile> &pending() const { return m_pending; }
    [[nodiscard]] bool hasFileNamed(const QString &name) const { return m_names.contains(name); }
    [[nodiscard]] Progress progress() const;
    [[nodiscard]] CompleteEffect completeEffect() const;
    /// That Cancel removes: all that is here and is not in place.
    [[nodiscard]] qint64 bytesOnCancel() const { return m_bytesRemovable; }

private:
    void apply(const FileRecord &file, int sign);

    std::array<int, 7> m_byState{};
    std::set<PendingFile> m_pending;
    QHash<QString, int> m_names; ///< of wanted files that have one, and how many have it
    qint64 m_bytesDone = 0;
    qint64 m_bytesKnown = 0;
    int m_sizesUnknown = 0;
    qint64 m_bytesWhole = 0;
    int m_counted = 0;
    int m_partialFiles = 0;
    qint64 m_partialBytes = 0;
    qint64 m_bytesRemovable = 0;
    qint64 m_bytesAside = 0; ///< of those: of files left out, and of older parts
};

/// The error with how far its job is by now: others of its files may have gone on since it was
/// made.
[[nodiscard]] JobError withProgress(JobError error, const Progress &progress);

} // namespace core
