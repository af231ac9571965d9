// SPDX-License-Identifier: Apache-2.0
#include "core/transfer/fetch_range.h"

#include "core/http/file_name.h"
#include "core/transfer/body_reader.h"
#include "core/transfer/exchange/first_bytes.h"
#include "core/transfer/exchange/page_guard.h"
#include "core/transfer/file/part_access.h"

#include <QCoroFuture>

#include <algorithm>
#include <array>
#include <utility>

namespace core {

namespace {

StatedFile statedBy(const ResponseHead &head, const BodyPlan &plan, const DownloadFrame &frame)
{
    const QUrl &asked = frame.order.url;
    const QString name = chooseFileName(head.header("Content-Disposition"), head.url, asked);
    return {.name = withUsualExtension(name, head.header("Content-Type")),
            .sizeBytes = plan.sizeBytes,
            .validator = plan.validator,
            .isCalledAnother = isOtherVersion(frame.known(), plan.validator),
            .promisedHash = promisedHash(head)};
}

/// What stands in the way of the name decides now whether there is anything to fetch.
std::optional<AttemptOutcome> refusalOf(NameUse use, ExistingFile existing)
{
    const auto failed = [](Cause cause) { return JobError{.cause = cause, .step = Step::Prepare}; };
    if (use == NameUse::Free || existing == ExistingFile::KeepBoth) {
        return std::nullopt;
    }
    if (existing == ExistingFile::Skip) {
        return NotWanted{};
    }
    if (existing == ExistingFile::Ask) {
        return failed(Cause::NameExists);
    }
    return use == NameUse::File ? std::nullopt
                                : std::optional<AttemptOutcome>(failed(Cause::NotRegularFile));
}

QCoro::Task<StepResult<>> refusePage(DownloadFrame *frame)
{
    if (frame->order.target.acceptance == Acceptance::AsItIs) {
        co_return StepResult<>();
    }
    const QString &name = frame->file.facts().name;
    const QString expected = name.isEmpty() ? fileNameFrom(frame->order.url) : name;
    const auto file = co_await refuseWebPage(&*frame->exchange, expected);
    co_return file ? StepResult<>() : endAttempt(outcomeOf(file.error()));
}

/// Makes the part if there is none yet. One that is there is known to be of this version at once
/// where the plan compares nothing: vouched for by the validators.
QCoro::Task<StepResult<>> providePart(DownloadFrame *frame, BodyPlan plan)
{
    FileTransfer *const file = &frame->file;
    file->learn(statedBy(frame->exchange->head(), plan, *frame));
    if (file->part()) {
        if (plan.firstByte >= plan.compareUntil) {
            file->identify();
        }
        co_return StepResult<>();
    }
    const auto named = co_await checkName(frame, file->facts().name);
    if (!named) {
        co_return named;
    }
    const auto made = co_await makePart(file);
    co_return made ? StepResult<>() : endAttempt(made.error());
}

QCoro::Task<StepResult<>> receive(DownloadFrame *frame, BodyPlan plan)
{
    const auto file = co_await refusePage(frame);
    if (!file) {
        co_return file;
    }
    const auto provided = co_await providePart(frame, plan);
    if (!provided) {
        co_return provided;
    }
    const BodyRead read{.exchange = &*frame->exchange,
                        .file = &frame->file,
                        .plan = std::move(plan),
                        .clock = frame->world.clock,
                        .throttles = frame->world.throttles,
                        .job = frame->order.file.job,
                        .limitBytesPerSecond = frame->order.options.limitBytesPerSecond,
                        .mayBeEmpty = frame->order.target.acceptance == Acceptance::AsItIs,
                        .mayBreakOff = !frame->hasTriedAnother};
    const auto end = co_await readBody(read);
    if (!end) {
        co_return endAttempt(end.error());
    }
    if (*end == BodyEnd::BrokenOff) {
        frame->hasTriedAnother = true;
    }
    co_return StepResult<>();
}

/// A page to sign in is no other version of the file.
QCoro::Task<StepResult<>> refuse(DownloadFrame *frame, Unusable verdict)
{
    const auto file = co_await refusePage(frame);
    if (!file) {
        co_return file;
    }
    JobError error{.cause = verdict.cause, .step = Step::Receive};
    error.retryAfter = verdict.retryAfter;
    error.otherScheme = verdict.otherScheme;
    error.evidence.detail = verdict.detail;
    co_return endAttempt(error);
}

/// Asked only when it happens again, and of a server that never answered: one more request is no
/// burden then.
bool mayBeNoWebServer(const DownloadFrame &frame, const JobError &error)
{
    return error.cause == Cause::ConnectionLost && error.httpStatus == 0 && error.proxy.isEmpty() &&
           error.url.scheme() == u"http" && frame.order.attempt > 1 &&
           frame.file.held().isEmpty() && !frame.file.facts().sizeBytes;
}

/// The error of a request that got no answer. What speaks another protocol looks like a lost
/// connection to the transport.
QCoro::Task<AttemptOutcome> explained(DownloadFrame *frame, AttemptOutcome outcome)
{
    auto *error = std::get_if<JobError>(&outcome);
    if (error == nullptr) {
        co_return outcome;
    }
    JobError seen = *error;
    frame->exchange->describe(&seen);
    if (!mayBeNoWebServer(*frame, seen)) {
        co_return outcome;
    }
    const FirstBytes answer(frame->world.clock, seen.url, frame->stop);
    const auto coming = answer.coming();
    const QByteArray first = co_await coming;
    if (!first.isEmpty() && !isBeginOfHttp(first)) {
        error->cause = Cause::NotHttp;
        error->step = Step::Receive;
        error->evidence.detail = QStringLiteral("what came is no HTTP");
    }
    co_return outcome;
}

/// Remembers how the server took to the request that has brought a body.
void learnManner(const DownloadFrame &frame)
{
    const bool isPart = frame.exchange->head().status == 206;
    if (frame.asksPlainly || isPart) {
        frame.world.manners->learn(frame.order.file.job, frame.order.url,
                                   isPart ? RangeManner::Bears : RangeManner::Refuses);
    }
}

/// One request, and what comes of it.
QCoro::Task<StepResult<>> askAndReceive(DownloadFrame *frame, OpenRange range)
{
    frame->ask(askFor(frame->known(), range.first, range.end));
    const auto verdict = co_await frame->exchange->verdict();
    if (!verdict) {
        const AttemptOutcome outcome = outcomeOf(verdict.error());
        const AttemptOutcome end = co_await explained(frame, outcome);
        co_return endAttempt(end);
    }
    if (const auto *plan = std::get_if<BodyPlan>(&*verdict)) {
        learnManner(*frame);
        co_return co_await receive(frame, *plan);
    }
    if (const auto *none = std::get_if<NothingMissing>(&*verdict)) {
        // An empty file has no body to make a part for.
        const BodyPlan nothing{.sizeBytes = none->sizeBytes};
        co_return co_await providePart(frame, nothing);
    }
    co_return co_await refuse(frame, std::get<Unusable>(*verdict));
}

/// Whether a request without Range may bring what this one did not. What passes by itself is first
/// tried again as it was, and only where the server is not known to bear ranges.
bool mayBeOfRange(const DownloadFrame &frame, const JobError &error)
{
    static constexpr std::array kRefusals{400, 403, 405, 406, 412, 417, 501};
    static constexpr std::array kFailures{500, 502, 503};
    const int status = frame.exchange->head().status;
    const bool happensAgain =
        frame.order.attempt > 1 && !error.retryAfter &&
        frame.world.manners->of(frame.order.file.job, frame.order.url) != RangeManner::Bears;
    switch (error.cause) {
    case Cause::RangeRefused:
        return true;
    case Cause::BadAnswer:
        return status >= 200;  // an interim answer is owed to the transport
    case Cause::RemoteChanged: // so it is if the bytes differ, not if only the validator does
        return status == 206 && error.step == Step::Receive;
    case Cause::ConnectionLost:
        return status == 0 && happensAgain;
    default:
        return std::ranges::find(kRefusals, status) != kRefusals.end() ||
               (std::ranges::find(kFailures, status) != kFailures.end() && happensAgain);
    }
}

/// Before an answer is the last word: whether the file is asked for once more, in the plainest way
/// there is.
bool isAskedPlainly(DownloadFrame *frame, const AttemptOutcome &outcome)
{
    const auto *error = std::get_if<JobError>(&outcome);
    return error != nullptr && !frame->asksPlainly && mayBeOfRange(*frame, *error) &&
           frame->world.manners->takePlainRequest(frame->order.file, error->cause);
}

} // namespace

QCoro::Task<StepResult<>> checkName(DownloadFrame *frame, QString fileName)
{
    const NameUse use = co_await useOfName(&frame->file, fileName);
    const auto refusal = refusalOf(use, frame->order.existing);
    co_return refusal ? endAttempt(*refusal) : StepResult<>();
}

QCoro::Task<StepResult<>> fetchRange(DownloadFrame *frame, OpenRange range)
{
    const auto fetched = co_await askAndReceive(frame, range);
    if (fetched || !isAskedPlainly(frame, fetched.error())) {
        co_return fetched;
    }
    frame->asksPlainly = true;
    co_return co_await askAndReceive(frame, range);
}

} // namespace core
