// SPDX-License-Identifier: Apache-2.0
#include "core/http/curl_command.h"
#include "core/http/shell_words.h"
#include "tests/support/test_program.h"

#include <QTest>

using namespace core;

namespace {

/// "url | Name: value | user:password", or what is refused.
QString wordOf(const QString &text)
{
    const auto request = parseCurlCommand(text);
    if (!request) {
        static constexpr const char *kNames[]{"unreadable", "no link",      "several", "bad link",
                                              "bad header", "other method", "option"};
        const QString &subject = request.error().subject;
        return QString::fromLatin1(kNames[int(request.error().kind)]) +
               (subject.isEmpty() ? QString() : u' ' + subject);
    }
    QStringList parts{request->url.toString(QUrl::FullyEncoded)};
    for (const auto &[name, value] : request->headers) {
        parts += QString::fromUtf8(name + ": " + value);
    }
    if (!request->user.isEmpty()) {
        parts += request->user + u':' + request->password;
    }
    return parts.join(QStringLiteral(" | "));
}

} // namespace

class CurlCommandTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(QStringLiteral(".*"))); }

    void aRequestCopiedFromABrowserIsUnderstood_data()
    {
        QTest::addColumn<QString>("command");
        QTest::addColumn<QString>("word");
        const auto row = [](const char *command, const char *word) {
            QTest::newRow(command) << QString::fromUtf8(command) << QString::fromUtf8(word);
        };
        row("curl 'https://a.example/f?x=1&y=2'", "https://a.example/f?x=1&y=2");
        row("curl https://a.example/f", "https://a.example/f");
        row("  curl \\\n  --url https://a.example/f", "https://a.example/f");
        row("curl 'https://a.example/f' \\\n  -H 'accept: */*' \\\n  -H 'range: bytes=0-' \\\n"
            "  -b 'sid=1; k=2' \\\n  --compressed",
            "https://a.example/f | accept: */* | Cookie: sid=1; k=2");
        row("curl 'https://a.example/f' -A 'Mozilla/5.0 (X11)' -e https://a.example/page",
            "https://a.example/f | User-Agent: Mozilla/5.0 (X11) | Referer: "
            "https://a.example/page");
        row("curl -sLO \"https://a.example/f\" -X GET -ume:pass:word",
            "https://a.example/f | me:pass:word");
        row("curl https://me:secret@a.example/f -o out.bin -C - --retry 3",
            "https://a.example/f | me:secret");
        row("curl $'https://a.example/it\\'s' -H $'X-A: \\u00e4'",
            "https://a.example/it's | X-A: ä");
        row("curl \"https://a.example/\\\"f\\\"\" -H 'Empty;' -H 'None:'",
            "https://a.example/%22f%22");
        // What is refused, and by which name.
        row("curl", "no link");
        row("curl -H 'a: b'", "no link");
        row("curl 'https://a.example/f", "unreadable");
        row("curl \"https://a.example/f", "unreadable");
        row("curl ^\"https://a.example/f^\" ^\n -H ^\"a: b^\"", "unreadable");
        row("curl https://a.example/f; rm -rf /", "unreadable");
        row("curl https://a.example/f | sh", "unreadable");
        row("curl `id`", "unreadable");
        row("curl $(id)", "unreadable");
        row("curl https://a.example/f https://b.example/g", "several");
        row("curl ftp://a.example/f", "bad link");
        row("curl https://a.example/f -X POST", "other method POST");
        row("curl https://a.example/f --data-raw 'a=1'", "option --data-raw");
        row("curl https://a.example/f --data=a", "option --data");
        row("curl https://a.example/f -d a=1", "option -d");
        row("curl https://a.example/f -F a=@b", "option -F");
        row("curl https://a.example/f -T up", "option -T");
        row("curl https://a.example/f --insecure", "option --insecure");
        row("curl https://a.example/f -sk", "option -k");
        row("curl https://a.example/f -b cookies.txt", "option -b");
        row("curl https://a.example/f -H", "option -H");
        row("curl https://a.example/f -H nothing", "bad header nothing");
        row("curl https://a.example/f -H $'a: b\\nEvil: 1'", "bad header a");
    }
    void aRequestCopiedFromABrowserIsUnderstood()
    {
        QFETCH(QString, command);
        QVERIFY(isCurlCommand(command));
        QTEST(wordOf(command), "word");
    }

    void aLinkIsNoCommand()
    {
        for (const char *text : {"", "https://curl.se/f", "curly https://a.example", "curlhttps"}) {
            QVERIFY(!isCurlCommand(QString::fromLatin1(text)));
        }
    }

    void wordsAreThoseOfAShell_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QStringList>("words");
        QTest::newRow("nothing") << QString() << QStringList();
        QTest::newRow("joined") << QStringLiteral("a'b c'\"d\"\\ e")
                                << QStringList{QStringLiteral("ab cd e")};
        QTest::newRow("an empty one")
            << QStringLiteral("a '' b")
            << QStringList{QStringLiteral("a"), QString(), QStringLiteral("b")};
        QTest::newRow("lines") << QStringLiteral("a \\\r\n b\\\nc")
                               << QStringList{QStringLiteral("a"), QStringLiteral("bc")};
        QTest::newRow("a dollar") << QStringLiteral("$a") << QStringList{QStringLiteral("$a")};
    }
    void wordsAreThoseOfAShell()
    {
        QFETCH(QString, text);
        QTEST(shellWords(text).value_or(QStringList{QStringLiteral("unreadable")}), "words");
    }
};

BELLHOP_TEST(CurlCommandTest)
#include "tst_curl_command.moc"
