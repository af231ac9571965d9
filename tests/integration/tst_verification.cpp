// SPDX-License-Identifier: Apache-2.0
// Files that came whole and are not what they should be: checksums that a person gave, and those
// that the server states.
#include "tests/integration/asked.h"
#include "tests/support/engine_rig.h"
#include "tests/support/pretty.h"
#include "tests/support/test_program.h"

#include <QCryptographicHash>

using namespace core;
using namespace Qt::StringLiterals;

namespace {

constexpr qint64 kVerifiedBytes = 1'000'000;
constexpr auto kQuestion = "HashMismatch None 9 Restart";

QByteArray base64Of(const QByteArray &hex)
{
    return QByteArray::fromHex(hex).toBase64();
}

QByteArray sha512Of(const Body &body)
{
    return QCryptographicHash::hash(body.slice(0, body.sizeBytes()), QCryptographicHash::Sha512)
        .toHex();
}

ExpectedHash sha256(const Body &body)
{
    return {ExpectedHash::Algorithm::Sha256, body.sha256()};
}

} // namespace

class VerificationTest final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();

    void aWrongChecksumHasItsRepairs_data();
    void aWrongChecksumHasItsRepairs();
    void everyKindOfChecksumIsMade_data();
    void everyKindOfChecksumIsMade();
    void whatTheServerStatesIsHeldAgainstTheFile_data();
    void whatTheServerStatesIsHeldAgainstTheFile();
    void whatAPersonGaveCountsMoreThanWhatTheServerStates();
    void aPromiseOutlivesARestart();
    void aPromiseGoesWithTheVersionItWasMadeFor();

private:
    [[nodiscard]] JobId begin(const std::optional<ExpectedHash> &hash = {});

    const Body m_right = Body::pattern(1, kVerifiedBytes);
    const Body m_wrong = Body::pattern(2, kVerifiedBytes);
    std::unique_ptr<HttpServer> m_server;
    std::unique_ptr<EngineRig> m_rig;
};

void VerificationTest::init()
{
    QTest::failOnWarning(QRegularExpression(u".*"_s));
    m_server = std::make_unique<HttpServer>();
    m_rig = std::make_unique<EngineRig>();
}

void VerificationTest::cleanup()
{
    m_rig.reset();
    m_server.reset();
}

JobId VerificationTest::begin(const std::optional<ExpectedHash> &hash)
{
    JobSpec spec = m_rig->spec({m_server->url(u"/file"_s)});
    spec.files.first().hash = hash;
    const JobId id = m_rig->add(spec);
    m_rig->resume(id);
    return id;
}

void VerificationTest::aWrongChecksumHasItsRepairs_data()
{
    QTest::addColumn<Fixes>("fixes");
    QTest::addColumn<bool>("fetchesAgain");
    QTest::newRow("that checksum was the wrong one")
        << Fixes{fix::OtherHash{sha256(m_wrong), {}}} << false;
    QTest::newRow("no checksum after all") << Fixes{fix::OtherHash{}} << false;
    QTest::newRow("it is right as it is") << Fixes{fix::Accept{}} << false;
    QTest::newRow("from the first byte") << Fixes{fix::Restart{}} << true;
    QTest::newRow("just go on") << Fixes{} << true;
}

void VerificationTest::aWrongChecksumHasItsRepairs()
{
    QFETCH(Fixes, fixes);
    QFETCH(bool, fetchesAgain);
    m_server->serve("/file", {.body = m_wrong});
    const JobId id = begin(sha256(m_right));
    QVERIFY(m_rig->reaches(id, JobState::Error));
    QCOMPARE(asked(m_rig->job(id).error), kQuestion);
    QCOMPARE(m_rig->job(id).error->step, core::Step::Verify);
    QCOMPARE(m_rig->job(id).error->fileBytesDone, kVerifiedBytes);
    QCOMPARE(m_rig->listing(), QStringList{u"file.part"_s}); // nothing wrong under the final name

    m_server->serve("/file", {.body = m_right, .etag = "\"v2\""});
    m_rig->resume(id, fixes);
    QVERIFY(m_rig->reaches(id, JobState::Acknowledged));
    QTRY_COMPARE(m_rig->listing(), QStringList{u"file"_s});
    const Body &expected = fetchesAgain ? m_right : m_wrong;
    QVERIFY(m_rig->content(u"file"_s) == expected.slice(0, kVerifiedBytes));
    QCOMPARE(m_server->requests().size(), fetchesAgain ? 2 : 1);
    QCOMPARE(m_server->requests().last().header("Range"), "bytes=0-");
}

void VerificationTest::everyKindOfChecksumIsMade_data()
{
    QTest::addColumn<ExpectedHash::Algorithm>("algorithm");
    QTest::addColumn<QCryptographicHash::Algorithm>("method");
    QTest::newRow("md5") << ExpectedHash::Algorithm::Md5 << QCryptographicHash::Md5;
    QTest::newRow("sha1") << ExpectedHash::Algorithm::Sha1 << QCryptographicHash::Sha1;
    QTest::newRow("sha256") << ExpectedHash::Algorithm::Sha256 << QCryptographicHash::Sha256;
    QTest::newRow("sha512") << ExpectedHash::Algorithm::Sha512 << QCryptographicHash::Sha512;
}

void VerificationTest::everyKindOfChecksumIsMade()
{
    QFETCH(ExpectedHash::Algorithm, algorithm);
    QFETCH(QCryptographicHash::Algorithm, method);
    m_server->serve("/file", {.body = m_right});
    const auto digest = [method](const Body &body) {
        return QCryptographicHash::hash(body.slice(0, kVerifiedBytes), method).toHex();
    };
    const JobId wrong = begin(ExpectedHash{algorithm, digest(m_wrong)});
    QVERIFY(m_rig->reaches(wrong, JobState::Error));
    QCOMPARE(asked(m_rig->job(wrong).error), kQuestion);
    std::ignore = m_rig->ask<message::Cancel>({{wrong}});
    const JobId right = begin(ExpectedHash{algorithm, digest(m_right)});
    QVERIFY(m_rig->reaches(right, JobState::Acknowledged));
}

void VerificationTest::whatTheServerStatesIsHeldAgainstTheFile_data()
{
    QTest::addColumn<HeaderFields>("fields");
    QTest::addColumn<bool>("holds");
    const QByteArray right = base64Of(m_right.sha256());
    const QByteArray wrong = base64Of(m_wrong.sha256());
    const QByteArray right512 = base64Of(sha512Of(m_right));
    const auto row = [](const char *name, const QByteArray &field, const QByteArray &value,
                        bool holds) {
        QTest::newRow(name) << HeaderFields{{field, value}} << holds;
    };
    row("Repr-Digest, right", "Repr-Digest", "sha-256=:" + right + ':', true);
    row("Repr-Digest, wrong", "Repr-Digest", "sha-256=:" + wrong + ':', false);
    row("the stronger one counts", "Repr-Digest",
        "sha-256=:" + wrong + ":, sha-512=:" + right512 + ':', true);
    row("Digest, right", "Digest", "SHA-256=" + right, true);
    row("Digest, wrong", "Digest", "SHA-256=" + wrong, false);
    row("a weak one proves nothing", "Digest", "MD5=" + wrong.first(22) + "==", true);
    row("an unreadable one says nothing", "Repr-Digest", "sha-256=" + wrong, true);
    row("of the part on the wire", "Content-Digest", "sha-256=:" + wrong + ':', true);
    QTest::newRow("the newer field counts")
        << HeaderFields{{"Digest", "SHA-256=" + wrong}, {"Repr-Digest", "sha-256=:" + right + ':'}}
        << true;
}

void VerificationTest::whatTheServerStatesIsHeldAgainstTheFile()
{
    QFETCH(HeaderFields, fields);
    QFETCH(bool, holds);
    m_server->serve("/file", {.body = m_right, .headers = fields});
    const JobId id = begin();
    QVERIFY(m_rig->reaches(id, holds ? JobState::Acknowledged : JobState::Error));
    if (holds) {
        QVERIFY(m_rig->content(u"file"_s) == m_right.slice(0, kVerifiedBytes));
        return;
    }
    QCOMPARE(asked(m_rig->job(id).error), kQuestion);
    m_rig->resume(id, {fix::Accept{}});
    QVERIFY(m_rig->reaches(id, JobState::Acknowledged));
    QVERIFY(m_rig->content(u"file"_s) == m_right.slice(0, kVerifiedBytes));
    QCOMPARE(m_server->requests().size(), 1);
}

void VerificationTest::whatAPersonGaveCountsMoreThanWhatTheServerStates()
{
    const QByteArray wrong = "sha-256=:" + base64Of(m_wrong.sha256()) + ':';
    m_server->serve("/file", {.body = m_right, .headers = {{"Repr-Digest", wrong}}});
    const JobId id = begin(sha256(m_right));
    QVERIFY(m_rig->reaches(id, JobState::Acknowledged));
}

void VerificationTest::aPromiseOutlivesARestart()
{
    // Stated with the first answer alone; the part that comes later is of another file.
    const QByteArray right = "sha-256=:" + base64Of(m_right.sha256()) + ':';
    m_server->serve("/file", {.body = m_right, .headers = {{"Repr-Digest", right}}});
    m_server->holdAfter("/file", 400'000, "gate");
    const JobId id = begin();
    QTRY_VERIFY(m_server->isWaitingAt("gate"));
    QTRY_COMPARE(m_rig->job(id).progress.bytesDone, 400'000);
    m_server->serve("/file", {.body = m_wrong, .ranges = RangeAnswer::IgnoresIfRange});
    m_rig->restart();
    QVERIFY(m_rig->reaches(id, JobState::Error));
    QCOMPARE(asked(m_rig->job(id).error), kQuestion);
    QVERIFY(m_server->requests().last().header("Range") != "bytes=0-");

    m_server->serve("/file", {.body = m_right, .etag = "\"v2\""});
    m_rig->resume(id); // the bytes are known to be wrong: all of them are fetched again
    QVERIFY(m_rig->reaches(id, JobState::Acknowledged));
    QVERIFY(m_rig->content(u"file"_s) == m_right.slice(0, kVerifiedBytes));
    QCOMPARE(m_rig->listing(), QStringList{u"file"_s});
}

void VerificationTest::aPromiseGoesWithTheVersionItWasMadeFor()
{
    const QByteArray first = "sha-256=:" + base64Of(m_wrong.sha256()) + ':';
    m_server->serve("/file", {.body = m_wrong, .headers = {{"Repr-Digest", first}}});
    m_server->holdAfter("/file", 400'000, "gate");
    const JobId id = begin();
    QTRY_VERIFY(m_server->isWaitingAt("gate"));
    QTRY_COMPARE(m_rig->job(id).progress.bytesDone, 400'000);
    std::ignore = m_rig->ask<message::Suspend>({{id}});
    m_server->serve("/file", {.body = m_right, .etag = "\"v2\""}); // states nothing
    m_rig->resume(id);
    QVERIFY(m_rig->reaches(id, JobState::Error));
    QCOMPARE(asked(m_rig->job(id).error), "RemoteChanged None 7 Restart");
    m_rig->resume(id, {fix::Restart{}});
    QVERIFY(m_rig->reaches(id, JobState::Acknowledged));
    QVERIFY(m_rig->content(u"file"_s) == m_right.slice(0, kVerifiedBytes));
}

BELLHOP_TEST(VerificationTest)
#include "tst_verification.moc"
