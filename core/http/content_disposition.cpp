// SPDX-License-Identifier: Apache-2.0
#include "core/http/content_disposition.h"

#include "core/http/charset.h"
#include "core/http/encoded_word.h"
#include "core/http/grammar.h"
#include "core/http/header_parameters.h"
#include "core/http/percent.h"

#include <algorithm>
#include <array>
#include <optional>

namespace core {

namespace {

/// What comes behind is not read.
constexpr qsizetype kMaxFieldLength = 16'384;
constexpr int kMaxContinuations = 32;

/// charset'language'text with %XX (RFC 8187).
struct ExtendedValue {
    QByteArrayView charset;
    QByteArrayView text;
};

/// Nothing when the charset is not said.
std::optional<ExtendedValue> extendedValue(QByteArrayView value)
{
    const qsizetype language = value.indexOf('\'');
    const qsizetype text = language < 0 ? -1 : value.indexOf('\'', language + 1);
    if (text < 0) {
        return std::nullopt;
    }
    return ExtendedValue{value.first(language), value.sliced(text + 1)};
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

/// Of filename*: good, or broken and only worth something where nothing else is.
enum class Form { Good, Broken };

std::optional<QString> extendedText(const HeaderParameter &parameter, Form wanted)
{
    const auto value = extendedValue(parameter.value);
    if (!value) {
        const bool isPlain = !parameter.value.contains('\'');
        return isPlain && wanted == Form::Broken ? plainText(parameter) : std::nullopt;
    }
    const bool isGood = !value->text.contains('%') || isPercentEncoded(value->text);
    if (isGood != (wanted == Form::Good)) {
        return std::nullopt;
    }
    return decodedAs(value->charset, percentDecoded(value->text));
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
            const auto first = extendedValue(value);
            if (!first) {
                return std::nullopt;
            }
            charset = first->charset.toByteArray();
            value = first->text;
        }
        bytes += percentDecoded(value);
    }
    if (count == 0) {
        return std::nullopt;
    }
    return charset ? decodedAs(*charset, bytes) : textOf(bytes);
}

/// Whether a field begins at this comma that was joined to the one before.
bool isBeginOfField(QByteArrayView text, qsizetype comma)
{
    static constexpr std::array<QByteArrayView, 3> kTypes{"attachment", "inline", "form-data"};
    const QByteArrayView rest = trimmedOws(text.sliced(comma + 1));
    return std::ranges::any_of(kTypes, [rest](QByteArrayView type) {
        if (rest.size() < type.size() || !isSame(rest.first(type.size()), type)) {
            return false;
        }
        const QByteArrayView behind = trimmedOws(rest.sliced(type.size()));
        return behind.isEmpty() || behind.front() == ';';
    });
}

/// Several fields of one name arrive joined by commas (RFC 9110, 5.3).
QList<QByteArrayView> fieldsIn(QByteArrayView joined)
{
    QList<QByteArrayView> fields;
    qsizetype begin = 0;
    qsizetype quotesBehind = joined.count('"');
    qsizetype quotes = 0; // of the field, up to here
    for (qsizetype at = 0; at < joined.size(); ++at) {
        if (joined.at(at) == '"') {
            ++quotes;
            --quotesBehind;
        }
        const bool mayBeQuoted = quotes % 2 == 1 && quotesBehind % 2 == 1;
        if (joined.at(at) == ',' && !mayBeQuoted && isBeginOfField(joined, at)) {
            fields += joined.sliced(begin, at - begin);
            begin = at + 1;
            quotes = 0;
        }
    }
    return fields << joined.sliced(begin);
}

void appendNames(QByteArrayView field, QStringList *names)
{
    const QList<HeaderParameter> parameters = parseHeaderParameters(field);
    const auto append = [names](const std::optional<QString> &text) {
        if (text && !text->trimmed().isEmpty()) {
            names->append(text->trimmed());
        }
    };
    const auto appendExtended = [&](Form form) {
        for (const HeaderParameter &parameter : parameters) {
            if (parameter.name == "filename*") {
                append(extendedText(parameter, form));
            }
        }
    };
    appendExtended(Form::Good);
    append(continuedText(parameters));
    for (const HeaderParameter &parameter : parameters) {
        if (parameter.name == "filename") {
            append(plainText(parameter));
        }
    }
    appendExtended(Form::Broken);
}

} // namespace

QStringList fileNamesIn(const QByteArray &contentDisposition)
{
    QStringList names;
    const auto fields = fieldsIn(QByteArrayView(contentDisposition)
                                     .first(std::min(contentDisposition.size(), kMaxFieldLength)));
    for (const QByteArrayView field : fields) {
        appendNames(field, &names);
    }
    return names;
}

} // namespace core
