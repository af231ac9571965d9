// SPDX-License-Identifier: Apache-2.0
#include "core/http/digest.h"

#include "tests/support/test_program.h"

#include <QTest>

using namespace core;

namespace {

// Of the text "hello world".
constexpr auto k256 = "uU0nuZNNPgilLlLX2n2r+sSE7+N6U4DukIj3rOLvzek=";
constexpr auto k256Hex = "b94d27b9934d3e08a52e52d7da7dabfac484efe37a5380ee9088f7ace2efcde9";
constexpr auto k512 = "MJ7MSJwS1utMxA9QyQLytNDtd+5RGnx6m808qG1M2G+"
                      "YndNbxf9JlnDaNCVbRbDP2DDoH2Bdz33FVC6TrpzXbw==";
constexpr auto k512Hex = "309ecc489c12d6eb4cc40f50c902f2b4d0ed77ee511a7c7a9bcd3ca86d4cd86f"
                         "989dd35bc5ff499670da34255b45b0cfd830e81f605dcf7dc5542e93ae9cd76f";

QByteArray filled(const char *pattern)
{
    QByteArray value(pattern);
    value.replace("{256}", k256);
    value.replace("{512}", k512);
    return value;
}

/// "sha-256 0a1b…", or nothing.
QByteArray text(const std::optional<StatedDigest> &digest)
{
    if (!digest) {
        return {};
    }
    const bool isLong = digest->algorithm == StatedDigest::Algorithm::Sha512;
    return (isLong ? "sha-512 " : "sha-256 ") + digest->digestHex;
}

QByteArray short256()
{
    return QByteArray("sha-256 ") + k256Hex;
}

QByteArray long512()
{
    return QByteArray("sha-512 ") + k512Hex;
}

} // namespace

class DigestTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(QStringLiteral(".*"))); }

    void reprDigestIsADictionaryOfByteSequences_data()
    {
        QTest::addColumn<QByteArray>("value");
        QTest::addColumn<QByteArray>("digest");
        const auto row = [](const char *pattern, const QByteArray &digest) {
            QTest::addRow("%s", pattern) << filled(pattern) << digest;
        };
        row("sha-256=:{256}:", short256());
        row("sha-512=:{512}:", long512());
        row("sha-256=:{256}:;a=1;b", short256());
        row("sha-256=:{256}: ; q=\"x,y\", sha-512=:{512}:;c=?1", long512());
        row("sha-256=:{256}:a", {});
        row("sha-256=:{256}, sha-512=:{512}:", {});
        row("sha-256=:{256}:, sha-512=:{512}:", long512());
        row("sha-512=:{512}:,sha-256=:{256}:", long512());
        row("  sha-256=:{256}: \t,\tsha-512=:{512}: ", long512());
        row("md5=:AAAA:, sha-256=:{256}:", short256());
        row("*x-1.y_z=::, sha-256=:{256}:", short256());
        // The last one of a name counts (RFC 8941, 3.2).
        row("sha-256=:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=:, sha-256=:{256}:", short256());
        // What we do not know is no use, but no harm.
        row("md5=:AAAA:", {});
        row("id-sha-256=:{256}:", {});
        // Anything that breaks the grammar, and the field says nothing.
        for (const char *bad : {"",
                                " ",
                                ",",
                                "sha-256",
                                "sha-256=",
                                "sha-256={256}",
                                "sha-256=:{256}",
                                "sha-256=:",
                                "sha-256={256}:",
                                "sha-256=::",
                                "sha-256=:{512}:",
                                "sha-512=:{256}:",
                                "sha-256=:{256}:,",
                                ",sha-256=:{256}:",
                                "sha-256=:{256}:,,",
                                "SHA-256=:{256}:",
                                "Sha-256=:{256}:",
                                "-sha=::, sha-256=:{256}:",
                                "9=::, sha-256=:{256}:",
                                "sha-256 =:{256}:",
                                "sha-256= :{256}:",
                                "sha-256=\"{256}\"",
                                "sha-256=:{256}: sha-512=:{512}:",
                                "x=1, sha-256=:{256}:",
                                "x=:A:, sha-256=:{256}:",
                                "x=:A===:, sha-256=:{256}:",
                                "x=:=AAA:, sha-256=:{256}:",
                                "x=:A-_A:, sha-256=:{256}:",
                                "x=:A A=:, sha-256=:{256}:",
                                "=:AAAA:",
                                "sha-256=:{256}:x",
                                "sha-256=:{256}:;\na",
                                "sha-256=:{256}:;a=\x1f"}) {
            row(bad, {});
        }
        QTest::newRow("NUL in the name") << QByteArray("sha\0-256=:AAAA:", 15) << QByteArray();
        QTest::newRow("a byte above ASCII") << QByteArray("sha-256=:\xc3\xa4==:") << QByteArray();
        QTest::newRow("a hundred thousand commas") << QByteArray(100'000, ',') << QByteArray();
    }
    void reprDigestIsADictionaryOfByteSequences()
    {
        QFETCH(QByteArray, value);
        QFETCH(QByteArray, digest);
        QCOMPARE(text(parseReprDigest(value)), digest);
    }

    void instanceDigestsHaveNoColonsAndNamesNoCase_data()
    {
        QTest::addColumn<QByteArray>("value");
        QTest::addColumn<QByteArray>("digest");
        const auto row = [](const char *pattern, const QByteArray &digest) {
            QTest::addRow("%s", pattern) << filled(pattern) << digest;
        };
        row("SHA-256={256}", short256());
        row("sha-256={256}", short256());
        row("Sha-512={512}", long512());
        row("SHA-256={256},SHA-512={512}", long512());
        row("MD5=HUXZLQLMuI/KZ5KDcJPcOA==, SHA-256={256}", short256());
        row("SHA=thvDyvhfIqlvFe+A9MYgxAfm1q5=,unixsum=30637,ADLER32=03da0195,SHA-256={256}",
            short256());
        // They prove nothing.
        row("MD5=HUXZLQLMuI/KZ5KDcJPcOA==", {});
        row("SHA=thvDyvhfIqlvFe+A9MYgxAfm1q5=", {});
        row("contentMD5=x", {});
        for (const char *bad :
             {"", "SHA-256", "SHA-256=", "SHA-256=:{256}:", "SHA-256={512}", "SHA-512={256}",
              "SHA-256={256},", ",SHA-256={256}", "SHA-256={256};q=0.5", "SHA-256 ={256}",
              "SHA-256= {256}", "SHA-256=\"{256}\"", "MD5=, SHA-256={256}", "M D5=x, SHA-256={256}",
              "={256}"}) {
            row(bad, {});
        }
    }
    void instanceDigestsHaveNoColonsAndNamesNoCase()
    {
        QFETCH(QByteArray, value);
        QFETCH(QByteArray, digest);
        QCOMPARE(text(parseInstanceDigest(value)), digest);
    }
};

BELLHOP_TEST(DigestTest)
#include "tst_digest.moc"
