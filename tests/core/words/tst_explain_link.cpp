// SPDX-License-Identifier: Apache-2.0
#include "core/words/explain_link.h"

#include "tests/support/test_program.h"

#include <QSet>
#include <QTest>

using namespace core;

class ExplainLinkTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(QStringLiteral(".*"))); }

    void aRefusalIsExplainedInOneSentenceWithoutTheLogin()
    {
        QSet<QString> sentences;
        const QString typed =
            QStringLiteral("ftp://user:hunter2@example.org/\n\u202e") + QString(500, u'x');
        for (const LinkRefusal refusal :
             {LinkRefusal::Empty, LinkRefusal::ControlCharacter, LinkRefusal::TooLong,
              LinkRefusal::NotHttp, LinkRefusal::NoHost, LinkRefusal::Malformed}) {
            const QString sentence = explain(refusal, typed);
            sentences += sentence;
            QVERIFY(sentence.endsWith(u'.'));
            QVERIFY(sentence.size() < 240);
            QVERIFY(!sentence.contains(QStringLiteral("hunter2")));
            QVERIFY(!sentence.contains(u'\n') && !sentence.contains(QChar(0x202e)));
            QVERIFY(refusal == LinkRefusal::Empty ||
                    sentence.contains(QStringLiteral("example.org")));
        }
        QCOMPARE(sentences.size(), 6);
    }

    void aPercentSignInALinkStaysInTheSentence()
    {
        QVERIFY(explain(LinkRefusal::NotHttp, QStringLiteral("ftp://a/%1%2"))
                    .contains(QStringLiteral("%1%2")));
        QVERIFY(explain(LinkRefusal::TooLong, QStringLiteral("ftp://a/%2"))
                    .contains(QStringLiteral("%2")));
    }
};

BELLHOP_TEST(ExplainLinkTest)
#include "tst_explain_link.moc"
