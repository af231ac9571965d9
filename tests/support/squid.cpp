// SPDX-License-Identifier: Apache-2.0
#include "tests/support/squid.h"

#include "tests/support/http_server.h"

#include <QCoreApplication>

using namespace Qt::StringLiterals;

namespace {

// What is between @ is filled in.
constexpr const char *kSquidConfiguration = R"(
http_port 127.0.0.1:@OPEN@ name=open
http_port 127.0.0.1:@GUARDED@ name=guarded
http_port 127.0.0.1:@PLAIN@ name=plain
pid_filename @FOLDER@/squid.pid
access_log stdio:@FOLDER@/access.log
cache_log @FOLDER@/cache.log
coredump_dir @FOLDER@
cache deny all
cache_mem 1 MB
memory_pools off
pinger_enable off
shutdown_lifetime 0 seconds
max_filedescriptors 256
visible_hostname localhost
auth_param basic program /bin/sh @FOLDER@/helper
auth_param basic children 1 startup=1 idle=1
auth_param basic realm proxy
acl CONNECT method CONNECT
acl guarded myportname guarded
acl plain myportname plain
acl refused port @REFUSED@
acl known proxy_auth REQUIRED
http_access deny CONNECT refused
http_access deny guarded !known
http_access allow all
request_header_access Range deny plain
)";

// A line in is a name and a password, percent-encoded; a line out is the answer.
constexpr const char *kHelper = R"(
while read -r user password; do
    if [ "$user $password" = "@USER@ @PASSWORD@" ]; then echo OK; else echo ERR; fi
done
)";

} // namespace

bool Squid::start()
{
    m_process.runAs("proxy");
    // A name of its own for what squids share on a machine.
    const QString service = u"bellhop%1"_s.arg(QCoreApplication::applicationPid());
    return writeConfiguration() &&
           m_process.start({u"-N"_s, u"-n"_s, service, u"-f"_s, m_process.path(u"squid.conf"_s)},
                           {m_openPort, m_guardedPort, m_plainPort});
}

QUrl Squid::guarded(const QString &user, const QString &password) const
{
    QUrl url = guarded();
    url.setUserName(user, QUrl::DecodedMode);
    url.setPassword(password, QUrl::DecodedMode);
    return url;
}

QByteArray Squid::accessLog() const
{
    return m_process.contentOf(u"access.log"_s);
}

QUrl Squid::face(quint16 port)
{
    return QUrl(u"http://127.0.0.1:%1"_s.arg(port));
}

bool Squid::writeConfiguration()
{
    for (quint16 *port : {&m_openPort, &m_guardedPort, &m_plainPort}) {
        *port = *port == 0 ? HttpServer::closedPort() : *port;
    }
    QByteArray text = kSquidConfiguration;
    text.replace("@FOLDER@", m_process.folder().toLocal8Bit());
    text.replace("@OPEN@", QByteArray::number(m_openPort));
    text.replace("@GUARDED@", QByteArray::number(m_guardedPort));
    text.replace("@PLAIN@", QByteArray::number(m_plainPort));
    text.replace("@REFUSED@", QByteArray::number(m_refusedPort));
    QByteArray helper = kHelper;
    helper.replace("@USER@", QByteArray(kUser).toPercentEncoding());
    helper.replace("@PASSWORD@", QByteArray(kPassword).toPercentEncoding());
    return m_process.writeFile(u"squid.conf"_s, text) && m_process.writeFile(u"helper"_s, helper);
}
