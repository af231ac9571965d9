// SPDX-License-Identifier: Apache-2.0
#include "core/disk/message_digest.h"

#include <openssl/evp.h>

namespace core {

namespace {

const EVP_MD *methodOf(ExpectedHash::Algorithm algorithm)
{
    switch (algorithm) {
    case ExpectedHash::Algorithm::Md5:
        return EVP_md5();
    case ExpectedHash::Algorithm::Sha1:
        return EVP_sha1();
    case ExpectedHash::Algorithm::Sha256:
        return EVP_sha256();
    case ExpectedHash::Algorithm::Sha512:
        return EVP_sha512();
    case ExpectedHash::Algorithm::Blake2b:
        return EVP_blake2b512();
    }
    Q_UNREACHABLE();
}

struct ContextDeleter {
    void operator()(EVP_MD_CTX *context) const { EVP_MD_CTX_free(context); }
};

} // namespace

class MessageDigest::Private {
public:
    std::unique_ptr<EVP_MD_CTX, ContextDeleter> context{EVP_MD_CTX_new()};
    bool isGood = false;
};

MessageDigest::MessageDigest(ExpectedHash::Algorithm algorithm)
    : d(std::make_unique<Private>())
{
    d->isGood = d->context != nullptr &&
                EVP_DigestInit_ex(d->context.get(), methodOf(algorithm), nullptr) == 1;
}

MessageDigest::~MessageDigest() = default;

void MessageDigest::add(QByteArrayView bytes)
{
    d->isGood =
        d->isGood && EVP_DigestUpdate(d->context.get(), bytes.data(), size_t(bytes.size())) == 1;
}

QByteArray MessageDigest::result()
{
    QByteArray digest(EVP_MAX_MD_SIZE, Qt::Uninitialized);
    unsigned int size = 0;
    d->isGood =
        d->isGood &&
        EVP_DigestFinal_ex(d->context.get(), reinterpret_cast<uchar *>(digest.data()), &size) == 1;
    return d->isGood ? digest.first(size) : QByteArray();
}

} // namespace core
