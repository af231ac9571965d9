// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/job/job_snapshot.h"
#include "core/system/clock.h"

#include <QStyledItemDelegate>

namespace ui {

/// One job on two lines: its name and how much of it there is; what it is doing in words and how
/// fast; a thin bar below while there is something to do. Every row has the same height.
class JobDelegate final : public QStyledItemDelegate {
    Q_OBJECT
public:
    explicit JobDelegate(const core::Clock *clock, QObject *parent = nullptr);

    void paint(QPainter *painter, const QStyleOptionViewItem &option,
               const QModelIndex &index) const override;
    [[nodiscard]] QSize sizeHint(const QStyleOptionViewItem &option,
                                 const QModelIndex &index) const override;

private:
    const core::Clock *m_clock;
};

} // namespace ui
