// SPDX-License-Identifier: Apache-2.0
#include "app/cli/print/terminal_text.h"

#include "core/words/sentence.h"

#include <QList>

#include <algorithm>
#include <cwchar>

namespace cli {

namespace {

QString escaped(char32_t c)
{
    const bool isControl = QChar::category(c) == QChar::Other_Control;
    return QLatin1StringView(isControl ? "\\x" : "\\u") +
           QString::number(c, 16).rightJustified(isControl ? 2 : 4, u'0');
}

int cellsOf(uint c)
{
    // Depends on the locale's character table; what that does not know takes one cell at most.
    const int cells = ::wcwidth(static_cast<wchar_t>(c));
    return cells < 0 ? 1 : cells;
}

QString textOf(const QList<uint> &points)
{
    return QString::fromUcs4(reinterpret_cast<const char32_t *>(points.constData()), points.size());
}

/// As many characters from the beginning as fit.
qsizetype fitting(const QList<uint> &points, int cells)
{
    qsizetype count = 0;
    while (count < points.size() && cellsOf(points.at(count)) <= cells) {
        cells -= cellsOf(points.at(count++));
    }
    return count;
}

} // namespace

QString terminalText(const QString &outside)
{
    QString shown;
    shown.reserve(outside.size());
    qsizetype at = 0;
    for (const char32_t c : outside.toUcs4()) {
        if (!core::isVisibleAt(outside, at)) {
            shown += escaped(c);
        } else {
            shown += QChar::fromUcs4(c);
        }
        at += QChar::requiresSurrogates(c) ? 2 : 1;
    }
    return shown;
}

QString quoted(const QString &outside)
{
    constexpr int kLongest = 120;
    return u'"' + elided(terminalText(outside), kLongest) + u'"';
}

int displayWidth(QStringView text)
{
    int cells = 0;
    for (const uint c : text.toUcs4()) {
        cells += cellsOf(c);
    }
    return cells;
}

QString elided(const QString &text, int width)
{
    if (displayWidth(text) <= width) {
        return text;
    }
    if (width < 1) {
        return {};
    }
    QList<uint> points = text.toUcs4();
    const int room = width - 1;
    const QList<uint> head = points.first(fitting(points, room - room / 2));
    std::ranges::reverse(points);
    QList<uint> tail = points.first(fitting(points, room / 2));
    std::ranges::reverse(tail);
    return textOf(head) + QChar(0x2026) + textOf(tail);
}

QString padded(const QString &text, int width)
{
    const QString shown = elided(text, width);
    return shown + QString(std::max(0, width - displayWidth(shown)), u' ');
}

QString twoColumns(const QList<std::pair<QString, QString>> &rows, int gap)
{
    int width = 0;
    for (const auto &[left, right] : rows) {
        width = std::max(width, displayWidth(left));
    }
    QString text;
    for (const auto &[left, right] : rows) {
        text += QStringLiteral("  ") + padded(left, width) + QString(gap, u' ') + right + u'\n';
    }
    return text;
}

} // namespace cli
