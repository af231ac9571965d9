// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QObject>
#include <QUrl>

namespace ui {

/// What is asked of the desktop around us.
class Desktop {
public:
    Desktop() = default;
    virtual ~Desktop() = default;
    Desktop(const Desktop &) = delete;
    Desktop &operator=(const Desktop &) = delete;

    /// Opens a file or folder in the program meant for it. False when none could be started.
    virtual bool open(const QString &path) = 0;
    /// Opens the folder of a file, with the file selected where the file manager can do that.
    virtual void reveal(const QString &path) = 0;
};

/// The desktop this program runs on.
class SystemDesktop final : public QObject, public Desktop {
    Q_OBJECT
public:
    using QObject::QObject;

    bool open(const QString &path) override;
    void reveal(const QString &path) override;
};

} // namespace ui
