// SPDX-License-Identifier: Apache-2.0
#include "core/queue/fix_target.h"

#include "core/http/origin.h"
#include "core/job/question.h"
#include "core/remedy/catalogue.h"
#include "core/remedy/question_group.h"

#include <algorithm>

namespace core {

std::optional<JobError> questionMeant(const JobRecord &job)
{
    auto question = questionOf(job);
    return question ? question : job.error;
}

namespace {

QList<JobError> allQuestions(const JobRecord &job)
{
    const auto first = questionMeant(job);
    QList<JobError> all = first ? QList{*first} : QList<JobError>();
    for (const FileRecord &file : job.files) {
        if (file.state == FileState::Failed && file.error) {
            all.append(*file.error);
        }
    }
    return all;
}

} // namespace

QList<JobError> questionsAnswered(const JobRecord &job, const Fix &repair)
{
    QList<JobError> questions = allQuestions(job);
    questions.removeIf([&repair](const JobError &error) {
        const QString origin = originIn(repair);
        return fileOf(repair).value_or(error.fileIndex) != error.fileIndex ||
               (!origin.isEmpty() && origin != text(originOf(error.url))) ||
               !fixesFor(error).contains(kindOf(repair));
    });
    return questions;
}

QStringList originsOf(const QList<JobError> &questions)
{
    QStringList origins;
    for (const JobError &error : questions) {
        origins.append(text(originOf(error.url)));
    }
    origins.removeDuplicates();
    return origins;
}

std::optional<int> fileMeant(const JobRecord &job, std::optional<int> named)
{
    if (named) {
        return named;
    }
    if (const auto question = questionMeant(job)) {
        return question->fileIndex;
    }
    return job.files.size() == 1 ? std::optional(0) : std::nullopt;
}

namespace {

/// The files that ask what the job asks; empty where that is not asked by files.
QList<int> filesAskingTheSame(const JobRecord &job)
{
    const auto question = questionMeant(job);
    QList<int> files;
    for (int i = 0; question && i < int(job.files.size()); ++i) {
        const FileRecord &file = job.files.at(i);
        if (file.state == FileState::Failed && file.error &&
            questionGroupOf(*file.error, job.folder) == questionGroupOf(*question, job.folder)) {
            files.append(i);
        }
    }
    return files;
}

} // namespace

Fixes addressed(const Fixes &fixes, const JobRecord &job)
{
    const QList<int> files = filesAskingTheSame(job);
    if (files.size() < 2) {
        return fixes;
    }
    Fixes made;
    for (const Fix &fix : fixes) {
        if (reachOf(kindOf(fix)) != Reach::All || !canNameFile(fix) || fileOf(fix)) {
            made.append(fix);
            continue;
        }
        for (const int file : files) {
            made.append(forFile(fix, file));
        }
    }
    return made;
}

bool hasMeaning(FixKind kind, const JobRecord &record)
{
    if (!isFor(kind, record.type)) {
        return false;
    }
    if (record.type != JobType::Upload) {
        return true;
    }
    const bool isTus = record.options.protocol == UploadProtocol::Tus ||
                       std::ranges::any_of(record.files, [](const FileRecord &file) {
                           return file.upload.protocol == UploadProtocol::Tus;
                       });
    if (kind == FixKind::OtherName || kind == FixKind::Replace) {
        return !isTus; // the server gives names itself
    }
    const auto question = questionMeant(record);
    return kind != FixKind::CreateFolder ||
           (!isTus && (!question || fixesFor(*question).contains(kind)));
}

} // namespace core
