// SPDX-License-Identifier: Apache-2.0
#include "tests/support/name_flaws.h"

#include <QDir>
#include <QRegularExpression>

namespace {

bool isUnsafeCharacter(char32_t c)
{
    if (c < 0x20 || (c >= 0x7f && c <= 0x9f)) {
        return true;
    }
    if (c < 0x80) {
        return QStringView(u"/\\<>:\"|?*").contains(QChar(char16_t(c)));
    }
    // The joiners, 200c and 200d, are needed by some scripts and tested with these.
    return c == 0x200b || c == 0x200e || c == 0x200f || (c >= 0x2028 && c <= 0x202e) ||
           (c >= 0x2060 && c <= 0x206f) || c == 0x061c || c == 0xfeff || c == 0x00ad ||
           (c >= 0xd800 && c <= 0xdfff) || (c >= 0xe0000 && c <= 0xe007f);
}

bool isDeviceName(const QString &name)
{
    static const QRegularExpression kDevice(
        QStringLiteral("^(con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³])\\s*(\\..*)?$"),
        QRegularExpression::CaseInsensitiveOption | QRegularExpression::UseUnicodePropertiesOption);
    return kDevice.match(name).hasMatch();
}

} // namespace

QString flawInName(const QString &name)
{
    if (!name.isValidUtf16()) {
        return QStringLiteral("half a surrogate pair");
    }
    const auto characters = name.toUcs4();
    for (const uint c : characters) {
        if (isUnsafeCharacter(c)) {
            return QStringLiteral("U+%1").arg(c, 4, 16, QLatin1Char('0'));
        }
    }
    if (name.startsWith(u'.') || name.endsWith(u'.') || name.startsWith(u' ') ||
        name.endsWith(u' ')) {
        return QStringLiteral("a dot or space at an end");
    }
    if (name.startsWith(u'-')) {
        return QStringLiteral("an option to commands");
    }
    if (name.toUtf8().size() > 255) {
        return QStringLiteral("%1 bytes").arg(name.toUtf8().size());
    }
    if (isDeviceName(name)) {
        return QStringLiteral("the name of a device");
    }
    const QString folder = QStringLiteral("/folder");
    if (!name.isEmpty() && QDir::cleanPath(folder + u'/' + name) != folder + u'/' + name) {
        return QStringLiteral("leaves the folder");
    }
    return {};
}
