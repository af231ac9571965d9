// SPDX-License-Identifier: Apache-2.0
#include "core/disk/disk_error.h"

#include <algorithm>
#include <array>

namespace core {

namespace {

struct ErrnoRow {
    int osError;
    Cause cause;
};

// Whatever is not listed is a fault of ours: a bad argument, a closed descriptor, too many of them.
constexpr auto kErrnoCauses = std::to_array<ErrnoRow>({
    {ENOSPC, Cause::DiskFull},
    {EDQUOT, Cause::QuotaExceeded},
    {EACCES, Cause::NoPermission},
    {EPERM, Cause::NoPermission},
    {ETXTBSY, Cause::NoPermission},
    {ENOENT, Cause::FolderMissing},
    {ENOTDIR, Cause::NotAFolder},
    {EROFS, Cause::ReadOnlyDisk},
    {ENAMETOOLONG, Cause::NameTooLong},
    {EEXIST, Cause::NameExists},
    {EISDIR, Cause::NotRegularFile},
    {ELOOP, Cause::NotRegularFile},
    {EFBIG, Cause::FileTooLarge},
    {EOVERFLOW, Cause::FileTooLarge},
    // The device, the file system on it, or the way to it.
    {EIO, Cause::DiskFailed},
    {ENXIO, Cause::DiskFailed},
    {ENODEV, Cause::DiskFailed},
    {ENOMEDIUM, Cause::DiskFailed},
    {EUCLEAN, Cause::DiskFailed},
    {EBADMSG, Cause::DiskFailed},
    {EREMOTEIO, Cause::DiskFailed},
    {ESTALE, Cause::DiskFailed},
    {ETIMEDOUT, Cause::DiskFailed},
    {EHOSTDOWN, Cause::DiskFailed},
    {EHOSTUNREACH, Cause::DiskFailed},
    {ENOTCONN, Cause::DiskFailed},
    {ECONNABORTED, Cause::DiskFailed},
    {ESHUTDOWN, Cause::DiskFailed},
});

} // namespace

Cause causeOf(const DiskError &error)
{
    if (error.cause) {
        return *error.cause;
    }
    const auto row = std::ranges::find(kErrnoCauses, error.osError, &ErrnoRow::osError);
    return row == kErrnoCauses.end() ? Cause::Internal : row->cause;
}

} // namespace core
