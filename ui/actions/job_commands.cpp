// SPDX-License-Identifier: Apache-2.0
#include "ui/actions/job_commands.h"

#include "core/words/explain.h"
#include "core/words/job_name.h"
#include "ui/actions/job_verb.h"
#include "ui/models/job_words.h"
#include "ui/models/jobs_together.h"
#include "ui/views/question.h"

#include <QWidget>

#include <algorithm>
#include <memory>

namespace ui {

namespace {

/// What is sent once more without being missed.
constexpr qint64 kWorthAsking = 10'000'000;

bool losesBytes(const core::JobSnapshot &job)
{
    const bool isBegunUpload =
        job.type == core::JobType::Upload && job.progress.bytesTotal.has_value();
    return job.progress.bytesDone > 0 || job.bytesOnCancel > 0 ||
           isBegunUpload; // the server may have more than it said
}

/// What becomes of the downloads among them, then of the uploads.
QString effectOf(const QList<core::JobSnapshot> &jobs,
                 QString (*describe)(const core::JobSnapshot &job))
{
    QStringList sentences;
    for (const core::JobType type : {core::JobType::Download, core::JobType::Upload}) {
        QList<core::JobSnapshot> some = jobs;
        some.removeIf([type](const core::JobSnapshot &job) { return job.type != type; });
        if (!some.isEmpty()) {
            sentences.append(describe(together(some)));
        }
    }
    return sentences.join(u' ');
}

bool leavesFilesOut(const core::JobSnapshot &job)
{
    return job.state != core::JobState::Transferred &&
           (job.completeEffect.filesPartial > 0 || job.completeEffect.filesMissing > 0 ||
            job.completeEffect.filesKept == 0);
}

} // namespace

JobCommands::JobCommands(core::JobService *service, const core::Clock *clock, QWidget *window)
    : QObject(window)
    , m_service(service)
    , m_clock(clock)
    , m_window(window)
{
}

void JobCommands::add(const QList<core::JobSpec> &jobs,
                      const std::function<void(const QList<RefusedJob> &refused)> &answered)
{
    struct Sent {
        qsizetype open;
        QList<RefusedJob> refused;
    };
    const auto sent = std::make_shared<Sent>(Sent{jobs.size(), {}});
    for (const core::JobSpec &spec : jobs) {
        addOne(spec, [spec, sent, answered](const core::Answer<core::JobId> &made) {
            if (!made) {
                sent->refused.append({spec, made.error()});
            }
            if (--sent->open == 0) {
                answered(sent->refused);
            }
        });
    }
}

void JobCommands::addOne(const core::JobSpec &spec,
                         std::function<void(const core::Answer<core::JobId> &made)> answered)
{
    m_service->ask<core::message::Add>(
        {.spec = spec, .begins = true}, this,
        [this, answered = std::move(answered)](const core::Answer<core::JobId> &made) {
            if (made) {
                Q_EMIT added(*made);
            }
            answered(made);
        });
}

void JobCommands::adopt(const QString &path, const QUrl &link)
{
    m_service->ask<core::message::Adopt>({.path = path, .url = link}, this,
                                         [this](const auto &made) {
                                             if (made) {
                                                 sendResume({*made}, {}); // it is Suspended
                                                 Q_EMIT added(*made);
                                             } else {
                                                 Q_EMIT refused(made.error());
                                             }
                                         });
}

void JobCommands::fetchAgain(const QList<core::JobSnapshot> &jobs)
{
    for (const core::JobSnapshot &job : allowing(jobs, JobVerb::Again, m_clock->utcNow())) {
        core::JobSpec spec;
        spec.type = job.type;
        spec.name = job.name;
        spec.priority = job.priority;
        spec.folder = job.folder;
        collect(std::move(spec), job, 0);
    }
}

/// Page by page, for a job may have more files than one message holds.
void JobCommands::collect(core::JobSpec spec, const core::JobSnapshot &from, int first)
{
    m_service->ask<core::message::Files>(
        {.job = from.id, .first = first}, this,
        [this, spec = std::move(spec), from, first](const core::Answer<core::FilePage> &answer) {
            if (!answer) {
                Q_EMIT refused(answer.error());
                return;
            }
            core::JobSpec grown = spec;
            for (const core::FileSnapshot &file : answer->files) {
                const bool isHere = file.state == core::FileState::Published;
                if (file.state != core::FileState::Unwanted && !(isHere && isPartial(from))) {
                    const bool isSent = grown.type == core::JobType::Upload;
                    grown.files.append(
                        {.url = isSent ? from.firstUrl : file.url, .name = file.name, .hash = {}});
                }
            }
            const int next = first + int(answer->files.size());
            if (next < answer->total && !answer->files.isEmpty()) {
                collect(grown, from, next);
            } else if (!grown.files.isEmpty()) {
                if (isPartial(from)) { // it is called after what it fetches
                    grown.name.clear();
                    grown.name = core::orderedName(grown);
                }
                addOne(grown, [this](const core::Answer<core::JobId> &made) {
                    if (!made) {
                        Q_EMIT refused(made.error());
                    }
                });
            }
        });
}

void JobCommands::change(const core::JobChange &change, const core::JobIds &jobs)
{
    m_service->ask<core::message::Change>({.jobs = jobs, .change = change}, this,
                                          [this](const auto &answer) { report(answer); });
}

void JobCommands::suspend(const QList<core::JobSnapshot> &jobs)
{
    const auto chosen = allowing(jobs, JobVerb::Suspend, m_clock->utcNow());
    if (chosen.isEmpty()) {
        return;
    }
    const auto send = [this, ids = idsOf(chosen)] {
        m_service->ask<core::message::Suspend>({.jobs = ids}, this,
                                               [this](const auto &answer) { report(answer); });
    };
    const qint64 inVain = bytesSentInVain(chosen);
    if (inVain < kWorthAsking) {
        send();
        return;
    }
    askFirst(m_window,
             {QStringLiteral("pauseQuestion"),
              chosen.size() == 1 ? tr("Pause “%1”?").arg(displayName(chosen.first()))
                                 : tr("Pause %n jobs?", nullptr, int(chosen.size())),
              tr("The server has confirmed nothing of it yet: the %1 sent so far are sent once "
                 "more when it goes on.")
                  .arg(core::formatBytes(inVain)),
              tr("Pause"), tr("Go on sending")},
             send);
}

void JobCommands::resume(const QList<core::JobSnapshot> &jobs)
{
    const auto chosen = allowing(jobs, JobVerb::Resume, m_clock->utcNow());
    if (!chosen.isEmpty()) {
        sendResume(idsOf(chosen), {});
    }
}

void JobCommands::recheck(const QList<core::JobSnapshot> &jobs)
{
    const auto chosen = allowing(jobs, JobVerb::Recheck, m_clock->utcNow());
    if (!chosen.isEmpty()) {
        sendResume(idsOf(chosen), {core::fix::Recheck{}});
    }
}

void JobCommands::complete(const QList<core::JobSnapshot> &jobs)
{
    const auto chosen = allowing(jobs, JobVerb::Complete, m_clock->utcNow());
    if (chosen.isEmpty()) {
        return;
    }
    if (std::ranges::none_of(chosen, leavesFilesOut)) {
        sendComplete(idsOf(chosen));
        return;
    }
    const QString text = chosen.size() == 1
                             ? tr("Finish “%1” with what is here?").arg(displayName(chosen.first()))
                             : tr("Finish %n jobs with what is here?", nullptr, int(chosen.size()));
    askFirst(m_window,
             {QStringLiteral("completeQuestion"), text, effectOf(chosen, core::describeComplete),
              tr("Accept partial"), tr("Not now")},
             [this, ids = idsOf(chosen)] { sendComplete(ids); });
}

void JobCommands::cancel(const QList<core::JobSnapshot> &jobs)
{
    const auto chosen = allowing(jobs, JobVerb::Cancel, m_clock->utcNow());
    if (chosen.isEmpty()) {
        return;
    }
    if (std::ranges::none_of(chosen, losesBytes)) {
        sendCancel(idsOf(chosen));
        return;
    }
    const bool isOne = chosen.size() == 1;
    const QString text = isOne ? tr("Cancel “%1”?").arg(displayName(chosen.first()))
                               : tr("Cancel %n jobs?", nullptr, int(chosen.size()));
    askFirst(m_window,
             {QStringLiteral("cancelQuestion"), text, effectOf(chosen, core::describeCancel),
              isOne ? tr("Cancel job") : tr("Cancel jobs"),
              isOne ? tr("Keep job") : tr("Keep jobs")},
             [this, ids = idsOf(chosen)] { sendCancel(ids); });
}

void JobCommands::remove(const QList<core::JobSnapshot> &jobs)
{
    const auto chosen = allowing(jobs, JobVerb::Remove, m_clock->utcNow());
    if (!chosen.isEmpty()) {
        m_service->ask<core::message::Remove>({.jobs = idsOf(chosen)}, this,
                                              [this](const auto &answer) { report(answer); });
    }
}

void JobCommands::suspendAll(const QList<core::JobSnapshot> &jobs)
{
    suspend(jobs);
}

void JobCommands::suspendAllThen(const QList<core::JobSnapshot> &jobs, std::function<void()> then)
{
    const auto chosen = allowing(jobs, JobVerb::Suspend, m_clock->utcNow());
    m_service->ask<core::message::Suspend>(
        {.jobs = idsOf(chosen)}, this,
        [then = std::move(then)](const auto & /*what was not running is none of it*/) { then(); });
}

void JobCommands::resumeAll(const QList<core::JobSnapshot> &jobs)
{
    QList<core::JobSnapshot> paused = jobs;
    paused.removeIf([](const auto &job) { return job.state != core::JobState::Suspended; });
    resume(paused);
}

void JobCommands::sendResume(const core::JobIds &jobs, const core::Fixes &fixes,
                             const QList<core::FileId> &left)
{
    m_service->ask<core::message::Resume>({.jobs = jobs, .fixes = fixes, .left = left}, this,
                                          [this](const auto &answer) { report(answer); });
}

void JobCommands::sendComplete(const core::JobIds &jobs)
{
    m_service->ask<core::message::Complete>({.jobs = jobs}, this, [this](const auto &answer) {
        if (!answer) {
            Q_EMIT refused(answer.error());
            return;
        }
        for (const core::Refusal &refusal : answer->refused) {
            Q_EMIT refused(refusal);
        }
        for (const core::Completion &completion : answer->done) {
            report(completion);
        }
    });
}

void JobCommands::sendCancel(const core::JobIds &jobs)
{
    m_service->ask<core::message::Cancel>({.jobs = jobs}, this,
                                          [this](const auto &answer) { report(answer); });
}

void JobCommands::report(const core::Answer<core::SetOutcome> &answer)
{
    if (!answer) {
        Q_EMIT refused(answer.error());
        return;
    }
    for (const core::Refusal &refusal : answer->refused) {
        Q_EMIT refused(refusal);
    }
}

void JobCommands::report(const core::Completion &completion)
{
    if (completion.obstacle) {
        Q_EMIT obstacleMet(completion.job);
        return;
    }
    const core::Manifest &manifest = completion.manifest;
    const auto left = manifest.partial.size() + manifest.missing.size();
    if (left > 0) {
        Q_EMIT said(
            tr("Kept %1 of %2 files.").arg(manifest.kept.size()).arg(manifest.kept.size() + left));
    }
}

} // namespace ui
