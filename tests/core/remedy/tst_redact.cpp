// SPDX-License-Identifier: Apache-2.0
#include "core/remedy/redact.h"

#include "tests/support/test_program.h"

#include <QElapsedTimer>
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
        row("https://example.org/a?c2VjcmV0==", "https://example.org/a?…");
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
        QCOMPARE(core::redactHeader({"X", "a\nCookie: b"}), QStringLiteral("X: a\uFFFDCookie: …"));
    }

    void addressesInTextAreRedacted()
    {
        QCOMPARE(core::redactText(QStringLiteral(
                     "GET https://u:p@a.example/?t=1 then <HTTP://b.example/x?y> end")),
                 QStringLiteral("GET https://a.example/?t=… then <http://b.example/x?…> end"));
        QCOMPARE(core::redactText(QStringLiteral("nothing here")), QStringLiteral("nothing here"));
    }

    void noSecretIsLeftInATextThatHoldsOne_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("redacted");
        const auto row = [](const char *text, const char *redacted) {
            QTest::newRow(text) << QString::fromUtf8(text) << QString::fromUtf8(redacted);
        };
        // Addresses of all kinds.
        row("proxy http://SECRET:SECRET@p.example:3128 refused",
            "proxy http://p.example:3128 refused");
        row("socks5://SECRET:SE@CRET@p.example:1080", "…");
        row("https://a:SEC/RET@h.example/x", "…");
        row("https://a:SEC\"RET@h.example/x", "https://h.example/x");
        row("https://h.example/x?t=a'SECRET", "https://h.example/x?t=…");
        row("https://h.example/x#SECRET", "https://h.example/x");
        row("https://h.example/?u=https://SECRET:SECRET@i.example/y",
            "https://h.example/?…https://i.example/y");
        row("https://h.example/,https://SECRET@i.example/",
            "https://h.example/,https://i.example/");
        row("https://h.example/a@2x.png", "https://h.example/a@2x.png");
        row("//SECRET:SECRET@h.example/x", "//…h.example/x");
        row("curl SECRET:SECRET@h.example", "curl …h.example");
        row("moved to /x?sig=SECRET now", "moved to /x?sig=… now");
        row("moved to /x#access=SECRET now", "moved to /x#… now");
        // Header fields.
        row("Authorization: Basic SECRET", "Authorization: …");
        row("engine: Cookie: a=SECRET; b=SECRET", "engine: Cookie: …");
        row("set-cookie: id=SECRET\nServer: nginx", "set-cookie: …\nServer: nginx");
        row("{\"Proxy-Authorization\": \"Basic SECRET\"}", "{\"Proxy-Authorization\": …");
        row("X-Api-Key:SECRET", "X-Api-Key:…");
        row("password = SECRET SECRET", "password = …");
        row("sent Bearer SECRET.SECRET-_ and more", "sent Bearer … and more");
        row("sent basic U0VDUkVU== and more", "sent basic … and more");
        // What tells nothing stays.
        row("Server: nginx, 12:30:05, job 7 file 1: a -> b",
            "Server: nginx, 12:30:05, job 7 file 1: a -> b");
        row("mail me@h.example? yes", "mail me@h.example? yes");
    }
    void noSecretIsLeftInATextThatHoldsOne()
    {
        QFETCH(QString, text);
        const QString redacted = core::redactText(text);
        QVERIFY(!redacted.contains(QStringLiteral("SECRET")));
        QTEST(redacted, "redacted");
        QCOMPARE(core::redactText(redacted), redacted); // nothing more the second time
    }

    void aLineShowsWhatWouldHide()
    {
        QCOMPARE(core::redactLine(QStringLiteral("a\nb\x1b[2J\u202ec\u2028d")),
                 QStringLiteral("a\\x0ab\\x1b[2J\\u202ec\\u2028d"));
        QCOMPARE(core::redactLine(QStringLiteral("https://a:b\nSECRET@h.example/x")),
                 QStringLiteral("https://h.example/x"));
        QCOMPARE(core::redactLine(QStringLiteral("a\nCookie: x\nb")),
                 QStringLiteral("a\\x0aCookie: …"));
    }

    void aLongTextTakesNoLongTime()
    {
        for (const QString &piece :
             {QStringLiteral("a"), QStringLiteral("a-"), QStringLiteral("?"), QStringLiteral("#"),
              QStringLiteral(":"), QStringLiteral("@"), QStringLiteral("a:"),
              QStringLiteral("http://"), QStringLiteral("basic ")}) {
            const QString text = piece.repeated(200'000 / piece.size());
            QElapsedTimer timer;
            timer.start();
            std::ignore = core::redactLine(text);
            QVERIFY2(timer.elapsed() < 5'000, qPrintable(piece));
        }
    }
};

BELLHOP_TEST(RedactTest)
#include "tst_redact.moc"
