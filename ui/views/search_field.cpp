// SPDX-License-Identifier: Apache-2.0
#include "ui/views/search_field.h"

#include "ui/views/icon.h"

#include <QAction>
#include <QKeyEvent>
#include <QShortcut>

namespace ui {

SearchField::SearchField(QWidget *parent)
    : QLineEdit(parent)
{
    setObjectName(QStringLiteral("search"));
    setPlaceholderText(tr("Search jobs"));
    setAccessibleName(tr("Search jobs"));
    setClearButtonEnabled(true);
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
    addAction(icon(QStringLiteral("search")), LeadingPosition);
    const auto *find = new QShortcut(QKeySequence::Find, this);
    connect(find, &QShortcut::activated, this, [this] {
        setFocus(Qt::ShortcutFocusReason);
        selectAll();
    });
}

QSize SearchField::sizeHint() const
{
    return {fontMetrics().averageCharWidth() * 26, QLineEdit::sizeHint().height()};
}

void SearchField::keyPressEvent(QKeyEvent *event)
{
    if (event->key() == Qt::Key_Escape && !text().isEmpty()) {
        clear();
        return;
    }
    QLineEdit::keyPressEvent(event);
}

} // namespace ui
