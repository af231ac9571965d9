// SPDX-License-Identifier: Apache-2.0
#include "ui/views/file_table.h"

#include "ui/models/file_list_model.h"
#include "ui/models/file_words.h"
#include "ui/views/job_look.h"
#include "ui/views/plain_table.h"
#include "ui/views/progress_bar.h"

#include <QApplication>
#include <QContextMenuEvent>
#include <QHeaderView>
#include <QKeyEvent>
#include <QMenu>
#include <QPainter>
#include <QStyledItemDelegate>

#include <array>

namespace ui {

namespace {

constexpr int kBarHeight = 4;
// So wide is a table that has these beside its names.
constexpr int kDigitsForProgress = 70;
constexpr int kDigitsForSize = 44;

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

struct ChoiceRow {
    const char *objectName = nullptr;
    const char *text = nullptr;
    std::optional<bool> wanted;
    std::optional<core::FilePriority> priority;
    QKeyCombination key = QKeyCombination(Qt::Key_unknown);
};

// clang-format off
const std::array kChoices{
    ChoiceRow{"leaveOutAction",   QT_TRANSLATE_NOOP("ui::FileTable", "&Leave out"),           false, {}, Qt::Key_Space},
    ChoiceRow{"takeInAction",     QT_TRANSLATE_NOOP("ui::FileTable", "Fetch it &after all"),  true,  {}, Qt::Key_Space},
    ChoiceRow{"fetchFirstAction", QT_TRANSLATE_NOOP("ui::FileTable", "Fetch &first"),         {}, core::FilePriority::High,   Qt::CTRL | Qt::SHIFT | Qt::Key_Up},
    ChoiceRow{"fetchInTurnAction",QT_TRANSLATE_NOOP("ui::FileTable", "Fetch in its &turn"),   {}, core::FilePriority::Normal, Qt::CTRL | Qt::SHIFT | Qt::Key_Right},
    ChoiceRow{"fetchLastAction",  QT_TRANSLATE_NOOP("ui::FileTable", "Fetch la&st"),          {}, core::FilePriority::Low,    Qt::CTRL | Qt::SHIFT | Qt::Key_Down},
};
// clang-format on

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
    connect(model, &FileListModel::wantedChosen, this, [this](int file, bool isWanted) {
        Q_EMIT chosen({.files = {file}, .wanted = isWanted, .priority = {}});
    });
    connect(model, &QAbstractItemModel::rowsInserted, this, &FileTable::tellWhatIsInSight);
    connect(model, &QAbstractItemModel::modelReset, this, &FileTable::tellWhatIsInSight);
}

void FileTable::setChoosable(bool isChoosable, std::optional<int> obstacle)
{
    m_model->setChoosable(isChoosable, obstacle);
}

/// Whether the change changes anything of it.
bool FileTable::isConcerned(const core::FileSnapshot &file, const core::FileChange &change) const
{
    const bool isDone =
        file.state == core::FileState::Whole || file.state == core::FileState::Published;
    if (change.priority) {
        return !isDone && file.priority != *change.priority;
    }
    const bool isWanted = file.state != core::FileState::Unwanted;
    return m_model->mayBeChosen(file) && isWanted != change.wanted;
}

/// Of a file that was not looked at yet nobody knows, so that it is taken for one.
QList<int> FileTable::concernedBy(const core::FileChange &change) const
{
    QList<int> files;
    for (const QModelIndex &row : selectionModel()->selectedRows()) {
        const QVariant known = row.data(FileListModel::FileRole);
        const auto file = known.value<core::FileSnapshot>();
        if (known.isNull() && m_model->shows() == FileListModel::Shows::All) {
            files.append(row.row());
        } else if (!known.isNull() && isConcerned(file, change)) {
            files.append(file.id.index);
        }
    }
    return files;
}

void FileTable::choose(core::FileChange change)
{
    change.files = concernedBy(change);
    if (m_model->isChoosable() && !change.files.isEmpty()) {
        Q_EMIT chosen(change);
    }
}

/// All of them are left out, unless some are already.
void FileTable::toggleWanted()
{
    const core::FileChange in{.files = {}, .wanted = true, .priority = {}};
    choose(concernedBy(in).isEmpty()
               ? core::FileChange{.files = {}, .wanted = false, .priority = {}}
               : in);
}

void FileTable::fillMenu(QMenu *menu)
{
    for (const ChoiceRow &row : kChoices) {
        const core::FileChange change{.files = {}, .wanted = row.wanted, .priority = row.priority};
        if (row.priority == core::FilePriority::High) {
            menu->addSeparator();
        }
        QAction *action = menu->addAction(tr(row.text));
        action->setObjectName(QString::fromLatin1(row.objectName));
        action->setShortcut(row.key); // to be read; the keys come by keyPressEvent()
        action->setEnabled(m_model->isChoosable() && !concernedBy(change).isEmpty());
        connect(action, &QAction::triggered, this, [this, change] { choose(change); });
    }
}

void FileTable::contextMenuEvent(QContextMenuEvent *event)
{
    auto *menu = new QMenu(this);
    menu->setObjectName(QStringLiteral("fileMenu"));
    menu->setAttribute(Qt::WA_DeleteOnClose);
    fillMenu(menu);
    menu->popup(event->globalPos());
}

void FileTable::keyPressEvent(QKeyEvent *event)
{
    if (!m_model->isChoosable()) {
        QTableView::keyPressEvent(event);
        return;
    }
    if (event->keyCombination() == QKeyCombination(Qt::Key_Space)) {
        toggleWanted();
        return;
    }
    for (const ChoiceRow &row : kChoices) {
        if (event->keyCombination() == row.key) {
            choose({.files = {}, .wanted = row.wanted, .priority = row.priority});
            return;
        }
    }
    QTableView::keyPressEvent(event);
}

void FileTable::resizeEvent(QResizeEvent *event)
{
    QTableView::resizeEvent(event);
    if (m_model->shows() == FileListModel::Shows::All) { // names come before numbers and bars
        const int digits = width() / fontMetrics().horizontalAdvance(u'0');
        setColumnHidden(FileListModel::Progress, digits < kDigitsForProgress);
        setColumnHidden(FileListModel::Size, digits < kDigitsForSize);
    }
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
