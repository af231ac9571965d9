// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QMetaType>
#include <QString>

#include <optional>

namespace core {

/// What a person may choose for the whole program, with the defaults.
struct Settings {
    QString downloadFolder;       ///< empty: the desktop's own download folder
    int jobsAtOnce = 4;           ///< running background jobs
    int filesAtOnce = 16;         ///< attempts of one job, at most
    int connectionsPerHost = 16;  ///< files fetched from it, at most: as many as help
    bool waitOnMetered = true;    ///< jobs in the background leave a metered network alone
    bool keepAwake = true;        ///< this computer does not fall asleep while bytes move
    bool goOnAfterLogout = false; ///< where the system lets programs live on
    std::optional<qint64> limitBytesPerSecond; ///< of all jobs together, over 0

    bool operator==(const Settings &) const = default;
};

} // namespace core

Q_DECLARE_METATYPE(core::Settings)
