// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/job/keyring_state.h"

#include <QFuture>
#include <QObject>
#include <QString>

#include <tl/expected.hpp>

#include <optional>

namespace core {

/// What the keyring has done, or why it has not: Locked or Missing.
template <typename T = void>
using KeyringAnswer = tl::expected<T, KeyringState>;

/// Where the desktop keeps the secrets of a person, by keys. Nothing here blocks, each future gets
/// its result in bounded time, and no question comes up on the screen: what is locked is refused.
class Keyring : public QObject {
    Q_OBJECT
public:
    [[nodiscard]] virtual QFuture<KeyringState> state() = 0;
    /// Nothing where the key has none.
    [[nodiscard]] virtual QFuture<KeyringAnswer<std::optional<QString>>>
    read(const QString &key) = 0;
    /// In place of what the key had.
    [[nodiscard]] virtual QFuture<KeyringAnswer<>> write(const QString &key,
                                                         const QString &secret) = 0;
    /// Good also where there was none.
    [[nodiscard]] virtual QFuture<KeyringAnswer<>> remove(const QString &key) = 0;

Q_SIGNALS:
    /// It is open now, and was not when it was looked at before. On whatever thread.
    void opened();
};

} // namespace core
