// SPDX-License-Identifier: Apache-2.0
#include "ui/dialogs/disclosure.h"

#include <QToolButton>
#include <QVBoxLayout>

namespace ui {

Disclosure::Disclosure(const QString &title, QWidget *content, QWidget *parent)
    : QWidget(parent)
    , m_toggle(new QToolButton(this))
    , m_content(content)
{
    m_toggle->setObjectName(QStringLiteral("toggle"));
    m_toggle->setText(title);
    m_toggle->setAutoRaise(true);
    m_toggle->setArrowType(Qt::RightArrow);
    m_toggle->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    m_toggle->setFocusPolicy(Qt::StrongFocus);

    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_toggle, 0, Qt::AlignLeading);
    layout->addWidget(m_content);
    m_content->hide();

    connect(m_toggle, &QToolButton::clicked, this, [this] { setOpen(!m_isOpen); });
}

void Disclosure::setOpen(bool open)
{
    if (open == m_isOpen) {
        return;
    }
    m_isOpen = open;
    m_toggle->setArrowType(open ? Qt::DownArrow : Qt::RightArrow);
    m_toggle->setAccessibleDescription(open ? tr("open") : tr("closed"));
    m_content->setVisible(open);
    Q_EMIT toggled(open);
}

} // namespace ui
