// SPDX-License-Identifier: Apache-2.0
#include "core/remedy/catalogue.h"
#include "core/words/explain.h"
#include "tests/core/contract/half_fetched.h"
#include "tests/support/packed.h"
#include "tests/support/pretty.h"
#include "tests/support/test_program.h"

#include <QCryptographicHash>

#include <array>
#include <fcntl.h>
#include <sys/stat.h>

using namespace core;
using namespace Qt::StringLiterals;

namespace {

using half_fetched::happened;

constexpr qint64 kPackedHalf = 1'500'000;
constexpr qint64 kLookedAt = 1000;
const QString kPacked = u"film.bin"_s;
const QString kPackedPart = u"film.bin.part"_s;

QByteArray plainFilm()
{
    return half_fetched::bytes();
}

Resource packedFilm(const HeaderFields &more = {})
{
    return {.body = packed::gzip(plainFilm()),
            .headers = HeaderFields{{"Content-Encoding", "gzip"}} + more};
}

ExpectedHash hashOf(const QByteArray &bytes)
{
    return {ExpectedHash::Algorithm::Sha256,
            QCryptographicHash::hash(bytes, QCryptographicHash::Sha256).toHex()};
}

} // namespace

/// What a server sends compressed although the plain file was asked for, and a person wants plain.
class UnpackingTest final : public QObject {
    Q_OBJECT

    std::unique_ptr<HttpServer> m_server;
    std::unique_ptr<ManualRig> m_rig;

    /// Asks about the coding.
    [[nodiscard]] JobId asked(const std::optional<ExpectedHash> &hash = {})
    {
        JobSpec spec = m_rig->spec({m_server->url(u"/film.bin"_s)});
        spec.files.first().hash = hash;
        m_server->holdAfter("/film.bin", kLookedAt, "looked at"); // what nobody reads is not sent
        const JobId id = m_rig->download(spec);
        require(m_rig->reaches(id, JobState::Error), u"it does not ask"_s);
        require(m_rig->job(id).error->cause == Cause::EncodedAnswer, u"about something else"_s);
        return id;
    }
    /// Unpacked, and asks because its name was taken meanwhile.
    [[nodiscard]] JobId withoutName(const std::optional<ExpectedHash> &hash = {})
    {
        const JobId id = asked(hash);
        m_server->holdAfter("/film.bin", kPackedHalf, "half");
        m_rig->resume(id, {fix::Unpack{}});
        require(m_rig->comesTo([&] { return m_rig->file(id).bytesDone == kPackedHalf; }),
                u"no half"_s);
        m_rig->plant(kPacked, "mine");
        m_server->release("half");
        require(m_rig->reaches(id, JobState::Transferred), u"it does not come"_s);
        require(m_rig->comesTo([&] { return m_rig->job(id).obstacle.has_value(); }),
                u"nothing is in its way"_s);
        return id;
    }
    [[nodiscard]] JobError error(JobId id) { return m_rig->job(id).error.value_or(JobError{}); }

private Q_SLOTS:
    void init()
    {
        QTest::failOnWarning(QRegularExpression(u".*"_s));
        m_server = std::make_unique<HttpServer>();
        m_rig = std::make_unique<ManualRig>();
        m_server->serve("/film.bin", packedFilm());
    }
    void cleanup()
    {
        m_rig.reset();
        m_server.reset();
    }

    void itComesAsItIsSentAndIsUnpackedInTheEnd_data()
    {
        QTest::addColumn<QByteArray>("coding");
        QTest::addColumn<QByteArray>("coded");
        const QByteArray half = plainFilm().first(half_fetched::kHalf);
        const QByteArray rest = plainFilm().sliced(half_fetched::kHalf);
        QTest::newRow("gzip") << QByteArray("gzip") << packed::gzip(plainFilm());
        QTest::newRow("two members")
            << QByteArray(" X-GZIP ") << packed::gzip(half) + packed::gzip(rest);
        QTest::newRow("zlib") << QByteArray("deflate") << packed::zlib(plainFilm());
        QTest::newRow("deflate") << QByteArray("deflate") << packed::deflate(plainFilm());
    }
    void itComesAsItIsSentAndIsUnpackedInTheEnd()
    {
        QFETCH(const QByteArray, coding);
        QFETCH(const QByteArray, coded);
        const QByteArray digest =
            "sha-256=:" + QCryptographicHash::hash(coded, QCryptographicHash::Sha256).toBase64() +
            ":";
        m_server->serve(
            "/film.bin",
            {.body = coded, .headers = {{"Content-Encoding", coding}, {"Repr-Digest", digest}}});
        const JobId id = asked(hashOf(plainFilm()));
        QCOMPARE(fixesFor(error(id)),
                 QList<FixKind>({FixKind::Unpack, FixKind::Accept, FixKind::NewLink}));
        // It breaks off in the middle, and goes on there.
        m_server->failAfter("/film.bin", kPackedHalf, 404);
        m_rig->resume(id, {fix::Unpack{}});
        QVERIFY(m_rig->reachesInTime(id, JobState::Error));
        QCOMPARE(error(id).cause, Cause::NotFound);
        const qint64 held = m_rig->file(id).bytesDone;
        QVERIFY(held > 0 && held <= kPackedHalf);
        m_server->serve(
            "/film.bin",
            {.body = coded, .headers = {{"Content-Encoding", coding}, {"Repr-Digest", digest}}});
        const qsizetype before = m_server->requests("/film.bin").size();
        m_rig->restart();
        m_rig->resume(id);
        QVERIFY(m_rig->reaches(id, JobState::Acknowledged));
        QCOMPARE(m_server->requests("/film.bin").size(), before + 1);
        QCOMPARE(m_server->requests("/film.bin").last().header("Range"),
                 "bytes=" + QByteArray::number(held) + '-');
        QVERIFY(m_rig->content(kPacked) == plainFilm());
        QTRY_COMPARE(m_rig->listing(), QStringList{kPacked});
        QCOMPARE(m_rig->notes(id), QList<Note>{Note::Unpacked});
        QCOMPARE(m_rig->file(id).sizeBytes, std::optional<qint64>(plainFilm().size()));
    }

    /// The engine ends between the two steps.
    void whatWasUnpackedIsNotUnpackedOnceMore_data()
    {
        QTest::addColumn<bool>("isRestarted");
        QTest::newRow("at once") << false;
        QTest::newRow("after a restart") << true;
    }
    void whatWasUnpackedIsNotUnpackedOnceMore()
    {
        QFETCH(const bool, isRestarted);
        m_server->serve("/film.bin", {.body = packed::gzip(packed::gzip(plainFilm())),
                                      .headers = {{"Content-Encoding", "gzip"}}});
        const JobId id = withoutName();
        if (isRestarted) {
            m_rig->restart();
        }
        const qsizetype before = m_server->requests().size();
        m_rig->resume(id, {fix::KeepBoth{}});
        QVERIFY(m_rig->reaches(id, JobState::Acknowledged));
        QCOMPARE(m_server->requests().size(), before);
        QVERIFY(m_rig->content(u"film (1).bin"_s) == packed::gzip(plainFilm()));
        QTRY_COMPARE(m_rig->listing(), QStringList({u"film (1).bin"_s, kPacked}));
    }

    void aPromiseOfTheServerIsOfWhatItSends()
    {
        const QByteArray digest =
            QCryptographicHash::hash(plainFilm(), QCryptographicHash::Sha256).toBase64();
        m_server->serve("/film.bin", packedFilm({{"Repr-Digest", "sha-256=:" + digest + ":"}}));
        const JobId id = asked();
        m_rig->resume(id, {fix::Unpack{}});
        QVERIFY(m_rig->reaches(id, JobState::Error));
        QCOMPARE(error(id).cause, Cause::HashMismatch);
        QCOMPARE(error(id).reason, std::nullopt);
    }

    void theChecksumOfAPersonIsThatOfThePlainFile_data()
    {
        QTest::addColumn<Fix>("repair");
        QTest::newRow("accepted") << Fix(fix::Accept{});
        QTest::newRow("none") << Fix(fix::OtherHash{});
        QTest::newRow("corrected") << Fix(fix::OtherHash{hashOf(plainFilm()), std::nullopt});
    }
    void theChecksumOfAPersonIsThatOfThePlainFile()
    {
        QFETCH(const Fix, repair);
        const JobId id = asked(hashOf(packed::gzip(plainFilm())));
        m_rig->resume(id, {fix::Unpack{}});
        QVERIFY(m_rig->reaches(id, JobState::Error));
        QCOMPARE(error(id).cause, Cause::HashMismatch);
        QCOMPARE(error(id).foundHash, std::optional(hashOf(plainFilm())));
        QCOMPARE(error(id).reason, std::optional(Reason::OfUnpacked));
        QCOMPARE(fixesFor(error(id)).first(), FixKind::OtherHash);
        QVERIFY(explain(error(id)).whatToDo.contains(u"that of the compressed file"));
        const qsizetype before = m_server->requests().size();
        m_rig->resume(id, {repair});
        QVERIFY(m_rig->reaches(id, JobState::Acknowledged));
        QCOMPARE(m_server->requests().size(), before);
        QVERIFY(m_rig->content(kPacked) == plainFilm());
        QTRY_COMPARE(m_rig->listing(), QStringList{kPacked});
    }

    void ofWhatWasUnpackedForNothingNothingIsLeft()
    {
        const JobId id = asked(hashOf(packed::gzip(plainFilm())));
        m_rig->resume(id, {fix::Unpack{}});
        QVERIFY(m_rig->reaches(id, JobState::Error));
        m_rig->cancel(id);
        QVERIFY(m_rig->reaches(id, JobState::Cancelled));
        QTRY_COMPARE(m_rig->listing(), QStringList());
    }

    void whatIsAcceptedAsItComesIsStillCompared_data()
    {
        QTest::addColumn<QByteArray>("hashed");
        QTest::addColumn<QList<Note>>("notes");
        QTest::newRow("the checksum of what comes") << packed::gzip(plainFilm()) << QList<Note>{};
        QTest::newRow("that of the plain file") << plainFilm() << QList<Note>{Note::HashDiffers};
    }
    void whatIsAcceptedAsItComesIsStillCompared()
    {
        QFETCH(const QByteArray, hashed);
        const JobId id = asked(hashOf(hashed));
        QCOMPARE(error(id).wantedHash, std::optional(hashOf(hashed)));
        QVERIFY(describe(FixKind::Accept, error(id)).endsWith(u"you are told if it differs."));
        const auto check = m_rig->ask<message::Check>({.job = id, .fixes = {fix::Accept{}}});
        QVERIFY(check && check->server);
        QVERIFY(check->isHashOnlyTold && check->server->isPacked);
        QCOMPARE(check->server->sizeBytes, std::optional(packed::gzip(plainFilm()).size()));
        m_rig->resume(id, {fix::Accept{}});
        QVERIFY(m_rig->reaches(id, JobState::Acknowledged));
        QVERIFY(m_rig->content(kPacked) == packed::gzip(plainFilm()));
        QTEST(m_rig->notes(id), "notes");
    }

    void whatComesBehindTheEndIsLeftOutAndSaid()
    {
        m_server->serve("/film.bin", {.body = packed::gzip(plainFilm()) + "more",
                                      .headers = {{"Content-Encoding", "gzip"}}});
        const JobId id = asked(hashOf(plainFilm()));
        m_rig->resume(id, {fix::Unpack{}});
        QVERIFY(m_rig->reaches(id, JobState::Acknowledged));
        QVERIFY(m_rig->content(kPacked) == plainFilm());
        QCOMPARE(m_rig->notes(id), QList<Note>({Note::RestLeftOut, Note::Unpacked}));
        QTRY_COMPARE(m_rig->listing(), QStringList{kPacked});
    }

    /// Whatever it is at when it is told.
    void aJobThatIsCancelledWhileItIsUnpackedLeavesNothing()
    {
        const QByteArray large(200'000'000, 'x');
        m_server->serve("/film.bin",
                        {.body = packed::gzip(large), .headers = {{"Content-Encoding", "gzip"}}});
        const JobId id = asked();
        m_rig->resume(id, {fix::Unpack{}});
        QVERIFY(m_rig->comesTo([&] {
            const auto file = m_rig->file(id);
            return file.sizeBytes && file.bytesDone == *file.sizeBytes;
        }));
        QCOMPARE(m_rig->cancel(id).done, JobIds{id});
        QVERIFY(m_rig->reaches(id, JobState::Cancelled));
        QTRY_COMPARE(m_rig->listing(), QStringList());
    }

    void whatCannotBeUnpackedIsAQuestion_data()
    {
        QTest::addColumn<QByteArray>("coded");
        QByteArray wrong = packed::gzip(plainFilm());
        wrong[1'000'000] = char(~wrong.at(1'000'000));
        QTest::newRow("cut") << packed::gzip(plainFilm()).chopped(100);
        QTest::newRow("damaged") << wrong;
        QTest::newRow("plain") << plainFilm();
    }
    void whatCannotBeUnpackedIsAQuestion()
    {
        QFETCH(const QByteArray, coded);
        m_server->serve("/film.bin", {.body = coded, .headers = {{"Content-Encoding", "gzip"}}});
        const JobId id = asked();
        m_rig->resume(id, {fix::Unpack{}});
        QVERIFY(m_rig->reaches(id, JobState::Error));
        QCOMPARE(error(id).cause, Cause::HashMismatch);
        QCOMPARE(error(id).reason, std::optional(Reason::NotUnpackable));
        QCOMPARE(fixesFor(error(id)),
                 QList<FixKind>({FixKind::Restart, FixKind::NewLink, FixKind::Accept}));
        QCOMPARE(explain(error(id)).whatHappened,
                 u"What 127.0.0.1 sent cannot be unpacked: it is damaged, not whole, or not "
                 "compressed as it said."_s);
        QTRY_COMPARE(m_rig->listing(), QStringList{kPackedPart});
        const qsizetype before = m_server->requests().size();
        m_rig->resume(id, {fix::Accept{}});
        QVERIFY(m_rig->reaches(id, JobState::Acknowledged));
        QCOMPARE(m_server->requests().size(), before);
        QVERIFY(m_rig->content(kPacked) == coded);
        QTRY_COMPARE(m_rig->listing(), QStringList{kPacked});
    }

    void fetchedAgainItIsUnpackedToo()
    {
        m_server->serve("/film.bin", {.body = packed::gzip(plainFilm()).chopped(1),
                                      .headers = {{"Content-Encoding", "gzip"}}});
        const JobId id = asked();
        m_rig->resume(id, {fix::Unpack{}});
        QVERIFY(m_rig->reaches(id, JobState::Error));
        m_server->serve("/film.bin", packedFilm());
        m_rig->resume(id, {fix::Restart{}});
        QVERIFY(m_rig->reaches(id, JobState::Acknowledged));
        QVERIFY(m_rig->content(kPacked) == plainFilm());
        QTRY_COMPARE(m_rig->listing(), QStringList{kPacked});
    }

    /// No server has the bytes of a file that was unpacked: none of them is mixed with what it has.
    void anUnpackedPartThatIsNotAsItWasIsFetchedAnew_data()
    {
        QTest::addColumn<QString>("deed");
        for (const char *deed : {"overwritten", "cut off", "gone"}) {
            QTest::newRow(deed) << QString::fromLatin1(deed);
        }
    }
    void anUnpackedPartThatIsNotAsItWasIsFetchedAnew()
    {
        QFETCH(const QString, deed);
        const JobId id = withoutName(hashOf(plainFilm()));
        QString part;
        for (const QString &name : m_rig->listing()) {
            if (QFileInfo(m_rig->path(name)).size() == plainFilm().size()) {
                part = m_rig->path(name);
            }
        }
        QVERIFY(!part.isEmpty());
        QFile file(part);
        if (deed == u"gone") {
            QVERIFY(file.remove());
        } else if (deed == u"cut off") {
            QVERIFY(file.resize(plainFilm().size() / 2));
        } else {
            QVERIFY(file.open(QIODevice::ReadWrite) && file.seek(1'200'000));
            QCOMPARE(file.write("????????"), 8);
            file.close();
            const std::array times{timespec{.tv_sec = 0, .tv_nsec = UTIME_OMIT},
                                   timespec{.tv_sec = 1'000'000'000, .tv_nsec = 0}};
            QCOMPARE(::utimensat(AT_FDCWD, QFile::encodeName(part).constData(), times.data(), 0),
                     0);
        }
        m_rig->resume(id, {fix::KeepBoth{}});
        if (deed == u"gone") { // a person is asked where it is
            QVERIFY(m_rig->comesTo([&] {
                const auto &obstacle = m_rig->job(id).obstacle;
                return obstacle && obstacle->cause == Cause::PartMissing;
            }));
            m_rig->resume(id, {fix::Restart{}});
        }
        QVERIFY(m_rig->reaches(id, JobState::Acknowledged));
        QVERIFY(m_rig->content(u"film (1).bin"_s) == plainFilm());
        QTRY_COMPARE(m_rig->listing(), QStringList({u"film (1).bin"_s, kPacked}));
    }

    void nothingButOneKnownCodingIsOfferedToBeUndone_data()
    {
        QTest::addColumn<QByteArray>("coding");
        for (const char *coding : {"br", "zstd", "gzip, gzip", "x-compress"}) {
            QTest::newRow(coding) << QByteArray(coding);
        }
    }
    void nothingButOneKnownCodingIsOfferedToBeUndone()
    {
        QFETCH(const QByteArray, coding);
        m_server->serve("/film.bin",
                        {.body = plainFilm(), .headers = {{"Content-Encoding", coding}}});
        const JobId id = asked();
        QVERIFY(!fixesFor(error(id)).contains(FixKind::Unpack));
        const auto outcome = m_rig->resume(id, {fix::Unpack{}});
        QCOMPARE(outcome.done, JobIds{});
        QCOMPARE(outcome.refused.value(0).kind, RefusalKind::FixDoesNotApply);
    }
};

BELLHOP_TEST(UnpackingTest)
#include "tst_unpacking.moc"
