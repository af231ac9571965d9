// SPDX-License-Identifier: Apache-2.0
#include "tests/support/apache.h"
#include "tests/support/curl.h"
#include "tests/support/file_facts.h"
#include "tests/support/mounted_disk.h"
#include "tests/support/test_program.h"

#include <QTest>

using namespace Qt::StringLiterals;

class ApacheTest : public QObject {
    Q_OBJECT

private:
    Apache m_apache;

    static CurlAnswer put(const Apache &apache, const QString &path, const QByteArray &bytes,
                          const QStringList &options = {})
    {
        return curl(QStringList{u"-X"_s, u"PUT"_s, u"--data-binary"_s, u"@-"_s} + options +
                        QStringList{apache.url(path).toString()},
                    bytes);
    }

    [[nodiscard]] QByteArray tagOf(const QString &path) const
    {
        return curl({u"-I"_s, m_apache.url(path).toString()}).header("ETag");
    }

private Q_SLOTS:
    void initTestCase() { QVERIFY2(m_apache.start(), qPrintable(m_apache.error())); }

    void init() { QTest::failOnWarning(QRegularExpression(u".*"_s)); }

    void keepsWhatIsSentAndVouchesForIt()
    {
        QCOMPARE(put(m_apache, u"/dav/new"_s, "some bytes").status, 201);
        QCOMPARE(contentOf(m_apache.uploaded(u"/dav/new"_s)), "some bytes");
        const CurlAnswer head = curl({u"-I"_s, m_apache.url(u"/dav/new"_s).toString()});
        QCOMPARE(head.header("Content-Length"), "10");
        QVERIFY(head.header("ETag").contains('"'));
        QTRY_VERIFY(m_apache.requests().size() >= 2);
        const ApacheRequest logged = m_apache.requests().first();
        QCOMPARE(logged.method, "PUT");
        QCOMPARE(logged.target, "/dav/new");
        QCOMPARE(logged.status, 201);
        QVERIFY(logged.requestBytes > 10);
    }

    void knowsConditions()
    {
        const QString path = u"/dav/taken"_s;
        QCOMPARE(put(m_apache, path, "first").status, 201);
        QCOMPARE(put(m_apache, path, "second", {u"-H"_s, u"If-None-Match: *"_s}).status, 412);
        QCOMPARE(put(m_apache, path, "second", {u"-H"_s, u"If-Match: \"other\""_s}).status, 412);
        QCOMPARE(contentOf(m_apache.uploaded(path)), "first");
        // Weak at first, as the file might change again within the second.
        QTRY_VERIFY(tagOf(path).startsWith('"'));
        const QString condition = u"If-Match: "_s + QString::fromLatin1(tagOf(path));
        QCOMPARE(put(m_apache, path, "second", {u"-H"_s, condition}).status, 204);
        QCOMPARE(contentOf(m_apache.uploaded(path)), "second");
    }

    void wantsTheFolderFirst()
    {
        QCOMPARE(put(m_apache, u"/dav/folder/new"_s, "x").status, 409);
        QCOMPARE(curl({u"-X"_s, u"MKCOL"_s, m_apache.url(u"/dav/folder"_s).toString()}).status,
                 201);
        QCOMPARE(put(m_apache, u"/dav/folder/new"_s, "x").status, 201);
    }

    void keepsToALock()
    {
        QCOMPARE(put(m_apache, u"/dav/locked"_s, "x").status, 201);
        QVERIFY(m_apache.lock(u"/dav/locked"_s));
        QCOMPARE(put(m_apache, u"/dav/locked"_s, "y").status, 423);
        QCOMPARE(contentOf(m_apache.uploaded(u"/dav/locked"_s)), "x");
    }

    void asksForALogin()
    {
        QCOMPARE(put(m_apache, u"/login/mine"_s, "x").status, 401);
        const QString login =
            QString::fromLatin1(Apache::kUser) + u':' + QString::fromLatin1(Apache::kPassword);
        QCOMPARE(put(m_apache, u"/login/mine"_s, "x", {u"-u"_s, login}).status, 201);
        QVERIFY(QFile::exists(m_apache.uploaded(u"/login/mine"_s)));
    }

    void saysThatItIsFull()
    {
        if (!MountedDisk::areToBeHad()) {
            QSKIP("Nothing may be mounted here.");
        }
        Apache full;
        const MountedDisk disk(full.uploadFolder(), qint64(1) << 20);
        QVERIFY(disk.isMounted());
        QVERIFY2(full.start(), qPrintable(full.error()));
        const int status = put(full, u"/dav/big"_s, QByteArray(2 << 20, 'x')).status;
        QVERIFY2(status == 500 || status == 507, qPrintable(QString::number(status)));
    }

    void comesBackOnTheSamePort()
    {
        const QUrl before = m_apache.url(u"/dav/"_s);
        m_apache.stop();
        QCOMPARE(put(m_apache, u"/dav/again"_s, "x").status, 0);
        QVERIFY2(m_apache.start(), qPrintable(m_apache.error()));
        QCOMPARE(m_apache.url(u"/dav/"_s), before);
        QCOMPARE(put(m_apache, u"/dav/again"_s, "x").status, 201);
    }
};

BELLHOP_TEST(ApacheTest)
#include "tst_apache.moc"
