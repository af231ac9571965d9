// SPDX-License-Identifier: Apache-2.0
#include "core/http/redirect.h"

#include "core/http/link.h"
#include "tests/support/test_program.h"

#include <QTest>

using namespace core;

class RedirectTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(QStringLiteral(".*"))); }

    void fiveStatusesLeadOn()
    {
        const QList<int> leadOn{301, 302, 303, 307, 308};
        for (int status = 0; status < 1000; ++status) {
            QCOMPARE(isRedirect(status), leadOn.contains(status));
        }
    }

    void aLocationIsFollowed_data()
    {
        QTest::addColumn<QString>("from");
        QTest::addColumn<QByteArray>("location");
        QTest::addColumn<QByteArray>("to");
        const auto row = [](const char *from, const QByteArray &location, const char *to) {
            QTest::addRow("%s + %s", from, location.constData())
                << QString::fromUtf8(from) << location << QByteArray(to);
        };
        row("http://a.org/x/y?q", "http://b.org/z", "http://b.org/z");
        row("http://a.org/x/y?q", "https://b.org/z", "https://b.org/z");
        row("http://a.org/x/y?q", "HTTP://B.org/z", "http://b.org/z");
        row("https://a.org/x/y?q", "//b.org/z", "https://b.org/z");
        row("https://a.org/x/y?q", "/z", "https://a.org/z");
        row("https://a.org/x/y?q", "z", "https://a.org/x/z");
        row("https://a.org/x/y?q", "../z", "https://a.org/z");
        row("https://a.org/x/y?q", "../../../../z", "https://a.org/z");
        row("https://a.org/x/y?q", "./", "https://a.org/x/");
        row("https://a.org/x/y?q", "?r", "https://a.org/x/y?r");
        row("https://a.org", "z", "https://a.org/z");
        row("https://a.org:8443/x", "/z", "https://a.org:8443/z");
        row("https://a.org/x", " \t/z ", "https://a.org/z");
        row("https://a.org/x", "/a b", "https://a.org/a%20b");
        row("https://a.org/x", "/a%20b?c=%2F", "https://a.org/a%20b?c=%2F");
        row("https://a.org/x", "/100%/a%20b?c=%2F", "https://a.org/100%25/a%20b?c=%2F");
        row("https://a.org/x", "/\xc3\xa4", "https://a.org/%C3%A4");
        row("https://a.org/x", "/\xe4", "https://a.org/%E4");
        row("https://a.org/x", "https://b.org/?u=http://c.org/", "https://b.org/?u=http://c.org/");
        row("https://a.org/x", "https://m\xc3\xbcnchen.de/", "https://xn--mnchen-3ya.de/");
        row("https://a.org/x", "https://[::1]:8080/z", "https://[::1]:8080/z");
        row("https://a.org/x", "https://127.0.0.1/z", "https://127.0.0.1/z");
        // A name and password go, whoever put them there.
        row("https://a.org/x", "https://u:p@b.org/z", "https://b.org/z");
        row("https://u:p@a.org/x", "/z", "https://a.org/z");
        row("https://u:p@a.org/x", "https://b.org/z", "https://b.org/z");
        // The fragment stays unless another one comes.
        row("https://a.org/x#f", "/z", "https://a.org/z#f");
        row("https://a.org/x#f", "/z#g", "https://a.org/z#g");
        row("https://a.org/x#f%20g", "https://b.org/z", "https://b.org/z#f%20g");
        // As a browser goes, not as QUrl alone would.
        row("https://a.org/x", "https://b.org\\@c.org/z", "https://b.org/@c.org/z");
        row("https://a.org/x", "\\z", "https://a.org/z");
        row("https://a.org/x", "\\\\b.org\\z", "https://b.org/z");
        row("https://a.org/x", "/z?a\\b", "https://a.org/z?a%5Cb");
    }
    void aLocationIsFollowed()
    {
        QFETCH(QString, from);
        QFETCH(QByteArray, location);
        QFETCH(QByteArray, to);
        const auto hop = nextHop(QUrl(from), location);
        QVERIFY(hop.has_value());
        QCOMPARE(hop->toEncoded(), to);
        QVERIFY(hop->userInfo().isEmpty());
    }

    void aLocationIsRefused_data()
    {
        QTest::addColumn<QByteArray>("location");
        QTest::addColumn<int>("refusal");
        const auto row = [](const QByteArray &location, RedirectRefusal refusal) {
            QTest::addRow("\"%s\"", location.left(60).toPercentEncoding(" :/").constData())
                << location << int(refusal);
        };
        for (const char *bad : {"",
                                " ",
                                "\t",
                                "https://b.org/\r\nEvil: 1",
                                "/a\nb",
                                "/a\rb",
                                "/a\x01",
                                "/a\x7f",
                                "/a\tb",
                                "https://b.org:99999/",
                                "https://b.org:0/",
                                "https://b.org:port/",
                                "https://b org/",
                                "https://[::1/",
                                "https://[gg::1]/",
                                "https://b..org/",
                                "https://127.1/",
                                "https://0x7f.0.0.1/",
                                "https://2130706433/",
                                "https://192.168.0.257/",
                                "https://u@v@b.org/",
                                "https://xn--a/",
                                "https://b.org%00.c.org/",
                                "https://b.org%2fc.org/",
                                "//127.1/"}) {
            row(bad, RedirectRefusal::NoLocation);
        }
        row(QByteArray("/a\0b", 4), RedirectRefusal::NoLocation);
        row("/" + QByteArray(kMaxLinkLength, 'a'), RedirectRefusal::NoLocation);
        for (const char *bad :
             {"file:///etc/passwd", "FILE:///etc/passwd", "data:,x", "ftp://b.org/x",
              "javascript:alert(1)", "mailto:a@b.org", "smb://b.org/x", "about:blank", "qrc:/x",
              "https://", "https:///x", "https:x", "http:", "https://u:p@/x", "//", "///x", "a:b",
              "blob:https://b.org/x", "view-source:https://b.org/"}) {
            row(bad, RedirectRefusal::NotHttp);
        }
        for (const char *bad : {"http://a.org/x", "HTTP://a.org/x", "http://b.org:443/"}) {
            row(bad, RedirectRefusal::Insecure);
        }
    }
    void aLocationIsRefused()
    {
        QFETCH(QByteArray, location);
        QFETCH(int, refusal);
        const auto hop = nextHop(QUrl(QStringLiteral("https://a.org/x")), location);
        QVERIFY2(!hop.has_value(), hop ? hop->toEncoded().constData() : "");
        QCOMPARE(int(hop.error()), refusal);
    }

    void httpMayGoOnAsHttp()
    {
        QVERIFY(nextHop(QUrl(QStringLiteral("http://a.org/")), "http://b.org/").has_value());
    }
};

BELLHOP_TEST(RedirectTest)
#include "tst_redirect.moc"
