// SPDX-License-Identifier: Apache-2.0
#include "core/store/sqlite_job_store.h"

#include "core/store/store_schema.h"
#include "tests/core/store/rich_job.h"
#include "tests/support/file_facts.h"
#include "tests/support/pretty.h"
#include "tests/support/test_program.h"

#include <QDir>
#include <QScopeGuard>
#include <QTemporaryDir>
#include <QTest>

#include <csignal>
#include <ctime>
#include <utility>

#include <sys/mount.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

using namespace core;

namespace {

constexpr int kVersion = SqliteJobStore::kSchemaVersion;
const QString kNewerVersion = QStringLiteral("PRAGMA user_version = %1").arg(kVersion + 1);

// What happens to a file that goes well.

TimelineEntry started(int index)
{
    return {.time = rich::kTime,
            .fileIndex = index,
            .what = happening::AttemptStarted{
                .url = QUrl(QStringLiteral("https://files.example/pub/%1.iso").arg(index))}};
}

TimelineEntry ended(int index)
{
    return {.time = rich::kTime,
            .fileIndex = index,
            .what = happening::AttemptEnded{.bytesDone = 1'000'000}};
}

} // namespace

/// What the file is like, and what is said when it cannot be used.
class SqliteJobStoreTest : public QObject {
    Q_OBJECT

private:
    std::unique_ptr<QTemporaryDir> m_folder;

    [[nodiscard]] QString path() const { return m_folder->filePath(QStringLiteral("jobs.sqlite")); }

    void write(const QByteArray &bytes)
    {
        QFile file(path());
        QVERIFY(file.open(QIODevice::WriteOnly));
        QCOMPARE(file.write(bytes), bytes.size());
    }

    void makeStoreWith(const QList<StoreDelta> &deltas)
    {
        SqliteJobStore store(path());
        QVERIFY(store.load());
        QVERIFY(store.save(deltas));
    }

    void change(const QString &sql)
    {
        const auto connection = SqliteConnection::open(path(), SqliteConnection::Access::ReadWrite);
        QVERIFY(connection);
        QVERIFY((*connection)->run(sql, StoreFault::CannotSave));
    }

    /// The error of a load that must fail and must not change the file.
    StoreFault faultOfUntouched()
    {
        const QByteArray before = contentOf(path());
        SqliteJobStore store(path());
        const auto state = store.load();
        if (state) {
            qWarning("it was opened");
            return {};
        }
        if (state.error().path != path() || contentOf(path()) != before) {
            qWarning("the file was changed");
        }
        return state.error().fault;
    }

private Q_SLOTS:
    void init()
    {
        QTest::failOnWarning(QRegularExpression(QStringLiteral(".*")));
        m_folder = std::make_unique<QTemporaryDir>();
    }

    void itsFilesArePrivateWhateverTheUmask_data()
    {
        QTest::addColumn<int>("mask");
        QTest::newRow("0000") << 0;
        QTest::newRow("0022") << 0022;
        QTest::newRow("0777") << 0777;
    }
    void itsFilesArePrivateWhateverTheUmask()
    {
        QFETCH(int, mask);
        const mode_t before = ::umask(mode_t(mask));
        const auto restore = qScopeGuard([before] { ::umask(before); });
        SqliteJobStore store(path());
        QVERIFY(store.load());
        QVERIFY(store.save({rich::wholeJob(rich::job())}));
        const QStringList names = QDir(m_folder->path()).entryList(QDir::Files);
        QVERIFY(names.contains(QStringLiteral("jobs.sqlite-wal")));
        for (const QString &name : names) {
            QCOMPARE(modeOf(m_folder->filePath(name)), mode_t(0600));
        }
    }

    void aFileThatOthersCouldReadIsClosedToThem()
    {
        makeStoreWith({rich::wholeJob(rich::job())});
        QCOMPARE(::chmod(QFile::encodeName(path()).constData(), 0644), 0);
        SqliteJobStore store(path());
        QVERIFY(store.load());
        QCOMPARE(modeOf(path()), mode_t(0600));
    }

    void secretsAreInNoByteOfItsFiles()
    {
        JobRecord job = rich::job();
        job.options.login = Login{QStringLiteral("SeCrEt-user"), QStringLiteral("SeCrEt-word")};
        job.options.headers.append(HeaderField("AUTHORIZATION", "Bearer SeCrEt-token"));
        job.options.headers.append(HeaderField("cookie", "id=SeCrEt-cookie"));
        job.options.proxy = QUrl(QStringLiteral("http://SeCrEt-p:SeCrEt-q@proxy.example:3128"));
        job.files[0].spec.url = QUrl(QStringLiteral("https://SeCrEt-a:SeCrEt-b@h.example/x"));
        job.files[1].error = rich::error(Cause::LoginRequired, 1);
        job.files[1].error->url.setUserInfo(QStringLiteral("SeCrEt-c:SeCrEt-d"));
        job.error->evidence.headers.append(HeaderField("Set-Cookie", "id=SeCrEt-e"));
        job.error->evidence.redirects.append(QUrl(QStringLiteral("http://SeCrEt-f@h.example/")));
        SqliteJobStore store(path());
        QVERIFY(store.load());
        QVERIFY(store.save({rich::wholeJob(job)}));
        const auto noneHolds = [this] {
            for (const QFileInfo &file : QDir(m_folder->path()).entryInfoList(QDir::Files)) {
                QVERIFY(file.size() > 0);
                QVERIFY2(!contentOf(file.filePath()).toLower().contains("secret-"),
                         qPrintable(file.fileName()));
            }
        };
        // A copy, since reading the file itself here would drop the locks SQLite has on it.
        QVERIFY(QDir(m_folder->path()).entryList(QDir::Files).size() >= 2);
        noneHolds();
    }

    void aNewerFileIsLeftAlone()
    {
        makeStoreWith({rich::wholeJob(rich::job())});
        change(kNewerVersion);
        QCOMPARE(int(faultOfUntouched()), int(StoreFault::Newer));
    }

    void aNewerFileThatWasNotClosedIsLeftAlone()
    {
        makeStoreWith({rich::wholeJob(rich::job())});
        {
            // The version stands only in the -wal, as after a crash of the newer program.
            auto connection = SqliteConnection::open(path(), SqliteConnection::Access::ReadWrite);
            QVERIFY(connection);
            QVERIFY((*connection)->run(kNewerVersion, StoreFault::CannotSave));
            QVERIFY(QFile::copy(path(), path() + QStringLiteral(".copy")));
            QVERIFY(
                QFile::copy(path() + QStringLiteral("-wal"), path() + QStringLiteral(".copy-wal")));
        }
        QVERIFY(QFile::remove(path()));
        QVERIFY(QFile::rename(path() + QStringLiteral(".copy"), path()));
        QVERIFY(
            QFile::rename(path() + QStringLiteral(".copy-wal"), path() + QStringLiteral("-wal")));
        QCOMPARE(int(faultOfUntouched()), int(StoreFault::Newer));
        QCOMPARE(int(faultOfUntouched()), int(StoreFault::Newer));
    }

    void whatIsNotAListOfJobsIsLeftAlone_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        QTest::newRow("one byte") << QByteArray("x");
        QTest::newRow("a few bytes of a database") << QByteArray("SQLite format 3\0", 16);
        QTest::newRow("text") << QByteArray("my diary\n").repeated(1000);
        QTest::newRow("99 zeros") << QByteArray(99, '\0');
        QTest::newRow("a page of zeros") << QByteArray(4096, '\0');
        QTest::newRow("pages of zeros") << QByteArray(65536, '\0');
    }
    void whatIsNotAListOfJobsIsLeftAlone()
    {
        QFETCH(QByteArray, bytes);
        write(bytes);
        QCOMPARE(int(faultOfUntouched()), int(StoreFault::Damaged));
    }

    void anotherProgramsDatabaseIsLeftAlone()
    {
        write({});
        change(QStringLiteral("CREATE TABLE recipes (id INTEGER)"));
        QCOMPARE(int(faultOfUntouched()), int(StoreFault::Damaged));
        change(QStringLiteral("PRAGMA user_version = 1"));
        QCOMPARE(int(faultOfUntouched()), int(StoreFault::Damaged));
    }

    void anEmptyFileIsFilled()
    {
        write({});
        makeStoreWith({rich::wholeJob(rich::job())});
        SqliteJobStore store(path());
        QCOMPARE(store.load()->jobs, QList({rich::job()}));
    }

    void whatIsNotAFileIsNotOpened()
    {
        const QByteArray name = QFile::encodeName(path());
        const auto fault = [this] {
            SqliteJobStore store(path());
            return int(store.load().error().fault);
        };
        QCOMPARE(::mkdir(name.constData(), 0700), 0);
        QCOMPARE(fault(), int(StoreFault::CannotOpen));
        QCOMPARE(::rmdir(name.constData()), 0);
        QCOMPARE(::mkfifo(name.constData(), 0600), 0);
        QCOMPARE(fault(), int(StoreFault::CannotOpen));
        QCOMPARE(::unlink(name.constData()), 0);
        QCOMPARE(::symlink("/dev/null", name.constData()), 0);
        QCOMPARE(fault(), int(StoreFault::CannotOpen));
        QCOMPARE(::unlink(name.constData()), 0);
        SqliteJobStore nowhere(m_folder->filePath(QStringLiteral("no/such/folder")));
        QCOMPARE(int(nowhere.load().error().fault), int(StoreFault::CannotOpen));
        SqliteJobStore inProc(QStringLiteral("/proc/jobs.sqlite"));
        QCOMPARE(int(inProc.load().error().fault), int(StoreFault::CannotOpen));
    }

    void canBeTriedAgainAfterAFailedLoad()
    {
        SqliteJobStore store(path());
        QVERIFY(QDir().mkdir(path()));
        QVERIFY(!store.load());
        QVERIFY(!store.save({rich::wholeJob(rich::job())}));
        QVERIFY(QDir().rmdir(path()));
        QVERIFY(store.load());
        QVERIFY(store.save({rich::wholeJob(rich::job())}));
    }

    void aSecondHolderIsRefused()
    {
        makeStoreWith({rich::wholeJob(rich::job())});
        SqliteJobStore first(path());
        QVERIFY(first.load());
        SqliteJobStore second(path());
        QCOMPARE(int(second.load().error().fault), int(StoreFault::Locked));
        QVERIFY(first.save({rich::removal({7})}));
    }

    void aFailedSaveLeavesWhatWasThere()
    {
        SqliteJobStore store(path());
        QVERIFY(store.load());
        QVERIFY(store.save({rich::wholeJob(rich::job(1))}));
        {
            // No file may grow: what a full disk looks like from here.
            ::signal(SIGXFSZ, SIG_IGN);
            rlimit before{};
            QCOMPARE(::getrlimit(RLIMIT_FSIZE, &before), 0);
            const rlimit none{4096, before.rlim_max};
            QCOMPARE(::setrlimit(RLIMIT_FSIZE, &none), 0);
            const auto failed = store.save({rich::wholeJob(rich::job(2)), rich::removal({1})});
            QCOMPARE(::setrlimit(RLIMIT_FSIZE, &before), 0);
            QVERIFY(!failed);
            QCOMPARE(int(failed.error().fault), int(StoreFault::CannotSave));
        }
        QCOMPARE(store.load()->jobs, QList({rich::job(1)}));
        QVERIFY(store.save({rich::wholeJob(rich::job(3))}));
        QCOMPARE(store.load()->jobs, QList({rich::job(1), rich::job(3)}));
    }

    void aFullDiskLeavesWhatWasThere()
    {
        const QByteArray disk = QFile::encodeName(m_folder->filePath(QStringLiteral("disk")));
        QCOMPARE(::mkdir(disk.constData(), 0700), 0);
        if (::mount("none", disk.constData(), "tmpfs", 0, "size=256k") != 0) {
            QSKIP("cannot mount a small disk");
        }
        const auto unmount = qScopeGuard([&disk] { ::umount2(disk.constData(), MNT_DETACH); });
        const QString file = QFile::decodeName(disk + "/jobs.sqlite");
        QList<JobRecord> kept;
        {
            SqliteJobStore store(file);
            QVERIFY(store.load());
            StoreResult<> saved;
            while (saved && kept.size() < 10'000) {
                const JobRecord job = rich::job(kept.size() + 1);
                saved = store.save({rich::wholeJob(job)});
                if (saved) {
                    kept.append(job);
                }
            }
            QVERIFY(!saved);
            QCOMPARE(int(saved.error().fault), int(StoreFault::CannotSave));
            QVERIFY(!kept.isEmpty());
            QCOMPARE(store.load()->jobs, kept);
        }
        SqliteJobStore again(file);
        QCOMPARE(again.load()->jobs, kept);
    }

    void aMigrationIsDoneWholeOrNotAtAll()
    {
        makeStoreWith({rich::wholeJob(rich::job())});
        static constexpr std::array kGood{"CREATE TABLE extra (id INTEGER PRIMARY KEY) STRICT"};
        static constexpr std::array kBad{"DROP TABLE files", "ALTER TABLE nowhere ADD COLUMN x"};
        const std::array broken{Migration{kVersion + 1, kGood}, Migration{kVersion + 2, kBad}};
        const std::array working{Migration{kVersion, kBad}, Migration{kVersion + 1, kGood}};
        {
            const auto connection =
                SqliteConnection::open(path(), SqliteConnection::Access::ReadWrite);
            QVERIFY(connection);
            QVERIFY(!migrate(**connection, kVersion, broken));
            QCOMPARE(checkedVersion(**connection, path(), kVersion + 2).value(), kVersion);
        }
        {
            SqliteJobStore store(path());
            QCOMPARE(store.load()->jobs, QList({rich::job()}));
        }
        const auto connection = SqliteConnection::open(path(), SqliteConnection::Access::ReadWrite);
        QVERIFY(connection);
        QVERIFY(migrate(**connection, kVersion, working)); // only the step after it is taken
        QCOMPARE(checkedVersion(**connection, path(), kVersion + 2).value(), kVersion + 1);
    }

    void aHundredThousandFilesAreNoBurden()
    {
        JobRecord job = rich::job();
        job.error->fileIndex = 0;
        job.files.clear();
        for (int index = 0; index < kMaxFilesPerJob; ++index) {
            job.files.append(rich::plainFile(index));
        }
        // Of this process alone: how long it takes on the wall is the disk's business and that of
        // whatever else runs.
        const auto cpuMsec = [] { return double(std::clock()) * 1000 / CLOCKS_PER_SEC; };
        double at = cpuMsec();
        const auto lap = [&] { return cpuMsec() - std::exchange(at, cpuMsec()); };
        makeStoreWith({rich::wholeJob(job)});
        const double stored = lap();
        SqliteJobStore store(path());
        const auto state = store.load();
        const double loaded = lap();
        QVERIFY(state);
        QCOMPARE(state->jobs.size(), 1);
        QVERIFY(state->jobs.first() == job);

        constexpr int kSaves = 200;
        (void)lap();
        for (int i = 0; i < kSaves; ++i) {
            StoreDelta delta;
            delta.id = job.id;
            for (int j = 0; j < 5; ++j) {
                const int index = (i * 467 + j) % kMaxFilesPerJob;
                job.files[index].durable = RangeSet::prefix(i + 1);
                delta.files.append({index, job.files.at(index)});
                delta.timeline.append(started(index));
                delta.timeline.append(ended(index));
            }
            QVERIFY(store.save({delta}));
        }
        const double saved = lap() / kSaves;
        qInfo("100 000 files: stored in %.0f ms, loaded in %.0f ms, five of them in %.2f ms of CPU",
              stored, loaded, saved);
        // Far above what it takes in any build, far below what a person would notice as wrong.
        QVERIFY(loaded < 8'000);
        QVERIFY(saved < 20);
    }
};

BELLHOP_TEST(SqliteJobStoreTest)
#include "tst_sqlite_job_store.moc"
