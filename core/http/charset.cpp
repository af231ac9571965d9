// SPDX-License-Identifier: Apache-2.0
#include "core/http/charset.h"

#include "core/http/grammar.h"

#include <algorithm>
#include <array>
#include <iconv.h>

namespace core {

namespace {

/// What windows-1252 has where ISO-8859-1 has control characters; 0 where it has nothing.
constexpr std::array<char16_t, 32> kWindows1252{
    0x20ac, 0,      0x201a, 0x0192, 0x201e, 0x2026, 0x2020, 0x2021, 0x02c6, 0x2030, 0x0160,
    0x2039, 0x0152, 0,      0x017d, 0,      0,      0x2018, 0x2019, 0x201c, 0x201d, 0x2022,
    0x2013, 0x2014, 0x02dc, 0x2122, 0x0161, 0x203a, 0x0153, 0,      0x017e, 0x0178,
};

QString windows1252Text(QByteArrayView bytes)
{
    QString out = QString::fromLatin1(bytes);
    for (QChar &c : out) {
        if (c.unicode() >= 0x80 && c.unicode() < 0xa0 && kWindows1252.at(c.unicode() - 0x80) != 0) {
            c = QChar(kWindows1252.at(c.unicode() - 0x80));
        }
    }
    return out;
}

/// A label without case and punctuation, and how iconv calls the coding. Nothing else is handed to
/// iconv: the label comes from a server.
struct CharsetRow {
    const char *label;
    const char *coding;
};

// clang-format off
constexpr std::array kCharsets{
    CharsetRow{"big5", "BIG5-HKSCS"},     CharsetRow{"big5hkscs", "BIG5-HKSCS"}, CharsetRow{"cnbig5", "BIG5-HKSCS"},
    CharsetRow{"csbig5", "BIG5-HKSCS"},   CharsetRow{"xxbig5", "BIG5-HKSCS"},    CharsetRow{"cp950", "BIG5-HKSCS"},
    CharsetRow{"eucjp", "EUC-JP-MS"},     CharsetRow{"xeucjp", "EUC-JP-MS"},     CharsetRow{"ujis", "EUC-JP-MS"},
    CharsetRow{"iso2022jp", "ISO-2022-JP"}, CharsetRow{"csiso2022jp", "ISO-2022-JP"},
    CharsetRow{"shiftjis", "CP932"},      CharsetRow{"sjis", "CP932"},           CharsetRow{"xsjis", "CP932"},
    CharsetRow{"mskanji", "CP932"},       CharsetRow{"csshiftjis", "CP932"},     CharsetRow{"windows31j", "CP932"},
    CharsetRow{"ms932", "CP932"},         CharsetRow{"cp932", "CP932"},
    CharsetRow{"euckr", "UHC"},           CharsetRow{"cseuckr", "UHC"},          CharsetRow{"korean", "UHC"},
    CharsetRow{"ksc5601", "UHC"},         CharsetRow{"ksc56011987", "UHC"},      CharsetRow{"ksc56011989", "UHC"},
    CharsetRow{"windows949", "UHC"},      CharsetRow{"cp949", "UHC"},            CharsetRow{"uhc", "UHC"},
    CharsetRow{"gbk", "GB18030"},         CharsetRow{"xgbk", "GB18030"},         CharsetRow{"gb18030", "GB18030"},
    CharsetRow{"gb2312", "GB18030"},      CharsetRow{"gb231280", "GB18030"},     CharsetRow{"csgb2312", "GB18030"},
    CharsetRow{"euccn", "GB18030"},       CharsetRow{"chinese", "GB18030"},      CharsetRow{"cp936", "GB18030"},
    CharsetRow{"windows936", "GB18030"},  CharsetRow{"ms936", "GB18030"},
    CharsetRow{"koi8r", "KOI8-R"},        CharsetRow{"koi8", "KOI8-R"},          CharsetRow{"koi", "KOI8-R"},
    CharsetRow{"cskoi8r", "KOI8-R"},      CharsetRow{"koi8u", "KOI8-U"},
    CharsetRow{"ibm866", "IBM866"},       CharsetRow{"cp866", "IBM866"},         CharsetRow{"866", "IBM866"},
    CharsetRow{"ibm437", "IBM437"},       CharsetRow{"cp437", "IBM437"},
    CharsetRow{"ibm850", "IBM850"},       CharsetRow{"cp850", "IBM850"},
    CharsetRow{"ibm852", "IBM852"},       CharsetRow{"cp852", "IBM852"},
    CharsetRow{"macintosh", "MACINTOSH"}, CharsetRow{"xmacroman", "MACINTOSH"},  CharsetRow{"macroman", "MACINTOSH"},
    CharsetRow{"tis620", "CP874"},        CharsetRow{"windows874", "CP874"},     CharsetRow{"iso885911", "CP874"},
    CharsetRow{"cp874", "CP874"},
    CharsetRow{"latin2", "ISO8859-2"},    CharsetRow{"latin3", "ISO8859-3"},     CharsetRow{"latin4", "ISO8859-4"},
    CharsetRow{"cyrillic", "ISO8859-5"},  CharsetRow{"arabic", "ISO8859-6"},     CharsetRow{"greek", "ISO8859-7"},
    CharsetRow{"hebrew", "ISO8859-8"},    CharsetRow{"latin5", "CP1254"},        CharsetRow{"iso88599", "CP1254"},
    CharsetRow{"latin6", "ISO8859-10"},   CharsetRow{"latin9", "ISO8859-15"},
};
constexpr std::array kUtf8Labels{"utf8", "unicode11utf8", "xunicode20utf8", "usascii", "ascii", "ansix341968"};
constexpr std::array kLatinLabels{"iso88591", "latin1", "l1", "iso885911987", "windows1252", "cp1252", "xcp1252", "win1252", "cp819", "ibm819"};
/// Those that are called by number: what comes before it, and how iconv calls the family.
constexpr std::array kFamilies{
    CharsetRow{"windows125", "CP125"}, CharsetRow{"cp125", "CP125"}, CharsetRow{"xcp125", "CP125"}, CharsetRow{"win125", "CP125"},
    CharsetRow{"iso8859", "ISO8859-"},
};
// clang-format on

QByteArray plainLabel(QByteArrayView charset)
{
    QByteArray label;
    for (const char c : charset) {
        if (isAlpha(c) || isDigit(c)) {
            label += c;
        }
    }
    return label.toLower();
}

/// How iconv calls it; empty for what is not known.
QByteArray codingOf(const QByteArray &label)
{
    const auto row = std::ranges::find_if(
        kCharsets, [&label](const CharsetRow &each) { return label == each.label; });
    if (row != kCharsets.end()) {
        return row->coding;
    }
    for (const CharsetRow &family : kFamilies) {
        const QByteArray number = label.mid(qsizetype(qstrlen(family.label)));
        if (label.startsWith(family.label) && parseDecimal(number, 16)) {
            return family.coding + number;
        }
    }
    return {};
}

/// iconv_open() and iconv_close().
class Converter {
public:
    explicit Converter(const QByteArray &coding)
        : m_converter(::iconv_open("UTF-8", coding.constData()))
    {
    }
    ~Converter()
    {
        if (isOpen()) {
            ::iconv_close(m_converter);
        }
    }
    Q_DISABLE_COPY_MOVE(Converter)

    [[nodiscard]] std::optional<QString> text(QByteArrayView bytes) const
    {
        constexpr size_t kMostBytesOfOne = 8;
        QByteArray in = bytes.toByteArray();
        QByteArray out(qsizetype(kMostBytesOfOne) * (in.size() + 1), Qt::Uninitialized);
        char *from = in.data();
        char *to = out.data();
        auto left = size_t(in.size());
        auto room = size_t(out.size());
        if (!isOpen() || ::iconv(m_converter, &from, &left, &to, &room) == size_t(-1) ||
            ::iconv(m_converter, nullptr, nullptr, &to, &room) == size_t(-1)) {
            return std::nullopt;
        }
        return QString::fromUtf8(out.constData(), out.size() - qsizetype(room));
    }

private:
    [[nodiscard]] bool isOpen() const
    {
        // NOLINTNEXTLINE(performance-no-int-to-ptr): what iconv_open() returns for an error
        return m_converter != reinterpret_cast<iconv_t>(-1);
    }

    iconv_t m_converter;
};

} // namespace

std::optional<QString> decodedAs(QByteArrayView charset, QByteArrayView bytes)
{
    const QByteArray label = plainLabel(charset);
    if (std::ranges::find(kUtf8Labels, label) != kUtf8Labels.end()) {
        return bytes.isValidUtf8() ? std::optional(QString::fromUtf8(bytes)) : std::nullopt;
    }
    if (std::ranges::find(kLatinLabels, label) != kLatinLabels.end()) {
        return windows1252Text(bytes);
    }
    const QByteArray coding = codingOf(label);
    return coding.isEmpty() ? std::nullopt : Converter(coding).text(bytes);
}

QString textOf(QByteArrayView bytes)
{
    return bytes.isValidUtf8() ? QString::fromUtf8(bytes) : windows1252Text(bytes);
}

} // namespace core
