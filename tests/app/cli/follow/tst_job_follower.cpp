// SPDX-License-Identifier: Apache-2.0
#include "app/cli/follow/job_follower.h"

#include "tests/app/cli/printed_files.h"
#include "tests/support/fake_job_service.h"
#include "tests/support/test_program.h"

#include <QCoreApplication>
#include <QRegularExpression>
#include <QTest>

#include <array>

#include <unistd.h>

using namespace cli;
using namespace Qt::StringLiterals;

namespace {

constexpr core::JobId kFollowed{7};

core::JobSnapshot inState(core::JobState state, qint64 bytes = 0)
{
    core::JobSnapshot job{.id = kFollowed, .state = state, .name = u"a.bin"_s};
    job.progress = {
        .bytesDone = bytes, .bytesTotal = 100, .filesDone = bytes == 100 ? 1 : 0, .filesTotal = 1};
    return job;
}

core::JobSnapshot refusedByTheServer()
{
    core::JobSnapshot job = inState(core::JobState::Error, 40);
    job.error = core::JobError{.cause = core::Cause::Forbidden, .httpStatus = 403};
    return job;
}

/// A follower, the engine that does as the test says, and what was printed.
class Following {
public:
    explicit Following(OnError onError = OnError::Stop, OutputFormat format = {.json = true})
        : m_reporter(m_files.screen(), format, {})
    {
        Q_ASSERT(m_hasInput);
        service.agreeToEverything();
        service.answerWith<core::message::Keyring>(
            [](const auto & /*request*/) { return core::KeyringState::Missing; });
        service.answerWith<core::message::Files>([](const auto & /*any page*/) {
            return core::FilePage{.total = 1,
                                  .files = {{.id = {kFollowed, 0},
                                             .state = core::FileState::Published,
                                             .name = u"a.bin"_s,
                                             .bytesDone = 100,
                                             .sizeBytes = 100}}};
        });
        follower.emplace(
            CommandContext{&service, &m_reporter, m_files.screen(), m_input[0], u"/home/me"_s},
            onError, [this](core::ExitCode status) { ends.append(status); });
    }
    ~Following()
    {
        follower.reset();
        ::close(m_input[0]);
        ::close(m_input[1]);
    }
    Q_DISABLE_COPY_MOVE(Following)

    void change(const core::JobSnapshot &job)
    {
        Q_EMIT service.jobsChanged({job});
        deliver();
    }
    void callFor(const core::JobSnapshot &job, quint64 id = 5)
    {
        Q_EMIT service.attention(
            {.id = id, .kind = core::Attention::Kind::Transferred, .job = job});
        deliver();
    }
    [[nodiscard]] bool type(const QByteArray &line)
    {
        const bool arrived =
            ::write(m_input[1], line.constData(), std::size_t(line.size())) == line.size();
        deliver();
        return arrived;
    }
    /// Until answers, and what is asked because of them, have come.
    static void deliver()
    {
        for (int i = 0; i < 20; ++i) {
            QCoreApplication::processEvents();
        }
    }
    /// The events that were printed, states with their name.
    [[nodiscard]] QString events() const
    {
        QStringList names;
        for (const QJsonObject &object : m_files.objects()) {
            const QString event = object.value(u"event"_s).toString();
            names.append(event == u"state"_s ? object.value(u"state"_s).toString() : event);
        }
        return names.join(u' ');
    }
    [[nodiscard]] const PrintedFiles &files() const { return m_files; }

    FakeJobService service;
    std::optional<JobFollower> follower;
    QList<core::ExitCode> ends;

private:
    std::array<int, 2> m_input{-1, -1};
    bool m_hasInput = ::pipe(m_input.data()) == 0;
    PrintedFiles m_files;
    Reporter m_reporter;
};

using Ends = QList<core::ExitCode>;

} // namespace

class JobFollowerTest final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u".*"_s)); }

    void aWaitIsToldOnceToWhoDoesNotSeeTheLiveLine()
    {
        Following now(OnError::Stop, {});
        core::JobSnapshot job = inState(core::JobState::TransientError);
        job.error = core::JobError{.cause = core::Cause::Offline};
        now.follower->watchNew(job);
        QTRY_VERIFY(now.files().err().contains(u"Job 7 (a.bin): No network"_s));
        now.change(inState(core::JobState::Transferring, 10));
        now.change(job);
        QTest::qWait(2'500);
        QCOMPARE(now.files().err().count(u"No network"_s), 1);
    }

    void aWholeJobIsToldFromItsFirstStateToItsEnd();
    void theEndWaitsForTheNotificationAndAcceptsIt();
    void theEndDoesNotWaitForANotificationForEver();
    void nothingIsPrintedAfterTheEnd();
    void anAnswerIsNoNewsOnceTheEngineHasToldMore();
    void otherJobsAreNotTold();
    void whatWasKnownBeforeIsNoNews();
    void aProblemIsToldOnceAndLeftByDefault();
    void onErrorCancelEndsWithTheFailure();
    void onErrorCompleteTellsWhatWasKeptOnce_data();
    void onErrorCompleteTellsWhatWasKeptOnce();
    void anAnswerTypedAtTheQuestionIsCarriedOut();
    void everyQuestionOfAJobIsAskedInTurnAndOneMayBeLeft();
    void interruptSuspendsAndSaysHowToGoOn();
    void aSecondInterruptEndsAtOnce();
    void interruptBeforeThereIsAJobEndsAtOnce();
    void interruptTakesAnOpenQuestionAway();
    void aRefusalEndsWithItsReason();
    void whatTheNextEngineHasDoneAlreadyIsNoRefusal();
    void aJobThatWaitsForCompleteIsLeft();
};

void JobFollowerTest::aWholeJobIsToldFromItsFirstStateToItsEnd()
{
    Following following;
    following.follower->watchNew(inState(core::JobState::Queued));
    following.follower->resume({kFollowed}, {});
    following.change(inState(core::JobState::Transferring));
    following.change(inState(core::JobState::Transferring, 40));
    following.change(inState(core::JobState::Transferring, 40)); // says nothing new
    following.change(inState(core::JobState::Transferred, 100));
    QCOMPARE(following.ends, Ends());
    following.callFor(inState(core::JobState::Acknowledged, 100));
    QCOMPARE(following.events(),
             u"Queued Transferring progress Transferred progress transferred Acknowledged "
             "completed"_s);
    QCOMPARE(following.ends, Ends{core::ExitCode::Done});
    QCOMPARE(following.files().err(), QString());
}

void JobFollowerTest::theEndWaitsForTheNotificationAndAcceptsIt()
{
    Following following;
    following.follower->watchNew(inState(core::JobState::Transferring));
    following.change(inState(core::JobState::Acknowledged, 100));
    QCOMPARE(following.ends, Ends());
    QVERIFY(following.service.requests<core::message::Accept>().isEmpty());
    following.callFor(inState(core::JobState::Acknowledged, 100), 12);
    QCOMPARE(following.service.requests<core::message::Accept>().size(), 1);
    QCOMPARE(following.service.requests<core::message::Accept>().first().attention, quint64(12));
    QCOMPARE(following.ends, Ends{core::ExitCode::Done});
}

void JobFollowerTest::theEndDoesNotWaitForANotificationForEver()
{
    Following following;
    following.follower->watchNew(inState(core::JobState::Transferring));
    following.change(inState(core::JobState::Acknowledged, 100));
    QCOMPARE(following.ends, Ends());
    QTRY_COMPARE(following.ends, Ends{core::ExitCode::Done});
}

void JobFollowerTest::nothingIsPrintedAfterTheEnd()
{
    Following following;
    following.follower->watchNew(inState(core::JobState::Transferring));
    following.callFor(inState(core::JobState::Acknowledged, 100));
    QCOMPARE(following.ends.size(), 1);
    const QString told = following.files().out();
    following.service.forget();

    following.change(inState(core::JobState::Queued));
    following.change(refusedByTheServer());
    following.callFor(refusedByTheServer(), 13);
    following.change(inState(core::JobState::Cancelled));
    following.follower->interrupt();
    following.deliver();
    QCOMPARE(following.files().out(), told);
    QCOMPARE(following.files().err(), QString());
    QCOMPARE(following.ends.size(), 1);
    QCOMPARE(following.service.log(), QStringList());
}

void JobFollowerTest::anAnswerIsNoNewsOnceTheEngineHasToldMore()
{
    Following following(OnError::Cancel);
    following.service.answerWith<core::message::Jobs>(
        [](const auto & /*ids*/) { return QList{inState(core::JobState::Connecting)}; });
    following.follower->watchBegun(kFollowed); // asks; the answer is on its way
    Q_EMIT following.service.jobsChanged({inState(core::JobState::Transferring, 10)});
    Following::deliver();
    QCOMPARE(following.events(), u"Transferring"_s);
}

void JobFollowerTest::otherJobsAreNotTold()
{
    Following following;
    following.follower->watchNew(inState(core::JobState::Queued));
    core::JobSnapshot other = refusedByTheServer();
    other.id = {8};
    following.change(other);
    following.callFor(other);
    QCOMPARE(following.events(), u"Queued"_s);
    QVERIFY(following.service.requests<core::message::Accept>().isEmpty());
    QCOMPARE(following.ends, Ends());
}

void JobFollowerTest::whatWasKnownBeforeIsNoNews()
{
    Following following;
    following.follower->watchKnown(refusedByTheServer());
    following.follower->resume({kFollowed}, {core::fix::Retry{}});
    following.change(refusedByTheServer());
    QCOMPARE(following.events(), QString());
    QCOMPARE(following.service.requests<core::message::Resume>().size(), 1);
    following.change(inState(core::JobState::Queued, 40));
    QCOMPARE(following.events(), u"Queued"_s);
}

void JobFollowerTest::aProblemIsToldOnceAndLeftByDefault()
{
    Following following;
    following.follower->watchNew(inState(core::JobState::Transferring));
    following.service.forget();
    following.change(refusedByTheServer());
    following.change(refusedByTheServer());
    following.callFor(refusedByTheServer());
    QCOMPARE(following.events(), u"Transferring Error progress error"_s);
    QCOMPARE(following.files().objects().last().value(u"name"_s), u"a.bin"_s);
    QCOMPARE(following.ends, Ends{core::ExitCode::Refused});
    QCOMPARE(following.service.log(), (QStringList{u"files"_s, u"accept"_s}));
}

void JobFollowerTest::onErrorCancelEndsWithTheFailure()
{
    Following following(OnError::Cancel);
    following.follower->watchNew(inState(core::JobState::Transferring));
    following.change(refusedByTheServer());
    QCOMPARE(following.service.requests<core::message::Cancel>().size(), 1);
    QCOMPARE(following.ends, Ends());
    following.callFor(refusedByTheServer());
    following.change(inState(core::JobState::Cancelled, 40));
    following.change(inState(core::JobState::Cancelled, 40));
    QCOMPARE(following.events(), u"Transferring Error progress error Cancelled cancelled"_s);
    QCOMPARE(following.ends, Ends{core::ExitCode::Refused});
}

void JobFollowerTest::onErrorCompleteTellsWhatWasKeptOnce_data()
{
    QTest::addColumn<bool>("answerFirst");
    QTest::newRow("the answer comes before the new state") << true;
    QTest::newRow("the new state comes before the answer") << false;
}

void JobFollowerTest::onErrorCompleteTellsWhatWasKeptOnce()
{
    QFETCH(bool, answerFirst);
    Following following(OnError::Complete);
    const core::CompleteOutcome outcome{
        .done = {{.job = kFollowed, .manifest = {.missing = {{.name = u"a.bin"_s}}}}}};
    const core::JobSnapshot after = inState(core::JobState::Acknowledged, 40);
    following.service.answerWith<core::message::Complete>([&](const auto & /*request*/) {
        if (!answerFirst) {
            Q_EMIT following.service.jobsChanged({after});
        }
        return outcome;
    });
    following.follower->watchNew(inState(core::JobState::Transferring));
    following.change(refusedByTheServer());
    following.callFor(after);
    following.change(after);
    QCOMPARE(following.events(), u"Transferring Error progress error Acknowledged completed"_s);
    QCOMPARE(following.ends, Ends{core::ExitCode::Refused});
    QCOMPARE(following.service.requests<core::message::Complete>().size(), 1);
}

void JobFollowerTest::anAnswerTypedAtTheQuestionIsCarriedOut()
{
    Following following(OnError::Ask, {});
    following.follower->watchNew(inState(core::JobState::Transferring));
    following.change(refusedByTheServer());
    QTRY_VERIFY(following.files().err().contains(u"Your choice: "_s));
    QVERIFY(following.type("x\n"));
    QVERIFY(following.service.requests<core::message::Cancel>().isEmpty());
    QVERIFY(following.type("c\n"));
    QCOMPARE(following.service.requests<core::message::Cancel>().size(), 1);
    QVERIFY(following.type("c\n")); // nobody asks any more
    QCOMPARE(following.service.requests<core::message::Cancel>().size(), 1);
    QCOMPARE(following.ends, Ends());
}

void JobFollowerTest::everyQuestionOfAJobIsAskedInTurnAndOneMayBeLeft()
{
    Following following(OnError::Ask, {});
    core::JobSnapshot job = refusedByTheServer();
    job.progress.filesTotal = 2;
    job.error->url = QUrl(u"https://one.example/a"_s);
    core::JobError login{.cause = core::Cause::LoginRequired, .fileIndex = 1, .httpStatus = 401};
    login.url = QUrl(u"https://two.example/b"_s);
    bool isAnswered = false;
    following.service.answerWith<core::message::Files>([&](const auto & /*any page*/) {
        const auto failed = [](int index, const core::JobError &error) {
            return core::FileSnapshot{.id = {kFollowed, index},
                                      .state = core::FileState::Failed,
                                      .name = QString::number(index),
                                      .error = error};
        };
        return isAnswered
                   ? core::FilePage{.total = 1, .files = {failed(0, *job.error)}}
                   : core::FilePage{.total = 2, .files = {failed(0, *job.error), failed(1, login)}};
    });
    following.follower->watchNew(inState(core::JobState::Transferring));
    following.change(job);
    QTRY_COMPARE(following.files().err().count(u"Your choice: "_s), 1);
    QVERIFY(!following.files().err().contains(u"two.example"_s));
    QVERIFY(following.type("l\n"));
    QTRY_COMPARE(following.files().err().count(u"Your choice: "_s), 2);
    QVERIFY(following.files().err().contains(u"two.example"_s));
    for (const char *line : {"f\n", "1\n", "me\n", "pw\n"}) {
        QVERIFY(following.type(line));
    }
    const auto sent = following.service.requests<core::message::Resume>();
    QCOMPARE(sent.size(), 1);
    const core::Fixes expected{
        core::fix::Login{.login = {u"me"_s, u"pw"_s}, .origin = u"https://two.example"_s}};
    QVERIFY(sent.first().fixes == expected);
    QCOMPARE(sent.first().left, (QList<core::FileId>{{kFollowed, 0}}));
    isAnswered = true;
    following.change(inState(core::JobState::Transferring, 40));
    following.change(job); // what was left is told once more, and not asked
    QTRY_COMPARE(following.files().err().count(u"one.example refuses"_s), 2);
    QCOMPARE(following.files().err().count(u"Your choice: "_s), 2);
}

void JobFollowerTest::interruptSuspendsAndSaysHowToGoOn()
{
    Following following(OnError::Stop, {});
    following.service.answerWith<core::message::Jobs>(
        [](const auto & /*ids*/) { return QList{inState(core::JobState::Suspended, 40)}; });
    following.follower->watchNew(inState(core::JobState::Transferring));
    following.follower->interrupt();
    following.deliver();
    QCOMPARE(following.service.requests<core::message::Suspend>().size(), 1);
    QVERIFY2(following.files().err().contains(u"bhop resume 7"_s),
             qPrintable(following.files().err()));
    QCOMPARE(following.files().err().count(u'\n'), 1);
    QCOMPARE(following.ends, Ends{core::ExitCode::Unfinished});
}

void JobFollowerTest::aSecondInterruptEndsAtOnce()
{
    Following following(OnError::Stop, {});
    following.service.answerWith<core::message::Jobs>(
        [](const auto & /*ids*/) { return QList{inState(core::JobState::Suspended, 40)}; });
    following.follower->watchNew(inState(core::JobState::Transferring));
    following.follower->interrupt();
    following.follower->interrupt();
    QCOMPARE(following.ends, Ends{core::ExitCode::Unfinished});
    following.deliver(); // the answer to Suspend comes too late to be told
    following.change(inState(core::JobState::Suspended, 40));
    QCOMPARE(following.files().out() + following.files().err(), QString());
    QCOMPARE(following.ends.size(), 1);
}

void JobFollowerTest::interruptBeforeThereIsAJobEndsAtOnce()
{
    Following following;
    following.follower->interrupt();
    QCOMPARE(following.ends, Ends{core::ExitCode::Unfinished});
    QCOMPARE(following.service.log(), QStringList());
}

void JobFollowerTest::interruptTakesAnOpenQuestionAway()
{
    Following following(OnError::Ask, {});
    following.service.answerWith<core::message::Jobs>(
        [](const auto & /*ids*/) { return QList{refusedByTheServer()}; });
    following.follower->watchNew(inState(core::JobState::Transferring));
    following.change(refusedByTheServer());
    following.callFor(refusedByTheServer());
    following.follower->interrupt();
    QVERIFY(following.type("c\n"));
    QVERIFY(following.service.requests<core::message::Cancel>().isEmpty());
    QCOMPARE(following.ends, Ends{core::ExitCode::Unfinished});
}

void JobFollowerTest::aRefusalEndsWithItsReason()
{
    Following following;
    following.service.answerWith<core::message::Resume>([](const auto & /*request*/) {
        return core::SetOutcome{
            .done = {}, .refused = {{.kind = core::RefusalKind::BadFolder, .job = kFollowed}}};
    });
    following.follower->watchKnown(inState(core::JobState::Suspended));
    following.follower->resume({kFollowed}, {});
    following.deliver();
    QCOMPARE(following.ends, Ends{core::ExitCode::Storage});
    QCOMPARE(following.files().out(), QString());
    QVERIFY2(following.files().err().startsWith(u"bhop: "_s), qPrintable(following.files().err()));
    QCOMPARE(following.files().err().count(u'\n'), 1);
}

void JobFollowerTest::whatTheNextEngineHasDoneAlreadyIsNoRefusal()
{
    Following following;
    following.follower->watchNew(inState(core::JobState::Transferring));
    Q_EMIT following.service.engineLost();
    // Queued when it was looked up, and at its end when it was told to go on.
    following.service.answerWith<core::message::Jobs>(
        [](const auto & /*request*/) { return QList{inState(core::JobState::Queued)}; });
    following.service.answerWith<core::message::Resume>([&following](const auto & /*request*/) {
        following.service.answerWith<core::message::Jobs>([](const auto & /*later*/) {
            return QList{inState(core::JobState::Acknowledged, 100)};
        });
        return core::SetOutcome{.refused = {{.kind = core::RefusalKind::InvalidState,
                                             .job = kFollowed,
                                             .state = core::JobState::Acknowledged}}};
    });
    Q_EMIT following.service.engineBack();
    following.deliver();
    following.callFor(inState(core::JobState::Acknowledged, 100));
    QCOMPARE(following.ends, Ends{core::ExitCode::Done});
    QCOMPARE(following.files().err(), QString());
}

void JobFollowerTest::aJobThatWaitsForCompleteIsLeft()
{
    Following following;
    following.follower->watchNew(inState(core::JobState::Transferring));
    core::JobSnapshot whole = inState(core::JobState::Transferred, 100);
    whole.complete = core::CompleteMode::OnRequest;
    following.change(whole);
    following.change(whole);
    QCOMPARE(following.events(), u"Transferring Transferred progress transferred notice"_s);
    QCOMPARE(following.ends, Ends{core::ExitCode::Done});
    QVERIFY(following.service.requests<core::message::Complete>().isEmpty());
}

BELLHOP_TEST(JobFollowerTest)
#include "tst_job_follower.moc"
