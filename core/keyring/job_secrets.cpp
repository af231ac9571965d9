// SPDX-License-Identifier: Apache-2.0
#include "core/keyring/job_secrets.h"

#include "core/http/headers.h"
#include "core/job/job_fields.h"

#include <QJsonDocument>

#include <algorithm>

namespace core {

template <>
struct Fields<JobSecrets> {
    static constexpr std::tuple table{
        Field{"createdAt", &JobSecrets::createdAt},
        Field{"login", &JobSecrets::login},
        Field{"otherLogins", &JobSecrets::otherLogins},
        Field{"headers", &JobSecrets::headers},
        Field{"proxy", &JobSecrets::proxy},
    };
};

namespace {

bool hasLogin(const QUrl &proxy)
{
    return !proxy.userInfo().isEmpty();
}

template <typename T, typename Same>
void addMissing(const QList<T> &kept, QList<T> *all, Same isSame)
{
    for (const T &each : kept) {
        if (std::ranges::none_of(*all, [&](const T &own) { return isSame(own, each); })) {
            all->append(each);
        }
    }
}

} // namespace

JobSecrets secretsOf(const JobRecord &job)
{
    const JobOptions &options = job.options;
    JobSecrets secrets{.createdAt = job.createdAt,
                       .login = options.login,
                       .otherLogins = options.otherLogins,
                       .headers = options.headers,
                       .proxy = hasLogin(options.proxy) ? options.proxy : QUrl()};
    secrets.headers.removeIf(
        [](const HeaderField &field) { return !isSecretFieldName(field.first); });
    return secrets;
}

bool hasAny(const JobSecrets &secrets)
{
    return secrets != JobSecrets{.createdAt = secrets.createdAt};
}

void giveBack(const JobSecrets &secrets, JobOptions *options)
{
    if (!options->login) {
        options->login = secrets.login;
    }
    addMissing(secrets.otherLogins, &options->otherLogins,
               [](const auto &own, const auto &kept) { return own.origin == kept.origin; });
    addMissing(secrets.headers, &options->headers, [](const auto &own, const auto &kept) {
        return own.first.compare(kept.first, Qt::CaseInsensitive) == 0;
    });
    if (secrets.proxy.adjusted(QUrl::RemoveUserInfo) == options->proxy) {
        options->proxy = secrets.proxy;
    }
}

JobSecrets secretsToKeep(const JobRecord &job)
{
    return job.options.keepSecrets && !isFinal(job.state) ? secretsOf(job) : JobSecrets{};
}

QString text(const JobSecrets &secrets)
{
    const QJsonDocument json(toJson(secrets, JsonForm::Message));
    return QString::fromUtf8(json.toJson(QJsonDocument::Compact));
}

std::optional<JobSecrets> parseJobSecrets(const QString &text)
{
    const auto json = QJsonDocument::fromJson(text.toUtf8());
    const auto secrets = fromJson<JobSecrets>(json.object(), JsonForm::Message);
    return secrets ? std::optional(*secrets) : std::nullopt;
}

} // namespace core
