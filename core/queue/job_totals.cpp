// SPDX-License-Identifier: Apache-2.0
#include "core/queue/job_totals.h"

#include <numeric>

namespace core {

namespace {

qint64 olderBytes(const FileRecord &file)
{
    return std::accumulate(file.superseded.begin(), file.superseded.end(), qint64(0),
                           [](qint64 sum, const OlderPart &older) { return sum + older.bytes; });
}

} // namespace

JobTotals::JobTotals(const QList<FileRecord> &files)
{
    for (qsizetype i = 0; i < files.size(); ++i) {
        add(int(i), files.at(i));
    }
}

void JobTotals::add(int index, const FileRecord &file)
{
    apply(file, 1);
    if (file.state == FileState::Pending) {
        m_pending.insert({file.priority, index});
    }
}

void JobTotals::remove(int index, const FileRecord &file)
{
    apply(file, -1);
    m_pending.erase({file.priority, index});
}

void JobTotals::apply(const FileRecord &file, int sign)
{
    m_byState.at(size_t(file.state)) += sign;
    const qint64 durable = file.durable.sizeBytes();
    const bool isUnwanted = file.state == FileState::Unwanted;
    const qint64 aside = olderBytes(file) + (isUnwanted ? durable : 0);
    m_bytesAside += sign * aside;
    m_bytesRemovable += sign * aside;
    if (isUnwanted) {
        return;
    }
    m_bytesRemovable += file.state == FileState::Published ? 0 : sign * durable;
    if (!file.name.isEmpty()) {
        int &count = m_names[file.name];
        count += sign;
        if (count == 0) {
            m_names.remove(file.name);
        }
    }
    m_bytesDone += sign * durable;
    if (file.sizeBytes) {
        m_bytesKnown += sign * *file.sizeBytes;
    } else {
        m_sizesUnknown += sign;
    }
    if (file.state == FileState::Whole || file.state == FileState::Published) {
        m_bytesWhole += sign * file.sizeBytes.value_or(durable);
        m_counted += file.sizeSource == SizeSource::Counted ? sign : 0;
    } else if (durable > 0) {
        m_partialFiles += sign;
        m_partialBytes += sign * durable;
    }
}

int JobTotals::wanted() const
{
    return std::accumulate(m_byState.begin(), m_byState.end(), 0) - count(FileState::Unwanted);
}

Progress JobTotals::progress() const
{
    return {
        .bytesDone = m_bytesDone,
        .bytesTotal = m_sizesUnknown == 0 ? std::optional(m_bytesKnown) : std::nullopt,
        .filesDone = done(),
        .filesTotal = wanted(),
        .filesFailed = count(FileState::Failed),
        .filesCounted = m_counted,
    };
}

CompleteEffect JobTotals::completeEffect() const
{
    return {
        .filesKept = done(),
        .bytesKept = m_bytesWhole,
        .filesPartial = m_partialFiles,
        .bytesPartial = m_partialBytes,
        .bytesAside = m_bytesAside,
        .filesMissing = wanted() - done() - m_partialFiles,
    };
}

JobError withProgress(JobError error, const Progress &progress)
{
    error.jobBytesDone = progress.bytesDone;
    error.jobFilesDone = progress.filesDone;
    error.jobFilesTotal = progress.filesTotal;
    return error;
}

} // namespace core
