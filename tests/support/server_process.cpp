// SPDX-License-Identifier: Apache-2.0
#include "tests/support/server_process.h"

#include "tests/support/file_facts.h"

#include <QFile>
#include <QHostAddress>
#include <QStandardPaths>
#include <QTcpSocket>
#include <QTest>

#include <sys/prctl.h>

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
    m_process.setChildProcessModifier([] { ::prctl(PR_SET_PDEATHSIG, SIGKILL); });
}

ServerProcess::~ServerProcess()
{
    stop();
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
    const QString found = QStandardPaths::findExecutable(
        m_program, {QStringLiteral("/usr/sbin"), QStringLiteral("/usr/bin")});
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
