// SPDX-License-Identifier: Apache-2.0
#include "ui/dialogs/asked_jobs.h"
#include "ui/dialogs/cause_list.h"
#include "ui/dialogs/error_dialog.h"
#include "ui/dialogs/question_page.h"
#include "ui/dialogs/verb_bar.h"

#include <QApplication>
#include <QScreen>

#include <algorithm>

namespace ui {

QList<QWidget *> ErrorDialog::tabStops() const
{
    QList<QWidget *> stops;
    const QList<QWidget *> parts{m_causes, currentPage(), m_details, m_verbs};
    for (QWidget *part : parts) {
        for (QWidget *widget : QList{part} + part->findChildren<QWidget *>()) {
            if ((widget->focusPolicy() & Qt::TabFocus) != 0 && !widget->focusProxy() &&
                widget->isVisibleTo(this) && widget->isEnabled()) {
                stops.append(widget);
            }
        }
    }
    return stops;
}

/// In the order of reading. The chain that Qt keeps has it in the order of making, and is torn when
/// tables are put elsewhere in it (Qt 6.4).
bool ErrorDialog::focusNextPrevChild(bool next)
{
    const QList<QWidget *> stops = tabStops();
    const QWidget *now = focusWidget();
    const auto place = std::ranges::find_if(stops, [now](const QWidget *stop) {
        return stop == now || (now && stop->isAncestorOf(now));
    });
    if (stops.isEmpty()) {
        return false;
    }
    const qsizetype from = place == stops.end() ? (next ? -1 : 0) : place - stops.begin();
    const qsizetype to = (from + (next ? 1 : -1) + stops.size()) % stops.size();
    QWidget *stop = stops.at(to);
    for (QWidget *around = stop; next && around != this; around = around->parentWidget()) {
        const bool isControl = qobject_cast<FixControl *>(around) != nullptr;
        if (isControl && around->focusProxy() && !around->isAncestorOf(now)) {
            stop = around->focusProxy(); // who comes to a control begins where it is filled in
        }
    }
    stop->setFocus(next ? Qt::TabFocusReason : Qt::BacktabFocusReason);
    return true;
}

void ErrorDialog::bringUp(Appearing how)
{
    m_isToBeShown = m_jobs->isWaiting() ? std::optional(how) : std::nullopt;
    if (m_isToBeShown || !isAsking()) {
        return;
    }
    const bool takesKeyboard = how == Appearing::AskedFor || !isTypingSomewhere();
    setAttribute(Qt::WA_ShowWithoutActivating, !takesKeyboard);
    show();
    if (takesKeyboard) {
        raise();
        activateWindow();
    }
}

/// Another question, which is over the same window, would not be seen any more.
void ErrorDialog::stepAside()
{
    QList<QPoint> taken;
    for (const ErrorDialog *other :
         parent() ? parent()->findChildren<ErrorDialog *>(Qt::FindDirectChildrenOnly)
                  : QList<ErrorDialog *>()) {
        if (other != this && other->isVisible()) {
            taken.append(other->pos());
        }
    }
    const int step = 2 * fontMetrics().lineSpacing(); // a title bar, and what is unsure of it
    QPoint place = pos();
    while (std::ranges::any_of(
        taken, [&](QPoint other) { return (other - place).manhattanLength() < step; })) {
        place += QPoint(step, step);
    }
    const QRect screen = this->screen()->availableGeometry();
    if (place != pos() && screen.contains(QRect(place, frameGeometry().size()))) {
        move(place);
    }
}

bool isTypingSomewhere()
{
    const QWidget *focus = QApplication::focusWidget();
    return focus != nullptr && focus->testAttribute(Qt::WA_InputMethodEnabled);
}

} // namespace ui
