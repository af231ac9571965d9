// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "tests/support/file_facts.h"

#include <QDir>
#include <QFile>
#include <QList>
#include <QTest>

#include <csignal>
#include <tuple>

/// The engines of a state folder, by their processes.
[[nodiscard]] inline QList<pid_t> enginesOf(const QString &stateFolder)
{
    QList<pid_t> found;
    const QStringList processes =
        QDir(QStringLiteral("/proc")).entryList({QStringLiteral("[0-9]*")}, QDir::Dirs);
    for (const QString &process : processes) {
        const QByteArrayList words =
            contentOf(QStringLiteral("/proc/%1/cmdline").arg(process)).split('\0');
        if (words.contains("engine") && words.contains(QFile::encodeName(stateFolder))) {
            found.append(process.toInt());
        }
    }
    return found;
}

inline void signalEngines(const QString &stateFolder, int number)
{
    for (const pid_t engine : enginesOf(stateFolder)) {
        ::kill(engine, number);
    }
}

/// Ends them, and returns when nobody writes into that folder any more.
inline void endEngines(const QString &stateFolder)
{
    signalEngines(stateFolder, SIGTERM);
    std::ignore = QTest::qWaitFor([&] { return enginesOf(stateFolder).isEmpty(); }, 20'000);
}
