// SPDX-License-Identifier: Apache-2.0
#include "tests/support/curl.h"
#include "tests/support/file_facts.h"
#include "tests/support/nginx.h"
#include "tests/support/test_program.h"

#include <QNetworkAccessManager>
#include <QNetworkReply>
#include <QTest>

#include <memory>

using namespace Qt::StringLiterals;

class NginxTest : public QObject {
    Q_OBJECT

private:
    using Reply = std::unique_ptr<QNetworkReply>;

    static constexpr qint64 kSizeBytes = 3'000'000;

    Nginx m_nginx;
    QNetworkAccessManager m_net;

    Reply fetch(const QString &path, const QByteArray &range = {}, const QByteArray &login = {})
    {
        QNetworkRequest request(m_nginx.url(path));
        request.setRawHeader("Accept-Encoding", "identity");
        if (!range.isEmpty()) {
            request.setRawHeader("Range", range);
        }
        if (!login.isEmpty()) {
            request.setRawHeader("Authorization", "Basic " + login.toBase64());
        }
        Reply reply(m_net.get(request));
        std::ignore = QTest::qWaitFor([&reply] { return reply->isFinished(); });
        return reply;
    }

    CurlAnswer put(const QString &path, const QByteArray &bytes, const QStringList &options = {})
    {
        return curl(QStringList{u"-X"_s, u"PUT"_s, u"--data-binary"_s, u"@-"_s} + options +
                        QStringList{m_nginx.url(path).toString()},
                    bytes);
    }

    static int statusOf(const Reply &reply)
    {
        return reply->attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt();
    }

private Q_SLOTS:
    void initTestCase()
    {
        QVERIFY(m_nginx.addFile(u"file"_s, Body::pattern(5, kSizeBytes)));
        QVERIFY2(m_nginx.start(), qPrintable(m_nginx.error()));
    }

    void init() { QTest::failOnWarning(QRegularExpression(u".*"_s)); }

    void servesRangesWithAValidator()
    {
        const Reply reply = fetch(u"/file"_s, "bytes=1000000-");
        QCOMPARE(statusOf(reply), 206);
        QVERIFY(reply->rawHeader("ETag").startsWith('"'));
        QCOMPARE(reply->rawHeader("Content-Range"), "bytes 1000000-2999999/3000000");
        QVERIFY(reply->readAll() == patternBytes(5, 1'000'000, 2'000'000));
        QTRY_COMPARE(m_nginx.requests("/file").size(), 1);
        const NginxRequest logged = m_nginx.requests("/file").first();
        QCOMPARE(logged.status, 206);
        QCOMPARE(logged.bodyBytes, 2'000'000);
        QCOMPARE(logged.range, "bytes=1000000-");
        QCOMPARE(logged.authorization, QByteArray());
    }

    void ignoresRangesWhereToldTo()
    {
        const Reply reply = fetch(u"/noranges/file"_s, "bytes=1000000-");
        QCOMPARE(statusOf(reply), 200);
        QCOMPARE(reply->readAll().size(), kSizeBytes);
    }

    void asksForALogin()
    {
        QCOMPARE(statusOf(fetch(u"/login/file"_s)), 401);
        QCOMPARE(statusOf(fetch(u"/login/file"_s, "bytes=0-9", "anna:wrong")), 401);
        const QByteArray login = QByteArray(Nginx::kUser) + ':' + Nginx::kPassword;
        QCOMPARE(statusOf(fetch(u"/login/file"_s, "bytes=0-9", login)), 206);
    }

    void isSlowWhereToldTo()
    {
        const Reply reply(m_net.get(QNetworkRequest(m_nginx.url(u"/slow/file"_s))));
        QTRY_VERIFY(reply->bytesAvailable() > 0);
        QVERIFY(!reply->isFinished());
        QVERIFY(reply->bytesAvailable() < kSizeBytes);
    }

    void keepsWhatIsSent()
    {
        QCOMPARE(put(u"/dav/new"_s, "some bytes").status, 201);
        QCOMPARE(contentOf(m_nginx.uploaded(u"/dav/new"_s)), "some bytes");
        QCOMPARE(put(u"/dav/new"_s, "others").status, 204);
        QCOMPARE(contentOf(m_nginx.uploaded(u"/dav/new"_s)), "others");
        const NginxRequest logged = m_nginx.requests("/dav/new").last();
        QCOMPARE(logged.method, "PUT");
        QVERIFY(logged.requestBytes > 6);
        QCOMPARE(fetch(u"/dav/new"_s)->readAll(), "others");
    }

    void makesFoldersWhenItIsAskedTo()
    {
        QCOMPARE(put(u"/dav/folder/new"_s, "x").status, 500); // others: 409
        QCOMPARE(curl({u"-X"_s, u"MKCOL"_s, m_nginx.url(u"/dav/folder/"_s).toString()}).status,
                 201);
        QCOMPARE(put(u"/dav/folder/new"_s, "x").status, 201);
    }

    void refusesWhatIsSentForItsReasons()
    {
        const QByteArray tooMuch((1 << 20) + 1, 'x');
        QCOMPARE(put(u"/dav-small/new"_s, tooMuch).status, 413);
        QCOMPARE(put(u"/dav-small/new"_s, tooMuch.chopped(1)).status, 201);
        QCOMPARE(put(u"/dav-login/new"_s, "x").status, 401);
        QCOMPARE(put(u"/dav-login/new"_s, "x", {u"-u"_s, u"anna:open sesame"_s}).status, 201);
        QCOMPARE(put(u"/dav-readonly/new"_s, "x").status, 403);
        QCOMPARE(put(u"/file"_s, "x").status, 405);
    }

    void comesBackOnTheSamePort()
    {
        const QUrl before = m_nginx.url(u"/file"_s);
        m_nginx.stop();
        QCOMPARE(fetch(u"/file"_s)->error(), QNetworkReply::ConnectionRefusedError);
        QVERIFY2(m_nginx.start(), qPrintable(m_nginx.error()));
        QCOMPARE(m_nginx.url(u"/file"_s), before);
        QCOMPARE(statusOf(fetch(u"/file"_s)), 200);
    }
};

BELLHOP_TEST(NginxTest)
#include "tst_nginx.moc"
