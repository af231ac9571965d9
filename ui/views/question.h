// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QString>

#include <functional>

class QWidget;

namespace ui {

/// What is asked before something is done that cannot be taken back. Plain text throughout.
struct Question {
    QString objectName;
    QString text;
    QString effect;
    QString yes;
    QString no; ///< also what Esc and Return mean
};

/// Asks in a box that blocks nothing but its window, and proceeds on yes.
void askFirst(QWidget *window, const Question &question, std::function<void()> proceed);

} // namespace ui
