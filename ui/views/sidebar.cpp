// SPDX-License-Identifier: Apache-2.0
#include "ui/views/sidebar.h"

#include "ui/models/job_list_model.h"
#include "ui/views/icon.h"
#include "ui/views/job_look.h"

#include <QApplication>
#include <QPainter>
#include <QStyledItemDelegate>

#include <algorithm>

namespace ui {

namespace {

constexpr int kEntryMargin = 10;
constexpr int kEntryIconSize = 18;
constexpr int kEntryGap = 10;
constexpr int kCountRole = Qt::UserRole + 1;
constexpr int kIconRole = Qt::UserRole + 2;

QString iconNameOf(JobGroup group)
{
    switch (group) {
    case JobGroup::All:
        return QStringLiteral("bellhop-symbolic");
    case JobGroup::Active:
        return QStringLiteral("state-active");
    case JobGroup::Waiting:
        return QStringLiteral("state-waiting");
    case JobGroup::Paused:
        return QStringLiteral("state-suspended");
    case JobGroup::NeedsAttention:
        return QStringLiteral("state-error");
    case JobGroup::Finished:
        return QStringLiteral("state-done");
    case JobGroup::Cancelled:
        return QStringLiteral("state-cancelled");
    case JobGroup::Uploads:
        return QStringLiteral("state-sending");
    }
    Q_UNREACHABLE();
}

/// Label at the start, count in a pill at the end.
class GroupDelegate final : public QStyledItemDelegate {
public:
    using QStyledItemDelegate::QStyledItemDelegate;

    [[nodiscard]] QSize sizeHint(const QStyleOptionViewItem &option,
                                 const QModelIndex &index) const override
    {
        const QString text = index.data().toString();
        QFont bold = option.font;
        bold.setWeight(QFont::DemiBold);
        const QFontMetrics metrics(bold);
        return {3 * kEntryMargin + kEntryIconSize + kEntryGap + metrics.horizontalAdvance(text) +
                    pillWidth(metrics, QStringLiteral("0000"), true),
                std::max(kEntryIconSize, option.fontMetrics.height()) + 16};
    }

    void paint(QPainter *painter, const QStyleOptionViewItem &option,
               const QModelIndex &index) const override
    {
        const bool isChosen = option.state.testFlag(QStyle::State_Selected);
        const bool isSelected = isChosen && option.widget != nullptr && option.widget->hasFocus();
        const int count = index.data(kCountRole).toInt();
        const bool alarms = index.row() == int(JobGroup::NeedsAttention) && count > 0;
        const QPalette &palette = option.palette;
        const auto group =
            option.state.testFlag(QStyle::State_Active) ? QPalette::Active : QPalette::Inactive;
        const QColor text =
            palette.color(group, isSelected ? QPalette::HighlightedText : QPalette::Text);
        const QColor alarm = colourOf(Accent::Attention, palette);
        const QColor strong = alarms && !isSelected ? alarm : text;

        painter->save();
        const QStyle *style = option.widget ? option.widget->style() : QApplication::style();
        if (isSelected || !isChosen) {
            style->drawPrimitive(QStyle::PE_PanelItemViewItem, &option, painter, option.widget);
        } else {
            // Two strong selections side by side would fight: only the one with the focus is.
            painter->fillRect(option.rect, blend(palette.color(QPalette::Base),
                                                 palette.color(QPalette::Highlight), 0.2));
        }
        const QRect inner = option.rect.adjusted(kEntryMargin, 0, -kEntryMargin, 0);
        paintIcon(painter, option, inner, index.data(kIconRole).toString(), strong);
        QFont font = option.font;
        font.setWeight(alarms ? QFont::DemiBold : QFont::Normal);
        painter->setFont(font);
        painter->setPen(strong);
        const QString number = QLocale().toString(count);
        const int taken = count > 0 ? pillWidth(painter->fontMetrics(), number, alarms) + 4 : 0;
        const QRect label = inner.adjusted(kEntryIconSize + kEntryGap, 0, -taken, 0);
        painter->drawText(
            QStyle::visualRect(option.direction, option.rect, label),
            int(QStyle::visualAlignment(option.direction, Qt::AlignLeft | Qt::AlignVCenter)),
            painter->fontMetrics().elidedText(index.data().toString(), Qt::ElideRight,
                                              label.width()));
        if (count > 0) {
            const QColor quiet =
                blend(text, palette.color(group, isSelected ? QPalette::Highlight : QPalette::Base),
                      isSelected ? 0.1 : 0.35);
            paintCount(painter, option, inner, count, alarms, quiet, alarm);
        }
        painter->restore();
    }

private:
    static void paintIcon(QPainter *painter, const QStyleOptionViewItem &option, const QRect &inner,
                          const QString &name, const QColor &colour)
    {
        const QRect place(inner.left(), inner.center().y() - kEntryIconSize / 2 + 1, kEntryIconSize,
                          kEntryIconSize);
        icon(name, colour).paint(painter, QStyle::visualRect(option.direction, option.rect, place));
    }

    static int pillWidth(const QFontMetrics &metrics, const QString &text, bool alarms)
    {
        return std::max(metrics.height() + 2, metrics.horizontalAdvance(text) + (alarms ? 14 : 0));
    }

    static void paintCount(QPainter *painter, const QStyleOptionViewItem &option,
                           const QRect &inner, int count, bool alarms, const QColor &quiet,
                           const QColor &alarm)
    {
        const QString text = QLocale().toString(count);
        const QFontMetrics metrics(painter->font());
        const int height = metrics.height() + 2;
        const int width = pillWidth(metrics, text, alarms);
        const QRect pill(inner.right() - width + 1, inner.center().y() - height / 2 + 1, width,
                         height);
        const QRect place = QStyle::visualRect(option.direction, option.rect, pill);
        if (!alarms) {
            painter->setPen(quiet);
            painter->drawText(
                place,
                int(QStyle::visualAlignment(option.direction, Qt::AlignRight | Qt::AlignVCenter)),
                text);
            return;
        }
        painter->setRenderHint(QPainter::Antialiasing);
        painter->setPen(Qt::NoPen);
        painter->setBrush(alarm);
        painter->drawRoundedRect(place, height / 2.0, height / 2.0);
        painter->setPen(alarm.lightnessF() < 0.5F ? Qt::white : Qt::black);
        painter->drawText(place, Qt::AlignCenter, text);
    }
};

} // namespace

Sidebar::Sidebar(const JobListModel *model, QWidget *parent)
    : QListWidget(parent)
    , m_model(model)
{
    setObjectName(QStringLiteral("sidebar"));
    setAccessibleName(tr("Groups of jobs"));
    setFrameShape(NoFrame);
    setUniformItemSizes(true);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setItemDelegate(new GroupDelegate(this));
    for (const JobGroup group : kJobGroups) {
        auto *item = new QListWidgetItem(label(group), this);
        item->setData(kIconRole, iconNameOf(group));
    }
    setCurrentRow(0);
    showCounts();
    connect(model, &JobListModel::summaryChanged, this, &Sidebar::showCounts);
    connect(this, &QListWidget::currentRowChanged, this, [this](int row) {
        if (row >= 0) {
            Q_EMIT groupChosen(kJobGroups.at(size_t(row)));
        }
    });
}

void Sidebar::setGroup(JobGroup group)
{
    setCurrentRow(int(group));
}

QSize Sidebar::sizeHint() const
{
    return {sizeHintForColumn(0) + 2 * frameWidth(), 200};
}

void Sidebar::showCounts()
{
    for (const JobGroup group : kJobGroups) {
        QListWidgetItem *shown = item(int(group));
        const int count = m_model->count(group);
        if (shown->data(kCountRole) != QVariant(count)) {
            shown->setData(kCountRole, count);
            shown->setData(Qt::AccessibleTextRole,
                           tr("%1, %2").arg(label(group), QLocale().toString(count)));
        }
    }
}

} // namespace ui
