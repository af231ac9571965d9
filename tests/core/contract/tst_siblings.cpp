// SPDX-License-Identifier: Apache-2.0
#include "core/http/origin.h"
#include "core/transfer/exchange/attempt_logins.h"
#include "tests/support/manual_rig.h"
#include "tests/support/pretty.h"
#include "tests/support/test_program.h"

#include <algorithm>

using namespace core;

/// Jobs and files beside each other: what one meets is no business of the others.
class SiblingsTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(QStringLiteral(".*"))); }

    void jobsAreIndependentAndOneThatIsNotFoundLetsTheOthersFinish();
    void aLinkThatIsNotFoundIsFatalAtOnceAskedForOnceMorePlainly();
    void theSameLinkIntoTwoFoldersWorks();
    void twoJobsOfOneNameEndInAQuestionAndCancellingTheSecondLeavesTheFirstFile();
    void ofThreeJobsAtOnceOneIsCancelledAndTheOthersFinish();
    void filesRunInTheOrderInWhichTheyWereAdded();
    void aFileThatFailedForGoodDoesNotStopItsSiblings();
    void aJobThatStopsAtItsFirstErrorAsksForNothingMore();
    void aCauseThatConcernsTheWholeJobStopsItAtOnce();
    void whatOneServerAsksLeavesTheFilesOfOthersAlone();
    void ofTwoServersThatAskEachHearsItsOwnLoginOnly();
    void oneOfTwoCausesIsAnsweredAndTheOtherLeftAsItIs();
    void whatWasTriedOfOthersIsNotSaidOfAFileThatWasLeft();
    void redirectsAreFollowedUpToTheLimit_data();
    void redirectsAreFollowedUpToTheLimit();

private:
    static constexpr qint64 kSize = 100'000;
};

void SiblingsTest::jobsAreIndependentAndOneThatIsNotFoundLetsTheOthersFinish()
{
    HttpServer server;
    ManualRig rig;
    JobIds ids;
    for (int i = 0; i < 5; ++i) {
        const QString path = QStringLiteral("/%1.bin").arg(i);
        if (i != 2) {
            server.serve(path.toLatin1(), {.body = Body::pattern(quint64(i), kSize)});
        }
        ids.append(rig.download({server.url(path)}));
    }
    for (int i = 0; i < 5; ++i) {
        QVERIFY(rig.reaches(ids.at(i), i == 2 ? JobState::Error : JobState::Acknowledged));
    }
    QCOMPARE(rig.listing().size(), 4);
    QCOMPARE(rig.content(QStringLiteral("4.bin")), patternBytes(4, 0, kSize));
}

void SiblingsTest::aLinkThatIsNotFoundIsFatalAtOnceAskedForOnceMorePlainly()
{
    HttpServer server;
    ManualRig rig;
    const JobId id = rig.download({server.url(QStringLiteral("/none"))});
    QVERIFY(rig.reaches(id, JobState::Error));
    rig.clock.advance(std::chrono::hours(24));
    rig.settle();
    QCOMPARE(server.requests().size(), 2);
    QVERIFY(!server.requests().last().header("Range"));
    QCOMPARE(rig.job(id).errorCount, 1);
    QVERIFY(!rig.states.contains(JobState::TransientError));
    QVERIFY(contextOf(*rig.job(id).error) == ErrorContext::None);
}

void SiblingsTest::theSameLinkIntoTwoFoldersWorks()
{
    HttpServer server;
    server.serve("/file", {.body = Body::pattern(1, kSize)});
    ManualRig rig;
    JobIds ids;
    for (const QString &name : {QStringLiteral("a"), QStringLiteral("b")}) {
        QVERIFY(QDir(rig.folder.path()).mkdir(name));
        JobSpec spec = rig.spec({server.url(QStringLiteral("/file"))});
        spec.folder = rig.path(name);
        ids.append(rig.download(spec));
    }
    QVERIFY(rig.reaches(ids.at(0), JobState::Acknowledged));
    QVERIFY(rig.reaches(ids.at(1), JobState::Acknowledged));
    QCOMPARE(rig.content(QStringLiteral("a/file")), patternBytes(1, 0, kSize));
    QCOMPARE(rig.content(QStringLiteral("b/file")), patternBytes(1, 0, kSize));
}

void SiblingsTest::twoJobsOfOneNameEndInAQuestionAndCancellingTheSecondLeavesTheFirstFile()
{
    HttpServer server;
    server.serve("/one/file", {.body = Body::pattern(1, kSize)});
    server.serve("/two/file", {.body = Body::pattern(2, kSize)});
    server.holdAfter("/one/file", kSize / 2, "one");
    server.holdAfter("/two/file", kSize / 2, "half");
    ManualRig rig;
    const JobId first = rig.download({server.url(QStringLiteral("/one/file"))});
    const JobId second = rig.download({server.url(QStringLiteral("/two/file"))});
    // Both have begun before the name is taken.
    QVERIFY(rig.comesTo([&] { return rig.job(second).progress.bytesDone == kSize / 2; }));
    server.release("one");
    QVERIFY(rig.reaches(first, JobState::Acknowledged));
    server.release("half");
    QTRY_VERIFY(rig.job(second).obstacle);
    QCOMPARE(rig.job(second).obstacle->cause, Cause::NameExists);
    rig.cancel(second);
    QCOMPARE(rig.listing(), QStringList{QStringLiteral("file")});
    QCOMPARE(rig.content(QStringLiteral("file")), patternBytes(1, 0, kSize));
}

void SiblingsTest::ofThreeJobsAtOnceOneIsCancelledAndTheOthersFinish()
{
    HttpServer server;
    ManualRig rig;
    JobIds ids;
    for (const QString &name : {QStringLiteral("/a"), QStringLiteral("/b"), QStringLiteral("/c")}) {
        server.serve(name.toLatin1(), {.body = Body::pattern(quint64(ids.size()), kSize)});
        server.holdAfter(name.toLatin1(), kSize / 2, "half");
        ids.append(rig.download({server.url(name)}));
    }
    for (const JobId id : std::as_const(ids)) {
        QTRY_COMPARE(rig.job(id).progress.bytesDone, kSize / 2);
    }
    rig.cancel(ids.at(1));
    server.release("half");
    QVERIFY(rig.reaches(ids.at(0), JobState::Acknowledged));
    QVERIFY(rig.reaches(ids.at(2), JobState::Acknowledged));
    QCOMPARE(rig.job(ids.at(1)).state, JobState::Cancelled);
    QCOMPARE(rig.listing(), QStringList({QStringLiteral("a"), QStringLiteral("c")}));
    QCOMPARE(rig.content(QStringLiteral("c")), patternBytes(2, 0, kSize));
}

void SiblingsTest::filesRunInTheOrderInWhichTheyWereAdded()
{
    HttpServer server;
    ManualRig rig;
    rig.limitTo(1);
    QList<QUrl> urls;
    QList<QByteArray> wanted;
    for (int i = 0; i < 12; ++i) {
        const QString path = QStringLiteral("/%1").arg((i * 7) % 12); // not the order of the names
        server.serve(path.toLatin1(), {.body = Body::pattern(quint64(i), 1000)});
        urls.append(server.url(path));
        wanted.append(path.toLatin1());
    }
    const JobId id = rig.download(urls);
    QVERIFY(rig.reaches(id, JobState::Acknowledged));
    QList<QByteArray> asked;
    for (const HttpRequest &request : server.requests()) {
        asked.append(request.path);
    }
    QCOMPARE(asked, wanted);
}

void SiblingsTest::aFileThatFailedForGoodDoesNotStopItsSiblings()
{
    HttpServer server;
    server.serve("/a", {.body = Body::pattern(1, kSize)});
    server.holdAfter("/a", kSize / 2, "half");
    ManualRig rig;
    const JobId id =
        rig.download({server.url(QStringLiteral("/none")), server.url(QStringLiteral("/a"))});
    QTRY_COMPARE(rig.job(id).progress.filesFailed, 1);
    QTRY_COMPARE(rig.job(id).progress.bytesDone, kSize / 2);
    QCOMPARE(rig.job(id).state, JobState::Transferring);
    rig.settle();
    QVERIFY(rig.attentions.isEmpty());
    server.release("half");
    QVERIFY(rig.reaches(id, JobState::Error));
    QCOMPARE(rig.job(id).progress.filesDone, 1);
    QVERIFY(rig.comesTo([&] { return rig.attentions.size() == 1; }));
}

void SiblingsTest::aJobThatStopsAtItsFirstErrorAsksForNothingMore()
{
    HttpServer server;
    server.serve("/a", {.body = Body::pattern(1, kSize)});
    ManualRig rig;
    rig.limitTo(1);
    JobSpec spec =
        rig.spec({server.url(QStringLiteral("/none")), server.url(QStringLiteral("/a"))});
    spec.options.firstError = FirstError::StopJob;
    const JobId id = rig.download(spec);
    QVERIFY(rig.reaches(id, JobState::Error));
    rig.settle();
    QVERIFY(server.requests("/a").isEmpty());
    QVERIFY(rig.file(id, 1).state == FileState::Pending);
}

void SiblingsTest::aCauseThatConcernsTheWholeJobStopsItAtOnce()
{
    HttpServer server;
    server.serve("/closed", {.body = Body::pattern(1, kSize), .login = BasicLogin{"me", "x"}});
    server.serve("/a", {.body = Body::pattern(1, kSize)});
    server.holdAfter("/a", kSize / 2, "half");
    ManualRig rig;
    const JobId id =
        rig.download({server.url(QStringLiteral("/a")), server.url(QStringLiteral("/closed"))});
    QVERIFY(rig.reaches(id, JobState::Error));
    QCOMPARE(rig.job(id).error->cause, Cause::LoginRequired);
    QTRY_VERIFY(server.connectionsOpen() <= 1); // at most the one that was asked for a login
    server.release("half");
    rig.resume(id, {fix::Login{{QStringLiteral("me"), QStringLiteral("x")}}});
    QVERIFY(rig.reaches(id, JobState::Acknowledged));
    QCOMPARE(rig.content(QStringLiteral("a")), patternBytes(1, 0, kSize));
}

void SiblingsTest::whatOneServerAsksLeavesTheFilesOfOthersAlone()
{
    HttpServer closed;
    HttpServer open;
    const BasicLogin login{"me", "x"};
    closed.serve("/closed", {.body = Body::pattern(1, kSize), .login = login});
    closed.serve("/more", {.body = Body::pattern(2, kSize), .login = login});
    open.serve("/a", {.body = Body::pattern(3, kSize)});
    open.holdAfter("/a", kSize / 2, "half");
    ManualRig rig;
    rig.limitTo(2);
    const JobId id =
        rig.download({open.url(QStringLiteral("/a")), closed.url(QStringLiteral("/closed")),
                      closed.url(QStringLiteral("/more"))});
    QVERIFY(rig.comesTo([&] { return rig.job(id).progress.filesFailed == 1; }));
    QTRY_COMPARE(rig.job(id).progress.bytesDone, kSize / 2);
    rig.settle();
    QCOMPARE(rig.job(id).state, JobState::Transferring);
    QVERIFY(closed.requests("/more").isEmpty()); // it would only be asked the same
    open.release("half");
    QVERIFY(rig.reaches(id, JobState::Error));
    QCOMPARE(rig.file(id, 0).state, FileState::Whole);
    QCOMPARE(rig.job(id).error->cause, Cause::LoginRequired);
    rig.resume(id, {fix::Login{{QStringLiteral("me"), QStringLiteral("x")}}});
    QVERIFY(rig.reaches(id, JobState::Acknowledged));
    QCOMPARE(rig.content(QStringLiteral("more")), patternBytes(2, 0, kSize));
    QVERIFY(std::ranges::none_of(open.requests(), [](const HttpRequest &request) {
        return request.header("Authorization").has_value();
    }));
}

void SiblingsTest::ofTwoServersThatAskEachHearsItsOwnLoginOnly()
{
    HttpServer one;
    HttpServer two;
    one.serve("/one", {.body = Body::pattern(1, kSize), .login = BasicLogin{"ann", "1"}});
    two.serve("/two", {.body = Body::pattern(2, kSize), .login = BasicLogin{"bob", "2"}});
    ManualRig rig;
    const QUrl first = one.url(QStringLiteral("/one"));
    const QUrl second = two.url(QStringLiteral("/two"));
    const JobId id = rig.download({first, second});
    QVERIFY(rig.reaches(id, JobState::Error));
    QVERIFY(rig.comesTo([&] { return rig.job(id).progress.filesFailed == 2; }));
    const Login ann{QStringLiteral("ann"), QStringLiteral("1")};
    const Login bob{QStringLiteral("bob"), QStringLiteral("2")};
    const SetOutcome unnamed = rig.resume(id, {fix::Login{bob}});
    QCOMPARE(unnamed.refused.value(0).kind, RefusalKind::WhichServer);
    QVERIFY(rig.ask<message::Resume>(
        {.jobs = {id},
         .fixes = {fix::Login{.login = bob, .origin = text(originOf(second))}},
         .left = {{id, 0}}}));
    QVERIFY(rig.reaches(id, JobState::Error));
    QCOMPARE(rig.file(id, 1).state, FileState::Whole);
    rig.resume(id, {fix::Login{ann}}); // nobody else asks now
    QVERIFY(rig.reaches(id, JobState::Acknowledged));
    const auto heard = [](const HttpServer &server) {
        QSet<QByteArray> logins;
        for (const HttpRequest &request : server.requests()) {
            logins.insert(request.header("Authorization").value_or(QByteArray()));
        }
        return logins;
    };
    QCOMPARE(heard(one), (QSet<QByteArray>{QByteArray(), basicField(ann)}));
    QCOMPARE(heard(two), (QSet<QByteArray>{QByteArray(), basicField(bob)}));
}

void SiblingsTest::oneOfTwoCausesIsAnsweredAndTheOtherLeftAsItIs()
{
    HttpServer server;
    server.serve("/closed", {.body = Body::pattern(1, kSize), .login = BasicLogin{"me", "x"}});
    ManualRig rig;
    rig.limitTo(1);
    const JobId id =
        rig.download({server.url(QStringLiteral("/none")), server.url(QStringLiteral("/closed"))});
    QVERIFY(rig.reaches(id, JobState::Error));
    QCOMPARE(rig.job(id).error->cause, Cause::NotFound);
    QCOMPARE(rig.file(id, 1).error->cause, Cause::LoginRequired);

    const Fixes login{fix::Login{{QStringLiteral("me"), QStringLiteral("x")}}};
    const auto report = rig.ask<message::Check>({.job = id, .fixes = login});
    QVERIFY(report && report->server); // of the file that asks for it
    QCOMPARE(server.requests().last().path, QByteArray("/closed"));

    const FileSnapshot before = rig.file(id, 0);
    QVERIFY(rig.ask<message::Resume>({.jobs = {id}, .fixes = login, .left = {{id, 0}}}));
    QVERIFY(rig.comesTo([&] { return rig.file(id, 1).state == FileState::Whole; }));
    QVERIFY(rig.reaches(id, JobState::Error));
    QCOMPARE(rig.job(id).error->cause, Cause::NotFound);
    QCOMPARE(rig.file(id, 0), before);
    const auto asked = std::ranges::count(server.requests(), "/none", &HttpRequest::path);
    QCOMPARE(asked, 2); // with Range, and without

    const auto nothing = rig.ask<message::Resume>({.jobs = {id}, .left = {{id, 0}}});
    QVERIFY(nothing && nothing->done.isEmpty());
    QCOMPARE(nothing->refused.first().kind, RefusalKind::Empty);
}

void SiblingsTest::whatWasTriedOfOthersIsNotSaidOfAFileThatWasLeft()
{
    HttpServer server;
    ManualRig rig;
    const QUrl other = server.url(QStringLiteral("/other"));
    const JobId id =
        rig.download({server.url(QStringLiteral("/one")), server.url(QStringLiteral("/two"))});
    QVERIFY(rig.reaches(id, JobState::Error));
    QVERIFY(rig.ask<message::Resume>({.jobs = {id}, .fixes = {fix::Retry{}}, .left = {{id, 0}}}));
    QVERIFY(rig.comesTo([&] { return server.requests("/two").size() == 4; }));
    QVERIFY(rig.reaches(id, JobState::Error));
    QCOMPARE(rig.file(id, 1).error->triedInVain, QStringList{QStringLiteral("Retry")});
    QVERIFY(rig.ask<message::Resume>(
        {.jobs = {id}, .fixes = {fix::NewLink{other, 0}}, .left = {{id, 1}}}));
    QVERIFY(rig.comesTo([&] { return server.requests("/other").size() == 1; }));
    QVERIFY(rig.reaches(id, JobState::Error));
    QCOMPARE(rig.file(id, 0).error->triedInVain, QStringList{QStringLiteral("NewLink")});
}

void SiblingsTest::redirectsAreFollowedUpToTheLimit_data()
{
    QTest::addColumn<int>("hops");
    QTest::addColumn<JobState>("state");
    QTest::newRow("none") << 0 << JobState::Acknowledged;
    QTest::newRow("one") << 1 << JobState::Acknowledged;
    QTest::newRow("as many as are allowed") << 20 << JobState::Acknowledged;
    QTest::newRow("one too many") << 21 << JobState::Error;
}

void SiblingsTest::redirectsAreFollowedUpToTheLimit()
{
    QFETCH(const int, hops);
    QFETCH(const JobState, state);
    HttpServer server;
    for (int i = 0; i < hops; ++i) {
        server.redirect("/" + QByteArray::number(i), "/" + QByteArray::number(i + 1));
    }
    server.serve("/" + QByteArray::number(hops), {.body = Body::pattern(1, kSize)});
    ManualRig rig;
    const JobId id = rig.download({server.url(QStringLiteral("/0"))});
    QVERIFY(rig.reaches(id, state));
    QCOMPARE(server.requests().size(), std::min(hops, 20) + 1);
    if (state == JobState::Error) {
        QCOMPARE(rig.job(id).error->cause, Cause::RedirectLoop);
        QVERIFY(rig.listing().isEmpty());
    }
}

BELLHOP_TEST(SiblingsTest)
#include "tst_siblings.moc"
