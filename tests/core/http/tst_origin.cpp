// SPDX-License-Identifier: Apache-2.0
#include "core/http/origin.h"

#include "tests/support/test_program.h"

#include <QSet>
#include <QTest>

using namespace core;

class OriginTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(QStringLiteral(".*"))); }

    void anOriginIsSchemeHostAndPort_data()
    {
        QTest::addColumn<QString>("url");
        QTest::addColumn<QString>("written");
        QTest::addColumn<int>("port");
        const auto row = [](const char *url, const char *written, int port) {
            QTest::newRow(url) << QString::fromUtf8(url) << QString::fromUtf8(written) << port;
        };
        row("http://example.org", "http://example.org", 80);
        row("https://example.org/a?b#c", "https://example.org", 443);
        row("https://example.org:443/", "https://example.org", 443);
        row("https://example.org:80/", "https://example.org:80", 80);
        row("http://example.org:443/", "http://example.org:443", 443);
        row("HTTPS://Example.ORG:8443/", "https://example.org:8443", 8443);
        row("https://user:pw@example.org/", "https://example.org", 443);
        row("https://münchen.de/", "https://xn--mnchen-3ya.de", 443);
        row("https://XN--MNCHEN-3YA.de/", "https://xn--mnchen-3ya.de", 443);
        row("http://[::1]/", "http://[::1]", 80);
        row("http://[2001:DB8::1]:8080/", "http://[2001:db8::1]:8080", 8080);
        row("http://127.0.0.1:8080/", "http://127.0.0.1:8080", 8080);
    }
    void anOriginIsSchemeHostAndPort()
    {
        QFETCH(QString, url);
        QFETCH(QString, written);
        QFETCH(int, port);
        const Origin origin = originOf(QUrl(url));
        QCOMPARE(text(origin), written);
        QCOMPARE(origin.port, port);
        QCOMPARE(originOf(QUrl(text(origin))), origin);
    }

    void whatDiffersInOnePartIsAnotherOrigin()
    {
        const QSet<Origin> origins{
            originOf(QUrl(QStringLiteral("https://example.org/"))),
            originOf(QUrl(QStringLiteral("http://example.org/"))),
            originOf(QUrl(QStringLiteral("https://example.org:8443/"))),
            originOf(QUrl(QStringLiteral("https://www.example.org/"))),
            originOf(QUrl(QStringLiteral("https://example.org./"))),
        };
        QCOMPARE(origins.size(), 5);
        QVERIFY(origins.contains(originOf(QUrl(QStringLiteral("https://EXAMPLE.org:443/x")))));
    }

    void anAddressOfAnotherKindHasNoPort()
    {
        QCOMPARE(originOf(QUrl(QStringLiteral("file:///etc/passwd"))).port, 0);
        QCOMPARE(originOf(QUrl()), Origin());
    }
};

BELLHOP_TEST(OriginTest)
#include "tst_origin.moc"
