// SPDX-License-Identifier: Apache-2.0
#include "tests/support/engine_rig.h"
#include "tests/support/pretty.h"
#include "tests/support/test_program.h"

#include <QSemaphore>

#include <atomic>

using namespace core;

/// Reading or copying a whole file takes long, and must not keep its volume from other files.
class LongWorkTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(QStringLiteral(".*"))); }

    void aFileThatIsHashedHoldsUpNoOtherOfItsVolume()
    {
        HttpServer server;
        const Body large = Body::pattern(1, 100'000);
        server.serve("/large.bin", {.body = large});
        server.serve("/other.bin", {.body = Body::pattern(2, 300'000)});
        QSemaphore permits;
        std::atomic<int> begun = 0;
        EngineRig rig(EngineConfig{.disk = {.beforeLong = [&] {
                                       ++begun;
                                       permits.acquire();
                                       return 0;
                                   }}});
        JobSpec spec = rig.spec({server.url(QStringLiteral("/large.bin"))});
        spec.files.first().hash = ExpectedHash{ExpectedHash::Algorithm::Sha256, large.sha256()};
        const JobId hashed = rig.download(spec);
        QTRY_COMPARE(begun, 1);
        const JobId other = rig.download({server.url(QStringLiteral("/other.bin"))});
        const bool isWritten = rig.reaches(other, JobState::Acknowledged);
        const JobState meanwhile = rig.job(hashed).state;
        permits.release();
        QVERIFY(isWritten);
        QCOMPARE(meanwhile, JobState::Transferring);
        QVERIFY(rig.reaches(hashed, JobState::Acknowledged));
        QCOMPARE(rig.content(QStringLiteral("other.bin")), patternBytes(2, 0, 300'000));
    }
};

BELLHOP_TEST(LongWorkTest)
#include "tst_long_work.moc"
