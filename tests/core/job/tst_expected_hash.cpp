// SPDX-License-Identifier: Apache-2.0
#include "core/job/certificate.h"
#include "core/job/expected_hash.h"
#include "tests/support/test_program.h"

#include <QTest>

using namespace core;
using namespace Qt::StringLiterals;

namespace {

const QString kMd5(32, u'1');
const QString kSha1(40, u'2');
const QString kSha256(64, u'a');
const QString kSha512(128, u'4');

} // namespace

class ExpectedHashTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(QStringLiteral(".*"))); }

    void aChecksumIsKnownInEveryUsualForm_data()
    {
        QTest::addColumn<QString>("pasted");
        QTest::addColumn<QString>("hash");
        const auto row = [](const char *what, const QString &pasted, const QString &hash) {
            QTest::newRow(what) << pasted << hash;
        };
        row("as we write it", u"sha256:"_s + kSha256, u"sha256:"_s + kSha256);
        row("with a dash and capitals", u" SHA-256: "_s + kSha256.toUpper() + u'\n',
            u"sha256:"_s + kSha256);
        row("md5 alone", kMd5, u"md5:"_s + kMd5);
        row("sha1 alone", kSha1, u"sha1:"_s + kSha1);
        row("sha256 alone", kSha256, u"sha256:"_s + kSha256);
        row("sha512 alone", kSha512, u"sha512:"_s + kSha512);
        row("in two lines", kSha512.first(64) + u'\n' + kSha512.sliced(64), u"sha512:"_s + kSha512);
        row("line of a list", kSha256 + u"  a file.iso"_s, u"sha256:"_s + kSha256);
        row("line of a list, binary", kSha256 + u" *file.iso\n"_s, u"sha256:"_s + kSha256);
        row("line of a list, a name of digits", kMd5 + u"  deadbeef"_s, u"md5:"_s + kMd5);
        row("in groups", kMd5.first(8) + u' ' + kMd5.sliced(8), u"md5:"_s + kMd5);
        row("of the same length, by its name", u"blake2b:"_s + kSha512, u"blake2b:"_s + kSha512);
        row("of BSD, of the same length", u"BLAKE2b (a.iso) = "_s + kSha512,
            u"blake2b:"_s + kSha512);
        row("of BSD", u"SHA256 (a (1).iso) = "_s + kSha256, u"sha256:"_s + kSha256);
    }
    void aChecksumIsKnownInEveryUsualForm()
    {
        QFETCH(QString, pasted);
        const auto hash = recognizeHash(pasted);
        QVERIFY(hash);
        QTEST(text(*hash), "hash");
    }

    void whatLeavesADoubtIsNone_data()
    {
        QTest::addColumn<QString>("pasted");
        QTest::newRow("nothing") << QString();
        QTest::newRow("one digit short") << kSha256.chopped(1);
        QTest::newRow("one too many") << kSha256 + u'a';
        QTest::newRow("no digit") << kSha256.chopped(1) + u'g';
        QTest::newRow("of another length than it says") << u"sha512:"_s + kSha256;
        QTest::newRow("of another length, BSD") << u"MD5 (a) = "_s + kSha256;
        QTest::newRow("an algorithm nobody knows") << u"crc32:"_s + kSha256;
        QTest::newRow("two lines of a list") << kSha256 + u"  a.iso\n"_s + kSha256 + u"  b.iso"_s;
        QTest::newRow("the name before the digits") << u"a.iso "_s + kSha256;
        QTest::newRow("digits of other scripts") << QString(64, QChar(0x0661));
    }
    void whatLeavesADoubtIsNone()
    {
        QFETCH(QString, pasted);
        QVERIFY(!recognizeHash(pasted));
    }

    void aFingerprintIsKnownAsProgramsPrintIt_data()
    {
        QTest::addColumn<QString>("typed");
        QTest::addColumn<bool>("isOne");
        const QString shown = formatFingerprint(kSha256.toLatin1());
        QTest::newRow("digits") << kSha256 << true;
        QTest::newRow("as we show it") << shown << true;
        QTest::newRow("in two lines") << shown.first(48) + u'\n' + shown.sliced(48) << true;
        QTest::newRow("as openssl prints it") << u"sha256 Fingerprint="_s + shown << true;
        QTest::newRow("too short") << kSha256.chopped(1) << false;
        QTest::newRow("too long") << kSha256 + u'a' << false;
        QTest::newRow("of SHA-1") << kSha1 << false;
        QTest::newRow("no digit") << kSha256.chopped(1) + u'x' << false;
        QTest::newRow("nothing") << QString() << false;
    }
    void aFingerprintIsKnownAsProgramsPrintIt()
    {
        QFETCH(QString, typed);
        QFETCH(bool, isOne);
        QCOMPARE(parseFingerprint(typed), isOne ? kSha256.toLatin1() : QByteArray());
    }
};

BELLHOP_TEST(ExpectedHashTest)
#include "tst_expected_hash.moc"
