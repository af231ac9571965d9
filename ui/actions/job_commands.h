// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/service/job_service.h"
#include "core/system/clock.h"

#include <functional>

class QWidget;

namespace ui {

/// A job that was not added, and why.
struct RefusedJob {
    core::JobSpec spec;
    core::Refusal why;
};

/// Sends what a person decided to the engine, and tells what was refused. Asks once before bytes
/// are thrown away, in a box that blocks nothing but the window.
class JobCommands final : public QObject {
    Q_OBJECT
public:
    JobCommands(core::JobService *service, const core::Clock *clock, QWidget *window);

    /// Adds the jobs and starts them. What was refused is told to `answered` alone, when all of
    /// them are answered.
    void add(const QList<core::JobSpec> &jobs,
             const std::function<void(const QList<RefusedJob> &refused)> &answered);
    /// Makes a job of an unfinished file that none has, and starts it.
    void adopt(const QString &path, const QUrl &link);
    /// New jobs for what ended ones brought or sent, or for what is missing of those accepted in
    /// part.
    void fetchAgain(const QList<core::JobSnapshot> &jobs);
    void change(const core::JobChange &change, const core::JobIds &jobs);
    /// Asks first when the job would end with that, and bytes would be lost.
    void chooseFiles(const core::JobSnapshot &job, const core::FileChange &change);
    /// Asks first when much was sent that the server will not keep.
    void suspend(const QList<core::JobSnapshot> &jobs);
    void resume(const QList<core::JobSnapshot> &jobs);
    /// Likewise, once what is kept was read again.
    void recheck(const QList<core::JobSnapshot> &jobs);
    /// Asks first when files would be missing.
    void complete(const QList<core::JobSnapshot> &jobs);
    /// Asks first when there are bytes to lose.
    void cancel(const QList<core::JobSnapshot> &jobs);
    void remove(const QList<core::JobSnapshot> &jobs);
    /// Of all jobs only those that would be running.
    void suspendAll(const QList<core::JobSnapshot> &jobs);
    /// The same, and `then` once that was answered.
    void suspendAllThen(const QList<core::JobSnapshot> &jobs, std::function<void()> then);
    /// Of all jobs only those that a person paused: one in Error needs its own answer.
    void resumeAll(const QList<core::JobSnapshot> &jobs);

    /// Decisions that were made with their effect in sight: carried out without asking again.
    /// The files left go on waiting for an answer of their own.
    void sendResume(const core::JobIds &jobs, const core::Fixes &fixes,
                    const QList<core::FileId> &left = {});
    void sendComplete(const core::JobIds &jobs);
    void sendCancel(const core::JobIds &jobs);

Q_SIGNALS:
    void added(core::JobId job);
    void refused(const core::Refusal &refusal);
    /// One sentence to show.
    void said(const QString &sentence);
    /// Complete was asked for and something stands in the way.
    void obstacleMet(core::JobId job);

private:
    void addOne(const core::JobSpec &spec,
                std::function<void(const core::Answer<core::JobId> &made)> answered);
    void collect(core::JobSpec spec, const core::JobSnapshot &from, int first);
    void addUpLeftOut(core::JobId job, int first, qint64 bytes,
                      std::function<void(qint64 bytes)> known);
    void report(const core::Answer<core::SetOutcome> &answer);
    void report(const core::Completion &completion);

    core::JobService *m_service;
    const core::Clock *m_clock;
    QWidget *m_window;
};

} // namespace ui
