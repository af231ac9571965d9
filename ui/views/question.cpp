// SPDX-License-Identifier: Apache-2.0
#include "ui/views/question.h"

#include "ui/views/icon.h"

#include <QCheckBox>
#include <QLabel>
#include <QMessageBox>
#include <QPushButton>
#include <QStyle>

namespace ui {

namespace {

constexpr int kCharsInLine = 50;

} // namespace

void askFirst(QWidget *window, const Question &question, std::function<void()> proceed,
              const std::optional<Alternative> &alternative,
              const std::optional<Remembering> &remembering)
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
    if (auto *effect = box->findChild<QLabel *>(QStringLiteral("qt_msgbox_informativelabel"))) {
        // By itself the box is as narrow as its first line allows.
        effect->setMinimumWidth(kCharsInLine * box->fontMetrics().averageCharWidth());
    }
    const QPushButton *yes = box->addButton(question.yes, QMessageBox::DestructiveRole);
    QPushButton *no = box->addButton(question.no, QMessageBox::RejectRole);
    box->setDefaultButton(no);
    box->setEscapeButton(no);
    if (remembering) {
        box->setCheckBox(new QCheckBox(remembering->text, box));
    }
    const auto note = [box, remembering](Said said) {
        if (remembering && box->checkBox()->isChecked()) {
            remembering->remember(said);
        }
    };
    QObject::connect(yes, &QPushButton::clicked, window, [note, proceed = std::move(proceed)] {
        note(Said::Yes);
        proceed();
    });
    if (alternative) {
        QPushButton *other = box->addButton(alternative->text, QMessageBox::AcceptRole);
        box->setDefaultButton(other);
        QObject::connect(other, &QPushButton::clicked, window,
                         [note, proceed = alternative->proceed] {
                             note(Said::Alternative);
                             proceed();
                         });
    }
    box->open();
}

} // namespace ui
