// SPDX-License-Identifier: Apache-2.0
#include "core/queue/space_watch.h"

#include "core/disk/volume.h"
#include "core/disk/volumes.h"
#include "tests/support/await.h"
#include "tests/support/manual_clock.h"
#include "tests/support/pretty.h"
#include "tests/support/test_program.h"

#include <QTemporaryDir>

using namespace core;
using namespace std::chrono_literals;
using namespace Qt::StringLiterals;

namespace {

constexpr qint64 kTooMuch = qint64(1) << 60;

/// A watch over a folder that has room for a file of ordinary size.
class Watched {
public:
    JobRecord job(qint64 id, qint64 bytesToCome) const
    {
        JobRecord made;
        made.id = {id};
        made.state = JobState::Error;
        made.folder = folder.path();
        made.error = JobError{.cause = Cause::DiskFull, .fileBytesTotal = bytesToCome};
        return made;
    }
    /// The next look is due: all it asks the disk is answered.
    bool look()
    {
        clock.advance(SpaceWatch::kInterval);
        return isAnswered();
    }
    /// Whatever was asked of the volume has been answered: it answers in turn.
    bool isAnswered()
    {
        const auto volume = await(volumes.forFolder(folder.path()));
        const bool isAsked = volume && *volume;
        return isAsked && await((**volume)->run<bool>([] { return DiskResult<bool>(true); }));
    }

    QTemporaryDir folder;
    ManualClock clock;
    Volumes volumes;
    JobIds told;
    SpaceWatch watch{&clock, &volumes, [this](JobId id) { told.append(id); }};
};

} // namespace

class SpaceWatchTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(QStringLiteral(".*"))); }

    void roomIsToldOfOnceAndNotBeforeTheFirstLook()
    {
        Watched rig;
        rig.watch.watch(rig.job(1, 1000));
        rig.clock.advance(SpaceWatch::kInterval - 1ms);
        QVERIFY(rig.isAnswered());
        QCOMPARE(rig.told, JobIds());
        rig.clock.advance(1ms);
        QTRY_COMPARE(rig.told, JobIds{JobId{1}});
        QVERIFY(!rig.clock.untilNext()); // nobody is waiting any more
    }

    void itLooksAgainUntilThereIsRoom()
    {
        Watched rig;
        rig.watch.watch(rig.job(1, kTooMuch));
        for (int i = 0; i < 3; ++i) {
            QVERIFY(rig.look());
        }
        QCOMPARE(rig.told, JobIds());
        QVERIFY(rig.clock.untilNext());
        rig.watch.watch(rig.job(1, 1000)); // a smaller file is to come now
        QVERIFY(rig.look());
        QTRY_COMPARE(rig.told, JobIds{JobId{1}});
    }

    void everyJobIsJudgedByWhatItNeedsItself()
    {
        Watched rig;
        rig.watch.watch(rig.job(1, kTooMuch));
        rig.watch.watch(rig.job(2, 1000));
        QVERIFY(rig.look());
        QTRY_COMPARE(rig.told, JobIds{JobId{2}});
        QVERIFY(rig.clock.untilNext()); // the other is still waited for
    }

    void aFileThatOnlyWaitsForItsNameNeedsHardlyAnything()
    {
        Watched rig;
        JobRecord job = rig.job(1, kTooMuch);
        job.state = JobState::Transferred;
        job.obstacle = std::exchange(job.error, std::nullopt);
        FileRecord file{.sizeBytes = kTooMuch, .part = {.path = rig.folder.filePath(u"f.part"_s)}};
        job.files = {file};
        rig.watch.watch(job);
        QVERIFY(rig.look());
        QTRY_COMPARE(rig.told, JobIds{JobId{1}});

        job.files[0].part.path = u"/elsewhere/f.part"_s; // to be copied
        rig.watch.watch(job);
        QVERIFY(rig.look());
        QCOMPARE(rig.told, JobIds{JobId{1}});
    }

    void whatIsThereAlreadyIsNotNeededAgain_data()
    {
        QTest::addColumn<JobError>("error");
        QTest::addColumn<bool>("fits");
        QTest::newRow("nearly whole") << JobError{.cause = Cause::DiskFull,
                                                  .fileBytesDone = kTooMuch - 1000,
                                                  .fileBytesTotal = kTooMuch}
                                      << true;
        QTest::newRow("of unknown size, as much again")
            << JobError{.cause = Cause::DiskFull, .fileBytesDone = kTooMuch} << false;
        QTest::newRow("of unknown size, hardly begun")
            << JobError{.cause = Cause::DiskFull} << true;
        QTest::newRow("what the disk says is missing")
            << JobError{.cause = Cause::DiskFull, .fileBytesTotal = 10, .bytesMissing = kTooMuch}
            << false;
    }
    void whatIsThereAlreadyIsNotNeededAgain()
    {
        QFETCH(const JobError, error);
        QFETCH(const bool, fits);
        Watched rig;
        JobRecord job = rig.job(1, 0);
        job.error = error;
        rig.watch.watch(job);
        rig.watch.watch(rig.job(2, 1000));
        QVERIFY(rig.look());
        QTRY_VERIFY(rig.told.contains(JobId{2}));
        QTRY_COMPARE(rig.told.contains(JobId{1}), fits);
    }

    void onlyAJobThatAFullDiskStoppedIsWatched()
    {
        Watched rig;
        for (const JobState state : kJobStates) {
            for (const Cause cause : kCauses) {
                JobRecord job = rig.job(1, 1000);
                job.state = state;
                job.error->cause = cause;
                const bool isStoppedByIt = state == JobState::Error && cause == Cause::DiskFull;
                rig.watch.watch(job);
                QVERIFY2(rig.clock.untilNext().has_value() == isStoppedByIt, name(cause));
                rig.watch.forget(job.id);
            }
        }
        JobRecord job = rig.job(1, 1000);
        job.error.reset();
        rig.watch.watch(job);
        QVERIFY(!rig.clock.untilNext());
    }

    void aFolderThatIsGoneHasNoRoom()
    {
        Watched rig;
        JobRecord job = rig.job(1, 1000);
        job.folder = rig.folder.filePath(QStringLiteral("gone"));
        rig.watch.watch(job);
        QVERIFY(rig.look());
        QVERIFY(QDir().mkpath(job.folder));
        QCOMPARE(rig.told, JobIds());
        QVERIFY(rig.look());
        QTRY_COMPARE(rig.told, JobIds{JobId{1}});
    }

    void aForgottenJobIsNotToldOfEvenWhenTheDiskWasAsked()
    {
        Watched rig;
        rig.watch.watch(rig.job(1, 1000));
        rig.clock.advance(SpaceWatch::kInterval);
        rig.watch.forget(JobId{1});
        QVERIFY(rig.isAnswered());
        QCOMPARE(rig.told, JobIds());
        QVERIFY(!rig.clock.untilNext());
    }
};

BELLHOP_TEST(SpaceWatchTest)
#include "tst_space_watch.moc"
