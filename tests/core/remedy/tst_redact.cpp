// SPDX-License-Identifier: Apache-2.0
#include "core/remedy/redact.h"

#include <QTest>

class RedactTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(QStringLiteral(".*"))); }

    void anAddressKeepsWhatIdentifiesItAndLosesWhatOpensIt_data()
    {
        QTest::addColumn<QString>("url");
        QTest::addColumn<QString>("redacted");
        const auto row = [](const char *url, const char *redacted) {
            QTest::newRow(url) << QString::fromUtf8(url) << QString::fromUtf8(redacted);
        };
        row("https://example.org/a/b.iso", "https://example.org/a/b.iso");
        row("https://example.org:8443/a", "https://example.org:8443/a");
        row("https://anna:pw@example.org/a", "https://example.org/a");
        row("https://example.org/a?key=1&sig=a%3Db", "https://example.org/a?key=…&sig=…");
        row("https://example.org/a?sig=a=b", "https://example.org/a?sig=…");
        row("https://example.org/a?0123abcd", "https://example.org/a?…");
        row("https://example.org/a?=x&", "https://example.org/a?…&…");
        row("https://example.org/a#token", "https://example.org/a");
        row("https://example.org/a%20b?", "https://example.org/a%20b?…");
    }
    void anAddressKeepsWhatIdentifiesItAndLosesWhatOpensIt()
    {
        QFETCH(QString, url);
        QTEST(core::redactUrl(QUrl(url)), "redacted");
    }

    void headersThatOpenDoorsAreCut_data()
    {
        QTest::addColumn<QByteArray>("name");
        for (const char *name :
             {"Set-Cookie", "set-cookie", "Cookie", "Authorization", "Proxy-Authorization",
              "X-Auth-Token", "X-Amz-Security-Token", "X-Api-Key", "X-Session-Id"}) {
            QTest::newRow(name) << QByteArray(name);
        }
    }
    void headersThatOpenDoorsAreCut()
    {
        QFETCH(QByteArray, name);
        QCOMPARE(core::redactHeader({name, "secret"}),
                 QString::fromLatin1(name) + QStringLiteral(": …"));
    }

    void otherHeadersAreKept()
    {
        QCOMPARE(core::redactHeader({"Server", "nginx"}), QStringLiteral("Server: nginx"));
        QCOMPARE(core::redactHeader({"Location", "https://u:p@a.example/?t=1"}),
                 QStringLiteral("Location: https://a.example/?t=…"));
        QCOMPARE(core::redactHeader({"Location", "/f?t=1"}), QStringLiteral("Location: /f?t=…"));
        QCOMPARE(core::redactHeader({"X", "a\nCookie: b"}),
                 QStringLiteral("X: a\uFFFDCookie: \u2026"));
    }

    void addressesInTextAreRedacted()
    {
        QCOMPARE(core::redactText(QStringLiteral(
                     "GET https://u:p@a.example/?t=1 then <HTTP://b.example/x?y> end")),
                 QStringLiteral("GET https://a.example/?t=… then <http://b.example/x?…> end"));
        QCOMPARE(core::redactText(QStringLiteral("nothing here")), QStringLiteral("nothing here"));
    }
};

QTEST_GUILESS_MAIN(RedactTest)
#include "tst_redact.moc"
