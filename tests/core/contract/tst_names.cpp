// SPDX-License-Identifier: Apache-2.0
#include "core/remedy/catalogue.h"
#include "core/words/explain.h"
#include "tests/core/contract/half_fetched.h"
#include "tests/support/http_message.h"
#include "tests/support/manual_rig.h"
#include "tests/support/pretty.h"
#include "tests/support/test_program.h"

using namespace core;
using namespace Qt::StringLiterals;

namespace {

constexpr qint64 kNamedBytes = 5000;

Resource namedFile(quint64 seed = 1, const HeaderFields &fields = {})
{
    return {.body = Body::pattern(seed, kNamedBytes), .headers = fields};
}

} // namespace

/// What files are called, and what comes of it when something else is called so.
class NamesTest final : public QObject {
    Q_OBJECT

private:
    HttpServer *m_server = nullptr;
    ManualRig *m_rig = nullptr;

    [[nodiscard]] JobId download(const QString &path, ExistingFile existing,
                                 const QString &name = {}) const
    {
        JobSpec spec = m_rig->spec({m_server->url(path)});
        spec.files.first().name = name;
        spec.options.existing = existing;
        return m_rig->download(spec);
    }

private Q_SLOTS:
    void init()
    {
        QTest::failOnWarning(QRegularExpression(QStringLiteral(".*")));
        m_server = new HttpServer(this);
        m_rig = new ManualRig;
    }
    void cleanup()
    {
        delete std::exchange(m_rig, nullptr);
        delete std::exchange(m_server, nullptr);
    }

    void aFileAndItsJobAreCalledAsTheServerSays_data()
    {
        QTest::addColumn<QByteArray>("path");
        QTest::addColumn<HeaderFields>("fields");
        QTest::addColumn<QString>("name");
        const auto row = [](const char *path, const HeaderFields &fields, const QString &name) {
            QTest::addRow("%s %s", path, fields.isEmpty() ? "" : fields.first().second.constData())
                << QByteArray(path) << fields << name;
        };
        const auto disposition = [](const QByteArray &value) {
            return HeaderField{"Content-Disposition", value};
        };
        row("/a.bin", {}, u"a.bin"_s);
        row("/get?id=7", {disposition("attachment; filename=\"f\\oo.html\"")}, u"foo.html"_s);
        row("/get", {disposition("attachment; filename=\"O\\'Brien.pdf\"")}, u"O'Brien.pdf"_s);
        row("/get", {disposition("attachment; filename=\"\x93x\x94 \x80.txt\"")}, u"“x” €.txt"_s);
        row("/get", {disposition("attachment; filename*=EUC-JP''%A4%A2.txt")}, u"あ.txt"_s);
        row("/get", {disposition("attachment; filename*=UTF-8''%E4%.txt; filename=good.txt")},
            u"good.txt"_s);
        row("/get", {disposition("attachment; filename="), disposition("inline; filename=b.txt")},
            u"b.txt"_s);
        row("/get",
            {disposition("attachment; filename=\"\xd9\x85\xdb\x8c\xe2\x80\x8c\xd8\xae.txt\"")},
            u"می\u200cخ.txt"_s);
        row("/get",
            {disposition("attachment; filename=\"a\xe2\x80\xae"
                         "fdp.exe\"")},
            u"afdp.exe"_s);
        row("/report", {{"Content-Type", "application/pdf"}}, u"report.pdf"_s);
        row("/report", {{"Content-Type", "application/octet-stream"}}, u"report"_s);
        row("/", {{"Content-Type", "application/zip"}}, u"download.zip"_s);
    }
    void aFileAndItsJobAreCalledAsTheServerSays()
    {
        QFETCH(QByteArray, path);
        QFETCH(HeaderFields, fields);
        QFETCH(QString, name);
        Resource file = namedFile();
        if (fields.value(0).first == "Content-Type") {
            file.contentType = fields.takeFirst().second;
        }
        file.headers = fields;
        m_server->serve(path, file);
        const JobId id = m_rig->download({m_server->url(QString::fromLatin1(path))});
        QVERIFY(m_rig->reaches(id, JobState::Acknowledged));
        QCOMPARE(m_rig->listing(), QStringList{name});
        QCOMPARE(m_rig->file(id).name, name);
        QCOMPARE(m_rig->job(id).name, name);
        QCOMPARE(m_server->requests().size(), 1);
    }

    void aJobThatHasANameKeepsIt()
    {
        m_server->serve("/get",
                        namedFile(1, {{"Content-Disposition", "attachment; filename=a.b"}}));
        JobSpec spec = m_rig->spec({m_server->url(u"/get"_s)});
        spec.name = u"Mine"_s;
        const JobId id = m_rig->download(spec);
        QVERIFY(m_rig->reaches(id, JobState::Acknowledged));
        QCOMPARE(m_rig->job(id).name, u"Mine"_s);
    }

    void filesOfOneJobAndOneNameAreSiblings_data()
    {
        QTest::addColumn<ExistingFile>("existing");
        for (const ExistingFile each : allOf<ExistingFile>()) {
            QTest::newRow(name(each)) << each;
        }
    }
    void filesOfOneJobAndOneNameAreSiblings()
    {
        QFETCH(ExistingFile, existing);
        for (int i = 0; i < 3; ++i) {
            m_server->serve("/" + QByteArray::number(i) + "/film.bin", namedFile(quint64(i)));
        }
        m_rig->limitTo(1); // in the order of the list
        JobSpec spec =
            m_rig->spec({m_server->url(u"/0/film.bin"_s), m_server->url(u"/1/film.bin"_s),
                         m_server->url(u"/2/film.bin"_s)});
        spec.options.existing = existing;
        const JobId id = m_rig->download(spec);
        QVERIFY(m_rig->reaches(id, JobState::Acknowledged));
        const QStringList names{u"film (1).bin"_s, u"film (2).bin"_s, u"film.bin"_s};
        QCOMPARE(m_rig->listing(), names);
        QCOMPARE(m_rig->content(u"film.bin"_s), patternBytes(0, 0, kNamedBytes));
        QCOMPARE(m_rig->content(u"film (1).bin"_s), patternBytes(1, 0, kNamedBytes));
        QCOMPARE(m_rig->content(u"film (2).bin"_s), patternBytes(2, 0, kNamedBytes));
        QCOMPARE(m_rig->notes(id), QList<Note>(2, Note::NumberedName));
    }

    void aNameThatWasMadeUpReplacesNothing_data() { filesOfOneJobAndOneNameAreSiblings_data(); }
    void aNameThatWasMadeUpReplacesNothing()
    {
        QFETCH(ExistingFile, existing);
        m_server->serve("/0/film.bin", namedFile(0));
        m_server->serve("/1/film.bin", namedFile(1));
        m_rig->plant(u"film (1).bin"_s, "mine");
        m_rig->limitTo(1);
        JobSpec spec =
            m_rig->spec({m_server->url(u"/0/film.bin"_s), m_server->url(u"/1/film.bin"_s)});
        spec.options.existing = existing;
        const JobId id = m_rig->download(spec);
        const bool isAsked = existing == ExistingFile::Ask;
        QVERIFY(m_rig->reaches(id, isAsked ? JobState::Error : JobState::Acknowledged));
        QCOMPARE(m_rig->content(u"film (1).bin"_s), QByteArray("mine"));
        if (isAsked) {
            QCOMPARE(m_rig->job(id).error->cause, Cause::NameExists);
            m_rig->resume(id, {fix::KeepBoth{}});
            QVERIFY(m_rig->reaches(id, JobState::Acknowledged));
            QCOMPARE(m_rig->content(u"film (1).bin"_s), QByteArray("mine"));
        }
        QCOMPARE(m_rig->content(u"film.bin"_s), patternBytes(0, 0, kNamedBytes));
        const bool isSkipped = existing == ExistingFile::Skip;
        QCOMPARE(m_rig->file(id, 1).state, isSkipped ? FileState::Unwanted : FileState::Published);
        QCOMPARE(m_rig->listing().size(), isSkipped ? 2 : 3);
    }

    /// What is there is the file of the first of them, so the second one is not here yet.
    void whoSkipsWhatIsThereDoesNotSkipItsSibling_data()
    {
        QTest::addColumn<int>("atOnce");
        QTest::newRow("one after the other") << 1;
        QTest::newRow("at once") << 6;
    }
    void whoSkipsWhatIsThereDoesNotSkipItsSibling()
    {
        QFETCH(int, atOnce);
        m_server->serve("/0/film.bin", namedFile(0));
        m_server->serve("/1/film.bin", namedFile(1));
        m_server->serve("/2/film.bin", namedFile(2));
        m_rig->plant(u"film.bin"_s, "mine");
        m_rig->plant(u"film (1).bin"_s, "mine, too");
        m_rig->limitTo(atOnce);
        m_server->next("/1/film.bin", {step::WaitFor{"second"}, step::Serve{}});
        JobSpec spec =
            m_rig->spec({m_server->url(u"/0/film.bin"_s), m_server->url(u"/1/film.bin"_s),
                         m_server->url(u"/2/film.bin"_s)});
        spec.options.existing = ExistingFile::Skip;
        const JobId id = m_rig->download(spec);
        if (atOnce > 1) { // the last one is named first
            QVERIFY(m_rig->comesTo([&] { return m_rig->job(id).progress.filesDone == 1; }));
        }
        m_server->release("second");
        QVERIFY(m_rig->reaches(id, JobState::Acknowledged));
        QCOMPARE(m_rig->listing(),
                 (QStringList{u"film (1).bin"_s, u"film (2).bin"_s, u"film.bin"_s}));
        QCOMPARE(m_rig->content(u"film (2).bin"_s), patternBytes(2, 0, kNamedBytes));
    }

    void aFolderThatHasTheNameIsCalledOne_data() { filesOfOneJobAndOneNameAreSiblings_data(); }
    void aFolderThatHasTheNameIsCalledOne()
    {
        QFETCH(ExistingFile, existing);
        m_server->serve("/film.bin", namedFile());
        QVERIFY(QDir(m_rig->folder.path()).mkdir(u"film.bin"_s));
        const JobId id = download(u"/film.bin"_s, existing);
        if (existing == ExistingFile::KeepBoth || existing == ExistingFile::Skip) {
            QVERIFY(m_rig->reaches(id, JobState::Acknowledged));
            return;
        }
        QVERIFY(m_rig->reaches(id, JobState::Error));
        const JobError error = *m_rig->job(id).error;
        QCOMPARE(error.cause, Cause::NotRegularFile);
        QCOMPARE(error.reason, std::optional(Reason::IsFolder));
        QVERIFY(!fixesFor(error).contains(FixKind::Replace));
        QVERIFY(explain(error).whatHappened.startsWith(u"There is a folder named"));
        m_rig->resume(id, {fix::OtherName{u"b.bin"_s, 0}});
        QVERIFY(m_rig->reaches(id, JobState::Acknowledged));
        QCOMPARE(m_rig->content(u"b.bin"_s), patternBytes(1, 0, kNamedBytes));
    }

    void theNumbersGoByOrderWhoeverAnswersFirst()
    {
        for (int i = 0; i < 3; ++i) {
            m_server->serve("/" + QByteArray::number(i) + "/film.bin", namedFile(quint64(i)));
        }
        m_server->next("/0/film.bin", {step::WaitFor{"last"}, step::Serve{}});
        m_server->next("/1/film.bin", {step::WaitFor{"second"}, step::Serve{}});
        const JobId id = m_rig->download(
            m_rig->spec({m_server->url(u"/0/film.bin"_s), m_server->url(u"/1/film.bin"_s),
                         m_server->url(u"/2/film.bin"_s)}));
        QVERIFY(m_rig->comesTo([&] { return m_rig->job(id).progress.filesDone == 1; }));
        m_server->release("second");
        QVERIFY(m_rig->comesTo([&] { return m_rig->job(id).progress.filesDone == 2; }));
        m_server->release("last");
        QVERIFY(m_rig->reaches(id, JobState::Acknowledged));
        QCOMPARE(m_rig->content(u"film.bin"_s), patternBytes(0, 0, kNamedBytes));
        QCOMPARE(m_rig->content(u"film (1).bin"_s), patternBytes(1, 0, kNamedBytes));
        QCOMPARE(m_rig->content(u"film (2).bin"_s), patternBytes(2, 0, kNamedBytes));
    }

    /// One that was named again after it is no stranger, whom anybody would be asked about.
    void aNameThatASiblingHasGetsANumber()
    {
        m_server->serve("/q.bin", namedFile(1));
        m_server->refuse("/r.bin", 404);
        const JobId id =
            m_rig->download(m_rig->spec({m_server->url(u"/q.bin"_s), m_server->url(u"/r.bin"_s)}));
        QVERIFY(m_rig->reaches(id, JobState::Error));
        m_server->serve("/r.bin", namedFile(2));
        m_rig->resume(id, {fix::OtherName{u"q.bin"_s, 1}});
        QVERIFY(m_rig->reaches(id, JobState::Acknowledged));
        QCOMPARE(m_rig->listing(), (QStringList{u"q (1).bin"_s, u"q.bin"_s}));
        QCOMPARE(m_rig->content(u"q (1).bin"_s), patternBytes(2, 0, kNamedBytes));
        QCOMPARE(m_rig->notes(id), QList<Note>{Note::NumberedName});
    }

    void aNameThatIsTakenIsNoticedBeforeAnythingIsFetched_data()
    {
        QTest::addColumn<Fixes>("fixes");
        QTest::addColumn<QStringList>("names");
        QTest::newRow("keep both")
            << Fixes{fix::KeepBoth{}} << QStringList{u"film (1).bin"_s, u"film.bin"_s};
        QTest::newRow("replace") << Fixes{fix::Replace{}} << QStringList{u"film.bin"_s};
        QTest::newRow("another name")
            << Fixes{fix::OtherName{.name = u"b.bin"_s}} << QStringList{u"b.bin"_s, u"film.bin"_s};
    }
    void aNameThatIsTakenIsNoticedBeforeAnythingIsFetched()
    {
        QFETCH(Fixes, fixes);
        QFETCH(QStringList, names);
        m_server->serve("/film.bin", namedFile());
        m_server->holdAfter("/film.bin", 1000, "gate");
        m_rig->plant(u"film.bin"_s, "mine");
        const JobId id = m_rig->download({m_server->url(u"/film.bin"_s)});
        QVERIFY(m_rig->reaches(id, JobState::Error));
        QCOMPARE(m_rig->job(id).error->cause, Cause::NameExists);
        QCOMPARE(explain(*m_rig->job(id).error).whatIsSafe,
                 u"Nothing was fetched yet, and the one that is there has not been touched."_s);
        QCOMPARE(m_rig->listing(), QStringList{u"film.bin"_s}); // and no part
        const JobId again = m_rig->download({m_server->url(u"/film.bin"_s)});
        QVERIFY(m_rig->reaches(again, JobState::Error));
        QCOMPARE(m_rig->listing(), QStringList{u"film.bin"_s});
        QCOMPARE(m_rig->content(u"film.bin"_s), QByteArray("mine"));
        m_server->release("gate");
        m_rig->resume(id, fixes);
        QVERIFY(m_rig->reaches(id, JobState::Acknowledged));
        QCOMPARE(m_rig->listing(), names);
    }

    void whatIsToBeReplacedIsThatOfOnePlaceOnly_data()
    {
        QTest::addColumn<bool>("isOfJob");
        QTest::newRow("said of the file") << false;
        QTest::newRow("said of the job") << true;
    }
    void whatIsToBeReplacedIsThatOfOnePlaceOnly()
    {
        QFETCH(bool, isOfJob);
        m_server->serve("/film.bin", namedFile());
        m_server->holdAfter("/film.bin", 1000, "gate");
        m_rig->plant(u"film.bin"_s, "mine");
        QVERIFY(QDir(m_rig->folder.path()).mkdir(u"other"_s));
        m_rig->plant(u"other/film.bin"_s, "theirs");
        const JobId id =
            download(u"/film.bin"_s, isOfJob ? ExistingFile::Replace : ExistingFile::Ask);
        if (!isOfJob) {
            QVERIFY(m_rig->reaches(id, JobState::Error));
            m_rig->resume(id, {fix::Replace{}});
        }
        QTRY_VERIFY(m_rig->file(id).bytesDone > 0);
        m_rig->suspend(id);
        QVERIFY(m_rig->reaches(id, JobState::Suspended));
        m_server->release("gate");
        m_rig->resume(id, {fix::OtherFolder{.folder = m_rig->path(u"other"_s)}});
        QVERIFY(m_rig->reaches(id, JobState::Transferred));
        QTRY_VERIFY(m_rig->job(id).obstacle);
        QCOMPARE(m_rig->job(id).obstacle->cause, Cause::NameExists);
        QCOMPARE(m_rig->content(u"other/film.bin"_s), QByteArray("theirs"));
        m_rig->resume(id, {fix::OtherName{.name = u"b.bin"_s}, fix::Replace{}});
        QVERIFY(m_rig->reaches(id, JobState::Acknowledged));
        QCOMPARE(m_rig->content(u"other/film.bin"_s), QByteArray("theirs"));
        QCOMPARE(m_rig->content(u"film.bin"_s), QByteArray("mine"));
    }

    void nobodyIsSaidToHaveBeenAskedWhereTheNameIsTaken()
    {
        m_server->serve("/film.bin", namedFile());
        m_rig->plant(u"mine.bin"_s, "mine");
        const JobId id = download(u"/film.bin"_s, ExistingFile::Ask, u"mine.bin"_s);
        QVERIFY(m_rig->reaches(id, JobState::Error));
        QVERIFY(m_server->requests("/film.bin").isEmpty());
        QVERIFY(half_fetched::happened<happening::AttemptStarted>(m_rig, id).isEmpty());
        m_rig->resume(id, {fix::KeepBoth{}});
        QVERIFY(m_rig->reaches(id, JobState::Acknowledged));
        QCOMPARE(half_fetched::happened<happening::AttemptStarted>(m_rig, id).size(), 1);
    }

    void somethingElseUnderTheNameIsNoticedToo()
    {
        m_server->serve("/film.bin", namedFile());
        QVERIFY(QDir(m_rig->folder.path()).mkdir(u"film.bin"_s));
        const JobId id = download(u"/film.bin"_s, ExistingFile::Replace);
        QVERIFY(m_rig->reaches(id, JobState::Error));
        QCOMPARE(m_rig->job(id).error->cause, Cause::NotRegularFile);
        QCOMPARE(m_rig->listing(), QStringList{u"film.bin"_s});
    }

    void aNameThatIsKnownIsLookedAtBeforeAnybodyIsAsked_data()
    {
        QTest::addColumn<ExistingFile>("existing");
        QTest::addColumn<QString>("path");
        QTest::addColumn<QString>("given");
        QTest::addColumn<int>("requests");
        QTest::newRow("skip, given") << ExistingFile::Skip << u"/get"_s << u"film.bin"_s << 0;
        QTest::newRow("skip, in the link")
            << ExistingFile::Skip << u"/film.bin?x"_s << QString() << 0;
        QTest::newRow("skip, not in the link") << ExistingFile::Skip << u"/get"_s << QString() << 1;
        QTest::newRow("ask, given") << ExistingFile::Ask << u"/get"_s << u"film.bin"_s << 0;
        QTest::newRow("ask, in the link") << ExistingFile::Ask << u"/film.bin"_s << QString() << 1;
    }
    void aNameThatIsKnownIsLookedAtBeforeAnybodyIsAsked()
    {
        QFETCH(ExistingFile, existing);
        QFETCH(QString, path);
        QFETCH(QString, given);
        m_server->serve("/film.bin", namedFile());
        m_server->serve("/get",
                        namedFile(1, {{"Content-Disposition", "inline; filename=film.bin"}}));
        m_rig->plant(u"film.bin"_s, "mine");
        const JobId id = download(path, existing, given);
        const bool isSkipped = existing == ExistingFile::Skip;
        QVERIFY(m_rig->reaches(id, isSkipped ? JobState::Acknowledged : JobState::Error));
        QCOMPARE(m_rig->file(id).state, isSkipped ? FileState::Unwanted : FileState::Failed);
        QTEST(int(m_server->requests().size()), "requests");
        QCOMPARE(m_rig->listing(), QStringList{u"film.bin"_s});
        QCOMPARE(m_rig->file(id).name, u"film.bin"_s);
        if (isSkipped) { // it is told of those only who were asked
            QCOMPARE(half_fetched::happened<happening::AttemptStarted>(m_rig, id).size(),
                     m_server->requests().size());
        }
    }

    void whoKeepsBothSeesTheNameOnTheDisk()
    {
        m_server->serve("/film.bin", namedFile());
        m_rig->plant(u"film.bin"_s, "mine");
        const JobId id = download(u"/film.bin"_s, ExistingFile::KeepBoth);
        QVERIFY(m_rig->reaches(id, JobState::Acknowledged));
        QCOMPARE(m_rig->file(id).name, u"film (1).bin"_s);
        QCOMPARE(m_rig->job(id).name, u"film (1).bin"_s);
        QVERIFY(m_rig->file(id).path.endsWith(u"/film (1).bin"));
        QCOMPARE(m_rig->content(u"film.bin"_s), "mine");
    }
};

BELLHOP_TEST(NamesTest)
#include "tst_names.moc"
