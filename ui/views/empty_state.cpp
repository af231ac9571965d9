// SPDX-License-Identifier: Apache-2.0
#include "ui/views/empty_state.h"

#include "ui/views/icon.h"
#include "ui/views/job_look.h"

#include <QEvent>
#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>

namespace ui {

namespace {

constexpr int kPictureSize = 96;

QLabel *centred(QWidget *parent)
{
    auto *label = new QLabel(parent);
    label->setTextFormat(Qt::PlainText);
    label->setAlignment(Qt::AlignCenter);
    label->setWordWrap(true);
    return label;
}

} // namespace

EmptyState::EmptyState(QWidget *parent)
    : QWidget(parent)
    , m_icon(centred(this))
    , m_title(centred(this))
    , m_text(centred(this))
    , m_button(new QPushButton(this))
{
    setAutoFillBackground(true);
    setBackgroundRole(QPalette::Base);
    setForegroundRole(QPalette::Text);
    QFont large = m_title->font();
    large.setPointSizeF(large.pointSizeF() * 1.4);
    large.setWeight(QFont::DemiBold);
    m_title->setFont(large);

    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(32, 32, 32, 32);
    column->setSpacing(8);
    column->addStretch(2);
    column->addWidget(m_icon);
    column->addSpacing(8);
    column->addWidget(m_title);
    column->addWidget(m_text);
    column->addSpacing(8);
    column->addWidget(m_button, 0, Qt::AlignHCenter);
    column->addStretch(3);

    connect(m_button, &QPushButton::clicked, this, [this] {
        if (m_isWelcome) {
            Q_EMIT addRequested();
        } else {
            Q_EMIT showAllRequested();
        }
    });
    setFocusProxy(m_button);
    m_icon->setObjectName(QStringLiteral("picture"));
    m_icon->setMinimumHeight(1); // it is left out where the window has to be low
    showWelcome();
    showIcon();
}

void EmptyState::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    m_icon->setVisible(height() >= minimumSizeHint().height() + kPictureSize);
}

void EmptyState::showWelcome()
{
    m_isWelcome = true;
    showText(tr("Nothing to carry yet"),
             tr("Paste a link with Ctrl+V, drop links or files here, or press Add."), tr("Add…"));
    m_button->setIcon(icon(QStringLiteral("add")));
}

void EmptyState::showNoMatch()
{
    m_isWelcome = false;
    showText(tr("Nothing here"), tr("This group has no job, or none that fits the search."),
             tr("Show all jobs"));
    m_button->setIcon({});
}

void EmptyState::showText(const QString &title, const QString &text, const QString &button)
{
    m_title->setText(title);
    m_text->setText(text);
    m_button->setText(button);
}

void EmptyState::showIcon()
{
    const QColor faint =
        blend(palette().color(QPalette::Text), palette().color(QPalette::Base), 0.5);
    m_icon->setPixmap(icon(QStringLiteral("empty"), faint)
                          .pixmap(QSize(kPictureSize, kPictureSize), devicePixelRatioF()));
}

void EmptyState::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::PaletteChange) {
        showIcon();
    }
}

} // namespace ui
