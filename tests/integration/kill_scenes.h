// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/job/cause.h"
#include "core/job/job_state.h"
#include "tests/support/http_server.h"

#include <QStringList>

#include <functional>
#include <optional>

constexpr qint64 kSceneSize = 6'000'000;

/// How a job comes into a state and stays there, and what it takes to go on from there.
struct Scene {
    QStringList options; ///< of "get"
    std::function<void(HttpServer *, const QString &folder)> arrange;
    core::JobState killedIn = core::JobState::Queued;
    core::JobState restsIn = core::JobState::Queued;
    std::optional<core::Cause> cause;
    bool hasBytes = false;
    /// Again and again, until the state is there.
    std::function<void(HttpServer *)> goOn = [](HttpServer * /*waits*/) {};
    std::function<void(HttpServer *)> mend = [](HttpServer * /*in order*/) {};
    QStringList fixes; ///< of "resume"
    quint64 seed = 1;  ///< of what there is in the end
    QString name = QStringLiteral("file");
};

namespace scene {

/// "/file" as it is from the beginning (1), and after a change (2).
[[nodiscard]] Resource version(quint64 seed);

[[nodiscard]] Scene connecting();
[[nodiscard]] Scene connectingAgain(); ///< after half of the file
[[nodiscard]] Scene transferring();
[[nodiscard]] Scene busy();
[[nodiscard]] Scene cutOff(); ///< in the middle
[[nodiscard]] Scene notFound();
[[nodiscard]] Scene changed(); ///< while it was fetched
[[nodiscard]] Scene taken();   ///< the name is

} // namespace scene
