// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QObject>

#include <QUrl>
#include <functional>

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
    /// Opens the folder of a file, with the file selected where the file manager can do that. Calls
    /// `failed` when no program could be started.
    virtual void reveal(const QString &path, std::function<void()> failed) = 0;

    /// Whether this program is started with the session, as the person left it.
    [[nodiscard]] virtual bool startsAtLogin() const = 0;
    /// Empty, or why it could not be changed, in the system's words.
    virtual QString setStartsAtLogin(bool isWanted) = 0;
};

/// The desktop this program runs on.
class SystemDesktop final : public QObject, public Desktop {
    Q_OBJECT
public:
    using QObject::QObject;

    bool open(const QString &path) override;
    void reveal(const QString &path, std::function<void()> failed) override;
    /// By a file in the autostart folder (Desktop Application Autostart Specification).
    [[nodiscard]] bool startsAtLogin() const override;
    QString setStartsAtLogin(bool isWanted) override;
};

} // namespace ui
