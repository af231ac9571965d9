// SPDX-License-Identifier: Apache-2.0
#include "core/remedy/reason.h"
#include "tests/support/pretty.h"
#include "tests/support/test_program.h"

using namespace core;
using namespace Qt::StringLiterals;

class ReasonTest final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u".*"_s)); }

    void aNameIsSpeltNearlyAsAnother_data()
    {
        QTest::addColumn<QString>("one");
        QTest::addColumn<QString>("other");
        QTest::addColumn<bool>("isNear");
        const auto row = [](const char *one, const char *other, bool isNear) {
            QTest::addRow("%s, %s", one, other)
                << QString::fromLatin1(one) << QString::fromLatin1(other) << isNear;
        };
        row("exmaple.org", "example.org", true);
        row("exampl.org", "example.org", true);
        row("example.or", "example.org", true);
        row("eexample.org", "example.org", true);
        row("exanple.org", "example.org", true);
        row("example.org", "example.org", false);
        row("example.com", "example.org", false);
        row("exmalpe.org", "example.org", false);
        row("", "a", true);
        row("", "", false);
    }
    void aNameIsSpeltNearlyAsAnother()
    {
        QFETCH(QString, one);
        QFETCH(QString, other);
        QTEST(isSpeltNearlyAs(one, other), "isNear");
        QTEST(isSpeltNearlyAs(other, one), "isNear");
    }

    void theRefererIsAPageOfThatServer()
    {
        const QUrl url(u"https://a.example:8443/film?sig=1"_s);
        QCOMPARE(fieldsFor(Reason::WantsReferer, url),
                 (HeaderFields{{"Referer", "https://a.example:8443/"}}));
        QVERIFY(missingFields({.url = url}).isEmpty());
    }

    void theLikelyLinkDiffersByItsServerAlone()
    {
        const JobError error{.cause = Cause::NameNotFound,
                             .url = QUrl(u"http://fils.example:81/a%20b?x=1"_s),
                             .similarHost = u"files.example"_s};
        QCOMPARE(likelyLink(error), QUrl(u"http://files.example:81/a%20b?x=1"_s));
        QVERIFY(!likelyLink({.cause = Cause::NameNotFound}));
    }

    void whereOnlyTlsIsSpokenTheLinkWasMeantWithHttps()
    {
        const QUrl url(u"http://files.example:8443/a%20b?x=1"_s);
        QCOMPARE(likelyLink({.cause = Cause::NotHttp, .url = url, .reason = Reason::SpeaksTls}),
                 QUrl(u"https://files.example:8443/a%20b?x=1"_s));
        QVERIFY(!likelyLink(
            {.cause = Cause::HandshakeFailed, .url = url, .reason = Reason::SpeaksNoTls}));
    }
};

BELLHOP_TEST(ReasonTest)
#include "tst_reason.moc"
