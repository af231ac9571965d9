// SPDX-License-Identifier: Apache-2.0
#include "core/http/encoded_word.h"

#include "core/http/charset.h"
#include "core/http/grammar.h"
#include "core/http/percent.h"

#include <algorithm>

namespace core {

namespace {

/// One =?charset?coding?text?=, in the text from `begin` to `end`.
struct EncodedWord {
    qsizetype begin = 0;
    qsizetype end = 0;
    QByteArrayView charset; ///< without the language that RFC 2231 lets follow after "*"
    char coding = 0;
    QByteArrayView text;
};

std::optional<EncodedWord> nextWord(QByteArrayView text, qsizetype from)
{
    const qsizetype begin = text.indexOf("=?", from);
    if (begin < 0) {
        return std::nullopt;
    }
    const qsizetype coding = text.indexOf('?', begin + 2);
    if (coding < 0 || coding + 2 >= text.size() || text.at(coding + 2) != '?') {
        return std::nullopt;
    }
    const qsizetype end = text.indexOf("?=", coding + 3);
    if (end < 0) {
        return std::nullopt;
    }
    const QByteArrayView charset = text.sliced(begin + 2, coding - begin - 2);
    const qsizetype language = charset.indexOf('*');
    return EncodedWord{
        .begin = begin,
        .end = end + 2,
        .charset = language < 0 ? charset : charset.first(language),
        .coding = text.at(coding + 1),
        .text = text.sliced(coding + 3, end - coding - 3),
    };
}

/// The Q coding is that of URLs with = for % and _ for a space.
QByteArray decodedQ(QByteArrayView text)
{
    QByteArray escaped;
    for (const char c : text) {
        if (c == '%') {
            escaped += "%25";
        } else if (c == '=') {
            escaped += '%';
        } else {
            escaped += c == '_' ? ' ' : c;
        }
    }
    return percentDecoded(escaped);
}

std::optional<QByteArray> bytesOf(const EncodedWord &word)
{
    if (word.coding == 'Q' || word.coding == 'q') {
        return decodedQ(word.text);
    }
    if (word.coding != 'B' && word.coding != 'b') {
        return std::nullopt;
    }
    const auto decoded = QByteArray::fromBase64Encoding(word.text.toByteArray(),
                                                        QByteArray::AbortOnBase64DecodingErrors);
    return decoded ? std::optional(*decoded) : std::nullopt;
}

bool isBlank(QByteArrayView text)
{
    return std::ranges::all_of(text, isOws);
}

} // namespace

bool hasEncodedWord(QByteArrayView text)
{
    return nextWord(text, 0).has_value();
}

std::optional<QString> decodedWords(QByteArrayView text)
{
    QString out;
    QByteArray bytes; // of the words that follow each other
    QByteArrayView charset;
    qsizetype at = 0;
    for (auto word = nextWord(text, 0); word; word = nextWord(text, at)) {
        const QByteArrayView between = text.sliced(at, word->begin - at);
        const auto decoded = bytesOf(*word);
        if (!decoded) {
            return std::nullopt;
        }
        const bool goesOn = at > 0 && isBlank(between) && isSame(charset, word->charset);
        if (!goesOn) {
            const auto finished = decodedAs(at > 0 ? charset : "utf-8", bytes);
            if (!finished) {
                return std::nullopt;
            }
            out += *finished;
            out += at > 0 && isBlank(between) ? QString() : textOf(between);
            bytes.clear();
            charset = word->charset;
        }
        bytes += *decoded;
        at = word->end;
    }
    const auto finished = decodedAs(at > 0 ? charset : "utf-8", bytes);
    return finished ? std::optional(out + *finished + textOf(text.sliced(at))) : std::nullopt;
}

} // namespace core
