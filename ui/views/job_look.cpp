// SPDX-License-Identifier: Apache-2.0
#include "ui/views/job_look.h"

#include "core/job/question.h"

#include <QPalette>

namespace ui {

JobLook lookOf(const core::JobSnapshot &job, const QDateTime &nowUtc)
{
    switch (job.state) {
    case core::JobState::Suspended:
        return {QStringLiteral("state-suspended"), Accent::Quiet};
    case core::JobState::Queued:
        return {QStringLiteral("state-queued"), Accent::Quiet};
    case core::JobState::Connecting:
    case core::JobState::Transferring:
        return {job.type == core::JobType::Upload ? QStringLiteral("state-sending")
                                                  : QStringLiteral("state-active"),
                Accent::Active};
    case core::JobState::TransientError:
        return {QStringLiteral("state-waiting"),
                core::needsAttention(job, nowUtc) ? Accent::Attention : Accent::Waiting};
    case core::JobState::Error:
        return {QStringLiteral("state-error"), Accent::Attention};
    case core::JobState::Transferred:
        if (job.obstacle) {
            return {QStringLiteral("state-obstacle"), Accent::Attention};
        }
        return {QStringLiteral("state-done"), Accent::Good};
    case core::JobState::Acknowledged:
        if (job.progress.filesDone == 0 || job.progress.filesDone < job.progress.filesTotal) {
            return {QStringLiteral("state-done"), Accent::Quiet}; // accepted, or left out, in part
        }
        return {QStringLiteral("state-done"), Accent::Good};
    case core::JobState::Cancelled:
        return {QStringLiteral("state-cancelled"), Accent::Quiet};
    }
    Q_UNREACHABLE();
}

QColor blend(const QColor &first, const QColor &second, qreal share)
{
    const auto mix = [share](float a, float b) { return float(a + (b - a) * share); };
    return QColor::fromRgbF(mix(first.redF(), second.redF()), mix(first.greenF(), second.greenF()),
                            mix(first.blueF(), second.blueF()));
}

QColor colourOf(Accent accent, const QPalette &palette)
{
    const QColor base = palette.color(QPalette::Base);
    const QColor text = palette.color(QPalette::Text);
    const bool isDark = base.lightnessF() < 0.5F;
    switch (accent) {
    case Accent::Plain:
        return text;
    case Accent::Quiet:
        return blend(text, base, 0.35);
    case Accent::Active:
        return isDark ? QColor(0x6c, 0xb4, 0xf7) : QColor(0x1b, 0x6a, 0xc9);
    case Accent::Waiting:
        return isDark ? QColor(0xf2, 0xc0, 0x55) : QColor(0x93, 0x5f, 0x00);
    case Accent::Attention:
        return isDark ? QColor(0xff, 0x8f, 0x85) : QColor(0xc0, 0x2b, 0x1d);
    case Accent::Good:
        return isDark ? QColor(0x7c, 0xd0, 0x8a) : QColor(0x1e, 0x7a, 0x37);
    }
    Q_UNREACHABLE();
}

} // namespace ui
