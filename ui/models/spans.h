// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QList>

namespace ui {

/// Rows that follow each other without a gap, both ends included.
struct Span {
    int first = 0;
    int last = 0;

    bool operator==(const Span &) const = default;
};

/// The fewest spans that cover exactly these rows, which come in rising order.
[[nodiscard]] inline QList<Span> spansOf(const QList<int> &rows)
{
    QList<Span> spans;
    for (const int row : rows) {
        if (!spans.isEmpty() && row <= spans.last().last + 1) {
            spans.last().last = row;
        } else {
            spans.append({row, row});
        }
    }
    return spans;
}

} // namespace ui
