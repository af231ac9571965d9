// SPDX-License-Identifier: Apache-2.0
#include "core/http/web_page.h"

#include "core/http/grammar.h"

#include <QStringDecoder>

#include <algorithm>
#include <array>
#include <optional>
#include <utility>

namespace core {

namespace {

constexpr qsizetype kMaxTitle = 120;

constexpr std::array kPageBeginnings{QByteArrayView("<!doctype html"), QByteArrayView("<html"),
                                     QByteArrayView("<head"),          QByteArrayView("<body"),
                                     QByteArrayView("<script"),        QByteArrayView("<title"),
                                     QByteArrayView("<meta")};

/// What programs that make pages are called by, besides the pages themselves.
constexpr std::array kPageEndings{"html",  "htm", "xhtml", "shtml", "php", "php5",
                                  "phtml", "asp", "aspx",  "ashx",  "jsp", "jspx",
                                  "do",    "cgi", "pl",    "cfm",   "xht", "mhtml"};

/// UTF-8 as most pages are; a page that is not reads as Latin-1, which is wrong at worst for some
/// letters of a line that is only looked at.
QString decoded(const QByteArray &html)
{
    QStringDecoder utf8(QStringDecoder::Utf8);
    const QString text = utf8.decode(html);
    return utf8.hasError() ? QString::fromLatin1(html) : text;
}

std::optional<char32_t> characterOf(QStringView entity)
{
    static constexpr std::array<std::pair<QLatin1StringView, char32_t>, 6> kNamed{{
        {QLatin1StringView("amp"), U'&'},
        {QLatin1StringView("lt"), U'<'},
        {QLatin1StringView("gt"), U'>'},
        {QLatin1StringView("quot"), U'"'},
        {QLatin1StringView("apos"), U'\''},
        {QLatin1StringView("nbsp"), U' '},
    }};
    for (const auto &[name, character] : kNamed) {
        if (entity == name) {
            return character;
        }
    }
    if (!entity.startsWith(u'#')) {
        return std::nullopt;
    }
    const bool isHex = entity.startsWith(u"#x", Qt::CaseInsensitive);
    bool isNumber = false;
    const uint code = entity.mid(isHex ? 2 : 1).toUInt(&isNumber, isHex ? 16 : 10);
    const bool isCharacter = isNumber && code > 0 && code <= 0x10ffff && !QChar::isSurrogate(code);
    return isCharacter ? std::optional<char32_t>(code) : std::nullopt;
}

QString withoutEntities(QStringView text)
{
    constexpr qsizetype kLongestEntity = 8;
    QString out;
    for (qsizetype at = 0; at < text.size(); ++at) {
        if (text.at(at) == u'&') {
            const qsizetype end = text.indexOf(u';', at);
            const bool isShort = end > at && end - at - 1 <= kLongestEntity;
            const auto character =
                isShort ? characterOf(text.mid(at + 1, end - at - 1)) : std::nullopt;
            if (character) {
                out += QChar::fromUcs4(*character);
                at = end;
                continue;
            }
        }
        out += text.at(at);
    }
    return out;
}

/// What cannot be seen, or turns round what can be, has no place in a sentence of ours.
QString onOneLine(const QString &text)
{
    QString line;
    for (const QChar c : text) {
        const bool isHidden = c.category() == QChar::Other_Format ||
                              c.category() == QChar::Other_PrivateUse ||
                              (c.category() == QChar::Other_Control && !c.isSpace());
        if (!isHidden) {
            line += c;
        }
    }
    line = line.simplified();
    if (line.size() > kMaxTitle) {
        line.truncate(kMaxTitle - 1);
        if (line.back().isHighSurrogate()) {
            line.chop(1);
        }
        line += u'…';
    }
    return line;
}

} // namespace

bool isWebPageType(QByteArrayView contentType)
{
    const qsizetype semicolon = contentType.indexOf(';');
    const QByteArray type = trimmedOws(semicolon < 0 ? contentType : contentType.first(semicolon))
                                .toByteArray()
                                .toLower();
    return type == "text/html" || type == "application/xhtml+xml";
}

bool beginsAsWebPage(const QByteArray &bytes)
{
    QByteArrayView rest = bytes;
    if (rest.startsWith("\xef\xbb\xbf")) {
        rest = rest.sliced(3);
    }
    while (true) {
        rest = rest.trimmed();
        if (!rest.startsWith("<!--")) {
            break;
        }
        const qsizetype end = rest.indexOf("-->");
        if (end < 0) {
            return false;
        }
        rest = rest.sliced(end + 3);
    }
    return std::ranges::any_of(kPageBeginnings, [&rest](QByteArrayView beginning) {
        return rest.size() > beginning.size() &&
               rest.first(beginning.size()).compare(beginning, Qt::CaseInsensitive) == 0 &&
               !isAlpha(rest.at(beginning.size()));
    });
}

bool asksForPassword(const QByteArray &html)
{
    const QByteArray page = html.first(std::min<qsizetype>(html.size(), kSniffedBytes)).toLower();
    return page.contains("type=\"password\"") || page.contains("type='password'") ||
           page.contains("type=password");
}

bool isNameOfFile(const QString &name)
{
    constexpr qsizetype kLongestEnding = 5;
    const qsizetype dot = name.lastIndexOf(u'.');
    const QString ending = dot <= 0 ? QString() : name.sliced(dot + 1).toLower();
    const bool isEnding = !ending.isEmpty() && ending.size() <= kLongestEnding &&
                          std::ranges::any_of(ending, [](QChar c) { return c.isLetter(); }) &&
                          std::ranges::all_of(ending, [](QChar c) { return c.isLetterOrNumber(); });
    return isEnding && std::ranges::none_of(kPageEndings, [&ending](const char *page) {
               return ending == QLatin1StringView(page);
           });
}

QString pageTitle(const QByteArray &html)
{
    const QString page = decoded(html.first(std::min<qsizetype>(html.size(), kSniffedBytes)));
    const qsizetype open = page.indexOf(QLatin1StringView("<title"), 0, Qt::CaseInsensitive);
    const qsizetype begin = open < 0 ? -1 : page.indexOf(u'>', open);
    if (begin < 0) {
        return {};
    }
    const qsizetype end = page.indexOf(u'<', begin);
    const QStringView inside = QStringView(page).mid(begin + 1, end < 0 ? -1 : end - begin - 1);
    return onOneLine(withoutEntities(inside));
}

} // namespace core
