// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/job/enum_rows.h"
#include "core/log/log_file.h"

#include <QDateTime>
#include <QString>

#include <functional>
#include <memory>

namespace core {

enum class LogLevel { Info, Warning, Error };
template <>
struct EnumRows<LogLevel> {
    static constexpr std::array rows{
        EnumRow{LogLevel::Info, "info"},
        EnumRow{LogLevel::Warning, "warning"},
        EnumRow{LogLevel::Error, "error"},
    };
};

/// What the program did, one line each, for whoever has to find out later. Every line passes
/// redactLine() on its way, whoever wrote it. Writing a line is cheap, never waits for a disk and
/// may be done on any thread; the lines are carried to the file in order by a thread of its own.
/// Before open() and while the disk does not keep up, a bounded number of lines is kept.
class Log {
public:
    explicit Log(std::function<QDateTime()> utcNow = QDateTime::currentDateTimeUtc);
    ~Log();
    Log(const Log &) = delete;
    Log &operator=(const Log &) = delete;

    /// Begins to write to "bellhop.log" in this folder, with what was said before. Once only,
    /// unless closed in between.
    void open(const QString &folder, LogFile::Limits limits = {});
    /// Returns when all that was said so far is in the file, or was lost. Later lines are kept for
    /// the next open().
    void close();

    /// `source` says who speaks: "engine", "qt".
    void write(LogLevel level, const char *source, const QString &text);

    static constexpr int kMostWaiting = 2000;
    static constexpr qsizetype kLongestLine = 4096; ///< in characters; the rest is cut

private:
    class Private;
    std::unique_ptr<Private> d;
};

} // namespace core
