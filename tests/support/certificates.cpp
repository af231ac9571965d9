// SPDX-License-Identifier: Apache-2.0
#include "tests/support/certificates.h"

#include <QCryptographicHash>
#include <QFile>
#include <QProcess>
#include <QSslCertificate>
#include <QStandardPaths>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace {

constexpr int kLimitMs = 10'000;

// Of its own, so that the one of the system does not matter. Paths are relative to the folder.
constexpr const char *kOpensslConfiguration = R"(
[req]
distinguished_name = name
prompt = no
[name]
CN = Test server
[ca]
default_ca = tests
[tests]
database = issued
new_certs_dir = .
rand_serial = yes
unique_subject = no
default_md = sha256
policy = any
certificate = authority.pem
private_key = authority.key
[any]
commonName = supplied
[authority]
basicConstraints = critical, CA:TRUE
keyUsage = critical, keyCertSign, cRLSign
subjectKeyIdentifier = hash
[this]
basicConstraints = critical, CA:FALSE
subjectAltName = IP:127.0.0.1, DNS:localhost
[other]
basicConstraints = critical, CA:FALSE
subjectAltName = DNS:other.example
)";

struct KindRow {
    CertificateKind kind;
    const char *file;
    const char *section;
    const char *from; ///< as openssl wants it
    const char *until;
    bool isSelfSigned;
};

constexpr auto kPast = "20200101000000Z";
constexpr auto kPastEnd = "20201231235959Z";
constexpr auto kFuture = "21200101000000Z";
constexpr auto kFutureEnd = "21301231235959Z";

// clang-format off
constexpr std::array kKinds{
    KindRow{CertificateKind::Good,              "good",      "this",  kPast,   kFutureEnd, false},
    KindRow{CertificateKind::WithChain,         "chain",     "this",  kPast,   kFutureEnd, false},
    KindRow{CertificateKind::Renewed,           "renewed",   "this",  kPast,   kFutureEnd, false},
    KindRow{CertificateKind::Expired,           "expired",   "this",  kPast,   kPastEnd,   false},
    KindRow{CertificateKind::NotYetValid,       "early",     "this",  kFuture, kFutureEnd, false},
    KindRow{CertificateKind::OtherHost,         "other",     "other", kPast,   kFutureEnd, false},
    KindRow{CertificateKind::Withdrawn,         "withdrawn", "this",  kPast,   kFutureEnd, false},
    KindRow{CertificateKind::SelfSigned,        "self",      "this",  kPast,   kFutureEnd, true},
    KindRow{CertificateKind::SelfSignedRenewed, "selfagain", "this",  kPast,   kFutureEnd, true},
};
// clang-format on

bool writeFile(const QString &path, const QByteArray &bytes)
{
    QFile file(path);
    return file.open(QIODevice::WriteOnly) && file.write(bytes) == bytes.size() && file.flush();
}

} // namespace

QByteArray ServerCertificate::sha256Hex() const
{
    const QList<QSslCertificate> chain = QSslCertificate::fromPath(certificate);
    return chain.isEmpty() ? QByteArray()
                           : chain.first().digest(QCryptographicHash::Sha256).toHex();
}

bool Certificates::make()
{
    if (!m_folder.isValid() ||
        !writeFile(m_folder.filePath(u"openssl.cnf"_s), kOpensslConfiguration) ||
        !writeFile(m_folder.filePath(u"issued"_s), {})) {
        m_error = u"the folder cannot be written"_s;
        return false;
    }
    return makeAuthority() &&
           std::ranges::all_of(kKinds, [this](const KindRow &row) { return makeOne(row.kind); });
}

ServerCertificate Certificates::of(CertificateKind kind) const
{
    const auto row = std::ranges::find(kKinds, kind, &KindRow::kind);
    return {m_folder.filePath(QString::fromLatin1(row->file) + u".pem"_s),
            m_folder.filePath(u"server.key"_s)};
}

QString Certificates::authority() const
{
    return m_folder.filePath(u"authority.pem"_s);
}

bool Certificates::makeAuthority()
{
    // All servers share one key: what tells their certificates apart is not the key.
    return run({u"ecparam"_s, u"-name"_s, u"prime256v1"_s, u"-genkey"_s, u"-noout"_s, u"-out"_s,
                u"authority.key"_s}) &&
           run({u"ecparam"_s, u"-name"_s, u"prime256v1"_s, u"-genkey"_s, u"-noout"_s, u"-out"_s,
                u"server.key"_s}) &&
           run({u"req"_s, u"-config"_s, u"openssl.cnf"_s, u"-x509"_s, u"-new"_s, u"-key"_s,
                u"authority.key"_s, u"-subj"_s, u"/CN=Bellhop test authority"_s, u"-extensions"_s,
                u"authority"_s, u"-days"_s, u"365"_s, u"-out"_s, u"authority.pem"_s}) &&
           run({u"req"_s, u"-config"_s, u"openssl.cnf"_s, u"-new"_s, u"-key"_s, u"server.key"_s,
                u"-out"_s, u"server.csr"_s});
}

/// Qt knows them by name and number.
bool Certificates::makeWithdrawn()
{
    return run({u"req"_s, u"-config"_s, u"openssl.cnf"_s, u"-new"_s, u"-key"_s, u"server.key"_s,
                u"-subj"_s, u"/CN=mail.google.com"_s, u"-out"_s, u"withdrawn.csr"_s}) &&
           run({u"x509"_s, u"-req"_s, u"-in"_s, u"withdrawn.csr"_s, u"-CA"_s, u"authority.pem"_s,
                u"-CAkey"_s, u"authority.key"_s, u"-set_serial"_s,
                u"0x047ecbe9fca55f7bd09eae36e10cae1e"_s, u"-extfile"_s, u"openssl.cnf"_s,
                u"-extensions"_s, u"this"_s, u"-days"_s, u"365"_s, u"-out"_s, u"withdrawn.pem"_s});
}

bool Certificates::makeOne(CertificateKind kind)
{
    if (kind == CertificateKind::Withdrawn) {
        return makeWithdrawn();
    }
    const auto row = std::ranges::find(kKinds, kind, &KindRow::kind);
    const QString file = QString::fromLatin1(row->file) + u".pem"_s;
    QStringList arguments{u"ca"_s,
                          u"-config"_s,
                          u"openssl.cnf"_s,
                          u"-batch"_s,
                          u"-notext"_s,
                          u"-in"_s,
                          u"server.csr"_s,
                          u"-extensions"_s,
                          QString::fromLatin1(row->section),
                          u"-startdate"_s,
                          QString::fromLatin1(row->from),
                          u"-enddate"_s,
                          QString::fromLatin1(row->until),
                          u"-out"_s,
                          file};
    if (row->isSelfSigned) {
        arguments += {u"-selfsign"_s, u"-keyfile"_s, u"server.key"_s};
    }
    return run(arguments) && (kind != CertificateKind::WithChain || addAuthorityTo(file));
}

bool Certificates::addAuthorityTo(const QString &file) const
{
    QFile chain(m_folder.filePath(file));
    QFile top(authority());
    return top.open(QIODevice::ReadOnly) && chain.open(QIODevice::Append) &&
           chain.write(top.readAll()) == top.size() && chain.flush();
}

bool Certificates::run(const QStringList &arguments)
{
    const QString program = QStandardPaths::findExecutable(u"openssl"_s);
    if (program.isEmpty()) {
        m_error = u"openssl is not installed"_s;
        return false;
    }
    QProcess process;
    process.setWorkingDirectory(m_folder.path());
    process.setProcessChannelMode(QProcess::MergedChannels);
    process.start(program, arguments);
    const bool worked = process.waitForFinished(kLimitMs) &&
                        process.exitStatus() == QProcess::NormalExit && process.exitCode() == 0;
    if (!worked) {
        m_error = arguments.join(u' ') + u'\n' + QString::fromLocal8Bit(process.readAll());
    }
    return worked;
}
