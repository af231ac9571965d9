// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/keyring/keyring.h"
#include "core/system/when_ready.h"

#include <QPromise>

#include <map>

/// A keyring that is as the test says. Of one thread.
class FakeKeyring final : public core::Keyring {
public:
    std::map<QString, QString> entries;
    core::KeyringState is = core::KeyringState::Open;
    bool isSilent = false; ///< it never answers

    /// As when a person unlocks it.
    void open()
    {
        is = core::KeyringState::Open;
        Q_EMIT opened();
    }

    [[nodiscard]] QFuture<core::KeyringState> state() override { return core::readyFuture(is); }
    [[nodiscard]] QFuture<core::KeyringAnswer<std::optional<QString>>>
    read(const QString &key) override
    {
        using Found = std::optional<QString>;
        return answer<Found>([&] {
            const auto found = entries.find(key);
            return found == entries.end() ? Found() : Found(found->second);
        });
    }
    [[nodiscard]] QFuture<core::KeyringAnswer<>> write(const QString &key,
                                                       const QString &secret) override
    {
        return answer<void>([&] { entries[key] = secret; });
    }
    [[nodiscard]] QFuture<core::KeyringAnswer<>> remove(const QString &key) override
    {
        return answer<void>([&] { entries.erase(key); });
    }

private:
    template <typename T, typename Act>
    QFuture<core::KeyringAnswer<T>> answer(Act act)
    {
        if (isSilent) {
            QPromise<core::KeyringAnswer<T>> promise;
            promise.start();
            return promise.future(); // ends without a result
        }
        if (is != core::KeyringState::Open) {
            return core::readyFuture(core::KeyringAnswer<T>(tl::unexpected(is)));
        }
        if constexpr (std::is_void_v<T>) {
            act();
            return core::readyFuture(core::KeyringAnswer<T>());
        } else {
            return core::readyFuture(core::KeyringAnswer<T>(act()));
        }
    }
};
