// SPDX-License-Identifier: Apache-2.0
#include "app/cli/args/surroundings.h"

#include "tests/support/require.h"
#include "tests/support/test_program.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>

using namespace cli;
using namespace Qt::StringLiterals;

class SurroundingsTest final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u".*"_s)); }

    void aFileIsReadAsItIs()
    {
        const QByteArray line(60'000, 'a');
        for (const QByteArray &end : {QByteArray("\n"), QByteArray("\r"), QByteArray("\r\n")}) {
            const QByteArray content = (line + end).repeated(5) + line;
            const auto read = systemSurroundings().readFile(fileOf(content));
            QVERIFY(read);
            QCOMPARE(*read, content);
        }
    }

    void whatHasNoEndIsNotReadIntoMemory_data()
    {
        QTest::addColumn<QString>("path");
        QTest::newRow("no lines") << u"/dev/zero"_s;
        QTest::newRow("one long line") << fileOf("a\n" + QByteArray(200'000, 'a') + "\nb\n");
    }
    void whatHasNoEndIsNotReadIntoMemory()
    {
        QFETCH(const QString, path);
        const auto read = systemSurroundings().readFile(path);
        QVERIFY(!read);
        QVERIFY2(read.error().contains(u"a line of it is longer than"_s), qPrintable(read.error()));
    }

    void aFileThatIsTooLongIsRefused()
    {
        const auto read = systemSurroundings().readFile(fileOf(QByteArray(70'000'000, '\n')));
        QVERIFY(!read);
        QVERIFY2(read.error().contains(u"it is longer than"_s), qPrintable(read.error()));
    }

private:
    [[nodiscard]] QString fileOf(const QByteArray &content) const
    {
        QFile file(m_folder.filePath(QString::number(content.size())));
        require(file.open(QIODevice::WriteOnly) && file.write(content) == content.size(),
                file.fileName());
        return file.fileName();
    }

    QTemporaryDir m_folder;
};

BELLHOP_TEST(SurroundingsTest)
#include "tst_surroundings.moc"
