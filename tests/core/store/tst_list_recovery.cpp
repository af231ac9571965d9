// SPDX-License-Identifier: Apache-2.0
#include "core/store/list_recovery.h"

#include "core/store/durable_file.h"
#include "core/store/list_backups.h"
#include "tests/core/store/list_folder.h"
#include "tests/support/immutable_folder.h"
#include "tests/support/pretty.h"
#include "tests/support/test_program.h"

#include <QTest>

using namespace core;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

constexpr qsizetype kPage = 4096;

QByteArray withZeros(QByteArray list, qsizetype page)
{
    return list.replace(page * kPage, kPage, QByteArray(kPage, '\0'));
}

QByteArray flipped(QByteArray list, qsizetype page)
{
    for (qsizetype at = page * kPage; at < (page + 1) * kPage; ++at) {
        list[at] = char(~list.at(at));
    }
    return list;
}

} // namespace

/// What becomes of a list that is damaged when there are backups of it.
class ListRecoveryTest : public QObject {
    Q_OBJECT

private:
    std::unique_ptr<ListFolder> m_list;
    QDateTime m_backedUpAt; ///< when the newest backup was made

    [[nodiscard]] QByteArray bytes() const { return contentOf(m_list->path()); }
    void damage(const QByteArray &bytes) { QVERIFY(ListFolder::write(m_list->path(), bytes)); }

    /// The newest backup is used, that of these jobs, and the damaged file is kept as it was.
    void verifyRestored(const QByteArray &damaged, const QList<qint64> &jobs)
    {
        const auto loaded = m_list->load();
        QVERIFY(loaded);
        QVERIFY(loaded->restored);
        QCOMPARE(contentOf(loaded->restored->damagedPath), damaged);
        QCOMPARE(modeOf(loaded->restored->damagedPath), mode_t(0600));
        QCOMPARE(modeOf(m_list->path()), mode_t(0600));
        QCOMPARE(loaded->jobs.size(), jobs.size());
        for (const JobRecord &job : loaded->jobs) {
            QCOMPARE(job, rich::job(job.id.value));
        }
        QCOMPARE(m_list->ids(), jobs);
        QVERIFY(m_list->names().filter(u"ing"_s).isEmpty());
        const auto again = m_list->load();
        QVERIFY(again && !again->restored); // said once
        QVERIFY(m_list->add(9));
    }

private Q_SLOTS:
    void init()
    {
        // Newer releases of Qt say themselves what the driver answers as well.
        QTest::failOnWarning(QRegularExpression(u"^(?!.*Unable to fetch row)"_s));
        m_list = std::make_unique<ListFolder>();
        // The list has three jobs, the newest backup two, and the one before it one.
        for (qint64 id = 1; id <= 3; ++id) {
            QVERIFY(m_list->add(id));
            m_backedUpAt = m_list->now();
            m_list->turn(61min);
        }
        QCOMPARE(ListFolder::idsIn(m_list->backup(1)), QList<qint64>({1, 2}));
        QCOMPARE(ListFolder::idsIn(m_list->backup(2)), QList<qint64>({1}));
    }

    void aDamagedListIsReplaced_data()
    {
        QTest::addColumn<QByteArray>("damaged");
        const ListFolder folder;
        QVERIFY(folder.add(1) && folder.add(2) && folder.add(3));
        const QByteArray good = contentOf(folder.path());
        QTest::newRow("without a byte") << QByteArray("");
        QTest::newRow("one byte") << QByteArray("x");
        QTest::newRow("text") << QByteArray("my diary\n").repeated(1000);
        QTest::newRow("the first page alone") << good.first(kPage);
        QTest::newRow("half") << good.first(good.size() / 2);
        QTest::newRow("zeros") << QByteArray(good.size(), '\0');
        QTest::newRow("a page of zeros") << withZeros(good, 3);
        QTest::newRow("the first page of zeros") << withZeros(good, 0);
        QTest::newRow("a flipped page") << flipped(good, 3);
    }
    void aDamagedListIsReplaced()
    {
        QFETCH(QByteArray, damaged);
        damage(damaged);
        verifyRestored(damaged, {1, 2});
    }

    void itIsSaidFromWhenTheCopyIsAndWhereTheListWent()
    {
        damage("rubbish");
        const auto loaded = m_list->load();
        QVERIFY(loaded && loaded->restored);
        QCOMPARE(loaded->restored->copyOf, m_backedUpAt);
        QCOMPARE(
            loaded->restored->damagedPath,
            m_list->beside(u".damaged-"_s + m_list->now().toString(u"yyyyMMdd'T'HHmmss'Z'"_s)));
    }

    void aListWhoseRowsCannotBeReadIsReplaced()
    {
        QVERIFY(m_list->run(u"DROP TABLE superseded"_s));
        verifyRestored(bytes(), {1, 2});
    }

    void noIdIsGivenOutTwiceWhereTheListStillSaysTheLast()
    {
        QVERIFY(m_list->run(u"DROP TABLE superseded"_s));
        QCOMPARE(m_list->load()->lastJobId, 3);
        QVERIFY(m_list->run(u"UPDATE counters SET value = 9223372036854775807"_s));
        QVERIFY(m_list->run(u"DROP TABLE superseded"_s));
        QCOMPARE(m_list->load()->lastJobId, 2); // that is no number of a job
        damage("");
        QVERIFY(m_list->load()->lastJobId > 500); // nobody knows how many there were
    }

    void newerJobsThatCanStillBeReadAreTakenOver()
    {
        QVERIFY(m_list->run(u"DROP TABLE settings"_s));
        const auto loaded = m_list->load();
        QVERIFY(loaded && loaded->restored);
        QCOMPARE(loaded->restored->savedJobs, 1);
        QCOMPARE(loaded->jobs.size(), 3);
        for (const JobRecord &job : loaded->jobs) {
            QCOMPARE(job, rich::job(job.id.value));
        }
        QCOMPARE(loaded->lastJobId, 3);
        QVERIFY(m_list->add(4)); // and are there to stay
        QCOMPARE(m_list->ids(), QList<qint64>({1, 2, 3, 4}));
    }

    void aNewerJobOfWhichARowIsBadIsNotTakenOver()
    {
        QVERIFY(m_list->run(u"DROP TABLE settings"_s));
        QVERIFY(m_list->run(u"UPDATE files SET durable = 'all' WHERE job = 3"_s));
        const auto loaded = m_list->load();
        QVERIFY(loaded && loaded->restored);
        QCOMPARE(loaded->restored->savedJobs, 0);
        QCOMPARE(loaded->jobs.size(), 2);
        QCOMPARE(loaded->lastJobId, 3);
    }

    void withoutAGoodBackupTheJobsThatCanBeReadAreKept_data()
    {
        QTest::addColumn<QList<QByteArray>>("backups");
        QTest::newRow("none") << QList<QByteArray>();
        QTest::newRow("damaged ones") << QList<QByteArray>({"rubbish", ""});
    }
    void withoutAGoodBackupTheJobsThatCanBeReadAreKept()
    {
        QFETCH(QList<QByteArray>, backups);
        for (int number = 1; number <= kBackups; ++number) {
            QVERIFY(!isThere(m_list->backup(number)) || QFile::remove(m_list->backup(number)));
        }
        for (int number = 1; const QByteArray &backup : backups) {
            QVERIFY(ListFolder::write(m_list->backup(number++), backup));
        }
        QVERIFY(m_list->run(u"DROP TABLE settings"_s));
        QVERIFY(m_list->run(u"UPDATE files SET durable = 'all' WHERE job = 2"_s));
        const QByteArray damaged = bytes();
        const auto loaded = m_list->load();
        QVERIFY(loaded && loaded->restored);
        QVERIFY(!loaded->restored->copyOf);
        QCOMPARE(loaded->restored->savedJobs, 2);
        QCOMPARE(loaded->jobs, QList<JobRecord>({rich::job(1), rich::job(3)}));
        QCOMPARE(loaded->lastJobId, 3);
        QCOMPARE(contentOf(loaded->restored->damagedPath), damaged);
        QVERIFY(m_list->names().filter(u"ing"_s).isEmpty());
        QVERIFY(m_list->add(4)); // and are there to stay
        QCOMPARE(m_list->ids(), QList<qint64>({1, 3, 4}));
    }

    void aDamagedPageWithoutABackupCostsOnlyTheJobsOnIt()
    {
        const ListFolder alone;
        for (qint64 id = 1; id <= 30; ++id) {
            QVERIFY(alone.add(id));
        }
        for (int number = 1; number <= kBackups; ++number) {
            QVERIFY(!isThere(alone.backup(number)) || QFile::remove(alone.backup(number)));
        }
        const QByteArray good = contentOf(alone.path());
        auto page = qsizetype(good.size() / kPage / 2);
        StoreResult<StoredState> loaded;
        do { // a page of a long text is no damage to the file, and its job alone is left out
            QVERIFY(++page < good.size() / kPage);
            QVERIFY(ListFolder::write(alone.path(), withZeros(good, page)));
            QVERIFY(!isThere(alone.backup(1)) || QFile::remove(alone.backup(1)));
            loaded = alone.load();
        } while (!loaded || !loaded->restored);
        QVERIFY(!loaded->restored->copyOf);
        QVERIFY(loaded->jobs.size() >= 15 && loaded->jobs.size() < 30);
        for (const JobRecord &job : loaded->jobs) {
            QCOMPARE(job, rich::job(job.id.value));
        }
    }

    void itsJournalGoesWithIt()
    {
        damage("");
        const QByteArray journal = QByteArray("rubbish").repeated(3000);
        QVERIFY(ListFolder::write(m_list->beside(u"-wal"_s), journal));
        const auto loaded = m_list->load();
        QVERIFY(loaded && loaded->restored);
        QCOMPARE(contentOf(loaded->restored->damagedPath + u"-wal"_s), journal);
        QCOMPARE(m_list->ids(), QList<qint64>({1, 2}));
    }

    void anEmptyListBesideAJournalIsNotNew()
    {
        const ListFolder alone;
        QVERIFY(ListFolder::write(alone.path(), ""));
        QVERIFY(ListFolder::write(alone.beside(u"-wal"_s), "saved"));
        QCOMPARE(int(alone.load().error().fault), int(StoreFault::Damaged));
        QCOMPARE(contentOf(alone.beside(u"-wal"_s)), QByteArray("saved"));
    }

    void anEmptyListWithoutBackupsIsNew()
    {
        const ListFolder alone;
        QVERIFY(ListFolder::write(alone.path(), ""));
        const auto loaded = alone.load();
        QVERIFY(loaded && loaded->jobs.isEmpty() && !loaded->restored);
        QVERIFY(alone.damagedNames().isEmpty());
    }

    void aListThatWasTakenAwayIsNew()
    {
        QVERIFY(QFile::remove(m_list->path()));
        const auto loaded = m_list->load();
        QVERIFY(loaded && loaded->jobs.isEmpty() && !loaded->restored);
    }

    void aLostJournalLosesOnlyWhatItHeld()
    {
        {
            SqliteJobStore store(m_list->path(), m_list->now());
            QVERIFY(store.load());
            QVERIFY(store.save({rich::wholeJob(rich::job(4))}));
            QVERIFY(QFile::copy(m_list->path(), m_list->beside(u".killed"_s)));
        }
        QVERIFY(renameFile(m_list->beside(u".killed"_s), m_list->path()));
        const auto loaded = m_list->load();
        QVERIFY(loaded && !loaded->restored);
        QCOMPARE(m_list->ids(), QList<qint64>({1, 2, 3}));
    }

    void withoutItsJournalAListThatNeverHadMoreIsReplaced()
    {
        // What a list is like that was killed in its first session, without the -wal.
        const ListFolder fresh;
        QVERIFY(fresh.run(u"PRAGMA journal_mode = WAL"_s));
        const QByteArray header = contentOf(fresh.path());
        QVERIFY(header.size() == kPage);
        damage(header);
        verifyRestored(header, {1, 2});
    }

    void aDamagedBackupFallsToTheOneBeforeIt_data()
    {
        QTest::addColumn<QByteArray>("backup");
        const ListFolder folder;
        QVERIFY(folder.add(1));
        QVERIFY(folder.load());
        const QByteArray good = contentOf(folder.backup(1));
        QTest::newRow("without a byte") << QByteArray("");
        QTest::newRow("text") << QByteArray("my diary\n").repeated(1000);
        QTest::newRow("half") << good.first(good.size() / 2);
        QTest::newRow("a flipped page") << flipped(good, 3);
    }
    void aDamagedBackupFallsToTheOneBeforeIt()
    {
        QFETCH(QByteArray, backup);
        QVERIFY(ListFolder::write(m_list->backup(1), backup));
        damage("");
        verifyRestored("", {1});
    }

    void aBackupOfAnOlderSchemaIsTaken()
    {
        const ListFolder folder;
        QVERIFY(folder.add(5));
        QVERIFY(folder.becomeVersion2());
        QVERIFY(ListFolder::write(m_list->backup(1), contentOf(folder.path())));
        damage("");
        const auto loaded = m_list->load();
        QVERIFY(loaded && loaded->restored);
        QCOMPARE(m_list->ids(), QList<qint64>({5}));
    }

    void withoutAGoodBackupNothingIsMoved()
    {
        QVERIFY(ListFolder::write(m_list->backup(1), "rubbish"));
        QVERIFY(QFile::remove(m_list->backup(2)));
        for (const char *damaged : {"", "rubbish"}) {
            damage(damaged);
            const QStringList before = m_list->names();
            const auto loaded = m_list->load();
            QVERIFY(!loaded);
            QCOMPARE(int(loaded.error().fault), int(StoreFault::Damaged));
            QCOMPARE(loaded.error().path, m_list->path());
            QCOMPARE(bytes(), QByteArray(damaged));
            QCOMPARE(m_list->names(), before);
        }
    }

    void aListOfANewerVersionIsLeftAlone()
    {
        QVERIFY(m_list->becomeNewer());
        const QByteArray before = bytes();
        QCOMPARE(int(m_list->load().error().fault), int(StoreFault::Newer));
        QCOMPARE(bytes(), before);
        QVERIFY(m_list->damagedNames().isEmpty());
    }

    void twoInOneSecondAreKeptBoth()
    {
        damage("one");
        QVERIFY(m_list->load());
        damage("another");
        QVERIFY(m_list->load());
        QStringList kept = m_list->damagedNames();
        kept.removeIf([](const QString &name) { return name.endsWith(u"-shm"_s); });
        QCOMPARE(kept.size(), 2);
        QCOMPARE(contentOf(m_list->folder() + u'/' + kept.at(0)), QByteArray("one"));
        QCOMPARE(contentOf(m_list->folder() + u'/' + kept.at(1)), QByteArray("another"));
    }

    /// As a kill leaves them: what was already moved when it came.
    void aKillWhileItIsReplacedLosesNothing_data()
    {
        QTest::addColumn<QString>("copy");
        QTest::addColumn<QStringList>("moved");
        const QString whole = u".restoring-20260115T120000Z"_s;
        const QString salvaged = u".salvaged-20260115T120000Z"_s;
        QTest::newRow("half a copy") << u".copying"_s << QStringList();
        QTest::newRow("a whole copy") << whole << QStringList();
        QTest::newRow("what could be read") << salvaged << QStringList();
        QTest::newRow("what could be read, the list moved")
            << salvaged << QStringList({u"-wal"_s, QString()});
        QTest::newRow("the journal moved") << whole << QStringList({u"-wal"_s});
        QTest::newRow("the list moved") << whole << QStringList({u"-wal"_s, QString()});
    }
    void aKillWhileItIsReplacedLosesNothing()
    {
        QFETCH(QString, copy);
        QFETCH(QStringList, moved);
        const QByteArray backup = contentOf(m_list->backup(1));
        const bool isHalf = copy == u".copying"_s;
        QVERIFY(ListFolder::write(m_list->beside(copy), isHalf ? backup.first(kPage) : backup));
        damage("rubbish");
        QVERIFY(ListFolder::write(m_list->beside(u"-wal"_s), "journal"));
        for (const QString &part : moved) {
            const QString aside = m_list->beside(u".damaged-20260115T120000Z"_s);
            QVERIFY(renameFile(m_list->beside(part), aside + part));
        }
        const auto loaded = m_list->load();
        QVERIFY(loaded && loaded->restored);
        QCOMPARE(loaded->jobs.size(), 2);
        QCOMPARE(loaded->restored->copyOf.has_value(), !copy.startsWith(u".salvaged"_s));
        QCOMPARE(contentOf(loaded->restored->damagedPath), QByteArray("rubbish"));
        QCOMPARE(contentOf(loaded->restored->damagedPath + u"-wal"_s), QByteArray("journal"));
        QVERIFY(!isThere(m_list->beside(copy)));
    }

    void inAFolderThatCannotBeWrittenNothingIsMoved()
    {
        damage("rubbish");
        const QStringList before = m_list->names();
        ImmutableFolder closed(m_list->folder());
        if (!closed.isClosed()) {
            QSKIP("cannot close a folder to root here");
        }
        const auto loaded = m_list->load();
        closed.release();
        QVERIFY(!loaded);
        QCOMPARE(int(loaded.error().fault), int(StoreFault::CannotOpen)); // the backup is good
        QCOMPARE(bytes(), QByteArray("rubbish"));
        QCOMPARE(m_list->names(), before);
    }
};

BELLHOP_TEST(ListRecoveryTest)
#include "tst_list_recovery.moc"
