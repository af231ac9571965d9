// SPDX-License-Identifier: Apache-2.0
#include "core/store/job_store.h"

#include "core/store/sqlite_job_store.h"
#include "core/store/state_folder.h"
#include "tests/core/store/rich_job.h"
#include "tests/support/memory_store.h"
#include "tests/support/pretty.h"
#include "tests/support/test_program.h"

#include <QTemporaryDir>
#include <QTest>
#include <QTimeZone>

#include <functional>
#include <limits>

Q_DECLARE_METATYPE(core::JobRecord)

using namespace core;

/// What every JobStore promises, asked of each of ours.
class JobStoreTest : public QObject {
    Q_OBJECT

private:
    QTemporaryDir m_folder;
    std::shared_ptr<StoreMedium> m_medium;
    std::unique_ptr<JobStore> m_store;
    bool m_inMemory = false;

    /// Ends one life of the program and begins the next.
    StoredState restart()
    {
        m_store.reset();
        if (m_inMemory) {
            m_store = std::make_unique<MemoryStore>(m_medium);
        } else {
            m_store = std::make_unique<SqliteJobStore>(m_folder.filePath(QStringLiteral("j")));
        }
        const auto state = m_store->load();
        if (!state) {
            qWarning("load failed: %s", qPrintable(state.error().detail));
            return {};
        }
        if (!state->problems.isEmpty()) {
            qWarning("left out: %s", qPrintable(state->problems.join(u'\n')));
        }
        return *state;
    }

    void save(const QList<StoreDelta> &deltas)
    {
        const auto saved = m_store->save(deltas);
        QVERIFY2(saved, saved ? "" : qPrintable(saved.error().detail));
    }

    void eachStore()
    {
        QTest::addColumn<bool>("inMemory");
        QTest::newRow("in memory") << true;
        QTest::newRow("in SQLite") << false;
    }

    void begin()
    {
        QFETCH(bool, inMemory);
        m_inMemory = inMemory;
        m_medium = std::make_shared<StoreMedium>();
        m_store.reset();
        for (const QString &name : QDir(m_folder.path()).entryList(QDir::Files)) {
            QVERIFY(QFile::remove(m_folder.filePath(name)));
        }
        restart();
    }

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(QStringLiteral(".*"))); }
    void cleanup() { m_store.reset(); }

    void startsEmptyWithTheDefaultSettings_data() { eachStore(); }
    void startsEmptyWithTheDefaultSettings()
    {
        begin();
        const StoredState state = restart();
        QVERIFY(state.jobs.isEmpty());
        QCOMPARE(state.lastJobId, 0);
        QCOMPARE(state.settings, Settings());
    }

    void givesBackEveryFieldOfAJob_data() { eachStore(); }
    void givesBackEveryFieldOfAJob()
    {
        begin();
        const JobRecord job = rich::job();
        save({rich::wholeJob(job)});
        const StoredState state = restart();
        QCOMPARE(state.jobs.size(), 1);
        const JobRecord &read = state.jobs.first();
        QCOMPARE(read.options, job.options);
        QCOMPARE(read.error, job.error);
        QCOMPARE(read.obstacle, job.obstacle);
        QCOMPARE(read.files.at(0).spec.url, job.files.at(0).spec.url);
        QCOMPARE(read.files.at(0).durable.toText(), job.files.at(0).durable.toText());
        QCOMPARE(read.files.at(0).part, job.files.at(0).part);
        QCOMPARE(read.files.at(0).superseded, job.files.at(0).superseded);
        QCOMPARE(read.files, job.files);
        QCOMPARE(read, job);
        QCOMPARE(state.lastJobId, 7);
    }

    void keepsEveryStateByName_data() { eachStore(); }
    void keepsEveryStateByName()
    {
        begin();
        qint64 id = 0;
        for (const JobState jobState : kJobStates) {
            JobRecord job = rich::job(++id);
            job.state = jobState;
            save({rich::wholeJob(job)});
        }
        const StoredState state = restart();
        QCOMPARE(state.jobs.size(), qsizetype(kJobStates.size()));
        for (size_t i = 0; i < kJobStates.size(); ++i) {
            QCOMPARE(state.jobs.at(qsizetype(i)).state, kJobStates[i]);
        }
    }

    void aDeltaChangesOnlyWhatItNames_data() { eachStore(); }
    void aDeltaChangesOnlyWhatItNames()
    {
        begin();
        JobRecord job = rich::job();
        const JobRecord other = rich::job(8);
        save({rich::wholeJob(job), rich::wholeJob(other)});

        job.files[1].durable = RangeSet::prefix(600'000);
        save({rich::oneFile(job.id, 1, job.files.at(1))});
        QCOMPARE(restart().jobs, QList({job, other}));

        job.state = JobState::Queued;
        job.error.reset();
        StoreDelta rowOnly;
        rowOnly.id = job.id;
        rowOnly.job = job;
        rowOnly.job->files.clear(); // not read
        save({rowOnly});
        QCOMPARE(restart().jobs, QList({job, other}));

        job.files[0].superseded.removeFirst();
        job.files.append(rich::plainFile(2));
        save(
            {rich::oneFile(job.id, 0, job.files.at(0)), rich::oneFile(job.id, 2, job.files.at(2))});
        QCOMPARE(restart().jobs, QList({job, other}));
    }

    void removalTakesAllThatHangsOnTheJob_data() { eachStore(); }
    void removalTakesAllThatHangsOnTheJob()
    {
        begin();
        save({rich::wholeJob(rich::job(1)), rich::wholeJob(rich::job(2))});
        save({rich::removal({1})});
        const StoredState state = restart();
        QCOMPARE(state.jobs, QList({rich::job(2)}));

        // Nothing of the first life may hang on a second job of the same number.
        JobRecord bare = rich::job(1);
        bare.files.clear();
        bare.error.reset();
        bare.obstacle.reset();
        save({rich::wholeJob(bare)});
        QCOMPARE(restart().jobs.first(), bare);
    }

    void whatMayBeInTheKeyringStillIsRememberedUntilItIsGone_data() { eachStore(); }
    void whatMayBeInTheKeyringStillIsRememberedUntilItIsGone()
    {
        begin();
        JobRecord kept = rich::job(1);
        kept.options.keepSecrets = true;
        save({rich::wholeJob(kept), rich::wholeJob(rich::job(2))});
        save({rich::removal({1}), rich::removal({2})});
        QCOMPARE(restart().secretsLeft, JobIds{{1}});
        StoreDelta gone;
        gone.id = {1};
        gone.secretsGone = true;
        save({gone});
        QCOMPARE(restart().secretsLeft, JobIds());
    }

    void theHighestIdIsRememberedAfterItsJobIsGone_data() { eachStore(); }
    void theHighestIdIsRememberedAfterItsJobIsGone()
    {
        begin();
        save({rich::wholeJob(rich::job(3)), rich::wholeJob(rich::job(41))});
        save({rich::removal({41})});
        QCOMPARE(restart().lastJobId, 41);
        save({rich::removal({3})});
        QCOMPARE(restart().lastJobId, 41);
        save({rich::wholeJob(rich::job(42)), rich::removal({42})});
        QCOMPARE(restart().lastJobId, 42);
    }

    void activeIsReadBackAsPending_data() { eachStore(); }
    void activeIsReadBackAsPending()
    {
        begin();
        JobRecord job = rich::job();
        job.files[1].state = FileState::Active;
        save({rich::wholeJob(job)});
        QCOMPARE(restart().jobs.first().files.at(1).state, FileState::Pending);
    }

    void secretsAreNotReadBack_data() { eachStore(); }
    void secretsAreNotReadBack()
    {
        begin();
        const JobRecord job = rich::job();
        JobRecord secretive = job;
        secretive.options.login = Login{QStringLiteral("anna"), QStringLiteral("pw")};
        secretive.options.headers.append(HeaderField("authorization", "Bearer x"));
        secretive.options.headers.prepend(HeaderField("Cookie", "session=x"));
        secretive.options.proxy.setUserInfo(QStringLiteral("anna:pw"));
        secretive.files[0].spec.url.setUserInfo(QStringLiteral("anna:pw"));
        secretive.files[0].error->url.setPassword(QStringLiteral("pw"));
        secretive.error->evidence.headers.append(HeaderField("Set-Cookie", "session=x"));
        secretive.obstacle->evidence.redirects[0].setUserName(QStringLiteral("anna"));
        save({rich::wholeJob(secretive)});
        QCOMPARE(restart().jobs, QList({job}));
    }

    void nothingAServerSaidCostsTheJob_data()
    {
        QTest::addColumn<JobRecord>("job");
        const auto row = [](const char *title, const std::function<void(JobRecord &)> &change) {
            JobRecord job = rich::job();
            change(job);
            QTest::newRow(title) << job;
        };
        row("an error that says nothing", [](JobRecord &job) { job.error = JobError(); });
        row("an address that is none", [](JobRecord &job) {
            job.error->url = QUrl(QStringLiteral("http://[x/"));
            job.error->evidence.redirects.append(QUrl());
            job.error->evidence.redirects.append(QUrl(QStringLiteral("../x y")));
        });
        row("bytes in a header", [](JobRecord &job) {
            job.error->evidence.headers.append(HeaderField("X\xff\x01", QByteArray("\0\r\n", 3)));
        });
        row("halves of characters", [](JobRecord &job) {
            job.error->evidence.detail = QString(QChar(0xd800)) + QChar(0);
            job.error->localPath = QString(QChar(0xdfff));
        });
        row("numbers below zero", [](JobRecord &job) {
            job.error->bytesMissing = -1;
            job.error->fileBytesDone = -1;
            job.error->httpStatus = -1;
            job.error->evidence.offsetBytes = -1;
        });
        row("a status of its own", [](JobRecord &job) { job.error->httpStatus = 99'999; });
        row("a wait of ages", [](JobRecord &job) {
            const auto ages = std::chrono::milliseconds(std::numeric_limits<qint64>::max());
            job.error->retryAfter = ages;
            job.files[0].due =
                Due{QDateTime::fromMSecsSinceEpoch(ages.count(), QTimeZone::utc()), ages};
            job.options.noProgressTimeout = ages;
            job.options.limitBytesPerSecond = ages.count();
        });
        row("a time before time", [](JobRecord &job) {
            job.createdAt = QDateTime(QDate(1960, 1, 1), QTime(), QTimeZone::utc());
        });
        row("a validator with a line break", [](JobRecord &job) {
            job.files[0].validator.etag = "\"x\"\r\nEvil: 1";
            job.files[0].validator.date = QByteArray("\0", 1);
        });
        row("a part that is nowhere",
            [](JobRecord &job) { job.files[0].superseded.append(OlderPart()); });
    }
    void nothingAServerSaidCostsTheJob()
    {
        QFETCH(JobRecord, job);
        m_inMemory = false;
        m_store.reset();
        const QTemporaryDir folder;
        SqliteJobStore store(folder.filePath(QStringLiteral("j")));
        QVERIFY(store.load());
        QVERIFY(store.save({rich::wholeJob(job)}));
        const auto state = store.load();
        QVERIFY(state);
        QCOMPARE(state->problems, QStringList());
        QCOMPARE(state->jobs.size(), 1);
        QCOMPARE(state->jobs.first().error->cause, job.error->cause);
        QCOMPARE(state->jobs.first().files.at(1), job.files.at(1));
    }

    void settingsAreRemembered_data() { eachStore(); }
    void settingsAreRemembered()
    {
        begin();
        StoreDelta delta;
        delta.settings = Settings{QStringLiteral("/home/anna/Töne"), 3, 5, 2};
        save({delta});
        QCOMPARE(restart().settings, *delta.settings);
        delta.settings = Settings();
        save({delta});
        QCOMPARE(restart().settings, Settings());
    }

    void aGroupWithOneBadDeltaChangesNothing_data() { eachStore(); }
    void aGroupWithOneBadDeltaChangesNothing()
    {
        begin();
        save({rich::wholeJob(rich::job(1))});
        JobRecord changed = rich::job(1);
        changed.name = QStringLiteral("changed");
        const auto saved = m_store->save({rich::wholeJob(changed), rich::wholeJob(rich::job(2)),
                                          rich::oneFile({99}, 0, rich::plainFile(0))});
        QVERIFY(!saved);
        QCOMPARE(int(saved.error().fault), int(StoreFault::CannotSave));
        save({rich::oneFile({1}, 0, rich::job(1).files.first())}); // it goes on working at once
        const StoredState state = restart();
        QCOMPARE(state.jobs, QList({rich::job(1)}));
        QCOMPARE(state.lastJobId, 1);
        save({rich::wholeJob(changed)});
        QCOMPARE(restart().jobs, QList({changed}));
    }

    void jobsComeInOrderOfTheirIds_data() { eachStore(); }
    void jobsComeInOrderOfTheirIds()
    {
        begin();
        save({rich::wholeJob(rich::job(10)), rich::wholeJob(rich::job(9)),
              rich::wholeJob(rich::job(100))});
        QList<qint64> ids;
        for (const JobRecord &job : restart().jobs) {
            ids.append(job.id.value);
        }
        QCOMPARE(ids, QList<qint64>({9, 10, 100}));
    }

    void memoryFailsWhenToldTo()
    {
        const auto medium = std::make_shared<StoreMedium>();
        MemoryStore store(medium);
        const StoreError full{StoreFault::CannotSave, QStringLiteral("/x"), {}};
        medium->failNextSaves(full, 2);
        QVERIFY(!store.save({rich::wholeJob(rich::job(1))}));
        QCOMPARE(store.save({rich::wholeJob(rich::job(1))}).error(), full);
        QVERIFY(medium->state().jobs.isEmpty());
        QVERIFY(store.save({rich::wholeJob(rich::job(1))}));
        medium->failNextLoad({StoreFault::Newer, QStringLiteral("/x"), {}});
        QVERIFY(!store.load());
        QCOMPARE(store.load()->jobs.size(), 1);
        QCOMPARE(medium->saveCount(), 1);
    }
};

BELLHOP_TEST(JobStoreTest)
#include "tst_job_store.moc"
