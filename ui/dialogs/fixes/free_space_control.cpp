// SPDX-License-Identifier: Apache-2.0
#include "ui/dialogs/fixes/free_space_control.h"

#include "core/words/explain.h"

#include <QTimer>

#include <algorithm>

namespace ui {

namespace {

constexpr std::chrono::seconds kLookAgainAfter{2};

/// What is still to be fetched of a job, as far as anybody knows: of all its files, else of the one
/// that found no room.
std::optional<qint64> bytesToCome(const core::JobSnapshot &job, const core::JobError &error)
{
    if (job.progress.bytesTotal) {
        return std::max<qint64>(0, *job.progress.bytesTotal - job.progress.bytesDone);
    }
    return error.fileBytesTotal
               ? std::optional(std::max<qint64>(0, *error.fileBytesTotal - error.fileBytesDone))
               : std::nullopt;
}

std::optional<qint64> bytesToCome(const FixContext &context)
{
    if (!context.isOfSeveral()) {
        return bytesToCome(context.job, context.error);
    }
    qint64 sum = 0;
    for (const AskedFile &file : context.files) {
        sum += std::max<qint64>(0, file.error.fileBytesTotal.value_or(file.error.fileBytesDone) -
                                       file.error.fileBytesDone);
    }
    return sum;
}

} // namespace

FreeSpaceControl::FreeSpaceControl(const FixContext &context, QWidget *parent)
    : FixControl(parent)
    , m_service(context.service)
    , m_folder(context.job.folder)
    , m_neededBytes(bytesToCome(context))
    , m_again(new QTimer(this))
{
    m_again->setInterval(kLookAgainAfter);
    connect(m_again, &QTimer::timeout, this, [this] { look(); });
}

FixReadiness FreeSpaceControl::readiness() const
{
    if (!m_freeBytes) {
        return {};
    }
    const QString free = core::formatBytes(*m_freeBytes);
    if (m_neededBytes && *m_freeBytes < *m_neededBytes) {
        return {FixReadiness::Kind::Incomplete,
                tr("%1 are still to come and %2 are free: free at least %3 more.")
                    .arg(core::formatBytes(*m_neededBytes), free,
                         core::formatBytes(*m_neededBytes - *m_freeBytes))};
    }
    return {FixReadiness::Kind::Ready, tr("%1 are free now.").arg(free)};
}

void FreeSpaceControl::showEvent(QShowEvent *event)
{
    FixControl::showEvent(event);
    look();
    m_again->start();
}

void FreeSpaceControl::hideEvent(QHideEvent *event)
{
    m_again->stop();
    FixControl::hideEvent(event);
}

void FreeSpaceControl::look()
{
    m_service->ask<core::message::InspectFolder>(
        {.folder = m_folder}, this, [this](const core::Answer<core::FolderReport> &answer) {
            const auto free = answer ? answer->freeBytes : std::nullopt;
            if (free != m_freeBytes) {
                m_freeBytes = free;
                Q_EMIT changed();
            }
        });
}

} // namespace ui
