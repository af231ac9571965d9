// SPDX-License-Identifier: Apache-2.0
#include "ui/actions/link_text.h"

#include "tests/support/test_program.h"

#include <QMimeData>
#include <QTest>
#include <QUrl>

class LinkTextTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(QStringLiteral(".*"))); }

    void findsLinksInText_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QStringList>("links");
        const QString a = QStringLiteral("https://a.example/x.iso");
        const QString b = QStringLiteral("http://b.example/y?z=1&w=2#f");
        QTest::newRow("one") << a << QStringList{a};
        QTest::newRow("one a line, CRLF")
            << QStringLiteral("%1\r\n%2\r\n").arg(a, b) << QStringList{a, b};
        QTest::newRow("in a sentence")
            << QStringLiteral("See %1, or (%2).").arg(a, b) << QStringList{a, b};
        QTest::newRow("brackets that belong to it")
            << QStringLiteral("https://w.example/A_(b)")
            << QStringList{QStringLiteral("https://w.example/A_(b)")};
        QTest::newRow("in markup")
            << QStringLiteral("<a href=\"%1\">here</a>").arg(a) << QStringList{a};
        QTest::newRow("twice the same") << QStringLiteral("%1 %1").arg(a) << QStringList{a};
        QTest::newRow("capital scheme") << QStringLiteral("HTTPS://A.example/")
                                        << QStringList{QStringLiteral("HTTPS://A.example/")};
        QTest::newRow("other schemes")
            << QStringLiteral("ftp://a.example file:///etc/passwd javascript:alert(1)")
            << QStringList{};
        const QString command = QStringLiteral("curl '%1' -H 'Cookie: k=v'").arg(a);
        QTest::newRow("a command for curl") << command + u'\n' << QStringList{command};
        QTest::newRow("one that is not taken")
            << QStringLiteral("curl --data x %1").arg(a) << QStringList{a};
        QTest::newRow("nothing") << QString() << QStringList{};
        QTest::newRow("words") << QStringLiteral("http is a protocol, https:// too")
                               << QStringList{};
    }
    void findsLinksInText()
    {
        QFETCH(QString, text);
        QFETCH(QStringList, links);
        QCOMPARE(ui::linksIn(text), links);
    }

    void prefersAListOfAddressesToText()
    {
        QMimeData dropped;
        dropped.setUrls({QUrl(QStringLiteral("https://a.example/a b.iso")),
                         QUrl(QStringLiteral("file:///home/me/x"))});
        QCOMPARE(ui::linksIn(dropped), QStringList{QStringLiteral("https://a.example/a%20b.iso")});
    }
};

BELLHOP_TEST(LinkTextTest)
#include "tst_link_text.moc"
