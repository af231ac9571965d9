// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/job/job_state.h"
#include "tests/support/http_server.h"

#include <QHash>
#include <QJsonObject>
#include <QStringList>
#include <QTemporaryDir>

#include <functional>
#include <optional>

constexpr qint64 kStoryFileBytes = 1'300'000;

/// A server, a list of jobs and two folders of one story.
class StoryPlace {
public:
    /// The second folder is made below `otherDisk`, if one is given.
    explicit StoryPlace(const QString &otherDisk);

    [[nodiscard]] QString folder() const { return m_folder.path(); }
    [[nodiscard]] QString other() const { return m_other.path(); }
    [[nodiscard]] QString state() const { return m_state.path(); }
    /// Downloads file 1 to `count` into the first folder.
    [[nodiscard]] QStringList get(int count) const;
    /// With what every command of the story has.
    [[nodiscard]] QStringList whole(const QStringList &arguments) const;
    /// On a good disk; the exit status.
    [[nodiscard]] int run(const QStringList &arguments) const;
    /// The jobs; nothing when they could not be read.
    [[nodiscard]] std::optional<QList<QJsonObject>> jobs() const;

    HttpServer server;

private:
    QTemporaryDir m_state;
    QTemporaryDir m_folder;
    QTemporaryDir m_other;
};

/// What the disk may spoil at any of its calls, and what it has to come to nevertheless.
struct DiskStory {
    const char *name = "";
    /// All that comes before.
    std::function<void(StoryPlace *)> arrange;
    /// The command that meets the bad disk.
    std::function<QStringList(const StoryPlace &)> act;
    /// What a person does then, with a job that has not come to its end.
    std::function<QStringList(const StoryPlace &, const QJsonObject &job)> goOn;
    core::JobState end = core::JobState::Acknowledged;
    /// The files there are in the end, by the seeds of their bytes.
    QHash<QString, quint64> files;
    bool isInOther = false;
    /// What has the name of a file before it is replaced.
    std::optional<quint64> replaced;
    bool startsOver = false; ///< what was claimed is given up
};

[[nodiscard]] const QList<DiskStory> &diskStories();
