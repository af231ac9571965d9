// SPDX-License-Identifier: Apache-2.0
#include "ui/dialogs/fixes/free_space_control.h"

#include "core/words/explain.h"

#include <QTimer>

namespace ui {

namespace {

constexpr std::chrono::seconds kLookAgainAfter{2};

} // namespace

FreeSpaceControl::FreeSpaceControl(const FixContext &context, QWidget *parent)
    : FixControl(parent)
    , m_service(context.service)
    , m_folder(context.job.folder)
    , m_neededBytes(context.error.bytesMissing)
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
        return {FixReadiness::Kind::Incomplete, tr("At least %1 are needed, %2 are free now.")
                                                    .arg(core::formatBytes(*m_neededBytes), free)};
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
