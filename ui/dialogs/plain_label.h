// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QLabel>

namespace ui {

/// How loudly a text speaks. Colour only supports it: every text says what it has to say in words.
enum class Tone { Plain, Heading, Quiet, Problem };

/// Text from outside made fit to be shown: control characters and those that turn the direction of
/// writing around become a visible replacement character.
[[nodiscard]] QString visibleText(const QString &text);

/// A wrapping label for text that may come from anywhere: nothing in it is markup or a mnemonic,
/// and a word without spaces breaks where it must instead of widening the window.
class PlainLabel final : public QLabel {
    Q_OBJECT
public:
    explicit PlainLabel(Tone tone = Tone::Plain, QWidget *parent = nullptr);

    /// Shows the text and reads it to assistive programs. An empty text takes no room.
    void say(const QString &text);
    void setTone(Tone tone);
    [[nodiscard]] Tone tone() const { return m_tone; }

protected:
    void changeEvent(QEvent *event) override;

private:
    void applyTone();

    Tone m_tone;
    bool m_isApplying = false;
};

} // namespace ui
