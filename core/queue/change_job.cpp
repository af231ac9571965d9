// SPDX-License-Identifier: Apache-2.0
#include "core/queue/change_job.h"

#include "core/queue/file_names.h"
#include "core/queue/job_orders.h"

#include <algorithm>

namespace core {

std::optional<Refusal> refusalOf(const JobChange &change)
{
    const auto bad = [](qint64 value) {
        return Refusal{.kind = RefusalKind::BadValue, .subject = QString::number(value)};
    };
    if (change.limitBytesPerSecond.value_or(0) < 0) {
        return bad(*change.limitBytesPerSecond);
    }
    if (const int wanted = change.connections.value_or(0); wanted < 0 || wanted > kMaxConnections) {
        return bad(wanted);
    }
    return std::nullopt;
}

std::optional<Refusal> refusalOf(const QList<FileChange> &changes, const JobRecord &job)
{
    const auto refuse = [&job](RefusalKind kind, const QString &subject = {}) {
        return Refusal{.kind = kind, .job = job.id, .subject = subject};
    };
    if (!changes.isEmpty() && job.type == JobType::Upload) {
        return refuse(RefusalKind::FilesOfUpload);
    }
    bool leavesOut = false;
    for (const FileChange &change : changes) {
        for (const int index : change.files) {
            if (index < 0 || index >= job.files.size()) {
                return refuse(RefusalKind::UnknownFile, QString::number(index + 1));
            }
            const FileRecord &file = job.files.at(index);
            const bool isLeftOut = change.wanted == false;
            const bool isAskedAbout = job.obstacle && job.obstacle->fileIndex == index;
            const bool isHere = file.state == FileState::Published ||
                                (file.state == FileState::Whole && !isAskedAbout);
            if (isLeftOut && isHere) { // what is left out goes when the job ends
                return refuse(RefusalKind::FileInPlace, displayName(file));
            }
            leavesOut = leavesOut || isLeftOut;
        }
    }
    return leavesOut && isAllLeftOut(withChanges(job, changes))
               ? std::optional(refuse(RefusalKind::LastFile))
               : std::nullopt;
}

bool isAllLeftOut(const JobRecord &job)
{
    return std::ranges::all_of(
        job.files, [](const FileRecord &file) { return file.state == FileState::Unwanted; });
}

void leaveOut(FileRecord *file)
{
    file->state = FileState::Unwanted;
    file->due.reset();
}

namespace {

void takeIn(FileRecord *file, int index, const JobRecord &job, const JobTotals &siblings)
{
    revive(file);
    if (file->existing.value_or(job.options.existing) == ExistingFile::Skip) {
        file->existing = ExistingFile::Ask; // or it would be left out again
    }
    if (!file->name.isEmpty()) {
        file->name = nameAmongSiblings(siblings, index, file->name);
    }
}

} // namespace

JobRecord withChanges(JobRecord job, const QList<FileChange> &changes)
{
    JobTotals siblings(job.files);
    for (const FileChange &change : changes) {
        for (const int index : change.files) {
            FileRecord file = job.files.at(index);
            siblings.remove(index, file);
            file.priority = change.priority.value_or(file.priority);
            const bool isLeftOut = file.state == FileState::Unwanted;
            if (change.wanted == true && isLeftOut) {
                takeIn(&file, index, job, siblings);
            } else if (change.wanted == false && !isLeftOut) {
                leaveOut(&file);
            }
            siblings.add(index, file);
            job.files[index] = file;
        }
    }
    return job;
}

happening::FilesChosen chosenBetween(const JobRecord &before, const JobRecord &after)
{
    happening::FilesChosen chosen;
    for (qsizetype i = 0; i < before.files.size(); ++i) {
        const bool wasWanted = before.files.at(i).state != FileState::Unwanted;
        const bool isWanted = after.files.at(i).state != FileState::Unwanted;
        chosen.leftOut += wasWanted && !isWanted ? 1 : 0;
        chosen.takenIn += isWanted && !wasWanted ? 1 : 0;
    }
    return chosen;
}

qint64 placeAt(QueueEnd end, const std::map<JobId, JobRecord> &jobs)
{
    qint64 first = kUsualPlace;
    qint64 last = kUsualPlace;
    for (const auto &[id, job] : jobs) {
        first = std::min(first, job.options.place);
        last = std::max(last, job.options.place);
    }
    return end == QueueEnd::First ? first - 1 : last + 1;
}

void apply(const JobChange &change, JobRecord *job)
{
    job->priority = change.priority.value_or(job->priority);
    if (change.limitBytesPerSecond) {
        job->options.limitBytesPerSecond = unlessZero(*change.limitBytesPerSecond);
    }
    if (change.connections) {
        job->options.connections = unlessZero(*change.connections);
    }
}

} // namespace core
