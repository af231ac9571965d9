// SPDX-License-Identifier: Apache-2.0
#include "ui/dialogs/plain_label.h"

#include "ui/views/job_look.h"

#include <QApplication>
#include <QEvent>

namespace ui {

namespace {

/// Longer runs without a space get places to break.
constexpr qsizetype kLongestWord = 28;
constexpr QChar kMayBreakHere(0x200B);

QString withPlacesToBreak(const QString &text)
{
    QString result;
    result.reserve(text.size() + text.size() / kLongestWord);
    qsizetype wordLength = 0;
    for (const QChar c : text) {
        wordLength = c.isSpace() ? 0 : wordLength + 1;
        if (wordLength > kLongestWord && !c.isLowSurrogate() && !c.isMark()) {
            result += kMayBreakHere;
        }
        result += c;
    }
    return result;
}

bool turnsDirection(QChar c)
{
    const char16_t u = c.unicode();
    return u == 0x061C || u == 0x200E || u == 0x200F || (u >= 0x202A && u <= 0x202E) ||
           (u >= 0x2066 && u <= 0x2069);
}

QColor colourFor(Tone tone, const QPalette &palette)
{
    const QColor text = palette.color(QPalette::WindowText);
    const QColor window = palette.color(QPalette::Window);
    switch (tone) {
    case Tone::Plain:
    case Tone::Heading:
        return text;
    case Tone::Quiet:
        return blend(text, window, 0.28);
    case Tone::Problem:
        return window.lightness() > 127 ? QColor(0xA8, 0x1E, 0x12) : QColor(0xFF, 0x9A, 0x8C);
    }
    Q_UNREACHABLE();
}

} // namespace

QString visibleText(const QString &text)
{
    QString result = text;
    for (QChar &c : result) {
        if (c.category() == QChar::Other_Control || turnsDirection(c) ||
            c == QChar::LineSeparator || c == QChar::ParagraphSeparator) {
            c = QChar::ReplacementCharacter;
        }
    }
    return result;
}

PlainLabel::PlainLabel(Tone tone, QWidget *parent)
    : QLabel(parent)
    , m_tone(tone)
{
    setTextFormat(Qt::PlainText);
    setWordWrap(true);
    setAlignment(Qt::AlignLeading | Qt::AlignTop);
    QSizePolicy policy(QSizePolicy::Preferred, QSizePolicy::Preferred);
    policy.setHeightForWidth(true);
    setSizePolicy(policy);
    applyTone();
    hide();
}

void PlainLabel::say(const QString &text)
{
    const QString shown = visibleText(text);
    setText(withPlacesToBreak(shown));
    setAccessibleName(shown);
    setVisible(!shown.isEmpty());
}

void PlainLabel::setTone(Tone tone)
{
    if (tone != m_tone) {
        m_tone = tone;
        applyTone();
    }
}

void PlainLabel::changeEvent(QEvent *event)
{
    QLabel::changeEvent(event);
    if (!m_isApplying &&
        (event->type() == QEvent::PaletteChange || event->type() == QEvent::FontChange ||
         event->type() == QEvent::ApplicationPaletteChange ||
         event->type() == QEvent::ApplicationFontChange)) {
        applyTone();
    }
}

void PlainLabel::applyTone()
{
    m_isApplying = true; // setting a palette or font announces itself through changeEvent()
    const QWidget *model = parentWidget();
    const QPalette inherited = model ? model->palette() : QApplication::palette();
    QPalette own;
    own.setColor(QPalette::WindowText, colourFor(m_tone, inherited));
    setPalette(own);
    if (m_tone == Tone::Heading) {
        QFont font = model ? model->font() : QApplication::font();
        if (font.pointSizeF() > 0) {
            font.setPointSizeF(font.pointSizeF() * 1.3);
        } else {
            font.setPixelSize(font.pixelSize() * 13 / 10);
        }
        font.setWeight(QFont::DemiBold);
        setFont(font);
    }
    m_isApplying = false;
}

} // namespace ui
