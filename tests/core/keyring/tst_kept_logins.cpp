// SPDX-License-Identifier: Apache-2.0
#include "tests/support/fake_keyring.h"
#include "tests/support/http_message.h"
#include "tests/support/manual_rig.h"
#include "tests/support/pretty.h"
#include "tests/support/test_program.h"

#include <QRegularExpression>

#include <algorithm>
#include <memory>

using namespace core;
using namespace Qt::StringLiterals;

namespace {

constexpr qint64 kBytes = 300'000;
const Login kLogin{u"anna"_s, u"s3cret"_s};

} // namespace

/// Logins that outlive the engine in the keyring, or do not.
class KeptLoginsTest final : public QObject {
    Q_OBJECT

private:
    std::unique_ptr<HttpServer> m_server;
    std::unique_ptr<FakeKeyring> m_keyring;
    std::unique_ptr<ManualRig> m_rig;
    qsizetype m_before = 0; ///< so many requests came to the first engine

    /// The server asks for a login, and serves once it has come. Who has none asks twice.
    void asksForLogin(int times = 1) const
    {
        m_server->next("/film.bin",
                       {step::Send{response(401, {{"WWW-Authenticate", "Basic realm=\"x\""}}, {})}},
                       times);
    }
    [[nodiscard]] JobId downloadHalf(bool isKept) const
    {
        m_server->holdAfter("/film.bin", kBytes / 2, "gate");
        JobSpec spec = m_rig->spec({m_server->url(u"/film.bin"_s)});
        spec.options.login = kLogin;
        spec.options.keepSecrets = isKept;
        asksForLogin();
        const JobId id = m_rig->download(spec);
        require(m_rig->comesTo([this] { return m_server->isWaitingAt("gate"); }), u"half"_s);
        return id;
    }
    /// The engine ends, and another one begins.
    void restart(int asksForLoginTimes = 1)
    {
        m_rig->stop();
        m_server->release("gate");
        m_before = m_server->requests().size();
        m_server->serve("/film.bin", {.body = Body::pattern(1, kBytes)});
        asksForLogin(asksForLoginTimes);
        m_rig->start();
    }
    [[nodiscard]] bool wasLoggedIn() const
    {
        const auto requests = m_server->requests().sliced(m_before);
        return std::ranges::any_of(requests, [](const HttpRequest &request) {
            return request.header("Authorization") ==
                   "Basic " + QByteArray("anna:s3cret").toBase64();
        });
    }
    template <typename T>
    [[nodiscard]] QList<T> noticesOf() const
    {
        QList<T> found;
        for (const Notice &notice : std::as_const(m_rig->notices)) {
            if (const auto *mine = std::get_if<T>(&notice)) {
                found.append(*mine);
            }
        }
        return found;
    }

private Q_SLOTS:
    void init()
    {
        QTest::failOnWarning(QRegularExpression(u".*"_s));
        m_server = std::make_unique<HttpServer>();
        m_before = 0;
        m_server->serve("/film.bin", {.body = Body::pattern(1, kBytes)});
        m_keyring = std::make_unique<FakeKeyring>();
        m_rig = std::make_unique<ManualRig>();
        m_rig->keyring = m_keyring.get();
        m_rig->restart();
    }
    void cleanup()
    {
        m_rig.reset();
        m_keyring.reset();
        m_server.reset();
    }

    void aLoginOutlivesTheEngineAndGoesWithTheJob()
    {
        const JobId id = downloadHalf(true);
        QCOMPARE(m_keyring->entries.size(), 1);
        restart();
        QVERIFY(m_rig->reaches(id, JobState::Acknowledged));
        QVERIFY(wasLoggedIn());
        QVERIFY(m_rig->comesTo([this] { return m_keyring->entries.empty(); }));
        QVERIFY(m_rig->comesTo([&] { return !m_rig->job(id).keepSecrets; }));
        QVERIFY(m_rig->notices.isEmpty());
    }

    void nothingIsKeptUnasked()
    {
        const JobId id = downloadHalf(false);
        QVERIFY(m_keyring->entries.empty());
        restart(2);
        QVERIFY(m_rig->reaches(id, JobState::Error));
        QCOMPARE(m_rig->job(id).error->signIn, SignIn::NotGiven);
        QVERIFY(!wasLoggedIn());
    }

    void whatIsGivenAsARepairIsKeptOnlyIfThatIsWanted_data()
    {
        QTest::addColumn<bool>("isWanted");
        QTest::newRow("wanted") << true;
        QTest::newRow("not any more") << false;
    }
    void whatIsGivenAsARepairIsKeptOnlyIfThatIsWanted()
    {
        QFETCH(bool, isWanted);
        const JobId id = downloadHalf(true);
        m_rig->suspend(id);
        m_rig->resume(id, {fix::Login{.login = {u"bert"_s, u"other"_s}, .keep = isWanted}});
        QVERIFY(m_rig->comesTo([&] { return m_keyring->entries.empty() != isWanted; }));
        if (isWanted) {
            QVERIFY(m_rig->comesTo(
                [&] { return m_keyring->entries.begin()->second.contains(u"bert"); }));
        }
        QCOMPARE(m_rig->job(id).keepSecrets, isWanted);
        m_server->release("gate");
        m_rig->settle();
    }

    void aJobThatIsCancelledLeavesNothing()
    {
        const JobId id = downloadHalf(true);
        m_rig->cancel(id);
        QVERIFY(m_rig->comesTo([this] { return m_keyring->entries.empty(); }));
        m_server->release("gate");
    }

    void aLockedKeyringIsSaidAndTheJobGoesOnOnceItOpens()
    {
        const JobId id = downloadHalf(true);
        m_keyring->is = KeyringState::Locked;
        restart(2);
        QVERIFY(m_rig->reaches(id, JobState::Error));
        QVERIFY(!wasLoggedIn());
        QCOMPARE(noticesOf<notice::SecretsNotRead>(),
                 (QList{notice::SecretsNotRead{KeyringState::Locked, {id}}}));
        QCOMPARE(m_keyring->entries.size(), 1);
        asksForLogin();
        m_keyring->open();
        QVERIFY(m_rig->reaches(id, JobState::Acknowledged));
        QVERIFY(wasLoggedIn());
        QVERIFY(m_rig->comesTo([this] { return m_keyring->entries.empty(); }));
    }

    void aKeyringThatDoesNotAnswerIsNotWaitedForLong()
    {
        const JobId id = downloadHalf(true);
        m_keyring->isSilent = true;
        restart(2);
        m_rig->settle();
        QCOMPARE(m_server->requests().size(), m_before); // it waits
        m_rig->clock.advance(SecretKeeper::kPatience);
        QVERIFY(m_rig->reaches(id, JobState::Error));
        QCOMPARE(noticesOf<notice::SecretsNotRead>(),
                 (QList{notice::SecretsNotRead{KeyringState::Missing, {id}}}));
    }

    void aPersonWhoResumesTheJobIsNotKeptWaiting()
    {
        const JobId id = downloadHalf(true);
        m_keyring->isSilent = true;
        restart();
        m_rig->suspend(id);
        m_rig->resume(id, {fix::Login{.login = kLogin}});
        QVERIFY(m_rig->reaches(id, JobState::Acknowledged));
        QVERIFY(wasLoggedIn());
    }

    void whatCannotBeKeptIsSaidOnceAndKeptOnceItOpens()
    {
        m_keyring->is = KeyringState::Locked;
        const JobId id = downloadHalf(true);
        QVERIFY(m_rig->comesTo([&] { return !m_rig->notices.isEmpty(); }));
        QCOMPARE(noticesOf<notice::SecretsNotKept>(),
                 (QList{notice::SecretsNotKept{KeyringState::Locked, {id}}}));
        m_keyring->open();
        QVERIFY(m_rig->comesTo([this] { return m_keyring->entries.size() == 1; }));
        m_server->release("gate");
        QVERIFY(m_rig->reaches(id, JobState::Acknowledged));
        QVERIFY(m_rig->comesTo([this] { return m_keyring->entries.empty(); }));
        QCOMPARE(m_rig->notices.size(), 1);
    }

    void whatAJobLeftWhileItWasLockedIsRemovedWithTheNextEngine()
    {
        const JobId id = downloadHalf(true);
        m_keyring->is = KeyringState::Locked;
        m_rig->cancel(id);
        QVERIFY(m_rig->reaches(id, JobState::Cancelled));
        m_rig->settle();
        QCOMPARE(m_keyring->entries.size(), 1);
        m_keyring->is = KeyringState::Open;
        restart();
        QVERIFY(m_rig->comesTo([this] { return m_keyring->entries.empty(); }));
    }

    void soIsThatOfAJobThatIsNotOnTheListAnyMore()
    {
        const JobId id = downloadHalf(true);
        m_keyring->is = KeyringState::Locked;
        m_rig->cancel(id);
        QVERIFY(m_rig->reaches(id, JobState::Cancelled));
        QVERIFY(m_rig->comesTo(
            [&] { return m_rig->ask<message::Remove>({{id}})->done == JobIds{id}; }));
        m_rig->settle();
        restart();
        m_rig->settle();
        QCOMPARE(m_keyring->entries.size(), 1); // it is locked still
        m_keyring->open();
        QVERIFY(m_rig->comesTo([this] { return m_keyring->entries.empty(); }));
        m_keyring->entries[u"of another program"_s] = u"x"_s;
        restart(); // and is not thought of again
        m_rig->settle();
        QCOMPARE(m_keyring->entries.size(), 1);
    }

    void anotherJobOfTheSameNumberDoesNotGetIt()
    {
        const JobId id = downloadHalf(true);
        QString &entry = m_keyring->entries.begin()->second;
        const auto year = QRegularExpression(u"createdAt\":\"\\d{4}"_s);
        entry.replace(year, u"createdAt\":\"1999"_s);
        restart(2);
        QVERIFY(m_rig->reaches(id, JobState::Error));
        QVERIFY(!wasLoggedIn());
    }

    void frontEndsAreToldWhatItWouldDo()
    {
        m_keyring->is = KeyringState::Locked;
        QCOMPARE(m_rig->ask<message::Keyring>({}).value(), KeyringState::Locked);
        m_rig->keyring = nullptr;
        m_rig->restart();
        QCOMPARE(m_rig->ask<message::Keyring>({}).value(), KeyringState::Missing);
    }
};

BELLHOP_TEST(KeptLoginsTest)
#include "tst_kept_logins.moc"
