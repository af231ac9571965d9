// SPDX-License-Identifier: Apache-2.0
// The least that can be done over QNetworkAccessManager, so that what the engine costs can be told
// from what the library costs. Nothing is checked, nothing synced, nothing can be gone on with.
//   floor get URL FILE | floor put FILE URL | floor list FILE-OF-URLS FOLDER
#include <QCoreApplication>
#include <QDir>
#include <QFile>
#include <QNetworkAccessManager>
#include <QNetworkReply>
#include <QNetworkProxy>
#include <QSslConfiguration>
#include <QSslSocket>

#include <functional>
#include <memory>

namespace {

constexpr int kAtOnce = 6;
constexpr qint64 kReadAheadBytes = qint64(2) * 1024 * 1024;

QNetworkRequest requestTo(const QString &url)
{
    QNetworkRequest request{QUrl(url)};
    QSslConfiguration tls = QSslConfiguration::defaultConfiguration();
    tls.setPeerVerifyMode(QSslSocket::VerifyNone);
    request.setSslConfiguration(tls);
    request.setRawHeader("Accept-Encoding", "identity");
    return request;
}

/// The bytes go into the file as they come; then `done` is called.
void fetch(QNetworkAccessManager *manager, const QString &url, const QString &path,
           const std::function<void(bool)> &done)
{
    auto file = std::make_shared<QFile>(path);
    const bool isOpen = file->open(QIODevice::WriteOnly | QIODevice::Unbuffered);
    QNetworkReply *reply = manager->get(requestTo(url));
    reply->setReadBufferSize(kReadAheadBytes);
    const auto take = [reply, file] { return file->write(reply->readAll()) >= 0; };
    QObject::connect(reply, &QNetworkReply::readyRead, reply, take);
    QObject::connect(reply, &QNetworkReply::finished, reply, [=] {
        reply->deleteLater();
        done(isOpen && take() && reply->error() == QNetworkReply::NoError);
    });
}

void end(bool isDone)
{
    QCoreApplication::exit(isDone ? 0 : 1);
}

void send(QNetworkAccessManager *manager, const QString &path, const QString &url)
{
    auto *file = new QFile(path, manager);
    const bool isOpen = file->open(QIODevice::ReadOnly | QIODevice::Unbuffered);
    QNetworkReply *reply = manager->put(requestTo(url), file);
    QObject::connect(reply, &QNetworkReply::finished, reply,
                     [=] { end(isOpen && reply->error() == QNetworkReply::NoError); });
}

class List {
public:
    List(QNetworkAccessManager *manager, const QString &path, const QString &folder)
        : m_manager(manager)
        , m_folder(folder)
    {
        QFile file(path);
        if (file.open(QIODevice::ReadOnly)) {
            m_urls = QString::fromUtf8(file.readAll()).split(u'\n', Qt::SkipEmptyParts);
        }
        for (int i = 0; i < kAtOnce; ++i) {
            next();
        }
    }

private:
    void next()
    {
        if (m_begun == m_urls.size()) {
            return;
        }
        const QString url = m_urls.at(m_begun++);
        fetch(m_manager, url, m_folder.filePath(url.section(u'/', -1)), [this](bool isDone) {
            m_isDone = m_isDone && isDone;
            if (++m_ended == m_urls.size()) {
                end(m_isDone);
            }
            next();
        });
    }

    QNetworkAccessManager *m_manager;
    QDir m_folder;
    QStringList m_urls;
    qsizetype m_begun = 0;
    qsizetype m_ended = 0;
    bool m_isDone = true;
};

} // namespace

int main(int argc, char **argv)
{
    const QCoreApplication program(argc, argv);
    const QStringList words = QCoreApplication::arguments();
    if (words.size() != 4) {
        qCritical("floor get URL FILE | floor put FILE URL | floor list FILE-OF-URLS FOLDER");
        return 2;
    }
    QNetworkAccessManager manager;
    manager.setProxy(QNetworkProxy::NoProxy);
    std::unique_ptr<List> list;
    if (words.at(1) == u"get") {
        fetch(&manager, words.at(2), words.at(3), end);
    } else if (words.at(1) == u"put") {
        send(&manager, words.at(2), words.at(3));
    } else {
        list = std::make_unique<List>(&manager, words.at(2), words.at(3));
    }
    return QCoreApplication::exec();
}
