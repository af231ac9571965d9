// SPDX-License-Identifier: Apache-2.0
#include "ui/views/timeline_table.h"

#include "ui/models/timeline_model.h"
#include "ui/views/plain_table.h"

#include <QHeaderView>

namespace ui {

namespace {

constexpr int kTimeWidthInDigits = 22;

} // namespace

TimelineTable::TimelineTable(TimelineModel *model, QWidget *parent)
    : QTableView(parent)
    , m_model(model)
{
    setObjectName(QStringLiteral("timelineTable"));
    setAccessibleName(tr("What happened to the job"));
    setModel(model);
    makePlain(this);
    setTextElideMode(Qt::ElideRight);
    horizontalHeader()->setSectionResizeMode(TimelineModel::What, QHeaderView::Stretch);
    setColumnWidth(TimelineModel::Time, kTimeWidthInDigits * fontMetrics().horizontalAdvance(u'0'));
}

void TimelineTable::showEvent(QShowEvent *event)
{
    QTableView::showEvent(event);
    m_model->setWatched(true);
}

void TimelineTable::hideEvent(QHideEvent *event)
{
    QTableView::hideEvent(event);
    m_model->setWatched(false);
}

} // namespace ui
