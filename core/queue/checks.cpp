// SPDX-License-Identifier: Apache-2.0
#include "core/queue/checks.h"

#include "core/disk/volumes.h"
#include "core/queue/fix_target.h"
#include "core/queue/job_orders.h"
#include "core/queue/job_totals.h"
#include "core/remedy/checked_against.h"
#include "core/remedy/diagnose.h"
#include "core/transfer/exchange/held_exchanges.h"
#include "core/transfer/upload.h"

#include <QCoroFuture>

#include <algorithm>

namespace core {

namespace {

/// A person waits for the answer.
constexpr std::chrono::seconds kPatience{20};

bool isToCome(const FileRecord &file)
{
    return file.state != FileState::Whole && file.state != FileState::Published &&
           file.state != FileState::Unwanted;
}

/// What the first of the repairs is for.
std::optional<JobError> questionAnswered(const JobRecord &job, const Fixes &fixes)
{
    const auto answered =
        fixes.isEmpty() ? QList<JobError>() : questionsAnswered(job, fixes.first());
    return answered.isEmpty() ? questionMeant(job) : std::optional(answered.first());
}

/// The file that was named, or that the repairs are for; else the first that is still to come.
int fileInQuestion(const JobRecord &job, const Fixes &fixes, std::optional<int> named)
{
    for (const Fix &fix : fixes) {
        named = named ? named : fileOf(fix);
    }
    const auto question = questionAnswered(job, fixes);
    const auto meant =
        fileMeant(job, named || !question ? named : std::optional(question->fileIndex));
    if (meant && *meant >= 0 && *meant < job.files.size()) {
        return *meant;
    }
    const auto first = std::ranges::find_if(job.files, isToCome);
    return first == job.files.end() ? 0 : int(first - job.files.begin());
}

CheckedAgainst against(const JobRecord &job, const Fixes &fixes)
{
    const auto error = questionAnswered(job, fixes);
    const bool isOfPlace = error && isAboutPlace(error->cause);
    // Whatever is repaired, the job is tried again.
    CheckedAgainst most = checkedAgainst(FixKind::Retry, isOfPlace);
    for (const Fix &each : fixes) {
        most = std::max(most, checkedAgainst(kindOf(each), isOfPlace));
    }
    return most;
}

/// What the file takes on the disk: where it had no room to be unpacked, both of its forms.
qint64 bytesOnDisk(const FileRecord &file)
{
    const bool isTooLarge =
        file.acceptance == Acceptance::Unpack && file.error && file.error->cause == Cause::DiskFull;
    return std::max(*file.sizeBytes, isTooLarge ? file.error->fileBytesTotal.value_or(0) : 0);
}

/// What is still to come of the job, as far as somebody has said how large it is.
QList<FileToCome> filesToCome(const JobRecord &job)
{
    QList<FileToCome> files;
    for (const FileRecord &file : job.files) {
        const bool isWhole = file.state == FileState::Whole; // to be copied, if it lies elsewhere
        if (file.sizeBytes && (isToCome(file) || isWhole)) {
            files.append({.sizeBytes = bytesOnDisk(file),
                          .durableBytes = file.durable.sizeBytes(),
                          .part = file.part});
        }
    }
    return files;
}

QFuture<DiskResult<PlaceFacts>> startInspection(Volume *volume, const PlaceOrder &order)
{
    return volume->run<PlaceFacts>([order] { return inspectPlace(order); });
}

QCoro::Task<DiskResult<PlaceFacts>> inspect(TransferWorld world, PlaceOrder order)
{
    const auto finding = world.volumes->forFolder(order.folder);
    const auto volume = co_await finding;
    if (!volume) {
        co_return tl::unexpected(volume.error());
    }
    const auto inspection = startInspection(*volume, order);
    const auto facts = co_await inspection;
    co_return facts;
}

/// Why files cannot be put there.
std::optional<JobError> problemOf(const PlaceFacts &facts, const CheckOrder &order)
{
    const PlaceOrder &place = order.place;
    if (facts.neededBytes > facts.folder.freeBytes) {
        JobError full{.cause = Cause::DiskFull, .step = Step::Prepare, .localPath = place.folder};
        full.bytesMissing = facts.neededBytes - facts.folder.freeBytes;
        return full;
    }
    const ExistingFile existing = order.download.existing;
    const bool isFile = facts.use == NameUse::File;
    const bool isInTheWay = facts.use != NameUse::Free && existing != ExistingFile::KeepBoth &&
                            existing != ExistingFile::Skip &&
                            (existing == ExistingFile::Ask || !isFile);
    if (!isInTheWay) {
        return std::nullopt;
    }
    JobError taken{.cause = isFile ? Cause::NameExists : Cause::NotRegularFile,
                   .step = Step::Prepare,
                   .localPath = place.folder + u'/' + place.fileName};
    if (facts.use == NameUse::Folder) {
        taken.reason = Reason::IsFolder;
    }
    return taken;
}

/// With what there is of the job, as an error of it has that.
void takeProblem(CheckReport *report, const JobError &problem, const CheckOrder &order)
{
    const FileOrder &file = order.download.target;
    report->problem = problem;
    report->problem->fileIndex = report->fileIndex;
    report->problem->fileBytesDone = file.durable.sizeBytes();
    if (!report->problem->fileBytesTotal) {
        report->problem->fileBytesTotal = file.known.sizeBytes;
    }
    report->problem->jobBytesDone = order.progress.bytesDone;
    report->problem->jobFilesDone = order.progress.filesDone;
    report->problem->jobFilesTotal = order.progress.filesTotal;
}

QCoro::Task<CheckReport> lookUp(TransferWorld world, UploadOrder order, std::stop_token stop)
{
    CheckReport report{.job = order.file.job, .fileIndex = order.file.index};
    if (order.acceptance == Acceptance::AsItIs) {
        co_return report; // the word of a person is not checked
    }
    const UploadCheckOutcome outcome = co_await checkUpload(world, std::move(order), stop);
    if (const auto *finding = std::get_if<UploadFinding>(&outcome)) {
        report.upload = *finding;
    } else if (const auto *problem = std::get_if<JobError>(&outcome)) {
        report.problem = *problem;
    }
    co_return report;
}

std::optional<std::chrono::seconds> remainingOf(const ServerFinding &finding,
                                                std::optional<qint64> bytesPerSecond)
{
    if (!finding.sizeBytes || bytesPerSecond.value_or(0) <= 0) {
        return std::nullopt;
    }
    return std::chrono::seconds((*finding.sizeBytes - finding.bytesKept + *bytesPerSecond - 1) /
                                *bytesPerSecond);
}

bool isHashOnlyTold(const FileOrder &file)
{
    return file.acceptance == Acceptance::AsItIs && file.hash;
}

QCoro::Task<CheckReport> lookAround(TransferWorld world, CheckOrder order, std::stop_token stop)
{
    CheckReport report{.job = order.download.file.job, .fileIndex = order.download.file.index};
    const auto place = co_await inspect(world, order.place);
    if (place) {
        report.place = PlaceFinding{.folder = order.place.folder,
                                    .isToBeMade = place->isToBeMade,
                                    .neededBytes = place->neededBytes,
                                    .freeBytes = place->folder.freeBytes,
                                    .fileName = order.place.fileName};
    }
    const auto inTheWay =
        place ? problemOf(*place, order) : std::optional<JobError>(diagnose(place.error()));
    if (inTheWay) {
        takeProblem(&report, *inTheWay, order);
    } else if (order.asksServer && !stop.stop_requested()) {
        const CheckOutcome outcome = co_await checkDownload(world, order.download, stop);
        if (const auto *finding = std::get_if<ServerFinding>(&outcome)) {
            report.isHashOnlyTold = isHashOnlyTold(order.download.target);
            report.server = *finding;
            report.server->remaining = remainingOf(*finding, order.bytesPerSecond);
        } else if (const auto *problem = std::get_if<JobError>(&outcome)) {
            takeProblem(&report, *problem, order);
        }
    }
    co_return report;
}

QCoro::Task<Answer<CheckReport>> carryOut(TransferWorld world, CheckOrder order,
                                          std::stop_token stop)
{
    CheckReport report;
    if (order.upload) {
        report = co_await lookUp(world, *order.upload, stop);
    } else {
        report = co_await lookAround(world, order, stop);
    }
    if (stop.stop_requested()) {
        co_return tl::unexpected(Refusal{.kind = RefusalKind::Superseded, .job = report.job});
    }
    co_return report;
}

} // namespace

CheckOrder checkOrderOf(const JobRecord &asking, const Resumption &plan, const Fixes &fixes,
                        std::optional<int> named, const TransferLimits &limits)
{
    const JobRecord &job = plan.record;
    const int index = fileInQuestion(asking, fixes, named);
    const FileRecord &file = job.files.at(index);
    TransferLimits patient = limits;
    patient.exchange.patience =
        std::min<std::chrono::milliseconds>(patient.exchange.patience, kPatience);
    CheckOrder order{.place = {.folder = job.folder,
                               .fileName = file.name,
                               .missing = job.options.missingFolder,
                               .files = filesToCome(job)},
                     .download = orderFor(job, index, patient, {}),
                     .progress = JobTotals(job.files).progress()};
    if (job.type == JobType::Upload) {
        order.upload = uploadOrderFor(job, index, patient);
    }
    const bool isAllHere = file.sizeBytes && file.durable == RangeSet::prefix(*file.sizeBytes);
    order.asksServer = plan.how == Resumption::How::Fetch && isToCome(file) && !isAllHere &&
                       against(asking, fixes) == CheckedAgainst::Server;
    return order;
}

QFuture<Answer<CheckReport>> Checks::begin(CheckOrder order, const Fixes &fixes)
{
    const JobId job = order.download.file.job;
    stop(job);
    const quint64 number = ++m_last;
    Running &running = m_running[number];
    running.job = job;
    running.fixes = fixes;
    auto promise = std::make_shared<QPromise<Answer<CheckReport>>>();
    promise->start();
    running.answer = promise->future();
    const auto answer = running.answer;
    QCoro::connect(carryOut(m_world, std::move(order), running.stop.get_token()), this,
                   [this, number, promise](const Answer<CheckReport> &report) {
                       m_running.erase(number);
                       promise->addResult(report);
                       promise->finish();
                   });
    return answer;
}

void Checks::stop(JobId job, const std::optional<Fixes> &butOf)
{
    const auto running = m_running; // stopping may end one on the spot
    for (const auto &[number, each] : running) {
        if (each.job == job && each.fixes != butOf) {
            std::stop_source(each.stop).request_stop();
        }
    }
}

QCoro::Task<> Checks::close()
{
    const auto running = m_running;
    for (const auto &[number, each] : running) {
        stop(each.job);
    }
    for (const auto &[number, each] : running) {
        co_await each.answer;
    }
    m_world.held->releaseAll();
}

} // namespace core
