// SPDX-License-Identifier: Apache-2.0
#include "ui/views/elided_label.h"

#include "ui/models/job_words.h"
#include "ui/views/job_look.h"

#include <QClipboard>
#include <QContextMenuEvent>
#include <QGuiApplication>
#include <QMenu>
#include <QPainter>

namespace ui {

ElidedLabel::ElidedLabel(Qt::TextElideMode elide, QWidget *parent)
    : QFrame(parent)
    , m_elide(elide)
{
    setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Fixed);
}

void ElidedLabel::setText(const QString &text)
{
    if (text == m_text) {
        return;
    }
    m_text = text;
    setAccessibleName(text);
    setToolTip(text.isEmpty() ? QString() : Qt::convertFromPlainText(text));
    updateGeometry();
    update();
}

void ElidedLabel::setQuiet(bool quiet)
{
    m_isQuiet = quiet;
    update();
}

void ElidedLabel::setColour(const QColor &colour)
{
    m_colour = colour;
    update();
}

QSize ElidedLabel::sizeHint() const
{
    return {fontMetrics().horizontalAdvance(m_text), fontMetrics().height()};
}

QSize ElidedLabel::minimumSizeHint() const
{
    return {0, fontMetrics().height()};
}

void ElidedLabel::paintEvent(QPaintEvent * /*event*/)
{
    const QColor text = palette().color(QPalette::WindowText);
    const QColor quiet = blend(text, palette().color(QPalette::Window), 0.35);
    QPainter painter(this);
    painter.setPen(m_colour.isValid() ? m_colour : m_isQuiet ? quiet : text);
    const auto start = QStyle::visualAlignment(layoutDirection(), Qt::AlignLeft | Qt::AlignVCenter);
    painter.drawText(rect(), int(start) | Qt::TextSingleLine,
                     isolated(fontMetrics().elidedText(m_text, m_elide, width())));
}

void ElidedLabel::contextMenuEvent(QContextMenuEvent *event)
{
    if (m_text.isEmpty()) {
        return;
    }
    auto *menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    menu->addAction(tr("Copy"), this,
                    [text = m_text] { QGuiApplication::clipboard()->setText(text); });
    menu->popup(event->globalPos());
}

} // namespace ui
