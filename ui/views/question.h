// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QString>

#include <functional>
#include <optional>

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

/// Another way to do what is asked about, that nothing is lost by.
struct Alternative {
    QString text;
    std::function<void()> proceed;
};

enum class Said { Yes, Alternative };

/// A box that can be ticked: what is said then is said for the next times too.
struct Remembering {
    QString text;
    std::function<void(Said said)> remember;
};

/// Asks in a box that blocks nothing but its window, and proceeds on yes. With an alternative that
/// is what Return means.
void askFirst(QWidget *window, const Question &question, std::function<void()> proceed,
              const std::optional<Alternative> &alternative = std::nullopt,
              const std::optional<Remembering> &remembering = std::nullopt);

} // namespace ui
