// SPDX-License-Identifier: Apache-2.0
#include "core/words/explain_service.h"
#include "tests/support/engine_rig.h"
#include "tests/support/file_facts.h"
#include "tests/support/test_program.h"

using namespace core;
using namespace Qt::StringLiterals;

/// An engine whose list of jobs was damaged between two sessions.
class RestoredListTest : public QObject {
    Q_OBJECT

private:
    [[nodiscard]] static QByteArray logOf(const EngineRig &rig)
    {
        return contentOf(rig.state.filePath(u"bellhop.log"_s));
    }

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(QStringLiteral(".*"))); }

    void theJobsAreThereAgainAndOneSentenceSaysSo()
    {
        EngineRig rig(RunPolicy::Nothing);
        const JobId id = rig.add(rig.spec({QUrl(u"http://files.example/a.bin"_s)}));
        rig.restart();
        rig.service.reset();
        QVERIFY(QFile::resize(rig.state.filePath(u"jobs.sqlite"_s), 0));
        rig.start();

        QCOMPARE(rig.job(id).state, JobState::Suspended);
        QCOMPARE(rig.notices.size(), 1);
        const auto *restored = std::get_if<notice::Restored>(&rig.notices.first());
        QVERIFY(restored);
        QVERIFY(QFile::exists(restored->list.damagedPath));
        QVERIFY(explain(rig.notices.first()).contains(restored->list.damagedPath));
        rig.service.reset();
        QVERIFY(logOf(rig).contains(restored->list.damagedPath.toUtf8()));
    }

    void aBackupThatCannotBeMadeIsForTheLogAlone()
    {
        EngineRig rig(RunPolicy::Nothing);
        const JobId id = rig.add(rig.spec({QUrl(u"http://files.example/a.bin"_s)}));
        QVERIFY(QDir().mkpath(rig.state.filePath(u"jobs.sqlite.backup-new/in the way"_s)));
        rig.restart();
        QCOMPARE(rig.job(id).state, JobState::Suspended);
        QVERIFY(rig.notices.isEmpty());
        rig.service.reset();
        QVERIFY(logOf(rig).contains("no backup: "));
    }
};

BELLHOP_TEST(RestoredListTest)
#include "tst_restored_list.moc"
