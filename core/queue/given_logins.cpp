// SPDX-License-Identifier: Apache-2.0
#include "core/queue/given_logins.h"

#include "core/http/origin.h"

#include <algorithm>
#include <utility>

namespace core {

QStringList originsOfFiles(const QList<FileRecord> &files)
{
    QStringList origins;
    for (const FileRecord &file : files) {
        origins.append(text(originOf(file.spec.url)));
    }
    origins.removeDuplicates();
    return origins;
}

void giveLogin(const QString &origin, const Login &login, JobRecord *job)
{
    JobOptions &options = job->options;
    const QStringList ofFiles = originsOfFiles(job->files);
    const bool isOfAll = origin.isEmpty() || ofFiles == QStringList{origin};
    options.otherLogins.removeIf([&](const LoginElsewhere &old) {
        return old.origin == origin || (isOfAll && ofFiles.contains(old.origin));
    });
    if (isOfAll) {
        options.login = login;
    } else {
        options.otherLogins.append({origin, login});
    }
}

void keepLoginWhereItIs(const QString &newOrigin, JobRecord *job)
{
    JobOptions &options = job->options;
    const QStringList ofFiles =
        options.login ? originsOfFiles(job->files) : QStringList(); // there may be very many
    if (ofFiles.isEmpty() || ofFiles.contains(newOrigin)) {
        return;
    }
    for (const QString &origin : ofFiles) {
        if (std::ranges::find(options.otherLogins, origin, &LoginElsewhere::origin) ==
            options.otherLogins.end()) {
            options.otherLogins.append({origin, *options.login});
        }
    }
    options.login.reset();
}

} // namespace core
