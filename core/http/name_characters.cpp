// SPDX-License-Identifier: Apache-2.0
#include "core/http/name_characters.h"

#include <algorithm>
#include <array>

namespace core {

namespace {

/// Letters that are blank: fillers of Hangul and Khmer, and the empty Braille cell. The combining
/// grapheme joiner is not seen either.
constexpr std::array<char32_t, 8> kBlankLetters{0x034f, 0x115f, 0x1160, 0x17b4,
                                                0x17b5, 0x2800, 0x3164, 0xffa0};

/// The combining class of signs that take the vowel from a letter.
constexpr uchar kVirama = 9;

bool isInvisible(char32_t c)
{
    switch (QChar::category(c)) {
    case QChar::Other_Control:
    case QChar::Other_Format:
    case QChar::Other_Surrogate:
    case QChar::Separator_Line:
    case QChar::Separator_Paragraph:
        return true;
    case QChar::Other_NotAssigned: // kept free for more of the kind
        return (c >= 0x2060 && c <= 0x206f) || (c >= 0xfff0 && c <= 0xfff8) ||
               (c >= 0xe0000 && c <= 0xe0fff);
    default: // of Qt's categories, not of an enumeration of ours
        return std::ranges::find(kBlankLetters, c) != kBlankLetters.end();
    }
}

bool isForbiddenElsewhere(char32_t c)
{
    return c < 0x80 && QStringView(u"<>:\"|?*").contains(QChar(char16_t(c)));
}

/// The character that starts at the place, which moves behind it. 0 for half a surrogate pair.
char32_t takeCharacter(QStringView text, qsizetype *at)
{
    const QChar first = text.at((*at)++);
    if (!first.isSurrogate()) {
        return first.unicode();
    }
    if (first.isHighSurrogate() && *at < text.size() && text.at(*at).isLowSurrogate()) {
        return QChar::surrogateToUcs4(first, text.at((*at)++));
    }
    return 0;
}

/// The last character; 0 when there is none.
char32_t lastOf(QStringView text)
{
    if (text.isEmpty()) {
        return 0;
    }
    const bool isPair = text.size() > 1 && text.back().isLowSurrogate();
    return isPair ? QChar::surrogateToUcs4(text.at(text.size() - 2), text.back())
                  : text.back().unicode();
}

/// Something that a picture ends with: itself, the tone of its skin, or the sign that it is one.
bool isEndOfEmoji(char32_t c)
{
    constexpr char32_t kEmojiSelector = 0xfe0f;
    return QChar::category(c) == QChar::Symbol_Other || (c >= 0x1f3fb && c <= 0x1f3ff) ||
           c == kEmojiSelector;
}

/// Whether a joiner between the two changes how they are written.
bool isJoinable(char32_t before, char32_t behind)
{
    if (QChar::combiningClass(before) == kVirama) {
        return QChar::isLetter(behind);
    }
    const auto left = QChar::joiningType(before);
    const auto right = QChar::joiningType(behind);
    return (left == QChar::Joining_Dual || left == QChar::Joining_Left) &&
           (right == QChar::Joining_Dual || right == QChar::Joining_Right);
}

/// Whether the joiner that follows on `out` and comes before `rest` means something there.
bool isMeant(char32_t joiner, QStringView out, QStringView rest)
{
    char32_t behind = 0; // the next that is seen
    for (qsizetype at = 0; at < rest.size() && isInvisible(behind);) {
        behind = takeCharacter(rest, &at);
    }
    QStringView before = out;
    while (!before.isEmpty() && joiner == kZeroWidthNonJoiner &&
           QChar::joiningType(lastOf(before)) == QChar::Joining_Transparent &&
           QChar::combiningClass(lastOf(before)) != kVirama) {
        before.chop(lastOf(before) > 0xffff ? 2 : 1); // vowel signs stand above their letter
    }
    const bool isInEmoji = joiner == kZeroWidthJoiner && isEndOfEmoji(lastOf(before)) &&
                           QChar::category(behind) == QChar::Symbol_Other;
    return !isInvisible(behind) && (isInEmoji || isJoinable(lastOf(before), behind));
}

} // namespace

bool isMeantJoiner(QStringView text, qsizetype at)
{
    const char16_t c = text.at(at).unicode();
    return (c == kZeroWidthJoiner || c == kZeroWidthNonJoiner) &&
           isMeant(c, text.first(at), text.sliced(at + 1));
}

QString withPlainCharacters(QStringView name)
{
    QString out;
    out.reserve(name.size());
    for (qsizetype at = 0; at < name.size();) {
        const char32_t c = takeCharacter(name, &at);
        const bool isJoiner = c == kZeroWidthJoiner || c == kZeroWidthNonJoiner;
        if (isJoiner && isMeant(c, out, name.sliced(at))) {
            out += QChar(char16_t(c));
            continue;
        }
        if (isInvisible(c)) {
            continue;
        }
        if (QChar::category(c) == QChar::Separator_Space) {
            if (!out.endsWith(u' ')) {
                out += u' ';
            }
        } else if (isForbiddenElsewhere(c)) {
            out += u'_';
        } else {
            out += QStringView(QChar::fromUcs4(c));
        }
    }
    return out;
}

} // namespace core
