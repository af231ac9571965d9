// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/keyring/keyring.h"

#include <QThread>

#include <chrono>

namespace core {

/// The keyring of this session: GNOME Keyring, KWallet or another Secret Service, by QtKeychain, on
/// a thread of its own. It is touched only once it is asked something. Its thread needs the event
/// loop of GLib, in which libsecret answers: not to be made while QT_NO_GLIB is set.
class DesktopKeyring final : public Keyring {
    Q_OBJECT
public:
    /// An answer comes within this time.
    static constexpr std::chrono::seconds kPatience{10};

    DesktopKeyring();
    ~DesktopKeyring() override;

    [[nodiscard]] QFuture<KeyringState> state() override;
    [[nodiscard]] QFuture<KeyringAnswer<std::optional<QString>>> read(const QString &key) override;
    [[nodiscard]] QFuture<KeyringAnswer<>> write(const QString &key,
                                                 const QString &secret) override;
    [[nodiscard]] QFuture<KeyringAnswer<>> remove(const QString &key) override;

private:
    class Worker;

    QThread m_thread;
    Worker *m_worker; ///< on the thread; goes with it
};

} // namespace core
