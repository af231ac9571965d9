// SPDX-License-Identifier: Apache-2.0
#include "tests/support/nginx.h"

#include "tests/support/http_server.h"

#include <QDir>
#include <QFile>
#include <QStandardPaths>
#include <QTcpSocket>
#include <QTest>

#include <sys/prctl.h>
#include <unistd.h>

#include <csignal>

namespace {

constexpr int kStartMs = 5000;
constexpr qint64 kWriteStepBytes = qint64(1) << 20;

// @FOLDER@, @PORT@ and @USER@ are filled in.
constexpr const char *kConfiguration = R"(
daemon off;
worker_processes 1;
@USER@
pid @FOLDER@/nginx.pid;
events { worker_connections 1024; }
http {
    log_format brief '$request_method $request_uri $status $body_bytes_sent $http_range';
    access_log @FOLDER@/access.log brief;
    client_body_temp_path @FOLDER@/tmp;
    proxy_temp_path @FOLDER@/tmp;
    fastcgi_temp_path @FOLDER@/tmp;
    uwsgi_temp_path @FOLDER@/tmp;
    scgi_temp_path @FOLDER@/tmp;
    default_type application/octet-stream;
    sendfile on;
    server {
        listen 127.0.0.1:@PORT@;
        root @FOLDER@/files;
        location /noranges/ { alias @FOLDER@/files/; max_ranges 0; }
        location /slow/ { alias @FOLDER@/files/; limit_rate 1m; }
        location /login/ {
            alias @FOLDER@/files/;
            auth_basic "files";
            auth_basic_user_file @FOLDER@/users;
        }
    }
}
)";

bool writeFile(const QString &path, const QByteArray &bytes)
{
    QFile file(path);
    return file.open(QIODevice::WriteOnly) && file.write(bytes) == bytes.size() && file.flush();
}

} // namespace

Nginx::Nginx()
{
    m_process.setProcessChannelMode(QProcess::MergedChannels);
    // It must not outlive a test that is killed.
    m_process.setChildProcessModifier([] { ::prctl(PR_SET_PDEATHSIG, SIGTERM); });
}

Nginx::~Nginx()
{
    stop();
}

bool Nginx::start()
{
    const QString program = QStandardPaths::findExecutable(
        QStringLiteral("nginx"), {QStringLiteral("/usr/sbin"), QStringLiteral("/usr/bin")});
    if (program.isEmpty() || !m_folder.isValid() || !writeConfiguration()) {
        m_error = program.isEmpty() ? QStringLiteral("nginx is not installed")
                                    : QStringLiteral("its folder cannot be written");
        return false;
    }
    const QString folder = m_folder.path();
    m_process.start(program, {QStringLiteral("-p"), folder, QStringLiteral("-c"),
                              folder + QStringLiteral("/nginx.conf"), QStringLiteral("-e"),
                              folder + QStringLiteral("/error.log")});
    const bool hasStarted = QTest::qWaitFor(
        [this] { return m_process.state() == QProcess::NotRunning || takesConnections(); },
        kStartMs);
    if (!hasStarted || m_process.state() == QProcess::NotRunning) {
        m_error = QString::fromLocal8Bit(m_process.readAll());
        return false;
    }
    return true;
}

void Nginx::stop()
{
    if (m_process.state() == QProcess::NotRunning) {
        return;
    }
    m_process.terminate();
    if (!m_process.waitForFinished(kStartMs)) {
        m_process.kill();
        m_process.waitForFinished(kStartMs);
    }
}

bool Nginx::addFile(const QString &name, const Body &body)
{
    const QDir folder(m_folder.path());
    QFile file(folder.filePath(QStringLiteral("files/") + name));
    if (!folder.mkpath(QStringLiteral("files")) || !file.open(QIODevice::WriteOnly)) {
        return false;
    }
    for (qint64 at = 0; at < body.sizeBytes(); at += kWriteStepBytes) {
        const QByteArray bytes = body.slice(at, kWriteStepBytes);
        if (file.write(bytes) != bytes.size()) {
            return false;
        }
    }
    return file.flush();
}

QUrl Nginx::url(const QString &path) const
{
    return QUrl(QStringLiteral("http://127.0.0.1:%1%2").arg(m_port).arg(path));
}

QByteArray Nginx::accessLog() const
{
    QFile file(m_folder.filePath(QStringLiteral("access.log")));
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

bool Nginx::writeConfiguration()
{
    if (m_port == 0) {
        m_port = HttpServer::closedPort();
    }
    QByteArray text = kConfiguration;
    text.replace("@FOLDER@", m_folder.path().toLocal8Bit());
    text.replace("@PORT@", QByteArray::number(m_port));
    // Its workers must be able to read the folder, which is ours alone.
    text.replace("@USER@", ::geteuid() == 0 ? "user root;" : "");
    const QByteArray users = QByteArray(kUser) + ":{PLAIN}" + kPassword + '\n';
    return QDir(m_folder.path()).mkpath(QStringLiteral("files")) &&
           writeFile(m_folder.filePath(QStringLiteral("nginx.conf")), text) &&
           writeFile(m_folder.filePath(QStringLiteral("users")), users);
}

bool Nginx::takesConnections() const
{
    QTcpSocket probe;
    probe.connectToHost(QHostAddress(QHostAddress::LocalHost), m_port);
    return probe.waitForConnected(kStartMs);
}
