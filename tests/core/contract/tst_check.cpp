// SPDX-License-Identifier: Apache-2.0
#include "core/words/explain_check.h"
#include "tests/core/contract/half_fetched.h"
#include "tests/support/pretty.h"
#include "tests/support/test_program.h"

#include <QDateTime>
#include <QFileInfo>

#include <array>
#include <fcntl.h>
#include <sys/stat.h>

using namespace core;

namespace {

constexpr auto kFresh = "/fresh";

Resource sameFile(RangeAnswer ranges = RangeAnswer::Exact)
{
    return {.body = Body::pattern(1, half_fetched::kFileBytes), .ranges = ranges};
}

Resource otherFile(qint64 bytes)
{
    return {.body = Body::pattern(2, bytes)};
}

Resource loginWanted()
{
    Resource file = sameFile();
    file.login = BasicLogin{"me", "secret"};
    return file;
}

} // namespace

/// What Resume would meet with a repair is found out without anything being changed, and what was
/// asked for is not asked for twice.
class CheckTest final : public QObject {
    Q_OBJECT

private:
    HttpServer *m_server = nullptr;
    ManualRig *m_rig = nullptr;

    [[nodiscard]] JobId brokenJob()
    {
        half_fetched::serve(m_server);
        return half_fetched::jobIn(JobState::Error, m_rig, m_server,
                                   half_fetched::specOf(*m_rig, *m_server));
    }
    [[nodiscard]] Fixes freshLink() const
    {
        return {fix::NewLink{m_server->url(QString::fromLatin1(kFresh)), {}}};
    }
    Answer<CheckReport> check(JobId id, const Fixes &fixes = {})
    {
        return m_rig->ask<message::Check>({.job = id, .fixes = fixes});
    }
    [[nodiscard]] QByteArray part() const { return m_rig->content(QStringLiteral("file.part")); }
    /// By what it is the same file, or why it is not to be had.
    static QByteArray wordOf(const Answer<CheckReport> &report)
    {
        if (!report) {
            return name(report.error().kind);
        }
        if (report->problem) {
            return name(report->problem->cause);
        }
        if (!report->server) {
            return "not asked";
        }
        const QByteArray how = name(report->server->proof);
        return report->server->isWholeSent ? how + ", sent whole" : how;
    }
    bool goesOn(JobId id)
    {
        return m_rig->reachesInTime(id, JobState::Acknowledged) &&
               m_rig->content(QStringLiteral("file")) == half_fetched::bytes();
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

    /// What was written over cannot be told from what was not without reading all of it.
    void whatSomebodyElseChangedIsSaidToBeReadAgain()
    {
        const JobId id = brokenJob();
        half_fetched::serve(m_server);
        auto report = check(id);
        QVERIFY(report && report->server && !report->server->isToBeReread);
        QFile file(m_rig->path(QStringLiteral("file.part")));
        QVERIFY(file.open(QIODevice::ReadWrite) && file.seek(1000));
        QCOMPARE(file.write("changed"), 7);
        file.close();
        report = check(id);
        QVERIFY(report && report->server && report->server->isToBeReread);
        QCOMPARE(report->server->bytesKept, half_fetched::kHalf);
    }

    /// However the part looks otherwise: its length tells.
    void whatIsCutOffIsNotSaidToBeKept()
    {
        const JobId id = brokenJob();
        const QString path = m_rig->path(QStringLiteral("file.part"));
        struct stat before = {};
        QCOMPARE(::stat(QFile::encodeName(path).constData(), &before), 0);
        QVERIFY(QFile::resize(path, half_fetched::kBlock + 1000));
        const std::array times{timespec{.tv_sec = 0, .tv_nsec = UTIME_OMIT}, before.st_mtim};
        QCOMPARE(::utimensat(AT_FDCWD, QFile::encodeName(path).constData(), times.data(), 0), 0);
        const auto report = check(id);
        QVERIFY(report && report->server);
        QCOMPARE(report->server->bytesKept, half_fetched::kBlock);
        QCOMPARE(QFileInfo(path).size(), half_fetched::kBlock + 1000);
        m_rig->resume(id);
        QVERIFY(goesOn(id));
    }

    void ofAPartThatIsGoneNothingIsSaidToBeKept()
    {
        const JobId id = brokenJob();
        QVERIFY(QFile::remove(m_rig->path(QStringLiteral("file.part"))));
        const auto report = check(id);
        QVERIFY(report && report->server);
        QCOMPARE(report->server->bytesKept, 0);
        QCOMPARE(wordOf(report), "None");
    }

    void aLinkIsJudgedByOneRequestAndNothingIsChanged_data()
    {
        QTest::addColumn<Resource>("resource");
        QTest::addColumn<QByteArray>("word");
        QTest::addColumn<int>("requests");
        const auto row = [](const char *title, const Resource &resource, const char *word,
                            int requests = 1) {
            QTest::newRow(title) << resource << QByteArray(word) << requests;
        };
        row("the same file", sameFile(), "Compared");
        row("the same file, no ranges", sameFile(RangeAnswer::Ignored), "Compared, sent whole");
        row("the same file, ranges refused", sameFile(RangeAnswer::Refused), "Compared, sent whole",
            2);
        row("other bytes of the same size", otherFile(half_fetched::kFileBytes), "RemoteChanged",
            2);
        row("a larger file", otherFile(half_fetched::kFileBytes + 1), "RemoteChanged", 2);
        row("a smaller file", otherFile(1000), "RemoteChanged");
        row("a login is wanted", loginWanted(), "LoginRequired");
    }
    void aLinkIsJudgedByOneRequestAndNothingIsChanged()
    {
        QFETCH(Resource, resource);
        QFETCH(int, requests);
        const JobId id = brokenJob();
        m_server->serve(kFresh, resource);
        const JobSnapshot before = m_rig->job(id);
        const QByteArray bytes = part();
        const QDateTime time = QFileInfo(m_rig->path(QStringLiteral("file.part"))).lastModified();

        QTEST(wordOf(check(id, freshLink())), "word");

        QCOMPARE(m_server->requests(kFresh).size(), requests);
        m_rig->settle();
        QCOMPARE(m_rig->job(id), before);
        QCOMPARE(part(), bytes);
        QCOMPARE(QFileInfo(m_rig->path(QStringLiteral("file.part"))).lastModified(), time);
        QCOMPARE(m_rig->listing(), QStringList{QStringLiteral("file.part")});
    }

    void aRefusalIsTold_data()
    {
        QTest::addColumn<int>("status");
        QTest::addColumn<QByteArray>("word");
        QTest::newRow("403") << 403 << QByteArray("Forbidden");
        QTest::newRow("404") << 404 << QByteArray("NotFound");
        QTest::newRow("503") << 503 << QByteArray("ServerBusy");
    }
    void aRefusalIsTold()
    {
        QFETCH(int, status);
        const JobId id = brokenJob();
        m_server->refuse(kFresh, status);
        const auto report = check(id, freshLink());
        QTEST(wordOf(report), "word");
        QCOMPARE(report->problem->httpStatus, status);
        const auto verdict = explain(*report, m_rig->job(id).error).verdict;
        QCOMPARE(verdict == CheckWords::Verdict::SameNo, status == 403);
    }

    void whatIsKeptAndHowLargeItIsIsSaid()
    {
        const JobId id = brokenJob();
        m_server->serve(kFresh, sameFile());
        const auto report = check(id, freshLink());
        QVERIFY(report && report->server && report->place);
        QCOMPARE(report->server->bytesKept, half_fetched::kHalf);
        QCOMPARE(report->server->sizeBytes, half_fetched::kFileBytes);
        QCOMPARE(report->place->folder, m_rig->folder.path());
        QCOMPARE(explain(*report, m_rig->job(id).error).text,
                 QStringLiteral("Same file: 2.3 MB of 3.4 MB are kept."));
        m_server->serve("/other", otherFile(1'234'567));
        const Fixes other{fix::NewLink{m_server->url(QStringLiteral("/other")), {}}};
        QCOMPARE(explain(*check(id, other), m_rig->job(id).error).text,
                 QStringLiteral("A different file (1.2 MB): what is here does not belong to it. It "
                                "can only be fetched from the start."));
    }

    void theTimeToGoIsSaidAtThePaceThereWas()
    {
        half_fetched::serve(m_server);
        m_server->holdAfter("/file", 300'000, "first");
        m_server->holdAfter("/file", half_fetched::kHalf, "half");
        const JobId id = m_rig->download(half_fetched::specOf(*m_rig, *m_server));
        QVERIFY(m_rig->comesTo([&] { return m_rig->file(id).bytesDone == 300'000; }));
        m_rig->clock.advance(std::chrono::seconds(2));
        m_server->release("first");
        QVERIFY(half_fetched::hasHalf(m_rig, id));
        m_server->refuse("/file", 403);
        m_server->dropConnections();
        QVERIFY(m_rig->reachesInTime(id, JobState::Error));
        m_server->serve(kFresh, sameFile());
        const auto report = check(id, freshLink());
        QVERIFY(report && report->server && report->server->remaining);
        const auto seconds = report->server->remaining->count();
        QVERIFY2(seconds >= 1 && seconds <= 2, qPrintable(QString::number(seconds)));
        QVERIFY(explain(*report, m_rig->job(id).error).text.contains(QStringLiteral(" to go.")));
    }

    void aLinkThatWorksOnceIsUsedOnce()
    {
        const JobId id = brokenJob();
        m_server->serve(kFresh, sameFile());
        m_server->next(kFresh, {step::Serve{}});
        m_server->nextStatus(kFresh, 403, {}, 5);
        QCOMPARE(wordOf(check(id, freshLink())), "Compared");
        m_rig->resume(id, freshLink());
        QVERIFY(goesOn(id));
        QCOMPARE(m_server->requests(kFresh).size(), 1);
    }

    void evenWhenItIsResumedWhileTheCheckRuns()
    {
        const JobId id = brokenJob();
        m_server->serve(kFresh, sameFile());
        m_server->next(kFresh, {step::WaitFor{"check"}, step::Serve{}});
        m_server->nextStatus(kFresh, 403, {}, 5);
        const auto asked = m_rig->service->call<message::Check>({.job = id, .fixes = freshLink()});
        QVERIFY(m_rig->comesTo([&] { return m_server->requests(kFresh).size() == 1; }));
        m_rig->resume(id, freshLink());
        QVERIFY(m_rig->comesTo([&] { return m_rig->job(id).state == JobState::Connecting; }));
        m_server->release("check");
        QVERIFY(goesOn(id));
        QCOMPARE(wordOf(asked.result()), "Compared");
        QCOMPARE(m_server->requests(kFresh).size(), 1);
    }

    void whoSuspendsDoesNotWaitForACheck()
    {
        const JobId id = brokenJob();
        m_server->script(kFresh, {step::Stall{}});
        const auto asked = m_rig->service->call<message::Check>({.job = id, .fixes = freshLink()});
        QVERIFY(m_rig->comesTo([&] { return m_server->requests(kFresh).size() == 1; }));
        m_rig->resume(id, freshLink());
        QVERIFY(m_rig->comesTo([&] { return m_rig->job(id).state == JobState::Connecting; }));
        m_rig->suspend(id);
        QVERIFY(m_rig->comesTo([&] { return asked.isFinished(); }));
        QCOMPARE(m_rig->job(id).state, JobState::Suspended);
        QCOMPARE(m_server->requests(kFresh).size(), 1);
    }

    void soIsOneOfAFileThatNothingIsHereOf()
    {
        m_server->refuse("/file", 404);
        const JobId id = m_rig->download({m_server->url(QStringLiteral("/file"))});
        QVERIFY(m_rig->reachesInTime(id, JobState::Error));
        m_server->serve(kFresh, sameFile());
        m_server->next(kFresh, {step::Serve{}});
        m_server->nextStatus(kFresh, 403, {}, 5);
        QCOMPARE(wordOf(check(id, freshLink())), "None");
        m_rig->clock.advance(std::chrono::seconds(25));
        m_rig->resume(id, freshLink());
        QVERIFY(m_rig->reachesInTime(id, JobState::Acknowledged));
        QCOMPARE(m_rig->content(QStringLiteral("fresh")), half_fetched::bytes());
        QCOMPARE(m_server->requests(kFresh).size(), 1);
    }

    void anAnswerIsHeldForHalfAMinute()
    {
        const JobId id = brokenJob();
        m_server->serve(kFresh, sameFile());
        QCOMPARE(wordOf(check(id, freshLink())), "Compared");
        m_rig->clock.advance(std::chrono::seconds(31));
        m_rig->resume(id, freshLink());
        QVERIFY(goesOn(id));
        QCOMPARE(m_server->requests(kFresh).size(), 2);
    }

    void anAnswerIsOnlyTakenForTheSameRequest()
    {
        const JobId id = brokenJob();
        m_server->serve(kFresh, sameFile());
        QCOMPARE(wordOf(check(id, freshLink())), "Compared");
        m_rig->resume(id, freshLink() << fix::Headers{{{"X-Key", "1"}}});
        QVERIFY(goesOn(id));
        QCOMPARE(m_server->requests(kFresh).size(), 2);
        QCOMPARE(m_server->requests(kFresh).constLast().header("X-Key"), QByteArray("1"));
    }

    void anAnswerThatIsNoUseFreesItsConnection()
    {
        const JobId id = brokenJob();
        for (int i = 1; i <= 8; ++i) { // more than there are connections to one server
            const QByteArray path = "/other" + QByteArray::number(i);
            m_server->serve(path, otherFile(20'000'000 + i));
            const Fixes other{fix::NewLink{m_server->url(QString::fromLatin1(path)), {}}};
            QCOMPARE(wordOf(check(id, other)), "RemoteChanged");
        }
        QVERIFY(m_rig->comesTo([&] { return m_server->connectionsOpen() <= 1; }));
    }

    void aLoginIsTried()
    {
        const JobId id = brokenJob();
        m_server->serve(kFresh, loginWanted());
        const auto with = [this](const QString &password) {
            return freshLink() << fix::Login{{QStringLiteral("me"), password}};
        };
        QCOMPARE(wordOf(check(id, with(QStringLiteral("wrong")))), "LoginRequired");
        QCOMPARE(wordOf(check(id, with(QStringLiteral("secret")))), "Compared");
        const qsizetype asked = m_server->requests(kFresh).size();
        m_rig->resume(id, with(QStringLiteral("secret")));
        QVERIFY(goesOn(id));
        QCOMPARE(m_server->requests(kFresh).size(), asked);
    }

    void aFolderIsLookedAtAndNotMade()
    {
        const JobId id = brokenJob();
        const qsizetype asked = m_server->requests("/file").size();
        const QString there = m_rig->path(QStringLiteral("new/folder"));
        const Fixes other{fix::OtherFolder{there}};
        QCOMPARE(wordOf(check(id, other)), "FolderMissing");
        const auto made = check(id, Fixes(other) << fix::CreateFolder{});
        QVERIFY(made && made->place && !made->problem);
        QVERIFY(made->place->isToBeMade);
        QCOMPARE(made->place->neededBytes, 0); // on the same drive, where it is reserved
        QVERIFY(!QFileInfo::exists(m_rig->path(QStringLiteral("new"))));
        QCOMPARE(wordOf(check(
                     id, {fix::OtherFolder{QStringLiteral("/proc/nope")}, fix::CreateFolder{}})),
                 "NoPermission");
        QCOMPARE(m_server->requests("/file").size(), asked + 1); // once there was a place for it
    }

    void aNameThatIsTakenIsTold()
    {
        half_fetched::serve(m_server);
        const JobId id = half_fetched::jobIn(JobState::Transferred, m_rig, m_server,
                                             half_fetched::specOf(*m_rig, *m_server));
        m_rig->plant(QStringLiteral("second"), "mine");
        const auto name = [](const char *text) {
            return Fixes{fix::OtherName{QString::fromLatin1(text), {}}};
        };
        QCOMPARE(wordOf(check(id)), "NameExists");
        QCOMPARE(wordOf(check(id, name("second"))), "NameExists");
        QCOMPARE(wordOf(check(id, name("third"))), "not asked");
        QCOMPARE(wordOf(check(id, {fix::KeepBoth{}})), "not asked");
        QCOMPARE(m_rig->content(QStringLiteral("second")), "mine");
    }

    void whatCannotBeCheckedIsRefused()
    {
        QCOMPARE(wordOf(check(JobId{77})), "UnknownJob");
        half_fetched::serve(m_server);
        const JobId id = half_fetched::jobIn(JobState::Transferring, m_rig, m_server,
                                             half_fetched::specOf(*m_rig, *m_server));
        QCOMPARE(wordOf(check(id)), "UnderWay");
        m_server->release("half");
        QVERIFY(m_rig->reachesInTime(id, JobState::Acknowledged));
        QCOMPARE(wordOf(check(id)), "InvalidState");
    }

    void aLaterCheckTakesThePlaceOfAnEarlierOne()
    {
        const JobId id = brokenJob();
        m_server->script("/slow", {step::Stall{}});
        m_server->serve(kFresh, sameFile());
        const auto first = m_rig->service->call<message::Check>(
            {.job = id, .fixes = {fix::NewLink{m_server->url(QStringLiteral("/slow")), {}}}});
        QVERIFY(m_rig->comesTo([&] { return m_server->requests("/slow").size() == 1; }));
        QCOMPARE(wordOf(check(id, freshLink())), "Compared");
        QVERIFY(m_rig->comesTo([&] { return first.isFinished(); }));
        QCOMPARE(wordOf(first.result()), "Superseded");
    }

    void aServerThatIsSilentIsNotWaitedForLong()
    {
        const JobId id = brokenJob();
        m_server->script("/slow", {step::Stall{}});
        const auto asked = m_rig->service->call<message::Check>(
            {.job = id, .fixes = {fix::NewLink{m_server->url(QStringLiteral("/slow")), {}}}});
        QVERIFY(m_rig->comesTo([&] { return m_server->requests("/slow").size() == 1; }));
        m_rig->clock.advance(std::chrono::seconds(21));
        QVERIFY(m_rig->comesTo([&] { return asked.isFinished(); }));
        QCOMPARE(wordOf(asked.result()), "ServerSilent");
    }

    void resumeAndCancelEndACheck()
    {
        const JobId id = brokenJob();
        m_server->script("/slow", {step::Stall{}});
        const auto asked = m_rig->service->call<message::Check>(
            {.job = id, .fixes = {fix::NewLink{m_server->url(QStringLiteral("/slow")), {}}}});
        QVERIFY(m_rig->comesTo([&] { return m_server->requests("/slow").size() == 1; }));
        m_rig->cancel(id);
        QVERIFY(m_rig->comesTo([&] { return asked.isFinished(); }));
        QCOMPARE(wordOf(asked.result()), "Superseded");
        QCOMPARE(m_rig->listing(), QStringList());
    }
};

BELLHOP_TEST(CheckTest)
#include "tst_check.moc"
