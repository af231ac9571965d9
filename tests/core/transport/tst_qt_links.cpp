// SPDX-License-Identifier: Apache-2.0
#include "core/http/link.h"

#include "tests/support/test_program.h"

#include <QTest>

using namespace core;

namespace {

constexpr auto kRefused = "refused";

QByteArray byQt(const QString &typed)
{
    const QUrl url(typed, QUrl::StrictMode);
    return url.isValid() ? url.toEncoded() : QByteArray(kRefused);
}

QByteArray byBellhop(const QString &typed)
{
    const auto link = parseLink(typed);
    return link ? link->url.toEncoded() : QByteArray(kRefused);
}

} // namespace

/// What the strict QUrl takes and what may be fetched are not the same: it takes hosts that mean
/// something else than they show, or nothing, and refuses what every browser understands. (All of
/// what parseLink() takes and refuses: see tst_link.)
class QtLinksTest final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(QStringLiteral(".*"))); }

    void aLinkIsNotWhatQtMakesOfIt_data()
    {
        QTest::addColumn<QByteArray>("qtSays");
        QTest::addColumn<QByteArray>("bellhopSays");
        const auto row = [](const char *typed, const char *qtSays, const char *bellhopSays) {
            QTest::newRow(typed) << QByteArray(qtSays) << QByteArray(bellhopSays);
        };
        // Numbers that are no address, or one only after arithmetic.
        row("http://192.168.0.257/", "http://192.168.0.257/", kRefused);
        row("http://1.2.3.4.5/", "http://1.2.3.4.5/", kRefused);
        row("http://example.123/", "http://example.123/", kRefused);
        row("http://1.2.3/", "http://1.2.0.3/", kRefused);
        row("http://127.1/", "http://127.0.0.1/", kRefused);
        row("http://2130706433/", "http://127.0.0.1/", kRefused);
        row("http://0177.0.0.1/", "http://127.0.0.1/", kRefused);
        row("http://0x7f.0.0.1/", "http://127.0.0.1/", kRefused);
        row("http://１２７.0.0.1/", "http://127.0.0.1/", kRefused);
        // Names that stand for nothing.
        row("https://xn--a/", "https://xn--a/", kRefused);
        row("https://xn--zn7c.com/", "https://xn--zn7c.com/", kRefused);
        row("https://example.org:0/", "https://example.org:0/", kRefused);
        row("https:///a", "https:///a", kRefused);
        row("https:/example.org/a", "https:/example.org/a", kRefused);
        row("https:example.org/a", "https:example.org/a", kRefused);
        row("example.org/a", "example.org/a", kRefused);
        row("//example.org/a", "//example.org/a", kRefused);
        // What is not of the web.
        row("file:///etc/passwd", "file:///etc/passwd", kRefused);
        row("data:,a", "data:,a", kRefused);
        row("javascript:alert(1)", "javascript:alert(1)", kRefused);
        // A login is taken out and goes elsewhere.
        row("https://u:p@example.org/", "https://u:p@example.org/", "https://example.org/");
        // What is typed, and what servers put into pages.
        row(" https://example.org/a", kRefused, "https://example.org/a");
        row("https://example.org/a\n", kRefused, "https://example.org/a");
        row("https://example.org/a b", kRefused, "https://example.org/a%20b");
        row("https://example.org/a%2", kRefused, "https://example.org/a%252");
        row("https://example.org/%zz", kRefused, "https://example.org/%25zz");
        row("https://example.org/a\\b", kRefused, "https://example.org/a/b");
        row("https:\\/example.org/a", kRefused, "https://example.org/a");
        row("https://example.org/?a|b", kRefused, "https://example.org/?a%7Cb");
        row("https://example.org/{a}", kRefused, "https://example.org/%7Ba%7D");
        row("https://example.org/a^b", kRefused, "https://example.org/a%5Eb");
        row("https://example.org/\"a\"", kRefused, "https://example.org/%22a%22");
        row("https://example.org/<a>", kRefused, "https://example.org/%3Ca%3E");
        row("https://ex%61mple.org/", kRefused, "https://example.org/");
    }
    void aLinkIsNotWhatQtMakesOfIt()
    {
        const QString typed = QString::fromUtf8(QTest::currentDataTag());
        QTEST(byQt(typed), "qtSays");
        QTEST(byBellhop(typed), "bellhopSays");
    }

    void inTheseTheyAgree_data()
    {
        QTest::addColumn<QByteArray>("bothSay");
        const auto row = [](const char *typed, const char *bothSay) {
            QTest::newRow(typed) << QByteArray(bothSay);
        };
        row("https://example.org/a", "https://example.org/a");
        row("https://EXAMPLE.org/", "https://example.org/");
        row("https://münchen.de/", "https://xn--mnchen-3ya.de/");
        row("https://faß.de/", "https://xn--fa-hia.de/");
        row("https://example。org/", "https://example.org/");
        row("https://[0:0:0:0:0:0:0:1]/", "https://[::1]/");
        row("https://example.org./", "https://example.org./");
        row("https://example.org:/a", "https://example.org/a");
        row("https://xn--/", kRefused);
        row("https://example..org/", kRefused);
        row("https://.example.org/", kRefused);
        row("https://a*b.org/", kRefused);
        row("https://example.org:99999/", kRefused);
        row("https://u@v@example.org/", kRefused);
        row("https://example.org/a\nb", kRefused);
        row("https://example.org/\x01", kRefused);
        row("https://a.b%00c/", kRefused);
    }
    void inTheseTheyAgree()
    {
        const QString typed = QString::fromUtf8(QTest::currentDataTag());
        QTEST(byQt(typed), "bothSay");
        QTEST(byBellhop(typed), "bothSay");
    }
};

BELLHOP_TEST(QtLinksTest)
#include "tst_qt_links.moc"
