// SPDX-License-Identifier: Apache-2.0
#include "core/disk/publish.h"

#include "core/disk/our_file.h"
#include "core/disk/system_error.h"

#include <fcntl.h>

namespace core {

DiskResult<QByteArray> hashOf(const PartIdentity &part, ExpectedHash::Algorithm algorithm)
{
    const auto file = openOurFile(part, O_RDONLY, Step::Verify);
    if (!file) {
        return tl::unexpected(file.error());
    }
    const int descriptor = file->descriptor.number();
    (void)::posix_fadvise(descriptor, 0, 0, POSIX_FADV_SEQUENTIAL);
    constexpr qsizetype kBlockBytes = qsizetype(1024) * 1024;
    QByteArray block(kBlockBytes, Qt::Uninitialized);
    QCryptographicHash hash(qtAlgorithm(algorithm));
    ssize_t got = 0;
    do {
        got = uninterrupted([&] { return ::read(descriptor, block.data(), size_t(block.size())); });
        if (got < 0) {
            return systemError(Step::Verify, part.path);
        }
        hash.addData(QByteArrayView(block).first(got));
    } while (got > 0);
    return hash.result().toHex();
}

} // namespace core
