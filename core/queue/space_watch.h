// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/job/job_record.h"
#include "core/system/clock.h"

#include <QObject>
#include <QString>

#include <functional>
#include <map>

namespace core {

class Volume;
class Volumes;

/// Looks now and then whether the full disk that stopped a job, or stood in the way of publishing
/// its files, has room again.
class SpaceWatch final : public QObject {
public:
    /// `roomAppeared` is called once for a job whose folder has room; it is forgotten before.
    SpaceWatch(Clock *clock, Volumes *volumes, std::function<void(JobId)> roomAppeared);

    /// From now on, if it was a full disk that stopped it: a quota is not seen in the free room.
    /// There is room when what is still to come fits, and 5 % more.
    void watch(const JobRecord &job);
    void forget(JobId job);
    [[nodiscard]] bool has(JobId job) const { return m_wants.contains(job); }

    static constexpr std::chrono::seconds kInterval{10};

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
    std::function<void(JobId)> m_roomAppeared;
    std::map<JobId, Want> m_wants;
    Alarm m_alarm;
};

} // namespace core
