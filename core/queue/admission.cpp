// SPDX-License-Identifier: Apache-2.0
#include "core/queue/admission.h"

#include "core/http/file_name.h"
#include "core/http/headers.h"
#include "core/http/link.h"
#include "core/queue/file_names.h"

#include <QDir>

#include <algorithm>

namespace core {

namespace {

auto refuse(RefusalKind kind, const QString &subject)
{
    return tl::unexpected(Refusal{.kind = kind, .subject = subject});
}

bool isControlFree(const QString &text)
{
    return std::ranges::none_of(text, [](QChar c) { return c.category() == QChar::Other_Control; });
}

/// What there is on the server cannot be left beside what is sent.
bool isForUpload(ExistingFile existing)
{
    return existing == ExistingFile::Ask || existing == ExistingFile::Replace;
}

Answer<JobOptions> admitOptions(JobOptions options)
{
    const auto headers = admitHeaders(options.headers);
    if (!headers) {
        return tl::unexpected(headers.error());
    }
    options.headers = *headers;
    if (options.limitBytesPerSecond && *options.limitBytesPerSecond <= 0) {
        return refuse(RefusalKind::BadValue, QString::number(*options.limitBytesPerSecond));
    }
    if (const int wanted = options.connections.value_or(1);
        wanted < 1 || wanted > kMaxConnections) {
        return refuse(RefusalKind::BadValue, QString::number(wanted));
    }
    if (options.minRetryDelay.count() < 0 || options.noProgressTimeout.count() < 0) {
        return refuse(RefusalKind::BadValue, QString::number(options.minRetryDelay.count()));
    }
    if (!options.notifyCommand.isEmpty() && !QDir::isAbsolutePath(options.notifyCommand)) {
        return refuse(RefusalKind::BadValue, options.notifyCommand);
    }
    const auto proxy = admitProxy(options.proxy);
    if (!proxy) {
        return tl::unexpected(proxy.error());
    }
    for (TrustedCertificate &trusted : options.trusted) {
        const auto admitted = admitCertificate(trusted);
        if (!admitted) {
            return tl::unexpected(admitted.error());
        }
        trusted = *admitted;
    }
    return options;
}

} // namespace

Answer<HeaderFields> admitHeaders(const HeaderFields &fields)
{
    HeaderFields admitted;
    qsizetype bytes = 0;
    for (const HeaderField &field : fields) {
        bytes += field.first.size() + field.second.size();
        if (!isFieldName(field.first) || !isFieldValue(field.second) ||
            isReservedFieldName(field.first) || bytes > kMaxHeaderBytes) {
            return refuse(RefusalKind::BadHeader, QString::fromLatin1(field.first));
        }
        admitted.append({field.first, valueToSend(field.first, field.second)});
    }
    return admitted;
}

Answer<QUrl> admitProxy(const QUrl &proxy)
{
    if (!proxy.isEmpty() && !isUsableProxy(proxy)) {
        return refuse(RefusalKind::BadValue, proxy.toDisplayString(QUrl::RemoveUserInfo));
    }
    return proxy;
}

Answer<TrustedCertificate> admitCertificate(TrustedCertificate certificate)
{
    const QByteArray typed = certificate.sha256Hex;
    certificate.sha256Hex = parseFingerprint(QString::fromLatin1(typed));
    if (certificate.sha256Hex.isEmpty()) {
        return refuse(RefusalKind::BadFingerprint, QString::fromLatin1(typed));
    }
    certificate.host = certificate.host.toLower();
    const bool isPlace =
        !certificate.host.isEmpty() && certificate.port > 0 && certificate.port <= kMaxPort;
    if (!isPlace) {
        return refuse(RefusalKind::BadValue, certificate.host);
    }
    return certificate;
}

Answer<QString> admitFolder(const QString &folder)
{
    if (!QDir::isAbsolutePath(folder) || folder.startsWith(u':') || !isControlFree(folder)) {
        return refuse(RefusalKind::BadFolder, folder);
    }
    return QDir::cleanPath(folder);
}

Answer<QString> admitName(const QString &fileName)
{
    if (fileName.isEmpty() || safeFileName(fileName) != fileName) {
        return refuse(RefusalKind::BadName, fileName);
    }
    return fileName;
}

bool isSchemeToBeFound(const QUrl &url)
{
    return url.scheme().isEmpty() && !url.host().isEmpty();
}

Answer<QString> admitSourceName(const QString &fileName)
{
    const bool isOne = !fileName.isEmpty() && fileName != u'.' && fileName != u".." &&
                       !fileName.contains(u'/') && isControlFree(fileName) &&
                       fileName.toUtf8().size() <= kMaxFileNameBytes;
    return isOne ? Answer<QString>(fileName) : refuse(RefusalKind::BadName, fileName);
}

Answer<FileRecord> admit(const FileSpec &spec, JobType type)
{
    QUrl url = spec.url;
    if (isSchemeToBeFound(url)) {
        url.setScheme(QStringLiteral("https"));
    }
    const auto link = parseLink(url.toString(QUrl::FullyEncoded));
    const bool isUpload = type == JobType::Upload;
    if (!link || (isUpload && spec.url.hasFragment())) {
        return refuse(RefusalKind::BadLink, spec.url.toDisplayString(QUrl::RemoveUserInfo));
    }
    if (isUpload || !spec.name.isEmpty()) {
        const auto name = isUpload ? admitSourceName(spec.name) : admitName(spec.name);
        if (!name) {
            return tl::unexpected(name.error());
        }
    }
    FileRecord file;
    file.spec = spec;
    file.spec.url = link->url;
    file.name = spec.name;
    return file;
}

Answer<JobRecord> admit(const JobSpec &spec, const QDateTime &nowUtc)
{
    const auto options = admitOptions(spec.options);
    const auto folder = admitFolder(spec.folder);
    if (!options || !folder) {
        return tl::unexpected(options ? folder.error() : options.error());
    }
    if (spec.files.size() > maxFilesOf(spec.type)) {
        return refuse(tooManyFor(spec.type), QString::number(spec.files.size()));
    }
    if (spec.type == JobType::Upload && !isForUpload(options->existing)) {
        return refuse(RefusalKind::BadValue, QString::fromLatin1(name(options->existing)));
    }
    if (spec.name.size() > kMaxJobNameLength || !isControlFree(spec.name)) {
        return refuse(RefusalKind::BadValue, spec.name.left(kMaxJobNameLength));
    }
    JobRecord record{.type = spec.type,
                     .name = spec.name,
                     .priority = spec.priority,
                     .folder = *folder,
                     .options = *options,
                     .createdAt = nowUtc,
                     .modifiedAt = nowUtc};
    record.files.reserve(spec.files.size());
    JobTotals siblings;
    int index = 0;
    for (const FileSpec &wanted : spec.files) {
        auto file = admit(wanted, spec.type);
        if (!file) {
            return tl::unexpected(file.error());
        }
        if (!record.options.login && !wanted.url.userName().isEmpty()) {
            record.options.login = Login{wanted.url.userName(QUrl::FullyDecoded),
                                         wanted.url.password(QUrl::FullyDecoded)};
        }
        file->name =
            file->name.isEmpty() ? QString() : nameAmongSiblings(siblings, index, file->name);
        siblings.add(index++, *file);
        record.files.append(std::move(*file));
    }
    if (record.name.isEmpty() && !record.files.isEmpty()) {
        record.name = displayName(record.files.first()).left(kMaxJobNameLength);
    }
    return record;
}

} // namespace core
