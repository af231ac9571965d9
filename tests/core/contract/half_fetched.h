// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "tests/support/manual_rig.h"

/// A job of one file, /file of a server, that was brought half-way, or all the way but for its
/// name.
namespace half_fetched {

constexpr qint64 kBlock = core::BlockHashes::kBlockBytes;
constexpr qint64 kFileBytes = 3 * kBlock + 300'000;
constexpr qint64 kHalf = 2 * kBlock + 200'000;

inline void serve(HttpServer *server)
{
    server->serve("/file", {.body = Body::pattern(1, kFileBytes)});
}

inline QByteArray bytes()
{
    return patternBytes(1, 0, kFileBytes);
}

inline core::JobSpec specOf(const ManualRig &rig, const HttpServer &server)
{
    return rig.spec({server.url(QStringLiteral("/file"))});
}

template <typename Kind>
QList<Kind> happened(ManualRig *rig, core::JobId id)
{
    QList<Kind> all;
    const auto page = rig->ask<core::message::Timeline>({.job = id}).value_or(core::TimelinePage{});
    for (const core::TimelineEntry &entry : page.entries) {
        if (const auto *what = std::get_if<Kind>(&entry.what)) {
            all.append(*what);
        }
    }
    return all;
}

inline bool hasHalf(ManualRig *rig, core::JobId id)
{
    return rig->comesTo([&] { return rig->file(id).bytesDone == kHalf; });
}

inline void suspend(ManualRig *rig, HttpServer *server, core::JobId id)
{
    rig->suspend(id);
    server->release("half");
    // Until then it writes itself.
    require(
        rig->comesTo([&] { return !happened<core::happening::AttemptEnded>(rig, id).isEmpty(); }),
        QStringLiteral("it does not end"));
}

/// A job in that state, kHalf bytes of it there, or all where it is Transferred: its name is taken.
/// While it is Transferring the rest waits at the gate "half".
inline core::JobId jobIn(core::JobState state, ManualRig *rig, HttpServer *server,
                         const core::JobSpec &spec)
{
    using core::JobState;
    const bool isHalf = state != JobState::Transferred;
    const QString file = QDir(spec.folder).filePath(QStringLiteral("file"));
    if (isHalf) {
        server->holdAfter("/file", kHalf, "half");
    }
    const core::JobId id =
        isHalf ? rig->download(spec)
               : rig->downloadAndPlant(server, spec,
                                       QDir(rig->folder.path()).relativeFilePath(file), "mine");
    require(!isHalf || hasHalf(rig, id), QStringLiteral("no half"));
    if (state == JobState::Suspended) {
        suspend(rig, server, id);
    } else if (state == JobState::Error) {
        server->refuse("/file", 403);
        server->dropConnections();
    }
    require(rig->reachesInTime(id, state), QStringLiteral("it does not come to that state"));
    require(rig->comesTo([&] {
        return state != JobState::Transferred || rig->job(id).obstacle.has_value();
    }),
            QStringLiteral("nothing is in its way"));
    rig->settle();
    if (state != JobState::Transferring) {
        serve(server);
    }
    return id;
}

} // namespace half_fetched
