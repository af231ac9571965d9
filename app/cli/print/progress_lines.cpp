// SPDX-License-Identifier: Apache-2.0
#include "app/cli/print/progress_lines.h"

#include "app/cli/print/terminal_text.h"
#include "app/cli/print/wording.h"
#include "app/cli/print/words.h"
#include "core/words/explain.h"

namespace cli {

namespace {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

std::optional<std::chrono::seconds> remainingOf(const core::FileSnapshot &file,
                                                std::optional<qint64> rate)
{
    if (!file.sizeBytes || !rate || *rate <= 0) {
        return std::nullopt;
    }
    return std::chrono::seconds((*file.sizeBytes - file.bytesDone + *rate - 1) / *rate);
}

QString left(const std::optional<std::chrono::seconds> &remaining)
{
    return remaining.value_or(0s) > 0s ? Words::tr("%1 left").arg(core::formatDuration(*remaining))
                                       : QString();
}

/// The figures, most important first.
QStringList figuresOf(const ProgressLine &line)
{
    QStringList figures;
    if (line.bytesTotal) {
        figures.append(percent(line.bytesDone, line.bytesTotal).rightJustified(5));
    }
    if (line.bytesPerSecond) {
        figures.append(core::formatRate(*line.bytesPerSecond).rightJustified(10));
    }
    if (const QString time = left(line.remaining); !time.isEmpty()) {
        figures.append(time);
    }
    figures.insert(std::min<qsizetype>(1, figures.size()),
                   bytesOfTotal(line.bytesDone, line.bytesTotal));
    return figures;
}

/// In at most `width` cells; what matters less goes first.
QString jobLine(const core::JobSnapshot &job, int width, const QDateTime &nowUtc)
{
    const core::Progress &progress = job.progress;
    const QString files = progress.filesTotal > 1 ? Words::tr("%1 of %2 files")
                                                        .arg(QString::number(progress.filesDone),
                                                             QString::number(progress.filesTotal))
                                                  : QString();
    const QString bytes =
        progress.bytesDone > 0 ? bytesOfTotal(progress.bytesDone, progress.bytesTotal) : QString();
    const QString rate = job.bytesPerSecond ? core::formatRate(*job.bytesPerSecond) : QString();
    QStringList parts{core::describeState(job, nowUtc), files, bytes, rate, left(job.remaining)};
    parts.removeAll(QString());
    const auto line = [&job, &parts] {
        return terminalText(Words::tr("Job %1: %2").arg(core::text(job.id), parts.join(u" · "_s)));
    };
    for (const QString &lesser : {bytes, rate, left(job.remaining), files}) {
        if (displayWidth(line()) > width) {
            parts.removeOne(lesser);
        }
    }
    return elided(line(), width);
}

} // namespace

void RateMeter::update(qint64 bytes, std::chrono::milliseconds now)
{
    constexpr std::chrono::milliseconds kShortest = 500ms;
    constexpr double kWeightOfNew = 0.3;
    if (!m_since || bytes < m_bytes) {
        m_since = now;
        m_bytes = bytes;
        return;
    }
    const std::chrono::milliseconds passed = now - *m_since;
    if (passed < kShortest) {
        return;
    }
    const double latest = double(bytes - m_bytes) * 1000 / double(passed.count());
    m_rate = m_rate ? *m_rate + kWeightOfNew * (latest - *m_rate) : latest;
    m_since = now;
    m_bytes = bytes;
}

std::optional<qint64> RateMeter::bytesPerSecond() const
{
    return m_rate ? std::optional(qint64(*m_rate)) : std::nullopt;
}

QString text(const ProgressLine &line, int width)
{
    QStringList figures = figuresOf(line);
    while (figures.size() > 1 && displayWidth(figures.join(u"  "_s)) + 2 + kNarrowestName > width) {
        figures.removeLast();
    }
    const QString right = figures.join(u"  "_s);
    const int room = width - displayWidth(right) - 2;
    if (room < 1) {
        return elided(right, width);
    }
    return padded(terminalText(line.name), room) + u"  "_s + right;
}

QStringList liveLines(const core::JobSnapshot &job, const QList<core::FileSnapshot> &active,
                      const QList<std::optional<qint64>> &rates, int width, const QDateTime &nowUtc)
{
    if (core::isFinal(job.state)) {
        return {};
    }
    QStringList lines;
    const bool isAlone = active.size() == 1 && job.progress.filesTotal <= 1;
    if (core::isRunning(job.state)) {
        for (qsizetype i = 0; i < active.size(); ++i) {
            const core::FileSnapshot &file = active.at(i);
            const auto rate = isAlone ? job.bytesPerSecond : rates.value(i);
            lines.append(text({.name = file.name,
                               .bytesDone = file.bytesDone,
                               .bytesTotal = file.sizeBytes,
                               .bytesPerSecond = rate,
                               .remaining = isAlone ? job.remaining : remainingOf(file, rate)},
                              width));
        }
    }
    if (lines.isEmpty() || !isAlone) {
        lines.append(jobLine(job, width, nowUtc));
    }
    return lines;
}

} // namespace cli
