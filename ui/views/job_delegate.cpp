// SPDX-License-Identifier: Apache-2.0
#include "ui/views/job_delegate.h"

#include "core/remedy/explain.h"
#include "ui/models/job_list_model.h"
#include "ui/models/job_words.h"
#include "ui/views/icon.h"
#include "ui/views/job_look.h"
#include "ui/views/progress_bar.h"

#include <QApplication>
#include <QPainter>

#include <algorithm>

namespace ui {

namespace {

constexpr int kMargin = 12;
constexpr int kPadding = 8;
constexpr int kIconSize = 24;
constexpr int kGap = 12;
constexpr int kLineGap = 3;
constexpr int kBarGap = 6;
constexpr int kBarHeight = 4;

QFont nameFont(const QStyleOptionViewItem &option)
{
    QFont font = option.font;
    font.setWeight(QFont::DemiBold);
    return font;
}

/// Where things stand, before mirroring.
struct RowGeometry {
    QRect icon;
    QRect first;
    QRect second;
    QRect bar;
};

RowGeometry geometryOf(const QStyleOptionViewItem &option)
{
    const int nameHeight = QFontMetrics(nameFont(option)).height();
    const int textHeight = option.fontMetrics.height();
    const QRect inner = option.rect.adjusted(kMargin, kPadding, -kMargin, -kPadding);
    const int left = inner.left() + kIconSize + kGap;
    const int width = std::max(0, inner.right() - left + 1);
    RowGeometry row;
    row.first = QRect(left, inner.top(), width, nameHeight);
    row.second = QRect(left, row.first.bottom() + 1 + kLineGap, width, textHeight);
    row.bar = QRect(left, row.second.bottom() + 1 + kBarGap, width, kBarHeight);
    const int middle = (row.first.top() + row.second.bottom() + 1 - kIconSize) / 2;
    row.icon = QRect(inner.left(), middle, kIconSize, kIconSize);
    return row;
}

struct RowColours {
    QColor text;
    QColor quiet;
    QColor accent;
    QColor rest; ///< of the bar
};

RowColours coloursOf(const QStyleOptionViewItem &option, Accent accent)
{
    const QPalette &palette = option.palette;
    const bool isActive = option.state.testFlag(QStyle::State_Active);
    const auto group = isActive ? QPalette::Active : QPalette::Inactive;
    if (option.state.testFlag(QStyle::State_Selected)) {
        const QColor text = palette.color(group, QPalette::HighlightedText);
        const QColor back = palette.color(group, QPalette::Highlight);
        return {text, blend(text, back, 0.12), text, blend(text, back, 0.7)};
    }
    const QColor base = palette.color(group, QPalette::Base);
    const QColor text = palette.color(group, QPalette::Text);
    return {text, colourOf(Accent::Quiet, palette), colourOf(accent, palette), blend(base, text, 0.14)};
}

/// Draws one line: the short text whole at the far side, the long one elided in what is left.
void paintLine(QPainter *painter, const QStyleOptionViewItem &option, const QRect &line,
               const QString &longText, const QColor &longColour, Qt::TextElideMode elide,
               const QString &shortText, const QColor &shortColour, const QFont &longFont)
{
    const QFontMetrics shortMetrics(option.font);
    const int shortWidth = shortText.isEmpty() ? 0 : shortMetrics.horizontalAdvance(shortText);
    QRect shortRect = line;
    shortRect.setLeft(line.right() - shortWidth + 1);
    QRect longRect = line;
    longRect.setWidth(std::max(0, line.width() - (shortWidth > 0 ? shortWidth + kGap : 0)));

    const auto place = [&](const QRect &rect) {
        return QStyle::visualRect(option.direction, option.rect, rect);
    };
    const auto start = QStyle::visualAlignment(option.direction, Qt::AlignLeft | Qt::AlignVCenter);
    const auto end = QStyle::visualAlignment(option.direction, Qt::AlignRight | Qt::AlignVCenter);
    painter->setFont(longFont);
    painter->setPen(longColour);
    const QString shown = QFontMetrics(longFont).elidedText(longText, elide, longRect.width());
    painter->drawText(place(longRect), int(start) | Qt::TextSingleLine, shown);
    painter->setFont(option.font);
    painter->setPen(shortColour);
    painter->drawText(place(shortRect), int(end) | Qt::TextSingleLine, shortText);
}

} // namespace

JobDelegate::JobDelegate(const core::Clock *clock, QObject *parent)
    : QStyledItemDelegate(parent)
    , m_clock(clock)
{
}

void JobDelegate::paint(QPainter *painter, const QStyleOptionViewItem &option,
                        const QModelIndex &index) const
{
    const QVariant value = index.data(JobListModel::JobRole);
    if (!value.isValid()) {
        return;
    }
    const auto job = value.value<core::JobSnapshot>();
    const QDateTime now = m_clock->utcNow();
    const JobLook look = lookOf(job, now);
    const RowColours colours = coloursOf(option, look.accent);
    const RowGeometry row = geometryOf(option);
    const bool tellsTrouble = look.accent == Accent::Attention || look.accent == Accent::Waiting;

    painter->save();
    const QStyle *style = option.widget ? option.widget->style() : QApplication::style();
    style->drawPrimitive(QStyle::PE_PanelItemViewItem, &option, painter, option.widget);
    icon(look.iconName, colours.accent)
        .paint(painter, QStyle::visualRect(option.direction, option.rect, row.icon));
    paintLine(painter, option, row.first, displayName(job), colours.text, Qt::ElideMiddle,
              amount(job), colours.quiet, nameFont(option));
    paintLine(painter, option, row.second, core::describeState(job, now),
              tellsTrouble ? colours.accent : colours.quiet, Qt::ElideRight, pace(job),
              colours.quiet, option.font);
    if (const auto fraction = fractionDone(job); fraction && hasWorkLeft(job)) {
        paintProgress(painter, QStyle::visualRect(option.direction, option.rect, row.bar),
                      *fraction, colours.accent, colours.rest, option.direction);
    }
    painter->restore();
}

QSize JobDelegate::sizeHint(const QStyleOptionViewItem &option, const QModelIndex & /*index*/) const
{
    const int lines = QFontMetrics(nameFont(option)).height() + kLineGap +
                      QFontMetrics(option.font).height();
    return {0, 2 * kPadding + lines + kBarGap + kBarHeight};
}

} // namespace ui
