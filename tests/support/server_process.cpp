// SPDX-License-Identifier: Apache-2.0
#include "tests/support/server_process.h"

#include "tests/support/file_facts.h"

#include <QDir>
#include <QFile>
#include <QHostAddress>
#include <QStandardPaths>
#include <QTcpSocket>
#include <QTest>

#include <grp.h>
#include <pwd.h>
#include <sys/prctl.h>
#include <unistd.h>

#include <algorithm>
#include <csignal>
#include <utility>

namespace {

constexpr int kStartMs = 15'000;
constexpr int kEndMs = 10'000;
constexpr int kProbeMs = 1000;

bool takesConnections(quint16 port)
{
    QTcpSocket probe;
    probe.connectToHost(QHostAddress(QHostAddress::LocalHost), port);
    return probe.waitForConnected(kProbeMs);
}

} // namespace

ServerProcess::ServerProcess(QString program)
    : m_program(std::move(program))
{
    m_process.setProcessChannelMode(QProcess::MergedChannels);
    m_process.setChildProcessModifier([this] {
        const bool isUser = !m_user || (::setgroups(0, nullptr) == 0 &&
                                        ::setgid(m_user->group) == 0 && ::setuid(m_user->id) == 0);
        if (!isUser) {
            ::_exit(1);
        }
        ::prctl(PR_SET_PDEATHSIG, SIGKILL); // a change of user takes it back
    });
}

ServerProcess::~ServerProcess()
{
    stop();
}

void ServerProcess::runAs(const char *user)
{
    const passwd *entry = ::geteuid() == 0 ? ::getpwnam(user) : nullptr;
    if (entry != nullptr) {
        m_user = {.id = entry->pw_uid, .group = entry->pw_gid};
        std::ignore = giveToUser(m_folder.path());
    }
}

bool ServerProcess::makeFolder(const QString &name) const
{
    return QDir(m_folder.path()).mkpath(name) && giveToUser(path(name));
}

bool ServerProcess::giveToUser(const QString &path) const
{
    return !m_user || ::chown(QFile::encodeName(path).constData(), m_user->id, m_user->group) == 0;
}

bool ServerProcess::writeFile(const QString &name, const QByteArray &bytes) const
{
    QFile file(path(name));
    return file.open(QIODevice::WriteOnly) && file.write(bytes) == bytes.size() && file.flush();
}

QByteArray ServerProcess::contentOf(const QString &name) const
{
    return ::contentOf(path(name));
}

bool ServerProcess::start(const QStringList &arguments, const QList<quint16> &ports)
{
    QString found = QStandardPaths::findExecutable(
        m_program, {QStringLiteral("/usr/sbin"), QStringLiteral("/usr/bin")});
    if (found.isEmpty()) {
        found = QStandardPaths::findExecutable(m_program);
    }
    if (found.isEmpty()) {
        m_error = m_program + QStringLiteral(" is not installed");
        return false;
    }
    m_process.start(found, arguments);
    const bool hasStarted = QTest::qWaitFor(
        [&] { return isOver() || std::ranges::all_of(ports, takesConnections); }, kStartMs);
    if (!hasStarted || isOver()) {
        m_error = QString::fromLocal8Bit(m_process.readAll());
        return false;
    }
    return true;
}

void ServerProcess::stop()
{
    if (isOver()) {
        return;
    }
    m_process.terminate();
    if (!m_process.waitForFinished(kEndMs)) {
        m_process.kill();
        m_process.waitForFinished(kEndMs);
    }
}
