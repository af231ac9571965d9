// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/notify/job_callback.h"
#include "core/system/clock.h"

#include <QFuture>
#include <QObject>

#include <memory>
#include <vector>

namespace core {

/// Tells the program that a job names (IBackgroundCopyJob2::SetNotifyCmdLine): it is started
/// without a shell and without arguments, gets the event as one line of JSON on its standard input,
/// and accepts it by ending with 0. Its surroundings are always the same, whoever started the
/// engine: the root folder, a session of its own, nothing printed, and the environment of
/// notifyEnvironment(). Lives on the engine's thread.
class NotifyCommand final : public QObject, public JobCallback {
    Q_OBJECT
public:
    /// So long a program may take; then it is killed with all that it started, and told again.
    static constexpr std::chrono::seconds kLongest{60};

    explicit NotifyCommand(Clock *clock);
    /// Kills what still runs: it did not accept, so the next engine tells it again.
    ~NotifyCommand() override;

    [[nodiscard]] QCoro::Task<Delivery> jobTransferred(JobSnapshot job) override;
    [[nodiscard]] QCoro::Task<Delivery> jobError(JobSnapshot job, JobError error) override;
    /// Never told: the program would be started for every percent.
    [[nodiscard]] QCoro::Task<Delivery> jobModified(JobSnapshot job) override;

Q_SIGNALS:
    /// The program did not accept, for the log: in English.
    void refused(core::JobId job, const QString &why);

private:
    class Run;

    QFuture<Delivery> run(const JobSnapshot &job, const char *event);

    Clock *m_clock;
    std::vector<std::unique_ptr<Run>> m_runs;
};

/// What a program that is told finds in its environment, as NAME=value.
[[nodiscard]] QStringList notifyEnvironment();

} // namespace core
