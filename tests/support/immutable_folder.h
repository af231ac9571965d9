// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QString>

/// `chattr +i` for as long as this lives: nobody, not even root, makes or removes a file in the
/// folder. Needs root and a file system that knows it.
class ImmutableFolder final {
public:
    explicit ImmutableFolder(const QString &folder);
    ~ImmutableFolder() { release(); }
    ImmutableFolder(const ImmutableFolder &) = delete;
    ImmutableFolder &operator=(const ImmutableFolder &) = delete;

    [[nodiscard]] bool isClosed() const { return m_isClosed; }
    /// As it was.
    void release();

private:
    QString m_folder;
    bool m_isClosed = false;
};
