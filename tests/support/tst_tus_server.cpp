// SPDX-License-Identifier: Apache-2.0
#include "tests/support/curl.h"
#include "tests/support/file_facts.h"
#include "tests/support/test_program.h"
#include "tests/support/tus_server.h"

#include <QFile>
#include <QTest>

using namespace Qt::StringLiterals;

class TusServerTest : public QObject {
    Q_OBJECT

private:
    static CurlAnswer ask(const QString &method, const QUrl &url, const QStringList &fields = {},
                          const QByteArray &body = {})
    {
        QStringList arguments{u"-X"_s, method, u"-H"_s, u"Tus-Resumable: 1.0.0"_s};
        for (const QString &field : fields) {
            arguments << u"-H"_s << field;
        }
        if (method == u"HEAD"_s) {
            arguments << u"-I"_s;
        } else if (!body.isEmpty()) {
            arguments << u"--data-binary"_s << u"@-"_s;
        }
        return curl(arguments << url.toString(), body);
    }
    static QUrl create(const TusServer &server, qint64 sizeBytes)
    {
        const CurlAnswer answer =
            ask(u"POST"_s, server.url(), {u"Upload-Length: %1"_s.arg(sizeBytes)});
        return QUrl(QString::fromLatin1(answer.header("Location")));
    }
    static CurlAnswer send(const QUrl &upload, qint64 offset, const QByteArray &bytes)
    {
        return ask(u"PATCH"_s, upload,
                   {u"Upload-Offset: %1"_s.arg(offset),
                    u"Content-Type: application/offset+octet-stream"_s},
                   bytes);
    }

private Q_SLOTS:
    void initTestCase()
    {
        if (!TusServer::whyNotHere().isEmpty()) {
            QSKIP(qPrintable(TusServer::whyNotHere()));
        }
    }

    void init() { QTest::failOnWarning(QRegularExpression(u".*"_s)); }

    void saysWhatItKnows()
    {
        TusServer server;
        QVERIFY2(server.start(), qPrintable(server.error()));
        const CurlAnswer answer = ask(u"OPTIONS"_s, server.url());
        QCOMPARE(answer.status, 204);
        QCOMPARE(answer.header("Tus-Version"), "1.0.0");
        QCOMPARE(answer.header("Tus-Extension"),
                 "creation,creation-with-upload,creation-defer-length,termination,expiration");
    }

    void takesAFileInPieces()
    {
        TusServer server;
        QVERIFY2(server.start(), qPrintable(server.error()));
        const QUrl upload = create(server, 8);
        QCOMPARE(server.uploads(), QList{upload});
        QCOMPARE(send(upload, 0, "1234").header("Upload-Offset"), "4");
        QCOMPARE(send(upload, 0, "1234").status, 409);
        QCOMPARE(ask(u"HEAD"_s, upload).header("Upload-Offset"), "4");
        QCOMPARE(send(upload, 4, "5678").header("Upload-Offset"), "8");
        QCOMPARE(contentOf(server.uploaded(upload)), "12345678");
        QTRY_COMPARE(server.requests().size(), 5);
        const TusRequest last = server.requests("PATCH").last();
        QCOMPARE(last.target, upload.path().toLatin1());
        QCOMPARE(last.status, 204);
        QCOMPARE(last.offset, 4);
        QCOMPARE(last.newOffset, 8);
        QCOMPARE(last.bodyBytes, 4);
        QCOMPARE(server.requests("POST").first().offset, std::nullopt);
    }

    void forgetsWhenItIsAskedTo()
    {
        TusServer server;
        QVERIFY2(server.start(), qPrintable(server.error()));
        const QUrl ended = create(server, 8);
        QCOMPARE(ask(u"DELETE"_s, ended).status, 204);
        QCOMPARE(ask(u"HEAD"_s, ended).status, 404);
        QVERIFY(!QFile::exists(server.uploaded(ended)));
        const QUrl forgotten = create(server, 8);
        QVERIFY(server.forget(forgotten));
        QCOMPARE(ask(u"HEAD"_s, forgotten).status, 404);
    }

    void hasALimitAndAnEnd()
    {
        TusServer server;
        server.setLargestBytes(10);
        server.setExpiry(std::chrono::milliseconds(1));
        QVERIFY2(server.start(), qPrintable(server.error()));
        QCOMPARE(ask(u"POST"_s, server.url(), {u"Upload-Length: 11"_s}).status, 413);
        const QUrl upload = create(server, 10);
        QTRY_COMPARE(ask(u"HEAD"_s, upload).status, 410);
    }

    void comesBackWithWhatItHas()
    {
        TusServer server;
        QVERIFY2(server.start(), qPrintable(server.error()));
        const QUrl upload = create(server, 8);
        QCOMPARE(send(upload, 0, "1234").status, 204);
        server.stop();
        QCOMPARE(ask(u"HEAD"_s, upload).status, 0);
        QVERIFY2(server.start(), qPrintable(server.error()));
        QCOMPARE(ask(u"HEAD"_s, upload).header("Upload-Offset"), "4");
        QCOMPARE(send(upload, 4, "5678").status, 204);
    }
};

BELLHOP_TEST(TusServerTest)
#include "tst_tus_server.moc"
