// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QProcess>
#include <QTemporaryDir>

/// A small drive that knows no capitals, on a folder: NTFS from Debian's ntfs-3g. It goes with this
/// object, and is seen as a MountedDisk is.
class CaselessDisk final {
public:
    explicit CaselessDisk(const QString &folder);
    ~CaselessDisk();
    CaselessDisk(const CaselessDisk &) = delete;
    CaselessDisk &operator=(const CaselessDisk &) = delete;

    /// False: this computer does not let it, and the test has to be skipped.
    [[nodiscard]] bool isMounted() const { return m_isMounted; }

private:
    QString m_folder;
    QTemporaryDir m_image;
    QProcess m_driver;
    bool m_isMounted = false;
};
