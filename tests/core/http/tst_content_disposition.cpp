// SPDX-License-Identifier: Apache-2.0
#include "core/http/content_disposition.h"

#include "tests/support/test_program.h"

#include <QTest>

using namespace core;

class ContentDispositionTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(QStringLiteral(".*"))); }

    void aNameIsRead_data()
    {
        QTest::addColumn<QByteArray>("field");
        QTest::addColumn<QString>("name"); // null: none
        const auto row = [](const char *field, const char *name) {
            QTest::newRow(field) << QByteArray(field) << QString::fromUtf8(name);
        };
        // As RFC 6266 has it.
        row("attachment; filename=a.txt", "a.txt");
        row("attachment; filename=\"a.txt\"", "a.txt");
        row("attachment; filename=\"a b.txt\"", "a b.txt");
        row("attachment;filename=\"a.txt\"", "a.txt");
        row("attachment ; filename = \"a.txt\" ; size=3", "a.txt");
        row("ATTACHMENT; FILENAME=\"a.txt\"", "a.txt");
        row("inline; filename=a.txt", "a.txt");
        row("whatever; filename=a.txt", "a.txt");
        row("attachment; size=3; filename=a.txt; x=y", "a.txt");
        row("attachment; filename=\"a;b.txt\"; size=3", "a;b.txt");
        row("attachment; filename=\"a,b.txt\"", "a,b.txt");
        row("attachment; filename=\"a=b.txt\"", "a=b.txt");
        row("attachment; filename=\"a\\\"b\\\".txt\"", "a\"b\".txt");
        row("attachment; filename=\"a\\\\b.txt\"", "a\\b.txt");
        row("attachment; filename=\"x; filename=y.txt\"", "x; filename=y.txt");
        row("attachment; x=\"; filename=y.txt\"; filename=z.txt", "z.txt");
        row("attachment; filename=first.txt; filename=second.txt", "first.txt");
        // RFC 8187.
        row("attachment; filename*=UTF-8''a%20%E2%82%AC.txt", "a €.txt");
        row("attachment; filename*=utf-8'en'%c3%a4.txt", "ä.txt");
        row("attachment; filename*=ISO-8859-1''%E4.txt", "ä.txt");
        row("attachment; filename*=iso-8859-1'de'%a3%20rates", "£ rates");
        row("attachment; filename=\"e.txt\"; filename*=UTF-8''%E2%82%AC.txt", "€.txt");
        row("attachment; filename*=UTF-8''%E2%82%AC.txt; filename=\"e.txt\"", "€.txt");
        row("attachment; filename *= UTF-8''a.txt", "a.txt");
        row("attachment; filename*=UTF-8''a%2Fb.txt", "a/b.txt"); // made safe later
        // What cannot be decoded gives way to the plain name.
        row("attachment; filename*=UTF-8''%E4.txt; filename=plain.txt", "plain.txt");
        row("attachment; filename*=X-None''%C1.txt; filename=plain.txt", "plain.txt");
        row("attachment; filename*=''a.txt; filename=plain.txt", "plain.txt");
        row("attachment; filename*=; filename=plain.txt", "plain.txt");
        row("attachment; filename*=a.txt; filename=plain.txt", "plain.txt");
        row("attachment; filename*=UTF-8''; filename=plain.txt", "plain.txt");
        // Broken forms of it.
        row("attachment; filename*=\"UTF-8''%E2%82%AC.txt\"", "€.txt");
        row("attachment; filename*=UTF-8''50%.txt", "50%.txt");
        row("attachment; filename*=UTF-8''100%zz.txt", "100%zz.txt");
        row("attachment; filename*=UTF-8''\xe2\x82\xac.txt", "€.txt");
        row("attachment; filename*=a.txt", "a.txt");
        row("attachment; filename*=\"%E2%82%AC.txt\"", "€.txt");
        row("attachment; filename*=UTF-8''it's.txt", "it's.txt");
        row("attachment; filename*=UTF-8''50%.txt; filename=good.txt", "good.txt");
        row("attachment; filename=good.txt; filename*=UTF-8''%E4%F.txt", "good.txt");
        // Other codings, by whatever name.
        row("attachment; filename*=windows-1252''%80.txt", "€.txt");
        row("attachment; filename*=ISO-8859-1''%93a%94.txt", "“a”.txt");
        row("attachment; filename*=Latin-1''%E4.txt", "ä.txt");
        row("attachment; filename*=ISO_8859-15''%A4.txt", "€.txt");
        row("attachment; filename*=iso8859-2''%B1.txt", "ą.txt");
        row("attachment; filename*=windows-1251''%CF%F0.txt", "Пр.txt");
        row("attachment; filename*=cp1251''%CF%F0.txt", "Пр.txt");
        row("attachment; filename*=KOI8-R''%F0%D2.txt", "Пр.txt");
        row("attachment; filename*=Shift_JIS''%82%A0.txt", "あ.txt");
        row("attachment; filename*=x-sjis''%82%A0.txt", "あ.txt");
        row("attachment; filename*=EUC-JP''%A4%A2.txt", "あ.txt");
        row("attachment; filename*=EUC-KR''%BF%B9.txt", "예.txt");
        row("attachment; filename*=ks_c_5601-1987''%BF%B9.txt", "예.txt");
        row("attachment; filename*=GBK''%C4%E3.txt", "你.txt");
        row("attachment; filename*=gb18030''%C4%E3.txt", "你.txt");
        row("attachment; filename*=Big5''%A7A.txt", "你.txt");
        row("attachment; filename*=EUC-JP''%A4.txt; filename=plain.txt", "plain.txt");
        row("attachment; filename*=UTF-7''%2BAOQ-.txt; filename=plain.txt", "plain.txt");
        row("attachment; filename*=../X//''a.txt; filename=plain.txt", "plain.txt");
        row("attachment; filename=\"=?EUC-JP?Q?=B7=DD=BD=D13=2Epng?=\"", "芸術3.png");
        row("attachment; filename=\"=?eUc-Kr?b?v7m8+iAzLnBuZw==?=\"", "예술 3.png");
        row("attachment; filename=\"=?ISO-2022-JP?B?GyRCJCIbKEIudHh0?=\"", "あ.txt");
        row("attachment; filename=\"\x80 \x96 \xe4.txt\"", "€ – ä.txt");
        // RFC 2231 pieces.
        row("attachment; filename*0=\"long\"; filename*1=\"name.txt\"", "longname.txt");
        row("attachment; filename*1=\"name.txt\"; filename*0=\"long\"", "longname.txt");
        row("attachment; filename*0*=UTF-8''%E2%82; filename*1*=%AC.txt", "€.txt");
        row("attachment; filename*0*=UTF-8''%E2%82%AC; filename*1=\"%20.txt\"", "€%20.txt");
        row("attachment; filename*0=a; filename*2=c", "a");
        row("attachment; filename*0=a.txt; filename*=UTF-8''b.txt", "b.txt");
        row("attachment; filename*0*=X-None''a; filename=plain.txt", "plain.txt");
        // Raw UTF-8, else Latin-1.
        row("attachment; filename=\"\xe2\x82\xac.txt\"", "€.txt");
        row("attachment; filename=\xe2\x82\xac.txt", "€.txt");
        row("attachment; filename=\"\xe4.txt\"", "ä.txt");
        // Percent-encoded plain names, when all of it is.
        row("attachment; filename=\"%E2%82%AC%20a.txt\"", "€ a.txt");
        row("attachment; filename=%E2%82%AC.txt", "€.txt");
        row("attachment; filename=\"50% off.txt\"", "50% off.txt");
        row("attachment; filename=\"50%.txt\"", "50%.txt");
        row("attachment; filename=\"%E4.txt\"", "%E4.txt");
        row("attachment; filename=\"a%\"", "a%");
        row("attachment; filename=\"a%2\"", "a%2");
        // RFC 2047 words.
        row("attachment; filename=\"=?UTF-8?B?4oKsLnR4dA==?=\"", "€.txt");
        row("attachment; filename==?UTF-8?B?4oKsLnR4dA==?=", "€.txt");
        row("attachment; filename=\"=?utf-8?Q?=E2=82=AC_a.txt?=\"", "€ a.txt");
        row("attachment; filename=\"=?ISO-8859-1?q?=E4.txt?=\"", "ä.txt");
        row("attachment; filename=\"=?UTF-8*en?Q?a.txt?=\"", "a.txt");
        row("attachment; filename=\"=?UTF-8?Q?=E2=82?= =?UTF-8?Q?=AC.txt?=\"", "€.txt");
        row("attachment; filename=\"=?UTF-8?Q?=E4?= =?ISO-8859-1?Q?=E4?=\"; x=y", nullptr);
        row("attachment; filename=\"=?UTF-8?Q?a?= =?ISO-8859-1?Q?=E4?=.txt\"", "aä.txt");
        row("attachment; filename=\"x =?UTF-8?Q?a?= y.txt\"", "x a y.txt");
        row("attachment; filename=\"=?UTF-8?Q?100%?=\"", "100%");
        row("attachment; filename=\"=?GB2312?B?xOPK?=\"", nullptr); // half a character
        row("attachment; filename=\"=?X-None?B?xOPK?=\"", nullptr);
        row("attachment; filename=\"=?UTF-8?B?!!!?=\"", nullptr);
        row("attachment; filename=\"=?UTF-8?X?abc?=\"", nullptr);
        row("attachment; filename=\"=?UTF-8?Q?abc.txt\"", "=?UTF-8?Q?abc.txt");
        // Backslashes of a path, quotes that are missing, not escaped or of the other kind.
        row("attachment; filename=\"f\\oo.html\"", "foo.html");
        row("attachment; filename=\"O\\'Brien.pdf\"", "O'Brien.pdf");
        row("attachment; filename=\"a\\\\b.txt\"", "a\\b.txt");
        row("attachment; filename=\"C:\\dir\\new.txt\"", "C:\\dir\\new.txt");
        row("attachment; filename=\"\\\\server\\dir\\new.txt\"", "\\server\\dir\\new.txt");
        row("attachment; filename=C:\\dir\\new.txt", "C:\\dir\\new.txt");
        row("attachment; filename=\"C:\\dir\\\"", "C:\\dir\\");
        row("attachment; filename=\"a.txt", "a.txt");
        row("attachment; filename=\"a.txt; size=3", "a.txt");
        row("attachment; filename=a.txt\"", "a.txt\"");
        row("attachment; filename=\"a \"b\" c.txt\"", "a \"b\" c.txt");
        row("attachment; filename=\"a.txt\"junk; size=3", "a.txt");
        row("attachment; filename='a.txt'", "a.txt");
        row("attachment; filename=it's.txt", "it's.txt");
        row("attachment; filename=a b c.txt; size=3", "a b c.txt");
        row("attachment; filename=a,b.txt", "a,b.txt");
        // No type, no semicolon, several fields in one.
        row("filename=a.txt", "a.txt");
        row("filename=\"a.txt\"", "a.txt");
        row("; filename=a.txt", "a.txt");
        row(";; filename=a.txt;;", "a.txt");
        row("attachment filename=a.txt", "a.txt");
        row("attachment, filename=\"a.txt\"", "a.txt");
        row("attachment; foo filename=\"a.txt\"", "a.txt");
        row("attachment; foo; filename=\"a.txt\"", "a.txt");
        row("attachment; filename=\"a.txt\", attachment; filename=\"b.txt\"", "a.txt");
        row("inline, attachment; filename=\"a.txt\"", "a.txt");
        row("attachment; filename=, attachment; filename=\"b.txt\"", "b.txt");
        row("attachment; filename=a.txt, attachment; filename=b.txt", "a.txt");
        row("attachment, inline; filename=b.txt", "b.txt");
        row("attachment; filename=\"a.txt, attachment; filename=\"b.txt\"", "a.txt");
        row("attachment; filename=\"x, attachment; y.txt\"", "x, attachment; y.txt");
        row("attachment; filename=\"=?UTF-8?X?a?=\", attachment; filename=b.txt", "b.txt");
        // No name.
        for (const char *none : {"",
                                 " ",
                                 ";",
                                 "=",
                                 "\"",
                                 "attachment",
                                 "attachment;",
                                 "attachment; filename",
                                 "attachment; filename=",
                                 "attachment; filename=\"\"",
                                 "attachment; filename=\" \"",
                                 "attachment; filename=;",
                                 "attachment; name=a.txt",
                                 "attachment; xfilename=a.txt",
                                 "attachment; filename-x=a.txt",
                                 "attachment; filename*=",
                                 "attachment; filename*=''",
                                 "attachment; filename*=UTF-8'a.txt",
                                 "attachment; filename*=UTF-8''",
                                 "attachment; filename*=X-None''a",
                                 "attachment; \"filename=a.txt\"",
                                 "a=b; c=d",
                                 "filename"}) {
            row(none, nullptr);
        }
    }
    void aNameIsRead()
    {
        QFETCH(QByteArray, field);
        QFETCH(QString, name);
        QCOMPARE(fileNamesIn(field).value(0), name);
    }

    void aVeryLongFieldIsReadInTime_data()
    {
        QTest::addColumn<QByteArray>("piece");
        for (const char *piece :
             {"\"", "\\", ";", "=", "a=\"", "filename=", "filename=\"", "=?", "?=", "=?UTF-8?Q?",
              "=?UTF-8?Q?a?= ", "%", "%41", "'", "filename*0=a;", ",", " "}) {
            QTest::newRow(piece) << QByteArray(piece);
        }
    }
    void aVeryLongFieldIsReadInTime()
    {
        QFETCH(QByteArray, piece);
        // Quadratic work on half a million characters would not end before the test's time limit.
        const auto names = fileNamesIn("attachment; filename=\"" + piece.repeated(500'000));
        QVERIFY(names.value(0).size() <= 16'384);
    }
};

BELLHOP_TEST(ContentDispositionTest)
#include "tst_content_disposition.moc"
