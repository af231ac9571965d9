// SPDX-License-Identifier: Apache-2.0
#include "core/http/web_page.h"

#include "tests/support/test_program.h"

#include <QTest>

using namespace core;
using namespace Qt::StringLiterals;

class WebPageTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u".*"_s)); }

    void aTypeIsOneOfAPage_data()
    {
        QTest::addColumn<QByteArray>("type");
        QTest::addColumn<bool>("isPage");
        for (const char *page : {"text/html", "TEXT/HTML", "text/html;charset=utf-8",
                                 " text/html ; charset=x", "application/xhtml+xml", "text/html;"}) {
            QTest::addRow("a page: %s", page) << QByteArray(page) << true;
        }
        for (const char *other : {"", ";", "text/plain", "text/htmlx", "html", "text/ html",
                                  "application/octet-stream", "video/mp4", "application/xml",
                                  "multipart/x; type=text/html", "text/plain, text/html"}) {
            QTest::addRow("none: %s", other) << QByteArray(other) << false;
        }
    }
    void aTypeIsOneOfAPage()
    {
        QFETCH(QByteArray, type);
        QFETCH(bool, isPage);
        QCOMPARE(isWebPageType(type), isPage);
    }

    void bytesBeginAsAPageDoes_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<bool>("isPage");
        for (const char *page :
             {"<!DOCTYPE html>", "<!doctype HTML PUBLIC \"x\">", "<html>", "<HTML lang=de>",
              "<html\n>", "\r\n\t <html>", "<head>", "<body class=x>", "<script src=x>", "<title>x",
              "<meta charset=utf-8>", "<!-- a --> <!-- b --><html>", "\xef\xbb\xbf<!doctype html>",
              "\xef\xbb\xbf <!--x-->\n<html>", "<html/>"}) {
            QTest::addRow("a page: %s", page) << QByteArray(page) << true;
        }
        for (const char *other : {"",
                                  " ",
                                  "<",
                                  "<html",
                                  "<!doctype html",
                                  "<htmlx>",
                                  "<header>",
                                  "<titles>",
                                  "<h1>",
                                  "<p>",
                                  "<a href=x>",
                                  "<?xml version='1.0'?>",
                                  "<svg>",
                                  "html",
                                  "x<html>",
                                  "<!-- never ended <html>",
                                  "<!DOCTYPE svg>",
                                  "{\"html\": 1}",
                                  "PK\x03\x04<html>",
                                  "< html>",
                                  "<!-->",
                                  "\xfe\xff<html>"}) {
            QTest::addRow("none: %s", other) << QByteArray(other) << false;
        }
        QTest::newRow("a film") << QByteArray("\0\0\0\x18"
                                              "ftypmp42<html>",
                                              18)
                                << false;
        QTest::newRow("UTF-16") << QByteArray("<\0h\0t\0m\0l\0>\0", 12) << false;
    }
    void bytesBeginAsAPageDoes()
    {
        QFETCH(QByteArray, bytes);
        QFETCH(bool, isPage);
        QCOMPARE(beginsAsWebPage(bytes), isPage);
    }

    void aPageAsksForAPassword_data()
    {
        QTest::addColumn<QByteArray>("html");
        QTest::addColumn<bool>("asks");
        for (const char *form : {"<input type=\"password\">", "<INPUT TYPE='PASSWORD'>",
                                 "<input name=p type=password>"}) {
            QTest::addRow("asks: %s", form) << QByteArray(form) << true;
        }
        for (const char *page : {"", "<p>Your password", "<input type=text name=password>",
                                 "<a href=?reset=password>"}) {
            QTest::addRow("does not: %s", page) << QByteArray(page) << false;
        }
        const QByteArray field("<input type=password>");
        QTest::newRow("at the end of what is looked at")
            << QByteArray(kSniffedBytes - field.size(), ' ') + field << true;
        QTest::newRow("beyond what is looked at")
            << QByteArray(kSniffedBytes - 1, ' ') + field << false;
    }
    void aPageAsksForAPassword()
    {
        QFETCH(QByteArray, html);
        QFETCH(bool, asks);
        QCOMPARE(asksForPassword(html), asks);
    }

    void aNameIsOneOfAFile_data()
    {
        QTest::addColumn<QString>("name");
        QTest::addColumn<bool>("isFile");
        for (const char *file : {"film.mp4", "a.tar.gz", "x.7z", "setup.EXE", "page.html.zip",
                                 "b.md", "c.c", "letter.txt", "a.b c.jpeg"}) {
            QTest::addRow("a file: %s", file) << QString::fromLatin1(file) << true;
        }
        for (const char *other : {"", "download", "index.html", "INDEX.HTM", "a.xhtml", "view.php",
                                  "x.aspx", "x.jsp", "x.cgi", ".htaccess", ".", "a.", "v1.2",
                                  "report.2026", "a.longer", "a.m p", "a.m-p", "watch.do"}) {
            QTest::addRow("none: %s", other) << QString::fromLatin1(other) << false;
        }
    }
    void aNameIsOneOfAFile()
    {
        QFETCH(QString, name);
        QFETCH(bool, isFile);
        QCOMPARE(isNameOfFile(name), isFile);
    }

    void theTitleIsOneLineOfPlainText_data()
    {
        QTest::addColumn<QByteArray>("html");
        QTest::addColumn<QString>("title");
        const auto row = [](const char *html, const QString &title) {
            QTest::addRow("%s", html) << QByteArray(html) << title;
        };
        row("", {});
        row("<html><p>x", {});
        row("<title", {});
        row("<title>", {});
        row("<title></title>x", {});
        row("<html><head><title>Sign in</title>", u"Sign in"_s);
        row("<TITLE lang=de>Anmelden</TITLE>", u"Anmelden"_s);
        row("<title>\n  Sign \t in \r\n</title>", u"Sign in"_s);
        row("<title>no end", u"no end"_s);
        row("<title>a<b>c</title>", u"a"_s);
        row("<title>A &amp; B &lt;i&gt; &quot;x&apos;&#39;&#x27;&nbsp;y</title>",
            u"A & B <i> \"x''' y"_s);
        row("<title>&copy; &; & &#; &#x; &#0; &#xd800; &#x110000; &averylongname;</title>",
            u"&copy; &; & &#; &#x; &#0; &#xd800; &#x110000; &averylongname;"_s);
        row("<title>\xc3\xa4\xe2\x82\xac</title>", u"ä€"_s);
        row("<title>\xe4</title>", u"ä"_s); // Latin-1
        row("<title>a\xe2\x80\xae"
            "b&#x202e;c&#8203;d\xef\xbb\xbf</title>",
            u"abcd"_s);
        row("<title>a\x1b[31mb\x07\x7f</title>", u"a[31mb"_s);
        row("<title>&#x1f600;</title>", u"\U0001F600"_s);
        QTest::newRow("120 are kept") << "<title>" + QByteArray(120, 'a') << QString(120, u'a');
        QTest::newRow("more are cut")
            << "<title>" + QByteArray(121, 'a') << QString(QString(119, u'a') + u'…');
        QTest::newRow("cut before half a character")
            << "<title>" + QByteArray(118, 'a') + "\xf0\x9f\x98\x80\xf0\x9f\x98\x80"
            << QString(QString(118, u'a') + u'…');
        QTest::newRow("cut in the middle of a letter of the page")
            << "<title>\xc3\xa4</title>" + QByteArray(kSniffedBytes - 18, 'x') + "\xc3\xa4"
            << u"ä"_s;
        QTest::newRow("beyond what is looked at")
            << QByteArray(kSniffedBytes, ' ') + "<title>x" << QString();
    }
    void theTitleIsOneLineOfPlainText()
    {
        QFETCH(QByteArray, html);
        QFETCH(QString, title);
        QCOMPARE(pageTitle(html), title);
    }
};

BELLHOP_TEST(WebPageTest)
#include "tst_web_page.moc"
