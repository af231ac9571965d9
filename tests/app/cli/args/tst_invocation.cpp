// SPDX-License-Identifier: Apache-2.0
#include "app/cli/args/invocation.h"
#include "app/cli/follow/resume_runner.h"
#include "tests/app/cli/typed_words.h"
#include "tests/app/cli/typed_world.h"
#include "tests/support/test_program.h"

#include <QRegularExpression>
#include <QTest>

using namespace cli;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

Parsed<GetRequest> get(const QStringList &words, const Surroundings &surroundings = world())
{
    return readInvocation(typedWords(QStringList{u"get"_s} + words), surroundings)
        .map([](const Invocation &i) { return std::get<GetRequest>(i.request); });
}

Parsed<ResumeRequest> resume(const QStringList &words, const Surroundings &surroundings = world())
{
    return readInvocation(typedWords(QStringList{u"resume"_s} + words), surroundings)
        .map([](const Invocation &i) { return std::get<ResumeRequest>(i.request); });
}

const QString kLink = u"http://example.org/a.bin"_s;
const QString kSha = u"sha256:"_s + QString(64, u'a');
const QString kFingerprint = core::formatFingerprint(QByteArray(64, 'b'));

} // namespace

class InvocationTest final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u".*"_s)); }

    void aLinkAloneBecomesAJobInTheCurrentFolder();
    void everyOptionOfGetArrives();
    void aDetachedJobIsAsPatientAsInTheWindow();
    void linksComeFromListsToo();
    void everyBadLineOfAListIsNamed();
    void aLinkThatIsNoTextKeepsItsBytes();
    void checkTakesTheRepairsOfResumeForOneJob();
    void adoptTakesAPathAndALink();
    void aLoginInALinkBecomesThatOfTheJob();
    void theOptionWinsOverTheLoginInTheLink();
    void thePasswordIsAskedForAtATerminal();
    void nothingIsReadOrAskedAfterTheFirstMistake_data();
    void nothingIsReadOrAskedAfterTheFirstMistake();
    void ratesAreReadAsTyped_data();
    void ratesAreReadAsTyped();
    void asksByDefaultOnlyAtATerminal();
    void badInputIsRefusedInOneSentence_data();
    void badInputIsRefusedInOneSentence();
    void fixesComeInTheOrderInWhichTheyAreApplied();
    void aNewLinkWithALoginBringsTheLogin();
    void aFileNamesTheServerThatALoginIsFor();
    void secretsAreKeptIfThatIsSaid();
    void everyJudgementBecomesItsFix();
    void aProxyIsNamedAsItIsMeant_data();
    void aProxyIsNamedAsItIsMeant();
    void theLoginOfAProxyStaysOffTheCommandLine();
    void aLoginForTheProxyThatStoppedTheJobWaitsForIt();
    void twoPasswordsComeInTheirOrder();
    void aCertificateIsTrustedForEachServerOfTheLinks();
    void filesAreFoundByNumberAndByName();
    void fixesAreAimedAtTheFile();
    void helpIsUnderstoodEverywhere();
};

void InvocationTest::aLinkAloneBecomesAJobInTheCurrentFolder()
{
    const auto request = get({kLink});
    QVERIFY(request);
    const core::JobSpec expected{
        .folder = u"/home/me"_s,
        .files = {{.url = QUrl(kLink)}},
        .options = {.noProgressTimeout = 2min},
    };
    QVERIFY(request->spec == expected);
    QVERIFY(!request->detach);
}

void InvocationTest::everyOptionOfGetArrives()
{
    const auto surroundings =
        world({{u"ca.pem"_s, "-----BEGIN CERTIFICATE-----\n"}, {u"fields"_s, "B: 2\r\n\nC: 3"}},
              "secret\nrest");
    const auto request = get({u"-d"_s,
                              u"../files"_s,
                              u"-o"_s,
                              u"b.bin"_s,
                              u"-x"_s,
                              u"32"_s,
                              u"--limit"_s,
                              u"1.5M"_s,
                              u"--hash"_s,
                              kSha,
                              u"--header"_s,
                              u"A: 1"_s,
                              u"--header"_s,
                              u"@fields"_s,
                              u"--user"_s,
                              u"me"_s,
                              u"--password-stdin"_s,
                              u"--proxy"_s,
                              u"http://proxy:3128"_s,
                              u"--priority"_s,
                              u"high"_s,
                              u"--on-error"_s,
                              u"complete"_s,
                              u"--stop-at-first-error"_s,
                              u"--min-retry-delay"_s,
                              u"0.5"_s,
                              u"--no-progress-timeout"_s,
                              u"30"_s,
                              u"--existing"_s,
                              u"keep-both"_s,
                              u"--ca-file"_s,
                              u"ca.pem"_s,
                              u"--notify-command"_s,
                              u"tell"_s,
                              kLink},
                             surroundings);
    QVERIFY2(request, request ? "" : qPrintable(request.error().sentence));
    const core::JobSpec expected{
        .priority = core::Priority::High,
        .folder = u"/home/files"_s,
        .files = {{.url = QUrl(kLink), .name = u"b.bin"_s, .hash = core::parseExpectedHash(kSha)}},
        .options = {.existing = core::ExistingFile::KeepBoth,
                    .firstError = core::FirstError::StopJob,
                    .minRetryDelay = 500ms,
                    .noProgressTimeout = 30s,
                    .limitBytesPerSecond = 1'500'000,
                    .connections = 32,
                    .headers = {{"A", "1"}, {"B", "2"}, {"C", "3"}},
                    .login = core::Login{u"me"_s, u"secret"_s},
                    .proxy = QUrl(u"http://proxy:3128"_s),
                    .caFile = u"/home/me/ca.pem"_s,
                    .notifyCommand = u"/usr/bin/tell"_s},
    };
    QVERIFY(request->spec == expected);
    QCOMPARE(request->onError, OnError::Complete);
}

void InvocationTest::aDetachedJobIsAsPatientAsInTheWindow()
{
    const auto request = get({kLink, u"--detach"_s});
    QVERIFY(request);
    QVERIFY(request->detach);
    QCOMPARE(request->spec.options.noProgressTimeout, core::JobOptions().noProgressTimeout);
}

void InvocationTest::linksComeFromListsToo()
{
    const auto request =
        get({kLink, u"-i"_s, u"list"_s, u"-i"_s, u"-"_s},
            world({{u"list"_s, "\xef\xbb\xbf# a list\r\nhttp://b.org/\r\n\r\n  http://c.org/x  "}},
                  "http://d.org/\n"));
    QVERIFY2(request, request ? "" : qPrintable(request.error().sentence));
    QStringList urls;
    for (const core::FileSpec &file : request->spec.files) {
        urls.append(file.url.toString());
    }
    QCOMPARE(urls,
             (QStringList{kLink, u"http://b.org/"_s, u"http://c.org/x"_s, u"http://d.org/"_s}));
}

void InvocationTest::everyBadLineOfAListIsNamed()
{
    const auto request =
        get({u"-i"_s, u"list"_s},
            world({{u"list"_s, "http://ok.org/\nftp://no.org/\n\nnothing\n\xff\xfe\n"}}));
    QVERIFY(!request);
    const QStringList lines = request.error().sentence.split(u'\n');
    QCOMPARE(lines.size(), 4); // three and what to do
    QVERIFY(lines.at(0).startsWith(u"list, line 2: "_s));
    QVERIFY(lines.at(1).startsWith(u"list, line 4: "_s));
    QVERIFY(lines.at(2).startsWith(u"list, line 5: "_s));
}

void InvocationTest::aLinkThatIsNoTextKeepsItsBytes()
{
    const QByteArray latin1 = "http://example.org/caf\xe9?q=%20";
    const auto invocation = readInvocation({"get", latin1}, world());
    QVERIFY2(invocation, invocation ? "" : qPrintable(invocation.error().sentence));
    const QUrl url = std::get<GetRequest>(invocation->request).spec.files.first().url;
    QCOMPARE(url.toEncoded().toLower(), QByteArray("http://example.org/caf%e9?q=%20"));
    const auto repaired = readInvocation({"resume", "7", "--url", latin1}, world());
    QVERIFY(std::get<ResumeRequest>(repaired->request).fixes ==
            core::Fixes({core::fix::NewLink{url, {}}}));
    QCOMPARE(get({u"http://example.org/café"_s})->spec.files.first().url.toEncoded(),
             QByteArray("http://example.org/caf%C3%A9"));
}

void InvocationTest::checkTakesTheRepairsOfResumeForOneJob()
{
    const auto check = [](const QStringList &words) {
        return readInvocation(typedWords(QStringList{u"check"_s} + words), world())
            .map([](const Invocation &i) { return std::get<CheckRequest>(i.request).repair; });
    };
    const auto request = check({u"7"_s, u"--url"_s, u"http://example.org/a"_s, u"--create-dir"_s});
    QCOMPARE(request->jobs, core::JobIds({core::JobId{7}}));
    QCOMPARE(request->fixes.size(), 2);
    QVERIFY(!check({}));
    QVERIFY(!check({u"7"_s, u"8"_s}));
    QVERIFY(!check({u"7"_s, u"--on-error"_s, u"stop"_s}));
}

void InvocationTest::adoptTakesAPathAndALink()
{
    const auto adopt = [](const QStringList &words) {
        return readInvocation(typedWords(QStringList{u"adopt"_s} + words), world())
            .map([](const Invocation &i) { return std::get<AdoptRequest>(i.request); });
    };
    QCOMPARE(adopt({})->path, QString());
    QVERIFY(!adopt({})->link);
    QCOMPARE(adopt({u"../you/in"_s})->path, u"/home/you/in"_s);
    const auto whole = adopt({u"a.part"_s, u"--link"_s, u"http://me:pass@example.org/a"_s});
    QCOMPARE(whole->path, u"/home/me/a.part"_s);
    QCOMPARE(*whole->link, QUrl(u"http://me:pass@example.org/a"_s));
}

void InvocationTest::aLoginInALinkBecomesThatOfTheJob()
{
    const auto request = get({u"http://me:pass@example.org/a"_s, u"http://example.org/b"_s});
    QVERIFY(request);
    QCOMPARE(request->spec.options.login, (core::Login{u"me"_s, u"pass"_s}));
    QCOMPARE(request->spec.files.first().url.userInfo(), QString());
}

void InvocationTest::theOptionWinsOverTheLoginInTheLink()
{
    const auto request =
        get({u"http://me:pass@example.org/a"_s, u"--user"_s, u"you"_s, u"--password-stdin"_s},
            world({}, "other\n"));
    QVERIFY(request);
    QCOMPARE(request->spec.options.login, (core::Login{u"you"_s, u"other"_s}));
}

void InvocationTest::thePasswordIsAskedForAtATerminal()
{
    const auto request = get({kLink, u"--user"_s, u"me"_s}, world({}, {}, true));
    QVERIFY(request);
    QCOMPARE(request->spec.options.login, (core::Login{u"me"_s, u"typed"_s}));
}

void InvocationTest::nothingIsReadOrAskedAfterTheFirstMistake_data()
{
    QTest::addColumn<QString>("line");
    QTest::addColumn<QString>("names"); // the first mistake
    const auto row = [](const char *name, const QString &line, const QString &names) {
        QTest::newRow(name) << line << names;
    };
    row("an option", u"get --limit fast --header @f --user me -i list http://a.org/"_s, u"fast"_s);
    row("a link", u"get ftp://a.org/ -i list --user me"_s, u"ftp://a.org/"_s);
    row("a header", u"get http://a.org/ --header Range:1 --header @f --user me"_s, u"Range"_s);
    row("a name", u"get http://a.org/ --user a:b --proxy p:1 --proxy-user me"_s, u"--user"_s);
    row("a new link", u"resume 7 --url no --header @f --user me"_s, u"no"_s);
    row("a combination", u"resume 1 2 --url http://a.org/ --user me"_s, u"--url"_s);
}

void InvocationTest::nothingIsReadOrAskedAfterTheFirstMistake()
{
    QFETCH(QString, line);
    QFETCH(QString, names);
    QStringList asked;
    Surroundings surroundings = world({}, {}, true);
    surroundings.readFile = [&asked](const QString &path) -> Surroundings::OrReason<QByteArray> {
        asked.append(path);
        return QByteArray();
    };
    surroundings.askPassword = [&asked](const QString &prompt) {
        asked.append(prompt);
        return std::optional(u"typed"_s);
    };
    const auto invocation = readInvocation(typedWords(line.split(u' ')), surroundings);
    QVERIFY(!invocation);
    QVERIFY2(invocation.error().sentence.contains(names), qPrintable(invocation.error().sentence));
    QCOMPARE(asked, QStringList());
}

void InvocationTest::ratesAreReadAsTyped_data()
{
    QTest::addColumn<QString>("typed");
    QTest::addColumn<qint64>("bytes"); // 0: no limit, -1: refused
    QTest::newRow("bytes") << u"800000"_s << qint64(800'000);
    QTest::newRow("K") << u"500K"_s << qint64(500'000);
    QTest::newRow("small letter") << u"2m"_s << qint64(2'000'000);
    QTest::newRow("fraction") << u"1.5M"_s << qint64(1'500'000);
    QTest::newRow("G") << u"1G"_s << qint64(1'000'000'000);
    QTest::newRow("none") << u"0"_s << qint64(0);
    for (const char *bad : {"", "K", "-1", "1e3", "1.5.0", "1,5M", "fast", "5T", "0.1", "inf",
                            "99999999999999G", "0x10", "1 M", "1M/s"}) {
        QTest::addRow("refused: %s", bad) << QString::fromLatin1(bad) << qint64(-1);
    }
}

void InvocationTest::ratesAreReadAsTyped()
{
    QFETCH(QString, typed);
    QFETCH(qint64, bytes);
    const auto rate = parseRate(typed);
    QCOMPARE(rate.has_value(), bytes >= 0);
    if (rate) {
        QCOMPARE(rate->value_or(0), bytes);
    }
}

void InvocationTest::asksByDefaultOnlyAtATerminal()
{
    QCOMPARE(get({kLink})->onError, OnError::Stop);
    QCOMPARE(get({kLink}, world({}, {}, true))->onError, OnError::Ask);
    QCOMPARE(get({kLink, u"--json"_s}, world({}, {}, true))->onError, OnError::Stop);
    QCOMPARE(resume({u"1"_s}, world({}, {}, true))->onError, OnError::Ask);
}

void InvocationTest::badInputIsRefusedInOneSentence_data()
{
    QTest::addColumn<QStringList>("words");
    QTest::addColumn<QString>("names");
    const auto row = [](const char *name, const QString &line, const QString &names) {
        QTest::newRow(name) << line.split(u' ') << names;
    };
    row("no link", u"get"_s, u"no link"_s);
    row("ftp", u"get ftp://example.org/a"_s, u"ftp://example.org/a"_s);
    row("no host", u"get http:///a"_s, u"http:///a"_s);
    row("-o with two links", u"get -o x http://a.org/ http://b.org/"_s, u"-o/--output"_s);
    row("-o with a path", u"get -o ../x http://a.org/"_s, u"../x"_s);
    row("--hash with two links", u"get --hash "_s + kSha + u" http://a.org/ http://b.org/"_s,
        u"--hash"_s);
    row("--hash cut short", u"get --hash sha256:aa http://a.org/"_s, u"--hash"_s);
    row("password of nobody", u"get --password-stdin http://a.org/"_s, u"--user"_s);
    row("no terminal for the password", u"get --user me http://a.org/"_s, u"--password-stdin"_s);
    row("no password comes", u"get --user me --password-stdin http://a.org/"_s,
        u"standard input"_s);
    row("user with a colon", u"get --user me:pass http://a.org/"_s, u"--user"_s);
    row("input for two", u"get --user me --password-stdin -i - http://a.org/"_s,
        u"Standard input"_s);
    row("unreadable header file", u"get --header @none http://a.org/"_s, u"\"none\""_s);
    row("header without a colon", u"get --header Cookie http://a.org/"_s, u"request header"_s);
    row("header of the transfer", u"get --header Range:bytes=0-1 http://a.org/"_s, u"Range"_s);
    row("unreadable list", u"get -i none"_s, u"\"none\""_s);
    row("unreadable certificates", u"get --ca-file none http://a.org/"_s, u"\"none\""_s);
    row("no program to tell", u"get --notify-command none http://a.org/"_s, u"\"none\""_s);
    row("ask without a terminal", u"get --on-error ask http://a.org/"_s, u"--on-error ask"_s);
    row("on-error and detach", u"get --on-error stop --detach http://a.org/"_s, u"--detach"_s);
    row("unknown policy", u"get --on-error panic http://a.org/"_s, u"panic"_s);
    row("no connections", u"get -x 0 http://a.org/"_s, u"--connections"_s);
    row("too many connections", u"get -x 33 http://a.org/"_s, u"from 1 to 32"_s);
    row("unknown priority", u"get --priority urgent http://a.org/"_s, u"urgent"_s);
    row("seconds with a unit", u"get --min-retry-delay 5s http://a.org/"_s, u"5s"_s);
    row("seconds below zero", u"get --no-progress-timeout -1 http://a.org/"_s, u"-1"_s);
    row("proxy without a host", u"get --proxy 3128 http://a.org/"_s, u"--proxy"_s);
    row("proxy with a login", u"get --proxy http://a:b@p/ http://a.org/"_s, u"--proxy-user"_s);
    row("proxy of another kind", u"get --proxy ftp://p:21 http://a.org/"_s, u"ftp://p:21"_s);
    row("login for no proxy", u"get --proxy-user me http://a.org/"_s, u"--proxy"_s);
    row("login for direct", u"resume 1 --proxy direct --proxy-user me"_s, u"--proxy-user"_s);
    row("login for the proxies of two jobs", u"resume 1 2 --proxy-user me"_s, u"--proxy-user"_s);
    row("no terminal for the password of a proxy", u"resume 1 --proxy-user me"_s,
        u"--password-stdin"_s);
    row("fingerprint cut short", u"resume 1 --trust-cert aa:bb"_s, u"aa:bb"_s);
    row("trust without https", u"get http://a.org/ --trust-cert "_s + QString(64, u'b'),
        u"https://"_s);
    row("one checksum for two jobs", u"resume 1 2 --hash none"_s, u"--hash"_s);
    row("none for a new job", u"get http://a.org/ --hash none"_s,
        u"needs no --hash; leave it out"_s);
    row("checksum and accepted", u"resume 1 --hash none --accept"_s, u"--accept"_s);
    row("unknown way with existing files", u"get --existing ask http://a.org/"_s, u"--existing"_s);
    row("two logins", u"get http://a:1@a.org/ http://b:2@a.org/"_s, u"logins"_s);
    row("a login for a stranger", u"get http://a:1@a.org/ http://b.org/"_s, u"http://b.org"_s);
    row("no folder", u"get --dir= http://a.org/"_s, u"--dir"_s);
    row("no state folder", u"list --state-dir="_s, u"--state-dir"_s);
    row("list of something", u"list 7"_s, u"\"7\""_s);
    row("show nothing", u"show"_s, u"one job"_s);
    row("show two", u"show 1 2"_s, u"one job"_s);
    row("cancel nothing", u"cancel"_s, u"number"_s);
    row("cancel a name", u"cancel big.iso"_s, u"\"big.iso\""_s);
    row("cancel zero", u"cancel 0"_s, u"\"0\""_s);
    row("repair without a job", u"resume --restart"_s, u"number"_s);
    row("one link for two jobs", u"resume 1 2 --url http://a.org/"_s, u"--url"_s);
    row("adopt two", u"adopt a b"_s, u"one folder or file"_s);
    row("adopt nothing", u"adopt --link http://a.org/"_s, u"--link needs"_s);
    row("adopt from nowhere", u"adopt a.part --link mailto:me"_s, u"mailto:me"_s);
    row("bad new link", u"resume 1 --url mailto:me"_s, u"mailto:me"_s);
    row("two answers", u"resume 1 --name x --existing replace"_s, u"--existing"_s);
    row("a name for get", u"get --name x http://a.org/"_s, u"-o"_s);
    row("no repair", u"resume 1 --existing fail"_s, u"--existing"_s);
    row("file for nothing", u"resume 1 --file 2"_s, u"--file"_s);
    row("a link for two", u"resume 1 --url http://a.org/ --file 1 --file 2"_s, u"--url"_s);
    row("file zero", u"resume 1 --skip 0"_s, u"\"0\""_s);
    row("help for two", u"help get list"_s, u"one command"_s);
    row("help for none", u"help fetch"_s, u"\"fetch\""_s);
}

void InvocationTest::badInputIsRefusedInOneSentence()
{
    QFETCH(QStringList, words);
    QFETCH(QString, names);
    const auto invocation = readInvocation(typedWords(words), world());
    QVERIFY(!invocation);
    const QString sentence = invocation.error().sentence;
    QVERIFY2(sentence.contains(names), qPrintable(sentence));
    QVERIFY2(!sentence.contains(u'\n'), qPrintable(sentence));
    QVERIFY2(sentence.endsWith(u'.'), qPrintable(sentence));
}

void InvocationTest::fixesComeInTheOrderInWhichTheyAreApplied()
{
    const auto request = resume({u"7"_s, u"--header"_s, u"A: 1"_s, u"--url"_s, kLink, u"--dir"_s,
                                 u"new"_s, u"--create-dir"_s, u"--restart"_s, u"--skip"_s, u"3"_s,
                                 u"--skip"_s, u"b.bin"_s, u"--file"_s, u"1"_s});
    QVERIFY2(request, request ? "" : qPrintable(request.error().sentence));
    const core::Fixes expected{core::fix::OtherFolder{u"/home/me/new"_s}, core::fix::CreateFolder{},
                               core::fix::Restart{}, core::fix::NewLink{QUrl(kLink), {}},
                               core::fix::Headers{{{"A", "1"}}}};
    QVERIFY(request->fixes == expected);
    QCOMPARE(request->jobs, core::JobIds{core::JobId{7}});
    QCOMPARE(request->skip.size(), 2);
    QCOMPARE(request->skip.at(0), FileReference{.index = 2});
    QCOMPARE(request->skip.at(1), (FileReference{.index = {}, .name = u"b.bin"_s}));
    QCOMPARE(request->files, QList{FileReference{.index = 0}});
}

void InvocationTest::aNewLinkWithALoginBringsTheLogin()
{
    const auto request = resume({u"7"_s, u"--url"_s, u"http://me:pass@example.org/a.bin"_s});
    QVERIFY(request);
    const core::Fixes expected{
        core::fix::NewLink{QUrl(kLink), {}},
        core::fix::Login{.login = {u"me"_s, u"pass"_s}, .origin = u"http://example.org"_s}};
    QVERIFY(request->fixes == expected);
}

void InvocationTest::aFileNamesTheServerThatALoginIsFor()
{
    const auto request = resume({u"7"_s, u"--trust-cert"_s, kFingerprint, u"--file"_s, u"2"_s});
    QVERIFY(request);
    QCOMPARE(request->files, QList{FileReference{.index = 1}});
}

void InvocationTest::secretsAreKeptIfThatIsSaid()
{
    QVERIFY(!get({kLink})->spec.options.keepSecrets);
    QVERIFY(get({kLink, u"--keep-login"_s})->spec.options.keepSecrets);
    QVERIFY(!resume({u"7"_s, u"--header"_s, u"Cookie: a=1"_s})->keepLogin);
    QVERIFY(resume({u"7"_s, u"--header"_s, u"Cookie: a=1"_s, u"--keep-login"_s})->keepLogin);
    QVERIFY(!resume({u"7"_s, u"--keep-login"_s})); // what?
}

void InvocationTest::everyJudgementBecomesItsFix()
{
    const auto request = resume({u"7"_s, u"--trust-cert"_s, kFingerprint, u"--allow-insecure"_s,
                                 u"--accept"_s, u"--proxy"_s, u"socks5://127.0.0.1:9050"_s});
    QVERIFY2(request, request ? "" : qPrintable(request.error().sentence));
    const core::Fixes expected{
        core::fix::Accept{}, core::fix::TrustCertificate{QByteArray(64, 'b')},
        core::fix::AllowInsecure{}, core::fix::Proxy{QUrl(u"socks5://127.0.0.1:9050"_s)}};
    QVERIFY(request->fixes == expected);
    QVERIFY(resume({u"7"_s, u"--hash"_s, u"none"_s})->fixes == core::Fixes{core::fix::OtherHash{}});
    QVERIFY(resume({u"7"_s, u"--hash"_s, kSha.mid(7)})->fixes ==
            core::Fixes({core::fix::OtherHash{core::parseExpectedHash(kSha), {}}}));
    QVERIFY(resume({u"7"_s, u"--accept"_s, u"--file"_s, u"2"_s})->files ==
            QList{FileReference{.index = 1}});
    QCOMPARE(
        resume({u"7"_s, u"--restart"_s, u"--file"_s, u"2"_s, u"--file"_s, u"b"_s})->files.size(),
        2);
}

void InvocationTest::aProxyIsNamedAsItIsMeant_data()
{
    QTest::addColumn<QString>("typed");
    QTest::addColumn<QUrl>("proxy");
    QTest::newRow("http") << u"http://p.example:8080"_s << QUrl(u"http://p.example:8080"_s);
    QTest::newRow("without a port") << u"http://p.example"_s << QUrl(u"http://p.example"_s);
    QTest::newRow("as curl takes it") << u"p.example:8080"_s << QUrl(u"http://p.example:8080"_s);
    QTest::newRow("none") << u"direct"_s << core::noProxy();
    QTest::newRow("as the environment says") << u"system"_s << QUrl();
}

void InvocationTest::aProxyIsNamedAsItIsMeant()
{
    QFETCH(QString, typed);
    QFETCH(QUrl, proxy);
    QCOMPARE(get({kLink, u"--proxy"_s, typed})->spec.options.proxy, proxy);
    QVERIFY(resume({u"7"_s, u"--proxy"_s, typed})->fixes == core::Fixes{core::fix::Proxy{proxy}});
}

void InvocationTest::theLoginOfAProxyStaysOffTheCommandLine()
{
    const QStringList words{u"--proxy"_s, u"http://p.example:8080"_s, u"--proxy-user"_s, u"me"_s,
                            u"--password-stdin"_s};
    QUrl expected(u"http://p.example:8080"_s);
    expected.setUserName(u"me"_s, QUrl::DecodedMode);
    expected.setPassword(u"p@ss:"_s, QUrl::DecodedMode);
    const auto ordered = get(QStringList{kLink} + words, world({}, "p@ss:\n"));
    QVERIFY2(ordered, ordered ? "" : qPrintable(ordered.error().sentence));
    QCOMPARE(ordered->spec.options.proxy, expected);
    QVERIFY(!ordered->spec.options.login);
    const auto repaired = resume(QStringList{u"7"_s} + words, world({}, "p@ss:\n"));
    QVERIFY(repaired->fixes == core::Fixes{core::fix::Proxy{expected}});
    const auto refused = get({kLink, u"--proxy"_s, u"http://me:s3cret@p.example"_s});
    QVERIFY(!refused.error().sentence.contains(u"s3cret"_s));
}

void InvocationTest::aLoginForTheProxyThatStoppedTheJobWaitsForIt()
{
    const auto request = resume({u"7"_s, u"--proxy-user"_s, u"me"_s}, world({}, {}, true));
    QVERIFY(request);
    QVERIFY(request->fixes.isEmpty()); // the address is in the error of the job
    QCOMPARE(request->proxyLogin, (core::Login{u"me"_s, u"typed"_s}));
}

void InvocationTest::twoPasswordsComeInTheirOrder()
{
    const auto request =
        get({kLink, u"--proxy-user"_s, u"p"_s, u"--proxy"_s, u"http://p.example:8080"_s,
             u"--user"_s, u"u"_s, u"--password-stdin"_s},
            world({}, "first\nsecond\n"));
    QVERIFY2(request, request ? "" : qPrintable(request.error().sentence));
    QCOMPARE(request->spec.options.login, (core::Login{u"u"_s, u"first"_s}));
    QCOMPARE(request->spec.options.proxy, QUrl(u"http://p:second@p.example:8080"_s));
}

void InvocationTest::aCertificateIsTrustedForEachServerOfTheLinks()
{
    const auto request =
        get({u"https://A.example/1"_s, u"https://a.example/2"_s, u"https://b.example:8443/"_s,
             u"http://c.example/"_s, u"--trust-cert"_s, kFingerprint, u"--allow-insecure"_s});
    QVERIFY2(request, request ? "" : qPrintable(request.error().sentence));
    QStringList places;
    for (const core::TrustedCertificate &trusted : request->spec.options.trusted) {
        places.append(trusted.host + u':' + QString::number(trusted.port));
        QCOMPARE(trusted.sha256Hex, QByteArray(64, 'b'));
        QVERIFY(trusted.trustedAt.isValid());
    }
    QCOMPARE(places, (QStringList{u"a.example:443"_s, u"b.example:8443"_s}));
    QCOMPARE(request->spec.options.insecureRedirect, core::InsecureRedirect::Follow);
}

void InvocationTest::filesAreFoundByNumberAndByName()
{
    const core::JobId job{7};
    const QList<core::FileSnapshot> files{{.id = {job, 0}, .name = u"a"_s},
                                          {.id = {job, 1}, .name = u"b"_s},
                                          {.id = {job, 2}, .name = u"b"_s}};
    QCOMPARE(findFile({.index = 1}, job, files), 1);
    QCOMPARE(findFile({.index = {}, .name = u"a"_s}, job, files), 0);
    QVERIFY(findFile({.index = {}, .name = u"b"_s}, job, files)
                .error()
                .sentence.contains(u"several"_s));
    QVERIFY(!findFile({.index = 3}, job, files));
    QVERIFY(!findFile({.index = {}, .name = u"c"_s}, job, files));
}

void InvocationTest::fixesAreAimedAtTheFile()
{
    const core::Fixes fixes{core::fix::Restart{}, core::fix::CreateFolder{},
                            core::fix::NewLink{QUrl(kLink), {}}};
    const core::Fixes expected{core::fix::Restart{4}, core::fix::CreateFolder{},
                               core::fix::NewLink{QUrl(kLink), 4}};
    QVERIFY(aimedAt(fixes, {4}) == expected);
    QVERIFY(aimedAt(fixes, {}) == fixes);
    const core::Fixes both{core::fix::Restart{1}, core::fix::Restart{4}, core::fix::CreateFolder{}};
    QVERIFY(aimedAt(fixes.first(2), {1, 4}) == both);
}

void InvocationTest::helpIsUnderstoodEverywhere()
{
    const auto about = [](const QString &line) {
        return std::get<HelpRequest>(readInvocation(typedWords(line.split(u' ')), world())->request)
            .about;
    };
    QCOMPARE(about(u"--help"_s), std::nullopt);
    QCOMPARE(about(u"help"_s), std::nullopt);
    QCOMPARE(about(u"help get"_s), Command::Get);
    QCOMPARE(about(u"resume -h"_s), Command::Resume); // although a job is missing
    QVERIFY(
        std::holds_alternative<VersionRequest>(readInvocation({"--version"}, world())->request));
}

BELLHOP_TEST(InvocationTest)
#include "tst_invocation.moc"
