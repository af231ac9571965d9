// SPDX-License-Identifier: Apache-2.0
#include "ui/dialogs/asked_jobs.h"

#include "core/job/question.h"
#include "core/words/job_name.h"
#include "ui/models/job_words.h"

#include <QFileInfo>

#include <algorithm>
#include <utility>

namespace ui {

namespace {

/// More than anybody looks through; all of them would not fit into one message.
constexpr int kMostFiles = 1000;

bool hasSeveralFailed(const core::JobSnapshot &job)
{
    return job.state == core::JobState::Error && job.progress.filesFailed > 1;
}

QString nameOf(const core::JobSnapshot &job, const core::JobError &error, const QString &told)
{
    if (!told.isEmpty()) {
        return told;
    }
    if (error.cause == core::Cause::NameExists) {
        return QFileInfo(error.localPath).fileName();
    }
    const QString fromUrl = error.url.fileName(QUrl::FullyDecoded);
    return fromUrl.isEmpty() ? displayName(job) : fromUrl;
}

} // namespace

AskedJobs::AskedJobs(core::JobService *service, QObject *parent)
    : QObject(parent)
    , m_service(service)
{
}

void AskedJobs::take(const QList<core::JobSnapshot> &jobs)
{
    for (const core::JobSnapshot &job : jobs) {
        takeOne(job);
    }
    Q_EMIT changed();
}

void AskedJobs::takeOne(const core::JobSnapshot &job)
{
    const auto old = m_jobs.find(job.id);
    const auto question = core::questionOf(job);
    if (!question) {
        // A job that tries again by itself is put back into the queue each time; that does not
        // answer the question a person is just thinking about.
        const bool isTryingAgain =
            old != m_jobs.end() && !old->second.wasAnswered &&
            old->second.job.state == core::JobState::TransientError &&
            (job.state == core::JobState::Queued || job.state == core::JobState::Connecting);
        if (!isTryingAgain) {
            m_jobs.erase(job.id);
        }
        return;
    }
    const core::QuestionGroup group = core::questionGroupOf(*question, job.folder);
    const bool isAlone = m_jobs.empty() || (m_jobs.size() == 1 && old != m_jobs.end());
    if (isAlone) {
        m_group = group;
    } else if (group != m_group) {
        m_jobs.erase(job.id);
        return;
    }
    const bool isNews = old == m_jobs.end() || old->second.question != *question ||
                        old->second.filesFailed != job.progress.filesFailed;
    Asked &asked = m_jobs[job.id];
    asked.job = job;
    asked.question = *question;
    asked.filesFailed = job.progress.filesFailed;
    asked.wasAnswered = asked.wasAnswered && !isNews;
    if (isNews && (hasSeveralFailed(job) || job.progress.filesTotal > 1 || isAlone)) {
        askForFiles(job.id);
    }
}

void AskedJobs::askForFiles(core::JobId job)
{
    Asked &asked = m_jobs.at(job);
    const bool isOfSeveral = hasSeveralFailed(asked.job);
    const int index = asked.question.fileIndex;
    asked.files.removeIf([&](const auto &file) { return isOfSeveral || file.id.index != index; });
    const core::message::Files::Request request =
        isOfSeveral ? core::message::Files::Request{.job = job,
                                                    .count = kMostFiles,
                                                    .only = core::FileState::Failed}
                    : core::message::Files::Request{.job = job, .first = index, .count = 1};
    ++m_open;
    m_service->ask<core::message::Files>(
        request, this,
        [this, job, question = asked.question](const core::Answer<core::FilePage> &answer) {
            --m_open;
            const auto found = m_jobs.find(job);
            if (answer && found != m_jobs.end() && found->second.question == question) {
                found->second.files = answer->files;
            }
            Q_EMIT changed();
        });
}

void AskedJobs::remove(const core::JobIds &jobs)
{
    for (const core::JobId job : jobs) {
        m_jobs.erase(job);
    }
    Q_EMIT changed();
}

void AskedJobs::setAnswered(const core::JobIds &jobs, bool wereAnswered)
{
    for (const core::JobId job : jobs) {
        if (const auto found = m_jobs.find(job); found != m_jobs.end()) {
            found->second.wasAnswered = wereAnswered;
        }
    }
}

QList<core::JobSnapshot> AskedJobs::jobs() const
{
    QList<core::JobSnapshot> all;
    for (const auto &[id, asked] : m_jobs) {
        all.append(asked.job);
    }
    return all;
}

std::optional<core::JobSnapshot> AskedJobs::job(core::JobId id) const
{
    const auto found = m_jobs.find(id);
    return found == m_jobs.end() ? std::nullopt : std::optional(found->second.job);
}

QList<AskedFile> AskedJobs::filesOf(const Asked &asked)
{
    QList<AskedFile> files;
    const QString jobName = displayName(asked.job);
    const auto add = [&](int index, core::JobError error, const QString &name) {
        error.bytesMissing.reset(); // the control tells what is missing now
        files.append({.id = {asked.job.id, index},
                      .error = error,
                      .name = nameOf(asked.job, error, name),
                      .label = {},
                      .jobName = jobName});
    };
    QString name;
    for (const core::FileSnapshot &file : asked.files) {
        if (file.id.index == asked.question.fileIndex) {
            name = file.name;
        } else if (file.error) {
            add(file.id.index, *file.error, file.name);
        }
    }
    add(asked.question.fileIndex, asked.question, name);
    std::ranges::sort(files, {}, [](const AskedFile &file) { return file.id.index; });
    return files;
}

QList<AskedQuestion> AskedJobs::questions() const
{
    QList<AskedQuestion> questions{{.group = m_group, .files = {}}};
    for (const auto &[id, asked] : m_jobs) {
        for (const AskedFile &file : filesOf(asked)) {
            const auto group = core::questionGroupOf(file.error, asked.job.folder);
            auto place = std::ranges::find(questions, group, &AskedQuestion::group);
            if (place == questions.end()) {
                questions.append({.group = group, .files = {}});
                place = std::prev(questions.end());
            }
            place->files.append(file);
        }
        if (hasSeveralFailed(asked.job) && asked.files.size() == kMostFiles) {
            questions.first().untoldFiles += asked.filesFailed - kMostFiles;
        }
    }
    for (AskedQuestion &question : questions) {
        tellApart(&question.files);
    }
    return questions;
}

void AskedJobs::tellApart(QList<AskedFile> *files) const
{
    QList<core::FileInQuestion> all;
    for (const AskedFile &file : std::as_const(*files)) {
        all.append({file.jobName, m_jobs.at(file.id.job).job.folder, file.name, file.error});
    }
    const QStringList labels = core::toldApart(all);
    for (qsizetype i = 0; i < labels.size(); ++i) {
        (*files)[i].label = labels.at(i);
    }
}

} // namespace ui
