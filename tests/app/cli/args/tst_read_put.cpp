// SPDX-License-Identifier: Apache-2.0
#include "app/cli/args/invocation.h"
#include "tests/app/cli/typed_words.h"
#include "tests/app/cli/typed_world.h"
#include "tests/support/test_program.h"

#include <QRegularExpression>
#include <QTest>

using namespace cli;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

Parsed<PutRequest> put(const QStringList &words, const Surroundings &surroundings = world())
{
    return readInvocation(typedWords(QStringList{u"put"_s} + words), surroundings)
        .map([](const Invocation &i) { return std::get<PutRequest>(i.request); });
}

const QString kTarget = u"https://example.org/up/film.bin"_s;

} // namespace

class ReadPutTest final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u".*"_s)); }

    void aFileAndAnAddressMakeAJobThatSends()
    {
        const auto request = put({u"videos/film.bin"_s, kTarget});
        QVERIFY(request);
        const core::JobSpec expected{
            .type = core::JobType::Upload,
            .folder = u"/home/me/videos"_s,
            .files = {{.url = QUrl(kTarget), .name = u"film.bin"_s}},
            .options = {.noProgressTimeout = 2min},
        };
        QVERIFY(request->spec == expected);
        QVERIFY(request->notices.isEmpty());
        QVERIFY(!request->detach);
    }

    void aFileThatCannotBeSentIsFoundOutBeforeAPasswordIsTyped()
    {
        Surroundings there = world({}, {}, true);
        bool isAsked = false;
        there.inspectSource = [](const QString &path) {
            return core::SourceReport{.path = path,
                                      .sizeBytes = {},
                                      .problem =
                                          core::JobError{.cause = core::Cause::SourceMissing}};
        };
        there.askPassword = [&isAsked](const QString &) {
            isAsked = true;
            return std::optional(u"typed"_s);
        };
        const auto request = put({u"film.bin"_s, kTarget, u"--user"_s, u"anna"_s}, there);
        QVERIFY(!request);
        QCOMPARE(request.error().sentence, u"There is no file “/home/me/film.bin”."_s);
        QVERIFY(request.error().problem);
        QVERIFY(!isAsked);
    }

    void everyOptionOfPutArrives()
    {
        const auto surroundings =
            world({{u"ca.pem"_s, "-----BEGIN CERTIFICATE-----\n"}}, "secret\n");
        const auto request = put({u"/data/film.bin"_s,
                                  kTarget,
                                  u"--protocol"_s,
                                  u"put"_s,
                                  u"--if-exists"_s,
                                  u"replace"_s,
                                  u"--make-folders"_s,
                                  u"--limit"_s,
                                  u"2M"_s,
                                  u"--header"_s,
                                  u"A: 1"_s,
                                  u"--user"_s,
                                  u"anna"_s,
                                  u"--password-stdin"_s,
                                  u"--proxy"_s,
                                  u"direct"_s,
                                  u"--priority"_s,
                                  u"high"_s,
                                  u"--on-error"_s,
                                  u"cancel"_s,
                                  u"--ca-file"_s,
                                  u"ca.pem"_s,
                                  u"--notify-command"_s,
                                  u"tell"_s},
                                 surroundings);
        QVERIFY2(request, qPrintable(request ? QString() : request.error().sentence));
        const core::JobOptions &options = request->spec.options;
        QCOMPARE(options.protocol, core::UploadProtocol::Put);
        QCOMPARE(options.existing, core::ExistingFile::Replace);
        QCOMPARE(options.missingFolder, core::MissingFolder::Create);
        QCOMPARE(options.limitBytesPerSecond, 2'000'000);
        QCOMPARE(options.headers.size(), 1);
        QVERIFY(options.login == (core::Login{u"anna"_s, u"secret"_s}));
        QCOMPARE(options.proxy, core::noProxy());
        QCOMPARE(options.caFile, u"/home/me/ca.pem"_s);
        QCOMPARE(options.notifyCommand, u"/usr/bin/tell"_s);
        QCOMPARE(request->spec.priority, core::Priority::High);
        QCOMPARE(request->onError, OnError::Cancel);
    }

    void inAFolderItSaysWhereTheFileGoes()
    {
        const QString folder = u"https://example.org/up/"_s;
        const auto plain = put({u"my film.bin"_s, folder});
        QVERIFY(plain);
        QCOMPARE(plain->spec.files.first().url, QUrl(folder)); // tus makes uploads there
        QCOMPARE(plain->notices,
                 QStringList{u"The address ends in a slash, so the file goes to "
                             "https://example.org/up/my film.bin, unless the server takes it by "
                             "tus there"_s});
        const auto renamed = put({u"film.bin"_s, folder, u"--name"_s, u"a?b#c%d.bin"_s});
        QVERIFY(renamed);
        QCOMPARE(renamed->spec.files.first().url.toEncoded(),
                 "https://example.org/up/a%3Fb%23c%25d.bin");
        QCOMPARE(renamed->spec.files.first().name, u"film.bin"_s);
        QVERIFY(put({u"film.bin"_s, folder, u"--protocol"_s, u"tus"_s})->notices.isEmpty());
    }

    void anAddressWithoutASchemeIsSaidToGoByHttps()
    {
        const auto request = put({u"film.bin"_s, u"example.org/up/"_s});
        QVERIFY(request);
        QCOMPARE(request->spec.files.first().url, QUrl(u"//example.org/up/"_s)); // found out later
        QCOMPARE(
            request->notices,
            (QStringList{u"The address says neither https:// nor http://, so it is sent by "
                         "https, or by http where that is not to be had"_s,
                         u"The address ends in a slash, so the file goes to "
                         "example.org/up/film.bin, unless the server takes it by tus there"_s}));
    }

    void aChecksumIsThatOfTheFile()
    {
        const QString md5 = u"md5:"_s + QString(32, u'a');
        const auto request = put({u"film.bin"_s, kTarget, u"--hash"_s, md5});
        QVERIFY(request);
        QCOMPARE(request->spec.files.first().hash,
                 (core::ExpectedHash{core::ExpectedHash::Algorithm::Md5, QByteArray(32, 'a')}));
    }

    void resumeTakesAnotherWayToSend()
    {
        const auto invocation =
            readInvocation(typedWords({u"resume"_s, u"7"_s, u"--protocol"_s, u"put"_s}), world());
        QVERIFY(invocation);
        QCOMPARE(std::get<ResumeRequest>(invocation->request).fixes,
                 core::Fixes{core::fix::OtherProtocol{core::UploadProtocol::Put}});
    }

    void aLoginInTheAddressBecomesThatOfTheJob()
    {
        const auto request = put({u"film.bin"_s, u"https://anna:secret@example.org/up/x"_s});
        QVERIFY(request);
        QVERIFY(request->spec.options.login == (core::Login{u"anna"_s, u"secret"_s}));
        QCOMPARE(request->spec.files.first().url, QUrl(u"https://example.org/up/x"_s));
    }

    void asksAtATerminal()
    {
        const Surroundings terminal = world({}, {}, true);
        QCOMPARE(put({u"a"_s, kTarget}, terminal)->onError, OnError::Ask);
        QVERIFY(put({u"a"_s, kTarget, u"--if-exists"_s, u"ask"_s}, terminal));
        QVERIFY(!put({u"a"_s, kTarget, u"--if-exists"_s, u"ask"_s}));
        QVERIFY(put({u"a"_s, kTarget, u"--if-exists"_s, u"fail"_s}));
    }

    void badInputIsRefusedInOneSentence_data()
    {
        QTest::addColumn<QStringList>("words");
        QTest::addColumn<QString>("names");
        const auto row = [](const char *what, const QStringList &words, const char *names) {
            QTest::newRow(what) << words << QString::fromUtf8(names);
        };
        row("nothing", {}, "one file and the address");
        row("no address", {u"a"_s}, "one file and the address");
        row("two files", {u"a"_s, u"b"_s, kTarget}, "one file and the address");
        row("standard input", {u"-"_s, kTarget}, "does not send standard input");
        row("no name", {u""_s, kTarget}, "is empty");
        row("not http", {u"a"_s, u"ftp://example.org/x"_s}, "ftp://example.org/x");
        row("no server", {u"a"_s, u"https://"_s}, "does not name a server");
        row("a fragment", {u"a"_s, u"https://example.org/x#part"_s}, "#");
        row("a protocol", {u"a"_s, kTarget, u"--protocol"_s, u"ftp"_s}, "--protocol");
        row("a policy", {u"a"_s, kTarget, u"--if-exists"_s, u"keep-both"_s}, "--if-exists");
        row("a part", {u"a"_s, kTarget, u"--on-error"_s, u"complete"_s}, "is not for an upload");
        row("two names", {u"a"_s, kTarget, u"--name"_s, u"b"_s}, "names the file already");
        row("a path for a name", {u"a"_s, u"https://example.org/up/"_s, u"--name"_s, u"b/c"_s},
            "put folders on the server into the address");
        row("a checksum", {u"a"_s, kTarget, u"--hash"_s, u"sha256:1"_s}, "is no checksum");
        row("a name with tus",
            {u"a"_s, u"https://example.org/up/"_s, u"--name"_s, u"b"_s, u"--protocol"_s, u"tus"_s},
            "not for --protocol tus");
        row("replacing with tus",
            {u"a"_s, kTarget, u"--if-exists"_s, u"replace"_s, u"--protocol"_s, u"tus"_s},
            "--if-exists is not for --protocol tus");
        row("folders with tus", {u"a"_s, kTarget, u"--make-folders"_s, u"--protocol"_s, u"tus"_s},
            "--make-folders is not for --protocol tus");
        row("an option of get", {u"a"_s, kTarget, u"--dir"_s, u"b"_s}, "--dir");
    }
    void badInputIsRefusedInOneSentence()
    {
        QFETCH(QStringList, words);
        QFETCH(QString, names);
        const auto request = put(words);
        QVERIFY(!request);
        const QString sentence = request.error().sentence;
        QVERIFY2(sentence.contains(names), qPrintable(sentence));
        QVERIFY2(!sentence.contains(u'\n'), qPrintable(sentence));
    }

    void resumeTakesAnotherSource()
    {
        const auto invocation = readInvocation(
            typedWords({u"resume"_s, u"7"_s, u"--source"_s, u"../film.bin"_s}), world());
        QVERIFY(invocation);
        QVERIFY(std::get<ResumeRequest>(invocation->request).fixes ==
                core::Fixes{core::fix::OtherSource{u"/home/film.bin"_s}});
        QVERIFY(!readInvocation(
            typedWords({u"resume"_s, u"7"_s, u"8"_s, u"--source"_s, u"film.bin"_s}), world()));
    }
};

BELLHOP_TEST(ReadPutTest)
#include "tst_read_put.moc"
