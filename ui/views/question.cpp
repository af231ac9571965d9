// SPDX-License-Identifier: Apache-2.0
#include "ui/views/question.h"

#include "ui/views/icon.h"

#include <QMessageBox>
#include <QPushButton>
#include <QStyle>

namespace ui {

void askFirst(QWidget *window, const Question &question, std::function<void()> proceed,
              const std::optional<Alternative> &alternative)
{
    auto *box = new QMessageBox(window);
    box->setAttribute(Qt::WA_DeleteOnClose);
    box->setObjectName(question.objectName);
    box->setWindowTitle(window->windowTitle());
    const int size = box->style()->pixelMetric(QStyle::PM_MessageBoxIconSize, nullptr, box);
    box->setIconPixmap(
        icon(QStringLiteral("state-obstacle")).pixmap(QSize(size, size), box->devicePixelRatioF()));
    box->setTextFormat(Qt::PlainText);
    box->setText(question.text);
    box->setInformativeText(question.effect);
    const QPushButton *yes = box->addButton(question.yes, QMessageBox::DestructiveRole);
    QPushButton *no = box->addButton(question.no, QMessageBox::RejectRole);
    box->setDefaultButton(no);
    box->setEscapeButton(no);
    QObject::connect(yes, &QPushButton::clicked, window,
                     [proceed = std::move(proceed)] { proceed(); });
    if (alternative) {
        QPushButton *other = box->addButton(alternative->text, QMessageBox::AcceptRole);
        box->setDefaultButton(other);
        QObject::connect(other, &QPushButton::clicked, window,
                         [proceed = alternative->proceed] { proceed(); });
    }
    box->open();
}

} // namespace ui
