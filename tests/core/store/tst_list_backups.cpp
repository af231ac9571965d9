// SPDX-License-Identifier: Apache-2.0
#include "core/store/list_backups.h"

#include "core/store/durable_file.h"
#include "core/store/store_schema.h"
#include "tests/core/store/list_folder.h"
#include "tests/support/pretty.h"
#include "tests/support/test_program.h"

#include <QScopeGuard>
#include <QTest>

#include <sys/mount.h>
#include <sys/stat.h>

using namespace core;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

/// The earlier states of the list that lie beside it.
class ListBackupsTest : public QObject {
    Q_OBJECT

private:
    std::unique_ptr<ListFolder> m_list;

    /// Which jobs each of the backups has, newest first; nothing for one that is not there.
    [[nodiscard]] QList<QList<qint64>> backups() const
    {
        return {ListFolder::idsIn(m_list->backup(1)), ListFolder::idsIn(m_list->backup(2)),
                ListFolder::idsIn(m_list->backup(3))};
    }

    /// The list has the jobs 1 to 4, and each of the backups one less than the one before.
    void fillAll()
    {
        for (qint64 id = 1; id <= 4; ++id) {
            QVERIFY(m_list->add(id));
            m_list->turn(61min);
        }
        QCOMPARE(backups(), QList<QList<qint64>>({{1, 2, 3}, {1, 2}, {1}}));
    }

private Q_SLOTS:
    void init()
    {
        QTest::failOnWarning(QRegularExpression(u".*"_s));
        m_list = std::make_unique<ListFolder>();
    }

    void aNewListHasNone()
    {
        QVERIFY(m_list->add(1));
        QCOMPARE(m_list->names(), QStringList({u"jobs.sqlite"_s}));
    }

    void threeAreKept()
    {
        fillAll();
        const auto loaded = m_list->load();
        QVERIFY(loaded && !loaded->backupFailed && !loaded->restored);
        QCOMPARE(backups(), QList<QList<qint64>>({{1, 2, 3, 4}, {1, 2, 3}, {1, 2}}));
        QCOMPARE(m_list->names().filter(u".backup-"_s).size(), 3);
    }

    void eachIsPrivateWhateverTheUmask()
    {
        const mode_t before = ::umask(0);
        const auto restore = qScopeGuard([before] { ::umask(before); });
        QVERIFY(m_list->add(1));
        QVERIFY(m_list->load());
        QCOMPARE(modeOf(m_list->backup(1)), mode_t(0600));
    }

    void isMadeOnceAnHour()
    {
        QVERIFY(m_list->add(1));
        m_list->turn(1min);
        QVERIFY(m_list->add(2));
        m_list->turn(59min);
        QVERIFY(m_list->load());
        QCOMPARE(backups(), QList<QList<qint64>>({{1}, {}, {}}));
        m_list->turn(1min);
        QVERIFY(m_list->load());
        QCOMPARE(backups(), QList<QList<qint64>>({{1, 2}, {1}, {}}));
    }

    void isNotMadeAgainWhenNothingWasSaved()
    {
        QVERIFY(m_list->add(1));
        for (int opening = 0; opening < 3; ++opening) {
            m_list->turn(48h);
            QVERIFY(m_list->load());
        }
        QCOMPARE(backups(), QList<QList<qint64>>({{1}, {}, {}}));
    }

    void isMadeWhenTheClockWasSetBack()
    {
        QVERIFY(m_list->add(1));
        QVERIFY(m_list->load());
        m_list->turn(-30min);
        QVERIFY(m_list->add(2));
        QVERIFY(m_list->load());
        QCOMPARE(backups().mid(0, 2), QList<QList<qint64>>({{1}, {1}}));
    }

    void hasWhatTheJournalHolds()
    {
        QVERIFY(m_list->add(1));
        const QString copy = m_list->beside(u".killed"_s);
        {
            SqliteJobStore store(m_list->path(), m_list->now());
            QVERIFY(store.load());
            QVERIFY(store.save({rich::wholeJob(rich::job(2))}));
            QVERIFY(QFile::copy(m_list->path(), copy));
            QVERIFY(QFile::copy(m_list->beside(u"-wal"_s), copy + u"-wal"_s));
        }
        QVERIFY(QFile::remove(m_list->path()));
        QVERIFY(QFile::rename(copy, m_list->path()));
        QVERIFY(QFile::rename(copy + u"-wal"_s, m_list->beside(u"-wal"_s)));
        m_list->turn(61min);
        QVERIFY(m_list->load());
        QCOMPARE(backups(), QList<QList<qint64>>({{1, 2}, {1}, {}}));
    }

    void aNewSchemaIsPrecededByOne()
    {
        QVERIFY(m_list->add(1));
        QVERIFY(m_list->load());
        QVERIFY(m_list->becomeVersion2());
        const auto loaded = m_list->load(); // within the hour
        QVERIFY(loaded && !loaded->backupFailed);
        QCOMPARE(loaded->jobs.size(), 1);
        QVERIFY(isThere(m_list->backup(2)));
        const auto old =
            SqliteConnection::open(m_list->backup(1), SqliteConnection::Access::ReadOnly);
        QVERIFY(old);
        QCOMPARE(
            checkedVersion(**old, m_list->backup(1), SqliteJobStore::kSchemaVersion).value_or(0),
            2);
    }

    void aNewerListHasNone()
    {
        QVERIFY(m_list->add(1));
        QVERIFY(m_list->becomeNewer());
        QCOMPARE(int(m_list->load().error().fault), int(StoreFault::Newer));
        QVERIFY(!isThere(m_list->backup(1)));
    }

    /// As a kill leaves them: the names that are there, of the newest ones first.
    void aKillWhileTheyRotateLosesNone_data()
    {
        QTest::addColumn<QList<int>>("renamed");
        QTest::newRow("the new one is half written") << QList<int>();
        QTest::newRow("the second has become the third") << QList<int>({2});
        QTest::newRow("the first has become the second") << QList<int>({2, 1});
    }
    void aKillWhileTheyRotateLosesNone()
    {
        QFETCH(QList<int>, renamed);
        fillAll();
        QVERIFY(ListFolder::write(m_list->beside(u".backup-new"_s), "half"));
        for (const int number : renamed) {
            QVERIFY(renameFile(m_list->backup(number), m_list->backup(number + 1)));
        }
        QVERIFY(m_list->load());
        QCOMPARE(backups(), QList<QList<qint64>>({{1, 2, 3, 4}, {1, 2, 3}, {1, 2}}));
        QCOMPARE(m_list->names().filter(u".backup-"_s).size(), 3);
    }

    void aFailureStopsNothing()
    {
        QVERIFY(m_list->add(1));
        QVERIFY(QDir().mkpath(m_list->beside(u".backup-new/in the way"_s)));
        const auto loaded = m_list->load();
        QVERIFY(loaded);
        QCOMPARE(loaded->jobs.size(), 1);
        QVERIFY(loaded->backupFailed);
        QCOMPARE(loaded->backupFailed->path, m_list->beside(u".backup-new"_s));
        QVERIFY(m_list->add(2));
        QCOMPARE(m_list->ids(), QList<qint64>({1, 2}));
    }

    void aFullDiskStopsNothing()
    {
        const QByteArray disk = QFile::encodeName(m_list->beside(u".disk"_s));
        QCOMPARE(::mkdir(disk.constData(), 0700), 0);
        if (::mount("none", disk.constData(), "tmpfs", 0, "size=512k") != 0) {
            QSKIP("cannot mount a small disk");
        }
        const auto unmount = qScopeGuard([&disk] { ::umount2(disk.constData(), MNT_DETACH); });
        const QString list = QFile::decodeName(disk + "/jobs.sqlite");
        {
            SqliteJobStore store(list, m_list->now());
            QVERIFY(store.load());
            QVERIFY(store.save({rich::wholeJob(rich::job(1))}));
        }
        const QString filler = QFile::decodeName(disk + "/filler");
        QVERIFY(!ListFolder::write(filler, QByteArray(1'000'000, 'x')));
        SqliteJobStore store(list, m_list->now());
        const auto loaded = store.load();
        QVERIFY(loaded);
        QCOMPARE(loaded->jobs.size(), 1);
        QVERIFY(loaded->backupFailed);
        QVERIFY(!isThere(list + u".backup-new"_s));
        QVERIFY(QFile::remove(filler));
        QVERIFY(store.save({rich::wholeJob(rich::job(2))}));
    }
};

BELLHOP_TEST(ListBackupsTest)
#include "tst_list_backups.moc"
