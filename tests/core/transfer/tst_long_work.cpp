// SPDX-License-Identifier: Apache-2.0
#include "tests/support/engine_rig.h"
#include "tests/support/pretty.h"
#include "tests/support/test_program.h"

#include <QSemaphore>

#include <atomic>

using namespace core;

namespace {

/// An engine whose long work waits to be let go on.
class HeldRig {
public:
    HeldRig()
    {
        server.serve("/large.bin", {.body = large});
        server.serve("/other.bin", {.body = Body::pattern(2, 300'000)});
    }
    ~HeldRig() { permits.release(100); } // the engine ends when its work has
    HeldRig(const HeldRig &) = delete;
    HeldRig &operator=(const HeldRig &) = delete;

    [[nodiscard]] QUrl url(const QString &path) const { return server.url(path); }
    [[nodiscard]] ExpectedHash rightHash() const
    {
        return {ExpectedHash::Algorithm::Sha256, large.sha256()};
    }
    /// Whether another file of the same volume becomes whole and gets its name meanwhile.
    [[nodiscard]] bool otherGetsThrough()
    {
        const JobId other = rig.download({url(QStringLiteral("/other.bin"))});
        return rig.reaches(other, JobState::Acknowledged) &&
               rig.content(QStringLiteral("other.bin")) == patternBytes(2, 0, 300'000);
    }

    const Body large = Body::pattern(1, 100'000);
    HttpServer server;
    QSemaphore permits;
    std::atomic<int> begun = 0;
    EngineRig rig{EngineConfig{.disk = {.beforeLong = [this] {
                                   ++begun;
                                   permits.acquire();
                                   return 0;
                               }}}};
};

} // namespace

/// Reading or copying a whole file takes long, and must not keep its volume from other files.
class LongWorkTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(QStringLiteral(".*"))); }

    void aFileThatIsHashedHoldsUpNoOtherOfItsVolume()
    {
        HeldRig held;
        JobSpec spec = held.rig.spec({held.url(QStringLiteral("/large.bin"))});
        spec.files.first().hash = held.rightHash();
        const JobId hashed = held.rig.download(spec);
        QTRY_COMPARE(held.begun, 1);
        const bool isThrough = held.otherGetsThrough();
        const JobState meanwhile = held.rig.job(hashed).state;
        held.permits.release(100);
        QVERIFY(isThrough);
        QCOMPARE(meanwhile, JobState::Transferring);
        QVERIFY(held.rig.reaches(hashed, JobState::Acknowledged));
    }

    void oneThatIsHashedBeforeItGetsItsNameDoesNeither()
    {
        HeldRig held;
        const JobId hashed = held.rig.downloadAndPlant(
            &held.server, held.rig.spec({held.url(QStringLiteral("/large.bin"))}),
            QStringLiteral("large.bin"), "theirs");
        QVERIFY(held.rig.reaches(hashed, JobState::Transferred));
        QTRY_VERIFY(held.rig.job(hashed).obstacle.has_value());
        held.rig.resume(hashed, {fix::OtherHash{held.rightHash(), 0}, fix::Replace{0}});
        QTRY_COMPARE(held.begun, 1);
        const bool isThrough = held.otherGetsThrough();
        held.permits.release(100);
        QVERIFY(isThrough);
        QVERIFY(held.rig.reaches(hashed, JobState::Acknowledged));
    }

    void aPartThatIsReadAgainDoesNeitherAndCanBePaused()
    {
        HeldRig held;
        held.server.failAfter("/large.bin", 50'000, 403);
        const JobId doubted = held.rig.download({held.url(QStringLiteral("/large.bin"))});
        QVERIFY(held.rig.reaches(doubted, JobState::Error));
        const qint64 durable = held.rig.file(doubted).bytesDone;
        QVERIFY(durable > 0);
        QFile part(held.rig.path(QStringLiteral("large.bin.part")));
        QVERIFY(part.open(QIODevice::ReadWrite));
        QCOMPARE(part.write("?"), 1);
        QVERIFY(part.flush() && part.setFileTime(QDateTime::currentDateTimeUtc().addSecs(2),
                                                 QFileDevice::FileModificationTime));
        part.close();
        held.server.serve("/large.bin", {.body = held.large});
        held.rig.resume(doubted);
        QTRY_COMPARE(held.begun, 1);
        const bool isThrough = held.otherGetsThrough();
        held.rig.suspend(doubted);
        held.permits.release(100);
        QVERIFY(isThrough);
        QVERIFY(held.rig.reaches(doubted, JobState::Suspended));
        QCOMPARE(held.rig.file(doubted).bytesDone, durable); // nothing was found out yet
        held.rig.resume(doubted);
        QVERIFY(held.rig.reaches(doubted, JobState::Acknowledged));
        QCOMPARE(held.rig.content(QStringLiteral("large.bin")), patternBytes(1, 0, 100'000));
    }
};

BELLHOP_TEST(LongWorkTest)
#include "tst_long_work.moc"
