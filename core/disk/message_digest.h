// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/job/expected_hash.h"

#include <QByteArray>
#include <QByteArrayView>

#include <memory>

namespace core {

/// A digest of bytes that come one after the other, by OpenSSL, which uses what the processor has
/// for it. For much data; for a few bytes QCryptographicHash will do.
class MessageDigest {
public:
    explicit MessageDigest(ExpectedHash::Algorithm algorithm);
    ~MessageDigest();
    MessageDigest(const MessageDigest &) = delete;
    MessageDigest &operator=(const MessageDigest &) = delete;

    void add(QByteArrayView bytes);
    /// The digest itself, not in hex. Empty where this system does not allow the algorithm. To be
    /// called once.
    [[nodiscard]] QByteArray result();

private:
    class Private;
    std::unique_ptr<Private> d;
};

} // namespace core
