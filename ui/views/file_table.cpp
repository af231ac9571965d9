// SPDX-License-Identifier: Apache-2.0
#include "ui/views/file_table.h"

#include "ui/models/file_list_model.h"
#include "ui/models/file_words.h"
#include "ui/views/job_look.h"
#include "ui/views/plain_table.h"
#include "ui/views/progress_bar.h"

#include <QApplication>
#include <QHeaderView>
#include <QPainter>
#include <QStyledItemDelegate>

namespace ui {

namespace {

constexpr int kBarHeight = 4;

Accent accentOf(core::FileState state)
{
    switch (state) {
    case core::FileState::Pending:
    case core::FileState::Unwanted:
        return Accent::Quiet;
    case core::FileState::Active:
        return Accent::Active;
    case core::FileState::Waiting:
        return Accent::Waiting;
    case core::FileState::Failed:
        return Accent::Attention;
    case core::FileState::Whole:
    case core::FileState::Published:
        return Accent::Good;
    }
    Q_UNREACHABLE();
}

/// A bar with the percentage beside it.
class FileProgressDelegate final : public QStyledItemDelegate {
public:
    using QStyledItemDelegate::QStyledItemDelegate;

    void paint(QPainter *painter, const QStyleOptionViewItem &option,
               const QModelIndex &index) const override
    {
        QStyledItemDelegate::paint(painter, option, index);
        const auto file = index.data(FileListModel::FileRole).value<core::FileSnapshot>();
        const auto fraction = fractionDone(file);
        if (!fraction) {
            return;
        }
        const int text = option.fontMetrics.horizontalAdvance(QStringLiteral("100 %")) + 14;
        const QRect bar(option.rect.left() + 6, option.rect.center().y() - kBarHeight / 2 + 1,
                        option.rect.width() - text - 6, kBarHeight);
        const bool isSelected = option.state.testFlag(QStyle::State_Selected);
        const QColor back = option.palette.color(isSelected ? QPalette::Highlight : QPalette::Base);
        const QColor fore =
            option.palette.color(isSelected ? QPalette::HighlightedText : QPalette::Text);
        const QColor done = isSelected ? fore : colourOf(accentOf(file.state), option.palette);
        paintProgress(painter, QStyle::visualRect(option.direction, option.rect, bar),
                      {*fraction, *fraction}, done, blend(back, fore, 0.14), option.direction);
    }
};

} // namespace

FileTable::FileTable(FileListModel *model, QWidget *parent)
    : QTableView(parent)
    , m_model(model)
{
    const bool showsAll = model->shows() == FileListModel::Shows::All;
    setObjectName(showsAll ? QStringLiteral("fileTable") : QStringLiteral("failedTable"));
    setAccessibleName(showsAll ? tr("Files of the job") : tr("Files that need you"));
    setModel(model);
    makePlain(this);
    setTextElideMode(Qt::ElideMiddle);
    QHeaderView *header = horizontalHeader();
    header->setSectionResizeMode(FileListModel::Name, QHeaderView::Stretch);
    header->setSectionResizeMode(FileListModel::State, QHeaderView::Stretch);
    const int digit = fontMetrics().horizontalAdvance(u'0');
    header->setMinimumSectionSize(8 * digit); // of names too, whatever the font
    setColumnWidth(FileListModel::Size, 17 * digit);
    setColumnWidth(FileListModel::Progress, 13 * digit);
    if (showsAll) {
        setItemDelegateForColumn(FileListModel::Progress, new FileProgressDelegate(this));
    } else {
        setColumnWidth(FileListModel::Repair, 30 * digit);
    }
    connect(model, &QAbstractItemModel::rowsInserted, this, &FileTable::tellWhatIsInSight);
    connect(model, &QAbstractItemModel::modelReset, this, &FileTable::tellWhatIsInSight);
}

void FileTable::resizeEvent(QResizeEvent *event)
{
    QTableView::resizeEvent(event);
    tellWhatIsInSight();
}

void FileTable::scrollContentsBy(int dx, int dy)
{
    QTableView::scrollContentsBy(dx, dy);
    tellWhatIsInSight();
}

void FileTable::showEvent(QShowEvent *event)
{
    QTableView::showEvent(event);
    tellWhatIsInSight();
}

void FileTable::tellWhatIsInSight()
{
    const int first = std::max(0, rowAt(0));
    const int last = rowAt(viewport()->height() - 1);
    m_model->lookAt(first, last < 0 ? m_model->rowCount() - 1 : last);
}

} // namespace ui
