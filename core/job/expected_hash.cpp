// SPDX-License-Identifier: Apache-2.0
#include "core/job/expected_hash.h"

#include <QRegularExpression>

#include <algorithm>
#include <array>

namespace core {

namespace {

struct HashRow {
    ExpectedHash::Algorithm algorithm;
    const char *name;
    const char *label;
    int hexDigits;
};

constexpr std::array kHashes{
    HashRow{ExpectedHash::Algorithm::Md5, "md5", "MD5", 32},
    HashRow{ExpectedHash::Algorithm::Sha1, "sha1", "SHA-1", 40},
    HashRow{ExpectedHash::Algorithm::Sha256, "sha256", "SHA-256", 64},
    HashRow{ExpectedHash::Algorithm::Sha512, "sha512", "SHA-512", 128},
    HashRow{ExpectedHash::Algorithm::Blake2b, "blake2b", "BLAKE2b", 128}, // RFC 7693, of 512 bits
};

const HashRow &rowOf(ExpectedHash::Algorithm algorithm)
{
    return *std::ranges::find(kHashes, algorithm, &HashRow::algorithm);
}

bool isHex(QStringView text)
{
    return std::ranges::all_of(text, [](QChar c) {
        const char16_t lower = c.toLower().unicode();
        return (lower >= u'0' && lower <= u'9') || (lower >= u'a' && lower <= u'f');
    });
}

std::optional<ExpectedHash> madeOf(const HashRow &row, QStringView digits)
{
    if (digits.size() != row.hexDigits || !isHex(digits)) {
        return std::nullopt;
    }
    return ExpectedHash{row.algorithm, digits.toString().toLower().toLatin1()};
}

/// The digest of the first algorithm that has so many digits: the one that is usual.
std::optional<ExpectedHash> fromDigits(QStringView digits)
{
    const auto row = std::ranges::find(kHashes, digits.size(), &HashRow::hexDigits);
    return row == kHashes.end() ? std::nullopt : madeOf(*row, digits);
}

} // namespace

std::optional<ExpectedHash> parseExpectedHash(QStringView typed)
{
    const qsizetype colon = typed.indexOf(u':');
    if (colon < 0) {
        return std::nullopt;
    }
    const QString algorithm = typed.first(colon).trimmed().toString().toLower().remove(u'-');
    const auto row = std::ranges::find_if(
        kHashes, [&](const HashRow &each) { return algorithm == QLatin1StringView(each.name); });
    return row == kHashes.end() ? std::nullopt : madeOf(*row, typed.sliced(colon + 1).trimmed());
}

QString text(const ExpectedHash &hash)
{
    return QLatin1StringView(rowOf(hash.algorithm).name) + u':' +
           QString::fromLatin1(hash.digestHex);
}

QString label(ExpectedHash::Algorithm algorithm)
{
    return QString::fromLatin1(rowOf(algorithm).label);
}

std::optional<ExpectedHash> recognizeHash(QStringView pasted)
{
    const QStringView typed = pasted.trimmed();
    if (const auto hash = parseExpectedHash(typed)) {
        return hash;
    }
    static const QRegularExpression kBsd(
        QStringLiteral("^([A-Za-z0-9-]+) ?\\([^\\n]*\\) ?= ?([0-9A-Fa-f]+)$"));
    const QString whole = typed.toString();
    if (const auto bsd = kBsd.match(whole); bsd.hasMatch()) {
        return parseExpectedHash(QString(bsd.captured(1) + u':' + bsd.captured(2)));
    }
    static const QRegularExpression kSpace(QStringLiteral("\\s+"));
    const QStringList words = whole.split(kSpace, Qt::SkipEmptyParts);
    const auto digests = std::ranges::count_if(
        words, [](const QString &word) { return fromDigits(word).has_value(); });
    // One digest and a name, else digits in groups or lines, as some pages print them.
    return digests == 1 ? fromDigits(words.first()) : fromDigits(QString(whole).remove(kSpace));
}

} // namespace core
