// SPDX-License-Identifier: Apache-2.0
#include "core/disk/source_file.h"

#include "tests/core/disk/planted.h"
#include "tests/support/test_program.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>

using namespace core;

/// What can be sent, and why the rest cannot.
class SourceFileTest final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(QStringLiteral(".*"))); }

    void anOrdinaryFileIsOpenedWhateverItsSize_data()
    {
        QTest::addColumn<QByteArray>("content");
        QTest::newRow("empty") << QByteArray();
        QTest::newRow("one byte") << QByteArray("x");
        QTest::newRow("more") << QByteArray(100'000, 'x');
    }
    void anOrdinaryFileIsOpenedWhateverItsSize()
    {
        QFETCH(const QByteArray, content);
        const QTemporaryDir folder;
        const QString path = folder.filePath(QStringLiteral("film"));
        planted::file(path, content, 0600);
        const auto source = openSource(path);
        QVERIFY(source);
        QCOMPARE((*source)->stamp.sizeBytes, content.size());
        QCOMPARE(readSource(*source, {0, content.size()}).value(), content);
    }

    void whatHoldsAnotherNumberOfBytesThanItSaysIsNoFile_data()
    {
        QTest::addColumn<QString>("path");
        QTest::newRow("says nothing, holds a line") << QStringLiteral("/proc/version");
        QTest::newRow("says a page, holds a line") << QStringLiteral("/sys/kernel/uevent_seqnum");
    }
    void whatHoldsAnotherNumberOfBytesThanItSaysIsNoFile()
    {
        QFETCH(const QString, path);
        if (!QFile::exists(path)) {
            QSKIP("this system has no such file");
        }
        const auto source = openSource(path);
        QVERIFY(!source);
        QCOMPARE(causeOf(source.error()), Cause::SourceNotAFile);
        QCOMPARE(source.error().reason, std::optional(Reason::IsMadeWhenRead));
    }
};

BELLHOP_TEST(SourceFileTest)
#include "tst_source_file.moc"
