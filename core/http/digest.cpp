// SPDX-License-Identifier: Apache-2.0
#include "core/http/digest.h"

#include "core/http/grammar.h"
#include "core/http/headers.h"

#include <algorithm>
#include <array>

namespace core {

namespace {

struct AlgorithmRow {
    const char *name;
    StatedDigest::Algorithm algorithm;
    qsizetype bytes;
};

/// Weakest first.
constexpr std::array kAlgorithms{
    AlgorithmRow{"sha-256", StatedDigest::Algorithm::Sha256, 32},
    AlgorithmRow{"sha-512", StatedDigest::Algorithm::Sha512, 64},
};

/// A key of RFC 8941, 3.1.2: lcalpha or "*" first.
bool isKey(QByteArrayView name)
{
    const auto isKeyChar = [](char c) {
        return (c >= 'a' && c <= 'z') || isDigit(c) || c == '_' || c == '-' || c == '.' || c == '*';
    };
    return !name.isEmpty() && !isDigit(name.front()) && name.front() != '-' &&
           name.front() != '.' && name.front() != '_' && std::ranges::all_of(name, isKeyChar);
}

bool isBase64(QByteArrayView text)
{
    const auto isDigit64 = [](char c) { return isAlpha(c) || isDigit(c) || c == '+' || c == '/'; };
    const qsizetype padding = std::ranges::count(text, '=');
    const QByteArrayView digits = text.chopped(std::min<qsizetype>(padding, text.size()));
    return padding <= 2 && std::ranges::all_of(digits, isDigit64) && text.size() % 4 == 0;
}

std::optional<StatedDigest> digestOf(const AlgorithmRow &row, QByteArrayView base64)
{
    if (!isBase64(base64)) {
        return std::nullopt;
    }
    const QByteArray bytes = QByteArray::fromBase64(base64.toByteArray());
    return bytes.size() == row.bytes ? std::optional(StatedDigest{row.algorithm, bytes.toHex()})
                                     : std::nullopt;
}

/// The next comma that is not within quotation marks, of a parameter say.
qsizetype nextComma(QByteArrayView field, qsizetype from)
{
    bool isQuoted = false;
    for (qsizetype at = from; at < field.size(); ++at) {
        if (field.at(at) == '"') {
            isQuoted = !isQuoted;
        } else if (field.at(at) == '\\' && isQuoted) {
            ++at;
        } else if (field.at(at) == ',' && !isQuoted) {
            return at;
        }
    }
    return -1;
}

/// Splits at the commas.
template <typename Read>
std::optional<StatedDigest> strongest(QByteArrayView field, Read read)
{
    if (!isFieldValue(field)) {
        return std::nullopt;
    }
    std::optional<StatedDigest> best;
    qsizetype from = 0;
    while (from <= field.size()) {
        const qsizetype comma = nextComma(field, from);
        const qsizetype end = comma < 0 ? field.size() : comma;
        const QByteArrayView member = trimmedOws(field.sliced(from, end - from));
        const qsizetype equals = member.indexOf('=');
        if (equals <= 0) {
            return std::nullopt;
        }
        const auto digest = read(member.first(equals), member.sliced(equals + 1));
        if (!digest) {
            return std::nullopt; // broken
        }
        // Of the same name the last one counts (RFC 8941, 3.2).
        if (*digest && (!best || (*digest)->algorithm >= best->algorithm)) {
            best = *digest;
        }
        from = end + 1;
    }
    return best;
}

/// What a member gives: broken, nothing that we know, or a digest.
using Read = std::optional<std::optional<StatedDigest>>;

const AlgorithmRow *rowOf(QByteArrayView name)
{
    const auto row = std::ranges::find_if(
        kAlgorithms, [name](const AlgorithmRow &each) { return name == each.name; });
    return row == kAlgorithms.end() ? nullptr : &*row;
}

Read known(const AlgorithmRow *row, QByteArrayView base64)
{
    if (row == nullptr) {
        return std::optional<StatedDigest>();
    }
    const auto digest = digestOf(*row, base64);
    return digest ? Read(digest) : std::nullopt;
}

} // namespace

std::optional<StatedDigest> parseReprDigest(QByteArrayView value)
{
    return strongest(value, [](QByteArrayView name, QByteArrayView item) -> Read {
        const qsizetype end = item.startsWith(':') ? item.indexOf(':', 1) : -1;
        const QByteArrayView behind = end < 0 ? item : trimmedOws(item.sliced(end + 1));
        // Parameters may follow (RFC 8941, 3.1.2); none is known.
        const bool isSequence = end > 0 && (behind.isEmpty() || behind.front() == ';');
        if (!isKey(name) || !isSequence) {
            return std::nullopt;
        }
        const QByteArrayView base64 = item.sliced(1, end - 1);
        return isBase64(base64) ? known(rowOf(name), base64) : std::nullopt;
    });
}

std::optional<StatedDigest> parseInstanceDigest(QByteArrayView value)
{
    return strongest(value, [](QByteArrayView name, QByteArrayView item) -> Read {
        if (!std::ranges::all_of(name, isTokenChar) || item.isEmpty()) {
            return std::nullopt;
        }
        return known(rowOf(name.toByteArray().toLower()), item);
    });
}

} // namespace core
