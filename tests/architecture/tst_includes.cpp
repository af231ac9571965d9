// SPDX-License-Identifier: Apache-2.0
#include "tests/architecture/house_rules.h"
#include "tests/support/test_program.h"

#include <QDir>
#include <QLibraryInfo>
#include <QTest>

using namespace Qt::StringLiterals;

/// The map of the house, held against what the files say.
class IncludesTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(QStringLiteral(".*"))); }

    void initTestCase();
    void everyFileIncludesOnlyWhatItsRoomMay() { show(brokenArrows(m_product, rooms())); }
    void noRoomNeedsItself() { show(circles(rooms())); }
    void theEngineSeesNoWindow_data();
    void theEngineSeesNoWindow();
    void theTerminalProgramSeesNoWindow_data() { theEngineSeesNoWindow_data(); }
    void theTerminalProgramSeesNoWindow();
    void nobodyWritesWhatIsBanned_data();
    void nobodyWritesWhatIsBanned();
    void noFileIsTooLong() { show(tooLong(m_product, kMaxLines, longFiles())); }
    void everyFileNamesItsLicence() { show(withoutLicence(m_all)); }
    void everyHeaderIsReadOnce();
    void everyTestStopsAtAWarning();

private:
    static void show(const Sentences &sentences)
    {
        QVERIFY2(sentences.isEmpty(), qPrintable(QStringLiteral("\n") + sentences.join(u'\n')));
    }
    void seesNothingOf(const QString &library, const QString &folder) const;

    QList<SourceFile> m_product;
    QList<SourceFile> m_all;
};

void IncludesTest::initTestCase()
{
    const QString root = QStringLiteral(BELLHOP_SOURCE_DIR);
    m_product = sourceTree(root, {u"app"_s, u"core"_s, u"ui"_s});
    m_all = m_product + sourceTree(root, {u"tests"_s});
    QVERIFY2(m_product.size() > 300, "the source is not where the test looks for it");
}

void IncludesTest::theEngineSeesNoWindow_data()
{
    QTest::addColumn<QString>("library");
    for (const char *library : {"QtGui", "QtWidgets", "QtSvg"}) {
        QTest::newRow(library) << QString::fromLatin1(library);
    }
}

void IncludesTest::theEngineSeesNoWindow()
{
    QFETCH(QString, library);
    seesNothingOf(library, QStringLiteral("core"));
}

void IncludesTest::theTerminalProgramSeesNoWindow()
{
    QFETCH(QString, library);
    seesNothingOf(library, QStringLiteral("app/cli"));
}

void IncludesTest::seesNothingOf(const QString &library, const QString &folder) const
{
    const QDir headers(QLibraryInfo::path(QLibraryInfo::HeadersPath) + u'/' + library);
    const QStringList names = headers.entryList(QDir::Files);
    QVERIFY2(!names.isEmpty(), qPrintable(headers.path()));
    show(foreignHeaders(m_product, folder, library, names));
}

void IncludesTest::nobodyWritesWhatIsBanned_data()
{
    QTest::addColumn<int>("ban");
    const QList<Ban> all = bans();
    for (int i = 0; i < all.size(); ++i) {
        QTest::newRow(qPrintable(all.at(i).name)) << i;
    }
}

void IncludesTest::nobodyWritesWhatIsBanned()
{
    QFETCH(int, ban);
    show(brokenBan(m_all, bans().at(ban)));
}

void IncludesTest::everyHeaderIsReadOnce()
{
    QList<SourceFile> headers = m_all;
    headers.removeIf([](const SourceFile &file) { return !file.isHeader(); });
    show(without(headers, QStringLiteral("#pragma once"), QStringLiteral("add it")));
}

void IncludesTest::everyTestStopsAtAWarning()
{
    static const QRegularExpression kTest(QStringLiteral("/tst_\\w+\\.cpp$"));
    QList<SourceFile> tests = m_all;
    tests.removeIf([](const SourceFile &file) {
        // It is about messages: it catches each one and compares it.
        return !kTest.match(file.path).hasMatch() ||
               file.path == QStringLiteral("tests/core/log/tst_qt_messages.cpp");
    });
    show(without(tests, QStringLiteral("QTest::failOnWarning("),
                 QStringLiteral("write init() as the other tests do")));
}

BELLHOP_TEST(IncludesTest)
#include "tst_includes.moc"
