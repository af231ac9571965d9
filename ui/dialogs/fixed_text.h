// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QLabel>

namespace ui {

/// Digits that people compare one by one: in a font of fixed width, broken after so many signs, to
/// be selected with the mouse or the keyboard.
class FixedText final : public QLabel {
    Q_OBJECT
public:
    explicit FixedText(qsizetype lineLength, QWidget *parent = nullptr);

    void say(const QString &digits);

protected:
    void focusInEvent(QFocusEvent *event) override;
    void changeEvent(QEvent *event) override;

private:
    void takeFont();

    qsizetype m_lineLength;
    bool m_isTakingFont = false;
};

} // namespace ui
