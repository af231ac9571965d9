// SPDX-License-Identifier: Apache-2.0
#include "tests/support/left_over.h"

#include "tests/support/engine_rig.h"
#include "tests/support/test_program.h"

#include <QTest>

using namespace core;

/// That what an engine has at work is seen: a check that never finds anything would be none.
class LeftOverTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(QStringLiteral(".*"))); }

    void whatAnEngineHasAtWorkIsSeenAndGoesWithIt()
    {
        QVERIFY(threadsOfEngines().isEmpty());
        HttpServer server;
        server.serve("/file", {.body = Body::pattern(1, 100'000)});
        server.holdAfter("/file", 50'000, "gate");
        QString state;
        QString folder;
        {
            EngineRig rig;
            state = rig.state.path();
            folder = rig.folder.path();
            const JobId id = rig.download({server.url(QStringLiteral("/file"))});
            QTRY_COMPARE(rig.job(id).progress.bytesDone, 50'000);
            QCOMPARE(openFilesBelow({folder}).size(), 1); // the part
            QVERIFY(!openFilesBelow({state}).isEmpty());
            for (const char *thread : {"engine", "store", "disk-sync", "disk-write"}) {
                QVERIFY2(threadsOfEngines().contains(QLatin1StringView(thread)), thread);
            }
        }
        QVERIFY(openFilesBelow({state, folder}).isEmpty());
        QTRY_VERIFY(threadsOfEngines().isEmpty());
    }

    void aFileWithoutANameAndOneThatWasRemovedAreSeen()
    {
        const QTemporaryDir folder;
        QFile removed(folder.filePath(QStringLiteral("removed")));
        QVERIFY(removed.open(QIODevice::WriteOnly));
        QVERIFY(QFile::remove(removed.fileName()));
        QCOMPARE(openFilesBelow({folder.path()}).size(), 1);
        removed.close();
        QVERIFY(openFilesBelow({folder.path()}).isEmpty());
        QVERIFY(openFilesBelow({folder.path() + QStringLiteral("/nowhere")}).isEmpty());
    }
};

BELLHOP_TEST(LeftOverTest)
#include "tst_left_over.moc"
