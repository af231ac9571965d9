// SPDX-License-Identifier: Apache-2.0
#include "core/remedy/catalogue.h"
#include "tests/support/manual_rig.h"
#include "tests/support/pretty.h"
#include "tests/support/test_program.h"

#include <QCryptographicHash>
#include <fcntl.h>
#include <sys/stat.h>

using namespace core;

/// An upload by PUT, as the model of the job has it: one file, sent once, whole or not at all.
class UploadsTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        QTest::failOnWarning(QRegularExpression(QStringLiteral(".*")));
        m_rig = std::make_unique<ManualRig>();
        m_server = std::make_unique<HttpServer>();
        m_rig->plant(kName, kBytes);
    }
    void cleanup()
    {
        m_rig.reset();
        m_server.reset();
    }

    void aFileIsSentOnceAndTheJobIsDone();
    void anEmptyFileIsSent();
    void anAddressThatIsAFolderGetsTheNameOfTheFile();
    void nothingIsSentOverAFileThatNobodyWantedReplaced();
    void aSecondFileIsRefused();
    void completeIsForATransferredUploadOnly();
    void cancelLeavesTheLocalFileAlone();
    void anUploadIsNotSentTwiceWhenOnlyItsAnswerWasLost();
    void sendingForLongIsNoLackOfProgress();
    void whatNeverArrivesIsNotSentForEver();
    void whatTheServerHasNotIsSentAgain();
    void whereTheServerDoesNotSayThePersonIsAsked_data();
    void whereTheServerDoesNotSayThePersonIsAsked();
    void anotherSizeOnTheServerIsToldOf();
    void aFileOfSomebodyElseIsNotTakenForOurs();
    void afterALostAnswerTheServerHasToProveWhoseItIs_data();
    void afterALostAnswerTheServerHasToProveWhoseItIs();
    void aDigestThatTheServerStatesIsHeldAgainstTheFile_data();
    void aDigestThatTheServerStatesIsHeldAgainstTheFile();
    void aDigestIsSentWhereItIsWanted_data();
    void aDigestIsSentWhereItIsWanted();
    void twoUploadsToOneAddressDoNotRunAtOnce();
    void anUploadThatMayNotBeginIsNotOnTheList();
    void nothingIsSentOfAFileThatIsNotTheOneMeant_data();
    void nothingIsSentOfAFileThatIsNotTheOneMeant();
    void aFileThatIsTheOneMeantIsSent();
    void anAddressWithoutSchemeIsAskedByHttpsAndThenByHttp();
    void aWordWithoutTheFileIsNotBelieved_data();
    void aWordWithoutTheFileIsNotBelieved();
    void aFolderWithoutItsSlashIsOne();
    void afterARestartTheServerIsAskedFirst();
    void whatIsNoFileIsNotSent_data();
    void whatIsNoFileIsNotSent();
    void aFileThatChangesWhileItIsSentIsNotFinished();
    void anotherFileInItsPlaceIsNotSentUnasked();
    void theFileIsChosenAgain();
    void anotherFileIsSentInPlaceOfTheFirst();
    void aCheckSendsNothingAndSaysWhatIsThere_data();
    void aCheckSendsNothingAndSaysWhatIsThere();

private:
    static inline const QString kName = QStringLiteral("film.mp4");
    static inline const QByteArray kBytes = QByteArray(300'000, 'f');
    static constexpr const char *kThere = "/up/film.mp4";

    [[nodiscard]] JobId upload() { return m_rig->upload(spec()); }
    [[nodiscard]] JobSpec spec() const
    {
        return m_rig->uploadSpec(kName, m_server->url(QString::fromLatin1(kThere)));
    }
    static Script head(int status, const HeaderFields &fields = {})
    {
        return {step::Send{responseHead(status, fields)}};
    }
    /// Made a moment after the first answer of the server.
    static Script stored(qint64 sizeBytes, const QByteArray &etag = "\"new\"")
    {
        return head(200, {{"Content-Length", QByteArray::number(sizeBytes)},
                          {"ETag", etag},
                          {"Last-Modified", "Thu, 15 Jan 2026 12:00:05 GMT"}});
    }
    static QByteArray digest(const QByteArray &bytes)
    {
        return QCryptographicHash::hash(bytes, QCryptographicHash::Sha256).toBase64();
    }
    /// The answers, in the order of the requests.
    void answer(const QList<Script> &answers)
    {
        for (const Script &each : answers) {
            m_server->next(kThere, each);
        }
    }
    [[nodiscard]] QStringList methods() const
    {
        QStringList made;
        for (const HttpRequest &request : m_server->requests()) {
            made.append(QString::fromLatin1(request.method));
        }
        return made;
    }
    /// Of those that bring a file: a head alone only asks.
    [[nodiscard]] QList<HttpRequest> puts() const
    {
        QList<HttpRequest> made = m_server->requests();
        made.removeIf([](const HttpRequest &request) {
            return request.method != "PUT" || request.header("Expect");
        });
        return made;
    }

    std::unique_ptr<ManualRig> m_rig;
    std::unique_ptr<HttpServer> m_server;
    const Script kMissing =
        head(404, {{"Content-Length", "0"}, {"Date", "Thu, 15 Jan 2026 12:00:00 GMT"}});
    const Script kCreated = {step::Send{response(201)}};
};

void UploadsTest::aFileIsSentOnceAndTheJobIsDone()
{
    answer({kMissing, kCreated, stored(kBytes.size())});
    const JobId id = upload();
    QVERIFY(m_rig->reaches(id, JobState::Acknowledged));
    QCOMPARE(methods().join(u' '), QStringLiteral("HEAD PUT HEAD"));
    QCOMPARE(puts().first().body, kBytes);
    QCOMPARE(puts().first().header("If-None-Match").value_or(""), "*");
    QCOMPARE(puts().first().header("Content-Length").value_or(""), "300000");
    QCOMPARE(m_rig->content(kName), kBytes);
    QCOMPARE(m_rig->listing(), QStringList{kName});
    const FileSnapshot file = m_rig->file(id);
    QCOMPARE(name(file.state), name(FileState::Published));
    QCOMPARE(file.path, m_rig->path(kName));
    QCOMPARE(file.bytesDone, kBytes.size());
    QVERIFY(m_rig->comesTo([this] { return m_rig->attentions.size() == 1; }));
}

void UploadsTest::anEmptyFileIsSent()
{
    m_rig->plant(kName, {});
    answer({kMissing, kCreated, stored(0)});
    const JobId id = upload();
    QVERIFY(m_rig->reaches(id, JobState::Acknowledged));
    QCOMPARE(puts().size(), 1);
    QCOMPARE(puts().first().header("Content-Length").value_or(""), "0");
}

void UploadsTest::anAddressThatIsAFolderGetsTheNameOfTheFile()
{
    m_rig->plant(QStringLiteral("a ü%.mp4"), kBytes);
    const QByteArray target = "/up/a%20%C3%BC%25.mp4";
    m_server->next(target, kMissing);
    m_server->next(target, kCreated);
    m_server->next(target, stored(kBytes.size()));
    const JobId id = m_rig->upload(
        m_rig->uploadSpec(QStringLiteral("a ü%.mp4"), m_server->url(QStringLiteral("/up/"))));
    QVERIFY(m_rig->reaches(id, JobState::Acknowledged));
    QCOMPARE(puts().first().path, target);
    QCOMPARE(m_rig->file(id).url.path(QUrl::FullyEncoded).toLatin1(), target);
}

void UploadsTest::nothingIsSentOverAFileThatNobodyWantedReplaced()
{
    answer({stored(7, "\"old\"")});
    const JobId id = upload();
    QVERIFY(m_rig->reaches(id, JobState::Error));
    QCOMPARE(name(m_rig->job(id).error->cause), name(Cause::RemoteNameTaken));
    QCOMPARE(name(m_rig->job(id).error->type), name(JobType::Upload));
    QVERIFY(puts().isEmpty());

    answer({stored(7, "\"old\""), kCreated, stored(kBytes.size())});
    QCOMPARE(m_rig->resume(id, {fix::Replace{}}).done, JobIds{id});
    QVERIFY(m_rig->reaches(id, JobState::Acknowledged));
    QCOMPARE(puts().size(), 1);
    QCOMPARE(puts().first().header("If-Match").value_or(""), "\"old\"");
}

void UploadsTest::aSecondFileIsRefused()
{
    const JobId id = m_rig->add(spec());
    const auto added = m_rig->ask<message::AddFiles>({id, spec().files});
    QVERIFY(!added);
    QCOMPARE(name(added.error().kind), name(RefusalKind::OneFilePerUpload));
}

void UploadsTest::completeIsForATransferredUploadOnly()
{
    JobSpec asked = spec();
    asked.options.complete = CompleteMode::OnRequest;
    const JobId id = m_rig->add(asked);
    const auto early = m_rig->complete(id);
    QCOMPARE(early.refused.size(), 1);
    QCOMPARE(name(early.refused.first().kind), name(RefusalKind::UploadInPart));

    answer({kMissing, kCreated, stored(kBytes.size())});
    m_rig->resume(id);
    QVERIFY(m_rig->reaches(id, JobState::Transferred));
    QVERIFY(m_rig->complete(id).refused.isEmpty());
    QVERIFY(m_rig->reaches(id, JobState::Acknowledged));
}

void UploadsTest::cancelLeavesTheLocalFileAlone()
{
    answer({kMissing, {step::Stall{}}});
    const JobId id = upload();
    QVERIFY(m_rig->comesTo([&] { return m_rig->job(id).progress.bytesDone == kBytes.size(); }));
    QCOMPARE(m_rig->job(id).progress.bytesUnconfirmed, kBytes.size());
    m_rig->cancel(id);
    QVERIFY(m_rig->reaches(id, JobState::Cancelled));
    QCOMPARE(m_rig->content(kName), kBytes);
}

void UploadsTest::anUploadIsNotSentTwiceWhenOnlyItsAnswerWasLost()
{
    answer({kMissing, {step::Close{}}, stored(kBytes.size())});
    const JobId id = upload();
    QVERIFY(m_rig->reaches(id, JobState::Acknowledged));
    QCOMPARE(puts().size(), 1);
    QCOMPARE(m_rig->notes(id), QList<Note>{Note::FoundStored});
}

void UploadsTest::sendingForLongIsNoLackOfProgress()
{
    JobSpec asked = spec();
    asked.options.noProgressTimeout = std::chrono::seconds(3);
    asked.options.limitBytesPerSecond = kBytes.size() / 10;
    answer({kMissing, kCreated, stored(kBytes.size())});
    const JobId id = m_rig->upload(asked);
    QVERIFY(m_rig->reachesInTime(id, JobState::Acknowledged));
    QCOMPARE(puts().size(), 1);
}

/// A PUT that breaks off begins anew each time: that bytes move is no progress.
void UploadsTest::whatNeverArrivesIsNotSentForEver()
{
    constexpr qint64 kLarge = 12'000'000; // more than the system takes at once
    m_rig->plant(kName, QByteArray(kLarge, 'x'));
    JobSpec asked = spec();
    asked.options.noProgressTimeout = std::chrono::seconds(10);
    asked.options.limitBytesPerSecond = 1'000'000;
    const JobId id = m_rig->upload(asked);
    QDeadlineTimer next(0);
    const auto timePasses = [&] { // as fast as the network can keep up with
        if (next.hasExpired()) {
            m_rig->clock.advance(std::chrono::milliseconds(100));
            next.setRemainingTime(10);
        }
    };
    for (int time = 1; time <= 2; ++time) {
        QVERIFY(m_rig->comesTo([&] {
            timePasses();
            return puts().size() == time && puts().last().bodyBytes > 6'000'000;
        }));
        m_server->dropConnections();
        QVERIFY(m_rig->comesTo([&] {
            timePasses();
            return m_rig->job(id).state != JobState::Transferring;
        }));
    }
    QVERIFY(m_rig->reachesInTime(id, JobState::Error));
    QCOMPARE(name(m_rig->job(id).error->cause), name(Cause::ConnectionLost));
    QCOMPARE(puts().size(), 2);
}

void UploadsTest::whatTheServerHasNotIsSentAgain()
{
    answer({kMissing, {step::Close{}}, kMissing, kMissing, kCreated, stored(kBytes.size())});
    const JobId id = upload();
    QVERIFY(m_rig->comesTo([&] { return m_rig->job(id).state != JobState::Connecting; }));
    QVERIFY(m_rig->reachesInTime(id, JobState::Acknowledged, 60'000));
    QCOMPARE(name(m_rig->job(id).state), name(JobState::Acknowledged));
    QCOMPARE(puts().size(), 2);
}

void UploadsTest::whereTheServerDoesNotSayThePersonIsAsked_data()
{
    QTest::addColumn<Fixes>("fixes");
    QTest::addColumn<int>("puts");
    QTest::newRow("it is there") << Fixes{fix::Accept{}} << 1;
    QTest::newRow("send it again") << Fixes{fix::Restart{}} << 2;
}

void UploadsTest::whereTheServerDoesNotSayThePersonIsAsked()
{
    QFETCH(Fixes, fixes);
    const Script silent = head(405, {{"Content-Length", "0"}});
    answer({silent, {step::Close{}}, silent});
    const JobId id = upload();
    QVERIFY(m_rig->reaches(id, JobState::Error));
    QCOMPARE(name(m_rig->job(id).error->cause), name(Cause::Unconfirmed));

    answer({silent});
    m_rig->resume(id, {fix::Retry{}});
    QVERIFY(m_rig->comesTo([&] { return m_rig->job(id).errorCount == 2; }));
    QCOMPARE(name(m_rig->job(id).error->cause), name(Cause::Unconfirmed));
    QCOMPARE(puts().size(), 1);

    answer({silent, kCreated, silent});
    QCOMPARE(m_rig->resume(id, fixes).done, JobIds{id});
    QVERIFY(m_rig->reaches(id, JobState::Acknowledged));
    QTEST(int(this->puts().size()), "puts");
}

void UploadsTest::anotherSizeOnTheServerIsToldOf()
{
    answer({kMissing, kCreated, stored(299'000)});
    const JobId id = upload();
    QVERIFY(m_rig->reaches(id, JobState::Error));
    const JobError error = *m_rig->job(id).error;
    QCOMPARE(name(error.cause), name(Cause::StoredDiffers));
    QCOMPARE(error.fileBytesDone, 299'000);
    QCOMPARE(error.fileBytesTotal.value_or(0), kBytes.size());

    answer({stored(299'000), kCreated, stored(kBytes.size(), "\"newer\"")});
    m_rig->resume(id, {fix::Restart{}});
    QVERIFY(m_rig->reaches(id, JobState::Acknowledged));
    QCOMPARE(puts().size(), 2);
}

/// Of the same size, after a request that the server refused.
void UploadsTest::aFileOfSomebodyElseIsNotTakenForOurs()
{
    answer({kMissing, {step::Send{response(507)}}});
    const JobId id = upload();
    QVERIFY(m_rig->reaches(id, JobState::Error));
    QCOMPARE(name(m_rig->job(id).error->cause), name(Cause::RemoteFull));
    answer({stored(kBytes.size())});
    m_rig->resume(id);
    QVERIFY(m_rig->comesTo([&] { return m_rig->job(id).errorCount == 2; }));
    QCOMPARE(name(m_rig->job(id).error->cause), name(Cause::RemoteNameTaken));
    QCOMPARE(puts().size(), 1);
}

void UploadsTest::afterALostAnswerTheServerHasToProveWhoseItIs_data()
{
    QTest::addColumn<HeaderFields>("before");
    QTest::addColumn<HeaderFields>("after");
    QTest::addColumn<bool>("isOurs");
    const HeaderField size{"Content-Length", "300000"};
    const HeaderField dated{"Date", "Thu, 15 Jan 2026 12:00:00 GMT"};
    const HeaderField same{"Last-Modified", "Thu, 15 Jan 2026 12:00:00 GMT"};
    const HeaderField older{"Last-Modified", "Thu, 15 Jan 2026 11:59:59 GMT"};
    const HeaderField old{"ETag", "\"old\""};
    const HeaderField tag{"ETag", "\"new\""};
    const HeaderField right{"Repr-Digest", "sha-256=:" + digest(kBytes) + ":"};
    const HeaderField wrong{"Repr-Digest", "sha-256=:" + digest("other") + ":"};
    QTest::newRow("as large, and no more") << HeaderFields{dated} << HeaderFields{size} << false;
    QTest::newRow("a tag where there was none")
        << HeaderFields{dated} << HeaderFields{size, tag} << false;
    QTest::newRow("made before it was sent")
        << HeaderFields{dated} << HeaderFields{size, older} << false;
    QTest::newRow("made since") << HeaderFields{dated} << HeaderFields{size, same} << true;
    QTest::newRow("made at some time") << HeaderFields{} << HeaderFields{size, same} << false;
    QTest::newRow("another tag") << HeaderFields{size, old} << HeaderFields{size, tag} << true;
    QTest::newRow("its digest") << HeaderFields{dated} << HeaderFields{size, right} << true;
    QTest::newRow("another digest")
        << HeaderFields{dated} << HeaderFields{size, same, wrong} << false;
}

void UploadsTest::afterALostAnswerTheServerHasToProveWhoseItIs()
{
    QFETCH(const HeaderFields, before);
    QFETCH(const HeaderFields, after);
    QFETCH(const bool, isOurs);
    const bool isThere = before.value(0).first == "Content-Length";
    JobSpec asked = spec();
    asked.options.existing = ExistingFile::Replace;
    answer({head(isThere ? 200 : 404, before), {step::Close{}}, head(200, after)});
    const JobId id = m_rig->upload(asked);
    QVERIFY(m_rig->reaches(id, isOurs ? JobState::Acknowledged : JobState::Error));
    if (!isOurs) {
        QCOMPARE(name(m_rig->job(id).error->cause), name(Cause::Unconfirmed));
        answer({head(200, after)});
        m_rig->resume(id);
        QVERIFY(m_rig->comesTo([&] { return m_rig->job(id).errorCount == 2; }));
        QCOMPARE(name(m_rig->job(id).error->cause), name(Cause::Unconfirmed));
    }
    QCOMPARE(puts().size(), 1);
}

void UploadsTest::aDigestThatTheServerStatesIsHeldAgainstTheFile_data()
{
    QTest::addColumn<QByteArray>("inAnswer");
    QTest::addColumn<QByteArray>("withFile");
    QTest::addColumn<bool>("isRight");
    const QByteArray right = "sha-256=:" + digest(kBytes) + ":";
    const QByteArray wrong = "sha-256=:" + digest("other") + ":";
    QTest::newRow("right") << right << right << true;
    QTest::newRow("wrong in the answer") << wrong << QByteArray() << false;
    QTest::newRow("wrong with the file") << QByteArray() << wrong << false;
}

void UploadsTest::aDigestThatTheServerStatesIsHeldAgainstTheFile()
{
    QFETCH(const QByteArray, inAnswer);
    QFETCH(const QByteArray, withFile);
    QFETCH(const bool, isRight);
    answer({kMissing,
            {step::Send{response(201, {{"Repr-Digest", inAnswer}})}},
            head(200, {{"Content-Length", "300000"}, {"Repr-Digest", withFile}})});
    const JobId id = upload();
    QVERIFY(m_rig->reaches(id, isRight ? JobState::Acknowledged : JobState::Error));
    if (!isRight) {
        QCOMPARE(name(m_rig->job(id).error->cause), name(Cause::StoredDiffers));
    }
}

void UploadsTest::aDigestIsSentWhereItIsWanted_data()
{
    QTest::addColumn<HeaderFields>("said");
    QTest::addColumn<QByteArrayList>("fields");
    QTest::newRow("nothing") << HeaderFields{} << QByteArrayList{};
    QTest::newRow("another one") << HeaderFields{{"Want-Repr-Digest", "sha-512=3, sha-256=0"}}
                                 << QByteArrayList{};
    QTest::newRow("of the file") << HeaderFields{{"Want-Repr-Digest", "sha-512=3, sha-256=10"}}
                                 << QByteArrayList{"Repr-Digest"};
    QTest::newRow("of both") << HeaderFields{{"Want-Repr-Digest", "sha-256=1"},
                                             {"Want-Content-Digest", "sha-256=1"}}
                             << QByteArrayList{"Repr-Digest", "Content-Digest"};
}

void UploadsTest::aDigestIsSentWhereItIsWanted()
{
    QFETCH(const HeaderFields, said);
    QFETCH(const QByteArrayList, fields);
    answer(
        {head(404, said + HeaderFields{{"Content-Length", "0"}}), kCreated, stored(kBytes.size())});
    const JobId id = upload();
    QVERIFY(m_rig->reaches(id, JobState::Acknowledged));
    for (const char *field : {"Repr-Digest", "Content-Digest"}) {
        QCOMPARE(puts().first().header(field).value_or(""),
                 fields.contains(field) ? "sha-256=:" + digest(kBytes) + ":" : QByteArray());
    }
}

void UploadsTest::twoUploadsToOneAddressDoNotRunAtOnce()
{
    answer({kMissing, {step::Stall{}}});
    const JobId first = upload();
    QVERIFY(m_rig->comesTo([this] { return puts().size() == 1 && puts().first().body == kBytes; }));
    m_rig->plant(QStringLiteral("other"), kBytes);
    const JobId second = m_rig->add(
        m_rig->uploadSpec(QStringLiteral("other"), m_server->url(QString::fromLatin1(kThere))));
    const SetOutcome refused = m_rig->resume(second);
    QCOMPARE(refused.refused.size(), 1);
    QCOMPARE(name(refused.refused.first().kind), name(RefusalKind::PlaceTaken));
    QCOMPARE(refused.refused.first().job, second);
    QVERIFY(refused.refused.first().subject.startsWith(text(first)));
    m_rig->cancel(first);
    QVERIFY(m_rig->reaches(first, JobState::Cancelled));
    answer({kMissing, kCreated, stored(kBytes.size())});
    QCOMPARE(m_rig->resume(second).done, JobIds{second});
    QVERIFY(m_rig->reaches(second, JobState::Acknowledged));
}

void UploadsTest::anUploadThatMayNotBeginIsNotOnTheList()
{
    answer({kMissing, {step::Stall{}}});
    const JobId first = upload();
    QVERIFY(m_rig->comesTo([this] { return puts().size() == 1 && puts().first().body == kBytes; }));
    m_rig->plant(QStringLiteral("other"), kBytes);
    QUrl same = m_server->url(QStringLiteral("//up/./film.mp4")); // written otherwise
    same.setHost(QStringLiteral("localhost"));
    const JobSpec asked = m_rig->uploadSpec(QStringLiteral("other"), same);
    const auto refused = m_rig->ask<message::Add>({.spec = asked, .begins = true});
    QVERIFY(!refused);
    QCOMPARE(name(refused.error().kind), name(RefusalKind::PlaceTaken));
    QCOMPARE(refused.error().job, JobId());
    QVERIFY(refused.error().subject.startsWith(text(first)));
    QCOMPARE(m_rig->ask<message::Jobs>({}).value_or(QList<JobSnapshot>()).size(), 1);

    m_rig->cancel(first);
    QVERIFY(m_rig->reaches(first, JobState::Cancelled));
    JobSpec free = spec();
    answer({kMissing, kCreated, stored(kBytes.size())});
    const auto begun = m_rig->ask<message::Add>({.spec = free, .begins = true});
    QVERIFY(begun);
    QVERIFY(m_rig->reaches(*begun, JobState::Acknowledged));
}

void UploadsTest::nothingIsSentOfAFileThatIsNotTheOneMeant_data()
{
    QTest::addColumn<Fixes>("fixes");
    const QByteArray right = QCryptographicHash::hash(kBytes, QCryptographicHash::Md5).toHex();
    QTest::newRow("the checksum was wrong")
        << Fixes{fix::OtherHash{ExpectedHash{ExpectedHash::Algorithm::Md5, right}, {}}};
    QTest::newRow("it is sent all the same") << Fixes{fix::OtherHash{}};
    QTest::newRow("the file was wrong") << Fixes{fix::OtherSource{}};
}

void UploadsTest::nothingIsSentOfAFileThatIsNotTheOneMeant()
{
    QFETCH(Fixes, fixes);
    const QByteArray other(kBytes.size(), 'o');
    JobSpec asked = spec();
    asked.files.first().hash =
        ExpectedHash{ExpectedHash::Algorithm::Sha256,
                     QCryptographicHash::hash(other, QCryptographicHash::Sha256).toHex()};
    const JobId id = m_rig->upload(asked);
    QVERIFY(m_rig->reaches(id, JobState::Error));
    const JobError error = *m_rig->job(id).error;
    QCOMPARE(name(error.cause), name(Cause::HashMismatch));
    QCOMPARE(error.wantedHash, asked.files.first().hash);
    QCOMPARE(error.foundHash->digestHex,
             QCryptographicHash::hash(kBytes, QCryptographicHash::Sha256).toHex());
    QCOMPARE(fixesFor(error), (QList{FixKind::OtherSource, FixKind::OtherHash}));
    QVERIFY(methods().isEmpty()); // the server was not even asked

    m_rig->plant(QStringLiteral("right"), other);
    const bool isOther = std::holds_alternative<fix::OtherSource>(fixes.first());
    if (isOther) {
        fixes = {fix::OtherSource{m_rig->path(QStringLiteral("right"))}};
    }
    answer({kMissing, kCreated, stored(kBytes.size())});
    QCOMPARE(m_rig->resume(id, fixes).done, JobIds{id});
    QVERIFY(m_rig->reaches(id, JobState::Acknowledged));
    QCOMPARE(puts().size(), 1);
    QCOMPARE(puts().first().body, isOther ? other : kBytes);
    QCOMPARE(m_rig->content(kName), kBytes);
}

void UploadsTest::aFileThatIsTheOneMeantIsSent()
{
    JobSpec asked = spec();
    asked.files.first().hash =
        ExpectedHash{ExpectedHash::Algorithm::Sha1,
                     QCryptographicHash::hash(kBytes, QCryptographicHash::Sha1).toHex()};
    answer({kMissing, kCreated, stored(kBytes.size())});
    const JobId id = m_rig->upload(asked);
    QVERIFY(m_rig->reaches(id, JobState::Acknowledged));
    QCOMPARE(puts().first().body, kBytes);
}

void UploadsTest::anAddressWithoutSchemeIsAskedByHttpsAndThenByHttp()
{
    JobSpec asked = spec();
    asked.files.first().url.setScheme(QString());
    answer({kMissing, kCreated, stored(kBytes.size())});
    const JobId id = m_rig->upload(asked);
    // What speaks no TLS is silent here; the time for that passes.
    QVERIFY(m_rig->reachesInTime(id, JobState::Acknowledged, 30'000));
    QCOMPARE(m_rig->notes(id), QList<Note>{Note::Unencrypted});
    QCOMPARE(m_rig->file(id).url.scheme(), QStringLiteral("http"));
    QCOMPARE(puts().size(), 1);
}

void UploadsTest::aWordWithoutTheFileIsNotBelieved_data()
{
    QTest::addColumn<int>("status");
    QTest::newRow("created") << 201;
    QTest::newRow("ok") << 200;
    QTest::newRow("accepted, for later") << 202;
}

void UploadsTest::aWordWithoutTheFileIsNotBelieved()
{
    QFETCH(const int, status);
    answer({kMissing, {step::Send{response(status)}}, kMissing});
    const JobId id = upload();
    QVERIFY(m_rig->reaches(id, JobState::Error));
    QCOMPARE(name(m_rig->job(id).error->cause), name(Cause::Unconfirmed));
    QCOMPARE(m_rig->job(id).error->httpStatus, 404);
    QCOMPARE(puts().size(), 1);
}

void UploadsTest::aFolderWithoutItsSlashIsOne()
{
    const Script on = head(301, {{"Location", "/up/film.mp4/"}, {"Content-Length", "0"}});
    m_server->next(kThere, on);
    const char *const within = "/up/film.mp4/film.mp4";
    m_server->next(within, kMissing);
    m_server->next(within, kCreated);
    m_server->next(within, stored(kBytes.size()));
    const JobId id = upload();
    QVERIFY(m_rig->reaches(id, JobState::Acknowledged));
    QCOMPARE(puts().first().path, within);
    QCOMPARE(m_rig->file(id).url.path(), QString::fromLatin1(within));
}

void UploadsTest::afterARestartTheServerIsAskedFirst()
{
    answer({kMissing, {step::Stall{}}});
    const JobId id = upload();
    QVERIFY(m_rig->comesTo([this] { return puts().size() == 1 && puts().first().body == kBytes; }));
    m_rig->restart();
    answer({stored(kBytes.size())});
    QVERIFY(m_rig->reaches(id, JobState::Acknowledged));
    QCOMPARE(puts().size(), 1);
}

void UploadsTest::whatIsNoFileIsNotSent_data()
{
    QTest::addColumn<Cause>("cause");
    QTest::newRow("missing") << Cause::SourceMissing;
    QTest::newRow("in a folder that is missing") << Cause::SourceMissing;
    QTest::newRow("a folder") << Cause::SourceNotAFile;
    QTest::newRow("a pipe") << Cause::SourceNotAFile;
    QTest::newRow("made when read") << Cause::SourceNotAFile;
}

void UploadsTest::whatIsNoFileIsNotSent()
{
    QVERIFY(QFile::remove(m_rig->path(kName)));
    const QByteArray path = QFile::encodeName(m_rig->path(kName));
    const QByteArray kind = QTest::currentDataTag();
    if (kind == "a folder") {
        QVERIFY(QDir().mkdir(m_rig->path(kName)));
    } else if (kind == "a pipe") {
        QCOMPARE(::mkfifo(path.constData(), 0600), 0);
    } else if (kind == "made when read") {
        QVERIFY(QFile::link(QStringLiteral("/proc/version"), m_rig->path(kName)));
    }
    JobSpec asked = spec();
    if (kind == "in a folder that is missing") {
        asked.folder += QStringLiteral("/gone");
    }
    const JobId id = m_rig->upload(asked);
    QVERIFY(m_rig->reaches(id, JobState::Error));
    QCOMPARE(m_rig->job(id).error->localPath, asked.folder + u'/' + kName);
    QVERIFY(m_server->requests().isEmpty());
    QTEST(m_rig->job(id).error->cause, "cause");
}

void UploadsTest::aFileThatChangesWhileItIsSentIsNotFinished()
{
    constexpr qint64 kLarge = 12'000'000; // more than is read ahead
    m_rig->plant(kName, QByteArray(kLarge, 'x'));
    answer({kMissing});
    JobSpec asked = spec();
    asked.options.limitBytesPerSecond = 1'000'000;
    const JobId id = m_rig->upload(asked);
    QVERIFY(m_rig->comesTo([this] { return puts().size() == 1; }));
    m_rig->plant(kName, QByteArray(kLarge, 'y'));
    QVERIFY(m_rig->reachesInTime(id, JobState::Error, 20'000));
    QCOMPARE(name(m_rig->job(id).error->cause), name(Cause::SourceChanged));
    QVERIFY(puts().first().bodyBytes < kLarge);

    answer({kMissing, kCreated, stored(kLarge)});
    m_rig->resume(id, {fix::Restart{}});
    QVERIFY(m_rig->reachesInTime(id, JobState::Acknowledged, 30'000));
    QCOMPARE(name(m_rig->job(id).state), name(JobState::Acknowledged));
    QVERIFY(!puts().last().body.contains('x'));
}

/// As large as the first one, so that nothing else would tell.
void UploadsTest::anotherFileInItsPlaceIsNotSentUnasked()
{
    answer({kMissing, {step::Stall{}}});
    const JobId id = upload();
    // The server has it all, and nothing to say: what is asked next gets the next answer.
    QVERIFY(m_rig->comesTo([this] { return puts().value(0).body.size() == kBytes.size(); }));
    m_rig->suspend(id);
    m_rig->plantInPlaceOf(kName, QByteArray(kBytes.size(), 'o'));
    m_rig->resume(id);
    QVERIFY(m_rig->reaches(id, JobState::Error));
    const JobError error = *m_rig->job(id).error;
    QCOMPARE(name(error.cause), name(Cause::SourceChanged));
    QVERIFY2(explain(error).whatHappened.contains(QStringLiteral("put in its place")),
             qPrintable(explain(error).whatHappened));
    QCOMPARE(puts().size(), 1);
    answer({kMissing, kCreated, stored(kBytes.size())});
    m_rig->resume(id, {fix::Restart{}});
    QVERIFY(m_rig->reaches(id, JobState::Acknowledged));
    QCOMPARE(puts().last().body, QByteArray(kBytes.size(), 'o'));
}

void UploadsTest::theFileIsChosenAgain()
{
    QVERIFY(QFile::rename(m_rig->path(kName), m_rig->path(QStringLiteral("moved"))));
    const JobId id = upload();
    QVERIFY(m_rig->reaches(id, JobState::Error));
    answer({kMissing, kCreated, stored(kBytes.size())});
    m_rig->resume(id, {fix::OtherSource{m_rig->path(QStringLiteral("moved"))}});
    QVERIFY(m_rig->reaches(id, JobState::Acknowledged));
    QCOMPARE(puts().first().body, kBytes);
}

/// Of the first one the server may have everything, without having said so.
void UploadsTest::anotherFileIsSentInPlaceOfTheFirst()
{
    const Script silent = head(405, {{"Content-Length", "0"}});
    answer({kMissing, {step::Close{}}, silent});
    const JobId id = upload();
    QVERIFY(m_rig->reaches(id, JobState::Error));
    m_rig->plant(QStringLiteral("other"), QByteArray(kBytes.size(), 'o'));
    answer({stored(kBytes.size()), kCreated, stored(kBytes.size(), "\"newer\"")});
    m_rig->resume(id, {fix::OtherSource{m_rig->path(QStringLiteral("other"))}});
    QVERIFY(m_rig->reaches(id, JobState::Acknowledged));
    QCOMPARE(puts().size(), 2);
    QCOMPARE(puts().last().body, QByteArray(kBytes.size(), 'o'));
}

void UploadsTest::aCheckSendsNothingAndSaysWhatIsThere_data()
{
    using There = UploadFinding::There;
    QTest::addColumn<Script>("answer");
    QTest::addColumn<Fixes>("fixes");
    QTest::addColumn<int>("there");
    QTest::newRow("the name is free") << kMissing << Fixes{fix::Retry{}} << int(There::Nothing);
    QTest::newRow("it will be replaced") << stored(7) << Fixes{fix::Replace{}} << int(There::Other);
    QTest::newRow("the server does not say")
        << head(405, {{"Content-Length", "0"}}) << Fixes{fix::Retry{}} << int(There::Unsaid);
    QTest::newRow("the name is taken still") << stored(7) << Fixes{fix::Retry{}} << -1;
}

void UploadsTest::aCheckSendsNothingAndSaysWhatIsThere()
{
    QFETCH(const Script, answer);
    QFETCH(const Fixes, fixes);
    QFETCH(const int, there);
    this->answer({stored(7)});
    const JobId id = upload();
    QVERIFY(m_rig->reaches(id, JobState::Error));
    this->answer({answer});
    const auto report = m_rig->ask<message::Check>({.job = id, .fixes = fixes});
    QVERIFY(report);
    QVERIFY(puts().isEmpty());
    QCOMPARE(name(m_rig->job(id).state), name(JobState::Error));
    if (there < 0) {
        QVERIFY(!report->upload);
        QCOMPARE(name(report->problem->cause), name(Cause::RemoteNameTaken));
        return;
    }
    QVERIFY(report->upload && !report->problem);
    QCOMPARE(int(report->upload->there), there);
    QCOMPARE(report->upload->sizeBytes, kBytes.size());
}

BELLHOP_TEST(UploadsTest)
#include "tst_uploads.moc"
