// SPDX-License-Identifier: Apache-2.0
#include "ui/dialogs/cause_list.h"

#include "ui/dialogs/plain_label.h"
#include "ui/views/plain_table.h"

#include <QHeaderView>
#include <QKeyEvent>

#include <algorithm>

namespace ui {

namespace {

enum CauseColumn { kCount, kWhatHappened, kRepair, kCauseColumns };
constexpr int kCausesInSight = 5;

} // namespace

CauseList::CauseList(QWidget *parent)
    : QTableWidget(0, kCauseColumns, parent)
{
    setObjectName(QStringLiteral("causeList"));
    setAccessibleName(tr("What went wrong"));
    setHorizontalHeaderLabels({tr("Files"), tr("What happened"), tr("Repair")});
    makePlain(this);
    setFrameShape(QFrame::StyledPanel);
    setSelectionMode(QAbstractItemView::SingleSelection);
    horizontalHeader()->setSectionResizeMode(kCount, QHeaderView::ResizeToContents);
    horizontalHeader()->setSectionResizeMode(kWhatHappened, QHeaderView::Stretch);
    horizontalHeader()->setSectionResizeMode(kRepair, QHeaderView::Stretch);
    connect(this, &QTableWidget::currentCellChanged, this, [this](int row) {
        if (row >= 0) {
            Q_EMIT rowChosen(row);
        }
    });
    connect(this, &QTableWidget::itemChanged, this, [this](const QTableWidgetItem *item) {
        Q_EMIT rowMarked(item->row(), item->checkState() == Qt::Checked);
    });
}

void CauseList::setRows(const QList<Row> &rows)
{
    if (rows == m_rows) {
        return;
    }
    m_rows = rows;
    {
        const QSignalBlocker unmarked(this);
        setRowCount(int(rows.size()));
        for (int row = 0; row < rows.size(); ++row) {
            const Row &shown = rows.at(row);
            setText(row, kCount, QString::number(shown.files));
            setText(row, kWhatHappened, shown.whatHappened);
            setText(row, kRepair, shown.repair);
            item(row, kCount)->setTextAlignment(Qt::AlignTrailing | Qt::AlignVCenter);
            item(row, kCount)->setCheckState(shown.isChosen ? Qt::Checked : Qt::Unchecked);
        }
    }
    if (currentRow() < 0 && rowCount() > 0) {
        setCurrentCell(0, kWhatHappened);
    }
    const int inSight = std::clamp(rowCount(), 2, kCausesInSight);
    setFixedHeight(horizontalHeader()->sizeHint().height() +
                   inSight * verticalHeader()->defaultSectionSize() + 2 * frameWidth());
}

/// In place: it may be the sender of what led here.
void CauseList::setText(int row, int column, const QString &text)
{
    if (item(row, column) == nullptr) {
        setItem(row, column, new QTableWidgetItem);
    }
    item(row, column)->setText(visibleText(text));
}

/// Space turns the mark of the row, in whatever column the focus is.
void CauseList::keyPressEvent(QKeyEvent *event)
{
    if (event->key() != Qt::Key_Space || currentRow() < 0) {
        QTableWidget::keyPressEvent(event);
        return;
    }
    QTableWidgetItem *mark = item(currentRow(), kCount);
    mark->setCheckState(mark->checkState() == Qt::Checked ? Qt::Unchecked : Qt::Checked);
}

} // namespace ui
