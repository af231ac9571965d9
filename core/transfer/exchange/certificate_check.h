// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/job/cause.h"
#include "core/job/certificate.h"

#include <QObject>
#include <QSslError>

#include <optional>

class QNetworkReply;

namespace core {

/// What the errors of a TLS handshake come down to. The gravest decides what is said: where nobody
/// vouches for a certificate, its dates and names mean nothing.
[[nodiscard]] Cause causeOf(const QList<QSslError> &errors);

/// Watches the handshakes of a reply. A certificate the system does not trust is refused, unless a
/// person has trusted this very one for this host and port: the only place that overrules an error
/// of TLS. What is overruled stays with the connection, so only a manager that belongs to one job
/// may carry such a reply.
class CertificateCheck final : public QObject {
    Q_OBJECT
public:
    struct Refusal {
        Cause cause = Cause::Untrusted;
        SeenCertificate certificate;
    };

    /// Begins anew with this reply.
    void watch(QNetworkReply *reply, const QList<TrustedCertificate> &trusted);
    /// What was refused, if the handshake came to that.
    [[nodiscard]] const std::optional<Refusal> &refusal() const { return m_refusal; }

private:
    void look(QNetworkReply *reply, const QList<QSslError> &errors,
              const QList<TrustedCertificate> &trusted);

    std::optional<Refusal> m_refusal;
};

} // namespace core
