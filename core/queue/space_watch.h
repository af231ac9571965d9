// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/job/job_id.h"
#include "core/system/clock.h"

#include <QObject>
#include <QString>

#include <map>

namespace core {

class Volume;
class Volumes;

/// Looks now and then whether a full disk has room again.
class SpaceWatch final : public QObject {
    Q_OBJECT
public:
    SpaceWatch(Clock *clock, Volumes *volumes, QObject *parent = nullptr);

    /// Tells when the folder has room for this many bytes and 5 % more.
    void watch(JobId job, const QString &folder, qint64 neededBytes);
    void forget(JobId job);

    static constexpr std::chrono::seconds kInterval{10};

Q_SIGNALS:
    void roomAppeared(core::JobId job);

private:
    struct Want {
        QString folder;
        qint64 neededBytes = 0;
    };

    void look();
    void ask(JobId job, const Want &want);
    void measure(JobId job, Volume *volume, const QString &folder);
    void judge(JobId job, qint64 freeBytes);

    Volumes *m_volumes;
    std::map<JobId, Want> m_wants;
    Alarm m_alarm;
};

} // namespace core
