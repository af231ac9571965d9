// SPDX-License-Identifier: Apache-2.0
#include "tests/support/tus_server.h"

#include "tests/support/http_server.h"

#include <QDir>
#include <QFile>
#include <QJsonDocument>
#include <QJsonObject>
#include <QStandardPaths>
#include <QVersionNumber>

using namespace Qt::StringLiterals;

namespace {

/// What the packages ask for.
const QVersionNumber kOldestNode(20, 19, 0);

QVersionNumber nodeVersion()
{
    QProcess node;
    node.start(u"node"_s, {u"--version"_s});
    const bool hasEnded = node.waitForFinished();
    const QString said = QString::fromLatin1(node.readAllStandardOutput());
    return hasEnded ? QVersionNumber::fromString(said.mid(1).trimmed()) : QVersionNumber();
}

QString findWhatIsMissing()
{
    if (QStandardPaths::findExecutable(u"node"_s).isEmpty()) {
        return u"node is not installed, so there is no tus server here."_s;
    }
    if (const QVersionNumber version = nodeVersion(); version < kOldestNode) {
        return u"The tus server needs node %1, and this is %2."_s.arg(kOldestNode.toString(),
                                                                      version.toString());
    }
    if (!QFile::exists(QStringLiteral(BELLHOP_NPM_FOLDER "/node_modules/@tus/server"))) {
        return u"The packages of the tus server are not in build/npm; tests/run gets them."_s;
    }
    return {};
}

std::optional<qint64> offsetIn(const QJsonValue &value)
{
    return value.isDouble() ? std::optional(value.toInteger()) : std::nullopt;
}

} // namespace

QString TusServer::whyNotHere()
{
    static const QString sentence = findWhatIsMissing();
    return sentence;
}

bool TusServer::start()
{
    if (m_port == 0) {
        m_port = HttpServer::closedPort();
    }
    return m_process.start(
        {QStringLiteral(BELLHOP_TUS_SERVER), u"--port"_s, QString::number(m_port), u"--folder"_s,
         m_process.path(u"uploads"_s), u"--log"_s, m_process.path(u"requests.log"_s),
         u"--modules"_s, QStringLiteral(BELLHOP_NPM_FOLDER), u"--max-bytes"_s,
         QString::number(m_largestBytes), u"--expire-ms"_s, QString::number(m_expiry.count())},
        {m_port});
}

QUrl TusServer::url() const
{
    return QUrl(u"http://127.0.0.1:%1/files"_s.arg(m_port));
}

QString TusServer::uploaded(const QUrl &upload) const
{
    return m_process.path(u"uploads/"_s + upload.fileName());
}

QList<QUrl> TusServer::uploads() const
{
    QList<QUrl> all;
    const QDir folder(m_process.path(u"uploads"_s));
    for (const QString &name : folder.entryList({u"*.json"_s}, QDir::Files)) {
        all.append(QUrl(url().toString() + u'/' + name.chopped(5)));
    }
    return all;
}

bool TusServer::forget(const QUrl &upload) const
{
    return QFile::remove(uploaded(upload)) && QFile::remove(uploaded(upload) + u".json"_s);
}

QList<TusRequest> TusServer::requests() const
{
    QList<TusRequest> all;
    for (const QByteArray &line : m_process.contentOf(u"requests.log"_s).split('\n')) {
        const QJsonObject logged = QJsonDocument::fromJson(line).object();
        if (!logged.isEmpty()) {
            all.append({.method = logged[u"method"_s].toString().toLatin1(),
                        .target = logged[u"path"_s].toString().toLatin1(),
                        .status = logged[u"status"_s].toInt(),
                        .offset = offsetIn(logged[u"offset"_s]),
                        .newOffset = offsetIn(logged[u"newOffset"_s]),
                        .bodyBytes = logged[u"bodyBytes"_s].toInteger()});
        }
    }
    return all;
}

QList<TusRequest> TusServer::requests(const QByteArray &method) const
{
    QList<TusRequest> some = requests();
    some.removeIf([&method](const TusRequest &each) { return each.method != method; });
    return some;
}
