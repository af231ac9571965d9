// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/job/job_snapshot.h"

#include <QDateTime>
#include <QString>
#include <QStringList>

#include <chrono>
#include <optional>

namespace cli {

/// How fast bytes come, smoothed. Time comes in as an argument.
class RateMeter {
public:
    void update(qint64 bytes, std::chrono::milliseconds now);
    [[nodiscard]] std::optional<qint64> bytesPerSecond() const;

private:
    std::optional<std::chrono::milliseconds> m_since;
    qint64 m_bytes = 0;
    std::optional<double> m_rate;
};

/// What one line of the live display says.
struct ProgressLine {
    QString name;
    qint64 bytesDone = 0;
    std::optional<qint64> bytesTotal;
    std::optional<qint64> bytesPerSecond;
    std::optional<std::chrono::seconds> remaining;
};

/// The line in at most `width` cells: the name gives way to the figures, and on narrow terminals
/// the less important figures give way too.
[[nodiscard]] QString text(const ProgressLine &line, int width);

/// What is shown of one job: a line for each active file, and one for the job where that says more.
/// `rates` goes with `active`.
[[nodiscard]] QStringList liveLines(const core::JobSnapshot &job,
                                    const QList<core::FileSnapshot> &active,
                                    const QList<std::optional<qint64>> &rates, int width,
                                    const QDateTime &nowUtc);

} // namespace cli
