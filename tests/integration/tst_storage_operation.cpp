// SPDX-License-Identifier: Apache-2.0
// What a disk does while it is used: it hangs, it is taken away and comes back, it forgets.
#include "tests/support/engine_rig.h"
#include "tests/support/mounted_disk.h"
#include "tests/support/pretty.h"
#include "tests/support/stored_copy.h"
#include "tests/support/test_program.h"

#include <QSemaphore>

#include <atomic>
#include <mutex>
#include <optional>
#include <thread>

#include <sys/mount.h>

using namespace core;
using namespace Qt::StringLiterals;

namespace {

constexpr qint64 kMegabyte = qint64(1) << 20;
constexpr qint64 kSeriesBytes = 3 * kMegabyte;
constexpr auto kWithoutMounts = "needs root, and a kernel that lets it mount";

/// The first disk that is written to hangs until it is let go.
class HangingDisk {
public:
    [[nodiscard]] DiskFaultHook hook()
    {
        return {.beforeWrite = [this](qint64 /*offset*/, qint64 /*size*/) { return pass(); }};
    }
    [[nodiscard]] bool hangs() const { return m_hangs; }
    void release() { m_permits.release(1'000); }

private:
    /// Each disk has a thread of its own that writes.
    int pass()
    {
        {
            const std::lock_guard lock(m_mutex);
            if (m_thread.value_or(std::this_thread::get_id()) != std::this_thread::get_id()) {
                return 0;
            }
            m_thread = std::this_thread::get_id();
        }
        m_hangs = true;
        m_permits.acquire();
        return 0;
    }

    std::mutex m_mutex;
    std::optional<std::thread::id> m_thread;
    std::atomic<bool> m_hangs = false;
    QSemaphore m_permits;
};

/// A drive that can be taken away from its place, and put back.
class Drive {
public:
    explicit Drive(const QString &place)
        : m_place(QFile::encodeName(place))
        , m_disk(m_home.path(), 16 * kMegabyte)
    {
        connect();
    }
    ~Drive() { disconnect(); }
    Drive(const Drive &) = delete;
    Drive &operator=(const Drive &) = delete;

    [[nodiscard]] bool isConnected() const { return m_isConnected; }
    void connect()
    {
        m_isConnected =
            m_disk.isMounted() && ::mount(QFile::encodeName(m_home.path()).constData(),
                                          m_place.constData(), nullptr, MS_BIND, nullptr) == 0;
    }
    void disconnect()
    {
        if (m_isConnected) {
            m_isConnected = ::umount2(m_place.constData(), MNT_DETACH) != 0;
        }
    }

private:
    QByteArray m_place;
    QTemporaryDir m_home;
    MountedDisk m_disk;
    bool m_isConnected = false;
};

} // namespace

class StorageOperationTest final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    /// Before there is a thread.
    void initTestCase() { std::ignore = MountedDisk::areToBeHad(); }
    void init();

    void aDiskThatHangsHoldsUpNoOther();
    void aDriveThatWasTakenAwayIsWaitedFor();
    void nothingIsPutInThePlaceOfADriveThatIsAway();
    void theFolderOfADriveThatIsAwayIsNotMadeAnew();
    void whatCameSinceTheLastGoodSyncIsNotClaimed();

private:
    [[nodiscard]] JobId download(EngineRig *rig, const QString &folder) const
    {
        JobSpec spec = rig->spec({m_server->url(u"/series.mkv"_s)});
        spec.folder = folder;
        return rig->download(spec);
    }
    [[nodiscard]] static QByteArray series() { return patternBytes(5, 0, kSeriesBytes); }

    std::unique_ptr<HttpServer> m_server;
};

void StorageOperationTest::init()
{
    QTest::failOnWarning(QRegularExpression(u".*"_s));
    m_server = std::make_unique<HttpServer>();
    m_server->serve("/series.mkv", {.body = Body::pattern(5, kSeriesBytes)});
}

void StorageOperationTest::aDiskThatHangsHoldsUpNoOther()
{
    const QTemporaryDir place;
    const MountedDisk other(place.path(), 16 * kMegabyte);
    if (!other.isMounted()) {
        QSKIP(kWithoutMounts);
    }
    HangingDisk disk;
    EngineConfig config;
    config.disk = disk.hook();
    EngineRig rig(config);
    const JobId hanging = download(&rig, rig.folder.path());
    QTRY_VERIFY(disk.hangs());
    const JobId free = download(&rig, place.path());
    const bool isFree = rig.reaches(free, JobState::Acknowledged);
    const JobState state = rig.job(hanging).state; // questions are answered
    disk.release();
    QVERIFY(isFree);
    QCOMPARE(state, JobState::Transferring);
    QVERIFY(rig.reaches(hanging, JobState::Acknowledged));
    QVERIFY(rig.content(u"series.mkv"_s) == series());
}

void StorageOperationTest::aDriveThatWasTakenAwayIsWaitedFor()
{
    EngineConfig config;
    config.limits.syncEvery = std::chrono::milliseconds(0);
    EngineRig rig(config);
    Drive drive(rig.folder.path());
    if (!drive.isConnected()) {
        QSKIP(kWithoutMounts);
    }
    m_server->failAfter("/series.mkv", 2 * kMegabyte, 403);
    const JobId id = download(&rig, rig.folder.path());
    QVERIFY(rig.reaches(id, JobState::Error));
    const qint64 durable = rig.file(id).bytesDone;
    QVERIFY(durable > kMegabyte);
    m_server->serve("/series.mkv", {.body = Body::pattern(5, kSeriesBytes)});

    drive.disconnect();
    QVERIFY(!drive.isConnected());
    rig.resume(id);
    QTRY_VERIFY(rig.job(id).state == JobState::Error &&
                rig.job(id).error->cause == Cause::DriveMissing);
    QCOMPARE(rig.file(id).bytesDone, durable); // nothing is given up
    QVERIFY(rig.listing().isEmpty());          // and nothing put in its place

    drive.connect();
    QVERIFY(drive.isConnected());
    rig.resume(id);
    QVERIFY(rig.reaches(id, JobState::Acknowledged));
    QVERIFY(rig.content(u"series.mkv"_s) == series());
    QCOMPARE(m_server->requests().last().header("Range"),
             "bytes=" + QByteArray::number(durable) + '-');
}

/// Not even a file of which nothing was there yet.
void StorageOperationTest::nothingIsPutInThePlaceOfADriveThatIsAway()
{
    EngineRig rig;
    rig.limitTo(1);
    Drive drive(rig.folder.path());
    if (!drive.isConnected()) {
        QSKIP(kWithoutMounts);
    }
    m_server->serve("/next.mkv", {.body = Body::pattern(6, kMegabyte)});
    m_server->holdAfter("/series.mkv", kMegabyte, "half");
    const JobId id =
        rig.download(rig.spec({m_server->url(u"/series.mkv"_s), m_server->url(u"/next.mkv"_s)}));
    QTRY_VERIFY(rig.file(id).bytesDone >= kMegabyte);
    rig.suspend(id);
    m_server->release("half");
    QTRY_VERIFY(rig.file(id).state == FileState::Pending);
    drive.disconnect();
    rig.limitTo(6); // both at once
    rig.resume(id);
    QTRY_VERIFY(rig.job(id).state == JobState::Error &&
                rig.job(id).error->cause == Cause::DriveMissing);
    QVERIFY(rig.listing().isEmpty());

    drive.connect();
    rig.resume(id);
    QVERIFY(rig.reaches(id, JobState::Acknowledged));
    QVERIFY(rig.content(u"series.mkv"_s) == series());
    QVERIFY(rig.content(u"next.mkv"_s) == patternBytes(6, 0, kMegabyte));
}

/// Systems remove the place of a drive with it.
void StorageOperationTest::theFolderOfADriveThatIsAwayIsNotMadeAnew()
{
    EngineRig rig;
    const QString place = rig.folder.filePath(u"usb"_s);
    QVERIFY(QDir().mkdir(place));
    Drive drive(place);
    if (!drive.isConnected()) {
        QSKIP(kWithoutMounts);
    }
    m_server->holdAfter("/series.mkv", kMegabyte, "half");
    JobSpec spec = rig.spec({m_server->url(u"/series.mkv"_s)});
    spec.folder = place + u"/films"_s;
    spec.options.missingFolder = MissingFolder::Create;
    const JobId id = rig.download(spec);
    QTRY_VERIFY(rig.file(id).bytesDone >= kMegabyte);
    rig.suspend(id);
    m_server->release("half");
    QTRY_VERIFY(rig.file(id).state == FileState::Pending);
    drive.disconnect();
    QVERIFY(QDir().rmdir(place));
    rig.resume(id);
    QTRY_VERIFY(rig.job(id).state == JobState::Error &&
                rig.job(id).error->cause == Cause::DriveMissing);
    QVERIFY(!QFile::exists(place));

    QVERIFY(QDir().mkdir(place));
    drive.connect();
    QVERIFY(drive.isConnected());
    rig.resume(id);
    QVERIFY(rig.reaches(id, JobState::Acknowledged));
    QFile film(place + u"/films/series.mkv"_s);
    QVERIFY(film.open(QIODevice::ReadOnly) && film.readAll() == series());
}

void StorageOperationTest::whatCameSinceTheLastGoodSyncIsNotClaimed()
{
    std::atomic<bool> fails = false;
    EngineConfig config;
    config.limits.syncEvery = std::chrono::milliseconds(0);
    config.disk.beforeSync = [&fails] { return fails ? EIO : 0; };
    EngineRig rig(config);
    m_server->holdAfter("/series.mkv", kMegabyte, "half");
    const JobId id = download(&rig, rig.folder.path());
    const auto durable = [&rig] {
        const JobRecord job = storedJob(rig.state.path(), 1);
        return job.files.isEmpty() ? 0 : job.files.first().durable.sizeBytes();
    };
    QTRY_COMPARE(durable(), kMegabyte);
    fails = true;
    m_server->release("half");
    QVERIFY(rig.reaches(id, JobState::Error));
    QCOMPARE(rig.job(id).error->cause, Cause::DiskFailed);
    QCOMPARE(durable(), kMegabyte);

    fails = false;
    rig.restart();
    QCOMPARE(rig.file(id).bytesDone, kMegabyte);
    rig.resume(id);
    QVERIFY(rig.reaches(id, JobState::Acknowledged));
    QVERIFY(rig.content(u"series.mkv"_s) == series());
    QCOMPARE(m_server->requests().last().header("Range"), "bytes=1048576-");
}

BELLHOP_TEST(StorageOperationTest)
#include "tst_storage_operation.moc"
