// SPDX-License-Identifier: Apache-2.0
#include "app/cli/follow/lookup.h"

#include "core/remedy/question_group.h"
#include "core/system/when_ready.h"

#include <memory>

namespace cli {

namespace {

using Jobs = QList<core::JobSnapshot>;
using Files = QList<core::FileSnapshot>;
using Timeline = QList<core::TimelineEntry>;

/// Into one list: a job may have a hundred thousand files.
void collectFiles(core::JobService *service, QObject *context, core::JobId job,
                  std::optional<core::FileState> only, const std::shared_ptr<Files> &sofar,
                  const std::function<void(const Files &)> &then)
{
    core::whenReady(
        service->call<core::message::Files>(
            {.job = job, .first = int(sofar->size()), .count = kPageSize, .only = only}),
        context, [=](const core::Answer<core::FilePage> &page) {
            const bool isOver = !page || page->files.isEmpty();
            if (!isOver) {
                sofar->reserve(page->total);
                sofar->append(page->files);
            }
            if (isOver || sofar->size() >= page->total) {
                then(*sofar);
            } else {
                collectFiles(service, context, job, only, sofar, then);
            }
        });
}

void collectTimeline(core::JobService *service, QObject *context, core::JobId job, int first,
                     const Timeline &sofar, const std::function<void(const Timeline &)> &then)
{
    core::whenReady(service->call<core::message::Timeline>(
                        {.job = job, .first = first, .count = core::kTimelineMax}),
                    context, [=](const core::Answer<core::TimelinePage> &page) {
                        if (!page) {
                            then(sofar);
                        } else if (page->next >= page->total || page->next <= first) {
                            then(sofar + page->entries);
                        } else {
                            collectTimeline(service, context, job, page->next,
                                            sofar + page->entries, then);
                        }
                    });
}

void collectJobs(core::JobService *service, QObject *context, const core::JobIds &ids,
                 const Jobs &sofar, const std::function<void(const core::Answer<Jobs> &)> &then)
{
    core::whenReady(service->call<core::message::Jobs>(
                        {.ids = ids, .first = int(sofar.size()), .count = kPageSize}),
                    context, [=](const core::Answer<Jobs> &page) {
                        if (!page) {
                            then(page);
                        } else if (!ids.isEmpty() || page->size() < kPageSize) {
                            then(sofar + *page);
                        } else {
                            collectJobs(service, context, ids, sofar + *page, then);
                        }
                    });
}

} // namespace

void withFileName(core::JobService *service, QObject *context, core::FileId file,
                  std::function<void(const QString &name)> then)
{
    core::whenReady(
        service->call<core::message::Files>({.job = file.job, .first = file.index, .count = 1}),
        context, [then = std::move(then)](const core::Answer<core::FilePage> &page) {
            then(page && !page->files.isEmpty() ? page->files.first().name : QString());
        });
}

void withAllFiles(core::JobService *service, QObject *context, core::JobId job,
                  const std::function<void(const Files &files)> &then)
{
    collectFiles(service, context, job, std::nullopt, std::make_shared<Files>(), then);
}

void withQuestions(core::JobService *service, QObject *context, const core::JobSnapshot &job,
                   const core::JobError &problem,
                   const std::function<void(const Questions &questions)> &then)
{
    if (job.progress.filesTotal < 2 || job.state != core::JobState::Error) {
        withFileName(service, context, {job.id, problem.fileIndex},
                     [problem, then](const QString &name) { then({{AskedFile{problem, name}}}); });
        return;
    }
    collectFiles(service, context, job.id, core::FileState::Failed, std::make_shared<Files>(),
                 [=](const Files &failed) { then(questionsAmong(failed, job, problem)); });
}

Questions questionsAmong(const QList<core::FileSnapshot> &files, const core::JobSnapshot &job,
                         const core::JobError &problem)
{
    QList<core::QuestionGroup> groups{core::questionGroupOf(problem, job.folder)};
    Questions questions{{AskedFile{problem, QString()}}};
    for (const core::FileSnapshot &file : files) {
        if (file.id.index == problem.fileIndex) {
            questions.first().first().name = file.name;
            continue;
        }
        if (job.state != core::JobState::Error || file.state != core::FileState::Failed ||
            !file.error) {
            continue;
        }
        const auto group = core::questionGroupOf(*file.error, job.folder);
        if (!groups.contains(group)) {
            groups.append(group);
            questions.append(QList<AskedFile>());
        }
        questions[groups.indexOf(group)].append({*file.error, file.name});
    }
    return questions;
}

void withTimeline(core::JobService *service, QObject *context, core::JobId job,
                  const std::function<void(const Timeline &entries)> &then)
{
    collectTimeline(service, context, job, 0, {}, then);
}

void withJobs(core::JobService *service, QObject *context, const core::JobIds &ids,
              const std::function<void(const core::Answer<Jobs> &jobs)> &then)
{
    collectJobs(service, context, ids, {}, then);
}

core::Manifest manifestOf(const QList<core::FileSnapshot> &files)
{
    core::Manifest manifest;
    for (const core::FileSnapshot &file : files) {
        const core::ManifestEntry entry{.fileIndex = file.id.index,
                                        .name = file.name,
                                        .path = file.path,
                                        .bytes = file.bytesDone,
                                        .sizeBytes = file.sizeBytes,
                                        .sizeSource = file.sizeSource};
        if (file.state == core::FileState::Published) {
            manifest.kept.append(entry);
        } else if (file.state == core::FileState::Unwanted) {
            manifest.skipped.append(entry);
        } else if (file.bytesDone > 0) {
            manifest.partial.append(entry);
        } else {
            manifest.missing.append(entry);
        }
    }
    return manifest;
}

} // namespace cli
