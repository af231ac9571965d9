// SPDX-License-Identifier: Apache-2.0
#include "app/cli/args/list_file.h"

#include "core/job/job_spec.h"
#include "core/words/explain_link.h"
#include "tests/support/test_program.h"

#include <QRegularExpression>
#include <QTest>

using namespace cli;
using namespace Qt::StringLiterals;

namespace {

Parsed<QList<core::Link>> read(const QByteArray &content)
{
    return parseLinkList(content, u"list"_s);
}

/// The lines that say what is wrong, without the last one, which says what to do.
QStringList complaintsAbout(const QByteArray &content)
{
    const auto links = read(content);
    return links ? QStringList() : links.error().sentence.section(u'\n', 0, -2).split(u'\n');
}

} // namespace

class ListFileTest final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u".*"_s)); }

    void goodLinesAreLinksInTheirOrder();
    void badLinesAreNamedByTheirNumbers();
    void linesEndAsOnAnySystem_data();
    void linesEndAsOnAnySystem();
    void nothingGivesNothing();
    void aByteOrderMarkIsNotPartOfTheFirstLine();
    void aNumberSignInsideALinkIsNoComment();
    void aVeryLongLineIsRefusedAndCut();
    void asManyLinesAsAJobMayHaveFilesAreRead();
};

void ListFileTest::goodLinesAreLinksInTheirOrder()
{
    const auto links = read("# a list\n"
                            "https://example.org/1\n"
                            "\n"
                            "   https://u:p@example.org/3   \n"
                            "  # indented\n"
                            "https://example.org/4");
    QVERIFY2(links, links ? "" : qPrintable(links.error().sentence));
    QCOMPARE(links->size(), 3);
    QCOMPARE(links->at(0).url, QUrl(u"https://example.org/1"_s));
    QCOMPARE(links->at(1).user, u"u"_s);
    QCOMPARE(links->at(1).password, u"p"_s);
    QCOMPARE(links->at(2).url, QUrl(u"https://example.org/4"_s));
}

void ListFileTest::badLinesAreNamedByTheirNumbers()
{
    const QStringList complaints = complaintsAbout("# a list\n"
                                                   "https://example.org/1\n"
                                                   "\n"
                                                   "ftp://example.org/2\n"
                                                   "   https://u:p@example.org/3   \n"
                                                   "  # indented\n"
                                                   "https://\n"
                                                   "https://example.org/4");
    const auto line = [](int number, core::LinkRefusal refusal, const QString &typed) {
        return u"list, line %1: %2"_s.arg(QString::number(number), core::explain(refusal, typed));
    };
    QCOMPARE(complaints, (QStringList{line(4, core::LinkRefusal::NotHttp, u"ftp://example.org/2"_s),
                                      line(7, core::LinkRefusal::NoHost, u"https://"_s)}));
}

void ListFileTest::linesEndAsOnAnySystem_data()
{
    QTest::addColumn<QByteArray>("end");
    QTest::newRow("LF") << QByteArray("\n");
    QTest::newRow("CR LF") << QByteArray("\r\n");
    QTest::newRow("CR") << QByteArray("\r");
}

void ListFileTest::linesEndAsOnAnySystem()
{
    QFETCH(QByteArray, end);
    const QByteArrayList good{"https://example.org/1", "", "https://example.org/2", ""};
    const auto links = read(good.join(end));
    QVERIFY2(links, links ? "" : qPrintable(links.error().sentence));
    QCOMPARE(links->size(), 2);
    const QStringList complaints = complaintsAbout((good + QByteArrayList{"no"}).join(end));
    QCOMPARE(complaints.size(), 1);
    QVERIFY2(complaints.first().startsWith(u"list, line 5: "_s), qPrintable(complaints.first()));
}

void ListFileTest::nothingGivesNothing()
{
    for (const char *content : {"", "\n", "\r\n\r\n", "\xef\xbb\xbf", "#", "  "}) {
        const auto links = read(content);
        QVERIFY2(links && links->isEmpty(), content);
    }
}

void ListFileTest::aByteOrderMarkIsNotPartOfTheFirstLine()
{
    QCOMPARE(read("\xef\xbb\xbfhttps://example.org/")->size(), 1);
    QVERIFY(read("\xef\xbb\xbf# comment")->isEmpty());
}

void ListFileTest::aNumberSignInsideALinkIsNoComment()
{
    QCOMPARE(read("https://example.org/a#b")->first().url.fragment(), u"b"_s);
}

void ListFileTest::aVeryLongLineIsRefusedAndCut()
{
    const QStringList complaints = complaintsAbout(
        "https://example.org/" + QByteArray(3'000'000, 'a') + "\nhttps://example.org/");
    QCOMPARE(complaints.size(), 1);
    QVERIFY(complaints.first().startsWith(u"list, line 1: "_s));
    QVERIFY(complaints.first().size() <= 1'024);
}

void ListFileTest::asManyLinesAsAJobMayHaveFilesAreRead()
{
    const QByteArray full =
        QByteArray("#\n").repeated(core::kMaxFilesPerJob - 1) + "https://example.org/\n";
    QCOMPARE(read(full)->size(), 1);
}

BELLHOP_TEST(ListFileTest)
#include "tst_list_file.moc"
