// SPDX-License-Identifier: Apache-2.0
#include "tests/support/nginx.h"

#include "tests/support/http_server.h"

#include <QDir>
#include <QFile>
#include <QSaveFile>
#include <QTimeZone>

#include <unistd.h>

#include <algorithm>
#include <array>

namespace {

constexpr qint64 kWriteStepBytes = qint64(1) << 20;

constexpr std::array kUploadFolders = {"dav", "dav-small", "dav-login", "dav-readonly"};

// @FOLDER@, @PORT@, @USER@ and @TLS@ are filled in.
constexpr const char *kNginxConfiguration = R"(
daemon off;
worker_processes 1;
@USER@
pid @FOLDER@/nginx.pid;
events { worker_connections 1024; }
http {
    log_format brief '$request_method $request_uri $status $body_bytes_sent $server_port '
                     '"$http_range" "$http_authorization" $request_length';
    access_log @FOLDER@/access.log brief;
    client_body_temp_path @FOLDER@/tmp;
    proxy_temp_path @FOLDER@/tmp;
    fastcgi_temp_path @FOLDER@/tmp;
    uwsgi_temp_path @FOLDER@/tmp;
    scgi_temp_path @FOLDER@/tmp;
    default_type application/octet-stream;
    sendfile on;
    absolute_redirect off;
    server {
        listen 127.0.0.1:@PORT@;
        include @FOLDER@/locations.conf;
    }
    @TLS@
}
)";

constexpr const char *kTlsServer = R"(
    server {
        listen 127.0.0.1:@PORT@ ssl;
        ssl_certificate @CERTIFICATE@;
        ssl_certificate_key @KEY@;
        ssl_protocols @PROTOCOLS@;
        # What is outdated is no longer spoken by itself.
        ssl_ciphers ALL:@SECLEVEL=0;
        include @FOLDER@/locations.conf;
    }
)";

constexpr const char *kLocations = R"(
root @FOLDER@/files;
location /noranges/ { alias @FOLDER@/files/; max_ranges 0; }
location /slow/ { alias @FOLDER@/files/; limit_rate 1m; }
location /login/ {
    alias @FOLDER@/files/;
    auth_basic "files";
    auth_basic_user_file @FOLDER@/users;
}
location ~ ^/insecure/(.*)$ { return 302 http://127.0.0.1:@PORT@/$1; }
location ~ ^/at/(\d+)/(.*)$ { return 302 https://127.0.0.1:$1/$2; }
location /portal/ {
    types { }
    default_type "text/html; charset=utf-8";
    return 200 "<!DOCTYPE html><html><head><title>Sign in &amp; go on</title></head><body><form><input name=user><input type=password name=p></form></body></html>";
}
location /members/ { return 302 /portal/signin; }
location /loop/ { return 302 $request_uri; }
location /forbidden/ { return 403; }
location /empty/ { return 204; }
location /dav/ { include @FOLDER@/dav.conf; client_max_body_size 0; }
location /dav-small/ { include @FOLDER@/dav.conf; client_max_body_size 1m; }
location /dav-login/ {
    include @FOLDER@/dav.conf;
    client_max_body_size 0;
    auth_basic "uploads";
    auth_basic_user_file @FOLDER@/users;
}
location /dav-readonly/ {
    include @FOLDER@/dav.conf;
    client_max_body_size 0;
    limit_except GET { deny all; }
}
)";

constexpr const char *kDav = R"(
root @FOLDER@/uploads;
dav_methods PUT DELETE MKCOL;
dav_access user:rw group:r all:r;
)";

} // namespace

bool Nginx::start()
{
    const QString folder = m_process.folder();
    return writeConfiguration() &&
           m_process.start({QStringLiteral("-p"), folder, QStringLiteral("-c"),
                            folder + QStringLiteral("/nginx.conf"), QStringLiteral("-e"),
                            folder + QStringLiteral("/error.log")},
                           {m_port});
}

bool Nginx::addFile(const QString &name, const Body &body)
{
    // Put in place whole: a request under way keeps the version it began with.
    const QDir folder(m_process.folder());
    QSaveFile file(folder.filePath(QStringLiteral("files/") + name));
    if (!folder.mkpath(QStringLiteral("files")) || !file.open(QIODevice::WriteOnly)) {
        return false;
    }
    for (qint64 at = 0; at < body.sizeBytes(); at += kWriteStepBytes) {
        const QByteArray bytes = body.slice(at, kWriteStepBytes);
        if (file.write(bytes) != bytes.size()) {
            return false;
        }
    }
    const QDateTime time =
        QDateTime(QDate(2026, 1, 1), QTime(12, 0), QTimeZone::utc()).addDays(m_versions);
    ++m_versions;
    return file.flush() && file.setFileTime(time, QFileDevice::FileModificationTime) &&
           file.commit();
}

void Nginx::useTls(const QString &server, const ServerCertificate &certificate,
                   const QByteArray &protocols)
{
    TlsServer &made = m_tls[server];
    made.certificate = certificate;
    made.protocols = protocols;
    if (made.port == 0) {
        made.port = HttpServer::closedPort();
    }
}

QUrl Nginx::tlsUrl(const QString &server, const QString &path) const
{
    return QUrl(QStringLiteral("https://127.0.0.1:%1%2").arg(m_tls.at(server).port).arg(path));
}

QUrl Nginx::url(const QString &path) const
{
    return QUrl(QStringLiteral("http://127.0.0.1:%1%2").arg(m_port).arg(path));
}

QString Nginx::uploaded(const QString &path) const
{
    return m_process.path(QStringLiteral("uploads") + path);
}

QByteArray Nginx::accessLog() const
{
    return m_process.contentOf(QStringLiteral("access.log"));
}

QList<NginxRequest> Nginx::requests() const
{
    QList<NginxRequest> all;
    for (const QByteArray &line : accessLog().split('\n')) {
        const QList<QByteArray> quoted = line.split('"');
        const QList<QByteArray> words = quoted.first().split(' ');
        if (quoted.size() < 5 || words.size() < 5) {
            continue;
        }
        const auto given = [](const QByteArray &field) { return field == "-" ? "" : field; };
        all.append({.method = words.at(0),
                    .target = words.at(1),
                    .status = words.at(2).toInt(),
                    .bodyBytes = words.at(3).toLongLong(),
                    .range = given(quoted.at(1)),
                    .port = words.at(4).toUShort(),
                    .authorization = given(quoted.at(3)),
                    .requestBytes = quoted.at(4).trimmed().toLongLong()});
    }
    return all;
}

QList<NginxRequest> Nginx::requests(const QByteArray &target) const
{
    QList<NginxRequest> some = requests();
    some.removeIf([&target](const NginxRequest &each) { return each.target != target; });
    return some;
}

QByteArray Nginx::tlsServers() const
{
    QByteArray text;
    for (const auto &[name, server] : m_tls) {
        QByteArray one = kTlsServer;
        one.replace("@PORT@", QByteArray::number(server.port));
        one.replace("@CERTIFICATE@", server.certificate.certificate.toLocal8Bit());
        one.replace("@KEY@", server.certificate.key.toLocal8Bit());
        one.replace("@PROTOCOLS@", server.protocols);
        text += one;
    }
    return text;
}

bool Nginx::writeConfiguration()
{
    if (m_port == 0) {
        m_port = HttpServer::closedPort();
    }
    const auto filled = [this](QByteArray text) {
        text.replace("@TLS@", tlsServers());
        text.replace("@FOLDER@", m_process.folder().toLocal8Bit());
        text.replace("@PORT@", QByteArray::number(m_port));
        // Its workers must be able to read the folder, which is ours alone.
        text.replace("@USER@", ::geteuid() == 0 ? "user root;" : "");
        return text;
    };
    const QByteArray users = QByteArray(kUser) + ":{PLAIN}" + kPassword + '\n';
    const QDir folder(m_process.folder());
    return folder.mkpath(QStringLiteral("files")) &&
           std::ranges::all_of(kUploadFolders,
                               [&folder](const char *name) {
                                   return folder.mkpath(QStringLiteral("uploads/") +
                                                        QLatin1String(name));
                               }) &&
           m_process.writeFile(QStringLiteral("nginx.conf"), filled(kNginxConfiguration)) &&
           m_process.writeFile(QStringLiteral("locations.conf"), filled(kLocations)) &&
           m_process.writeFile(QStringLiteral("dav.conf"), filled(kDav)) &&
           m_process.writeFile(QStringLiteral("users"), users);
}
