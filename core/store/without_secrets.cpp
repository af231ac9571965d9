// SPDX-License-Identifier: Apache-2.0
#include "core/store/without_secrets.h"

#include "core/http/headers.h"

#include <QRegularExpression>

namespace core {

namespace {

void removeSecretFields(HeaderFields &fields)
{
    fields.removeIf([](const HeaderField &field) { return isSecretFieldName(field.first); });
}

/// Without the login of any address in it: Location, Link and our own words may have one.
QString withoutLogins(QString text)
{
    static const QRegularExpression kLogin(QStringLiteral("//[^\\s/]*@"));
    return text.replace(kLogin, QStringLiteral("//"));
}

/// Byte for byte, whatever coding the server had in mind.
QByteArray withoutLogins(const QByteArray &value)
{
    return withoutLogins(QString::fromLatin1(value)).toLatin1();
}

} // namespace

QUrl withoutSecrets(const QUrl &url)
{
    return url.adjusted(QUrl::RemoveUserInfo);
}

JobOptions withoutSecrets(JobOptions options)
{
    options.login.reset();
    options.otherLogins.clear();
    options.environment.reset(); // a proxy in it may have a login
    options.proxy = withoutSecrets(options.proxy);
    removeSecretFields(options.headers);
    return options;
}

JobError withoutSecrets(JobError error)
{
    error.url = withoutSecrets(error.url);
    error.proxy = withoutSecrets(error.proxy);
    for (QUrl &hop : error.evidence.redirects) {
        hop = withoutSecrets(hop);
    }
    removeSecretFields(error.evidence.headers);
    for (HeaderField &field : error.evidence.headers) {
        field.second = withoutLogins(field.second);
    }
    error.evidence.detail = withoutLogins(error.evidence.detail);
    return error;
}

TimelineEntry withoutSecrets(TimelineEntry entry)
{
    if (auto *started = std::get_if<happening::AttemptStarted>(&entry.what)) {
        started->url = withoutSecrets(started->url);
    } else if (auto *failed = std::get_if<happening::Failed>(&entry.what)) {
        failed->error = withoutSecrets(std::move(failed->error));
    } else if (auto *completed = std::get_if<happening::Completed>(&entry.what)) {
        if (completed->obstacle) {
            completed->obstacle = withoutSecrets(*std::move(completed->obstacle));
        }
    }
    return entry;
}

} // namespace core
