// SPDX-License-Identifier: Apache-2.0
#include "core/queue/command_rules.h"

#include "core/queue/admission.h"
#include "core/queue/apply_fix.h"
#include "core/queue/job_orders.h"
#include "core/queue/job_totals.h"
#include "core/queue/upload_place.h"
#include "core/transfer/put_upload.h"

namespace core {

namespace {

/// Where its one PUT goes; nothing where none will.
std::optional<UploadPlace> placeOf(const JobRecord &job)
{
    if (job.type != JobType::Upload || job.files.isEmpty()) {
        return std::nullopt;
    }
    const FileRecord &file = job.files.first();
    const bool isTus =
        job.options.protocol == UploadProtocol::Tus || file.upload.protocol == UploadProtocol::Tus;
    return isTus ? std::nullopt
                 : std::optional(
                       uploadPlace(putAddress(file.spec.url, job.folder + u'/' + file.name)));
}

/// It sends, or will by itself, or does not know whether what it sent is there.
bool isNotDone(const JobRecord &upload)
{
    const bool isAtWork = upload.state == JobState::Queued ||
                          upload.state == JobState::TransientError || isRunning(upload.state);
    return isAtWork || (!isFinal(upload.state) && upload.state != JobState::Transferred &&
                        upload.files.first().upload.isUnanswered);
}

} // namespace

Refusal notSaved(const StoreError &error)
{
    return {.kind = RefusalKind::StoreFailed, .subject = error.detail};
}

Refusal unknownJob(JobId id)
{
    return {.kind = RefusalKind::UnknownJob, .job = id, .subject = text(id)};
}

Refusal refused(RefusalKind kind, const JobRecord &job, JobEvent command)
{
    return {.kind = kind, .job = job.id, .state = job.state, .event = command, .subject = job.name};
}

std::optional<Refusal> refusalByTable(const JobRecord &job, JobEvent command)
{
    if (!next(job.state, command)) {
        return refused(RefusalKind::InvalidState, job, command);
    }
    if (!next(job.type, job.state, command)) {
        return refused(RefusalKind::UploadInPart, job, command);
    }
    return std::nullopt;
}

std::optional<Refusal> refusalByPlace(const JobRecord &upload,
                                      const std::map<JobId, JobRecord> &jobs)
{
    const auto place = placeOf(upload);
    if (!place) {
        return std::nullopt;
    }
    for (const auto &[id, other] : jobs) {
        if (id != upload.id && placeOf(other) == place && isNotDone(other)) {
            Refusal refusal = refused(RefusalKind::PlaceTaken, upload, JobEvent::Resume);
            refusal.subject = QStringLiteral("%1 (%2)").arg(text(id), other.name);
            return refusal;
        }
    }
    return std::nullopt;
}

Answer<QList<FileRecord>> filesToAdd(const JobRecord &job, const QList<FileSpec> &files)
{
    if (job.files.size() + files.size() > maxFilesOf(job.type)) {
        return tl::unexpected(
            Refusal{.kind = tooManyFor(job.type), .job = job.id, .subject = job.name});
    }
    QList<FileRecord> admitted;
    admitted.reserve(files.size());
    for (const FileSpec &spec : files) {
        auto file = admit(spec, job.type);
        if (!file) {
            return tl::unexpected(file.error());
        }
        admitted.append(std::move(*file));
    }
    return admitted;
}

Answer<Resumption> planResume(const JobRecord &job, const Fixes &fixes, const QList<FileId> &left)
{
    const auto refuse = [&job](RefusalKind kind) {
        return tl::unexpected(Refusal{.kind = kind, .job = job.id, .subject = job.name});
    };
    if (isRunning(job.state)) {
        return fixes.isEmpty()
                   ? Answer<Resumption>({.record = job, .how = Resumption::How::Running})
                   : refuse(RefusalKind::FixDoesNotApply);
    }
    auto fixed = withFixes(job, fixes);
    if (!fixed) {
        return tl::unexpected(fixed.error());
    }
    revive(&*fixed, left);
    const JobTotals totals(fixed->files);
    const bool isTransferred = job.state == JobState::Transferred;
    // Without an obstacle it was interrupted: publishing is begun by itself.
    const bool isToBePublished =
        job.obstacle || !fixes.isEmpty() || job.options.complete == CompleteMode::WhenTransferred;
    const bool isUnpublished = totals.count(FileState::Whole) > 0 && isToBePublished;
    const bool leadsOn =
        isTransferred ? !totals.pending().empty() || isUnpublished
                      : !fixed->files.isEmpty() && (left.isEmpty() || !totals.pending().empty());
    if (!leadsOn) {
        return refuse(RefusalKind::Empty);
    }
    // The question was about the names, so what goes on is the Complete that asked it; unless the
    // answer was to fetch a file once more.
    const bool isToBeFetched = totals.pending().size() > JobTotals(job.files).pending().size();
    const bool completes =
        isTransferred && (totals.pending().empty() || (job.obstacle && !isToBeFetched));
    return Resumption{.record = std::move(*fixed),
                      .how = completes ? Resumption::How::Complete : Resumption::How::Fetch};
}

} // namespace core
