// SPDX-License-Identifier: Apache-2.0
#include "ui/views/job_delegate.h"

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

constexpr int kRowMargin = 12;
constexpr int kRowPadding = 8;
constexpr int kRowIconSize = 24;
constexpr int kRowGap = 12;
constexpr int kLineGap = 3;
constexpr int kBarGap = 6;
constexpr int kRowBarHeight = 4;
constexpr int kLeastChars = 12;

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

enum class Bar { Absent, Present };

/// Rows are all of one height; one without a bar has its lines in the middle.
RowGeometry geometryOf(const QStyleOptionViewItem &option, Bar bar)
{
    const int nameHeight = QFontMetrics(nameFont(option)).height();
    const int textHeight = option.fontMetrics.height();
    const QRect inner = option.rect.adjusted(kRowMargin, kRowPadding, -kRowMargin, -kRowPadding);
    const int left = inner.left() + kRowIconSize + kRowGap;
    const int width = std::max(0, inner.right() - left + 1);
    const int top = inner.top() + (bar == Bar::Absent ? (kBarGap + kRowBarHeight) / 2 : 0);
    RowGeometry row;
    row.first = QRect(left, top, width, nameHeight);
    row.second = QRect(left, row.first.bottom() + 1 + kLineGap, width, textHeight);
    row.bar = QRect(left, row.second.bottom() + 1 + kBarGap, width, kRowBarHeight);
    const int middle = (row.first.top() + row.second.bottom() + 1 - kRowIconSize) / 2;
    row.icon = QRect(inner.left(), middle, kRowIconSize, kRowIconSize);
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
    return {text, colourOf(Accent::Quiet, palette), colourOf(accent, palette),
            blend(base, text, 0.14)};
}

/// One line of a row: a text that may be long, and beside it at the far side a number, in several
/// lengths, the longest first.
struct Line {
    QRect rect;
    QString text;
    QFont font;
    QColor colour;
    Qt::TextElideMode elide;
    QStringList numbers;
};

/// The longest of the numbers that leaves the text whole; else the last one, unless nothing worth
/// reading would be left of the text beside it.
QString fittingNumber(const Line &line, const QFontMetrics &metrics)
{
    const int text = QFontMetrics(line.font).horizontalAdvance(line.text);
    for (const QString &number : line.numbers) {
        if (text + kRowGap + metrics.horizontalAdvance(number) <= line.rect.width()) {
            return number;
        }
    }
    const QString last = line.numbers.value(line.numbers.size() - 1);
    const int left = line.rect.width() - kRowGap - metrics.horizontalAdvance(last);
    return left < kLeastChars * metrics.averageCharWidth() ? QString() : last;
}

void paintLine(QPainter *painter, const QStyleOptionViewItem &option, const Line &line,
               const QColor &quiet)
{
    const QString number = fittingNumber(line, option.fontMetrics);
    const int width = number.isEmpty() ? 0 : option.fontMetrics.horizontalAdvance(number) + 1;
    const QRect numberRect = line.rect.adjusted(line.rect.width() - width, 0, 0, 0);
    const QRect textRect = line.rect.adjusted(0, 0, width > 0 ? -(width + kRowGap) : 0, 0);

    const auto place = [&](const QRect &rect) {
        return QStyle::visualRect(option.direction, option.rect, rect);
    };
    const auto start = QStyle::visualAlignment(option.direction, Qt::AlignLeft | Qt::AlignVCenter);
    const auto end = QStyle::visualAlignment(option.direction, Qt::AlignRight | Qt::AlignVCenter);
    painter->setFont(line.font);
    painter->setPen(line.colour);
    painter->drawText(
        place(textRect), int(start) | Qt::TextSingleLine,
        isolated(QFontMetrics(line.font).elidedText(line.text, line.elide, textRect.width())));
    painter->setFont(option.font);
    painter->setPen(quiet);
    painter->drawText(place(numberRect), int(end) | Qt::TextSingleLine, isolated(number));
}

void paintBar(QPainter *painter, const QStyleOptionViewItem &option, const QRect &bar,
              const core::JobSnapshot &job, const RowColours &colours)
{
    const QRect place = QStyle::visualRect(option.direction, option.rect, bar);
    if (const auto fraction = fractionDone(job)) {
        paintProgress(painter, place, {*fraction, fractionCertain(job).value_or(*fraction)},
                      colours.accent, colours.rest, option.direction);
    } else {
        paintUnknownProgress(painter, place, colours.rest);
    }
}

/// A hairline, so that the eye stays in its row.
void paintSeparator(QPainter *painter, const QStyleOptionViewItem &option)
{
    const QPalette &palette = option.palette;
    const QRect line(option.rect.left(), option.rect.bottom(), option.rect.width(), 1);
    painter->fillRect(line,
                      blend(palette.color(QPalette::Base), palette.color(QPalette::Text), 0.07));
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
    const Bar bar = hasBar(job) ? Bar::Present : Bar::Absent;
    const RowGeometry row = geometryOf(option, bar);
    const bool tellsTrouble = look.accent == Accent::Attention || look.accent == Accent::Waiting;

    painter->save();
    const QStyle *style = option.widget ? option.widget->style() : QApplication::style();
    style->drawPrimitive(QStyle::PE_PanelItemViewItem, &option, painter, option.widget);
    paintSeparator(painter, option);
    icon(look.iconName, colours.accent)
        .paint(painter, QStyle::visualRect(option.direction, option.rect, row.icon));
    paintLine(painter, option,
              {row.first,
               displayName(job),
               nameFont(option),
               colours.text,
               Qt::ElideMiddle,
               {amount(job), bytesOf(job), percent(job)}},
              colours.quiet);
    paintLine(painter, option,
              {row.second,
               doing(job, now),
               option.font,
               tellsTrouble ? colours.accent : colours.quiet,
               Qt::ElideRight,
               {pace(job), rate(job)}},
              colours.quiet);
    if (bar == Bar::Present) {
        paintBar(painter, option, row.bar, job, colours);
    }
    painter->restore();
}

QSize JobDelegate::sizeHint(const QStyleOptionViewItem &option, const QModelIndex & /*index*/) const
{
    const int lines =
        QFontMetrics(nameFont(option)).height() + kLineGap + QFontMetrics(option.font).height();
    return {0, 2 * kRowPadding + lines + kBarGap + kRowBarHeight + 1};
}

} // namespace ui
