// SPDX-License-Identifier: Apache-2.0
#include "app/cli/follow/question.h"

#include "core/remedy/catalogue.h"
#include "tests/support/test_program.h"

#include <QRegularExpression>
#include <QTest>

using namespace cli;
using namespace Qt::StringLiterals;

namespace {

const QByteArray kSeen = "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";
const QString kTypedSha = u"sha256:"_s + QString(64, u'a');

core::JobError errorOf(core::Cause cause)
{
    return {.cause = cause,
            .fileIndex = 2,
            .url = QUrl(u"http://example.org/a"_s),
            .localPath = u"/home/me"_s,
            .httpStatus = cause == core::Cause::Forbidden ? 403 : 0,
            .jobFilesTotal = 5,
            .certificate = core::SeenCertificate{.sha256Hex = kSeen,
                                                 .subject = u"nas.local\x1b[2J"_s,
                                                 .issuer = u"nas.local\x1b[2J"_s,
                                                 .names = {u"nas.local"_s}},
            .proxy = QUrl(u"http://p.example:3128"_s)};
}

Question questionAbout(core::Cause cause, core::KeyringState keyring = core::KeyringState::Missing)
{
    const core::JobError error = errorOf(cause);
    core::JobSnapshot job{.id = {7}, .state = core::JobState::Error, .error = error};
    job.progress.filesTotal = 5;
    return {job, {{error, u"a"_s}}, u"/home/me"_s, keyring};
}

/// The number before the repair in the list of this cause.
QString numberOf(core::Cause cause, core::FixKind kind)
{
    return QString::number(core::fixesFor(errorOf(cause)).indexOf(kind) + 1);
}

} // namespace

class QuestionTest final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u".*"_s)); }

    void linesLeadToADecision_data();
    void linesLeadToADecision();
    void badAnswersAreAskedAgain_data();
    void badAnswersAreAskedAgain();
    void thePasswordIsSecret();
    void whereThereIsAKeyringItIsAskedWhetherTheLoginGoesThere();
    void whatIsNoSecretGoesOnWithoutAsking();
    void theCertificateIsShownBeforeItIsTrusted();
    void everyRepairOfEveryCauseCanBeChosen();
    void theVerbsAreShownWithTheirEffect();
    void anUploadOffersNoPartialAcceptance();
    void oneAnswerGoesToAllFilesThatAskTheSame();
    void everyFileIsAskedForALinkOfItsOwn();
    void filesOfOneNameAreToldApartByTheirNumbers();
};

void QuestionTest::linesLeadToADecision_data()
{
    using core::Cause;
    using core::FixKind;
    using Verb = Decision::Verb;
    QTest::addColumn<core::Cause>("cause");
    QTest::addColumn<QStringList>("lines");
    QTest::addColumn<Decision>("decision");

    const auto row = [](const char *name, Cause cause, const QStringList &lines,
                        const Decision &decision) {
        QTest::newRow(name) << cause << lines << decision;
    };
    row("cancel", Cause::Forbidden, {u"c"_s}, {Verb::Cancel, {}});
    row("accept", Cause::Forbidden, {u" A "_s}, {Verb::Complete, {}});
    row("later", Cause::Forbidden, {u"l"_s}, {Verb::Later, {}});
    row("new link", Cause::Forbidden,
        {u"f"_s, numberOf(Cause::Forbidden, FixKind::NewLink), u"http://b.org/x"_s},
        {Verb::Resume, {core::fix::NewLink{QUrl(u"http://b.org/x"_s), 2}}});
    row("new link after a bad one", Cause::Forbidden,
        {u"f"_s, numberOf(Cause::Forbidden, FixKind::NewLink), u"ftp://x"_s, u"http://b.org/x"_s},
        {Verb::Resume, {core::fix::NewLink{QUrl(u"http://b.org/x"_s), 2}}});
    row("back from the link to the verbs", Cause::Forbidden,
        {u"f"_s, numberOf(Cause::Forbidden, FixKind::NewLink), u""_s, u""_s, u"c"_s},
        {Verb::Cancel, {}});
    row("the address that the server has named", Cause::UploadElsewhere,
        {u"f"_s, numberOf(Cause::UploadElsewhere, FixKind::NewLink), u""_s},
        {Verb::Resume, {core::fix::NewLink{QUrl(u"http://example.org/a"_s), 2}}});
    row("headers", Cause::Forbidden,
        {u"f"_s, numberOf(Cause::Forbidden, FixKind::Headers), u"A: 1"_s, u"B: 2"_s, u""_s},
        {Verb::Resume, {core::fix::Headers{{{"A", "1"}, {"B", "2"}}}}});
    row("skip", Cause::NotFound, {u"f"_s, numberOf(Cause::NotFound, FixKind::SkipFile)},
        {Verb::Resume, {core::fix::SkipFile{2}}});
    row("login", Cause::LoginRequired,
        {u"f"_s, numberOf(Cause::LoginRequired, FixKind::Login), u"me"_s, u" pass "_s},
        {Verb::Resume,
         {core::fix::Login{.login = {u"me"_s, u" pass "_s}, .origin = u"http://example.org"_s}}});
    row("other folder", Cause::NoPermission,
        {u"f"_s, numberOf(Cause::NoPermission, FixKind::OtherFolder), u"../x"_s},
        {Verb::Resume, {core::fix::OtherFolder{u"/home/x"_s}}});
    row("other name", Cause::NameExists,
        {u"f"_s, numberOf(Cause::NameExists, FixKind::OtherName), u"b.bin"_s},
        {Verb::Resume, {core::fix::OtherName{u"b.bin"_s, 2}}});
    const QString trust = numberOf(Cause::Untrusted, FixKind::TrustCertificate);
    row("trust", Cause::Untrusted, {u"f"_s, trust, u"Yes"_s},
        {Verb::Resume, {core::fix::TrustCertificate{kSeen, u"http://example.org"_s}}});
    row("trust by the fingerprint", Cause::Untrusted,
        {u"f"_s, trust, u"y"_s, core::formatFingerprint(QByteArray(64, 'a')),
         core::formatFingerprint(kSeen)},
        {Verb::Resume, {core::fix::TrustCertificate{kSeen, u"http://example.org"_s}}});
    row("back from the certificate", Cause::Untrusted, {u"f"_s, trust, u""_s, u""_s, u"c"_s},
        {Verb::Cancel, {}});
    const QString proxy = numberOf(Cause::ProxyUnreachable, FixKind::Proxy);
    row("no proxy", Cause::ProxyUnreachable, {u"f"_s, proxy, u"direct"_s},
        {Verb::Resume, {core::fix::Proxy{core::noProxy()}}});
    row("another proxy, after a bad one", Cause::ProxyUnreachable,
        {u"f"_s, proxy, u"ftp://x"_s, u"q.example:8080"_s},
        {Verb::Resume, {core::fix::Proxy{QUrl(u"http://q.example:8080"_s)}}});
    const QString proxyLogin = numberOf(Cause::ProxyLoginRequired, FixKind::Proxy);
    row("login for the proxy", Cause::ProxyLoginRequired, {u"f"_s, proxyLogin, u"me"_s, u"p w"_s},
        {Verb::Resume, {core::fix::Proxy{QUrl(u"http://me:p%20w@p.example:3128"_s)}}});
    row("another proxy instead of a login", Cause::ProxyLoginRequired,
        {u"f"_s, proxyLogin, u""_s, u"direct"_s},
        {Verb::Resume, {core::fix::Proxy{core::noProxy()}}});
    const QString hash = numberOf(Cause::HashMismatch, FixKind::OtherHash);
    row("no checksum", Cause::HashMismatch, {u"f"_s, hash, u"sha256:1"_s, u"none"_s},
        {Verb::Resume, {core::fix::OtherHash{std::nullopt, 2}}});
    row("another checksum", Cause::HashMismatch, {u"f"_s, hash, kTypedSha},
        {Verb::Resume, {core::fix::OtherHash{core::parseExpectedHash(kTypedSha), 2}}});
    row("accept as it is", Cause::HashMismatch,
        {u"f"_s, numberOf(Cause::HashMismatch, FixKind::Accept)},
        {Verb::Resume, {core::fix::Accept{2}}});
    row("allow it unencrypted", Cause::InsecureRedirect,
        {u"f"_s, numberOf(Cause::InsecureRedirect, FixKind::AllowInsecure)},
        {Verb::Resume, {core::fix::AllowInsecure{}}});
    row("keep both", Cause::NameExists, {u"f"_s, numberOf(Cause::NameExists, FixKind::KeepBoth)},
        {Verb::Resume, {core::fix::KeepBoth{2}}});
}

void QuestionTest::linesLeadToADecision()
{
    QFETCH(core::Cause, cause);
    QFETCH(QStringList, lines);
    QFETCH(Decision, decision);
    Question question = questionAbout(cause);
    for (qsizetype i = 0; i + 1 < lines.size(); ++i) {
        QVERIFY2(!question.take(lines.at(i)).decision, qPrintable(lines.at(i)));
        QVERIFY(!question.prompt().isEmpty());
    }
    const Question::Step last = question.take(lines.last());
    QVERIFY2(last.decision, qPrintable(last.complaint));
    QVERIFY(*last.decision == decision);
}

void QuestionTest::badAnswersAreAskedAgain_data()
{
    QTest::addColumn<QStringList>("lines");
    QTest::newRow("nothing") << QStringList{u""_s};
    QTest::newRow("another letter") << QStringList{u"x"_s};
    QTest::newRow("a word") << QStringList{u"cancel it"_s};
    QTest::newRow("no such number") << QStringList{u"f"_s, u"99"_s};
    QTest::newRow("zero") << QStringList{u"f"_s, u"0"_s};
    QTest::newRow("no number") << QStringList{u"f"_s, u"link"_s};
}

void QuestionTest::badAnswersAreAskedAgain()
{
    QFETCH(QStringList, lines);
    Question question = questionAbout(core::Cause::Forbidden);
    for (qsizetype i = 0; i + 1 < lines.size(); ++i) {
        QVERIFY(question.take(lines.at(i)).complaint.isEmpty());
    }
    const QString prompt = question.prompt();
    const Question::Step step = question.take(lines.last());
    QVERIFY(!step.decision);
    QVERIFY(!step.complaint.isEmpty());
    QCOMPARE(question.prompt(), prompt);
}

void QuestionTest::thePasswordIsSecret()
{
    for (const auto &[cause, kind] :
         {std::pair(core::Cause::LoginRequired, core::FixKind::Login),
          std::pair(core::Cause::ProxyLoginRequired, core::FixKind::Proxy)}) {
        Question question = questionAbout(cause);
        for (const QString &line : {u"f"_s, numberOf(cause, kind), u"me"_s}) {
            QVERIFY(!question.isSecret());
            std::ignore = question.take(line);
        }
        QVERIFY(question.isSecret());
    }
}

void QuestionTest::whereThereIsAKeyringItIsAskedWhetherTheLoginGoesThere()
{
    for (const bool isKept : {true, false}) {
        Question question = questionAbout(core::Cause::LoginRequired, core::KeyringState::Open);
        for (const QString &line :
             {u"f"_s, numberOf(core::Cause::LoginRequired, core::FixKind::Login), u"me"_s,
              u"pass word "_s}) {
            QVERIFY(!question.take(line).decision);
        }
        QVERIFY(!question.isSecret());
        QVERIFY2(question.prompt().contains(u"keyring"_s), qPrintable(question.prompt()));
        const auto decision = question.take(isKept ? u"y"_s : QString()).decision;
        QVERIFY(decision);
        QCOMPARE(std::get<core::fix::Login>(decision->fixes.first()).keep, isKept);
        QCOMPARE(std::get<core::fix::Login>(decision->fixes.first()).login.password,
                 u"pass word "_s);
    }
}

void QuestionTest::whatIsNoSecretGoesOnWithoutAsking()
{
    Question question = questionAbout(core::Cause::Forbidden, core::KeyringState::Open);
    std::ignore = question.take(u"f"_s);
    std::ignore = question.take(numberOf(core::Cause::Forbidden, core::FixKind::NewLink));
    QVERIFY(question.take(u"https://example.org/other"_s).decision);
}

void QuestionTest::theCertificateIsShownBeforeItIsTrusted()
{
    Question question = questionAbout(core::Cause::Untrusted);
    std::ignore = question.take(u"f"_s);
    std::ignore = question.take(numberOf(core::Cause::Untrusted, core::FixKind::TrustCertificate));
    const QString prompt = question.prompt();
    const QString fingerprint = core::formatFingerprint(kSeen);
    for (const QString &part : {u"nas.local\\x1b[2J"_s, u"nobody but itself"_s,
                                fingerprint.first(48), fingerprint.sliced(48)}) {
        QVERIFY2(prompt.contains(part), qPrintable(prompt));
    }
}

void QuestionTest::everyRepairOfEveryCauseCanBeChosen()
{
    for (const core::Cause cause : core::kCauses) {
        for (const core::FixKind kind : core::fixesFor(errorOf(cause))) {
            Question question = questionAbout(cause);
            std::ignore = question.take(u"f"_s);
            const QString asked = question.prompt();
            const Question::Step step = question.take(numberOf(cause, kind));
            QVERIFY2(step.complaint.isEmpty(), core::name(kind));
            QVERIFY2(step.decision || question.prompt() != asked, core::name(kind));
        }
    }
}

void QuestionTest::theVerbsAreShownWithTheirEffect()
{
    const QString prompt = questionAbout(core::Cause::Forbidden).prompt();
    for (const QString &label : {u"Cancel job"_s, u"Accept partial"_s, u"Fix and resume"_s}) {
        QVERIFY2(prompt.contains(label), qPrintable(prompt));
    }
}

void QuestionTest::anUploadOffersNoPartialAcceptance()
{
    core::JobSnapshot job{.id = {7}, .type = core::JobType::Upload, .state = core::JobState::Error};
    Question question(job, {{core::JobError{.cause = core::Cause::Forbidden}, {}}}, u"/"_s);
    QVERIFY(!question.prompt().contains(u"Accept partial"_s));
    QVERIFY(!question.take(u"a"_s).decision);
}

namespace {

Question questionOfTwo(core::Cause cause, const QString &second = u"b"_s)
{
    core::JobError other = errorOf(cause);
    other.fileIndex = 4;
    core::JobSnapshot job{.id = {7}, .state = core::JobState::Error, .error = errorOf(cause)};
    job.progress.filesTotal = 5;
    return {job, {{errorOf(cause), u"a"_s}, {other, second}}, u"/home/me"_s};
}

} // namespace

void QuestionTest::oneAnswerGoesToAllFilesThatAskTheSame()
{
    Question question = questionOfTwo(core::Cause::NotFound);
    std::ignore = question.take(u"f"_s);
    QVERIFY2(question.prompt().contains(u"Go on without these files"_s),
             qPrintable(question.prompt()));
    const auto step = question.take(u"2"_s);
    QVERIFY(step.decision);
    QVERIFY(step.decision->fixes == core::Fixes({core::fix::SkipFile{2}, core::fix::SkipFile{4}}));
}

void QuestionTest::filesOfOneNameAreToldApartByTheirNumbers()
{
    Question question = questionOfTwo(core::Cause::NotFound, u"a"_s);
    std::ignore = question.take(u"f"_s);
    std::ignore = question.take(u"1"_s);
    QCOMPARE(question.prompt(), u"New link for a, number 3: "_s);
    std::ignore = question.take(u"http://x.org/a"_s);
    QCOMPARE(question.prompt(), u"New link for a, number 5: "_s);
}

void QuestionTest::everyFileIsAskedForALinkOfItsOwn()
{
    Question question = questionOfTwo(core::Cause::NotFound);
    std::ignore = question.take(u"f"_s);
    QVERIFY(!question.take(u"1"_s).decision);
    QCOMPARE(question.prompt(), u"New link for a: "_s);
    QVERIFY(!question.take(u"http://x.org/a"_s).decision);
    QCOMPARE(question.prompt(), u"New link for b: "_s);
    const auto step = question.take(u"http://x.org/b"_s);
    QVERIFY(step.decision);
    QVERIFY(step.decision->fixes ==
            core::Fixes({core::fix::NewLink{QUrl(u"http://x.org/a"_s), 2},
                         core::fix::NewLink{QUrl(u"http://x.org/b"_s), 4}}));
}

BELLHOP_TEST(QuestionTest)
#include "tst_terminal_question.moc"
