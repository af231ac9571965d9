// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QByteArray>
#include <QString>

/// A small file system of its own on a folder, seen by this process and its children alone; it goes
/// with this object. Needs root and a kernel that lets it mount. Made before the first thread that
/// is to see it, as threads keep the view they began with.
class MountedDisk final {
public:
    /// The first call gives the process a view of its own of what is mounted. False: this computer
    /// does not let it, and the test has to be skipped.
    [[nodiscard]] static bool areToBeHad();

    /// "ramfs" has no attributes, and no bounds.
    MountedDisk(const QString &folder, qint64 sizeBytes, const char *type = "tmpfs");
    ~MountedDisk();
    MountedDisk(const MountedDisk &) = delete;
    MountedDisk &operator=(const MountedDisk &) = delete;

    [[nodiscard]] bool isMounted() const { return m_isMounted; }
    [[nodiscard]] bool resize(qint64 sizeBytes) const;
    /// As a disk that met an error, or whose switch was pushed. Fails while a file is being
    /// written.
    [[nodiscard]] bool setReadOnly(bool isReadOnly) const;

private:
    QByteArray m_folder;
    qint64 m_sizeBytes = 0;
    bool m_isMounted = false;
};
