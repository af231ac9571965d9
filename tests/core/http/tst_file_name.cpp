// SPDX-License-Identifier: Apache-2.0
#include "core/http/file_name.h"

#include "tests/support/hostile_names.h"
#include "tests/support/name_flaws.h"
#include "tests/support/test_program.h"

#include <QRandomGenerator>
#include <QTest>

#include <algorithm>

using namespace core;

namespace {

constexpr qsizetype kMaxBytes = kMaxFileNameBytes - kFileNameReserveBytes;

/// What is wrong with a name that should be safe; empty when nothing is.
QString flawIn(const QString &name)
{
    if (const QString flaw = flawInName(name); !flaw.isEmpty()) {
        return flaw;
    }
    if (name.toUtf8().size() > kMaxBytes) {
        return QStringLiteral("%1 bytes").arg(name.toUtf8().size());
    }
    if (safeFileName(name) != name) {
        return QStringLiteral("not the same the second time: ") + safeFileName(name);
    }
    return {};
}

} // namespace

class FileNameTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(QStringLiteral(".*"))); }

    void aProposedNameIsMadeSafe_data()
    {
        QTest::addColumn<QString>("proposed");
        QTest::addColumn<QString>("safe");
        const auto row = [](const char *proposed, const char *safe) {
            QTest::newRow(proposed) << QString::fromUtf8(proposed) << QString::fromUtf8(safe);
        };
        row("a.txt", "a.txt");
        row("Über 漢字 😀.pdf", "Über 漢字 😀.pdf");
        row("it's 50% [done] {1} #2 & more + $x ~.txt", "it's 50% [done] {1} #2 & more + $x ~.txt");
        // Only the last component counts.
        row("../../etc/passwd", "passwd");
        row("/etc/passwd", "passwd");
        row("..\\..\\boot.ini", "boot.ini");
        row("C:\\dir/mixed\\a.txt", "a.txt");
        row("a/", "");
        row("a/..", "");
        row("a\\.", "");
        row("..", "");
        row(".", "");
        row("...", "");
        row("", "");
        row(" ", "");
        row(". .", "");
        row("/", "");
        row("\\\\", "");
        // No hidden files, no trailing dots and spaces.
        row(".bashrc", "bashrc");
        row("..bashrc", "bashrc");
        row(" .bashrc", "bashrc");
        row("\u200b.bashrc", "bashrc");
        row(".\u200b.bashrc", "bashrc");
        row("../.profile", "profile");
        row("a.txt.", "a.txt");
        row("a.txt . .", "a.txt");
        row("a.txt\u3000", "a.txt");
        row("a..b", "a..b");
        // What is not seen.
        row("a\nb.txt", "ab.txt");
        row("a\n.desktop", "a.desktop");
        row("a\x1b]0;x\x07.txt", "a]0;x.txt");
        row("a\u009b31m.txt", "a31m.txt");
        row("invoice\u202egnp.exe", "invoicegnp.exe");
        row("\u2066a\u2069.txt", "a.txt");
        row("a\u200b\u200c\u200d\u2060\ufeff.txt", "a.txt");
        row("a\u2028b\u2029.txt", "ab.txt");
        row("a\u3164\u2800\u115f.txt", "a.txt");
        row("a\U000e0041.txt", "a.txt");
        row("می\u200cخواهم.txt", "می\u200cخواهم.txt");
        row("می\u200c\u200c\u202eخواهم.txt", "می\u200cخواهم.txt");
        row("\u200cمی\u200c.txt", "می.txt");
        row("क्\u200dष क्\u200cष.txt", "क्\u200dष क्\u200cष.txt");
        row("👩\u200d💻 👩🏽\u200d💻 ❤️\u200d🔥.txt",
            "👩\u200d💻 👩🏽\u200d💻 ❤️\u200d🔥.txt");
        row("👩\u200d\u200d💻\u200d.txt", "👩\u200d💻.txt");
        row("pass\u200cword\u200d.txt", "password.txt");
        row("\u272d\u200d\u2800", "\u272d"); // joined to something blank
        // Spaces that push the extension out of sight.
        row("picture.jpg                              .exe", "picture.jpg .exe");
        row("a\u00a0\u2003\u3000b.txt", "a b.txt");
        // Forbidden elsewhere.
        row("a<b>c:d\"e|f?g*h.txt", "a_b_c_d_e_f_g_h.txt");
        row("a.txt:stream", "a.txt_stream");
        row("C:", "C_");
        row("<>", "__");
        // What a command would read as an option.
        row("-rf", "_-rf");
        row("--help", "_--help");
        row(".-rf", "_-rf");
        row("a/-rf", "_-rf");
        row("a-rf", "a-rf");
        // Devices.
        row("con", "_con");
        row("CON", "_CON");
        row("Con.txt", "_Con.txt");
        row("con .txt", "_con .txt");
        row("con.tar.gz", "_con.tar.gz");
        row("nul", "_nul");
        row("aux.h", "_aux.h");
        row("prn.", "_prn");
        row("com1", "_com1");
        row("COM0.log", "_COM0.log");
        row("com¹.txt", "_com¹.txt");
        row("lpt9", "_lpt9");
        row("CONIN$", "_CONIN$");
        row("clock$", "_clock$");
        row(".con", "_con");
        row("c\u200bon", "_con");
        row("com10", "com10");
        row("com", "com");
        row("console", "console");
        row("_con", "_con");
        row("a.con", "a.con");
    }
    void aProposedNameIsMadeSafe()
    {
        QFETCH(QString, proposed);
        QFETCH(QString, safe);
        QCOMPARE(safeFileName(proposed), safe);
        QCOMPARE(flawIn(safe), QString());
    }

    void aLongNameKeepsItsExtension_data()
    {
        QTest::addColumn<QString>("proposed");
        QTest::addColumn<QString>("end");
        QTest::addColumn<qsizetype>("bytes");
        const QString latin(300, u'a');
        const QString han = QStringLiteral("漢").repeated(300);
        const QString smileys = QStringLiteral("\U0001f600").repeated(300);
        QTest::newRow("no extension") << latin << QStringLiteral("a") << kMaxBytes;
        QTest::newRow("txt") << latin + QStringLiteral(".txt") << QStringLiteral("a.txt")
                             << kMaxBytes;
        QTest::newRow("tar.gz") << latin + QStringLiteral(".tar.gz") << QStringLiteral("a.tar.gz")
                                << kMaxBytes;
        QTest::newRow("Han") << han + QStringLiteral(".txt") << QStringLiteral("漢.txt")
                             << kMaxBytes - 1;
        QTest::newRow("smileys") << smileys + QStringLiteral(".pdf")
                                 << QStringLiteral("\U0001f600.pdf") << kMaxBytes - 3;
        QTest::newRow("an extension that is none")
            << QStringLiteral("a.") + QString(300, u'b') << QStringLiteral("b") << kMaxBytes;
        QTest::newRow("a Han extension")
            << latin + QStringLiteral(".漢字") << QStringLiteral("a.漢字") << kMaxBytes;
        QTest::newRow("dots where it is cut")
            << QStringLiteral("a") + QString(300, u'.') + QStringLiteral(".txt")
            << QStringLiteral("a.txt") << qsizetype(5);
        QTest::newRow("as long as may be")
            << QString(kMaxBytes, u'a') << QStringLiteral("a") << kMaxBytes;
        QTest::newRow("a million") << QString(1'000'000, u'a') + QStringLiteral(".txt")
                                   << QStringLiteral("a.txt") << kMaxBytes;
    }
    void aLongNameKeepsItsExtension()
    {
        QFETCH(QString, proposed);
        QFETCH(QString, end);
        QFETCH(qsizetype, bytes);
        const QString safe = safeFileName(proposed);
        QCOMPARE(safe.toUtf8().size(), bytes);
        QVERIFY2(safe.endsWith(end), qPrintable(safe));
        QCOMPARE(flawIn(safe), QString());
    }

    void noHostileNameGetsThrough()
    {
        QRandomGenerator random(11);
        const QStringList &pieces = hostilePieces();
        for (int round = 0; round < 20'000; ++round) {
            QString proposed;
            for (int left = random.bounded(1, 9); left > 0; --left) {
                proposed += pieces.at(random.bounded(int(pieces.size())));
            }
            const QString safe = safeFileName(proposed);
            QVERIFY2(
                flawIn(safe).isEmpty(),
                qPrintable(QStringLiteral("%1: \"%2\" of %3")
                               .arg(flawIn(safe), safe,
                                    QString::fromLatin1(proposed.toUtf8().toPercentEncoding()))));
        }
    }

    void noRandomUnitsGetThrough()
    {
        QRandomGenerator random(12);
        for (int round = 0; round < 20'000; ++round) {
            QString proposed(random.bounded(0, 40), Qt::Uninitialized);
            std::ranges::generate(proposed,
                                  [&random] { return QChar(char16_t(random.bounded(0x10000))); });
            QCOMPARE(flawIn(safeFileName(proposed)), QString());
        }
    }

    void noHostileHeaderOrAddressGetsThrough()
    {
        QRandomGenerator random(13);
        const QStringList &pieces = hostilePieces();
        for (int round = 0; round < 5'000; ++round) {
            QString proposed;
            for (int left = random.bounded(1, 6); left > 0; --left) {
                proposed += pieces.at(random.bounded(int(pieces.size())));
            }
            const QByteArray percent = proposed.toUtf8().toPercentEncoding();
            const QByteArray fields[] = {
                "attachment; filename*=UTF-8''" + percent,
                "attachment; filename=\"" + percent + '"',
                "attachment; filename=\"" + proposed.toUtf8() + '"',
                "attachment; filename=" + proposed.toLatin1(),
                "attachment; filename=\"=?UTF-8?B?" + proposed.toUtf8().toBase64() + "?=\"",
            };
            const QUrl url = QUrl::fromEncoded("https://example.org/" + percent);
            for (const QByteArray &field : fields) {
                const QString name = chooseFileName(field, url, QUrl());
                QVERIFY(!name.isEmpty());
                QCOMPARE(flawIn(name), QString());
            }
        }
    }

    void theNameOfAnAddressIsItsLastSegment_data()
    {
        QTest::addColumn<QByteArray>("url");
        QTest::addColumn<QString>("name");
        const auto row = [](const char *url, const char *name) {
            QTest::newRow(url) << QByteArray(url) << QString::fromUtf8(name);
        };
        row("https://example.org/dir/a.zip", "a.zip");
        row("https://example.org/dir/a.zip?x=/y.exe#/z", "a.zip");
        row("https://example.org/a%20b.zip", "a b.zip");
        row("https://example.org/a+b.zip", "a+b.zip");
        row("https://example.org/%E2%82%AC.zip", "€.zip");
        row("https://example.org/%E4.zip", "ä.zip");
        row("https://example.org/..%2F..%2Fetc%2Fpasswd", "passwd");
        row("https://example.org/..%5C..%5Cboot.ini", "boot.ini");
        row("https://example.org/%2e%2e", "");
        row("https://example.org/.bash_profile", "bash_profile");
        row("https://example.org/a%00.png%0A.sh", "a.png.sh");
        row("https://example.org/%252e%252e%252fa", "%2e%2e%2fa");
        row("https://example.org/", "");
        row("https://example.org", "");
        row("https://example.org/dir/", "");
        row("https://example.org/?name=a.zip", "");
    }
    void theNameOfAnAddressIsItsLastSegment()
    {
        QFETCH(QByteArray, url);
        QFETCH(QString, name);
        QCOMPARE(fileNameFrom(QUrl::fromEncoded(url)), name);
    }

    void theFirstSourceThatGivesANameWins_data()
    {
        QTest::addColumn<QByteArray>("field");
        QTest::addColumn<QString>("finalUrl");
        QTest::addColumn<QString>("firstUrl");
        QTest::addColumn<QString>("name");
        const QString last = QStringLiteral("https://b.org/last.bin");
        const QString first = QStringLiteral("https://a.org/first.bin");
        const QString bare = QStringLiteral("https://b.org/");
        QTest::newRow("the header")
            << QByteArray("attachment; filename=h.bin") << last << first << QStringLiteral("h.bin");
        QTest::newRow("the last address")
            << QByteArray() << last << first << QStringLiteral("last.bin");
        QTest::newRow("the first address")
            << QByteArray() << bare << first << QStringLiteral("first.bin");
        QTest::newRow("nothing") << QByteArray() << bare << bare << QStringLiteral("download");
        QTest::newRow("a header without a name")
            << QByteArray("inline") << last << first << QStringLiteral("last.bin");
        QTest::newRow("a header with a name that is none")
            << QByteArray("attachment; filename=\"..\"") << last << first
            << QStringLiteral("last.bin");
        QTest::newRow("a header with two names, of which one is none")
            << QByteArray("attachment; filename*=UTF-8''..%2F; filename=h.bin") << last << first
            << QStringLiteral("h.bin");
        QTest::newRow("a header with a path")
            << QByteArray("attachment; filename=\"../../.bashrc\"") << last << first
            << QStringLiteral("bashrc");
    }
    void theFirstSourceThatGivesANameWins()
    {
        QFETCH(QByteArray, field);
        QFETCH(QString, finalUrl);
        QFETCH(QString, firstUrl);
        QFETCH(QString, name);
        QCOMPARE(chooseFileName(field, QUrl(finalUrl), QUrl(firstUrl)), name);
    }

    void aNameWithoutExtensionGetsTheUsualOneOfItsType_data()
    {
        QTest::addColumn<QString>("name");
        QTest::addColumn<QByteArray>("type");
        QTest::addColumn<QString>("whole");
        const auto row = [](const char *name, const char *type, const char *whole) {
            QTest::addRow("%s %s", name, type)
                << QString::fromUtf8(name) << QByteArray(type) << QString::fromUtf8(whole);
        };
        row("report", "application/pdf", "report.pdf");
        row("report", " Application/PDF ; charset=x", "report.pdf");
        row("report v1.2", "application/pdf", "report v1.2.pdf");
        row("Mr. Smith", "application/pdf", "Mr. Smith.pdf");
        row("photo", "image/jpeg", "photo.jpg");
        row("photo", "image/webp", "photo.webp");
        row("pack", "application/x-zip-compressed", "pack.zip");
        row("article", "text/html; charset=utf-8", "article.html");
        row("report.txt", "application/pdf", "report.txt");
        row("report.7z", "application/pdf", "report.7z");
        row("film.001", "video/mp4", "film.001");
        for (const char *type : {"", ";", "application/octet-stream", "binary/octet-stream",
                                 "text/plain", "application/x-none", "pdf", "image/jpeg, text/html",
                                 "../etc", "application/force-download"}) {
            row("report", type, "report");
        }
    }
    void aNameWithoutExtensionGetsTheUsualOneOfItsType()
    {
        QFETCH(QString, name);
        QFETCH(QByteArray, type);
        QTEST(withUsualExtension(name, type), "whole");
    }

    void aNumberGoesBeforeTheExtension_data()
    {
        QTest::addColumn<QString>("name");
        QTest::addColumn<QString>("second");
        const auto row = [](const char *name, const char *second) {
            QTest::newRow(name) << QString::fromUtf8(name) << QString::fromUtf8(second);
        };
        row("a.txt", "a (2).txt");
        row("a", "a (2)");
        row("a.tar.gz", "a (2).tar.gz");
        row("a.TAR.XZ", "a (2).TAR.XZ");
        row("tar.gz", "tar (2).gz");
        row("a.b.txt", "a.b (2).txt");
        row("a (1).txt", "a (1) (2).txt");
        row("漢字.pdf", "漢字 (2).pdf");
        row("v1.2 final report of the year 2026 and more words",
            "v1.2 final report of the year 2026 and more words (2)");
    }
    void aNumberGoesBeforeTheExtension()
    {
        QFETCH(QString, name);
        QFETCH(QString, second);
        QCOMPARE(numbered(name, 2), second);
    }

    void aNumberedNameHasRoom()
    {
        const QString longest = safeFileName(QString(300, u'a') + QStringLiteral(".txt"));
        QCOMPARE(numbered(longest, 999'999), longest.chopped(4) + QStringLiteral(" (999999).txt"));
        QVERIFY(numbered(longest, 999'999).toUtf8().size() <= kMaxFileNameBytes);
        QVERIFY(numbered(QString(255, u'a'), 12).toUtf8().size() <= kMaxFileNameBytes);
        QVERIFY(numbered(QString(255, u'a'), 12).endsWith(QStringLiteral("a (12)")));
    }
};

BELLHOP_TEST(FileNameTest)
#include "tst_file_name.moc"
