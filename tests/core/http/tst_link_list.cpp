// SPDX-License-Identifier: Apache-2.0
#include "core/http/link_list.h"

#include "core/job/job_spec.h"
#include "tests/support/test_program.h"

#include <QTest>

using namespace core;

class LinkListTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(QStringLiteral(".*"))); }

    void goodAndBadLinesKeepTheirNumbers()
    {
        const LinkList list = parseLinkList(u"# a list\n"
                                            u"https://example.org/1\n"
                                            u"\n"
                                            u"ftp://example.org/2\n"
                                            u"   https://u:p@example.org/3   \n"
                                            u"  # indented\n"
                                            u"https://\n"
                                            u"https://example.org/4");
        QCOMPARE(list.links.size(), 3);
        QCOMPARE(list.links.at(0).line, 2);
        QCOMPARE(list.links.at(1).line, 5);
        QCOMPARE(list.links.at(1).link.user, QStringLiteral("u"));
        QCOMPARE(list.links.at(2).line, 8);
        const QList<BadLine> bad{{4, LinkRefusal::NotHttp, QStringLiteral("ftp://example.org/2")},
                                 {7, LinkRefusal::NoHost, QStringLiteral("https://")}};
        QCOMPARE(list.badLines, bad);
        QVERIFY(!list.hasTooManyLines);
    }

    void linesEndAsOnAnySystem_data()
    {
        QTest::addColumn<QString>("end");
        QTest::newRow("LF") << QStringLiteral("\n");
        QTest::newRow("CR LF") << QStringLiteral("\r\n");
        QTest::newRow("CR") << QStringLiteral("\r");
    }
    void linesEndAsOnAnySystem()
    {
        QFETCH(QString, end);
        const QStringList lines{QStringLiteral("https://example.org/1"), QString(),
                                QStringLiteral("https://example.org/2"), QString()};
        const LinkList list = parseLinkList(lines.join(end));
        QCOMPARE(list.links.size(), 2);
        QCOMPARE(list.links.at(0).line, 1);
        QCOMPARE(list.links.at(1).line, 3);
        QVERIFY(list.badLines.isEmpty());
    }

    void nothingGivesNothing()
    {
        for (const QStringView text : {u"", u"\n", u"\r\n\r\n", u"\ufeff", u"#", u"  "}) {
            QCOMPARE(parseLinkList(text), LinkList());
        }
    }

    void aByteOrderMarkIsNotPartOfTheFirstLine()
    {
        QCOMPARE(parseLinkList(u"\ufeffhttps://example.org/").links.size(), 1);
        QCOMPARE(parseLinkList(u"\ufeff# comment"), LinkList());
    }

    void aNumberSignInsideALinkIsNoComment()
    {
        const LinkList list = parseLinkList(u"https://example.org/a#b");
        QCOMPARE(list.links.at(0).link.url.fragment(), QStringLiteral("b"));
    }

    void aVeryLongLineIsRefusedAndCut()
    {
        const LinkList list =
            parseLinkList(QStringLiteral("https://example.org/") + QString(3'000'000, u'a') +
                          QStringLiteral("\nhttps://example.org/"));
        QCOMPARE(list.badLines.size(), 1);
        QCOMPARE(list.badLines.at(0).refusal, LinkRefusal::TooLong);
        QVERIFY(list.badLines.at(0).typed.size() <= 1'024);
        QCOMPARE(list.links.at(0).line, 2);
    }

    void asManyLinesAsAJobMayHaveFilesAreRead()
    {
        QCOMPARE(kMaxLinkListLines, kMaxFilesPerJob);
        const QString full = QStringLiteral("#\n").repeated(kMaxLinkListLines - 1) +
                             QStringLiteral("https://example.org/\n");
        QVERIFY(!parseLinkList(full).hasTooManyLines);
        QCOMPARE(parseLinkList(full).links.size(), 1);
        const LinkList more = parseLinkList(full + QStringLiteral("https://example.org/2"));
        QVERIFY(more.hasTooManyLines);
        QCOMPARE(more.links.size(), 1);
    }
};

BELLHOP_TEST(LinkListTest)
#include "tst_link_list.moc"
