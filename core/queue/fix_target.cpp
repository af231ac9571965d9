// SPDX-License-Identifier: Apache-2.0
#include "core/queue/fix_target.h"

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

QList<JobError> questionsMeant(const JobRecord &job)
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

std::optional<JobError> questionMeant(const JobRecord &job, FixKind kind)
{
    const QList<JobError> all = questionsMeant(job);
    const auto answered = std::ranges::find_if(
        all, [kind](const JobError &error) { return fixesFor(error).contains(kind); });
    return answered == all.end() ? questionMeant(job) : std::optional(*answered);
}

std::optional<JobError> questionMeant(const JobRecord &job, const fix::TrustCertificate &repair)
{
    const QByteArray typed = parseFingerprint(QString::fromLatin1(repair.sha256Hex));
    const QList<JobError> all = questionsMeant(job);
    const auto meant = std::ranges::find_if(all, [&typed](const JobError &error) {
        return error.certificate && error.certificate->sha256Hex == typed;
    });
    return meant == all.end() ? questionMeant(job, fix::TrustCertificate::kKind)
                              : std::optional(*meant);
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
