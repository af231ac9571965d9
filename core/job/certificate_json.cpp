// SPDX-License-Identifier: Apache-2.0
#include "core/job/certificate_json.h"

#include "core/job/json_reader.h"

namespace core {

namespace {

using namespace Qt::StringLiterals;

/// A fingerprint, or the whole is spoilt: what is stored may have been changed by somebody else.
void readFingerprint(JsonReader *in, QByteArray *out)
{
    QString text;
    in->require("sha256"_L1);
    in->read("sha256"_L1, &text);
    *out = parseFingerprint(text);
    if (out->isEmpty()) {
        in->spoil();
    }
}

std::optional<TrustedCertificate> trustedCertificateFromJson(const QJsonObject &json)
{
    JsonReader in(json);
    TrustedCertificate certificate;
    in.require("host"_L1);
    in.require("port"_L1);
    in.read("host"_L1, &certificate.host);
    in.read("port"_L1, &certificate.port, kMaxPort);
    readFingerprint(&in, &certificate.sha256Hex);
    in.read("trustedAt"_L1, &certificate.trustedAt);
    return in.isGood() ? std::optional(certificate) : std::nullopt;
}

} // namespace

QJsonObject toJson(const SeenCertificate &certificate)
{
    return {
        {u"sha256"_s, QString::fromLatin1(certificate.sha256Hex)},
        {u"subject"_s, certificate.subject},
        {u"issuer"_s, certificate.issuer},
        {u"names"_s, QJsonArray::fromStringList(certificate.names)},
        {u"notBefore"_s, isoTime(certificate.notBefore)},
        {u"notAfter"_s, isoTime(certificate.notAfter)},
    };
}

std::optional<SeenCertificate> seenCertificateFromJson(const QJsonObject &json)
{
    JsonReader in(json);
    SeenCertificate certificate;
    readFingerprint(&in, &certificate.sha256Hex);
    in.read("subject"_L1, &certificate.subject);
    in.read("issuer"_L1, &certificate.issuer);
    const QJsonArray names = in.value("names"_L1).toArray();
    for (const QJsonValue name : names) {
        certificate.names.append(name.toString());
    }
    in.read("notBefore"_L1, &certificate.notBefore);
    in.read("notAfter"_L1, &certificate.notAfter);
    return in.isGood() ? std::optional(certificate) : std::nullopt;
}

QJsonArray toJson(const QList<TrustedCertificate> &certificates)
{
    QJsonArray out;
    for (const TrustedCertificate &certificate : certificates) {
        out += QJsonObject{{u"host"_s, certificate.host},
                           {u"port"_s, certificate.port},
                           {u"sha256"_s, QString::fromLatin1(certificate.sha256Hex)},
                           {u"trustedAt"_s, isoTime(certificate.trustedAt)}};
    }
    return out;
}

std::optional<QList<TrustedCertificate>> trustedCertificatesFromJson(const QJsonArray &json)
{
    QList<TrustedCertificate> certificates;
    for (const QJsonValue each : json) {
        const auto certificate = trustedCertificateFromJson(each.toObject());
        if (!certificate) {
            return std::nullopt;
        }
        certificates.append(*certificate);
    }
    return certificates;
}

} // namespace core
