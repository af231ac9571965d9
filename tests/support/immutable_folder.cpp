// SPDX-License-Identifier: Apache-2.0
#include "tests/support/immutable_folder.h"

#include <QFile>

#include <fcntl.h>
#include <linux/fs.h>
#include <sys/ioctl.h>
#include <unistd.h>

namespace {

bool setImmutable(const QString &folder, bool isImmutable)
{
    const int descriptor =
        ::open(QFile::encodeName(folder).constData(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    int flags = 0;
    bool isDone = descriptor >= 0 && ::ioctl(descriptor, FS_IOC_GETFLAGS, &flags) == 0;
    if (isDone) {
        flags = isImmutable ? flags | FS_IMMUTABLE_FL : flags & ~FS_IMMUTABLE_FL;
        isDone = ::ioctl(descriptor, FS_IOC_SETFLAGS, &flags) == 0;
    }
    if (descriptor >= 0) {
        ::close(descriptor);
    }
    return isDone;
}

} // namespace

ImmutableFolder::ImmutableFolder(const QString &folder)
    : m_folder(folder)
    , m_isClosed(setImmutable(folder, true))
{
}

void ImmutableFolder::release()
{
    if (m_isClosed && setImmutable(m_folder, false)) {
        m_isClosed = false;
    }
}
