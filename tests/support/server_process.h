// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QProcess>
#include <QTemporaryDir>

#include <optional>

/// A server of the system with a folder of its own, for as long as this object lives; it ends with
/// a test that is killed, too.
class ServerProcess final {
public:
    /// The program by its name: as Debian installs it, else on the path.
    explicit ServerProcess(QString program);
    ~ServerProcess();
    ServerProcess(const ServerProcess &) = delete;
    ServerProcess &operator=(const ServerProcess &) = delete;

    /// Before start(): root starts it as this user of the system, who gets the folder. One that
    /// took another user by itself would not end with the test. Nothing is done where the test has
    /// no such rights or there is no such user.
    void runAs(const char *user);

    /// What it reads and writes lies here.
    [[nodiscard]] QString folder() const { return m_folder.path(); }
    [[nodiscard]] QString path(const QString &name) const { return m_folder.filePath(name); }
    /// In the folder, and its user's like that.
    [[nodiscard]] bool makeFolder(const QString &name) const;
    [[nodiscard]] bool writeFile(const QString &name, const QByteArray &bytes) const;
    [[nodiscard]] QByteArray contentOf(const QString &name) const;

    /// Starts it; true once all of these ports take connections, else error() says why.
    [[nodiscard]] bool start(const QStringList &arguments, const QList<quint16> &ports);
    /// Ends it in the middle of whatever it does; start() may come again.
    void stop();
    [[nodiscard]] QString error() const { return m_error; }

private:
    [[nodiscard]] bool isOver() const { return m_process.state() == QProcess::NotRunning; }

    [[nodiscard]] bool giveToUser(const QString &path) const;

    struct User {
        unsigned id = 0;
        unsigned group = 0;
    };

    QString m_program;
    std::optional<User> m_user;
    QTemporaryDir m_folder;
    QProcess m_process;
    QString m_error;
};
