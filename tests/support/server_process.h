// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QProcess>
#include <QTemporaryDir>

/// A server of the system with a folder of its own, for as long as this object lives; it ends with
/// a test that is killed, too.
class ServerProcess final {
public:
    /// The program by its name, as Debian installs it.
    explicit ServerProcess(QString program);
    ~ServerProcess();
    ServerProcess(const ServerProcess &) = delete;
    ServerProcess &operator=(const ServerProcess &) = delete;

    /// What it reads and writes lies here.
    [[nodiscard]] QString folder() const { return m_folder.path(); }
    [[nodiscard]] QString path(const QString &name) const { return m_folder.filePath(name); }
    [[nodiscard]] bool writeFile(const QString &name, const QByteArray &bytes) const;
    [[nodiscard]] QByteArray contentOf(const QString &name) const;

    /// Starts it; true once all of these ports take connections, else error() says why.
    [[nodiscard]] bool start(const QStringList &arguments, const QList<quint16> &ports);
    /// Ends it in the middle of whatever it does; start() may come again.
    void stop();
    [[nodiscard]] QString error() const { return m_error; }

private:
    [[nodiscard]] bool isOver() const { return m_process.state() == QProcess::NotRunning; }

    QString m_program;
    QTemporaryDir m_folder;
    QProcess m_process;
    QString m_error;
};
