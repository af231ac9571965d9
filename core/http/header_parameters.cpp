// SPDX-License-Identifier: Apache-2.0
#include "core/http/header_parameters.h"

#include "core/http/grammar.h"

namespace core {

namespace {

/// A field that has more is not about a file name any more.
constexpr qsizetype kMaxParameters = 64;

bool isSeparator(char c)
{
    return c == ';' || c == ',' || isOws(c);
}

qsizetype skip(QByteArrayView text, qsizetype at, bool (*isSkipped)(char))
{
    while (at < text.size() && isSkipped(text.at(at))) {
        ++at;
    }
    return at;
}

qsizetype find(QByteArrayView text, qsizetype at, QByteArrayView delimiters)
{
    while (at < text.size() && !delimiters.contains(text.at(at))) {
        ++at;
    }
    return at;
}

/// Backslashes that stand before a quote or a backslash escape it, in a path as well.
bool isEscape(QByteArrayView text, qsizetype at)
{
    return text.at(at) == '\\' && at + 1 < text.size() &&
           (text.at(at + 1) == '"' || text.at(at + 1) == '\\');
}

/// The quote that ends the text which begins at `from`: the first that only a separator or the end
/// follows, else the first of all, else none (-1).
qsizetype closingQuote(QByteArrayView text, qsizetype from)
{
    qsizetype firstQuote = -1;
    for (qsizetype at = from; at < text.size(); ++at) {
        if (isEscape(text, at)) {
            ++at;
        } else if (text.at(at) == '"') {
            const qsizetype next = skip(text, at + 1, isOws);
            if (next == text.size() || text.at(next) == ';' || text.at(next) == ',') {
                return at;
            }
            firstQuote = firstQuote < 0 ? at : firstQuote;
        }
    }
    // A path that ends in a backslash, quoted by somebody who knows no escapes.
    if (firstQuote < 0 && text.size() > from && text.back() == '"') {
        return text.size() - 1;
    }
    return firstQuote;
}

/// "C:\\dir" or "\\\\server": of somebody who knows no escapes.
bool isForeignPath(QByteArrayView text)
{
    return text.startsWith("\\\\") ||
           (text.size() > 2 && isAlpha(text.front()) && text.sliced(1).startsWith(":\\"));
}

/// A backslash quotes whatever follows (RFC 9110, 5.6.4), but for the separators of a path.
QByteArray unescaped(QByteArrayView text)
{
    const bool isPath = isForeignPath(text);
    QByteArray out;
    out.reserve(text.size());
    for (qsizetype at = 0; at < text.size(); ++at) {
        const bool isQuoted = isPath ? isEscape(text, at) : text.at(at) == '\\';
        if (isQuoted && at + 1 < text.size()) {
            ++at;
        }
        out += text.at(at);
    }
    return out;
}

/// Reads the value at the place, and moves it to the separator behind.
HeaderParameter readValue(QByteArrayView text, qsizetype *at)
{
    if (*at < text.size() && text.at(*at) == '"') {
        const qsizetype begin = *at + 1;
        const qsizetype end = closingQuote(text, begin);
        if (end >= 0) {
            *at = find(text, end, ";,");
            return {
                .name = {}, .value = unescaped(text.sliced(begin, end - begin)), .isQuoted = true};
        }
        *at = begin; // nothing closes it: as if it were not there
    }
    const qsizetype begin = *at;
    *at = find(text, begin, ";");
    return {.name = {}, .value = trimmedOws(text.sliced(begin, *at - begin)).toByteArray()};
}

/// The first word, unless it is the name of a parameter already.
qsizetype skipFirstWord(QByteArrayView field)
{
    const qsizetype end = find(field, skip(field, 0, isOws), "=;, \t");
    const qsizetype next = skip(field, end, isOws);
    return next < field.size() && field.at(next) == '=' ? 0 : end;
}

/// "attachment filename" is what is left in front of "=" where a semicolon is missing, and
/// "filename *" where somebody likes air.
QByteArray nameIn(QByteArrayView text)
{
    text = trimmedOws(text);
    const bool isExtended = text.endsWith('*');
    if (isExtended) {
        text = trimmedOws(text.chopped(1));
    }
    qsizetype begin = text.size();
    while (begin > 0 && !isSeparator(text.at(begin - 1))) {
        --begin;
    }
    return text.sliced(begin).toByteArray().toLower() + (isExtended ? "*" : "");
}

} // namespace

QList<HeaderParameter> parseHeaderParameters(QByteArrayView field)
{
    QList<HeaderParameter> out;
    qsizetype at = skip(field, skipFirstWord(field), isSeparator);
    while (at < field.size() && out.size() < kMaxParameters) {
        const qsizetype end = find(field, at, "=;");
        if (end < field.size() && field.at(end) == '=') {
            const QByteArray name = nameIn(field.sliced(at, end - at));
            at = skip(field, end + 1, isOws);
            HeaderParameter parameter = readValue(field, &at);
            parameter.name = name;
            out += parameter;
        } else {
            at = end;
        }
        at = skip(field, at, isSeparator);
    }
    return out;
}

} // namespace core
