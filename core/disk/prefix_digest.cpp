// SPDX-License-Identifier: Apache-2.0
#include "core/disk/prefix_digest.h"

#include "core/disk/our_file.h"
#include "core/disk/publish.h"
#include "core/disk/system_error.h"

#include <fcntl.h>

#include <limits>

namespace core {

DiskResult<qint64> PrefixDigest::readUpTo(const PartIdentity &part, qint64 end)
{
    const auto file = openOurFile(part, O_RDONLY, Step::Verify);
    if (!file) {
        return tl::unexpected(file.error());
    }
    const int descriptor = file->descriptor.number();
    (void)::posix_fadvise(descriptor, m_bytes, 0, POSIX_FADV_SEQUENTIAL);
    constexpr qint64 kBlockBytes = qint64(1024) * 1024;
    QByteArray block(kBlockBytes, Qt::Uninitialized);
    while (m_bytes < end) {
        const ssize_t got = uninterrupted([&] {
            return ::pread(descriptor, block.data(), size_t(std::min(kBlockBytes, end - m_bytes)),
                           m_bytes);
        });
        if (got < 0) {
            return systemError(Step::Verify, part.path);
        }
        if (got == 0) {
            break;
        }
        m_digest.add(QByteArrayView(block).first(got));
        m_bytes += got;
    }
    return m_bytes;
}

DiskResult<QByteArray> PrefixDigest::finish(const PartIdentity &part)
{
    if (const auto read = readUpTo(part, std::numeric_limits<qint64>::max()); !read) {
        return tl::unexpected(read.error());
    }
    const QByteArray digest = m_digest.result();
    if (digest.isEmpty()) { // forbidden by the policy of the system
        return systemError(Step::Verify, part.path, ENOTSUP);
    }
    return digest.toHex();
}

DiskResult<QByteArray> hashOf(const PartIdentity &part, ExpectedHash::Algorithm algorithm)
{
    return PrefixDigest(algorithm).finish(part);
}

} // namespace core
