// SPDX-License-Identifier: Apache-2.0
#include "core/http/content_disposition.h"

#include "core/http/encoded_word.h"
#include "core/http/header_parameters.h"
#include "core/http/percent.h"

#include <algorithm>

namespace core {

namespace {

/// What comes behind is not read.
constexpr qsizetype kMaxFieldLength = 16'384;
constexpr int kMaxContinuations = 32;

std::optional<QString> nonEmpty(const std::optional<QString> &text)
{
    return text && !text->trimmed().isEmpty() ? std::optional(text->trimmed()) : std::nullopt;
}

/// charset'language'text with %XX (RFC 8187). Nothing when the charset is not said or not known.
std::optional<QString> extendedText(QByteArrayView value)
{
    const qsizetype language = value.indexOf('\'');
    const qsizetype text = language < 0 ? -1 : value.indexOf('\'', language + 1);
    if (text < 0) {
        return std::nullopt;
    }
    return decodedAs(value.first(language), percentDecoded(value.sliced(text + 1)));
}

QByteArrayView withoutSingleQuotes(QByteArrayView value)
{
    const bool isEnclosed = value.size() >= 2 && value.front() == '\'' && value.back() == '\'';
    return isEnclosed ? value.sliced(1, value.size() - 2) : value;
}

/// A plain filename, which says nothing of its coding: encoded words and percent signs are taken
/// for what they look like, bytes above ASCII for UTF-8 when they are that.
std::optional<QString> plainText(const HeaderParameter &parameter)
{
    const QByteArrayView value =
        parameter.isQuoted ? QByteArrayView(parameter.value) : withoutSingleQuotes(parameter.value);
    if (hasEncodedWord(value)) {
        return decodedWords(value);
    }
    if (isPercentEncoded(value)) {
        const QByteArray decoded = percentDecoded(value);
        if (decoded.isValidUtf8()) {
            return QString::fromUtf8(decoded);
        }
    }
    return textOf(value);
}

const HeaderParameter *find(const QList<HeaderParameter> &parameters, const QByteArray &name)
{
    const auto found = std::ranges::find(parameters, name, &HeaderParameter::name);
    return found == parameters.end() ? nullptr : &*found;
}

/// filename*0, filename*1*, …: the pieces of RFC 2231. The first names the charset for all.
std::optional<QString> continuedText(const QList<HeaderParameter> &parameters)
{
    QByteArray bytes;
    std::optional<QByteArray> charset;
    int count = 0;
    for (; count < kMaxContinuations; ++count) {
        const QByteArray name = "filename*" + QByteArray::number(count);
        if (const HeaderParameter *plain = find(parameters, name)) {
            bytes += plain->value;
            continue;
        }
        const HeaderParameter *extended = find(parameters, name + '*');
        if (!extended) {
            break;
        }
        QByteArrayView value = extended->value;
        if (count == 0) {
            const qsizetype language = value.indexOf('\'');
            const qsizetype text = language < 0 ? -1 : value.indexOf('\'', language + 1);
            if (text < 0) {
                return std::nullopt;
            }
            charset = value.first(language).toByteArray();
            value = value.sliced(text + 1);
        }
        bytes += percentDecoded(value);
    }
    if (count == 0) {
        return std::nullopt;
    }
    return charset ? decodedAs(*charset, bytes) : textOf(bytes);
}

} // namespace

std::optional<QString> fileNameIn(const QByteArray &contentDisposition)
{
    const QList<HeaderParameter> parameters =
        parseHeaderParameters(QByteArrayView(contentDisposition)
                                  .first(std::min(contentDisposition.size(), kMaxFieldLength)));
    for (const HeaderParameter &parameter : parameters) {
        if (parameter.name == "filename*") {
            if (const auto name = nonEmpty(extendedText(parameter.value))) {
                return name;
            }
        }
    }
    if (const auto name = nonEmpty(continuedText(parameters))) {
        return name;
    }
    if (const HeaderParameter *plain = find(parameters, "filename")) {
        if (const auto name = nonEmpty(plainText(*plain))) {
            return name;
        }
    }
    // filename* without its charset is only worth something where nothing else is.
    const HeaderParameter *broken = find(parameters, "filename*");
    return broken && !broken->value.contains('\'') ? nonEmpty(plainText(*broken)) : std::nullopt;
}

} // namespace core
