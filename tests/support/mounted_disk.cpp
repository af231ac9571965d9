// SPDX-License-Identifier: Apache-2.0
#include "tests/support/mounted_disk.h"

#include <QFile>

#include <sched.h>
#include <sys/mount.h>
#include <unistd.h>

namespace {

QByteArray sizeOption(qint64 sizeBytes)
{
    return "size=" + QByteArray::number(sizeBytes);
}

} // namespace

bool MountedDisk::areToBeHad()
{
    static const bool had = ::geteuid() == 0 && ::unshare(CLONE_NEWNS) == 0 &&
                            ::mount("none", "/", nullptr, MS_REC | MS_PRIVATE, nullptr) == 0;
    return had;
}

MountedDisk::MountedDisk(const QString &folder, qint64 sizeBytes, const char *type)
    : m_folder(QFile::encodeName(folder))
    , m_sizeBytes(sizeBytes)
    , m_isMounted(areToBeHad() && ::mount("none", m_folder.constData(), type, 0,
                                          sizeOption(sizeBytes).constData()) == 0)
{
}

MountedDisk::~MountedDisk()
{
    if (m_isMounted) {
        ::umount2(m_folder.constData(), MNT_DETACH);
    }
}

bool MountedDisk::resize(qint64 sizeBytes) const
{
    return ::mount("tmpfs", m_folder.constData(), nullptr, MS_REMOUNT,
                   sizeOption(sizeBytes).constData()) == 0;
}

bool MountedDisk::setReadOnly(bool isReadOnly) const
{
    const unsigned long flags = MS_REMOUNT | (isReadOnly ? MS_RDONLY : 0);
    return ::mount("tmpfs", m_folder.constData(), nullptr, flags,
                   sizeOption(m_sizeBytes).constData()) == 0;
}
