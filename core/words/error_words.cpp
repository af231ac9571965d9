// SPDX-License-Identifier: Apache-2.0
#include "core/words/error_words.h"

#include "core/remedy/link_expiry.h"
#include "core/remedy/redact.h"
#include "core/words/explain.h"

#include <QCoreApplication>
#include <QLocale>
#include <QRegularExpression>

#include <algorithm>
#include <array>

namespace core {

namespace {

/// The name a part file will have in the end: "a.mkv" for "a.mkv.part" and "a.mkv.2.part.old".
QString withoutPartSuffix(const QString &name)
{
    static const QRegularExpression numbered(
        QStringLiteral("^(.+\\.[^.]*[^.0-9][^.]*)\\.[2-9]\\.part(\\.old)?$"));
    static const QRegularExpression simple(QStringLiteral("^(.+)\\.part(\\.old)?$"));
    for (const QRegularExpression &suffix : {numbered, simple}) {
        const QRegularExpressionMatch match = suffix.match(name);
        if (match.hasMatch()) {
            return match.captured(1);
        }
    }
    return name;
}

QString lastComponent(const QString &path)
{
    return path.mid(path.lastIndexOf(u'/') + 1);
}

bool isPart(const QString &path)
{
    const QString name = lastComponent(path);
    return withoutPartSuffix(name) != name;
}

/// Causes that concern a folder or its drive: before there is a file, the path is that of the
/// folder.
constexpr std::array kPlaceCauses{
    Cause::DiskFull,     Cause::QuotaExceeded, Cause::NoPermission, Cause::FolderMissing,
    Cause::DriveMissing, Cause::NotAFolder,    Cause::ReadOnlyDisk, Cause::DiskFailed,
};

/// Whether the path of the error is that of a file. The disk is not asked: it may be gone.
bool namesAFile(const JobError &error)
{
    return isPart(error.localPath) || error.step == Step::Publish ||
           std::ranges::find(kPlaceCauses, error.cause) == kPlaceCauses.end();
}

Filling fileWord(const JobError &error)
{
    QString name =
        namesAFile(error) ? withoutPartSuffix(lastComponent(error.localPath)) : QString();
    if (name.isEmpty()) {
        name = error.url.fileName(QUrl::FullyDecoded);
    }
    if (name.isEmpty()) {
        return {QLatin1StringView("file"), translated(QT_TRANSLATE_NOOP("explain", "the file")),
                true};
    }
    return {QLatin1StringView("file"), quoted(name)};
}

/// What the file is called on the server that it is sent to.
Filling targetWord(const JobError &error)
{
    const QLatin1StringView target("target");
    const QString name = error.url.fileName(QUrl::FullyDecoded);
    return name.isEmpty()
               ? Filling{target, translated(QT_TRANSLATE_NOOP("explain", "a file of this name")),
                         true}
               : Filling{target, quoted(name)};
}

/// The folder; never the name of a part file, which nobody chose.
Filling placeWord(const JobError &error)
{
    const qsizetype slash = error.localPath.lastIndexOf(u'/');
    const QString place =
        namesAFile(error) ? error.localPath.first(std::max<qsizetype>(slash, 0)) : error.localPath;
    if (place.isEmpty()) {
        return {QLatin1StringView("place"), translated(QT_TRANSLATE_NOOP("explain", "the folder")),
                true};
    }
    return {QLatin1StringView("place"), u'\u201C' + plain(place, 120) + u'\u201D'};
}

/// Where a proxy is asked that names no port.
constexpr int kProxyPort = 3128;
constexpr int kSocksPort = 1080;

QString hostAndPort(const QString &host, int port)
{
    const bool bare6 = host.contains(u':');
    return (bare6 ? u'[' + host + u']' : host) + u':' + QString::number(port);
}

Filling hostWord(const JobError &error, QLatin1StringView name, bool withPort)
{
    const QString host = error.url.host();
    if (host.isEmpty()) {
        return {name, translated(QT_TRANSLATE_NOOP("explain", "the server")), true};
    }
    const bool isPortTold = withPort && error.url.port() >= 0;
    return {name, plain(isPortTold ? hostAndPort(host, error.url.port()) : host)};
}

/// Where the server has led on to, without what opens it.
Filling addressWord(const JobError &error)
{
    const QLatin1StringView name("address");
    const QUrl &address =
        error.evidence.redirects.isEmpty() ? error.url : error.evidence.redirects.last();
    if (address.isEmpty()) {
        return {name, translated(QT_TRANSLATE_NOOP("explain", "another address")), true};
    }
    return {name, plain(redactUrl(address), 200)};
}

/// Whom the certificate is made out to; nobody is held to what it says. A title that is the name of
/// the very server that was asked would read as if it were right.
Filling subjectWord(const JobError &error)
{
    const SeenCertificate seen = error.certificate.value_or(SeenCertificate());
    QString subject = seen.subject;
    if (subject.isEmpty() || subject.compare(error.url.host(), Qt::CaseInsensitive) == 0) {
        subject = seen.names.value(0);
    }
    if (subject.isEmpty()) {
        return {QLatin1StringView("subject"),
                translated(QT_TRANSLATE_NOOP("explain", "another server")), true};
    }
    return {QLatin1StringView("subject"), quoted(subject)};
}

struct SchemeWord {
    const char *scheme;
    const char *word;
};
constexpr std::array kSchemes{
    SchemeWord{"magnet", QT_TRANSLATE_NOOP("explain", "a magnet link")},
    SchemeWord{"ftp", QT_TRANSLATE_NOOP("explain", "an FTP address")},
    SchemeWord{"ftps", QT_TRANSLATE_NOOP("explain", "an FTP address")},
    SchemeWord{"mailto", QT_TRANSLATE_NOOP("explain", "a mail address")},
    SchemeWord{"file", QT_TRANSLATE_NOOP("explain", "a file on this computer")},
    SchemeWord{"data", QT_TRANSLATE_NOOP("explain", "a file within the link")},
};

QString kindOfScheme(const QString &scheme)
{
    const auto *row = std::ranges::find_if(kSchemes, [&scheme](const SchemeWord &each) {
        return scheme == QLatin1StringView(each.scheme);
    });
    return row != kSchemes.end()
               ? translated(row->word)
               : said(QT_TRANSLATE_NOOP("explain", "an address that begins with {scheme}"),
                      {{QLatin1StringView("scheme"), quoted(scheme + u':')}});
}

int portOf(const QUrl &proxy)
{
    return proxy.port(proxy.scheme().startsWith(u"socks5") ? kSocksPort : kProxyPort);
}

/// Its address, or nothing where it is not known: "The proxy cannot be reached" reads well too.
Filling proxyWord(const JobError &error)
{
    return {QLatin1StringView("proxy"),
            error.proxy.host().isEmpty()
                ? translated(QT_TRANSLATE_NOOP("explain", "of this computer"))
                : plain(hostAndPort(error.proxy.host(), portOf(error.proxy)))};
}

QString momentText(const std::optional<QDateTime> &utc)
{
    return utc ? clockTime(*utc, {}) : QString();
}

QString untilText(const JobError &error)
{
    return error.retryAfter ? clockTime(error.time.addMSecs(error.retryAfter->count()), error.time)
                            : QString();
}

} // namespace

QString clockTime(const QDateTime &utc)
{
    return utc.toLocalTime().toString(QStringLiteral("HH:mm"));
}

QString clockTime(const QDateTime &utc, const QDateTime &nowUtc)
{
    const QDate day = utc.toLocalTime().date();
    return day == nowUtc.toLocalTime().date()
               ? clockTime(utc)
               : QLocale().toString(day, QLocale::ShortFormat) + u' ' + clockTime(utc);
}

Fillings wordsOf(const JobError &error)
{
    return {
        hostWord(error, QLatin1StringView("host"), false),
        hostWord(error, QLatin1StringView("server"), true),
        fileWord(error),
        placeWord(error),
        targetWord(error),
        addressWord(error),
        {QLatin1StringView("done"), formatBytes(error.fileBytesDone)},
        {QLatin1StringView("sent"), formatBytes(error.bytesSent.value_or(0))},
        {QLatin1StringView("total"), formatBytes(error.fileBytesTotal.value_or(0))},
        {QLatin1StringView("aside"), formatBytes(error.fileBytesAside)},
        {QLatin1StringView("saved"), formatBytes(error.jobBytesDone)},
        {QLatin1StringView("missing"), formatBytes(error.bytesMissing.value_or(0))},
        {QLatin1StringView("until"), untilText(error)},
        {QLatin1StringView("since"), momentText(runOutSince(error))},
        {QLatin1StringView("similar"), plain(error.similarHost)},
        {QLatin1StringView("theirTime"), momentText(error.serverTime)},
        {QLatin1StringView("ourTime"), momentText(error.time)},
        {QLatin1StringView("expiry"),
         error.certificate ? formatDay(error.certificate->notAfter) : QString()},
        {QLatin1StringView("begin"),
         error.certificate ? formatDay(error.certificate->notBefore) : QString()},
        subjectWord(error),
        proxyWord(error),
        {QLatin1StringView("title"), quoted(error.pageTitle)},
        {QLatin1StringView("scheme"), kindOfScheme(error.otherScheme)},
    };
}

} // namespace core
