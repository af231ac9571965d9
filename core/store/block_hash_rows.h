// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/job/block_hashes.h"
#include "core/job/job_id.h"
#include "core/store/row_reader.h"

#include <QSqlDatabase>
#include <QSqlError>

#include <array>

namespace core {

inline constexpr std::array kBlockHashColumns{"job", "file", "chunk", "pieces"};

/// One row: the pieces of one chunk of a file.
struct BlockHashRow {
    FileId file;
    BlockHashes hashes;
};
[[nodiscard]] BlockHashRow readBlockHashes(RowReader &row);

/// The table of block hashes. A row has those of kChunkBlocks blocks, so that what has grown at its
/// end is one small row; rows that are as they were are not written.
class BlockHashTable {
public:
    static constexpr int kChunkBlocks = 256;

    /// Prepares its statements; they belong to the open connection. Nothing when they cannot be.
    [[nodiscard]] std::optional<QSqlError> prepare(const QSqlDatabase &database);
    /// Within a transaction, once the row of the file is there. Returns what the database said when
    /// it could not be done.
    [[nodiscard]] std::optional<QSqlError> save(FileId file, const BlockHashes &hashes);

private:
    [[nodiscard]] std::optional<QSqlError> saveChunk(FileId file, qint64 chunk,
                                                     const QByteArray &pieces);
    [[nodiscard]] std::optional<QSqlError> removeChunks(FileId file, qint64 from, qint64 end);

    QSqlQuery m_save;
    QSqlQuery m_remove;
};

} // namespace core
