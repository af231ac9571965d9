// SPDX-License-Identifier: Apache-2.0
#include "core/remedy/catalogue.h"
#include "tests/support/manual_rig.h"
#include "tests/support/pretty.h"
#include "tests/support/test_program.h"

#include <QCryptographicHash>

using namespace core;

/// An upload by tus: on from where the server is, whatever came in between.
class TusUploadsTest : public QObject {
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

    void itIsSpokenWhereTheAddressSaysSo();
    void itGoesOnFromWhereTheServerIs();
    void whatTheServerHasForgottenIsSentAnew();
    void nothingIsJoinedToAPartOfAnotherFile();
    void anOffsetThatCannotBeIsNotBelieved_data();
    void anOffsetThatCannotBeIsNotBelieved();
    void aPieceThatArrivedDamagedIsSentAgain();
    void anotherServerIsAskedAbout();
    void aServerThatDoesNotSpeakItIsToldOf_data();
    void aServerThatDoesNotSpeakItIsToldOf();
    void aServerThatSpeaksNothingElseIsSentToByIt();
    void whatIsTooLargeIsNotBegun();
    void theServerIsToldToForgetACancelledUpload();
    void theServerIsToldToForgetWhatIsNotGoneOnWith_data();
    void theServerIsToldToForgetWhatIsNotGoneOnWith();
    void whatIsAskedAboutNamesIsSaidToHaveNoMeaning();
    void aServerThatCannotBeToldIsLeftToForget();
    void aChecksumGoesWithEachPieceWhereItIsOffered();

private:
    static inline const QString kName = QStringLiteral("film.mp4");
    static inline const QByteArray kBytes = patternBytes(3, 0, 300'000);
    static constexpr const char *kPlace = "/up/";
    static constexpr const char *kPart = "/up/17";

    static Script head(int status, HeaderFields fields = {})
    {
        fields.prepend({"Tus-Resumable", "1.0.0"});
        return {step::Send{response(status, fields)}};
    }
    static Script offset(qint64 bytes, int status = 204)
    {
        HeaderFields fields{{"Tus-Resumable", "1.0.0"},
                            {"Upload-Offset", QByteArray::number(bytes)},
                            {"Upload-Length", QByteArray::number(kBytes.size())}};
        return {step::Send{responseHead(status, fields)}};
    }
    void answer(const char *path, const QList<Script> &answers)
    {
        for (const Script &each : answers) {
            m_server->next(path, each);
        }
    }
    [[nodiscard]] JobSpec spec(UploadProtocol protocol = UploadProtocol::Tus) const
    {
        return m_rig->uploadSpec(kName, m_server->url(QString::fromLatin1(kPlace)), protocol);
    }
    [[nodiscard]] QString asked() const
    {
        QStringList made;
        for (const HttpRequest &request : m_server->requests()) {
            made.append(QString::fromLatin1(request.method));
        }
        return made.join(u' ');
    }
    [[nodiscard]] QList<HttpRequest> patches() const
    {
        QList<HttpRequest> made = m_server->requests();
        made.removeIf([](const HttpRequest &request) { return request.method != "PATCH"; });
        return made;
    }
    /// A job of which the server has so much, and nobody is connected any more.
    [[nodiscard]] JobId begun()
    {
        answer(kPlace, {kManners, kMade});
        answer(kPart, {{step::Close{}}});
        answer(kPart, {offset(100'000, 200), {step::Stall{}}});
        const JobId id = m_rig->upload(spec());
        const bool isBegun = m_rig->comesTo(
            [this] { return patches().size() == 2 && patches().last().bodyBytes == 200'000; });
        require(isBegun, QStringLiteral("no second piece"));
        m_rig->suspend(id);
        require(m_rig->reaches(id, JobState::Suspended), kName);
        return id;
    }

    std::unique_ptr<ManualRig> m_rig;
    std::unique_ptr<HttpServer> m_server;
    const Script kManners = head(204, {{"Tus-Version", "1.0.0"}, {"Tus-Extension", "creation"}});
    const Script kMade = head(201, {{"Location", "/up/17"}});
    const Script kGone = head(404);
};

void TusUploadsTest::itIsSpokenWhereTheAddressSaysSo()
{
    answer(kPlace, {kManners, kMade});
    answer(kPart, {offset(kBytes.size())});
    const JobId id = m_rig->upload(spec(UploadProtocol::Auto));
    QVERIFY(m_rig->reaches(id, JobState::Acknowledged));
    QCOMPARE(asked(), QStringLiteral("OPTIONS POST PATCH"));
    const HttpRequest made = m_server->requests().at(1);
    QCOMPARE(made.header("Upload-Length").value_or(""), QByteArray::number(kBytes.size()));
    QCOMPARE(made.header("Upload-Metadata").value_or(""),
             "filename " + QByteArray("film.mp4").toBase64());
    QCOMPARE(patches().first().header("Upload-Offset").value_or(""), "0");
    QCOMPARE(patches().first().header("Content-Type").value_or(""),
             "application/offset+octet-stream");
    QCOMPARE(patches().first().body, kBytes);
}

void TusUploadsTest::itGoesOnFromWhereTheServerIs()
{
    const JobId id = begun();
    QCOMPARE(m_rig->job(id).progress.bytesDone, 100'000);
    QCOMPARE(patches().last().body, kBytes.mid(100'000));
    answer(kPlace, {kManners});
    answer(kPart, {offset(200'000, 200), offset(kBytes.size())});
    m_rig->resume(id);
    QVERIFY(m_rig->reaches(id, JobState::Acknowledged));
    QCOMPARE(patches().last().header("Upload-Offset").value_or(""), "200000");
    QCOMPARE(patches().last().body, kBytes.mid(200'000));
}

void TusUploadsTest::whatTheServerHasForgottenIsSentAnew()
{
    const JobId id = begun();
    answer(kPlace, {kManners, head(201, {{"Location", "18"}})});
    answer(kPart, {kGone});
    answer("/up/18", {offset(kBytes.size())});
    m_rig->resume(id);
    QVERIFY(m_rig->reaches(id, JobState::Acknowledged));
    QCOMPARE(m_rig->notes(id), QList<Note>{Note::UploadForgotten});
    QCOMPARE(patches().last().path, "/up/18");
    QCOMPARE(patches().last().body, kBytes);
}

void TusUploadsTest::nothingIsJoinedToAPartOfAnotherFile()
{
    const JobId id = begun();
    m_rig->plant(kName, patternBytes(4, 0, kBytes.size()));
    m_rig->resume(id);
    QVERIFY(m_rig->reaches(id, JobState::Error));
    QCOMPARE(name(m_rig->job(id).error->cause), name(Cause::SourceChanged));
    answer(kPlace, {kManners, head(201, {{"Location", "18"}})});
    answer("/up/18", {offset(kBytes.size())});
    m_rig->resume(id, {fix::OtherSource{m_rig->path(kName)}});
    QVERIFY(m_rig->reaches(id, JobState::Acknowledged));
    QCOMPARE(patches().last().path, "/up/18");
    QCOMPARE(patches().last().body, patternBytes(4, 0, kBytes.size()));
}

void TusUploadsTest::anOffsetThatCannotBeIsNotBelieved_data()
{
    QTest::addColumn<Script>("said");
    const auto row = [](const char *name, const HeaderFields &fields) {
        QTest::newRow(name) << Script{step::Send{responseHead(204, fields)}};
    };
    row("none", {});
    row("behind the end", {{"Upload-Offset", "300001"}});
    row("before the piece", {{"Upload-Offset", "-1"}});
    row("no number", {{"Upload-Offset", "all"}});
}

void TusUploadsTest::anOffsetThatCannotBeIsNotBelieved()
{
    QFETCH(const Script, said);
    JobSpec asked = spec();
    asked.options.noProgressTimeout = std::chrono::milliseconds(0); // every error is final
    answer(kPlace, {kManners, kMade});
    answer(kPart, {said});
    const JobId id = m_rig->upload(asked);
    QVERIFY(m_rig->reaches(id, JobState::Error));
    QCOMPARE(name(m_rig->job(id).error->cause), name(Cause::BadAnswer));
    QCOMPARE(m_rig->job(id).error->fileBytesDone, 0);
}

void TusUploadsTest::aPieceThatArrivedDamagedIsSentAgain()
{
    answer(kPlace, {kManners, kMade});
    answer(kPart, {head(460), offset(0, 200), offset(kBytes.size())});
    const JobId id = m_rig->upload(spec());
    QVERIFY(m_rig->reaches(id, JobState::Acknowledged));
    QCOMPARE(asked(), QStringLiteral("OPTIONS POST PATCH HEAD PATCH"));
}

void TusUploadsTest::anotherServerIsAskedAbout()
{
    answer(kPlace, {kManners, head(201, {{"Location", "https://other.example/up/17"}})});
    const JobId id = m_rig->upload(spec());
    QVERIFY(m_rig->reaches(id, JobState::Error));
    QCOMPARE(name(m_rig->job(id).error->cause), name(Cause::UploadElsewhere));
    QCOMPARE(m_rig->job(id).error->url.host(), QStringLiteral("other.example"));
    QVERIFY(patches().isEmpty());
}

void TusUploadsTest::aServerThatDoesNotSpeakItIsToldOf_data()
{
    QTest::addColumn<Script>("said");
    QTest::newRow("nothing there") << Script{step::Send{response(404)}};
    QTest::newRow("not that method") << Script{step::Send{response(405)}};
    QTest::newRow("a page") << Script{
        step::Send{response(200, {{"Content-Type", "text/html"}}, "<p>Hello</p>")}};
}

void TusUploadsTest::aServerThatDoesNotSpeakItIsToldOf()
{
    QFETCH(const Script, said);
    answer(kPlace, {{step::Send{response(405)}}, said});
    const JobId id = m_rig->upload(spec());
    QVERIFY(m_rig->reaches(id, JobState::Error));
    const JobError error = *m_rig->job(id).error;
    QCOMPARE(name(error.cause), name(Cause::UploadNotTaken));
    QCOMPARE(name(error.step), name(Step::Prepare));
    QCOMPARE(asked(), QStringLiteral("OPTIONS POST"));
    QCOMPARE(fixesFor(error).value(0), FixKind::OtherProtocol);

    const Script missing{step::Send{responseHead(404, {{"Content-Length", "0"}})}};
    const Script stored{
        step::Send{responseHead(200, {{"Content-Length", QByteArray::number(kBytes.size())}})}};
    answer("/up/film.mp4", {missing, {step::Send{response(201)}}, stored});
    QCOMPARE(m_rig->resume(id, {fix::OtherProtocol{UploadProtocol::Put}}).done, JobIds{id});
    QVERIFY(m_rig->reaches(id, JobState::Acknowledged));
    QCOMPARE(asked(), QStringLiteral("OPTIONS POST HEAD PUT HEAD"));
    QCOMPARE(m_server->requests().at(3).body, kBytes);
}

void TusUploadsTest::aServerThatSpeaksNothingElseIsSentToByIt()
{
    const QByteArray there = "/up/film.mp4";
    m_server->next(there, {step::Send{responseHead(404, {{"Content-Length", "0"}})}});
    m_server->next(there, {step::Send{response(412, {{"Tus-Version", "1.0.0"}})}});
    const JobId id = m_rig->upload(spec(UploadProtocol::Put));
    QVERIFY(m_rig->reaches(id, JobState::Error));
    QCOMPARE(name(m_rig->job(id).error->cause), name(Cause::UploadNotTaken));
    QCOMPARE(protocolInstead(*m_rig->job(id).error), std::optional(UploadProtocol::Tus));
    answer(kPlace, {kManners, kMade});
    answer(kPart, {offset(kBytes.size())});
    m_rig->resume(id, {fix::OtherProtocol{UploadProtocol::Tus}});
    QVERIFY(m_rig->reaches(id, JobState::Acknowledged));
    QCOMPARE(asked(), QStringLiteral("HEAD PUT OPTIONS POST PATCH"));
}

void TusUploadsTest::whatIsTooLargeIsNotBegun()
{
    answer(kPlace, {head(204, {{"Tus-Version", "1.0.0"}, {"Tus-Max-Size", "299999"}})});
    const JobId id = m_rig->upload(spec());
    QVERIFY(m_rig->reaches(id, JobState::Error));
    QCOMPARE(name(m_rig->job(id).error->cause), name(Cause::UploadTooLarge));
    QCOMPARE(asked(), QStringLiteral("OPTIONS"));
}

void TusUploadsTest::theServerIsToldToForgetACancelledUpload()
{
    const JobId id = begun();
    answer(kPart, {head(204)});
    m_rig->cancel(id);
    QVERIFY(m_rig->comesTo([this] { return m_server->requests().last().method == "DELETE"; }));
    QCOMPARE(m_server->requests().last().path, kPart);
    QVERIFY(m_rig->notes(id).isEmpty());
    QCOMPARE(m_rig->content(kName), kBytes);
    m_rig->restart();
    m_rig->settle();
    QCOMPARE(asked().count(QStringLiteral("DELETE")), 1);
}

void TusUploadsTest::theServerIsToldToForgetWhatIsNotGoneOnWith_data()
{
    QTest::addColumn<Fix>("fix");
    QTest::newRow("from the start") << Fix(fix::Restart{});
    QTest::newRow("elsewhere") << Fix(fix::NewLink{});
    QTest::newRow("another file") << Fix(fix::OtherSource{});
}

void TusUploadsTest::theServerIsToldToForgetWhatIsNotGoneOnWith()
{
    QFETCH(Fix, fix);
    const JobId id = begun();
    if (auto *link = std::get_if<fix::NewLink>(&fix)) {
        link->url = m_server->url(QStringLiteral("/else/"));
    } else if (auto *source = std::get_if<fix::OtherSource>(&fix)) {
        source->path = m_rig->path(QStringLiteral("other"));
        m_rig->plant(QStringLiteral("other"), patternBytes(4, 0, kBytes.size()));
    }
    for (const char *place : {kPlace, "/else/"}) {
        answer(place, {kManners, head(201, {{"Location", "/up/18"}})});
    }
    answer(kPart, {head(204)});
    answer("/up/18", {offset(kBytes.size())});
    QCOMPARE(m_rig->resume(id, {fix}).done, JobIds{id});
    QVERIFY(m_rig->reaches(id, JobState::Acknowledged));
    QVERIFY(m_rig->comesTo([this] { return asked().contains(u"DELETE"); }));
    QCOMPARE(m_server->requests(kPart).last().method, "DELETE");
    QVERIFY(m_rig->notes(id).isEmpty());
}

void TusUploadsTest::whatIsAskedAboutNamesIsSaidToHaveNoMeaning()
{
    answer(kPlace, {kManners, kMade});
    answer(kPart, {offset(kBytes.size())});
    JobSpec asked = spec(UploadProtocol::Auto);
    asked.options.existing = ExistingFile::Replace;
    const JobId id = m_rig->upload(asked);
    QVERIFY(m_rig->reaches(id, JobState::Acknowledged));
    QCOMPARE(m_rig->notes(id), QList<Note>{Note::NamesByServer});
}

void TusUploadsTest::aServerThatCannotBeToldIsLeftToForget()
{
    const JobId id = begun();
    answer(kPart, {head(500), head(500), head(500)});
    m_rig->cancel(id);
    QVERIFY(m_rig->reachesInTime(id, JobState::Cancelled));
    const auto isNoted = [&] { return m_rig->notes(id) == QList<Note>{Note::PartLeftOnServer}; };
    QVERIFY(m_rig->comesTo([&] {
        m_rig->clock.advance(std::chrono::milliseconds(100));
        return isNoted();
    }));
    QCOMPARE(asked().count(QStringLiteral("DELETE")), 3);
}

void TusUploadsTest::aChecksumGoesWithEachPieceWhereItIsOffered()
{
    answer(kPlace, {head(204, {{"Tus-Version", "1.0.0"},
                               {"Tus-Extension", "creation,checksum"},
                               {"Tus-Checksum-Algorithm", "md5,sha1,sha256"}}),
                    kMade});
    answer(kPart, {offset(kBytes.size())});
    const JobId id = m_rig->upload(spec());
    QVERIFY(m_rig->reaches(id, JobState::Acknowledged));
    QCOMPARE(patches().first().header("Upload-Checksum").value_or(""),
             "sha256 " + QCryptographicHash::hash(kBytes, QCryptographicHash::Sha256).toBase64());
}

BELLHOP_TEST(TusUploadsTest)
#include "tst_tus_uploads.moc"
