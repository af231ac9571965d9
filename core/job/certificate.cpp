// SPDX-License-Identifier: Apache-2.0
#include "core/job/certificate.h"

namespace core {

namespace {

constexpr qsizetype kSha256Digits = 64;

bool isHexDigit(char16_t c)
{
    return (c >= u'0' && c <= u'9') || (c >= u'a' && c <= u'f');
}

} // namespace

QByteArray parseFingerprint(QStringView typed)
{
    QByteArray digits;
    const QStringView value = typed.sliced(typed.indexOf(u'=') + 1); // "sha256 Fingerprint=AB:…"
    for (const QChar typedChar : value) {
        const char16_t c = typedChar.toLower().unicode();
        if (c == u':' || typedChar.isSpace()) {
            continue;
        }
        if (!isHexDigit(c) || digits.size() == kSha256Digits) {
            return {};
        }
        digits += char(c);
    }
    return digits.size() == kSha256Digits ? digits : QByteArray();
}

QString formatFingerprint(const QByteArray &sha256Hex)
{
    return QString::fromLatin1(QByteArray::fromHex(sha256Hex).toHex(':').toUpper());
}

} // namespace core
