// SPDX-License-Identifier: Apache-2.0
#include "core/http/headers.h"

#include "tests/support/test_program.h"

#include <QTest>

using namespace core;

class HeadersTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(QStringLiteral(".*"))); }

    void aFieldNameIsAToken()
    {
        for (const char *good : {"a", "X-Foo", "x_foo", "1", "!#$%&'*+-.^_`|~"}) {
            QVERIFY2(isFieldName(good), good);
        }
        for (const char *bad :
             {"",   " ",  "a b", "a:",    ":",     "a\r",      "a\n", "a\t", "a(",  "a,",
              "a/", "a;", "a=",  "\"a\"", "a\x7f", "\xc3\xa4", "[a]", "{a}", "a@b", "a\\"}) {
            QVERIFY2(!isFieldName(bad), bad);
        }
        QVERIFY(!isFieldName(QByteArrayView("a\0b", 3)));
    }

    void aFieldValueHasNoControls()
    {
        for (const char *good : {"", "a", "a b", "a\tb", "\xc3\xa4\xff", "\"; , : =\""}) {
            QVERIFY2(isFieldValue(good), good);
        }
        for (int c = 0; c < 0x20; ++c) {
            const QByteArray value = QByteArray("a") + char(c) + "b";
            QCOMPARE(isFieldValue(value), c == '\t');
        }
        QVERIFY(!isFieldValue("a\x7f"));
        QVERIFY(!isFieldValue("a\r\nEvil: 1"));
    }

    void aTypedLineIsSplitAtTheFirstColon_data()
    {
        QTest::addColumn<QByteArray>("line");
        QTest::addColumn<QByteArray>("name"); // empty: refused
        QTest::addColumn<QByteArray>("value");
        const auto row = [](const char *line, const char *name, const char *value) {
            QTest::addRow("%s", line) << QByteArray(line) << QByteArray(name) << QByteArray(value);
        };
        row("X-Foo: bar", "X-Foo", "bar");
        row("X-Foo:bar", "X-Foo", "bar");
        row("X-Foo: \t bar \t", "X-Foo", "bar");
        row("X-Foo: a:b: c", "X-Foo", "a:b: c");
        row("X-Foo:", "X-Foo", "");
        row("X-Foo:   ", "X-Foo", "");
        row("Referer: https://example.org/", "Referer", "https://example.org/");
        for (const char *bad : {"", "X-Foo", ": bar", "X-Foo : bar", " X-Foo: bar", "X Foo: bar",
                                "X-Foo: a\r\nEvil: 1", "X-Foo: a\n", "X-F\xc3\xb6o: a", "\rX: a"}) {
            row(bad, "", "");
        }
    }
    void aTypedLineIsSplitAtTheFirstColon()
    {
        QFETCH(QByteArray, line);
        QFETCH(QByteArray, name);
        QFETCH(QByteArray, value);
        const auto field = parseHeaderLine(line);
        QCOMPARE(field.has_value(), !name.isEmpty());
        if (field) {
            QCOMPARE(field->first, name);
            QCOMPARE(field->second, value);
        }
    }

    void valuesOfOneNameAreJoined()
    {
        const QList<std::pair<QByteArray, QByteArray>> fields{
            {"Content-Length", "5"}, {"X", "a"}, {"content-length", "3"}, {"Empty", ""}};
        QCOMPARE(fieldValue(fields, "CONTENT-LENGTH"), std::optional(QByteArray("5, 3")));
        QCOMPARE(fieldValue(fields, "x"), std::optional(QByteArray("a")));
        QCOMPARE(fieldValue(fields, "empty"), std::optional(QByteArray("")));
        QVERIFY(!fieldValue(fields, "Content"));
        QVERIFY(!fieldValue({}, "X"));
    }

    void whatTheTransferOwnsIsReserved()
    {
        for (const char *name :
             {"Range", "range", "If-Range", "Host", "HOST", "Content-Length", "Transfer-Encoding",
              "Connection", "Accept-Encoding", "TE", "Upgrade", "Expect", "If-None-Match",
              "Proxy-Authorization", "Trailer", "Keep-Alive"}) {
            QVERIFY2(isReservedFieldName(name), name);
        }
        for (const char *name : {"Authorization", "Cookie", "Referer", "User-Agent", "Accept",
                                 "Accept-Language", "X-Range", "Rang", ""}) {
            QVERIFY2(!isReservedFieldName(name), name);
        }
    }

    void aRefererIsSentWithoutLoginAndFragment_data()
    {
        QTest::addColumn<QByteArray>("typed");
        QTest::addColumn<QByteArray>("sent");
        const auto row = [](const char *name, const char *typed, const char *sent) {
            QTest::newRow(name) << QByteArray(typed) << QByteArray(sent);
        };
        row("no login", "https://page.example/a?b=c", "https://page.example/a?b=c");
        row("name and password", "http://me:pw@page.example/a", "http://page.example/a");
        row("name alone", "http://me@page.example:8080", "http://page.example:8080");
        row("an @ in the password", "http://me:p@w@page.example/", "http://page.example/");
        row("an @ in the path", "https://page.example/@me/1", "https://page.example/@me/1");
        row("an @ in the query", "https://page.example?to=a@b", "https://page.example?to=a@b");
        row("without a scheme", "//me:pw@page.example/a", "//page.example/a");
        row("backslashes", "http:\\\\me:pw@page.example\\a", "http:\\\\page.example\\a");
        row("a fragment", "https://page.example/a#token=1", "https://page.example/a");
        row("no address", "me@home", "me@home");
        row("empty", "", "");
        row("other bytes stay", "http://me@page.example/\xe4\xff", "http://page.example/\xe4\xff");
    }
    void aRefererIsSentWithoutLoginAndFragment()
    {
        QFETCH(QByteArray, typed);
        QFETCH(QByteArray, sent);
        QCOMPARE(valueToSend("Referer", typed), sent);
        QCOMPARE(valueToSend("referer", typed), sent);
        QCOMPARE(valueToSend("X-Referer", typed), typed);
    }

    void fieldsWithSecretsAreKnown()
    {
        for (const char *name :
             {"Authorization", "authorization", "Proxy-Authorization", "Cookie", "Set-Cookie",
              "X-Api-Key", "X-API_KEY", "ApiKey", "X-Auth-Token", "X-Amz-Security-Token",
              "X-CSRF-Token", "Private-Token", "X-Session-Id", "X-Secret"}) {
            QVERIFY2(isSecretFieldName(name), name);
        }
        for (const char *name :
             {"Content-Length", "ETag", "Server", "Date", "Referer", "User-Agent",
              "WWW-Authenticate", "Proxy-Authenticate", "Accept", "Range"}) {
            QVERIFY2(!isSecretFieldName(name), name);
        }
    }
};

BELLHOP_TEST(HeadersTest)
#include "tst_headers.moc"
