// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "tests/integration/engine_processes.h"
#include "tests/support/http_server.h"
#include "tests/support/require.h"

#include <QTemporaryDir>
#include <QTest>

#include <memory>

/// What programs on one list need: a state folder of its own, a folder for the files, a server.
/// Ends the engines that they have started.
class ProgramsOfOneList {
public:
    ProgramsOfOneList() { require(QDir().mkdir(folder()), QStringLiteral("no folder")); }
    ~ProgramsOfOneList()
    {
        signalEngines(state(), SIGTERM);
        if (!QTest::qWaitFor([this] { return enginesOf(state()).isEmpty(); })) {
            QTest::qFail("an engine does not end", __FILE__, __LINE__);
        }
    }
    ProgramsOfOneList(const ProgramsOfOneList &) = delete;
    ProgramsOfOneList &operator=(const ProgramsOfOneList &) = delete;

    [[nodiscard]] QString in(const QString &name) const { return m_home.filePath(name); }
    [[nodiscard]] QString state() const { return in(m_stateName); }
    void keepListIn(const QString &name) { m_stateName = name; }
    [[nodiscard]] QString folder() const { return in(QStringLiteral("files")); }
    [[nodiscard]] QStringList with(const QStringList &arguments) const
    {
        return arguments +
               QStringList{QStringLiteral("--state-dir"), state(), QStringLiteral("--json")};
    }
    [[nodiscard]] QStringList get(const QString &path, const QStringList &more = {}) const
    {
        return with(QStringList{QStringLiteral("get"), QStringLiteral("-d"), folder(),
                                server.url(path).toString()} +
                    more);
    }

    HttpServer server;

private:
    QTemporaryDir m_home;
    QString m_stateName = QStringLiteral("state");
};
