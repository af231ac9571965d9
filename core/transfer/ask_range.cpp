// SPDX-License-Identifier: Apache-2.0
#include "core/transfer/ask_range.h"

#include "core/http/file_name.h"
#include "core/http/web_page.h"
#include "core/system/clock.h"
#include "core/transfer/exchange/first_bytes.h"
#include "core/transfer/exchange/page_guard.h"

#include <QCoroFuture>

#include <algorithm>
#include <array>

namespace core {

namespace {

/// Whoever stands between us and all servers shows the same page in place of each.
void seeWhosePage(DownloadFrame *frame, JobError *page)
{
    const QByteArray begin = frame->exchange->readBody(kSniffedBytes);
    const bool isOfNetwork = frame->world.managers->answers().isPageOfNetwork(
        frame->order.url, frame->exchange->head().url, begin, frame->world.clock->utcNow());
    if (isOfNetwork) {
        page->cause = Cause::NetworkSignIn;
        page->evidence.detail = QStringLiteral("the same page in place of several servers");
    }
}

QCoro::Task<StepResult<>> refusePage(DownloadFrame *frame)
{
    if (frame->order.target.acceptance != Acceptance::Checked) {
        co_return StepResult<>();
    }
    const QString &name = frame->file.facts().name;
    const QString expected = name.isEmpty() ? fileNameFrom(frame->order.url) : name;
    const auto file = co_await refuseWebPage(frame->exchange.get(), expected,
                                             frame->file.held().isEmpty() ? Begun::No : Begun::Yes);
    if (file) {
        co_return StepResult<>();
    }
    AttemptOutcome outcome = outcomeOf(file.error());
    if (auto *page = std::get_if<JobError>(&outcome)) {
        seeWhosePage(frame, page);
    }
    co_return endAttempt(outcome);
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
    frame.world.managers->answers().served(frame.order.file.job, frame.order.url,
                                           frame.world.clock->utcNow());
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

} // namespace

QCoro::Task<StepResult<ResponseVerdict>> askForRange(DownloadFrame *frame, OpenRange range)
{
    frame->ask(askFor(frame->known(), range.first, range.end));
    const auto verdict = co_await frame->exchange->verdict();
    if (!verdict) {
        const AttemptOutcome outcome = outcomeOf(verdict.error());
        const AttemptOutcome end = co_await explained(frame, outcome);
        co_return endAttempt(end);
    }
    if (const auto *unusable = std::get_if<Unusable>(&*verdict)) {
        const auto refused = co_await refuse(frame, *unusable);
        co_return endAttempt(refused.error());
    }
    if (std::holds_alternative<BodyPlan>(*verdict)) {
        learnManner(*frame);
        const auto file = co_await refusePage(frame);
        if (!file) {
            co_return endAttempt(file.error());
        }
    }
    co_return *verdict;
}

bool isAskedPlainly(DownloadFrame *frame, const AttemptOutcome &outcome)
{
    const auto *error = std::get_if<JobError>(&outcome);
    const bool isAsked = error != nullptr && !frame->asksPlainly && mayBeOfRange(*frame, *error) &&
                         frame->world.manners->takePlainRequest(frame->order.file, error->cause);
    frame->asksPlainly = frame->asksPlainly || isAsked;
    return isAsked;
}

} // namespace core
