// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QObject>

class QDialog;

namespace ui {

/// Keeps Alt with a letter from being typed where nothing answers to it just now: the button may be
/// disabled, and a link would get the letter.
class QuietMnemonics final : public QObject {
public:
    explicit QuietMnemonics(QDialog *dialog);

    bool eventFilter(QObject *watched, QEvent *event) override;
};

} // namespace ui
