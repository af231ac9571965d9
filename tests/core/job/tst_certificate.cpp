// SPDX-License-Identifier: Apache-2.0
#include "core/job/certificate.h"
#include "core/job/job_fields.h"
#include "tests/support/test_program.h"

#include <QTest>
#include <QTimeZone>

using namespace core;
using namespace Qt::StringLiterals;

namespace {

QByteArray sample()
{
    return QByteArray("0123456789abcdef").repeated(4);
}

QDateTime noon()
{
    return QDateTime(QDate(2026, 1, 15), QTime(12, 0, 0, 7), QTimeZone::utc());
}

SeenCertificate seen()
{
    return {.sha256Hex = sample(),
            .subject = u"\u202eä\n<b>"_s,
            .issuer = u"Test authority"_s,
            .names = {u"a.example"_s, u"*.b.example"_s},
            .notBefore = noon(),
            .notAfter = noon().addYears(1)};
}

TrustedCertificate trusted()
{
    return {.host = u"a.example"_s, .port = kMaxPort, .sha256Hex = sample(), .trustedAt = noon()};
}

} // namespace

class CertificateTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u".*"_s)); }

    void aFingerprintIsReadAsProgramsPrintIt_data()
    {
        QTest::addColumn<QString>("typed");
        QTest::addColumn<QByteArray>("fingerprint");
        const QString plain = QString::fromLatin1(sample());
        const QString colons = QString::fromLatin1(QByteArray::fromHex(sample()).toHex(':'));
        QTest::newRow("plain") << plain << sample();
        QTest::newRow("capitals") << plain.toUpper() << sample();
        QTest::newRow("colons") << colons.toUpper() << sample();
        QTest::newRow("spaces") << QString(colons).replace(u':', u' ') << sample();
        QTest::newRow("a line break behind") << plain + u"\n"_s << sample();
        QTest::newRow("spaces around") << u"  "_s + plain + u' ' << sample();
        for (const QString &bad :
             {QString(), u":"_s, plain.chopped(1), plain + u'0', plain.chopped(1) + u'g',
              u"sha256:"_s + plain, plain.chopped(1) + u'\uff10', plain.chopped(1) + u'\u0660',
              QString(plain).replace(4, 1, u'-')}) {
            QTest::addRow("none: %s", qPrintable(bad)) << bad << QByteArray();
        }
    }
    void aFingerprintIsReadAsProgramsPrintIt()
    {
        QFETCH(QString, typed);
        QFETCH(QByteArray, fingerprint);
        QCOMPARE(parseFingerprint(typed), fingerprint);
    }

    void whatIsShownCanBeTyped()
    {
        const QString shown = formatFingerprint(sample());
        QVERIFY(shown.startsWith(u"01:23:45:67:89:AB"));
        QCOMPARE(shown.size(), 64 + 31);
        QCOMPARE(parseFingerprint(shown), sample());
    }

    void certificatesComeBackFromJsonAsTheyWere()
    {
        QVERIFY(fromJson<SeenCertificate>(toJson(seen())) == seen());
        const SeenCertificate bare{.sha256Hex = sample()};
        QVERIFY(fromJson<SeenCertificate>(toJson(bare)) == bare);
        TrustedCertificate other = trusted();
        other.port = 1;
        const QList<TrustedCertificate> all{trusted(), other};
        QVERIFY(fromJson<QList<TrustedCertificate>>(toJson(all)) == all);
        QVERIFY(fromJson<QList<TrustedCertificate>>(QJsonArray()) == QList<TrustedCertificate>());
    }

    void whatIsNoCertificateIsRefused_data()
    {
        QTest::addColumn<QString>("key");
        QTest::addColumn<QJsonValue>("value");
        const QJsonValue missing(QJsonValue::Undefined);
        QTest::newRow("no fingerprint") << u"sha256"_s << missing;
        QTest::newRow("a short fingerprint") << u"sha256"_s << QJsonValue(u"0123"_s);
        QTest::newRow("a number for a fingerprint") << u"sha256"_s << QJsonValue(5);
        QTest::newRow("no host") << u"host"_s << missing;
        QTest::newRow("a number for a host") << u"host"_s << QJsonValue(5);
        QTest::newRow("no port") << u"port"_s << missing;
        QTest::newRow("too large a port") << u"port"_s << QJsonValue(kMaxPort + 1);
        QTest::newRow("half a port") << u"port"_s << QJsonValue(1.5);
        QTest::newRow("a time that is none") << u"trustedAt"_s << QJsonValue(u"yesterday"_s);
    }
    void whatIsNoCertificateIsRefused()
    {
        QFETCH(QString, key);
        QFETCH(QJsonValue, value);
        const auto with = [&](QJsonObject object) {
            if (value.isUndefined()) {
                object.remove(key);
            } else {
                object.insert(key, value);
            }
            return object;
        };
        QJsonArray all = toJson(QList<TrustedCertificate>{trusted(), trusted()});
        all[1] = with(all.at(1).toObject());
        // One that cannot be read spoils all: trust is not given by halves.
        QVERIFY(!fromJson<QList<TrustedCertificate>>(all));
        if (key == u"sha256") {
            QVERIFY(!fromJson<SeenCertificate>(with(toJson(seen()))));
        }
    }
};

BELLHOP_TEST(CertificateTest)
#include "tst_certificate.moc"
