// SPDX-License-Identifier: Apache-2.0
#include "tests/support/apache.h"

#include "tests/support/curl.h"
#include "tests/support/http_server.h"

#include <QCryptographicHash>
#include <QFile>

using namespace Qt::StringLiterals;

namespace {

// What is between @ is filled in.
constexpr const char *kApacheConfiguration = R"(
ServerRoot "@FOLDER@"
ServerName localhost
Listen 127.0.0.1:@PORT@
PidFile "@FOLDER@/apache.pid"
Mutex "file:@FOLDER@"
ErrorLog "@FOLDER@/error.log"
LogLevel warn
@MODULES@
ThreadsPerChild 8
MaxRequestWorkers 8
KeepAlive On
Timeout 30
LogFormat "%m %U %>s %I" brief
CustomLog "@FOLDER@/access.log" brief
DavLockDB "@FOLDER@/locks/db"
DocumentRoot "@FOLDER@/uploads"
Alias /dav "@FOLDER@/uploads"
Alias /login "@FOLDER@/uploads"
<Location />
    Require all granted
</Location>
<Location /dav>
    Dav On
</Location>
<Location /login>
    Dav On
    AuthType Basic
    AuthName "uploads"
    AuthUserFile "@FOLDER@/users"
    Require valid-user
</Location>
)";

constexpr const char *kLockRequest =
    "<?xml version=\"1.0\" encoding=\"utf-8\"?><D:lockinfo xmlns:D=\"DAV:\"><D:lockscope>"
    "<D:exclusive/></D:lockscope><D:locktype><D:write/></D:locktype></D:lockinfo>";

QByteArray modules()
{
    QByteArray lines;
    for (const char *name : {"mpm_event", "authn_core", "authn_file", "authz_core", "authz_user",
                             "auth_basic", "alias", "dav", "dav_fs", "logio"}) {
        const QByteArray file = QByteArray("/usr/lib/apache2/modules/mod_") + name + ".so";
        // Some are built in, which differs.
        if (QFile::exists(QString::fromLatin1(file))) {
            lines += QByteArray("LoadModule ") + name + "_module " + file + '\n';
        }
    }
    return lines;
}

} // namespace

Apache::Apache()
{
    m_process.runAs("www-data"); // it refuses to serve as root
    std::ignore = m_process.makeFolder(u"uploads"_s);
}

bool Apache::start()
{
    return writeConfiguration() &&
           m_process.start({u"-X"_s, u"-f"_s, m_process.path(u"apache.conf"_s)}, {m_port});
}

QUrl Apache::url(const QString &path) const
{
    return QUrl(u"http://127.0.0.1:%1%2"_s.arg(m_port).arg(path));
}

QString Apache::uploaded(const QString &path) const
{
    return uploadFolder() + path.sliced(path.indexOf(u'/', 1));
}

QString Apache::error() const
{
    return m_process.error() + QString::fromLocal8Bit(m_process.contentOf(u"error.log"_s));
}

QList<ApacheRequest> Apache::requests() const
{
    QList<ApacheRequest> all;
    for (const QByteArray &line : m_process.contentOf(u"access.log"_s).split('\n')) {
        const QList<QByteArray> words = line.split(' ');
        if (words.size() == 4) {
            all.append({.method = words.at(0),
                        .target = words.at(1),
                        .status = words.at(2).toInt(),
                        .requestBytes = words.at(3).toLongLong()});
        }
    }
    return all;
}

bool Apache::lock(const QString &path) const
{
    return curl({u"-X"_s, u"LOCK"_s, u"-H"_s, u"Timeout: Second-600"_s, u"--data-binary"_s, u"@-"_s,
                 url(path).toString()},
                kLockRequest)
               .status == 200;
}

bool Apache::writeConfiguration()
{
    if (m_port == 0) {
        m_port = HttpServer::closedPort();
    }
    QByteArray text = kApacheConfiguration;
    text.replace("@MODULES@", modules());
    text.replace("@FOLDER@", m_process.folder().toLocal8Bit());
    text.replace("@PORT@", QByteArray::number(m_port));
    const QByteArray hash =
        QCryptographicHash::hash(QByteArray(kPassword), QCryptographicHash::Sha1).toBase64();
    const QByteArray users = QByteArray(kUser) + ":{SHA}" + hash + '\n';
    return m_process.makeFolder(u"locks"_s) && m_process.writeFile(u"apache.conf"_s, text) &&
           m_process.writeFile(u"users"_s, users);
}
