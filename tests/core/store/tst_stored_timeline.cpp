// SPDX-License-Identifier: Apache-2.0
#include "core/store/sqlite_job_store.h"
#include "core/store/store_schema.h"
#include "core/store/store_thread.h"
#include "tests/core/store/rich_job.h"
#include "tests/support/await.h"
#include "tests/support/memory_store.h"
#include "tests/support/test_program.h"

#include <QTemporaryDir>
#include <QTest>

using namespace core;

namespace {

constexpr JobId kJob{7};

TimelineEntry entry(int number)
{
    return {.time = rich::kTime.addSecs(number),
            .fileIndex = number % 3,
            .what = happening::AttemptStarted{.attempt = 1,
                                              .offsetBytes = number,
                                              .url = QUrl(QStringLiteral("https://a.example/x"))}};
}

StoreDelta happened(JobId job, int first, int count)
{
    StoreDelta delta{.id = job};
    for (int number = first; number < first + count; ++number) {
        delta.timeline.append(entry(number));
    }
    return delta;
}

QList<qint64> numbersOf(const TimelinePage &page)
{
    QList<qint64> numbers;
    for (const TimelineEntry &each : page.entries) {
        numbers.append(std::get<happening::AttemptStarted>(each.what).offsetBytes);
    }
    return numbers;
}

QList<qint64> range(qint64 first, qint64 end)
{
    QList<qint64> numbers;
    for (qint64 number = first; number < end; ++number) {
        numbers.append(number);
    }
    return numbers;
}

} // namespace

/// What becomes of what happened: in each of the stores, and in the file.
class StoredTimelineTest : public QObject {
    Q_OBJECT

private:
    std::unique_ptr<QTemporaryDir> m_folder;
    std::shared_ptr<StoreMedium> m_medium;
    std::unique_ptr<JobStore> m_store;
    bool m_inMemory = false;

    [[nodiscard]] QString path() const { return m_folder->filePath(QStringLiteral("jobs.sqlite")); }

    /// Ends one life of the program and begins the next.
    void restart()
    {
        m_store.reset();
        if (m_inMemory) {
            m_store = std::make_unique<MemoryStore>(m_medium);
        } else {
            m_store = std::make_unique<SqliteJobStore>(path());
        }
        const auto state = m_store->load();
        QVERIFY(state);
        QVERIFY(state->problems.isEmpty());
    }

    void begin()
    {
        QFETCH(bool, inMemory);
        m_inMemory = inMemory;
        restart();
        QVERIFY(m_store->save({rich::wholeJob(rich::job(kJob.value))}));
    }

    void beginInSqlite()
    {
        m_inMemory = false;
        restart();
        QVERIFY(m_store->save({rich::wholeJob(rich::job(kJob.value))}));
    }

    TimelinePage page(int first = 0, int count = kTimelineMax, JobId job = kJob)
    {
        return m_store->timeline(job, first, count).value_or(TimelinePage{.total = -1});
    }

    void run(const QString &sql)
    {
        m_store.reset();
        const auto connection = SqliteConnection::open(path(), SqliteConnection::Access::ReadWrite);
        QVERIFY(connection);
        QVERIFY((*connection)->run(sql, StoreFault::CannotSave));
    }

    void eachStore()
    {
        QTest::addColumn<bool>("inMemory");
        QTest::newRow("in memory") << true;
        QTest::newRow("in SQLite") << false;
    }

private Q_SLOTS:
    void init()
    {
        QTest::failOnWarning(QRegularExpression(QStringLiteral(".*")));
        m_folder = std::make_unique<QTemporaryDir>();
        m_medium = std::make_shared<StoreMedium>();
    }
    void cleanup() { m_store.reset(); }

    void isKeptAcrossARestart_data() { eachStore(); }
    void isKeptAcrossARestart()
    {
        begin();
        QCOMPARE(page(), TimelinePage());
        QVERIFY(m_store->save({happened(kJob, 0, 3), happened(kJob, 3, 2)}));
        restart();
        QVERIFY(m_store->save({happened(kJob, 5, 1)}));
        restart();
        const TimelinePage all = page();
        QCOMPARE(all.total, 6);
        QCOMPARE(all.next, 6);
        QCOMPARE(all.entries.size(), 6);
        for (int number = 0; number < 6; ++number) {
            QVERIFY(all.entries.at(number) == entry(number));
        }
    }

    void isReadByThePage_data()
    {
        QTest::addColumn<bool>("inMemory");
        QTest::addColumn<int>("first");
        QTest::addColumn<int>("count");
        QTest::addColumn<QList<qint64>>("numbers");
        QTest::addColumn<int>("next");
        for (const bool inMemory : {true, false}) {
            const auto row = [inMemory](const char *what, int first, int count,
                                        const QList<qint64> &numbers, int next) {
                QTest::addRow("%s, %s", what, inMemory ? "in memory" : "in SQLite")
                    << inMemory << first << count << numbers << next;
            };
            row("all", 0, 100, range(0, 10), 10);
            row("exactly all", 0, 10, range(0, 10), 10);
            row("the first", 0, 4, range(0, 4), 4);
            row("some in between", 4, 4, range(4, 8), 8);
            row("the last", 8, 4, range(8, 10), 10);
            row("beyond", 10, 4, {}, 10);
            row("far beyond", 1000, 4, {}, 10);
            row("before the first", -5, 2, range(0, 2), 2);
            row("none", 3, 0, {}, 3);
            row("less than none", 3, -1, {}, 3);
        }
    }
    void isReadByThePage()
    {
        begin();
        QVERIFY(m_store->save({happened(kJob, 0, 10)}));
        QFETCH(int, first);
        QFETCH(int, count);
        const TimelinePage read = page(first, count);
        QCOMPARE(read.total, 10);
        QTEST(numbersOf(read), "numbers");
        QTEST(read.next, "next");
    }

    void keepsTheFirstAndTheNewestOfMany_data() { eachStore(); }
    void keepsTheFirstAndTheNewestOfMany()
    {
        begin();
        QVERIFY(m_store->save({happened(kJob, 0, kTimelineMax)}));
        QCOMPARE(page().entries.size(), kTimelineMax);
        QVERIFY(m_store->save({happened(kJob, kTimelineMax, 1)}));
        TimelinePage read = page();
        QCOMPARE(read.total, kTimelineMax + 1);
        QCOMPARE(numbersOf(read), QList<qint64>({0}) + range(2, kTimelineMax + 1));
        QVERIFY(m_store->save({happened(kJob, kTimelineMax + 1, 3 * kTimelineMax)}));
        restart();
        read = page();
        QCOMPARE(read.total, 4 * kTimelineMax + 1);
        QCOMPARE(numbersOf(read),
                 QList<qint64>({0}) + range(3 * kTimelineMax + 2, 4 * kTimelineMax + 1));
        // Who reads page by page gets over the gap.
        read = page(0, 2);
        QCOMPARE(numbersOf(read), QList<qint64>({0, 3 * kTimelineMax + 2}));
        QCOMPARE(read.next, 3 * kTimelineMax + 3);
    }

    void goesWithItsJobAndWithNoOther_data() { eachStore(); }
    void goesWithItsJobAndWithNoOther()
    {
        begin();
        QVERIFY(m_store->save(
            {rich::wholeJob(rich::job(8)), happened({8}, 0, 2), happened(kJob, 0, 3)}));
        QVERIFY(m_store->save({rich::removal(kJob)}));
        QCOMPARE(page(), TimelinePage());
        QCOMPARE(page(0, 10, {8}).total, 2);
        restart();
        QCOMPARE(page(), TimelinePage());
        QCOMPARE(page(0, 10, {8}).total, 2);
    }

    void isSavedWithTheChangeItBelongsToOrNotAtAll_data() { eachStore(); }
    void isSavedWithTheChangeItBelongsToOrNotAtAll()
    {
        begin();
        JobRecord changed = rich::job(kJob.value);
        changed.state = JobState::Queued;
        StoreDelta delta = happened(kJob, 0, 1);
        delta.job = changed;
        StoreDelta ofNobody = happened({99}, 0, 1);
        QVERIFY(!m_store->save({delta, ofNobody}));
        QCOMPARE(page(), TimelinePage());
        QCOMPARE(m_store->load()->jobs.first().state, JobState::Error);
        QVERIFY(m_store->save({delta}));
        QCOMPARE(page().total, 1);
        QCOMPARE(m_store->load()->jobs.first().state, JobState::Queued);
    }

    void loginsAreNotKept_data() { eachStore(); }
    void loginsAreNotKept()
    {
        begin();
        JobError error = rich::error(Cause::LoginRequired, 0);
        error.url.setUserInfo(QStringLiteral("SeCrEt:a"));
        error.evidence.headers.append(HeaderField("Set-Cookie", "SeCrEt"));
        StoreDelta delta{.id = kJob};
        delta.timeline = {
            {.time = rich::kTime,
             .what = happening::AttemptStarted{.url = QUrl(
                                                   QStringLiteral("http://SeCrEt:b@a.example/"))}},
            {.time = rich::kTime, .what = happening::Failed{.error = error, .nextTry = {}}},
            {.time = rich::kTime, .what = happening::Completed{.obstacle = error}},
        };
        QVERIFY(m_store->save({delta}));
        const TimelinePage read = page();
        QCOMPARE(read.entries.size(), 3);
        const auto &failed = std::get<happening::Failed>(read.entries.at(1).what);
        QVERIFY(failed.error.url.userInfo().isEmpty());
        QCOMPARE(failed.error.evidence.headers.size(), error.evidence.headers.size() - 1);
        if (!m_inMemory) {
            m_store.reset();
            QFile file(path());
            QVERIFY(file.open(QIODevice::ReadOnly));
            QVERIFY(!file.readAll().contains("SeCrEt"));
        }
    }

    void whatAServerPutIntoAnErrorDoesNotCostTheEntry()
    {
        beginInSqlite();
        JobError error = rich::error(Cause::BadRedirect, 0);
        error.evidence.redirects.append(QUrl(QStringLiteral("http://[broken")));
        error.httpStatus = 123456;
        StoreDelta delta{.id = kJob};
        delta.timeline = {{.time = rich::kTime, .what = happening::Failed{.error = error}}};
        QVERIFY(m_store->save({delta}));
        QCOMPARE(page().entries.size(), 1);
        QCOMPARE(std::get<happening::Failed>(page().entries.first().what).error.cause,
                 Cause::BadRedirect);
    }

    void rowsThatCannotBeReadAreLeftOut_data()
    {
        QTest::addColumn<QString>("damage");
        QTest::newRow("not JSON") << QStringLiteral("{");
        QTest::newRow("nothing") << QString();
        QTest::newRow("a list") << QStringLiteral("[]");
        QTest::newRow("of another kind")
            << QStringLiteral(R"({"kind":"X","time":"2026-02-03T04:05:06.789Z"})");
        QTest::newRow("without a time") << QStringLiteral(R"({"kind":"Added","files":1})");
    }
    void rowsThatCannotBeReadAreLeftOut()
    {
        beginInSqlite();
        QVERIFY(m_store->save({happened(kJob, 0, 5)}));
        QFETCH(QString, damage);
        run(QStringLiteral("UPDATE timeline SET entry = '%1' WHERE position IN (1, 4)")
                .arg(damage));
        restart();
        TimelinePage read = page();
        QCOMPARE(numbersOf(read), QList<qint64>({0, 2, 3}));
        QCOMPARE(read.total, 5);
        QCOMPARE(read.next, 5);
        read = page(1, 1);
        QVERIFY(read.entries.isEmpty());
        QCOMPARE(read.next, 2); // there is more behind it
        QVERIFY(m_store->save({happened(kJob, 5, 1)}));
        QCOMPARE(numbersOf(page()), QList<qint64>({0, 2, 3, 5}));
        QCOMPARE(m_store->load()->jobs.size(), 1);
    }

    void aFileOfVersion1IsTakenOverWithItsJobs()
    {
        {
            QVERIFY(preparePrivateFile(path()));
            const auto connection =
                SqliteConnection::open(path(), SqliteConnection::Access::ReadWrite);
            QVERIFY(connection);
            QVERIFY(migrate(**connection, 0, schemaMigrations().first(1)));
            QCOMPARE(checkedVersion(**connection, path(), 1).value(), 1);
            for (const char *sql :
                 {"INSERT INTO jobs VALUES (7, 'Download', 'Error', 'Old job', 'Normal', '/srv', "
                  "'{}',"
                  " NULL, NULL, 3, 0, 1, NULL)",
                  "INSERT INTO files VALUES (7, 0, 'https://a.example/x.iso', '', NULL, 'Failed',"
                  " 'x.iso', 1000, x'2261', x'', x'', '0-500', '/srv/x.iso.part', 1, 2, '', NULL,"
                  " NULL, NULL, NULL, 2)",
                  "INSERT INTO superseded VALUES (7, 0, 0, '/srv/old.part', 1, 3)",
                  "INSERT INTO notices VALUES (7, 'Error')", "UPDATE counters SET value = 12"}) {
                const auto done =
                    (*connection)->run(QString::fromLatin1(sql), StoreFault::CannotSave);
                QVERIFY2(done, done ? "" : qPrintable(done.error().detail));
            }
        }
        m_store = std::make_unique<SqliteJobStore>(path());
        const auto state = m_store->load();
        QVERIFY(state);
        QCOMPARE(state->problems, QStringList());
        QCOMPARE(state->jobs.size(), 1);
        QCOMPARE(state->jobs.first().name, QStringLiteral("Old job"));
        QCOMPARE(state->jobs.first().errorCount, 3);
        const FileRecord &file = state->jobs.first().files.first();
        QCOMPARE(file.durable.toText(), QStringLiteral("0-500"));
        QCOMPARE(file.acceptance, Acceptance::Checked);
        QCOMPARE(file.sizeSource, SizeSource::Stated);
        QCOMPARE(file.superseded.size(), 1);
        QCOMPARE(state->jobs.first().untold, (Untold{.frontEnds = true}));
        QCOMPARE(state->lastJobId, 12);
        QCOMPARE(page(), TimelinePage());
        QVERIFY(m_store->save({happened(kJob, 0, 1)}));
        QCOMPARE(page().total, 1);
        const auto again = SqliteConnection::open(path(), SqliteConnection::Access::ReadOnly);
        m_store.reset();
        QCOMPARE(
            (*again)->run(QStringLiteral("PRAGMA user_version"), StoreFault::CannotOpen)->toInt(),
            SqliteJobStore::kSchemaVersion);
    }

    void whatWasCalledDamagedIsReadByItsNewName()
    {
        const TimelineEntry read{.time = rich::kTime, .what = happening::Rechecked{.bytes = 7}};
        beginInSqlite();
        QVERIFY(m_store->save({StoreDelta{.id = kJob, .timeline = {read}}}));
        m_store.reset();
        {
            const auto connection =
                SqliteConnection::open(path(), SqliteConnection::Access::ReadWrite);
            for (const char *sql :
                 {"UPDATE timeline SET entry = replace(entry, 'Rechecked', "
                  "'Damaged')",
                  "ALTER TABLE superseded DROP COLUMN bytes",
                  "ALTER TABLE superseded DROP COLUMN whole", "PRAGMA user_version = 8"}) {
                QVERIFY((*connection)->run(QString::fromLatin1(sql), StoreFault::CannotSave));
            }
        }
        m_store = std::make_unique<SqliteJobStore>(path());
        QVERIFY(m_store->load());
        QCOMPARE(page().entries.value(0), read);
    }

    void anUnopenedStoreSaysSo()
    {
        SqliteJobStore store(path());
        QVERIFY(!store.timeline(kJob, 0, 1));
    }

    void theThreadReadsWhatWasSavedBefore()
    {
        StoreThread thread([this] { return std::make_unique<SqliteJobStore>(path()); });
        QVERIFY(await(thread.load())->has_value());
        std::ignore = thread.save(rich::wholeJob(rich::job(kJob.value)));
        std::ignore = thread.save(happened(kJob, 0, 2));
        const auto read = thread.timeline(kJob, 0, 10);
        std::ignore = thread.save(happened(kJob, 2, 2));
        QCOMPARE((*await(read))->total, 2);
        QCOMPARE((*await(thread.timeline(kJob, 0, 10)))->total, 4);
    }
};

BELLHOP_TEST(StoredTimelineTest)
#include "tst_stored_timeline.moc"
