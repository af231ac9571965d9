// SPDX-License-Identifier: Apache-2.0
#include "ui/dialogs/cause_list.h"

#include "ui/dialogs/plain_label.h"
#include "ui/views/plain_table.h"

#include <QHeaderView>

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
}

void CauseList::setRows(const QList<Row> &rows)
{
    if (rows == m_rows) {
        return;
    }
    m_rows = rows;
    setRowCount(int(rows.size()));
    for (int row = 0; row < rows.size(); ++row) {
        const Row &shown = rows.at(row);
        const QStringList texts{QString::number(shown.files), shown.whatHappened, shown.repair};
        for (int column = 0; column < kCauseColumns; ++column) {
            setItem(row, column, new QTableWidgetItem(visibleText(texts.at(column))));
        }
        item(row, kCount)->setTextAlignment(Qt::AlignTrailing | Qt::AlignVCenter);
    }
    if (currentRow() < 0 && rowCount() > 0) {
        setCurrentCell(0, kWhatHappened);
    }
    const int inSight = std::clamp(rowCount(), 2, kCausesInSight);
    setFixedHeight(horizontalHeader()->sizeHint().height() +
                   inSight * verticalHeader()->defaultSectionSize() + 2 * frameWidth());
}

} // namespace ui
