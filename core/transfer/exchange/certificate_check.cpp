// SPDX-License-Identifier: Apache-2.0
#include "core/transfer/exchange/certificate_check.h"

#include "core/http/origin.h"

#include <QCryptographicHash>
#include <QNetworkReply>
#include <QSslCertificate>
#include <QSslConfiguration>

#include <algorithm>
#include <array>

namespace core {

namespace {

struct ErrorRow {
    QSslError::SslError error;
    Cause cause;
};

/// Errors with a meaning of their own, gravest last. All others: nobody vouches for it, which is
/// graver than these, and less grave than what nobody may overrule.
constexpr std::array kErrors{
    ErrorRow{QSslError::CertificateExpired, Cause::CertificateExpired},
    ErrorRow{QSslError::CertificateNotYetValid, Cause::CertificateNotYetValid},
    ErrorRow{QSslError::HostNameMismatch, Cause::CertificateOfOtherHost},
};

SeenCertificate seen(const QSslCertificate &certificate)
{
    const auto first = [](const QStringList &values) {
        return values.isEmpty() ? QString() : values.first();
    };
    const QString issuer = first(certificate.issuerInfo(QSslCertificate::CommonName));
    return {
        .sha256Hex = certificate.digest(QCryptographicHash::Sha256).toHex(),
        .subject = first(certificate.subjectInfo(QSslCertificate::CommonName)),
        .issuer = issuer.isEmpty() ? first(certificate.issuerInfo(QSslCertificate::Organization))
                                   : issuer,
        .names = certificate.subjectAlternativeNames().values(),
        .notBefore = certificate.effectiveDate().toUTC(),
        .notAfter = certificate.expiryDate().toUTC(),
    };
}

/// The server's own certificate; errors may be about another one of its chain.
QSslCertificate leafOf(const QNetworkReply &reply, const QList<QSslError> &errors)
{
    const QSslCertificate leaf = reply.sslConfiguration().peerCertificate();
    return leaf.isNull() && !errors.isEmpty() ? errors.first().certificate() : leaf;
}

} // namespace

Cause causeOf(const QList<QSslError> &errors)
{
    const auto isWithdrawn = [](const QSslError &error) {
        return error.error() == QSslError::CertificateRevoked ||
               error.error() == QSslError::CertificateBlacklisted;
    };
    if (std::ranges::any_of(errors, isWithdrawn)) {
        return Cause::CertificateRevoked;
    }
    size_t gravest = 0;
    for (const QSslError &error : errors) {
        const auto row = std::ranges::find(kErrors, error.error(), &ErrorRow::error);
        if (row == kErrors.end()) {
            return Cause::Untrusted;
        }
        gravest = std::max(gravest, size_t(row - kErrors.begin()));
    }
    return errors.isEmpty() ? Cause::Untrusted : kErrors[gravest].cause;
}

void CertificateCheck::watch(QNetworkReply *reply, const QList<TrustedCertificate> &trusted)
{
    m_refusal.reset();
    connect(
        reply, &QNetworkReply::sslErrors, this,
        [this, reply, trusted](const QList<QSslError> &errors) { look(reply, errors, trusted); });
}

void CertificateCheck::look(QNetworkReply *reply, const QList<QSslError> &errors,
                            const QList<TrustedCertificate> &trusted)
{
    const SeenCertificate certificate = seen(leafOf(*reply, errors));
    const Origin origin = originOf(reply->request().url());
    const auto isForOrigin = [&origin](const TrustedCertificate &each) {
        return each.host == origin.host && each.port == origin.port;
    };
    const bool isTrusted = std::ranges::any_of(trusted, [&](const TrustedCertificate &each) {
        return isForOrigin(each) && each.sha256Hex == certificate.sha256Hex;
    });
    const Cause cause = causeOf(errors);
    if (cause == Cause::CertificateRevoked) {
        m_refusal = Refusal{cause, certificate}; // whoever trusted it
        return;
    }
    if (isTrusted) {
        reply->ignoreSslErrors(errors);
        return;
    }
    const bool isOther = std::ranges::any_of(trusted, isForOrigin);
    m_refusal = Refusal{isOther ? Cause::CertificateChanged : cause, certificate};
}

} // namespace core
