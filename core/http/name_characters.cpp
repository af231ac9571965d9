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

} // namespace

QString withPlainCharacters(QStringView name)
{
    QString out;
    out.reserve(name.size());
    for (qsizetype at = 0; at < name.size();) {
        const char32_t c = takeCharacter(name, &at);
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
