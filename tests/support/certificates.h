// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QString>
#include <QTemporaryDir>

#include <array>

/// What is right or wrong with a certificate of a server on this computer.
enum class CertificateKind {
    Good,        ///< vouched for by the test authority, for 127.0.0.1 and localhost
    WithChain,   ///< the same as Good, sent together with the authority
    Renewed,     ///< another one of the same
    Expired,     ///< was good until the end of 2020
    NotYetValid, ///< will be good from 2120
    OtherHost,   ///< for other.example alone
    Withdrawn,   ///< one of those that were stolen in 2011, as far as Qt can tell
    SelfSigned,  ///< for this computer, but nobody vouches for it
    SelfSignedRenewed,
};

/// Paths of PEM files, as servers want them.
struct ServerCertificate {
    QString certificate;
    QString key;

    /// SHA-256 of the whole certificate, lower-case hex, as a person would compare it.
    [[nodiscard]] QByteArray sha256Hex() const;
};

/// A certificate authority that nobody trusts, and what it hands out: made by the program `openssl`
/// in a temporary folder, in a few hundredths of a second.
class Certificates final {
public:
    Certificates() = default;
    Certificates(const Certificates &) = delete;
    Certificates &operator=(const Certificates &) = delete;

    /// True when all were made; else error() says why not.
    [[nodiscard]] bool make();
    [[nodiscard]] QString error() const { return m_error; }

    [[nodiscard]] ServerCertificate of(CertificateKind kind) const;
    /// The PEM file of the authority, to be trusted by whoever wants to.
    [[nodiscard]] QString authority() const;

private:
    [[nodiscard]] bool run(const QStringList &arguments);
    [[nodiscard]] bool makeAuthority();
    [[nodiscard]] bool makeOne(CertificateKind kind);
    [[nodiscard]] bool makeWithdrawn();
    [[nodiscard]] bool addAuthorityTo(const QString &file) const;

    QTemporaryDir m_folder;
    QString m_error;
};
