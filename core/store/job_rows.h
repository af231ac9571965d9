// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/job/job_record.h"
#include "core/store/row_reader.h"

#include <QSqlQuery>

#include <array>

namespace core {

/// The columns of the tables, in the order in which the functions below bind and read them. The
/// key stands first.
inline constexpr std::array kJobColumns{
    "id",
    "type",
    "state",
    "name",
    "priority",
    "folder",
    "options",
    "error",
    "obstacle",
    "error_count",
    "created_at",
    "modified_at",
    "transferred_at",
    "untold_front_ends",
    "untold_command",
    "connections_borne",
    "served_as",
};
inline constexpr std::array kFileColumns{
    "job",           "position",
    "url",           "wanted_name",
    "wanted_hash",   "state",
    "name",          "size",
    "etag",          "last_modified",
    "response_date", "durable",
    "part_path",     "part_device",
    "part_inode",    "published_path",
    "existing",      "error",
    "due_at",        "due_delay",
    "failures",      "acceptance",
    "promised_hash", "size_source",
    "part_size",     "part_modified_ns",
    "upload",        "priority",
};
inline constexpr std::array kSupersededColumns{
    "job", "file", "position", "path", "device", "inode", "bytes", "whole",
};

inline constexpr std::array kSettingColumns{"name", "value"};

/// Neither a time nor a delay is stored beyond these.
inline constexpr qint64 kLastMsec = 253'402'300'799'999; // the end of the year 9999
inline constexpr qint64 kLongestDelayMsec = qint64(100) * 366 * 86'400'000;

/// Bind one record to a statement that takes the columns above. What may not be written is left
/// out: secrets, and that a file was Active.
void bindJob(QSqlQuery &statement, const JobRecord &job);
void bindFile(QSqlQuery &statement, FileId id, const FileRecord &file);
void bindSuperseded(QSqlQuery &statement, FileId id, int position, const OlderPart &older);

/// Read one row, or its key, without its children. Everything is validated; whether the row may be
/// used is then in `row.isGood()`.
[[nodiscard]] FileId readFileId(RowReader &row);
[[nodiscard]] JobRecord readJob(RowReader &row);
struct FileRow {
    FileId id;
    FileRecord file;
};
[[nodiscard]] FileRow readFile(RowReader &row);
struct SupersededRow {
    FileId file;
    OlderPart older;
};
[[nodiscard]] SupersededRow readSuperseded(RowReader &row);

/// A path as we would have stored it: absolute, and nowhere a step upwards.
[[nodiscard]] bool isStoredPath(const QString &path);

/// For NOT NULL columns: a null string is bound as the empty one.
[[nodiscard]] QVariant textValue(const QString &text);

} // namespace core
