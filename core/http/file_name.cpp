// SPDX-License-Identifier: Apache-2.0
#include "core/http/file_name.h"

#include "core/http/charset.h"
#include "core/http/content_disposition.h"
#include "core/http/name_characters.h"
#include "core/http/percent.h"

#include <QMimeDatabase>

#include <algorithm>
#include <array>

namespace core {

namespace {

/// What is longer is cut before anything else is done with it; its end holds the extension.
constexpr qsizetype kMaxProposedLength = 4'096;
constexpr qsizetype kMaxExtensionBytes = 32;

/// Names that mean a device on other systems, whatever extension follows.
constexpr std::array kDevices{u"con", u"prn", u"aux", u"nul", u"conin$", u"conout$", u"clock$"};
/// With a digit behind: com1, lpt9.
constexpr std::array kNumberedDevices{u"com", u"lpt"};

bool isDotOrSpace(QChar c)
{
    return c == u'.' || c == u' ';
}

bool isJoiner(QChar c)
{
    return c == kZeroWidthJoiner || c == kZeroWidthNonJoiner;
}

QStringView withoutDotsAround(QStringView name)
{
    while (!name.isEmpty() && isDotOrSpace(name.front())) {
        name = name.sliced(1);
    }
    while (!name.isEmpty() && isDotOrSpace(name.back())) {
        name.chop(1);
    }
    return name;
}

QStringView lastComponent(QStringView path)
{
    return path.sliced(std::max(path.lastIndexOf(u'/'), path.lastIndexOf(u'\\')) + 1);
}

bool isDeviceName(QStringView fileName)
{
    const qsizetype dot = fileName.indexOf(u'.');
    const QString stem = (dot < 0 ? fileName : fileName.first(dot)).trimmed().toString().toLower();
    const auto isStem = [&stem](const char16_t *name) { return stem == QStringView(name); };
    const auto isNumberedStem = [&stem](const char16_t *name) {
        return stem.size() == 4 && stem.startsWith(QStringView(name)) &&
               QStringView(u"0123456789¹²³").contains(stem.back());
    };
    return std::ranges::any_of(kDevices, isStem) ||
           std::ranges::any_of(kNumberedDevices, isNumberedStem);
}

/// Where the extension begins: ".gz", or ".tar.gz" where one file was packed twice. The size of the
/// name when there is none, or when what stands there is too long to be one.
qsizetype extensionStart(QStringView name)
{
    const qsizetype dot = name.lastIndexOf(u'.');
    if (dot <= 0 || name.sliced(dot).toUtf8().size() > kMaxExtensionBytes) {
        return name.size();
    }
    const QStringView stem = name.first(dot);
    return stem.endsWith(u".tar", Qt::CaseInsensitive) && stem.size() > 4 ? dot - 4 : dot;
}

/// What servers say of files that they do not know.
constexpr std::array<QByteArrayView, 2> kUnsureTypes{"application/octet-stream", "text/plain"};

qsizetype firstOf(QByteArrayView text, char delimiter)
{
    const qsizetype at = text.indexOf(delimiter);
    return at < 0 ? text.size() : at;
}

/// Whether what stands behind the last dot tells of a kind: not the end of a version, but the
/// number of a volume.
bool hasExtension(QStringView name)
{
    const qsizetype dot = name.lastIndexOf(u'.');
    const QStringView last = name.sliced(dot + 1);
    const bool isOneWord = dot > 0 && !last.isEmpty() && last.size() <= kMaxExtensionBytes &&
                           std::ranges::all_of(last, [](QChar c) {
                               return c.isLetterOrNumber() || QStringView(u"_-+~").contains(c);
                           });
    const bool isNumber = std::ranges::all_of(last, [](QChar c) { return c.isDigit(); });
    return isOneWord && (!isNumber || last.size() == 3);
}

/// As many whole characters of the text as have room in so many bytes.
QStringView cutToBytes(QStringView text, qsizetype bytes)
{
    while (text.toUtf8().size() > bytes) {
        const qsizetype excess = text.toUtf8().size() - bytes;
        text.chop(std::max<qsizetype>(1, excess / 3)); // a unit of UTF-16 is at most three bytes
        if (!text.isEmpty() && text.back().isHighSurrogate()) {
            text.chop(1);
        }
    }
    return text;
}

/// Stem and insertion and extension, with the stem cut so that all have room.
QString fitted(QStringView name, const QString &insertion, qsizetype maxBytes)
{
    const qsizetype start = extensionStart(name);
    const QString tail = insertion + name.sliced(start).toString();
    QStringView stem = name.first(start);
    const qsizetype room = maxBytes - tail.toUtf8().size();
    if (stem.toUtf8().size() > room) {
        stem = cutToBytes(stem, room);
        while (!stem.isEmpty() && (isDotOrSpace(stem.back()) || isJoiner(stem.back()))) {
            stem.chop(1);
        }
    }
    return stem.toString() + tail;
}

} // namespace

QString safeFileName(const QString &proposed)
{
    const QStringView last =
        lastComponent(QStringView(proposed).last(std::min(proposed.size(), kMaxProposedLength)));
    const QString plain = withPlainCharacters(last);
    QString name = withoutDotsAround(plain).toString();
    if (isDeviceName(name) || name.startsWith(u'-')) { // "rm *" would read "-rf" as an option
        name.prepend(u'_');
    }
    return fitted(name, QString(), kMaxFileNameBytes - kFileNameReserveBytes);
}

QString fileNameFrom(const QUrl &url)
{
    const QByteArray path = url.path(QUrl::FullyEncoded).toLatin1();
    const QByteArray segment = path.sliced(path.lastIndexOf('/') + 1);
    return safeFileName(textOf(percentDecoded(segment)));
}

QString nameBefore(const QUrl &url)
{
    const QString name = fileNameFrom(url);
    return name.isEmpty() ? url.host() : name;
}

QString chooseFileName(const QByteArray &contentDisposition, const QUrl &finalUrl,
                       const QUrl &firstUrl)
{
    for (const QString &proposed : fileNamesIn(contentDisposition)) {
        if (const QString name = safeFileName(proposed); !name.isEmpty()) {
            return name;
        }
    }
    for (const QString &name : {fileNameFrom(finalUrl), fileNameFrom(firstUrl)}) {
        if (!name.isEmpty()) {
            return name;
        }
    }
    return QStringLiteral("download");
}

QString withUsualExtension(const QString &fileName, const QByteArray &contentType)
{
    const QByteArray type = contentType.first(firstOf(contentType, ';')).trimmed().toLower();
    const bool isSure = std::ranges::find(kUnsureTypes, type) == kUnsureTypes.end();
    if (type.isEmpty() || !isSure || hasExtension(fileName)) {
        return fileName;
    }
    const QString usual =
        QMimeDatabase().mimeTypeForName(QString::fromLatin1(type)).preferredSuffix();
    return usual.isEmpty() ? fileName : safeFileName(fileName + u'.' + usual);
}

QString numbered(const QString &fileName, int number)
{
    return fitted(fileName, QStringLiteral(" (%1)").arg(number), kMaxFileNameBytes);
}

} // namespace core
