// SPDX-License-Identifier: Apache-2.0
#include "core/job/client_environment.h"

#include <QFile>

namespace core {

namespace {

QString variable(const char *name)
{
    const QString lower = qEnvironmentVariable(name);
    return lower.isEmpty() ? qEnvironmentVariable(QByteArray(name).toUpper().constData()) : lower;
}

/// umask(2) could only tell by changing it for all threads.
int processUmask()
{
    constexpr int kPrivate = 077;
    QFile status(QStringLiteral("/proc/self/status"));
    if (status.open(QIODevice::ReadOnly)) {
        // Files in /proc have no size, so they are read to the end, not up to it.
        for (const QByteArray &line : status.readAll().split('\n')) {
            if (line.startsWith("Umask:")) {
                bool ok = false;
                const int value = line.sliced(6).trimmed().toInt(&ok, 8);
                return ok ? value & 0777 : kPrivate;
            }
        }
    }
    return kPrivate;
}

} // namespace

ClientEnvironment systemClientEnvironment()
{
    return {.httpProxy = variable("http_proxy"),
            .httpsProxy = variable("https_proxy"),
            .allProxy = variable("all_proxy"),
            .noProxy = variable("no_proxy"),
            .umask = processUmask()};
}

} // namespace core
