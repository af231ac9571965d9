// SPDX-License-Identifier: Apache-2.0
#include "core/store/block_hash_rows.h"

#include "core/store/job_rows.h"
#include "core/store/sqlite_file.h"

#include <QDataStream>
#include <QIODevice>
#include <QSqlQuery>
#include <QVariant>

#include <limits>
#include <map>

namespace core {

namespace {

constexpr qint64 kChunkBytes = BlockHashTable::kChunkBlocks * BlockHashes::kBlockBytes;
constexpr qint64 kBehindAllChunks = std::numeric_limits<qint64>::max();

QByteArray encoded(const QList<HashedPiece> &pieces)
{
    QByteArray bytes;
    QDataStream stream(&bytes, QIODevice::WriteOnly);
    for (const HashedPiece &piece : pieces) {
        stream << piece.range.first << piece.range.end << piece.xxh3;
    }
    return bytes;
}

/// Nothing where they are not pieces of this chunk, in order.
std::optional<BlockHashes> decodedPieces(const QByteArray &bytes, qint64 chunk)
{
    BlockHashes hashes;
    QDataStream stream(bytes);
    qint64 at = 0;
    while (!stream.atEnd()) {
        HashedPiece piece;
        stream >> piece.range.first >> piece.range.end >> piece.xxh3;
        const bool isGood = stream.status() == QDataStream::Ok &&
                            BlockHashes::isPiece(piece.range) && piece.range.first >= at &&
                            piece.range.first / kChunkBytes == chunk;
        if (!isGood) {
            return std::nullopt;
        }
        at = piece.range.end;
        hashes.insert(piece);
    }
    return hashes;
}

} // namespace

BlockHashRow readBlockHashes(RowReader &row)
{
    BlockHashRow read{.file = readFileId(row)};
    const qint64 chunk = row.count();
    read.hashes = row.require(decodedPieces(row.bytes(), chunk));
    return read;
}

std::optional<QSqlError> BlockHashTable::prepare(const QSqlDatabase &database)
{
    m_save = QSqlQuery(database);
    m_remove = QSqlQuery(database);
    for (const auto &[statement, sql] :
         {std::pair(&m_save, "INSERT INTO block_hashes (job, file, chunk, pieces)"
                             " VALUES (?, ?, ?, ?) ON CONFLICT (job, file, chunk)"
                             " DO UPDATE SET pieces = excluded.pieces"
                             " WHERE block_hashes.pieces IS NOT excluded.pieces"),
          std::pair(&m_remove, "DELETE FROM block_hashes"
                               " WHERE job = ? AND file = ? AND chunk >= ? AND chunk < ?")}) {
        statement->setForwardOnly(true);
        if (!statement->prepare(QString::fromLatin1(sql))) {
            return statement->lastError();
        }
    }
    return std::nullopt;
}

std::optional<QSqlError> BlockHashTable::save(FileId file, const BlockHashes &hashes)
{
    std::map<qint64, QList<HashedPiece>> chunks;
    for (const HashedPiece &piece : hashes.pieces()) {
        chunks[piece.range.first / kChunkBytes].append(piece);
    }
    qint64 next = 0;
    for (const auto &[chunk, pieces] : chunks) {
        auto failed = removeChunks(file, next, chunk);
        failed = failed ? failed : saveChunk(file, chunk, encoded(pieces));
        if (failed) {
            return failed;
        }
        next = chunk + 1;
    }
    return removeChunks(file, next, kBehindAllChunks);
}

std::optional<QSqlError> BlockHashTable::saveChunk(FileId file, qint64 chunk,
                                                   const QByteArray &pieces)
{
    m_save.addBindValue(file.job.value);
    m_save.addBindValue(file.index);
    m_save.addBindValue(chunk);
    m_save.addBindValue(pieces);
    return runStatement(m_save);
}

std::optional<QSqlError> BlockHashTable::removeChunks(FileId file, qint64 from, qint64 end)
{
    if (from >= end) {
        return std::nullopt;
    }
    m_remove.addBindValue(file.job.value);
    m_remove.addBindValue(file.index);
    m_remove.addBindValue(from);
    m_remove.addBindValue(end);
    return runStatement(m_remove);
}

} // namespace core
