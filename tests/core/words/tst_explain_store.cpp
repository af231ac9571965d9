// SPDX-License-Identifier: Apache-2.0
#include "core/words/explain_store.h"

#include "tests/support/test_program.h"

#include <QLocale>
#include <QScopeGuard>
#include <QSet>
#include <QTest>

using namespace core;

class ExplainStoreTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(QStringLiteral(".*"))); }

    void everyFaultOfTheStoreHasASentenceOfItsOwn()
    {
        QSet<QString> sentences;
        for (const StoreFault fault :
             {StoreFault::CannotOpen, StoreFault::Newer, StoreFault::Damaged, StoreFault::Locked,
              StoreFault::CannotSave}) {
            const QString sentence = explain(StoreError{fault, QStringLiteral("/x/%1"), {}});
            QVERIFY(sentence.contains(QStringLiteral("/x/%1")));
            QVERIFY(sentence.endsWith(u'.'));
            sentences.insert(sentence);
        }
        QCOMPARE(sentences.size(), 5);
    }

    void everyFaultOfTheFolderHasASentenceOfItsOwn()
    {
        QSet<QString> sentences;
        for (const StateFolderFault fault :
             {StateFolderFault::CannotCreate, StateFolderFault::NotOurs, StateFolderFault::InUse}) {
            const QString sentence = explain(
                StateFolderError{fault, QStringLiteral("/x/%2"), QStringLiteral("Why not")});
            QVERIFY(sentence.contains(QStringLiteral("/x/%2")));
            QVERIFY(sentence.contains(QStringLiteral("--state-dir")));
            sentences.insert(sentence);
        }
        QCOMPARE(sentences.size(), 3);
    }

    void aCopyInUseIsSaidToBe()
    {
        const QDateTime made(QDate(2026, 1, 15), QTime(14, 5));
        QLocale::setDefault(QLocale(QLocale::English, QLocale::UnitedKingdom));
        const auto restore = qScopeGuard([] { QLocale::setDefault(QLocale::c()); });
        QCOMPARE(explain(RestoredList{made.toUTC(), QStringLiteral("/state/%1")}),
                 QStringLiteral("The list of jobs was damaged, so its backup from 15 January 2026, "
                                "14:05, is used instead; what was changed later is not in it, and "
                                "the damaged list was moved to /state/%1."));
        const RestoredList withNewer{made.toUTC(), QStringLiteral("/state/%1"), 2};
        QVERIFY(explain(withNewer).contains(QStringLiteral(
            "is used instead, with the newer jobs that could still be read (2); what else")));
        QVERIFY(explain(withNewer).endsWith(QStringLiteral("moved to /state/%1.")));
        const RestoredList salvaged{{}, QStringLiteral("/state/%1"), 2};
        QVERIFY(explain(salvaged).contains(QStringLiteral("has no good backup")));
        QVERIFY(explain(salvaged).endsWith(QStringLiteral("moved to /state/%1.")));
    }

    void aFolderInUseIsSaidToBe()
    {
        QCOMPARE(explain(StateFolderError{StateFolderFault::InUse, QStringLiteral("/state"), {}}),
                 QStringLiteral("Bellhop is already running with this state folder (/state). Close "
                                "it first, or use another folder with --state-dir."));
    }
};

BELLHOP_TEST(ExplainStoreTest)
#include "tst_explain_store.moc"
