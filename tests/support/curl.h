// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QProcess>
#include <QStringList>

/// What curl got for an answer: the last one, where several came.
struct CurlAnswer {
    int exitStatus = -1;
    int status = 0; ///< 0: there was no answer
    QByteArray out; ///< heads and bodies of all answers

    /// The value of the first such field in any of the heads; empty: there is none.
    [[nodiscard]] QByteArray header(const QByteArray &name) const
    {
        for (const QByteArray &line : out.split('\n')) {
            if (line.toLower().startsWith(name.toLower() + ':')) {
                return line.mid(name.size() + 1).trimmed();
            }
        }
        return {};
    }
};

/// A client that has nothing of ours. It must not wait for a server in the thread of the test: the
/// event loop does not turn meanwhile.
[[nodiscard]] inline CurlAnswer curl(const QStringList &arguments, const QByteArray &input = {})
{
    constexpr int kLimitMs = 30'000;
    QProcess process;
    process.start(QStringLiteral("curl"),
                  QStringList{QStringLiteral("-qsi")} + arguments +
                      QStringList{QStringLiteral("-w"), QStringLiteral("%{stderr}%{http_code}")});
    process.write(input);
    process.closeWriteChannel();
    CurlAnswer answer;
    if (process.waitForFinished(kLimitMs) && process.exitStatus() == QProcess::NormalExit) {
        answer.exitStatus = process.exitCode();
        answer.status = process.readAllStandardError().toInt();
        answer.out = process.readAllStandardOutput();
    }
    return answer;
}
