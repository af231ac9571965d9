// SPDX-License-Identifier: Apache-2.0
#include "tests/support/caseless_disk.h"

#include "tests/support/mounted_disk.h"

#include <QFile>
#include <QStandardPaths>
#include <QTest>

#include <sys/mount.h>

using namespace Qt::StringLiterals;

namespace {

constexpr qint64 kImageBytes = qint64(32) << 20;

QString program(const QString &name)
{
    return QStandardPaths::findExecutable(name,
                                          {u"/usr/sbin"_s, u"/sbin"_s, u"/usr/bin"_s, u"/bin"_s});
}

bool isFormatted(const QString &format, const QString &image)
{
    QProcess process; // what it says is not of interest
    process.start(format, {u"-Q"_s, u"-F"_s, u"-q"_s, image});
    return process.waitForFinished() && process.exitCode() == 0;
}

} // namespace

CaselessDisk::CaselessDisk(const QString &folder)
    : m_folder(folder)
{
    QFile image(m_image.filePath(u"image"_s));
    const QString format = program(u"mkntfs"_s);
    const QString driver = program(u"lowntfs-3g"_s);
    if (format.isEmpty() || driver.isEmpty() || !MountedDisk::areToBeHad() ||
        !image.open(QIODevice::WriteOnly) || !image.resize(kImageBytes) ||
        !isFormatted(format, image.fileName())) {
        return;
    }
    m_driver.start(driver, {u"-o"_s, u"ignore_case,no_detach"_s, image.fileName(), folder});
    const QString mark = folder + u"/Mark"_s;
    m_isMounted = QTest::qWaitFor([&] {
        return QFile(mark).open(QIODevice::WriteOnly) && QFile::exists(folder + u"/mARK"_s);
    });
    QFile::remove(mark);
}

CaselessDisk::~CaselessDisk()
{
    ::umount2(QFile::encodeName(m_folder).constData(), 0);
    m_driver.waitForFinished();
}
