// SPDX-License-Identifier: Apache-2.0
#include "tests/support/apache.h"
#include "tests/support/engine_rig.h"
#include "tests/support/mounted_disk.h"
#include "tests/support/nginx.h"
#include "tests/support/pattern_bytes.h"
#include "tests/support/pretty.h"
#include "tests/support/slow_relay.h"
#include "tests/support/test_program.h"
#include "tests/support/tus_server.h"

#include <QRandomGenerator>

using namespace core;

/// Uploads to servers as people have them. What is on the server in the end is held against what
/// was sent, byte by byte.
class UploadServersTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(QStringLiteral(".*"))); }

    void nginxTakesAFile();
    void nginxSaysThatAFileIsTooLarge();
    void nginxWantsALogin();
    void nginxHasNoFolder();
    void nginxTakesNothing();
    void apacheTakesAFileAndKeepsAnother();
    void apacheMakesTheFolders();
    void apacheSaysThatAFileIsLocked();
    void apacheIsFull();
    void tusGoesOnWhereItBrokeOff();
    void tusForgets();
    void tusIsToldToForget();

private:
    static inline const QString kName = QStringLiteral("film.bin");
    static constexpr qint64 kSize = 5'000'000;

    static QByteArray bytes(qint64 size = kSize) { return patternBytes(5, 0, size); }
    static QByteArray stored(const QString &path)
    {
        QFile file(path);
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    }
    /// A job that sends the file there.
    static JobId send(EngineRig *rig, const QUrl &url,
                      UploadProtocol protocol = UploadProtocol::Auto)
    {
        JobSpec spec = rig->uploadSpec(kName, url, protocol);
        spec.options.noProgressTimeout = std::chrono::milliseconds(0); // every error is final
        return rig->upload(spec);
    }
    static QString causeOf(EngineRig *rig, JobId id)
    {
        const auto error = rig->job(id).error;
        return error ? QString::fromLatin1(name(error->cause)) : QStringLiteral("none");
    }
};

#define START(server) QVERIFY2((server).start(), qPrintable((server).error()))

void UploadServersTest::nginxTakesAFile()
{
    Nginx nginx;
    START(nginx);
    EngineRig rig;
    rig.plant(kName, bytes());
    const JobId id = send(&rig, nginx.url(QStringLiteral("/dav/")));
    QVERIFY(rig.reaches(id, JobState::Acknowledged));
    QCOMPARE(stored(nginx.uploaded(QStringLiteral("/dav/film.bin"))), bytes());

    rig.plant(kName, bytes(100'000));
    const JobId again = send(&rig, nginx.url(QStringLiteral("/dav/film.bin")));
    QVERIFY(rig.reaches(again, JobState::Error));
    QCOMPARE(causeOf(&rig, again), QStringLiteral("RemoteNameTaken"));
    QCOMPARE(stored(nginx.uploaded(QStringLiteral("/dav/film.bin"))), bytes());
    rig.resume(again, {fix::OtherName{QStringLiteral("other.bin"), {}}});
    QVERIFY(rig.reaches(again, JobState::Acknowledged));
    QCOMPARE(stored(nginx.uploaded(QStringLiteral("/dav/other.bin"))), bytes(100'000));
}

/// The answer comes long before all is sent, and is lost with the connection.
void UploadServersTest::nginxSaysThatAFileIsTooLarge()
{
    Nginx nginx;
    START(nginx);
    EngineRig rig;
    rig.plant(kName, bytes(30'000'000));
    const JobId id = send(&rig, nginx.url(QStringLiteral("/dav-small/film.bin")));
    QVERIFY(rig.reaches(id, JobState::Error, 30'000));
    QCOMPARE(causeOf(&rig, id), QStringLiteral("UploadTooLarge"));
    QCOMPARE(rig.job(id).error->httpStatus, 413);
    rig.resume(id, {fix::NewLink{nginx.url(QStringLiteral("/dav/film.bin")), {}}});
    QVERIFY(rig.reaches(id, JobState::Acknowledged, 30'000));
    QCOMPARE(stored(nginx.uploaded(QStringLiteral("/dav/film.bin"))), bytes(30'000'000));
}

void UploadServersTest::nginxWantsALogin()
{
    Nginx nginx;
    START(nginx);
    EngineRig rig;
    rig.plant(kName, bytes());
    const JobId id = send(&rig, nginx.url(QStringLiteral("/dav-login/film.bin")));
    QVERIFY(rig.reaches(id, JobState::Error));
    QCOMPARE(causeOf(&rig, id), QStringLiteral("LoginRequired"));
    rig.resume(id, {fix::Login{{QLatin1StringView(Nginx::kUser), QStringLiteral("wrong")}}});
    QVERIFY(QTest::qWaitFor([&] { return rig.job(id).errorCount == 2; }));
    QCOMPARE(causeOf(&rig, id), QStringLiteral("LoginRequired"));
    rig.resume(
        id, {fix::Login{{QLatin1StringView(Nginx::kUser), QLatin1StringView(Nginx::kPassword)}}});
    QVERIFY(rig.reaches(id, JobState::Acknowledged));
    QCOMPARE(stored(nginx.uploaded(QStringLiteral("/dav-login/film.bin"))), bytes());
}

void UploadServersTest::nginxHasNoFolder()
{
    Nginx nginx;
    START(nginx);
    EngineRig rig;
    rig.plant(kName, bytes());
    const JobId id = send(&rig, nginx.url(QStringLiteral("/dav/a/b/film.bin")));
    QVERIFY(rig.reaches(id, JobState::Error));
    QCOMPARE(causeOf(&rig, id), QStringLiteral("RemoteFolderMissing"));
    rig.resume(id, {fix::CreateFolder{}});
    QVERIFY(rig.reaches(id, JobState::Acknowledged));
    QCOMPARE(stored(nginx.uploaded(QStringLiteral("/dav/a/b/film.bin"))), bytes());
}

void UploadServersTest::nginxTakesNothing()
{
    Nginx nginx;
    START(nginx);
    EngineRig rig;
    rig.plant(kName, bytes(1'000));
    const JobId readOnly = send(&rig, nginx.url(QStringLiteral("/dav-readonly/film.bin")));
    QVERIFY(rig.reaches(readOnly, JobState::Error));
    QCOMPARE(causeOf(&rig, readOnly), QStringLiteral("Forbidden"));
    QCOMPARE(contextOf(*rig.job(readOnly).error), ErrorContext::RemoteFile);
    const JobId plain = send(&rig, nginx.url(QStringLiteral("/film.bin")));
    QVERIFY(rig.reaches(plain, JobState::Error));
    QCOMPARE(causeOf(&rig, plain), QStringLiteral("UploadNotTaken"));
}

void UploadServersTest::apacheTakesAFileAndKeepsAnother()
{
    Apache apache;
    START(apache);
    EngineRig rig;
    rig.plant(kName, bytes());
    const JobId id = send(&rig, apache.url(QStringLiteral("/dav/film.bin")));
    QVERIFY(rig.reaches(id, JobState::Acknowledged));
    QCOMPARE(stored(apache.uploaded(QStringLiteral("/dav/film.bin"))), bytes());

    rig.plant(kName, bytes(100'000));
    const JobId again = send(&rig, apache.url(QStringLiteral("/dav/film.bin")));
    QVERIFY(rig.reaches(again, JobState::Error));
    QCOMPARE(causeOf(&rig, again), QStringLiteral("RemoteNameTaken"));
    rig.resume(again, {fix::Replace{}});
    QVERIFY(rig.reaches(again, JobState::Acknowledged));
    QCOMPARE(stored(apache.uploaded(QStringLiteral("/dav/film.bin"))), bytes(100'000));
}

void UploadServersTest::apacheMakesTheFolders()
{
    Apache apache;
    START(apache);
    EngineRig rig;
    rig.plant(kName, bytes());
    const JobId id = send(&rig, apache.url(QStringLiteral("/dav/a/b/c/")));
    QVERIFY(rig.reaches(id, JobState::Error));
    QCOMPARE(causeOf(&rig, id), QStringLiteral("RemoteFolderMissing"));
    rig.resume(id, {fix::CreateFolder{}});
    QVERIFY(rig.reaches(id, JobState::Acknowledged));
    QCOMPARE(stored(apache.uploaded(QStringLiteral("/dav/a/b/c/film.bin"))), bytes());
    QCOMPARE(rig.notes(id), QList<Note>(3, Note::FolderMade));
}

void UploadServersTest::apacheSaysThatAFileIsLocked()
{
    Apache apache;
    START(apache);
    EngineRig rig;
    rig.plant(kName, bytes(1'000));
    const JobId first = send(&rig, apache.url(QStringLiteral("/dav/film.bin")));
    QVERIFY(rig.reaches(first, JobState::Acknowledged));
    QVERIFY(apache.lock(QStringLiteral("/dav/film.bin")));
    JobSpec spec = rig.uploadSpec(kName, apache.url(QStringLiteral("/dav/film.bin")));
    spec.options.noProgressTimeout = std::chrono::milliseconds(0);
    spec.options.existing = ExistingFile::Replace;
    const JobId id = rig.upload(spec);
    QVERIFY(rig.reaches(id, JobState::Error));
    QCOMPARE(causeOf(&rig, id), QStringLiteral("RemoteLocked"));
    rig.resume(id, {fix::OtherName{QStringLiteral("free.bin"), {}}});
    QVERIFY(rig.reaches(id, JobState::Acknowledged));
}

void UploadServersTest::apacheIsFull()
{
    if (!MountedDisk::areToBeHad()) {
        QSKIP("nothing may be mounted here");
    }
    Apache apache;
    const MountedDisk disk(apache.uploadFolder(), 2'000'000);
    QVERIFY(disk.isMounted());
    START(apache);
    EngineRig rig;
    rig.plant(kName, bytes());
    const JobId id = send(&rig, apache.url(QStringLiteral("/dav/film.bin")));
    QVERIFY(rig.reaches(id, JobState::Error));
    const QString cause = causeOf(&rig, id);
    QVERIFY2(cause == u"RemoteFull" || cause == u"ServerFailed", qPrintable(cause));
    QVERIFY(stored(apache.uploaded(QStringLiteral("/dav/film.bin"))) != bytes());
}

/// At random instants the line breaks, or the server or the engine is ended: what is there in the
/// end is right, and what is sent twice is little.
void UploadServersTest::tusGoesOnWhereItBrokeOff()
{
    TusServer tus;
    if (!TusServer::whyNotHere().isEmpty()) {
        QSKIP(qPrintable(TusServer::whyNotHere()));
    }
    START(tus);
    constexpr qint64 kLarge = 40'000'000;
    const int breaks = std::max(8, qEnvironmentVariableIntValue("BELLHOP_UPLOAD_BREAKS"));
    EngineRig rig;
    rig.plant(kName, bytes(kLarge));
    SlowRelay relay(quint16(tus.url().port()), {.bytesPerSecond = 60'000'000});
    QUrl url = tus.url();
    url.setPort(relay.port());
    JobId id = rig.upload(rig.uploadSpec(kName, url, UploadProtocol::Tus));
    QRandomGenerator random(17);
    int done = 0;
    while (done < breaks) {
        if (rig.job(id).state == JobState::Acknowledged) {
            rig.plant(kName, bytes(kLarge));
            id = rig.upload(rig.uploadSpec(kName, url, UploadProtocol::Tus));
        }
        QTest::qWait(int(random.bounded(20, 250)));
        switch (random.bounded(3)) {
        case 0:
            relay.resetAfter(RelayWay::Up, 1);
            break;
        case 1:
            rig.restart();
            break;
        case 2:
            tus.stop();
            START(tus);
            break;
        }
        rig.resume(id);
        ++done;
    }
    QVERIFY(rig.reaches(id, JobState::Acknowledged, 60'000));
    for (const QUrl &upload : tus.uploads()) {
        QCOMPARE(stored(tus.uploaded(upload)), bytes(kLarge));
    }
}

void UploadServersTest::tusForgets()
{
    TusServer tus;
    if (!TusServer::whyNotHere().isEmpty()) {
        QSKIP(qPrintable(TusServer::whyNotHere()));
    }
    START(tus);
    EngineRig rig;
    rig.plant(kName, bytes());
    JobSpec spec = rig.uploadSpec(kName, tus.url(), UploadProtocol::Auto);
    spec.options.limitBytesPerSecond = 2'000'000;
    const JobId id = rig.upload(spec);
    QVERIFY(QTest::qWaitFor([&] { return rig.job(id).progress.bytesDone > 500'000; }));
    rig.suspend(id);
    QVERIFY(QTest::qWaitFor([&] { return tus.uploads().size() == 1; }));
    QVERIFY(tus.forget(tus.uploads().first()));
    rig.resume(id);
    QVERIFY(rig.reaches(id, JobState::Acknowledged, 20'000));
    QCOMPARE(rig.notes(id), QList<Note>{Note::UploadForgotten});
    QCOMPARE(stored(tus.uploaded(tus.uploads().first())), bytes());
}

void UploadServersTest::tusIsToldToForget()
{
    TusServer tus;
    if (!TusServer::whyNotHere().isEmpty()) {
        QSKIP(qPrintable(TusServer::whyNotHere()));
    }
    START(tus);
    EngineRig rig;
    rig.plant(kName, bytes());
    JobSpec spec = rig.uploadSpec(kName, tus.url(), UploadProtocol::Auto);
    spec.options.limitBytesPerSecond = 1'000'000;
    const JobId id = rig.upload(spec);
    // What was made there and is empty still may stay: nobody knows of it yet.
    QVERIFY(QTest::qWaitFor([&] { return rig.job(id).progress.bytesDone > 0; }));
    QCOMPARE(tus.uploads().size(), 1);
    rig.cancel(id);
    QVERIFY(QTest::qWaitFor([&] { return tus.uploads().isEmpty(); }));
    QCOMPARE(rig.content(kName), bytes());
}

BELLHOP_TEST(UploadServersTest)
#include "tst_upload_servers.moc"
