// SPDX-License-Identifier: Apache-2.0
#include "core/http/link.h"

#include "core/job/job_spec.h"
#include "tests/support/test_program.h"

#include <QSet>
#include <QTest>

using namespace core;

class LinkTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void aTypedLinkNeedsNoScheme_data()
    {
        QTest::addColumn<QString>("typed");
        QTest::addColumn<QString>("url"); // empty: refused
        const auto row = [](const char *typed, const char *url) {
            QTest::newRow(typed) << QString::fromLatin1(typed) << QString::fromLatin1(url);
        };
        row("example.org/file.iso", "https://example.org/file.iso");
        row(" example.org:8080/a?b=c ", "https://example.org:8080/a?b=c");
        row("www.example.org", "https://www.example.org");
        row("localhost:8080/a", "https://localhost:8080/a");
        row("127.0.0.1/a", "https://127.0.0.1/a");
        row("example.org:99999/a", "");
        row("file", "");
        row("file/a.iso", "");
        row("/a/b.iso", "");
        row("../a.iso", "");
        row("ftp://example.org/a", "");
        row("mailto:a@example.org", "");
        row("me@example.org/a", "");
        row("magnet:?xt=a.b", "");
    }
    void aTypedLinkNeedsNoScheme()
    {
        QFETCH(QString, typed);
        QFETCH(QString, url);
        const auto link = parseTypedLink(typed);
        QCOMPARE(link ? link->url.toString() : QString(), url);
        QVERIFY(!link || link->isSchemeGuessed);
        const auto whole = parseTypedLink(u"http://example.org/a");
        QVERIFY(whole && !whole->isSchemeGuessed);
    }

    void init() { QTest::failOnWarning(QRegularExpression(QStringLiteral(".*"))); }

    void aLinkIsTaken_data()
    {
        QTest::addColumn<QString>("typed");
        QTest::addColumn<QByteArray>("address");
        const auto row = [](const char *typed, const char *address) {
            QTest::newRow(typed) << QString::fromUtf8(typed) << QByteArray(address);
        };
        row("https://example.org/a.zip", "https://example.org/a.zip");
        row("http://example.org", "http://example.org");
        row("HTTPS://EXAMPLE.ORG/A.zip", "https://example.org/A.zip");
        row("  https://example.org/a\n", "https://example.org/a");
        row("\u00a0https://example.org/a\u200b", "https://example.org/a");
        row("\ufeffhttps://example.org/a", "https://example.org/a");
        row("https://example.org/a b.zip", "https://example.org/a%20b.zip");
        row("https://example.org/a%20b.zip", "https://example.org/a%20b.zip");
        row("https://example.org/a%2", "https://example.org/a%252");
        row("https://example.org/My%20File%.bin", "https://example.org/My%20File%25.bin");
        row("https://example.org/?d=100%&sig=a%2Fb", "https://example.org/?d=100%25&sig=a%2Fb");
        row("https://example.org/%%41%4g%", "https://example.org/%25A%254g%25");
        row("https://example.org/a%2Fb", "https://example.org/a%2Fb");
        row("https://example.org/%E4", "https://example.org/%E4");
        row("https://example.org/ä", "https://example.org/%C3%A4");
        row("https://example.org/?q=a b&c=%26", "https://example.org/?q=a%20b&c=%26");
        row("https://example.org/a?b#c", "https://example.org/a?b#c");
        row("https://example.org//a/../b", "https://example.org//a/../b");
        row("https://example.org:8443/a", "https://example.org:8443/a");
        row("https://example.org:/a", "https://example.org/a");
        row("https://münchen.de/a", "https://xn--mnchen-3ya.de/a");
        row("https://xn--mnchen-3ya.de/a", "https://xn--mnchen-3ya.de/a");
        row("https://under_score.example.org/", "https://under_score.example.org/");
        row("https://example.org./a", "https://example.org./a");
        row("http://localhost:8080/", "http://localhost:8080/");
        row("http://127.0.0.1/", "http://127.0.0.1/");
        row("http://255.255.255.255/", "http://255.255.255.255/");
        row("http://[::1]:8080/", "http://[::1]:8080/");
        row("http://1.example.org/", "http://1.example.org/");
        row("http://123.example/", "http://123.example/");
        // As a browser goes.
        row("https:\\\\example.org\\a", "https://example.org/a");
        row("https://example.org\\@evil.org/", "https://example.org/@evil.org/");
        row("https://example.org/?a\\b", "https://example.org/?a%5Cb");
    }
    void aLinkIsTaken()
    {
        QFETCH(QString, typed);
        QFETCH(QByteArray, address);
        const auto link = parseLink(typed);
        QVERIFY(link.has_value());
        QCOMPARE(link->url.toEncoded(), address);
        QVERIFY(link->user.isEmpty() && link->password.isEmpty());
        QCOMPARE(parseLink(QString::fromLatin1(link->url.toEncoded())), link);
    }

    void aLoginIsTakenOut_data()
    {
        QTest::addColumn<QString>("typed");
        QTest::addColumn<QString>("user");
        QTest::addColumn<QString>("password");
        const auto row = [](const char *typed, const char *user, const char *password) {
            QTest::newRow(typed) << QString::fromUtf8(typed) << QString::fromUtf8(user)
                                 << QString::fromUtf8(password);
        };
        row("https://u:p@example.org/a", "u", "p");
        row("https://u@example.org/a", "u", "");
        row("https://u:@example.org/a", "u", "");
        row("https://:p@example.org/a", "", "p");
        row("https://@example.org/a", "", "");
        row("https://u:a%40b%3ac@example.org/a", "u", "a@b:c");
        row("https://u:p:q@example.org/a", "u", "p:q");
        row("https://%C3%A4:%E2%82%AC@example.org/a", "ä", "€");
        row("https://other.org;b@example.org/a", "other.org;b", "");
        row("https://other.org%2f@example.org/a", "other.org/", "");
    }
    void aLoginIsTakenOut()
    {
        QFETCH(QString, typed);
        QFETCH(QString, user);
        QFETCH(QString, password);
        const auto link = parseLink(typed);
        QVERIFY(link.has_value());
        QCOMPARE(link->url.toEncoded(), QByteArray("https://example.org/a"));
        QCOMPARE(link->user, user);
        QCOMPARE(link->password, password);
    }

    void aLinkIsRefused_data()
    {
        QTest::addColumn<QString>("typed");
        QTest::addColumn<int>("refusal");
        const auto row = [](const QString &typed, LinkRefusal refusal) {
            QTest::addRow("\"%s\"", typed.left(60).toUtf8().toPercentEncoding(" :/@").constData())
                << typed << int(refusal);
        };
        const auto rows = [&row](LinkRefusal refusal, std::initializer_list<const char *> texts) {
            for (const char *typed : texts) {
                row(QString::fromUtf8(typed), refusal);
            }
        };
        rows(LinkRefusal::Empty, {"", " ", "\n\t", "\u200b\ufeff"});
        rows(LinkRefusal::ControlCharacter,
             {"https://example.org/a\nb", "https://example.org/\r\nEvil: 1",
              "https://exam\tple.org/", "https://example.org/\x01", "https://example.org/\x7fz",
              "ht\ntps://example.org/", "https://example.org/\u0085z",
              "https://example.org/\u2028z", "https://u:%0d%0aEvil@example.org/",
              "https://%00@example.org/"});
        row(QStringLiteral("https://example.org/") + QChar(0) + u'z',
            LinkRefusal::ControlCharacter);
        row(QStringLiteral("https://example.org/") + QString(kMaxLinkLength, u'a'),
            LinkRefusal::TooLong);
        row(QStringLiteral("https://example.org/") + QString(kMaxLinkLength / 2, u'ä'),
            LinkRefusal::TooLong);
        rows(LinkRefusal::NotHttp, {"example.org/a.zip",
                                    "example.org:8080/a",
                                    "file:///etc/passwd",
                                    "FILE:///etc/passwd",
                                    "ftp://example.org/a",
                                    "data:,a",
                                    "smb://example.org/a",
                                    "javascript:alert(1)",
                                    "mailto:a@example.org",
                                    "magnet:?xt=urn:btih:0",
                                    "qrc:/a",
                                    "about:blank",
                                    "httpss://example.org/",
                                    "xhttp://example.org/",
                                    "https",
                                    "//example.org/a",
                                    "/etc/passwd",
                                    "../a",
                                    "-o/etc/x",
                                    ":",
                                    "://example.org",
                                    "http ://example.org/",
                                    "\"https://example.org/\"",
                                    "view-source:https://example.org/",
                                    "blob:https://example.org/a"});
        rows(LinkRefusal::NoHost,
             {"https:", "https://", "https:///a", "https:/example.org/a", "https:example.org/a",
              "https://?a", "https://#a", "https://u:p@", "https://u:p@/a", "https://:80/a",
              "https://::1/", "https://u@:80/a", "http:\\"});
        rows(LinkRefusal::Malformed,
             {"https://exam ple.org/", "https://example.org:99999/",
              "https://example.org:18446744073709551697/", "https://[::%31]/",
              "https://example.org:0/", "https://example.org:-1/", "https://example.org:80a/",
              "https://example.org:8 0/", "https://[::1/", "https://[gg::1]/",
              "https://[127.0.0.1]/", "https://example..org/", "https://.example.org/",
              "https://example.org../", "https://a,b.org/", "https://a*b.org/", "https://a\"b.org/",
              "https://<a>.org/", "https://ex%00ample.org/", "https://ex%2fample.org/",
              "https://ex%40ample.org/", "https://u@v@example.org/", "https://xn--/",
              "https://xn--a/", "https://xn--zn7c.com/",
              // Numbers that mean an address only after arithmetic, or none at all.
              "http://127.1/", "http://0177.0.0.1/", "http://0x7f.0.0.1/", "http://2130706433/",
              "http://192.168.0.257/", "http://1.2.3/", "http://1.2.3.4.5/", "http://1.2.3.4./",
              "http://example.123/", "http://example.0x7f/", "http://01.02.03.04/", "http://0/",
              "http://%31%32%37.0.0.1/", "http://１２７.0.0.1/", "http://127。0。0。1/",
              "http://127.0.0.1@127.1/"});
        row(QStringLiteral("https://example.org/") + QChar(0xd800), LinkRefusal::Malformed);
        row(QStringLiteral("https://") + QString(64, u'a') + QStringLiteral(".org/"),
            LinkRefusal::Malformed);
        row(QStringLiteral("https://") + QStringLiteral("abcdefghi.").repeated(26) +
                QStringLiteral("org/"),
            LinkRefusal::Malformed);
    }
    void aLinkIsRefused()
    {
        QFETCH(QString, typed);
        QFETCH(int, refusal);
        const auto link = parseLink(typed);
        QVERIFY2(!link.has_value(), link ? link->url.toEncoded().constData() : "");
        QCOMPARE(int(link.error()), refusal);
    }

    void nothingIsSentToAFragment()
    {
        QCOMPARE(parseTarget(QStringLiteral("https://example.org/a#b")).error(),
                 LinkRefusal::Fragment);
        QCOMPARE(parseTarget(QStringLiteral("https://example.org/a%23b"))->url,
                 QUrl(QStringLiteral("https://example.org/a%23b")));
        QCOMPARE(parseTarget(QStringLiteral("example.org/a"))->url,
                 QUrl(QStringLiteral("https://example.org/a")));
    }

    void aFileHasAnAddressInItsFolder()
    {
        const QUrl folder(QStringLiteral("https://example.org/a%20b/?key=1"));
        QCOMPARE(addressIn(folder, QStringLiteral("c d?#%/é")).toEncoded(),
                 "https://example.org/a%20b/c%20d%3F%23%25%2F%C3%A9?key=1");
    }

    void linksAreAsLongAsJobsAllow() { QCOMPARE(kMaxLinkLength, kMaxUrlLength); }
};

BELLHOP_TEST(LinkTest)
#include "tst_link.moc"
